"""What people do to the benefits that the program should bring."""

from decimal import Decimal
from typing import Any

from data.metrics import catalog
from program import benefits, fields
from program.ledger import LARGEST
from program.store.plan_rows import know
from program.store.tables import Benefit, Program
from program.store.unit_of_work import intend
from program.values import Actor, AlreadyDone, Invalid

METRIC_DECIMALS = 6
TOGETHER = ("metric_id", "metric_from", "metric_to", "ramp_months")
EARLY_END = "It would end before it starts."


def add_benefit(
    actor: Actor,
    *,
    program_id: str,
    name: str,
    currency: str | None = None,
    intention: str | None = None,
    **more: Any,
) -> str:
    """
    Add a benefit and return its id.

    currency: the program's without one. more: monthly and starts_on, which it needs, and component_id, owner_id,
    ramp_months, ends_on, metric_id, metric_from, metric_to. Raises Invalid.
    """
    for field in ("monthly", "starts_on"):
        if more.get(field) is None:
            raise Invalid(field, "A benefit needs an amount for each month and the day from which it comes.")
    values = _checked({"name": name, **more})
    try:
        with intend(
            actor, action="benefit.add", needs="money.edit", program_id=program_id, intention=intention
        ) as unit:
            know(unit, values)
            _together(values)
            code = fields.currency(currency) if currency else unit.get(Program, program_id).currency
            row = unit.add(Benefit(program_id=program_id, currency=code, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_benefit(actor: Actor, *, program_id: str, benefit_id: str, version: int, **changes: Any) -> int:
    """Change some fields of a benefit and return its new version. Raises Invalid and Stale."""
    values = _checked(changes)
    with intend(actor, action="benefit.change", needs="money.edit", program_id=program_id) as unit:
        row = unit.get(Benefit, benefit_id, version, mine=values)
        know(unit, values)
        _together({name: getattr(row, name) for name in (*TOGETHER, "starts_on", "ends_on")} | values)
        return unit.change(Benefit, benefit_id, version, **values)


def remove_benefit(actor: Actor, *, program_id: str, benefit_id: str, version: int) -> None:
    """Take a benefit out."""
    with intend(actor, action="benefit.remove", needs="money.edit", program_id=program_id) as unit:
        unit.remove(Benefit, benefit_id, version)


def _together(values: dict[str, Any]) -> None:
    fields.in_order(values["starts_on"], values.get("ends_on"), "ends_on", EARLY_END)
    if wrong := benefits.problem(values):
        raise Invalid(*wrong)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "component_id": fields.optional_id,
        "owner_id": fields.optional_id,
        "monthly": _monthly,
        "starts_on": fields.money_day,
        "ends_on": fields.optional_day,
        "ramp_months": lambda value, _field: 0 if value is None else value,
        "metric_id": lambda value, field: fields.optional_one_of(value, tuple(catalog()), field),
        **dict.fromkeys(("metric_from", "metric_to"), _metric_value),
    }
    return fields.checked(given, checks, "a benefit")


def _monthly(value: Decimal, field: str) -> Decimal:
    exact = fields.number(value, field)
    if not 0 < exact <= LARGEST:
        raise Invalid(field, f"The amount a month {exact} is not above 0 and at most {LARGEST:,}.")
    return exact


def _metric_value(value: Decimal | None, field: str) -> Decimal | None:
    return None if value is None else fields.number(value, field, decimals=METRIC_DECIMALS)
