"""The database adds up any ledger as the definition does: releases, credits, several documents and rates, any day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from program import budget
from program.actions.budget import add_line
from program.ledger import KINDS, LARGEST, Entry
from program.ledger_file import LedgerRow
from program.ledger_import import Held, decide
from program.queries.budget import _KNOWN, entries, lines
from program.running_ledger import KnownLine
from program.store.engine import writing_engine
from program.store.tables import LedgerEntry, new_id
from program.values import Actor
from tests.program.making import component

DAYS = [date(2026, 1, day) for day in (1, 2, 3)]
DOCUMENTS = ["O-1", "O-2", "O-3"]
ROWS = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, 2),
    st.sampled_from(DAYS),
    st.decimals(min_value=Decimal("0.0001"), max_value=LARGEST, places=4),
    st.sampled_from(DOCUMENTS),
    st.sampled_from([None, "O-1", "O-2", "O-9"]),
    st.none() | st.decimals(min_value=Decimal("0.00000001"), max_value=Decimal(10_000), places=8),
)


@pytest.fixture
def line_ids(owner: Actor, program_id: str) -> list[str]:
    item = component(owner, program_id)
    return [add_line(owner, program_id=program_id, component_id=item, name=f"L{number}") for number in range(3)]


def put(program_id: str, line_ids: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Put the rows into the store past the checks of booking, so that any ledger can be there."""
    numbers = count(1)
    values = [
        {
            "id": new_id(),
            "program_id": program_id,
            "line_id": line_ids[line],
            "kind": kind,
            "on": on,
            "amount": amount,
            "currency": "EUR" if rate is None else "USD",
            "rate": rate,
            "source": "files",
            "document": document,
            "row": str(next(numbers)),
            "against": against,
        }
        for kind, line, on, amount, document, against, rate in rows
    ]
    with writing_engine().begin() as connection:
        connection.execute(delete(LedgerEntry))
        if values:
            connection.execute(insert(LedgerEntry), values)
    _KNOWN.clear()  # the audit does not tell of what was put past the actions


def agree(program_id: str) -> None:
    for until in (None, *DAYS):
        for line in lines(program_id, until=until):
            booked = entries(program_id, line.line_id, until=until)
            assert all(until is None or entry.on <= until for entry in booked)
            expected = budget.totals(booked, currency="EUR")
            assert {field: getattr(line, field) for field in vars(expected)} == vars(expected)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=25))
def test_sums_by_the_database_are_those_of_the_definition(
    program_id: str, line_ids: list[str], rows: list[tuple[Any, ...]]
) -> None:
    put(program_id, line_ids, rows)
    agree(program_id)


@pytest.mark.usefixtures("any_store")
def test_fault_63_a_thousand_entries_of_the_largest_amount_are_added_up(program_id: str, line_ids: list[str]) -> None:
    """More than a database's whole numbers hold: 10^12 a thousand times, to the last decimal, also with rates."""
    amounts = [LARGEST, LARGEST - Decimal("0.0001")]
    rows = [
        (kind, line, DAYS[0], amounts[number % 2], "O-1", "O-1", Decimal("9999.99999999") if line else None)
        for number in range(500)
        for kind in ("commitment", "actual", "credit", "plan")
        for line in (0, 1)
    ]
    put(program_id, line_ids, rows + rows)
    agree(program_id)
    assert lines(program_id)[0].planned == 1_000 * LARGEST - Decimal("0.05")


def test_only_the_lines_of_the_component_that_is_asked_for(owner: Actor, program_id: str, line_ids: list[str]) -> None:
    other = component(owner, program_id, "Community")
    mine = add_line(owner, program_id=program_id, component_id=other, name="Desk", planned=Decimal(5))
    put(
        program_id,
        [*line_ids[:2], mine],
        [("actual", line, DAYS[0], Decimal(7), "I-1", None, None) for line in range(3)],
    )
    (found,) = lines(program_id, component_id=other)
    assert (found.line_id, found.actual) == (mine, Decimal(7))
    assert [line.line_id for line in lines(program_id, component_id=other, until=date(2025, 1, 1))] == [mine]
    assert lines(program_id, component_id="0" * 32) == []


def test_totals_kept_from_before_are_not_shown_after_a_change(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    assert lines(program_id) == lines(program_id) == []
    add_line(owner, program_id=program_id, component_id=item, name="Tools", planned=Decimal(5))
    assert [line.planned for line in lines(program_id)] == [5]


FILES = st.lists(
    st.builds(
        Entry,
        line_id=st.just(""),
        kind=st.sampled_from(KINDS),
        on=st.sampled_from(DAYS),
        amount=st.integers(1, 9).map(Decimal),
        currency=st.just("EUR"),
        document=st.sampled_from(["O-1", "O-2"]),
        row=st.integers(1, 3).map(str),
        against=st.sampled_from(["O-1", "O-2", None]),
    ),
    max_size=15,
)


@given(FILES, st.randoms(use_true_random=False), st.sampled_from([{}, {"commitment": "stop", "actual": "stop"}]))
def test_no_order_of_a_files_rows_changes_what_is_booked(
    given_: list[Entry], random: Random, control: dict[str, str]
) -> None:
    """Every row is booked or named; never is more released than ordered, nor a stop passed."""
    held = Held([KnownLine("L", "C", "Listening", "Tools", "EUR")], {}, {}, control)
    shuffled = list(given_)
    random.shuffle(shuffled)
    found = [
        decide([LedgerRow(line, "Tools", entry, {}) for line, entry in enumerate(order, start=2)], held, source="files")
        for order in (given_, shuffled)
    ]
    first, second = ({row.entry for row in each.booked} for each in found)
    assert first == second
    for each in found:
        assert len(each.booked) + len(each.rejected) == len(given_)
    booked = [row.entry for row in found[0].booked]
    if not control:
        for document in ("O-1", "O-2"):
            released = sum(entry.amount for entry in booked if entry.kind == "release" and entry.against == document)
            assert released <= sum(e.amount for e in booked if e.kind == "commitment" and e.document == document)
    totals = budget.totals(booked, currency="EUR")
    if control and totals.available is not None:
        assert totals.available >= 0
