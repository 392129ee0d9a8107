"""Money in several currencies: what the rates alone have moved stands apart from what was spent, exactly."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.access import Refused
from program.actions.budget import add_line, book
from program.actions.rates import remove_rate, set_rate
from program.budget import LineTotals
from program.ledger import LARGEST, LARGEST_RATE
from program.queries import budget, rates
from program.rates import MONEY, Spent, converted, effect, plan_rate, split
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component, person
from tests.program.test_budget import DAY, line

AMOUNTS = st.decimals(min_value=-LARGEST, max_value=LARGEST, places=4)
FIELDS = ("booked", "at_plan", "effect")
RATES = st.decimals(min_value=Decimal("0.00000001"), max_value=LARGEST_RATE, places=8)


def of(value: Any, names: Sequence[str]) -> list[Any]:
    return [getattr(value, name) for name in names]


@given(st.lists(st.tuples(AMOUNTS, st.none() | RATES), min_size=1, max_size=20), RATES)
def test_spending_at_the_plan_rate_and_the_effect_make_what_was_booked(
    booked: list[tuple[Decimal, Decimal | None]], planned: Decimal
) -> None:
    """Exactly, for any amounts and rates: nothing is rounded, whatever the number of digits."""
    rows = [Spent("L", "EUR", "EUR" if rate is None else "USD", rate, amount) for amount, rate in booked]
    (found,) = split(rows, {"EUR": Decimal(1), "USD": planned})
    assert found.at_plan is not None
    assert found.effect is not None
    exact = [(Fraction(amount), None if rate is None else Fraction(rate)) for amount, rate in booked]
    assert Fraction(found.booked) == sum(amount * (1 if rate is None else rate) for amount, rate in exact)
    assert Fraction(found.effect) == sum(
        amount * (rate - Fraction(planned)) for amount, rate in exact if rate is not None
    )
    assert Fraction(found.at_plan) + Fraction(found.effect) == Fraction(found.booked)


@given(st.lists(st.tuples(AMOUNTS, RATES), min_size=1, max_size=9), RATES, RATES)
def test_between_two_foreign_currencies_the_parts_make_the_whole_too(
    booked: list[tuple[Decimal, Decimal]], first: Decimal, second: Decimal
) -> None:
    rows = [Spent("L", "SEK", "USD", rate, amount) for amount, rate in booked]
    (found,) = split(rows, {"EUR": Decimal(1), "USD": first, "SEK": second})
    assert found.at_plan is not None
    assert found.effect is not None
    assert Fraction(found.at_plan) + Fraction(found.effect) == Fraction(found.booked)


def test_a_rate_that_the_plan_does_not_have_leaves_the_effect_unknown() -> None:
    spent = Spent("L", "EUR", "USD", Decimal("0.9"), Decimal(100))
    (found,) = split([spent, replace(spent, currency="GBP")], {"EUR": Decimal(1), "USD": Decimal("0.8")})
    assert of(found, FIELDS) == [180, None, None]
    assert found.reason == "The plan has no rate from GBP into EUR."
    assert effect([found]) == 0


@pytest.mark.parametrize(
    ("currency", "into", "rate"),
    [("EUR", "EUR", "1"), ("USD", "EUR", "0.8"), ("EUR", "USD", "1.25"), ("USD", "SEK", "8"), ("GBP", "EUR", None)],
)
def test_rates_between_any_two_currencies(currency: str, into: str, rate: str | None) -> None:
    rates_ = {"EUR": Decimal(1), "USD": Decimal("0.8"), "SEK": Decimal("0.1")}
    assert plan_rate(currency, into, rates_) == (None if rate is None else Decimal(rate))


def test_a_total_over_currencies_is_the_plan_rates_or_unknown_with_the_reason() -> None:
    dollars = line("b", planned=Decimal(100), actual=Decimal("12.5"), forecast=Decimal(90))
    euros = line("a", "EUR", planned=Decimal(10), committed=Decimal(3), forecast=Decimal(10))
    found = converted([euros, dollars], currency="EUR", rates={"USD": Decimal("0.8")})
    assert found.total is not None
    assert of(found.total, MONEY) == [90, 3, 10, 82, 77]
    unknown = converted([euros, dollars, line("c", "GBP")], currency="EUR", rates={})
    assert (unknown.total, unknown.reason) == (None, "The plan has no rate from GBP and USD into EUR.")
    assert converted([], currency="EUR", rates={}).reason == "There are no budget lines."


def test_what_is_unknown_stays_unknown_in_the_programs_currency() -> None:
    unplanned: LineTotals = line("a", actual=Decimal(5))
    found = converted([unplanned], currency="EUR", rates={"USD": Decimal(2)})
    assert found.total is not None
    assert of(found.total, MONEY) == [None, 0, 10, None, None]


def spend(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    id_ = add_line(owner, program_id=program_id, component_id=item, name="Tools", planned=Decimal(1_000))
    given: dict[str, Any] = {"program_id": program_id, "line_id": id_, "on": DAY}
    book(owner, **given, kind="actual", amount=Decimal(100), currency="USD", rate=Decimal("0.95"), document="I-1")
    book(owner, **given, kind="actual", amount=Decimal(50), currency="USD", rate=Decimal("0.91"), document="I-2")
    book(owner, **given, kind="credit", amount=Decimal(10), currency="USD", rate=Decimal("0.99"), document="C-1")
    book(owner, **given, kind="actual", amount=Decimal(7), currency="EUR", document="I-3")


@pytest.mark.usefixtures("any_store")
def test_the_effect_of_booking_rates_is_told_apart(owner: Actor, program_id: str) -> None:
    spend(owner, program_id)
    assert [each.reason for each in rates.fx(program_id)] == ["The plan has no rate from USD into EUR."]
    set_rate(owner, program_id=program_id, currency="usd", rate=Decimal("0.90"))
    (found,) = rates.fx(program_id)
    assert of(found, FIELDS) == [Decimal("137.6"), 133, Decimal("4.6")]
    (item,) = budget.lines(program_id)
    assert item.actual == found.booked


def test_a_rate_is_set_once_changed_by_version_and_taken_back(owner: Actor, program_id: str) -> None:
    rate: dict[str, Any] = {"program_id": program_id, "currency": "USD"}
    assert set_rate(owner, **rate, rate=Decimal("0.9")) == 1
    assert set_rate(owner, **rate, rate=Decimal("0.95"), version=1) == 2
    with pytest.raises(Stale):
        set_rate(owner, **rate, rate=Decimal("0.99"), version=1)
    (kept,) = rates.plan_rates(program_id)
    assert (kept.currency, kept.rate, kept.version) == ("USD", Decimal("0.95"), 2)
    assert rates.by_currency(program_id) == {"USD": Decimal("0.95"), "EUR": 1}
    remove_rate(owner, program_id=program_id, rate_id=kept.id, version=2)
    assert rates.plan_rates(program_id) == []
    with pytest.raises(Missing):
        set_rate(owner, **rate, rate=Decimal("0.99"), version=2)


@pytest.mark.parametrize(
    ("currency", "rate", "field"),
    [
        ("EUR", Decimal(1), "currency"),
        ("XXY", Decimal(1), "currency"),
        ("USD", Decimal(0), "rate"),
        ("USD", Decimal(-1), "rate"),
        ("USD", Decimal("NaN"), "rate"),
        ("USD", Decimal("1E-9"), "rate"),
        ("USD", LARGEST_RATE + 1, "rate"),
    ],
)
def test_rates_that_make_no_sense_are_refused(
    owner: Actor, program_id: str, currency: str, rate: Decimal, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_rate(owner, program_id=program_id, currency=currency, rate=rate)
    assert refused.value.field == field
    assert rates.plan_rates(program_id) == []


def test_a_contributor_sets_no_rate(owner: Actor, program_id: str) -> None:
    with pytest.raises(Refused):
        set_rate(person(owner, program_id, "contributor"), program_id=program_id, currency="USD", rate=Decimal(1))
