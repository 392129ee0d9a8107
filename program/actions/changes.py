"""What people do to the change log: what was changed in the program, why, and which metric moved."""

from datetime import date
from decimal import Decimal
from typing import Any

from data.metrics import catalog
from program import fields
from program.store.plan_rows import know, today
from program.store.tables import ChangeRecord
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid

METRIC_DECIMALS = 6
FUTURE = "A change is recorded once it is made. This day is in the future."


def record_change(
    actor: Actor, *, program_id: str, what: str, on: date | None = None, intention: str | None = None, **more: Any
) -> str:
    """
    Record that something was changed, today without a day, and return the record's id.

    more: component_id, why, metric_id, metric_before, metric_after (in the metric's unit), baseline_id.
    """
    values = _checked({"what": what, **more, **({} if on is None else {"on": on})})
    try:
        with intend(actor, action="change.add", needs="plan.edit", program_id=program_id, intention=intention) as unit:
            values.setdefault("on", today(unit))
            _agree(unit, values)
            row = unit.add(ChangeRecord(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def correct_change(actor: Actor, *, program_id: str, change_record_id: str, version: int, **changes: Any) -> int:
    """Change some fields of a record and return its new version. Raises Stale when somebody else did since."""
    values = _checked(changes)
    with intend(actor, action="change.change", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(ChangeRecord, change_record_id, version, mine=values)
        kept = {name: getattr(row, name) for name in ("on", "metric_id", "metric_before", "metric_after")}
        _agree(unit, {**kept, **values})
        return unit.change(ChangeRecord, change_record_id, version, **values)


def remove_change(actor: Actor, *, program_id: str, change_record_id: str, version: int) -> None:
    """Take a record out that should not be there."""
    with intend(actor, action="change.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(ChangeRecord, change_record_id, version)


def _agree(unit: Unit, values: dict[str, Any]) -> None:
    know(unit, values)
    fields.in_order(values["on"], today(unit), "on", FUTURE)
    measured = values.get("metric_before") is not None or values.get("metric_after") is not None
    if measured and not values.get("metric_id"):
        raise Invalid("metric_id", "A value before or after needs its metric. Choose one or leave both values empty.")


def _value(value: Decimal | None, field: str) -> Decimal | None:
    return None if value is None else fields.number(value, field, decimals=METRIC_DECIMALS)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "what": fields.written("Say what was changed."),
        "on": fields.day,
        "why": fields.text,
        "component_id": fields.optional_id,
        "metric_id": lambda value, field: fields.optional_one_of(value, tuple(catalog()), field),
        "metric_before": _value,
        "metric_after": _value,
        "baseline_id": fields.optional_id,
    }
    return fields.checked(given, checks, "a change")
