"""Earned value: published exercises, the earned schedule by hand, what is undefined, and properties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.earned_value import Period, UnknownPeriod, at_period, earned_schedule, performance
from program.money_file import read_periods
from program.table_file import BadTable

MONEY = st.decimals(0, 1_000_000, places=2)
PLAN = "period,planned_value,earned_value,actual_cost\n1,100,80,90\n2,200,150,190\n3,300,180,\n4,400,,\n5,400,,\n"


def figures(pv: str, ev: str, ac: str, bac: str) -> dict[str, object]:
    return vars(performance(pv=Decimal(pv), ev=Decimal(ev), ac=Decimal(ac), bac=Decimal(bac)))


def test_p1() -> None:
    found = figures("23000", "20000", "25000", "120000")
    assert (found["cv"], found["sv"], found["cpi"]) == (-5000, -3000, 0.8)
    assert found["spi"] == pytest.approx(0.869565, abs=5e-7)
    assert (found["eac_cpi"], found["eac_budget"], found["vac"]) == (150_000, 125_000, -30_000)
    assert found["eac_cpi_spi"] == pytest.approx(168_750)
    assert found["tcpi_bac"] == pytest.approx(1.052632, abs=5e-7)


def test_p9_what_is_left_over_is_the_budget_less_the_estimate() -> None:
    found = figures("25144.5", "13878.46", "10000", "150000")
    assert found["cpi"] == pytest.approx(1.3878, abs=5e-5)
    assert found["eac_cpi"] == pytest.approx(108_081.2, abs=0.05)
    assert found["etc"] == pytest.approx(98_081.2, abs=0.05)
    assert found["tcpi_bac"] == pytest.approx(0.97, abs=5e-3)
    assert found["sv"] == Decimal("-11266.04")
    assert found["vac"] == pytest.approx(41_918.84, abs=0.005)


def test_what_the_inputs_leave_undefined_stays_undefined() -> None:
    nothing = performance(pv=Decimal(0), ev=Decimal(0), ac=Decimal(0), bac=Decimal(100))
    undefined = ("spi", "cpi", "eac_cpi", "eac_cpi_spi", "etc", "vac", "earned_schedule", "sv_t", "spi_t", "ieac_t")
    assert [name for name in undefined if getattr(nothing, name) is not None] == []
    assert [name for name in undefined if not nothing.reasons[name]] == []
    spent = performance(pv=Decimal(50), ev=Decimal(40), ac=Decimal(100), bac=Decimal(100))
    assert spent.tcpi_bac is None
    over = performance(pv=Decimal(50), ev=Decimal(40), ac=Decimal(150), bac=Decimal(100))
    assert over.tcpi_bac == pytest.approx(-1.2)
    assert "not achievable" in over.reasons["tcpi_bac"]


def test_the_earned_schedule_by_hand() -> None:
    found = at_period(read_periods(PLAN), 2)
    assert (found.earned_schedule, found.sv_t, found.spi_t) == (1.5, -0.5, 0.75)
    assert found.ieac_t == pytest.approx(4 / 0.75)
    assert (found.bac, found.pv) == (Decimal(400), Decimal(200))
    assert "earned_schedule" not in found.reasons


@pytest.mark.parametrize(
    ("earned", "expected"), [("0", 0), ("50", 0.5), ("100", 1), ("399", 3.99), ("400", 4), ("450", 4)]
)
def test_the_earned_schedule_ends_where_the_plan_is_complete(earned: str, expected: float) -> None:
    planned = [Decimal(each) for each in (100, 200, 300, 400, 400)]
    assert earned_schedule(planned, Decimal(earned)) == pytest.approx(Fraction(expected))


@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_period_of_which_nothing_is_known_is_refused(at: int) -> None:
    with pytest.raises(UnknownPeriod):
        at_period(read_periods(PLAN), at)


@given(MONEY, MONEY, MONEY)
def test_the_estimate_is_the_budget_when_work_costs_what_it_is_worth(pv: Decimal, ev: Decimal, bac: Decimal) -> None:
    found = performance(pv=pv, ev=ev, ac=ev, bac=bac)
    assert found.eac_budget == bac
    if ev:
        assert found.eac_cpi == pytest.approx(float(bac))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=20), st.integers(0, 12_000), st.integers(0, 12_000))
def test_the_earned_schedule_never_falls_when_more_is_earned(steps: list[int], one: int, other: int) -> None:
    planned = [Decimal(sum(steps[: at + 1])) for at in range(len(steps))]
    less, more = sorted((one, other))
    assert earned_schedule(planned, Decimal(less)) <= earned_schedule(planned, Decimal(more)) <= len(steps)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2,100,1,1", "line 2, column period: “2” stands where 1 belongs."),
        ("1,IEH,1,1", "line 2, column planned_value: “IEH” is no amount."),
        ("1,,1,1", "line 2, column planned_value: “” is no amount."),
        ("1,1e99,1,1", "is no amount"),
        ("1,10,nan,1", "column earned_value: “nan” is no amount"),
    ],
)
def test_a_broken_line_is_refused(line: str, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_periods(f"period,planned_value,earned_value,actual_cost\n{line}\n")
    assert said in str(refused.value)


def test_a_plan_that_falls_is_refused() -> None:
    with pytest.raises(BadTable, match="90 is less than 100 before it"):
        read_periods("period,planned_value,earned_value,actual_cost\n1,100,,\n2,90,,\n")


def test_a_period_keeps_unknown_apart_from_zero() -> None:
    assert read_periods(PLAN)[2] == Period(Decimal(300), Decimal(180), None)
