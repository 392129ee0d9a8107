"""Values read the same everywhere, and unknown never reads as zero."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui import text

M = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("497000", "€497k"),
        ("1318400", "€1,318k"),
        ("9999", "€9,999"),
        ("10000", "€10k"),
        ("-45000", f"{M}€45k"),
        ("0", "€0"),
        (None, "n/a"),
    ],
)
def test_short_money(amount: str | None, expected: str) -> None:
    assert text.money_short(None if amount is None else Decimal(amount), "EUR") == expected


def test_money_in_words_of_the_locale() -> None:
    assert text.money(Decimal("1240.4"), "EUR") == "€1,240"
    assert text.money(Decimal("78"), "USD", signed=True) == "+$78"
    assert text.money_short(Decimal(1318000), "EUR", locale="de_DE") == "1.318k\xa0€"
    assert text.money_exact(Decimal("-1240.50"), "USD") == f"{M}$1,240.50"
    assert text.money_exact(Decimal(1240), "JPY") == "¥1,240"


def test_halves_go_up_and_do_not_depend_on_binary_fractions() -> None:
    assert text.money(Decimal("0.5"), "EUR") == "€1"
    assert text.number(2.675, decimals=2) == "2.68"
    assert text.score(0.25) == "0.3"


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(7, 31, "7 of 31"), (23, 100, "23%"), (0, 250, "0%"), (0, 0, "n/a"), (None, 10, "n/a"), (3, None, "n/a")],
)
def test_shares_show_their_denominator_when_it_is_small(
    numerator: int | None, denominator: int | None, expected: str
) -> None:
    assert text.share(numerator, denominator) == expected


def test_signs_scores_and_intervals() -> None:
    assert text.number(-3.7, decimals=1) == f"{M}3.7"
    assert text.number(-0.04, decimals=1, signed=True) == "0.0"
    assert text.number(120, signed=True) == "+120"
    assert text.points(0.11) == "+11 pts"
    assert text.score_of(1.8) == "1.8 of 4"
    assert text.score_of(None) == "n/a"
    assert text.ratio(Decimal("0.909")) == "0.91"
    assert text.interval(-4.4, -3.0) == f"95% {M}4.4 to {M}3.0"


def test_dates_cannot_be_misread() -> None:
    assert text.day(date(2026, 11, 20)) == "20 Nov 2026"
    assert text.day_short(date(2026, 11, 2)) == "2 Nov"
    assert text.month("2026-03") == "Mar 2026"
    assert text.month("2026-11-16") == "16 Nov 2026"
    assert text.month(date(2026, 11, 16)) == "Nov 2026"
    assert text.month("all") == "all"
    assert text.moment(datetime(2026, 11, 20, 5, 12, tzinfo=UTC), "Europe/Berlin") == "20 Nov 2026, 06:12"


def test_durations_and_measured_values() -> None:
    assert text.days(14) == "14 d"
    assert text.hours(5.44) == "5.4 h"
    assert text.hours(0.4) == "24 min"
    assert text.measured(0.23, "share") == "23%"
    assert text.measured(7 / 31, "share", n=31) == "7 of 31"
    assert text.measured(Decimal(497000), "currency", currency="EUR") == "€497k"
    assert text.measured(4280, "customers") == "4,280"


def test_words() -> None:
    assert text.plural(1, "person", "people") == "1 person"
    assert text.plural(0, "person", "people") == "no people"
    assert text.listed(["a", "b", "c"]) == "a, b and c"
    assert text.listed([]) == ""
    assert text.unavailable("too few answers") == "n/a: too few answers"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_every_amount_reads_back(amount: Decimal) -> None:
    written = text.money_exact(amount, "USD")
    assert Decimal(written.replace(M, "-").replace("$", "").replace(",", "")) == amount


UNKNOWN_FORMATS = (text.number, text.score, text.ratio, text.percent, text.points, text.days, text.hours, text.day)


@pytest.mark.parametrize("show", UNKNOWN_FORMATS)
def test_unknown_is_never_zero(show: object) -> None:
    assert callable(show)
    assert show(None) == "n/a"


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.sampled_from(["Ann", "Bo", "Ann (2)"]), max_size=8))
def test_equal_names_are_told_apart_and_others_stay(names: dict[str, str]) -> None:
    told = text.distinct(names)
    assert list(told) == list(names)
    assert len(set(told.values())) == len(names)
    assert all(
        told[id_] == name for id_, name in names.items() if list(names.values()).count(name) == 1 and "(" not in name
    )
