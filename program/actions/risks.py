"""What people do to the risk register."""

from typing import Any

from sqlalchemy import select

from program import fields
from program.access import Refused, may
from program.proposed_risks import ON_TIES, SUBJECTS
from program.risks import LEVELS, RESPONSES
from program.store.belonging import role_in
from program.store.plan_rows import know, today
from program.store.tables import Assumption, Base, BudgetLine, GateDecision, Risk, Stakeholder
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid

TITLE_LENGTH = 300
CLOSED = ("closed", "happened")
TABLES: dict[str, type[Base]] = {
    "stakeholder": Stakeholder,
    "assumption": Assumption,
    "gate_decision": GateDecision,
    "budget_line": BudgetLine,
}


def add_risk(actor: Actor, *, program_id: str, title: str, intention: str | None = None, **more: Any) -> str:
    """Write a risk down and return its id. more: any other field of program.risks.Risk that people enter."""
    values = _checked({"title": title, **more})
    try:
        with intend(actor, action="risk.add", needs="plan.edit", program_id=program_id, intention=intention) as unit:
            know(unit, values)
            row = unit.add(Risk(program_id=program_id, raised_on=today(unit), **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_risk(actor: Actor, *, program_id: str, risk_id: str, version: int, **changes: Any) -> int:
    """Change some fields and return the new version. Raises Stale when somebody else changed the row since."""
    values = _checked(changes)
    with intend(actor, action="risk.change", needs="plan.edit", program_id=program_id) as unit:
        know(unit, values)
        _hidden(unit, risk_id)
        return unit.change(Risk, risk_id, version, **values)


def close_risk(actor: Actor, *, program_id: str, risk_id: str, version: int, status: str = "closed") -> int:
    """Say that a risk is over (closed) or came true (happened), and return its new version."""
    fields.one_of(status, CLOSED, "status")
    with intend(actor, action="risk.close", needs="plan.edit", program_id=program_id) as unit:
        _hidden(unit, risk_id)
        return unit.change(Risk, risk_id, version, status=status, closed_on=today(unit))


def reopen_risk(actor: Actor, *, program_id: str, risk_id: str, version: int) -> int:
    """Say that a closed, happened or dismissed risk may happen after all, and return its new version."""
    with intend(actor, action="risk.reopen", needs="plan.edit", program_id=program_id) as unit:
        _hidden(unit, risk_id)
        return unit.change(Risk, risk_id, version, status="open", closed_on=None)


def accept_proposal(
    actor: Actor, *, program_id: str, proposal: str, title: str, intention: str | None = None, **more: Any
) -> str:
    """
    Take a proposed risk into the register and return the risk's id; it is not proposed again.

    proposal: the key of a program.proposed_risks.ProposedRisk. title: in words that every member may read, also when
    it rests on ties. more: as for add_risk.
    """
    values = _checked({"title": title, **more})
    try:
        with intend(actor, action="risk.accept", needs="plan.edit", program_id=program_id, intention=intention) as unit:
            know(unit, values)
            return _take(unit, program_id, proposal, values)
    except AlreadyDone as earlier:
        return earlier.subject_id


def dismiss_proposal(
    actor: Actor, *, program_id: str, proposal: str, title: str, reason: str, intention: str | None = None
) -> str:
    """
    Say why a proposed risk is none and return the id of the row that remembers it; it is not proposed again.

    Of what rests on ties, only those who may see ties read the title and the reason.
    """
    values = _checked({"title": title, "action": fields.name(reason, "reason", longest=fields.TEXT_LENGTH)})
    try:
        with intend(
            actor, action="risk.dismiss", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            return _take(unit, program_id, proposal, {**values, "status": "dismissed", "closed_on": today(unit)})
    except AlreadyDone as earlier:
        return earlier.subject_id


def _take(unit: Unit, program_id: str, proposal: str, values: dict[str, Any]) -> str:
    code, _, subject_id = proposal.partition(":")
    if code not in SUBJECTS:
        raise Invalid("proposal", "This is no risk that the program proposes.")
    _see(unit, proposal)
    unit.get(TABLES[SUBJECTS[code]], subject_id)
    if unit.session.scalar(select(Risk.id).where(Risk.program_id == program_id, Risk.proposal == proposal)):
        raise Invalid("proposal", "Somebody has taken or dismissed this proposal by now. The page shows what is left.")
    row = unit.add(Risk(program_id=program_id, proposal=proposal, raised_on=today(unit), **values))
    unit.subject(row.id)
    return row.id


def _see(unit: Unit, proposal: str | None) -> None:
    """Only who may see ties decides on what rests on them."""
    code = (proposal or "").partition(":")[0]
    if code in ON_TIES and not may(role_in(unit.session, unit.actor.user_id, unit.program_id), "influence.read"):
        raise Refused("influence.read")


def _hidden(unit: Unit, risk_id: str) -> None:
    """What was dismissed of ties is hidden from whoever may not see them, from the sentence of a refusal too."""
    risk = unit.get(Risk, risk_id)
    if risk.status == "dismissed":
        _see(unit, risk.proposal)


def _level(value: int | None, field: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not LEVELS[0] <= value <= LEVELS[1]:
        raise Invalid(field, f"The {field.replace('_', ' ')} goes from {LEVELS[0]} to {LEVELS[1]}.")
    return value


def _amount(value: Any, field: str) -> Any:
    if value is None:
        return None
    amount = fields.number(value, field)
    if amount < 0:
        raise Invalid(field, f"The {field} of a risk cannot be negative. What it may bring is a benefit.")
    return amount


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "title": lambda value, field: fields.name(value, field, longest=TITLE_LENGTH),
        "component_id": fields.optional_id,
        "probability": _level,
        "impact": _level,
        "cost": _amount,
        "days": _amount,
        "response": lambda value, field: fields.optional_one_of(value, RESPONSES, field),
        "action": fields.text,
        "owner_id": fields.optional_id,
        "trigger": fields.text,
        "residual_probability": _level,
        "residual_impact": _level,
    }
    return fields.checked(given, checks, "a risk")
