"""What people do to the stakeholder register."""

from decimal import Decimal
from typing import Any

from assessments.functions import FUNCTIONS
from program import fields, policy
from program.stakeholders import STANCES
from program.store.tables import Stakeholder
from program.store.unit_of_work import intend
from program.values import Actor, AlreadyDone

MIDDLE = Decimal(5)
CONTACT_LENGTH = 320


def add_stakeholder(
    actor: Actor,
    *,
    program_id: str,
    name: str,
    power: Decimal = MIDDLE,
    interest: Decimal = MIDDLE,
    intention: str | None = None,
    **more: Any,
) -> str:
    """
    Put a person or a group on the map and return its id.

    more: any other field of program.stakeholders.Stakeholder. Raises Invalid with the field.
    """
    values = _checked({"name": name, "power": power, "interest": interest, **more})
    try:
        with intend(
            actor, action="stakeholder.add", needs="people.edit", program_id=program_id, intention=intention
        ) as unit:
            row = unit.add(Stakeholder(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_stakeholder(actor: Actor, *, program_id: str, stakeholder_id: str, version: int, **changes: Any) -> int:
    """Change some fields and return the new version. Raises Stale when somebody else changed the row since."""
    values = _checked(changes)
    with intend(actor, action="stakeholder.change", needs="people.edit", program_id=program_id) as unit:
        return unit.change(Stakeholder, stakeholder_id, version, **values)


def move_stakeholder(
    actor: Actor, *, program_id: str, stakeholder_id: str, power: Decimal, interest: Decimal, version: int
) -> int:
    """Move somebody on the power-interest grid and return the new version."""
    values = _checked({"power": power, "interest": interest})
    with intend(actor, action="stakeholder.move", needs="people.edit", program_id=program_id) as unit:
        return unit.change(Stakeholder, stakeholder_id, version, **values)


def remove_stakeholder(actor: Actor, *, program_id: str, stakeholder_id: str, version: int) -> None:
    """Take somebody off the map, with the duties they had."""
    with intend(actor, action="stakeholder.remove", needs="people.edit", program_id=program_id) as unit:
        unit.remove(Stakeholder, stakeholder_id, version)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "is_group": lambda value, _field: bool(value),
        "function": lambda value, field: fields.optional_one_of(value, tuple(FUNCTIONS), field),
        "title": fields.optional_name,
        "contact": lambda value, field: fields.optional_name(value, field, longest=CONTACT_LENGTH),
        "power": _position,
        "interest": _position,
        "stance": lambda value, field: fields.one_of(value, STANCES, field),
        "wanted_stance": lambda value, field: fields.one_of(value, STANCES, field),
        "wants": fields.text,
        "next_step": fields.text,
    }
    return fields.checked(given, checks, "a stakeholder")


def _position(value: Decimal, field: str) -> Decimal:
    return fields.position(value, field, end=policy.load().scale_end)
