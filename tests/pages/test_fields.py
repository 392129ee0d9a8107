"""What somebody types into a form as money: exact, or refused in one sentence when it can be read in two ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui.fields import Amount, money, typed
from program.values import Invalid


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("90.000", "Planned “90.000” can mean 90,000 or 90. Write 90,000 or 90.00."),
        (" 12.345 ", "Planned “12.345” can mean 12,345 or 12.345. Write 12,345 or 12.3450."),
        ("1.200", "Planned “1.200” can mean 1,200 or 1.2. Write 1,200 or 1.20."),
        ("1.234.567", "Planned “1.234.567” has points where commas part the thousands. Write 1,234,567."),
    ],
)
def test_money_that_can_be_read_in_two_ways_is_refused(entry: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        Amount("planned", "Planned").read(entry)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("entry", "amount"),
    [
        ("90,000", "90000"),
        ("90.00", "90"),
        ("12.3450", "12.345"),
        ("0.925", "0.925"),
        ("1,234.567", "1234.567"),
        ("1234.567", "1234.567"),
        ("90.5", "90.5"),
    ],
)
def test_money_that_can_be_read_in_one_way_is_read(entry: str, amount: str) -> None:
    assert money(entry) == Decimal(amount)


@pytest.mark.parametrize(("entry", "decimals"), [("0.925", 8), ("1.085", 8), ("8.125", 4), ("12.500", 6)])
def test_rates_percentages_and_figures_are_no_money(entry: str, decimals: int) -> None:
    field = Amount("rate", "Rate", decimals=decimals)
    assert field.read(entry) == Decimal(entry)


@given(st.decimals(min_value=0, max_value=10**12, places=4) | st.decimals(min_value=0, max_value=999, places=3))
def test_what_a_form_shows_as_money_it_reads_again(amount: Decimal) -> None:
    assert money(typed(amount)) == amount
