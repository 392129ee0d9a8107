"""The ledger's arithmetic by cases that a consultant can read, and what must hold for any ledger."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from program import policy
from program.budget import (
    LARGEST,
    Entry,
    LineTotals,
    MixedCurrencies,
    NoBudgetLines,
    by_component,
    check_entry,
    headline,
    open_commitments,
    technology_heavy,
    total,
    totals,
)
from program.values import Invalid

CASES = yaml.safe_load((Path(__file__).parents[1] / "spec" / "ledger.yaml").read_text(encoding="utf-8"))
DAY = date(2026, 3, 1)
AMOUNTS = st.decimals(min_value=Decimal("0.0001"), max_value=LARGEST, places=4)


def entry(kind: str, amount: str | int | Decimal, document: str = "D", **more: Any) -> Entry:
    fields: dict[str, Any] = {"line_id": "L", "on": DAY, "currency": "USD", **more}
    return Entry(kind=kind, amount=Decimal(amount), document=document, **fields)


def line(name: str, currency: str = "USD", **figures: Any) -> LineTotals:
    values: dict[str, Any] = {"planned": None, "committed": Decimal(0), "actual": Decimal(0), "forecast": None}
    values |= figures
    rest = None if values["planned"] is None else values["planned"] - values["committed"] - values["actual"]
    return LineTotals(
        line_id=name,
        version=1,
        component_id="c",
        component_name="Listening",
        name=name,
        category="tools",
        nature="non_labor",
        spending="opex",
        currency=currency,
        available=rest,
        entries=1,
        **values,
    )


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_spec(case: dict[str, Any]) -> None:
    rows = count(1)
    booked = [
        entry(kind, amount, document, against=against[1] if against else None, row=str(next(rows)))
        for kind, amount, document, *against in (text.split(" ") for text in case["booked"])
    ]
    found = totals(booked, currency="USD")
    said = {key: None if value is None else Decimal(value) for key, value in case["says"].items()}
    assert {key: getattr(found, key) for key in said} == said
    assert found.entries == len(booked)


ledgers = st.lists(
    st.builds(
        Entry,
        line_id=st.just("L"),
        kind=st.sampled_from(["plan", "commitment", "release", "actual", "credit", "forecast"]),
        on=st.dates(date(2026, 1, 1), date(2026, 1, 4)),
        amount=AMOUNTS,
        currency=st.just("USD"),
        document=st.sampled_from(["O-1", "O-2"]),
        row=st.integers(1, 12).map(str),
        against=st.sampled_from(["O-1", "O-2", None]),
    ),
    max_size=12,
    unique_by=lambda entry: (entry.document, entry.row, entry.kind),
)


@given(ledgers, st.randoms())
def test_the_order_of_entries_changes_nothing(entries: list[Entry], random: Any) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert totals(entries, currency="USD") == totals(shuffled, currency="USD")


@given(ledgers)
def test_a_commitment_is_never_negative_and_available_reconciles_exactly(entries: list[Entry]) -> None:
    found = totals(entries, currency="USD")
    assert all(amount >= 0 for amount in open_commitments(entries).values())
    if found.planned is not None and found.available is not None:
        assert found.available + found.committed + found.actual == found.planned


@given(ledgers, AMOUNTS)
def test_a_credit_moves_the_cost_by_its_amount_and_reopens_nothing(entries: list[Entry], amount: Decimal) -> None:
    before = totals(entries, currency="USD")
    after = totals([*entries, entry("credit", amount, "C-9", against="O-1")], currency="USD")
    assert after.committed == before.committed
    assert after.actual == before.actual - amount


@given(st.lists(AMOUNTS, min_size=1, max_size=40))
def test_sums_are_exact_to_the_last_decimal(amounts: list[Decimal]) -> None:
    entries = [entry("actual", amount, row=str(row)) for row, amount in enumerate(amounts)]
    in_units = sum(int(amount * 10_000) for amount in amounts)
    assert totals(entries, currency="USD").actual * 10_000 == in_units


def test_the_latest_forecast_counts_and_rows_of_one_day_are_numbered() -> None:
    entries = [
        entry("forecast", 1, row="2", on=date(2026, 2, 1)),
        entry("forecast", 2, row="10"),
        entry("forecast", 3, row="9"),
    ]
    assert totals(entries, currency="USD").forecast == 2


def test_a_rate_converts_exactly() -> None:
    found = totals([entry("actual", "100.10", currency="EUR", rate=Decimal("1.08765432"))], currency="USD")
    assert found.actual == Decimal("108.874197432")


def test_an_amount_in_another_currency_without_a_rate_has_no_total() -> None:
    with pytest.raises(MixedCurrencies, match="EUR, USD"):
        totals([entry("actual", 1, currency="EUR")], currency="USD")


def test_lines_in_several_currencies_have_no_total() -> None:
    with pytest.raises(MixedCurrencies) as refused:
        total([line("a"), line("b", "EUR")])
    assert refused.value.currencies == ("EUR", "USD")


def test_no_lines_have_no_total_not_zero() -> None:
    with pytest.raises(NoBudgetLines):
        total([])


def test_a_total_says_what_it_leaves_out() -> None:
    found = total(
        [
            line("a", planned=Decimal("10.1"), actual=Decimal(4), forecast=Decimal(12)),
            line("b", actual=Decimal(1), committed=Decimal(2)),
        ]
    )
    assert [found.planned, found.actual, found.committed] == [Decimal("10.1"), 5, 2]
    assert found.available == Decimal("3.1")
    assert [found.forecast, found.expected] == [None, 15]
    assert (found.lines, found.without_plan, found.without_forecast) == (2, 1, 1)


@pytest.mark.parametrize(
    ("figures", "overrun"),
    [
        ({"planned": 10, "forecast": 12}, 2),
        ({"planned": 10, "forecast": 9, "actual": 11}, 0),
        ({"planned": 10, "actual": 8, "committed": 3}, 1),
        ({"planned": 10, "actual": 10}, 0),
        ({"actual": 10}, 0),
        ({"planned": 0, "actual": 1}, 1),
    ],
)
def test_over_budget_is_the_forecast_or_what_is_spent_and_committed_above_the_plan(
    figures: dict[str, int], overrun: int
) -> None:
    money: dict[str, Any] = {key: Decimal(value) for key, value in figures.items()}
    found = line("a", **money)
    assert found.overrun == overrun
    assert found.over_budget == (overrun > 0)


def test_components_add_up_to_the_total() -> None:
    lines = [line("a", planned=Decimal("0.1")), line("b", planned=Decimal("0.2")), line("c", "EUR", planned=Decimal(1))]
    assert [(row.currency, row.planned, row.lines) for row in by_component(lines)] == [
        ("USD", Decimal("0.3"), 2),
        ("EUR", Decimal(1), 1),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (entry("gift", 1), "kind"),
        (entry("actual", 0), "amount"),
        (entry("actual", -5), "amount"),
        (entry("actual", "NaN"), "amount"),
        (entry("actual", "Infinity"), "amount"),
        (entry("actual", LARGEST + 1), "amount"),
        (entry("actual", 1, currency="EUR"), "currency"),
        (entry("actual", 1, rate=Decimal(2)), "rate"),
        (entry("actual", 1, currency="EUR", rate=Decimal(0)), "rate"),
        (entry("actual", 1, currency="EUR", rate=Decimal("NaN")), "rate"),
        (entry("release", 1), "against"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_by_field(wrong: Entry, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_entry(wrong, "USD")
    assert refused.value.field == field


def test_the_largest_amount_is_kept() -> None:
    assert check_entry(entry("actual", LARGEST), "USD").amount == LARGEST


@pytest.mark.parametrize(
    ("technology", "people", "other", "heavy"),
    [(61, 9, 30, True), (60, 9, 31, False), (61, 10, 29, False), (100, 0, 0, True), (0, 0, 0, False)],
)
def test_too_much_technology_and_too_little_for_people(technology: int, people: int, other: int, heavy: bool) -> None:
    amounts = {"tech": technology, "staff": people, "else": other}
    lines = [replace(line(name, planned=Decimal(amount)), component_id=name) for name, amount in amounts.items()]
    sentence = technology_heavy(lines, {"tech": "C07", "staff": "C14", "else": None}, policy.load())
    assert (sentence is not None) == heavy
    if sentence:
        assert sentence.startswith(f"Technology takes {technology}% of the plan, organization and change {people}%.")


def test_headlines() -> None:
    within = line("Tools", planned=Decimal(5), actual=Decimal(1))
    over = line("Staff", planned=Decimal(5), forecast=Decimal(6))
    assert headline([]) == "No money is planned yet."
    assert headline([within]) == "Every line stays within its plan."
    assert headline([within, over]) == "Listening: Staff will cost more than planned."
    assert headline([line("Tools")]) == "Money moves on “Tools”, but nothing is planned there."
