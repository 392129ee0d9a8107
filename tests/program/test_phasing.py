"""Money by month: to the last cent, over any months, in any fiscal year."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import phasing
from program.values import Invalid

YEAR = phasing.months(date(2026, 1, 1), date(2026, 12, 31))
CENTS = st.integers(-(10**14), 10**14).map(lambda cents: Decimal(cents).scaleb(-2))
MONTHS = st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60)).map(
    lambda given: phasing.months(given[0], given[0] + timedelta(days=30 * given[1]))
)
WEIGHTS = st.lists(st.integers(0, 1000), min_size=61, max_size=61).map(lambda found: [*found[:-1], found[-1] + 1])


@given(CENTS, MONTHS)
def test_the_sum_of_the_months_is_the_total_to_the_cent(total: Decimal, of: tuple[date, ...]) -> None:
    found = phasing.spread(total, of)
    assert sum(found.values()) == total
    assert list(found) == list(of)
    assert max(found.values()) - min(found.values()) <= Decimal("0.01")


@given(CENTS, MONTHS, st.data())
def test_weights_move_money_and_keep_the_total(total: Decimal, of: tuple[date, ...], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(0, 1000), min_size=len(of), max_size=len(of)).filter(any))
    found = list(phasing.spread(total, of, weights).values())
    assert sum(found) == total
    whole = sum(weights)
    for amount, weight in zip(found, weights, strict=True):
        assert abs(amount - total * weight / whole) < Decimal("0.0100001")
        assert weight or not amount


@given(CENTS, MONTHS, MONTHS)
def test_phasing_again_over_other_months_keeps_the_total(
    total: Decimal, of: tuple[date, ...], other: tuple[date, ...]
) -> None:
    first = sum(phasing.spread(total, of).values(), Decimal(0))
    assert sum(phasing.spread(first, other).values()) == total


@given(CENTS, MONTHS, st.integers(1, 12))
def test_fiscal_years_add_up_to_the_total(total: Decimal, of: tuple[date, ...], first_month: int) -> None:
    phases = phasing.spread(total, of)
    years = phasing.by_fiscal_year(phases, first_month)
    assert sum(years.values()) == total
    assert len(years) == len({phasing.fiscal_year(month, first_month) for month in of})


@given(st.integers(0, 10**9), MONTHS)
def test_a_larger_total_lowers_no_month(cents: int, of: tuple[date, ...]) -> None:
    less, more = (list(phasing.spread(Decimal(each).scaleb(-2), of).values()) for each in (cents, cents + 1))
    assert all(then >= now for now, then in zip(less, more, strict=True))


def test_the_largest_remainders_get_the_cents_that_are_left() -> None:
    thirds = [Decimal(each) for each in ("33.34", "33.33", "33.33")]
    assert list(phasing.spread(Decimal(100), YEAR[:3]).values()) == thirds
    assert list(phasing.spread(Decimal(-100), YEAR[:3]).values()) == [-each for each in thirds]
    assert list(phasing.spread(Decimal(100), YEAR[:3], decimals=0).values()) == [34, 33, 33]
    weighted = phasing.spread(Decimal("0.05"), YEAR[:3], [1, 1, 2]).values()
    assert list(weighted) == [Decimal(each) for each in ("0.01", "0.01", "0.03")]


def test_coins_are_those_of_the_currency() -> None:
    assert [phasing.decimals(code) for code in ("EUR", "JPY", "KWD")] == [2, 0, 3]


def test_a_recurring_cost_falls_due_from_the_first_month_on() -> None:
    due = {every: phasing.due(every, YEAR) for every in ("once", "monthly", "quarterly", "yearly")}
    assert [month.month for month in due["quarterly"]] == [1, 4, 7, 10]
    assert due["monthly"] == YEAR
    assert due["once"] == due["yearly"] == YEAR[:1]
    two_years = phasing.months(date(2026, 3, 15), date(2028, 2, 1))
    assert phasing.due("yearly", two_years) == (date(2026, 3, 1), date(2027, 3, 1))


def test_weights_by_the_days_of_the_work() -> None:
    of = phasing.months(date(2026, 1, 30), date(2026, 3, 4))
    assert phasing.days_in(of, date(2026, 1, 30), date(2026, 3, 4)) == (2, 28, 4)


def test_a_fiscal_year_that_begins_in_april() -> None:
    phases = phasing.spread(Decimal(1200), YEAR)
    assert phasing.by_fiscal_year(phases, 4) == {"2025/26": 300, "2026/27": 900}
    assert phasing.by_fiscal_year(phases, 1) == {"2026": 1200}
    assert phasing.fiscal_year(date(2099, 12, 1), 12) == "2099/00"


def test_labor_is_days_at_a_rate() -> None:
    """P10 of PROGRAM.md: ten days at 400, eight at 250."""
    assert phasing.labor(Decimal(10), Decimal(400)) == 4000
    assert phasing.labor(Decimal(8), Decimal(250)) == 2000
    assert phasing.labor(Decimal("2.5"), Decimal("333.33")) == Decimal("833.32")  # half to even of 833.325
    assert phasing.labor(Decimal("2.5"), Decimal("333.33"), decimals=0) == 833


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"of": ()}, "months"),
        ({"of": (YEAR[0], YEAR[0])}, "months"),
        ({"weights": [1]}, "weights"),
        ({"weights": [0] * 12}, "weights"),
        ({"weights": [-1] * 12}, "weights"),
        ({"weights": [Decimal("NaN")] * 12}, "weights"),
        ({"total": Decimal("0.001")}, "total"),
    ],
)  # fmt: skip
def test_what_cannot_be_spread_is_named(given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        phasing.spread(**{"total": Decimal(1), "of": YEAR, **given})  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("start", "end"), [(date(2026, 2, 1), date(2026, 1, 31)), (date(1900, 1, 1), date(2100, 1, 1))]
)
def test_months_that_make_no_sense_are_refused(start: date, end: date) -> None:
    with pytest.raises(Invalid):
        phasing.months(start, end)
