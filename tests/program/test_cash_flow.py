"""Cash flow and worth: what is planned, was spent and is expected, and benefits as far as their metric has come."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import benefits, cash_flow, worth
from program.actions import benefits as benefit_actions
from program.actions import budget, rates, versions
from program.benefits import NOT_MEASURED, Benefit, Uptake
from program.budget_versions import Phase
from program.cash_flow import CashFlow, CostLine, Income
from program.ledger import ZERO
from program.phasing import months, spread
from program.planning import Settings
from program.queries import benefits as benefit_reads
from program.queries import budget as budget_reads
from program.queries import cash_flow as reads
from program.queries import earned as earned_reads
from program.queries import versions as version_reads
from program.queries.programs import program
from program.values import Actor, Invalid
from tests.program import measured
from tests.program.making import component

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))
TODAY = date(2026, 2, 20)
AMOUNTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))


def line(planned: int | None = 300, **more: Any) -> CostLine:
    total = None if planned is None else Decimal(planned)
    values: dict[str, Any] = {
        "name": "Tools",
        "currency": "EUR",
        "rate": Decimal(1),
        "phases": {} if total is None else spread(total, (JAN, FEB, MAR)),
        "committed": ZERO,
        "forecast": None,
        "spent": {},
        **more,
    }
    spent = values["spent"] or {}
    return CostLine(planned=total, actual=values.pop("actual", sum(spent.values(), ZERO)), **values)


def benefit(monthly: int = 100, **more: Any) -> Benefit:
    return Benefit("b", 1, "Fewer calls", "EUR", Decimal(monthly), **{"starts_on": MAR, **more})


def income(found: Benefit | None = None, uptake: Uptake = NOT_MEASURED, rate: Decimal | None = Decimal(1)) -> Income:
    return Income(found or benefit(), uptake, rate)


def flow(*costs: CostLine, incomes: tuple[Income, ...] = (), today: date = TODAY, horizon: int = 4) -> CashFlow:
    return cash_flow.cash_flow(costs, incomes, currency="EUR", today=today, horizon=horizon, approved=True)


def column(found: CashFlow, name: str) -> list[Any]:
    return [getattr(each, name) for each in found.months]


def test_what_is_left_comes_in_the_months_still_ahead() -> None:
    found = flow(line(300, spent={JAN: Decimal(40)}))
    assert column(found, "planned_cost") == [100, 100, 100]
    assert column(found, "actual_cost") == [40, 0, None]
    assert column(found, "expected_cost") == [40, 130, 130]
    assert found.cumulative("expected_cost") == [40, 170, 300]
    assert found.cumulative("actual_cost") == [40, 40, None]


def test_a_forecast_replaces_the_plan_and_a_line_without_months_ahead_is_paid_now() -> None:
    assert column(flow(line(300, forecast=Decimal(500))), "expected_cost") == [0, 250, 250]
    assert column(flow(line(300, forecast=ZERO, spent={JAN: Decimal(9)})), "expected_cost") == [9, 0, 0]
    late = flow(line(300, spent={JAN: Decimal(250)}), today=date(2026, 4, 2))
    assert column(late, "expected_cost") == [250, 0, 0, 50]
    over = flow(line(300, committed=Decimal(400), spent={JAN: Decimal(100)}))
    assert sum(column(over, "expected_cost")) == 500


def test_a_line_without_a_month_or_a_rate_is_named_and_makes_the_worth_unknown() -> None:
    loose = flow(line(300, phases={}))
    assert loose.unplanned == ("“Tools” is planned in no month.",)
    foreign = flow(line(300, currency="USD", rate=None), line(30))
    assert column(foreign, "planned_cost") == [10, 10, 10]
    assert "no plan rate" in foreign.unplanned[0]
    for found in (loose, foreign):
        planned = worth.as_planned(found, SETTINGS)
        assert (planned.npv, planned.cost, planned.roi) == (None, None, None)
        assert planned.reasons["npv"]
    assert "no plan and no forecast" in flow(line(None)).cautions[0]
    assert flow().months == ()


def test_the_burn_is_of_the_last_complete_months() -> None:
    spent = {month: Decimal(amount) for month, amount in zip((JAN, FEB, MAR, APR), (900, 100, 200, 600), strict=True)}
    found: Any = flow(line(3000, spent=spent), today=date(2026, 5, 10)).burn
    assert (found.a_month, found.over, found.left, found.lasts) == (300, 3, 1200, 4)
    begun: Any = flow(line(3000, spent={FEB: Decimal(5)})).burn
    assert (begun.a_month, begun.lasts) == (None, None)
    assert "is over yet" in begun.reason
    credited: Any = flow(line(3000, spent={JAN: Decimal(-5)})).burn
    assert (credited.a_month, credited.lasts, credited.reason) == (-5, None, "Nothing was spent lately.")


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.dates(date(2025, 12, 1), date(2027, 3, 1)))
def test_expected_cost_adds_up_to_what_each_line_will_cost(
    planned: Decimal, spent: Decimal, committed: Decimal, rate: Decimal, today: date
) -> None:
    at = (rate + 1) / 100
    phases = spread(planned, months(JAN, date(2026, 12, 1)))
    own = {JAN: spent * at} if spent and today >= JAN else {}
    cost = CostLine("Tools", "USD", at, phases, planned, committed, spent if own else ZERO, None, own)
    found = flow(cost, today=today)
    wanted = max(planned, (spent if own else ZERO) + committed) * at
    assert abs(sum(column(found, "expected_cost"), ZERO) - wanted) <= Decimal("0.0001")
    assert sum(column(found, "planned_cost"), ZERO) == planned * at


def test_a_benefit_comes_in_equal_steps_until_its_end() -> None:
    ramped = benefit(90, ramp_months=2, ends_on=date(2026, 7, 9))
    assert [benefits.hoped(ramped, month) for month in months(FEB, date(2026, 8, 1))] == [0, 30, 60, 90, 90, 90, 0]
    assert column(flow(incomes=(income(),), horizon=3), "hoped") == [100, 100, 100]


@given(st.integers(0, 60), st.integers(0, 80))
def test_a_ramp_never_falls_and_ends_at_all_of_it(ramp: int, at: int) -> None:
    found = [benefits.ramp(benefit(ramp_months=ramp), month) for month in months(MAR, date(2033, 1, 1))]
    assert found == sorted(found)
    assert found[ramp] == 1
    assert all(0 < share <= 1 for share in found)
    assert at >= ramp or found[at] < 1


METRIC: dict[str, Any] = {"metric_id": "win_rate", "metric_from": Decimal("0.2"), "metric_to": Decimal("0.6")}


@pytest.mark.parametrize(
    ("ends", "value", "share"),
    [
        (("0.2", "0.6"), "0.3", "0.25"),
        (("0.2", "0.6"), "0.1", "0"),
        (("0.2", "0.6"), "0.9", "1"),
        (("10", "4"), "7", "0.5"),
        (("10", "4"), "12", "0"),
    ],
)
def test_uptake_lies_between_the_metrics_two_ends(ends: tuple[str, str], value: str, share: str) -> None:
    low, high = (Decimal(each) for each in ends)
    found = benefits.uptake(
        benefit(metric_id="m", metric_from=low, metric_to=high), [("2026-01", Decimal(value)), ("2026-02", None)]
    )
    assert (found.share, found.value, found.period) == (Decimal(share), Decimal(value), "2026-01")


def test_measured_months_count_as_measured_and_later_ones_as_the_latest() -> None:
    found = benefit(100, starts_on=JAN, **METRIC)
    uptake = benefits.uptake(found, [("2026-01", Decimal("0.3")), ("2026-02", Decimal("0.4"))])
    assert column(flow(incomes=(income(found, uptake),)), "expected_benefit") == [25, 50, 50, 50]
    assert column(flow(incomes=(income(found, uptake),)), "hoped") == [100] * 4


def test_an_unknown_uptake_is_not_nothing() -> None:
    found = benefit(100, starts_on=JAN, **METRIC)
    unknown = flow(line(300), incomes=(income(found, benefits.uptake(found, [("2026-01", None)])),))
    assert column(unknown, "expected_benefit") == [None] * 4
    assert "no complete month with a value" in unknown.unknown[0]
    expected = worth.as_expected(unknown, SETTINGS)
    assert (expected.npv, expected.benefit) == (None, None)
    assert worth.as_planned(unknown, SETTINGS).benefit == 400
    unmeasured = flow(incomes=(income(),))
    assert unmeasured.unknown == ()
    assert "counts as hoped" in unmeasured.cautions[0]


SETTINGS = Settings(
    1, JAN, "EUR", 1, discount_rate=Decimal("0.08"), finance_rate=Decimal("0.1"), reinvest_rate=Decimal("0.05")
)


def test_worth_by_the_programs_rates() -> None:
    paid = line(1200, phases={JAN: Decimal(1200)})
    found: Any = worth.as_planned(
        flow(paid, incomes=(income(benefit(1320, starts_on=date(2027, 1, 1), ends_on=date(2027, 1, 9))),)), SETTINGS
    )
    assert (found.cost, found.benefit, found.balance) == (1200, 1320, 120)
    assert found.npv == pytest.approx(-1200 + 1320 / 1.08)
    assert found.irr == pytest.approx(0.1)
    assert found.mirr == pytest.approx(0.1)
    assert found.payback == pytest.approx(334 / 365 + 31 / 365 * 1200 / 1320)
    assert found.roi == pytest.approx(0.1)
    assert found.reasons == {}


def test_rates_that_are_not_set_leave_their_figures_unknown_with_a_reason() -> None:
    found = worth.as_planned(flow(line(300), incomes=(income(),), horizon=12), Settings(None, JAN, "EUR", 1))
    assert (found.npv, found.mirr) == (None, None)
    assert found.reasons["npv"] == "The program has no discount rate yet."
    assert "finance rate" in found.reasons["mirr"]
    assert found.irr is not None
    assert found.payback is not None
    empty = worth.as_planned(flow(), SETTINGS)
    assert (empty.npv, empty.reasons["irr"]) == (None, "There is no money in it yet.")


def test_months_without_money_before_the_first_are_not_waited_for() -> None:
    found: Any = worth.as_planned(
        flow(
            line(0, phases={JAN: ZERO}), line(100, phases={MAR: Decimal(100)}), incomes=(income(horizon := benefit()),)
        ),
        SETTINGS,
    )
    assert horizon.starts_on == MAR
    assert found.reasons["payback"] == "The flows begin with nothing to pay back."
    late: Any = worth.as_planned(
        flow(line(0, phases={JAN: ZERO}), line(100, phases={FEB: Decimal(100)}), incomes=(income(),)), SETTINGS
    )
    assert late.payback == pytest.approx(28 / 365)


def approved(owner: Actor, program_id: str, *phases: tuple[str, date, int]) -> str:
    version_id = versions.make_version(owner, program_id=program_id, name="2026")
    changes = [Phase(line_id, month, Decimal(amount)) for line_id, month, amount in phases]
    given_: dict[str, Any] = {"program_id": program_id, "version_id": version_id}
    versions.set_phases(owner, version=1, changes=changes, **given_)
    versions.approve_version(owner, version=2, on=JAN, **given_)
    return version_id


def test_p10_cost_rolls_up_by_nature_and_component_and_leaves_a_balance(owner: Actor, program_id: str) -> None:
    """Ten days at 400 and a charge booked as labor; 12,000 of material; eight days at 250; revenue 60,000."""
    dates = {"starts_on": JAN, "due_on": date(2026, 3, 31)}
    listen, platform, train = (component(owner, program_id, name, **dates) for name in ("Listen", "Platform", "Train"))
    lines: tuple[dict[str, Any], ...] = (
        {"component_id": listen, "name": "Days", "nature": "labor", "days": Decimal(10), "day_rate": Decimal(400)},
        {"component_id": listen, "name": "Charge", "nature": "labor", "planned": Decimal(3000)},
        {"component_id": platform, "name": "Licenses", "planned": Decimal(12_000)},
        {"component_id": train, "name": "Days", "nature": "labor", "days": Decimal(8), "day_rate": Decimal(250)},
    )
    for each in lines:
        budget.add_line(owner, program_id=program_id, on=JAN, **each)
    given_: dict[str, Any] = {"program_id": program_id}
    given_["version_id"] = versions.make_version(owner, program_id=program_id, name="2026")
    versions.spread_plans(owner, version=1, **given_)
    versions.approve_version(owner, version=2, **given_)
    phased = version_reads.phased_lines(program_id, given_["version_id"])
    by_component = {name: sum((each.total or 0) for each in phased if each.component_name == name)
                    for name in ("Listen", "Platform", "Train")}  # fmt: skip
    by_nature = {nature: sum((each.total or 0) for each in phased if each.nature == nature)
                 for nature in ("labor", "non_labor")}  # fmt: skip
    assert by_component == {"Listen": 7000, "Platform": 12_000, "Train": 2000}
    assert by_nature == {"labor": 9000, "non_labor": 12_000}
    planned = {each.name: each.planned for each in budget_reads.by_component(program_id)}
    assert planned == by_component
    benefit_actions.add_benefit(
        owner, program_id=program_id, name="Revenue", monthly=Decimal(60_000), starts_on=MAR, ends_on=MAR
    )
    found: Any = reads.worth(program_id, today=JAN, home=None).planned
    assert (found.cost, found.benefit, found.balance) == (21_000, 60_000, 39_000)


def test_amounts_in_another_currency_count_at_plan_rates(owner: Actor, program_id: str) -> None:
    part = component(owner, program_id)
    line_id = budget.add_line(owner, program_id=program_id, component_id=part, name="Cloud", currency="USD")
    approved(owner, program_id, (line_id, JAN, 100), (line_id, FEB, 100))
    booked: dict[str, Any] = {"program_id": program_id, "line_id": line_id, "kind": "actual", "currency": "USD"}
    budget.book(owner, on=date(2026, 1, 9), amount=Decimal(50), document="I-1", **booked)
    without = reads.cash_flow(program_id, today=TODAY, home=None)
    assert "no plan rate" in without.unplanned[0]
    assert column(without, "planned_cost") == []
    rates.set_rate(owner, program_id=program_id, currency="USD", rate=Decimal("0.9"))
    found = reads.cash_flow(program_id, today=TODAY, home=None)
    assert column(found, "planned_cost") == [90, 90]
    assert column(found, "actual_cost") == [45, 0]
    assert column(found, "expected_cost") == [45, 135]
    standing: Any = earned_reads.earned(program_id, today=TODAY).whole
    assert (standing.bac, standing.ac) == (180, 45)


def test_uptake_is_read_from_the_clients_data(home: Path, owner: Actor, program_id: str) -> None:
    client = program(owner.user_id, program_id).client_key
    nothing = benefit_reads.uptakes(program_id, home=home, client=client, time_zone="UTC")
    assert nothing == {}
    measured.deals(home, client, won=2, lost=2)
    add: dict[str, Any] = {"program_id": program_id, "monthly": Decimal(100), "starts_on": JAN}
    benefit_actions.add_benefit(owner, name="More wins", **add, **METRIC)
    benefit_actions.add_benefit(owner, name="Good will", **add)
    by_name = {each.name: each.id for each in benefit_reads.benefits(program_id)}
    clients: dict[str, Any] = {"client": client, "time_zone": "UTC"}
    come = benefit_reads.uptakes(program_id, home=home, **clients)
    assert come[by_name["More wins"]].share == Decimal("0.75")
    assert come[by_name["Good will"]].share is None
    unread = benefit_reads.uptakes(program_id, home=None, **clients)
    assert unread[by_name["More wins"]].reason == "The client's data was not read."
    elsewhere = benefit_reads.uptakes(program_id, home=home, client="nobody", time_zone="UTC")
    assert elsewhere[by_name["More wins"]].reason == "No customer data was brought in yet."
    found = reads.cash_flow(program_id, today=TODAY, home=home)
    assert column(found, "expected_benefit")[:2] == [175, 175]


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"monthly": None}, "monthly"),
        ({"monthly": Decimal(0)}, "monthly"),
        ({"monthly": 1.5}, "monthly"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": date(2025, 1, 1)}, "ends_on"),
        ({"ramp_months": -1}, "ramp_months"),
        ({"ramp_months": Decimal(1)}, "ramp_months"),
        ({"metric_id": "nonsense"}, "metric_id"),
        ({"metric_id": "win_rate"}, "metric_to"),
        ({"metric_from": Decimal(1)}, "metric_id"),
        ({**METRIC, "metric_to": Decimal("0.2")}, "metric_to"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_benefit_that_cannot_be_is_refused_by_its_field(
    owner: Actor, program_id: str, given_: dict[str, Any], field: str
) -> None:
    values: dict[str, Any] = {"name": "More", "monthly": Decimal(5), "starts_on": JAN, **given_}
    with pytest.raises(Invalid) as refused:
        benefit_actions.add_benefit(owner, program_id=program_id, **values)
    assert refused.value.field == field


def test_a_change_is_held_against_the_rest_of_the_benefit(owner: Actor, program_id: str) -> None:
    add: dict[str, Any] = {"name": "More", "monthly": Decimal(5), "starts_on": MAR, **METRIC}
    given_: dict[str, Any] = {"program_id": program_id, "version": 1}
    given_["benefit_id"] = benefit_actions.add_benefit(owner, program_id=program_id, **add)
    for change in ({"ends_on": FEB}, {"metric_id": None}, {"metric_to": METRIC["metric_from"]}):
        with pytest.raises(Invalid):
            benefit_actions.change_benefit(owner, **given_, **change)
    assert benefit_actions.change_benefit(owner, **given_, ends_on=APR, ramp_months=3) == 2
    found: Any
    (found,) = benefit_reads.benefits(program_id)
    assert (found.ends_on, found.ramp_months, found.monthly, found.currency) == (APR, 3, 5, "EUR")


def test_a_month_without_a_value_between_two_measured_ones_is_unknown() -> None:
    found = benefit(starts_on=JAN, metric_id="win_rate", metric_from=Decimal(0), metric_to=Decimal(1))
    uptake = benefits.uptake(found, [("2026-01", Decimal("0.5")), ("2026-02", None), ("2026-03", Decimal(1))])
    came = [benefits.measured(found, month, uptake) for month in (JAN, FEB, MAR, APR)]
    assert came == [found.monthly / 2, None, found.monthly, found.monthly]
