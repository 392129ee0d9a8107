"""How a program plans: settings, holidays, days off, and named what-ifs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program.access import Refused
from program.actions.planning import (
    add_day_off,
    change_scenario,
    remove_day_off,
    remove_scenario,
    save_scenario,
    set_settings,
)
from program.actions.roadmap import add_activity
from program.calendars import WorkingCalendar, check_place, countries, public_holidays
from program.queries import roadmap as queries
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import person

MAY_DAY = date(2026, 5, 1)  # a Friday


def test_the_client_year_holds_until_the_program_has_its_own(owner: Actor, program_id: str) -> None:
    found = queries.settings(program_id)
    assert (found.version, found.fiscal_year_start, found.own_fiscal_year, found.currency) == (None, 1, False, "EUR")
    assert set_settings(owner, program_id=program_id, version=None, fiscal_year_start=7, reserve=Decimal(500)) == 2
    control = {"commitment": "stop"}
    set_settings(owner, program_id=program_id, version=2, discount_rate=Decimal("0.08"), control=control)
    found = queries.settings(program_id)
    assert (found.fiscal_year_start, found.own_fiscal_year, found.reserve) == (7, True, Decimal(500))
    assert (found.discount_rate, found.control, found.finance_rate) == (Decimal("0.08"), control, None)
    set_settings(owner, program_id=program_id, version=3, fiscal_year_start=None)
    assert queries.settings(program_id).fiscal_year_start == 1
    with pytest.raises(Stale):
        set_settings(owner, program_id=program_id, version=3, reserve=Decimal(1))
    with pytest.raises(Stale):
        set_settings(owner, program_id=program_id, version=None, reserve=Decimal(1))
    with pytest.raises(Missing):
        queries.settings("0" * 32)


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"holiday_country": "XX"}, "holiday_country", "The holidays of “XX” are not known."),
        ({"holiday_country": "DE", "holiday_region": "XX"}, "holiday_region", "“XX” is no region of DE"),
        ({"holiday_region": "BY"}, "holiday_region", "Choose the country of this region first."),
        ({"fiscal_year_start": 13}, "fiscal_year_start", "a month from 1 to 12"),
        ({"reserve": Decimal(-1)}, "reserve", "not between 0 and"),
        ({"reserve": 0.5}, "reserve", "no exact number"),
        ({"discount_rate": Decimal(8)}, "discount_rate", "a share per year"),
        ({"control": {"actual": "shout"}}, "control", "“actual: shout” is no control"),
        ({"control": {"plan": "stop"}}, "control", "“plan: stop” is no control"),
        ({"color": 1}, "color", "no field"),
    ],
)
def test_wrong_settings_are_refused_in_words(
    values: dict[str, Any], field: str, said: str, owner: Actor, program_id: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_settings(owner, program_id=program_id, version=None, **values)
    assert refused.value.field == field
    assert said in refused.value.sentence
    assert queries.settings(program_id).version is None


@pytest.mark.usefixtures("any_store")
def test_public_holidays_and_days_off_are_no_working_days(owner: Actor, program_id: str) -> None:
    add_activity(owner, program_id=program_id, name="A", duration=Decimal(3), not_before=date(2026, 4, 30))
    today = date(2026, 3, 2)
    assert queries.roadmap(program_id, today=today).finish == date(2026, 5, 4)
    set_settings(owner, program_id=program_id, version=None, holiday_country="de", holiday_region="by")
    found = queries.settings(program_id)
    assert (found.holiday_country, found.holiday_region) == ("DE", "BY")
    assert queries.roadmap(program_id, today=today).finish == date(2026, 5, 5)
    off = add_day_off(owner, program_id=program_id, on=date(2026, 5, 4), name="Move")
    assert queries.roadmap(program_id, today=today).finish == date(2026, 5, 6)
    assert queries.holidays(program_id, MAY_DAY, date(2026, 5, 4)) == {MAY_DAY: "Labor Day", date(2026, 5, 4): "Move"}
    with pytest.raises(Invalid, match="2026-05-04 is a day off already"):
        add_day_off(owner, program_id=program_id, on=date(2026, 5, 4), name="Again")
    assert [(each.on, each.name) for each in queries.days_off(program_id)] == [(date(2026, 5, 4), "Move")]
    remove_day_off(owner, program_id=program_id, day_off_id=off, version=1)
    set_settings(owner, program_id=program_id, version=2, holiday_region=None)
    set_settings(owner, program_id=program_id, version=3, holiday_country=None)
    assert queries.roadmap(program_id, today=today).finish == date(2026, 5, 4)


def test_the_place_must_still_fit_when_one_half_of_it_changes(owner: Actor, program_id: str) -> None:
    set_settings(owner, program_id=program_id, version=None, holiday_country="DE", holiday_region="BY")
    with pytest.raises(Invalid, match="“BY” is no region of SE"):
        set_settings(owner, program_id=program_id, version=2, holiday_country="SE")
    set_settings(owner, program_id=program_id, version=2, holiday_country="SE", holiday_region=None)
    assert queries.settings(program_id).holiday_country == "SE"


def test_countries_and_regions() -> None:
    assert {"DE", "SE", "US", "CH"} <= set(countries())
    assert all(len(code) == 2 for code in countries())
    assert check_place(" us ", "ca") == ("US", "CA")
    assert check_place(None, " ") == (None, None)
    assert public_holidays(None, None, 2026, 2027) == {}
    assert date(2026, 6, 4) in public_holidays("DE", "BY", 2026, 2026)
    assert date(2026, 6, 4) not in public_holidays("DE", None, 2026, 2026)


def test_days_before_the_start_count_backwards() -> None:
    calendar = WorkingCalendar(date(2026, 3, 2))
    assert [calendar.number(date(2026, 2, day)) for day in (26, 27, 28)] == [-2, -1, 0]
    assert calendar.number_after(date(2026, 2, 27)) == 0
    assert calendar.number_after(date(2026, 3, 2)) == 1
    assert calendar.day(10**9) == date.max
    assert calendar.days([]) == []


def test_who_may_plan_may_set_the_holidays(owner: Actor, program_id: str) -> None:
    with pytest.raises(Refused):
        set_settings(person(owner, program_id, "viewer"), program_id=program_id, version=None, holiday_country="SE")
    editor = person(owner, program_id, "editor", name="Ed")
    assert set_settings(editor, program_id=program_id, version=None, holiday_country="SE") == 2


@pytest.mark.usefixtures("any_store")
def test_a_what_if_is_kept_changed_and_thrown_away(owner: Actor, program_id: str) -> None:
    a = add_activity(owner, program_id=program_id, name="A", duration=Decimal(3))
    changes: list[dict[str, Any]] = [
        {"activity_id": a, "delay": Decimal("10.0")},
        {"activity_id": a, "duration": " 4 "},
    ]
    id_ = save_scenario(owner, program_id=program_id, name="Late", changes=changes)
    (found,) = queries.scenarios(program_id)
    assert found.changes == ({"activity_id": a, "delay": "10.0"}, {"activity_id": a, "duration": "4"})
    with pytest.raises(Invalid, match="already a scenario named “Late”"):
        save_scenario(owner, program_id=program_id, name="Late", changes=changes)
    assert change_scenario(owner, program_id=program_id, scenario_id=id_, version=1, name="Late", note="If ill") == 2
    with pytest.raises(Missing):
        change_scenario(owner, program_id=program_id, scenario_id=id_, version=2, changes=[{"line_id": a, "cost": "1"}])
    remove_scenario(owner, program_id=program_id, scenario_id=id_, version=2)
    assert queries.scenarios(program_id) == []
