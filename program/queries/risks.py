"""Reads of the risk register, and of what the program proposes to put into it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from program.budget import LineTotals
from program.catalog import STAGE_NAMES
from program.proposed_risks import ON_TIES, ProposedRisk, Waiver, from_the_plan
from program.queries import budget, decisions, influence
from program.risks import Risk, ranked
from program.store import tables
from program.store.engine import reading


def risks(program_id: str, *, may_see_ties: bool = False) -> list[Risk]:
    """
    Return a program's risks, open ones and high scores first, with what was dismissed.

    may_see_ties: whether the reader holds influence.read; without it, what was dismissed of ties is left out.
    """
    with reading() as session:
        rows = session.scalars(select(tables.Risk).where(tables.Risk.program_id == program_id))
        found = [_as_value(row) for row in rows]
    return ranked(risk for risk in found if may_see_ties or not _hidden(risk))


def proposals(
    program_id: str, *, today: date, may_see_ties: bool, lines: Sequence[LineTotals] | None = None
) -> list[ProposedRisk]:
    """
    Return the risks that people, ties and the plan propose and nobody has taken or dismissed, people first.

    may_see_ties: whether the reader holds influence.read; nothing is said that rests on ties without it.
    lines: of the budget, when they are known already.
    """
    from_people = influence.risks(program_id, may_see_ties=may_see_ties)
    from_plan = from_the_plan(
        assumptions=decisions.assumptions(program_id),
        waivers=waivers(program_id),
        lines=budget.lines(program_id) if lines is None else lines,
        today=today,
    )
    settled = _settled(program_id)
    return [each for each in (*from_people, *from_plan) if each.key not in settled]


def waivers(program_id: str) -> list[Waiver]:
    """Return the waivers that are the last word at their gate, by the day they end."""
    gate, component = tables.GateDecision, tables.Component
    query = (
        select(gate, component.name)
        .join(component, component.id == gate.component_id)
        .where(component.program_id == program_id)
        .order_by(gate.recorded_at, gate.decided_on, gate.id)
    )
    with reading() as session:
        last = {(row.component_id, row.stage): (row, name) for row, name in session.execute(query)}
    found = [
        Waiver(row.id, row.component_id, name, STAGE_NAMES.get(row.stage, row.stage), row.expires_on)
        for row, name in last.values()
        if row.outcome == "waive"
    ]
    return sorted(found, key=lambda each: (each.expires_on or date.max, each.component, each.stage))


def _settled(program_id: str) -> set[str]:
    table = tables.Risk
    query = select(table.proposal).where(table.program_id == program_id, table.proposal.is_not(None))
    with reading() as session:
        return {str(key) for key in session.scalars(query)}


def _hidden(risk: Risk) -> bool:
    return risk.status == "dismissed" and (risk.proposal or "").partition(":")[0] in ON_TIES


def _as_value(row: tables.Risk) -> Risk:
    return Risk(
        id=row.id,
        version=row.version,
        title=row.title,
        component_id=row.component_id,
        probability=row.probability,
        impact=row.impact,
        cost=row.cost,
        days=row.days,
        response=row.response,
        action=row.action,
        owner_id=row.owner_id,
        trigger=row.trigger,
        residual_probability=row.residual_probability,
        residual_impact=row.residual_impact,
        status=row.status,
        proposal=row.proposal,
        raised_on=row.raised_on,
        closed_on=row.closed_on,
    )
