"""Reads of the gates: what each component must show, what it shows, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from program import gates as rules
from program.catalog import STAGES
from program.gates import NEXT, PASSING, Gate, GateDecision
from program.queries.gate_facts import Said, facts_of, mindset, technology
from program.store import tables as t
from program.store.engine import reading
from program.values import Missing


def gate(program_id: str, component_id: str, *, today: date, home: Path | None = None) -> Gate:
    """
    Return the gate at the end of a component's stage.

    home: the folder that holds the warehouse; without one it stays unknown where metrics are going. Raises Missing.
    """
    for found in _gates(program_id, today, home, only=component_id):
        return found
    raise Missing("component")


def gates(program_id: str, *, today: date, home: Path | None = None) -> list[Gate]:
    """Return the gate of every component, in the order of the catalog, one's own after them. home: as in `gate`."""
    return _gates(program_id, today, home)


def technology_money(program_id: str, *, today: date | None = None) -> str | None:
    """
    Return why money for the technology component waits; None when it does not, or there is no such component.

    It waits while the mindset gate is closed and no waiver in force lets technology pass, and while technology takes
    too much of the plan. today: the day that a waiver must still hold on; without one it holds.
    """
    with reading() as session:
        rows = _components(session, program_id)
        history = _history(session, rows)
    waiting = technology(program_id, rows, history, mindset(program_id), today or date.min)
    return next((sentence for sentence in waiting.values() if sentence), None)


def _gates(program_id: str, today: date, home: Path | None, only: str | None = None) -> list[Gate]:
    said: Said = mindset(program_id)
    with reading() as session:
        rows = _components(session, program_id)
        history = _history(session, rows)
        wanted = [each for each in rows if only in (None, each.id)]
        passed = {each.id: _passed(history[each.id]) for each in rows}
        facts = facts_of(session, program_id, wanted, today=today, home=home, said=said, passed=passed)
    waiting = technology(program_id, rows, history, said, today)
    return [
        rules.gate(
            component_id=row.id,
            name=row.name,
            version=row.version,
            stage=row.stage,
            facts=replace(facts[row.id], technology=waiting.get(row.id)),
            history=history[row.id],
        )
        for row in wanted
    ]


def _components(session: Session, program_id: str) -> Sequence[t.Component]:
    table = t.Component
    order = table.catalog_id.is_(None), table.catalog_id, table.name, table.id
    rows = session.scalars(select(table).where(table.program_id == program_id).order_by(*order)).all()
    session.expunge_all()
    return rows


def _history(session: Session, components: Sequence[t.Component]) -> defaultdict[str, tuple[GateDecision, ...]]:
    """The decisions of each component, the newest first."""
    stages = {each.id: each.stage for each in components}
    table = t.GateDecision
    query = select(table).join(t.Component, t.Component.id == table.component_id)
    programs = {each.program_id for each in components}
    found: defaultdict[str, tuple[GateDecision, ...]] = defaultdict(tuple)
    of: defaultdict[str, list[t.GateDecision]] = defaultdict(list)
    for row in sorted(session.scalars(query.where(t.Component.program_id.in_(programs))), key=_place):
        of[row.component_id].append(row)
    for id_, made in of.items():
        after = [*(each.stage for each in made[1:]), stages[id_]]
        found[id_] = tuple(reversed([_decision(row, then) for row, then in zip(made, after, strict=True)]))
    return found


def _place(row: t.GateDecision) -> tuple[datetime, date, int, bool, str]:
    """The order of decisions; of those of one moment, as in a sample, the way through the stages tells it."""
    return row.recorded_at, row.decided_on, STAGES.index(row.stage), row.outcome in PASSING, row.id


def _decision(row: t.GateDecision, then: str) -> GateDecision:
    """then: the stage that the next decision was about, or that the component is in now."""
    ways = NEXT.get(row.stage, ())
    to = None if row.outcome not in PASSING else then if then in ways else next(iter(ways), None)
    return GateDecision(
        id=row.id,
        component_id=row.component_id,
        stage=row.stage,
        outcome=row.outcome,
        decider_id=row.decider_id,
        decided_on=row.decided_on,
        recorded_at=row.recorded_at,
        reason=row.reason,
        dissent=row.dissent,
        criteria=tuple(row.criteria),
        waived=tuple(row.waived),
        expires_on=row.expires_on,
        to=to,
    )


def _passed(history: Iterable[GateDecision]) -> dict[str, datetime]:
    """When the gate of each stage was last passed."""
    found: dict[str, datetime] = {}
    for each in history:
        if each.outcome in PASSING:
            found.setdefault(each.stage, each.recorded_at.astimezone(UTC))
    return found
