"""What people do to follow-ups: who does what by when."""

from collections.abc import Mapping
from typing import Any

from program import fields
from program.follow_ups import ORIGINS
from program.store.belonging import program_of
from program.store.plan_rows import know
from program.store.tables import (
    AssessmentRun,
    Assumption,
    Base,
    BudgetLine,
    Component,
    Decision,
    FollowUp,
    GateDecision,
    Risk,
    Stakeholder,
)
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone

TITLE_LENGTH = 300
FROM: Mapping[str, tuple[type[Base], ...]] = {  # the tables whose rows a follow-up may come from
    "decision": (Decision, Assumption),
    "risk": (Risk,),
    "gate": (GateDecision, Component),
    "finding": (Component, BudgetLine, Stakeholder, AssessmentRun),
    "workshop": (AssessmentRun,),
}


def add_follow_up(
    actor: Actor,
    *,
    program_id: str,
    title: str,
    origin: str,
    origin_id: str | None = None,
    intention: str | None = None,
    **more: Any,
) -> str:
    """
    Agree on something to do and return its id. more: owner_id (a stakeholder), due_on.

    origin: of program.follow_ups.ORIGINS; origin_id: the row that it comes from: a decision or assumption, a risk, a
    gate's decision or its component, what a finding is about, a run.
    """
    values = _checked({"title": title, "origin": origin, "origin_id": origin_id, **more})
    try:
        with intend(
            actor, action="follow_up.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            know(unit, values)
            _know_origin(unit, origin, values["origin_id"])
            row = unit.add(FollowUp(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_follow_up(actor: Actor, *, program_id: str, follow_up_id: str, version: int, **changes: Any) -> int:
    """Change title, owner_id or due_on and return the new version. Raises Stale when somebody else did since."""
    values = _checked(changes, fixed=True)
    with intend(actor, action="follow_up.change", needs="plan.edit", program_id=program_id) as unit:
        know(unit, values)
        return unit.change(FollowUp, follow_up_id, version, **values)


def complete_follow_up(actor: Actor, *, program_id: str, follow_up_id: str, version: int) -> int:
    """Say that it is done now, and return the new version."""
    with intend(actor, action="follow_up.complete", needs="plan.edit", program_id=program_id) as unit:
        return unit.change(FollowUp, follow_up_id, version, done_at=actor.now)


def reopen_follow_up(actor: Actor, *, program_id: str, follow_up_id: str, version: int) -> int:
    """Say that it is not done after all, and return the new version."""
    with intend(actor, action="follow_up.reopen", needs="plan.edit", program_id=program_id) as unit:
        return unit.change(FollowUp, follow_up_id, version, done_at=None)


def remove_follow_up(actor: Actor, *, program_id: str, follow_up_id: str, version: int) -> None:
    """Take a follow-up out that nobody has to do."""
    with intend(actor, action="follow_up.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(FollowUp, follow_up_id, version)


def _know_origin(unit: Unit, origin: str, origin_id: str | None) -> None:
    """Raise Missing when it comes from a row that the program does not have."""
    if origin_id is None:
        return
    for table in FROM[origin]:
        row = unit.session.get(table, origin_id)
        if row is not None and program_of(unit.session, row) == unit.program_id:
            return
    raise unit.missing(FROM[origin][0], origin_id)


def _checked(given: dict[str, Any], *, fixed: bool = False) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "title": lambda value, field: fields.name(value, field, longest=TITLE_LENGTH),
        "owner_id": fields.optional_id,
        "due_on": fields.optional_day,
    }
    if not fixed:
        checks["origin"] = lambda value, field: fields.one_of(value, tuple(ORIGINS), field)
        checks["origin_id"] = fields.optional_id
    return fields.checked(given, checks, "a follow-up")
