"""What people do to decisions, and to the assumptions that they rest on."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from program import fields
from program.decisions import MOST_OPTIONS, OPTION_LENGTH, STATES, Option
from program.store.plan_rows import know, today
from program.store.tables import Assumption, Decision
from program.store.unit_of_work import intend
from program.values import Actor, AlreadyDone, Invalid

QUESTION_LENGTH = 300
FUTURE = "A decision is recorded once it is made. The day it was made is in the future."


def add_decision(
    actor: Actor,
    *,
    program_id: str,
    question: str,
    options: Sequence[Option] = (),
    intention: str | None = None,
    **more: Any,
) -> str:
    """Write down a question to decide and return its id. more: component_id, decider_id, rests_on, review_on."""
    values = _checked({"question": question, "options": options, **more})
    try:
        with intend(
            actor, action="decision.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            know(unit, values)
            row = unit.add(Decision(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_decision(actor: Actor, *, program_id: str, decision_id: str, version: int, **changes: Any) -> int:
    """
    Change some fields and return the new version.

    Raises Stale when somebody else changed the row since, and Invalid when what was chosen would not be an option.
    """
    values = _checked(changes)
    with intend(actor, action="decision.change", needs="plan.edit", program_id=program_id) as unit:
        know(unit, values)
        row = unit.get(Decision, decision_id, version, mine=values)
        if "options" in values and row.chosen is not None:
            _one_of(row.chosen, values["options"])
        return unit.change(Decision, decision_id, version, **values)


def decide(
    actor: Actor,
    *,
    program_id: str,
    decision_id: str,
    version: int,
    chosen: str | None,
    decided_on: date | None = None,
    **more: Any,
) -> int:
    """
    Record what was decided and return the new version.

    chosen: the name of one of the options. decided_on: today without one. more: decider_id, dissent, rests_on,
    review_on; without a day to review it there is none.

    Raises Invalid when the choice is no option, or the day is in the future.
    """
    values = _checked({"review_on": None, **more})
    on = fields.optional_day(decided_on, "decided_on")
    with intend(actor, action="decision.decide", needs="plan.edit", program_id=program_id) as unit:
        know(unit, values)
        wanted = {**values, "chosen": chosen, "decided_on": on or today(unit)}
        row = unit.get(Decision, decision_id, version, mine=wanted)
        _one_of(chosen, row.options)
        fields.in_order(on, today(unit), "decided_on", FUTURE)
        fields.in_order(wanted["decided_on"], values["review_on"], "review_on", "The review is before the decision.")
        return unit.change(Decision, decision_id, version, **wanted)


def reopen_decision(actor: Actor, *, program_id: str, decision_id: str, version: int) -> int:
    """Take back what was decided, so that the question is open again, and return the new version."""
    with intend(actor, action="decision.reopen", needs="plan.edit", program_id=program_id) as unit:
        return unit.change(Decision, decision_id, version, chosen=None, decided_on=None)


def add_assumption(actor: Actor, *, program_id: str, text: str, intention: str | None = None, **more: Any) -> str:
    """Write down what is taken for true and return its id. more: component_id, decision_id, owner_id, expires_on."""
    values = _checked_assumption({"text": text, **more})
    try:
        with intend(
            actor, action="assumption.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            know(unit, values)
            row = unit.add(Assumption(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_assumption(actor: Actor, *, program_id: str, assumption_id: str, version: int, **changes: Any) -> int:
    """Change some fields and return the new version. Raises Stale when somebody else changed the row since."""
    values = _checked_assumption(changes)
    with intend(actor, action="assumption.change", needs="plan.edit", program_id=program_id) as unit:
        know(unit, values)
        return unit.change(Assumption, assumption_id, version, **values)


def check_assumption(
    actor: Actor, *, program_id: str, assumption_id: str, version: int, state: str, **more: Any
) -> int:
    """
    Record that somebody looked today whether an assumption holds, and return the new version.

    state: of program.decisions.STATES. more: expires_on, the day until which it is taken for true from now on.
    """
    fields.one_of(state, STATES, "state")
    values = fields.checked(more, {"expires_on": fields.optional_day}, "a check")
    with intend(actor, action="assumption.check", needs="plan.edit", program_id=program_id) as unit:
        return unit.change(Assumption, assumption_id, version, state=state, checked_on=today(unit), **values)


def remove_assumption(actor: Actor, *, program_id: str, assumption_id: str, version: int) -> None:
    """Take an assumption out."""
    with intend(actor, action="assumption.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(Assumption, assumption_id, version)


def _one_of(chosen: str | None, options: Iterable[dict[str, Any]]) -> None:
    names = [option["name"] for option in options]
    if not chosen:
        raise Invalid("chosen", "Say which of the options was decided on.")
    if chosen not in names:
        known = f"The options are {', '.join(names)}." if names else "Write the options down first."
        raise Invalid("chosen", f"“{chosen}” is none of the options. {known}")


def _options(given: Sequence[Option], field: str) -> list[dict[str, str | None]]:
    if len(given) > MOST_OPTIONS:
        raise Invalid(field, f"There are {len(given)} options; {MOST_OPTIONS} is the most.")
    kept = [
        {"name": fields.name(each.name, "option", longest=OPTION_LENGTH), "note": fields.text(each.note, "note")}
        for each in given
    ]
    names = [each["name"] for each in kept]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Invalid(field, f"The option “{twice}” stands there twice.")
    return kept


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "question": lambda value, field: fields.name(value, field, longest=QUESTION_LENGTH),
        "options": _options,
        "component_id": fields.optional_id,
        "decider_id": fields.optional_id,
        "dissent": fields.text,
        "rests_on": fields.text,
        "review_on": fields.optional_day,
    }
    return fields.checked(given, checks, "a decision")


def _checked_assumption(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "text": fields.written("The assumption is empty. Say what is taken for true."),
        "component_id": fields.optional_id,
        "decision_id": fields.optional_id,
        "owner_id": fields.optional_id,
        "expires_on": fields.optional_day,
    }
    return fields.checked(given, checks, "an assumption")
