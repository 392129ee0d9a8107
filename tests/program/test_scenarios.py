"""Scenarios: what a delay, another duration or another cost does to the end, the gates and the money by month."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.baselines import FrozenLine, FrozenPhase
from program.calendars import WorkingCalendar
from program.placing import PlannedActivity, PlannedLink
from program.scenarios import Plan, Scenario, apply, checked, outcome, side_by_side
from program.values import Invalid

TODAY = date(2026, 3, 2)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def activity(id_: str, days: str, *after: str, **more: Any) -> PlannedActivity:
    links = tuple(PlannedLink(f"{id_}{each}", 1, each, "FS") for each in after)
    values = {"component_id": "desk", "stage": "organized", **more}
    return PlannedActivity(id=id_, version=1, name=id_, duration=Decimal(days), links=links, **values)


def line(id_: str, planned: str | None, currency: str = "EUR") -> FrozenLine:
    return FrozenLine(id_, "desk", id_, currency, None, None if planned is None else Decimal(planned), "labor")


PLAN = Plan(
    [activity("A", "5"), activity("B", "10", "A"), activity("C", "2", stage=None), activity("M", "0", "B", "C")],
    WorkingCalendar(TODAY),
    TODAY,
    [line("staff", "90.01"), line("tools", None), line("cloud", "7", "USD")],
    [FrozenPhase("staff", MARCH, Decimal("30.01")), FrozenPhase("staff", APRIL, Decimal(60))],
    {"desk": date(2026, 3, 27)},
)


def test_two_weeks_of_delay_move_dates_gates_and_cash() -> None:
    found = outcome(PLAN, "Late", [{"activity_id": "A", "delay": "10"}])
    assert (found.finish, found.finish_days, found.moved) == (date(2026, 4, 3), 10, ("A", "B", "M"))
    gates = {each.stage: (each.before, each.after, each.late) for each in found.gates}
    assert gates["organized"] == (date(2026, 3, 20), date(2026, 4, 3), True)
    assert gates[None] == (date(2026, 3, 3), date(2026, 3, 3), False)
    assert [each.stage for each in found.late_gates] == ["organized"]
    days_14 = {MARCH: Decimal("16.46"), APRIL: Decimal("45.55"), MAY: Decimal(28)}  # of 30.01 and 60, 14 days later
    assert found.cash == {("EUR", month): amount for month, amount in days_14.items()}
    assert found.costs == {"EUR": Decimal("90.01"), "USD": Decimal(7)}


def test_another_duration_and_another_cost() -> None:
    found = outcome(PLAN, "Short", [{"activity_id": "B", "duration": "5.5"}, {"line_id": "staff", "cost": "100"}])
    assert (found.finish, found.finish_days) == (date(2026, 3, 16), -4)
    assert found.costs["EUR"] == 100
    four_days_of_april = Decimal("8.89")  # nothing goes back into months that are past
    assert found.cash == {
        ("EUR", MARCH): Decimal("33.34") + four_days_of_april, ("EUR", APRIL): Decimal("66.66") - four_days_of_april
    }  # fmt: skip
    finer = outcome(PLAN, "Finer", [{"line_id": "staff", "cost": "90.0123"}])
    assert sum(finer.cash.values()) == Decimal("90.0123")


def test_what_has_slack_moves_nothing_and_months_that_are_past_stay() -> None:
    found = outcome(PLAN, "Slack", [{"activity_id": "C", "delay": "8"}])
    assert (found.finish_days, found.moved, found.late_gates) == (0, ("C",), ())
    done = Plan(
        [activity("A", "5", started_on=TODAY, finished_on=TODAY), activity("B", "40", "A")],
        PLAN.calendar, date(2026, 4, 2), PLAN.lines, PLAN.phases,
    )  # fmt: skip
    late = outcome(done, "Late", [{"activity_id": "A", "delay": "10"}, {"activity_id": "B", "delay": "20"}])
    assert late.moved == ("B",)
    assert late.cash == {("EUR", MARCH): Decimal("30.01"), ("EUR", APRIL): Decimal(4), ("EUR", MAY): Decimal(56)}


def test_side_by_side_begins_with_the_plan_and_leaves_out_what_is_gone() -> None:
    gone = Scenario("1", 1, "Gone", None, ({"activity_id": "X", "delay": "3"}, {"line_id": "Y", "cost": "3"}))
    plan, same = side_by_side(PLAN, [gone])
    assert (plan.name, plan.finish_days, plan.moved, plan.cash) == ("Plan", 0, (), same.cash)
    assert (same.name, same.finish_days, same.moved) == ("Gone", 0, ())
    empty = outcome(Plan([], PLAN.calendar, TODAY), "Nothing", [])
    assert (empty.finish, empty.finish_days, empty.costs) == (None, None, {})


@pytest.mark.parametrize(
    "change",
    [
        {}, {"activity_id": "A"}, {"activity_id": "A", "cost": "1"}, {"line_id": "A", "delay": "1"},
        {"activity_id": "A", "delay": "1", "duration": "1"}, {"activity_id": "A", "delay": "-1"},
        {"activity_id": "A", "delay": "soon"}, {"activity_id": "A", "delay": 1.5}, {"activity_id": "A", "delay": None},
        {"activity_id": "A", "duration": "5001"}, {"line_id": "A", "cost": "NaN"}, {"line_id": "A", "cost": "0.00001"},
    ],
)  # fmt: skip
def test_what_is_no_change_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        checked([change])
    assert refused.value.field == "changes"


def test_too_few_too_many_and_the_same_twice() -> None:
    one = {"activity_id": "A", "delay": "1"}
    for changes, said in (([], "Add a change first"), ([one, one], "changed twice"), ([one] * 501, "500 changes")):
        with pytest.raises(Invalid, match=said):
            checked(changes)


@given(st.integers(0, 30), st.integers(0, 30))
def test_the_cost_of_a_line_stays_what_it_is_whatever_is_late(first: int, second: int) -> None:
    changes = checked([{"activity_id": "A", "delay": first}, {"activity_id": "B", "delay": second}])
    found = outcome(PLAN, "Late", changes)
    assert found.finish_days == first + second
    assert sum(found.cash.values()) == Decimal("90.01")
    assert [each.delay for each in apply(PLAN.activities, changes)] == [first, second, 0, 0]
