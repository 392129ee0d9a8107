"""What people set for their plan: the year, holidays, rates, control over the budget, and named what-ifs."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from program import controls, fields, scenarios
from program.calendars import check_place
from program.ledger import LARGEST
from program.store.tables import Activity, BudgetLine, Component, DayOff, PlanSetting, Scenario
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid, Stale

RATE_DECIMALS = 6
MONTHS = range(1, 13)
PLACE = ("holiday_country", "holiday_region")


def set_settings(actor: Actor, *, program_id: str, version: int | None, **changes: Any) -> int:
    """
    Change how the program plans and return the new version of its settings.

    version: of the settings that the person saw, None while nothing was set. changes: fiscal_year_start, a month;
    holiday_country and holiday_region; reserve, in the program's currency; discount_rate, finance_rate and
    reinvest_rate, shares per year; control, by kind of entry. None goes back to what holds without it.

    Raises Stale when somebody else set something since, and Invalid for a country whose holidays are not known.
    """
    values = _settings(changes)
    needs = "plan.edit" if set(values) <= set(PLACE) else "money.edit"
    with intend(actor, action="plan_setting.set", needs=needs, program_id=program_id) as unit:
        row = unit.session.scalar(select(PlanSetting).where(PlanSetting.program_id == program_id))
        if row is None and version is not None:
            raise Stale("plan setting", values, {})
        if row is not None and version != row.version:
            raise unit.stale(row, values)
        row = row or unit.add(PlanSetting(program_id=program_id))
        if set(PLACE) & set(values):
            country, region = (values.get(name, getattr(row, name)) for name in PLACE)
            values |= dict(zip(PLACE, check_place(country, region), strict=True))
        return unit.change(PlanSetting, row.id, row.version, **values)


def add_day_off(actor: Actor, *, program_id: str, on: date, name: str, intention: str | None = None) -> str:
    """Add a day on which nobody of the program works and return its id."""
    values = {"on": fields.day(on, "on"), "name": fields.name(name)}
    try:
        with intend(actor, action="day_off.add", needs="plan.edit", program_id=program_id, intention=intention) as unit:
            taken = DayOff.program_id == program_id, DayOff.on == values["on"]
            if unit.session.scalar(select(DayOff.id).where(*taken)):
                raise Invalid("on", f"{on:%Y-%m-%d} is a day off already.")
            row = unit.add(DayOff(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def remove_day_off(actor: Actor, *, program_id: str, day_off_id: str, version: int) -> None:
    """Work on a day off after all."""
    with intend(actor, action="day_off.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(DayOff, day_off_id, version)


def save_scenario(
    actor: Actor,
    *,
    program_id: str,
    name: str,
    changes: Sequence[Mapping[str, Any]],
    note: str | None = None,
    intention: str | None = None,
) -> str:
    """Keep a what-if under a name and return its id. changes: as program.scenarios has them."""
    values = _scenario({"name": name, "note": note, "changes": changes})
    try:
        with intend(
            actor, action="scenario.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            _scenario_fits(unit, values)
            row = unit.add(Scenario(program_id=program_id, **values))
            unit.subject(row.id, changes=len(values["changes"]))
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_scenario(actor: Actor, *, program_id: str, scenario_id: str, version: int, **changes: Any) -> int:
    """Change a what-if's name, note or changes and return its new version."""
    values = _scenario(changes)
    with intend(actor, action="scenario.change", needs="plan.edit", program_id=program_id) as unit:
        unit.get(Scenario, scenario_id, version, mine=values)
        _scenario_fits(unit, values, but=scenario_id)
        return unit.change(Scenario, scenario_id, version, **values)


def remove_scenario(actor: Actor, *, program_id: str, scenario_id: str, version: int) -> None:
    """Throw a what-if away."""
    with intend(actor, action="scenario.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(Scenario, scenario_id, version)


def _scenario_fits(unit: Unit, values: dict[str, Any], *, but: str = "") -> None:
    """Raise Invalid when the name is taken, and Missing when a change is about something of another program."""
    if "name" in values:
        taken = Scenario.program_id == unit.program_id, Scenario.name == values["name"], Scenario.id != but
        if unit.session.scalar(select(Scenario.id).where(*taken)):
            raise Invalid("name", f"There is already a scenario named “{values['name']}”.")
    wanted = {key: {each[key] for each in values.get("changes", ()) if key in each} for key in scenarios.SUBJECTS}
    mine = select(Activity.id).where(Activity.program_id == unit.program_id)
    lines = select(BudgetLine.id).join(Component, Component.id == BudgetLine.component_id)
    known = {"activity_id": mine, "line_id": lines.where(Component.program_id == unit.program_id)}
    for key, table in (("activity_id", Activity), ("line_id", BudgetLine)):
        if gone := wanted[key] and wanted[key] - set(unit.session.scalars(known[key])):
            raise unit.missing(table, min(gone))


def _scenario(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "note": fields.text,
        "changes": lambda value, _field: scenarios.checked(value),
    }
    return fields.checked(given, checks, "a scenario")


def _settings(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "fiscal_year_start": _month,
        "holiday_country": lambda value, _field: value,
        "holiday_region": lambda value, _field: value,
        "reserve": _reserve,
        "discount_rate": _rate,
        "finance_rate": _rate,
        "reinvest_rate": _rate,
        "control": lambda value, _field: controls.checked(value or {}),
    }
    return fields.checked(given, checks, "the settings")


def _month(value: int | None, field: str) -> int | None:
    if value is not None and value not in MONTHS:
        raise Invalid(field, "A fiscal year starts in a month from 1 to 12.")
    return value


def _reserve(value: Decimal | None, field: str) -> Decimal | None:
    exact = None if value is None else fields.number(value, field)
    if exact is not None and not 0 <= exact <= LARGEST:
        raise Invalid(field, f"The reserve {exact:f} is not between 0 and {LARGEST:,}.")
    return exact


def _rate(value: Decimal | None, field: str) -> Decimal | None:
    exact = None if value is None else fields.number(value, field, decimals=RATE_DECIMALS)
    if exact is not None and not -1 < exact <= 1:
        raise Invalid(field, "A rate is a share per year, between -100 % and 100 %.")
    return exact
