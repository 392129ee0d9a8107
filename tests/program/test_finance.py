"""Net present value and rates of return: published values, several roots and none, payback, properties."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from program.finance import dated, periodic
from program.money_file import read_flows
from program.table_file import BadTable


def test_p5_net_present_value() -> None:
    found = periodic([-40000, 5000, 8000, 12000, 30000], rate=0.08)
    assert found.npv == pytest.approx(3065.22267, abs=5e-6)
    assert found.npv_end_of_period == pytest.approx(3065.22267 / 1.08, abs=5e-6)
    assert found.payback == 3.5


@pytest.mark.parametrize(
    ("flows", "rate"),
    [([-100, 39, 59, 55, 20], 0.28095), ([-100, 0, 0, 74], -0.0955), ([-100, 100, 0, -7], -0.0833),
     ([-5, 10.5, 1, -8, 1], 0.0886)],
)  # fmt: skip
def test_p5_internal_rate_of_return(flows: list[float], rate: float) -> None:
    assert periodic(flows, rate=0.1).irr == pytest.approx(rate, abs=5e-5)


def test_several_roots_are_said() -> None:
    found = periodic([-5, 10.5, 1, -8, 1], rate=0.1)
    assert len(found.irr_roots) == 3
    assert "3 rates make these flows worth nothing" in found.reasons["irr"]
    assert all(periodic([-5, 10.5, 1, -8, 1], rate=root).npv == pytest.approx(0, abs=1e-9) for root in found.irr_roots)


def test_a_root_that_only_touches_nothing_is_found() -> None:
    assert periodic([-100, 220, -121], rate=0.1).irr == pytest.approx(0.1, abs=1e-6)


@pytest.mark.parametrize(("flows", "said"), [([-1, -2], "one way"), ([100, -300, 250], "No rate makes")])
def test_no_rate_is_said(flows: list[float], said: str) -> None:
    found = periodic(flows, rate=0.1)
    assert (found.irr, found.irr_roots) == (None, ())
    assert said in found.reasons["irr"]


def test_p6_dated_flows() -> None:
    days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    found = dated(days, [-10000, 2750, 4250, 3250, 2750], rate=0.09)
    assert found.npv == pytest.approx(2086.6476, abs=5e-5)
    assert found.irr == pytest.approx(0.3733625, abs=5e-8)
    assert (found.npv_end_of_period, found.mirr) == (None, None)
    assert found.reasons["npv_end_of_period"]


def test_the_modified_rate_needs_both_rates() -> None:
    flows = [-1000.0, -4000, 5000, 2000]
    assert periodic(flows, rate=0.1).mirr is None
    found = periodic(flows, rate=0.1, finance_rate=0.10, reinvest_rate=0.12)
    paid, earned = 1000 + 4000 / 1.1, 5000 * 1.12 + 2000
    assert found.mirr == pytest.approx((earned / paid) ** (1 / 3) - 1)


def test_payback_that_never_comes_and_that_goes_again() -> None:
    assert periodic([-10, 1, 1], rate=0.1).payback is None
    again = periodic([-10, 12, -5, 9], rate=0.1)
    assert again.payback == pytest.approx(10 / 12)
    assert "negative again" in again.reasons["payback"]


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=8), st.floats(-0.5, 1.5))
def test_a_plain_investment_has_the_rate_at_which_it_is_worth_nothing(earned: list[int], rate: float) -> None:
    assume(abs(rate) > 1e-3)
    paid = sum(amount / (1 + rate) ** period for period, amount in enumerate(earned, start=1))
    assert periodic([-paid, *earned], rate=0.1).irr == pytest.approx(rate, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("amount\n1\n", "line 1: The file needs one of the columns period and date."),
        ("period,amount\n1,5\n", "line 2, column period: “1” stands where 0 belongs."),
        ("period,amount\n0,\n", "line 2, column amount: “” is no amount."),
        ("date,amount\n1 May 2026,5\n", "line 2, column date: “1 May 2026” is no date"),
        ("period,amount\n", "The file has a header and no lines."),
    ],
)
def test_a_broken_file_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_flows(text)
    assert said in str(refused.value)


def test_flows_are_read_exactly() -> None:
    assert read_flows("period,amount\n0,-10.10\n1,20\n") == (None, (Decimal("-10.10"), Decimal(20)))
    assert read_flows("amount,date\n5,2026-01-31\n")[0] == (date(2026, 1, 31),)
