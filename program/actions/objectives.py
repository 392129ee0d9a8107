"""What people do to the program's objectives."""

from typing import Any

from data.metrics import catalog
from program import fields
from program.store.tables import Objective, Stakeholder
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone

TITLE_LENGTH = 300
TARGET_DECIMALS = 6


def add_objective(actor: Actor, *, program_id: str, title: str, intention: str | None = None, **more: Any) -> str:
    """Add an objective and return its id. more: owner_id, metric_id, target, due_on."""
    values = _checked({"title": title, **more})
    try:
        with intend(
            actor, action="objective.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            _owner(unit, values)
            row = unit.add(Objective(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_objective(actor: Actor, *, program_id: str, objective_id: str, version: int, **changes: Any) -> int:
    """Change some fields and return the new version. Raises Stale when somebody else changed the row since."""
    values = _checked(changes)
    with intend(actor, action="objective.change", needs="plan.edit", program_id=program_id) as unit:
        _owner(unit, values)
        return unit.change(Objective, objective_id, version, **values)


def remove_objective(actor: Actor, *, program_id: str, objective_id: str, version: int) -> None:
    """Take an objective out."""
    with intend(actor, action="objective.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(Objective, objective_id, version)


def _owner(unit: Unit, values: dict[str, Any]) -> None:
    if values.get("owner_id"):
        unit.get(Stakeholder, values["owner_id"])


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "title": lambda value, field: fields.name(value, field, longest=TITLE_LENGTH),
        "owner_id": fields.optional_id,
        "metric_id": lambda value, field: fields.optional_one_of(value, tuple(catalog()), field),
        "target": lambda value, field: None if value is None else fields.number(value, field, decimals=TARGET_DECIMALS),
        "due_on": fields.optional_day,
    }
    return fields.checked(given, checks, "an objective")
