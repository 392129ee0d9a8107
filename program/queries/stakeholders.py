"""Reads of the stakeholder register: who stands where, since when, what comes next, and who could take over."""

from collections import defaultdict
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from program.stakeholders import Stakeholder, State, Step
from program.store import tables
from program.store.engine import reading

LAST = date.max  # a step without a date comes after those with one


def stakeholders(program_id: str) -> list[Stakeholder]:
    """Return everybody on a program's map, by name."""
    table = tables.Stakeholder
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.name, table.id))
        ahead = next_steps(_steps(session, program_id))
        return [_as_value(row, ahead.get(row.id)) for row in rows]


def steps(program_id: str) -> list[Step]:
    """Return the engagement steps: the open ones first, those due first at the top, then the last ones done."""
    with reading() as session:
        return _steps(session, program_id)


def next_steps(found: list[Step]) -> dict[str, Step]:
    """Return by stakeholder id the next of some steps in the order of `steps`."""
    return {step.stakeholder_id: step for step in reversed(found) if step.done_at is None}


def history(program_id: str) -> list[State]:
    """
    Return where everybody stood, in the order of time; each one's last state is where they stand now.

    Somebody of whom no change is kept stands where they stand now from the beginning on.
    """
    table, person = tables.StakeholderState, tables.Stakeholder
    of_program = person.program_id == program_id
    with reading() as session:
        rows = session.scalars(select(table).join(person, person.id == table.stakeholder_id).where(of_program))
        states = [_state(row.stakeholder_id, row.at, row.by, row) for row in rows]
        people = session.scalars(select(person).where(of_program)).all()
        made = session.scalar(select(tables.Program.created_at).where(tables.Program.id == program_id))
    begin = min([state.at for state in states], default=made or datetime.now(UTC))
    known = {state.stakeholder_id for state in states}
    states += [_state(row.id, min(begin, made or begin), "", row) for row in people if row.id not in known]
    return sorted(states, key=lambda state: (state.at, state.stakeholder_id))


def stand_ins(program_id: str) -> dict[str, list[str]]:
    """Return by stakeholder id who could take over from them, by name; who has nobody is not in it."""
    table, person = tables.StandIn, tables.Stakeholder
    query = (
        select(table.stakeholder_id, table.stand_in_id)
        .join(person, person.id == table.stand_in_id)
        .where(person.program_id == program_id)
        .order_by(person.name, person.id)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    with reading() as session:
        for stakeholder_id, stand_in_id in session.execute(query):
            found[stakeholder_id].append(stand_in_id)
    return dict(found)


def _steps(session: Session, program_id: str) -> list[Step]:
    table, person = tables.EngagementStep, tables.Stakeholder
    query = select(table).join(person, person.id == table.stakeholder_id).where(person.program_id == program_id)
    found = [
        Step(row.id, row.version, row.stakeholder_id, row.what, row.owner_id, row.due_on, row.done_at)
        for row in session.scalars(query)
    ]
    return sorted(found, key=_place)


def _place(step: Step) -> tuple[bool, float, date, str]:
    done = -step.done_at.timestamp() if step.done_at else 0.0
    return step.done_at is not None, done, step.due_on or LAST, step.id


def _state(stakeholder_id: str, at: datetime, by: str, row: tables.Stakeholder | tables.StakeholderState) -> State:
    return State(
        stakeholder_id=stakeholder_id,
        at=at,
        by=by,
        power=row.power,
        interest=row.interest,
        legitimacy=row.legitimacy,
        urgency=row.urgency,
        stance=row.stance,
        wanted_stance=row.wanted_stance,
    )


def _as_value(row: tables.Stakeholder, ahead: Step | None) -> Stakeholder:
    return Stakeholder(
        id=row.id,
        version=row.version,
        name=row.name,
        power=row.power,
        interest=row.interest,
        is_group=row.is_group,
        function=row.function,
        title=row.title,
        contact=row.contact,
        stance=row.stance,
        wanted_stance=row.wanted_stance,
        wants=row.wants,
        next_step=ahead.what if ahead else None,
        legitimacy=row.legitimacy,
        urgency=row.urgency,
        wanted_power=row.wanted_power,
        wanted_interest=row.wanted_interest,
        sees=row.sees,
        gain_customers=row.gain_customers,
        gain_team=row.gain_team,
        gain_own=row.gain_own,
    )
