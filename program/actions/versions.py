"""What people do to the versions of the budget: draft, phase by month, approve."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from program import fields
from program.budget_versions import Phase
from program.store import booking, phases
from program.store.tables import BudgetLine, BudgetPhase, BudgetVersion, Component
from program.store.unit_of_work import intend
from program.values import Actor, AlreadyDone


def make_version(
    actor: Actor,
    *,
    program_id: str,
    name: str,
    revision_of: str | None = None,
    note: str | None = None,
    intention: str | None = None,
) -> str:
    """
    Make a draft of the budget and return its id.

    revision_of: the version whose months it begins with; without one it has none. Raises Invalid when the name is
    taken.
    """
    values = _checked({"name": name, "note": note})
    try:
        with intend(
            actor, action="budget_version.make", needs="money.edit", program_id=program_id, intention=intention
        ) as unit:
            phases.free(unit, program_id, values["name"])
            source = unit.get(BudgetVersion, revision_of) if revision_of else None
            row = unit.add(
                BudgetVersion(program_id=program_id, made_at=actor.now, revision_of_id=source and source.id, **values)
            )
            copied = phases.copy(unit, source, row) if source else 0
            unit.subject(row.id, phases=copied)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_version(actor: Actor, *, program_id: str, version_id: str, version: int, **changes: Any) -> int:
    """Change a draft's name or note and return its new version. Raises Invalid when it is no draft any more."""
    values = _checked(changes)
    with intend(actor, action="budget_version.change", needs="money.edit", program_id=program_id) as unit:
        draft = phases.draft(unit, version_id, version, mine=values)
        if values.get("name", draft.name) != draft.name:
            phases.free(unit, program_id, values["name"])
        return unit.change(BudgetVersion, version_id, version, **values)


def set_phases(actor: Actor, *, program_id: str, version_id: str, version: int, changes: Sequence[Phase]) -> int:
    """
    Set what lines may cost in months of a draft, and return the draft's new version.

    changes: in each line's currency; an amount of None takes the month out. Months that are not named stay.

    Raises Stale when anything of the draft was changed since, Invalid with the line and the month of a bad amount.
    """
    with intend(actor, action="budget_version.phase", needs="money.edit", program_id=program_id) as unit:
        draft = phases.draft(unit, version_id, version)
        changed = phases.put(unit, draft, changes)
        unit.subject(version_id, phases=changed)
        return phases.as_changed(unit, draft) if changed else draft.version


def spread_line(
    actor: Actor,
    *,
    program_id: str,
    version_id: str,
    version: int,
    line_id: str,
    total: Decimal | None = None,
    start: date | None = None,
    end: date | None = None,
    recurrence: str | None = None,
    weights: Sequence[Decimal] | None = None,
) -> int:
    """
    Spread one line over months of a draft, exact to the last cent, and return the draft's new version.

    total: without one what the draft has for the line, else its days at their rate, else its plan. start, end: without
    them the component's. recurrence: in which months the money falls due (budget.RECURRENCES); without one the line's
    own, where labor that is paid once counts as every month: it is worked throughout. weights: one for each of the
    months in which it falls due; all the same without.

    The line's months of before are replaced. Raises Invalid when an amount or the months are unknown.
    """
    with intend(actor, action="budget_version.spread", needs="money.edit", program_id=program_id) as unit:
        draft = phases.draft(unit, version_id, version)
        line = unit.get(BudgetLine, line_id)
        over = phases.months_of(unit, line, start, end, recurrence)
        wanted = phases.spread(unit, draft, line, total, over, weights)
        changed = phases.replace(unit, draft, line, wanted)
        unit.subject(version_id, line=line_id, phases=changed)
        return phases.as_changed(unit, draft) if changed else draft.version


def spread_plans(actor: Actor, *, program_id: str, version_id: str, version: int) -> int:
    """
    Spread every line that has no month in a draft yet, as spread_line does, and return the draft's new version.

    Lines without an amount, or without days of their own component to spread it over, are left out.
    """
    with intend(actor, action="budget_version.spread", needs="money.edit", program_id=program_id) as unit:
        draft = phases.draft(unit, version_id, version)
        phased = select(BudgetPhase.line_id).where(BudgetPhase.version_id == version_id)
        query = select(BudgetLine).join(Component, Component.id == BudgetLine.component_id)
        lines = unit.session.scalars(query.where(Component.program_id == program_id, BudgetLine.id.not_in(phased)))
        changed = sum(phases.spread_if_known(unit, draft, line) for line in lines.all())
        unit.subject(version_id, phases=changed)
        return phases.as_changed(unit, draft) if changed else draft.version


def approve_version(actor: Actor, *, program_id: str, version_id: str, version: int, on: date | None = None) -> int:
    """
    Approve a draft, which is never changed again, and return its new version.

    The plan of each of its lines becomes what its months add up to: the difference is booked in the ledger on the
    day (today without one). Lines that it has no month of keep their plan. Versions approved earlier stay as they are.

    Raises Invalid when it has no month, or a month's amount is wrong, naming the line and the month.
    """
    day = fields.optional_day(on, "on")
    with intend(actor, action="budget_version.approve", needs="money.edit", program_id=program_id) as unit:
        draft = phases.draft(unit, version_id, version)
        planned = phases.approvable(unit, draft)
        booked = 0
        for line, total in planned:
            if booking.plan(unit, program_id, line, total, day, document=draft.name, source=phases.SOURCE):
                booking.as_changed(unit, line)
                booked += 1
        draft.status, draft.approved_by, draft.approved_at = "approved", actor.name, actor.now
        unit.session.flush()
        unit.subject(version_id, lines=len(planned), booked=booked)
        return draft.version


def remove_draft(actor: Actor, *, program_id: str, version_id: str, version: int) -> None:
    """Take a draft out. Raises Invalid when it is no draft any more: what was approved stays readable."""
    with intend(actor, action="budget_version.remove", needs="money.edit", program_id=program_id) as unit:
        phases.draft(unit, version_id, version)
        unit.remove(BudgetVersion, version_id, version)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    return fields.checked(given, {"name": fields.name, "note": fields.text}, "a version of the budget")
