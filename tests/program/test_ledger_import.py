"""Ledger files in the store: booked once, every wrong row named and kept, and nothing depends on the rows' order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from program.access import Refused
from program.actions.budget import add_line, book, change_line
from program.actions.ledger import import_entries
from program.actions.planning import set_settings
from program.ledger_file import LedgerRow, read_ledger
from program.queries.budget import entries, lines
from program.queries.components import components
from program.queries.ledger import unmatched
from program.store.engine import reading
from program.store.tables import AuditEntry, LedgerEntry
from program.values import Actor, Invalid, Missing, Stale
from tests.program.bringing import HEAD, PLAN, WALK, bring, figures, said
from tests.program.making import component, person


@pytest.fixture
def line_id(owner: Actor, program_id: str) -> str:
    return add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")


@pytest.mark.usefixtures("any_store", "line_id")
def test_the_four_states_of_money_step_by_step(owner: Actor, program_id: str) -> None:
    """Order, part invoice, credit note, order closed; each file comes twice, and the second time changes nothing."""
    for row, states in WALK.items():
        first, again = bring(owner, program_id, row), bring(owner, program_id, row)
        assert (first.accepted, first.skipped, first.rejected) == (1, 0, ())
        assert (again.accepted, again.skipped, again.rejected) == (0, 1, ())
        assert figures(program_id) == list(states)
    whole = bring(owner, program_id, *WALK)
    assert (whole.accepted, whole.skipped, whole.rejected) == (0, 5, ())
    assert figures(program_id) == [10_000, 0, 2_000, 8_000]


@pytest.mark.usefixtures("line_id")
def test_the_four_states_are_there_as_of_each_day(owner: Actor, program_id: str) -> None:
    bring(owner, program_id, *WALK)
    for row, states in WALK.items():
        assert figures(program_id, until=date.fromisoformat(row.split(",")[2])) == list(states)
    assert figures(program_id, until=date(2026, 1, 4)) == [None, 0, 0, None]


@pytest.mark.usefixtures("line_id")
@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_rows_does_not_matter(owner: Actor, program_id: str, seed: int) -> None:
    """Invoices may stand before their order, releases before both; refused rows are the same ones too."""
    wrong = ["release,Tools,2026-03-02,1,EUR,R-2,1,O-1,", "actual,Tools,2026-01-01,5,EUR,I-9,1,O-9,", PLAN]
    twins = ["actual,Tools,2026-01-01,5,EUR,I-8,1,,", "actual,Tools,2026-01-01,6,EUR,I-8,1,,"]
    rows = [*WALK, *wrong, *twins]
    Random(seed).shuffle(rows)
    result = bring(owner, program_id, *rows)
    assert (result.accepted, len(result.rejected)) == (5, 5)
    refused = sorted(rows[row.line - 2] for row in result.rejected)
    assert refused == sorted([*wrong, *twins])
    assert figures(program_id) == [10_000, 0, 2_000, 8_000]


@pytest.mark.usefixtures("line_id")
@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        ("actual,Tool,2026-03-01,5,EUR,I-2,1,,", "line", "Tool", "There is no line “Tool” in this program."),
        (
            "actual,Tools,2026-03-01,5,USD,I-2,1,,", "currency", "USD",
            "The line is in EUR. An amount in USD needs a rate.",
        ),
        (
            "actual,Tools,2026-03-01,5,EUR,I-2,1,,1.1", "rate", "1.1",
            "The entry is in the line's own currency EUR; a rate has no meaning.",
        ),
        (
            "release,Tools,2026-03-01,3501,EUR,R-2,1,O-1,", "amount", "3501",
            "The release of 3,501.00 is more than the 3,500.00 EUR still open of “O-1”.",
        ),
        (
            "release,Tools,2026-03-01,1,EUR,R-2,1,,", "against", "",
            "A release names the document of the commitment that it gives back.",
        ),
        (
            "release,Tools,2026-03-01,1,EUR,R-2,1,O-9,", "against", "O-9",
            "“O-9” is no commitment of “Listening: Tools”.",
        ),
        (
            "actual,Tools,2026-03-01,5,EUR,I-2,1,I-1,", "against", "I-1",
            "“I-1” is no commitment of “Listening: Tools”.",
        ),
        (
            "actual,Tools,2026-02-10,2600,EUR,I-1,1,O-1,", "amount", "2600",
            "The actual I-1, row 1 is already booked with another amount (2,500). Entries are never changed.",
        ),
        (
            "actual,Tools,2026-02-10,2500,EUR,I-1,1,,", "against", "",
            "The actual I-1, row 1 is already booked with another order (O-1). Entries are never changed.",
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_with_the_ledger_is_named(
    owner: Actor, program_id: str, row: str, column: str, value: str, reason: str
) -> None:
    bring(owner, program_id, *list(WALK)[:3])
    result = bring(owner, program_id, row, "actual,Tools,2026-03-01,5,EUR,I-3,1,,")
    assert said(result) == [(2, column, value, reason)]
    assert result.accepted == 1


@pytest.mark.usefixtures("line_id")
def test_the_same_row_twice_in_one_file_counts_once_and_other_content_not_at_all(owner: Actor, program_id: str) -> None:
    one, other = "actual,Tools,2026-03-01,5,EUR,I-1,1,,", "actual,Tools,2026-03-01,6,EUR,I-1,1,,"
    assert said(bring(owner, program_id, one, one.replace("5,EUR", "5.00,EUR"))) == [
        (3, "row", "1", "It is the same entry as line 2.")
    ]
    first, second = one.replace("I-1", "I-2"), other.replace("I-1", "I-2")
    reason = "says something else about the same actual I-2, row 1. None of them is booked."
    assert said(bring(owner, program_id, first, second)) == [
        (2, "row", "1", f"Line 3 {reason}"),
        (3, "row", "1", f"Line 2 {reason}"),
    ]
    assert figures(program_id)[2] == 5


def test_a_name_that_two_lines_have_needs_its_component(owner: Actor, program_id: str) -> None:
    for name in ("Listening", "Community"):
        item = component(owner, program_id, name)
        add_line(owner, program_id=program_id, component_id=item, name="Tools", planned=Decimal(5))
    row = "actual,{},2026-03-01,5,EUR,I-1,{},,"
    result = bring(
        owner, program_id, row.format("Tools", 1), row.format("community: TOOLS", 2), row.format("Listening: Tools", 3)
    )
    reason = "2 lines are called “Tools”. Name the component too: “Community: Tools”."
    assert said(result) == [(2, "line", "Tools", reason)]
    assert [line.actual for line in lines(program_id)] == [5, 5]
    within = bring(owner, program_id, row.format("Tools", 4), component_id=item)
    assert [line.actual for line in within.lines] == [10]


def test_plan_rows_make_lines_where_that_is_asked_for(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    rows = [
        "actual,Tools,2026-01-01,5,USD,I-1,1,,",
        "plan,Tools,2026-02-01,100,USD,P-1,1,,",
        "plan,listening: Care,2026-02-01,50,EUR,P-1,2,,",
        "plan,Nowhere: Care,2026-02-01,50,EUR,P-1,3,,",
        "actual,Travel,2026-02-01,50,EUR,I-1,2,,",
    ]
    assert bring(owner, program_id, *rows).accepted == 0
    result = bring(owner, program_id, *rows, create_lines=True)
    assert (result.accepted, len(result.made)) == (3, 2)
    assert [(row.line, row.column) for row in result.rejected] == [(5, "line"), (6, "line")]
    found: Any = {(line.component_name, line.name, line.currency, line.planned) for line in lines(program_id)}
    assert found == {("Unassigned", "Tools", "USD", 100), ("Listening", "Care", "EUR", 50)}
    again = bring(owner, program_id, *rows, create_lines=True)
    assert (again.accepted, again.skipped, again.made) == (0, 3, ())
    into = bring(owner, program_id, "plan,Desk,2026-02-01,5,EUR,P-2,1,,", create_lines=True, component_id=item)
    assert [line.name for line in into.lines] == ["Care", "Desk"]


def test_a_line_whose_plan_is_refused_is_not_made(owner: Actor, program_id: str) -> None:
    row = "plan,Tools,2026-02-01,{},EUR,P-1,1,,"
    result = bring(owner, program_id, row.format(1), row.format(2), create_lines=True)
    assert (result.made, len(result.rejected)) == ((), 2)
    assert (lines(program_id), components(program_id)) == ([], [])


@pytest.mark.usefixtures("line_id")
def test_a_dry_run_says_what_would_happen_and_changes_nothing(owner: Actor, program_id: str) -> None:
    def kept() -> list[Any]:
        with reading() as session:
            return [session.query(table).count() for table in (LedgerEntry, AuditEntry)]

    before = kept()
    rows = [*WALK, "actual,Tools,2026-01-01,IEH,EUR,I-7,1,,", "plan,Care,2026-01-01,5,EUR,P-9,1,,"]
    dry = bring(owner, program_id, *rows, dry_run=True, create_lines=True)
    assert (dry.accepted, dry.skipped, len(dry.rejected), dry.dry_run) == (6, 0, 1, True)
    assert {line.name: line.available for line in dry.lines} == {"Tools": 8_000, "Care": 5}
    assert kept() == before
    assert (unmatched(program_id), [line.name for line in lines(program_id)]) == ([], ["Tools"])
    done = bring(owner, program_id, *rows, create_lines=True)
    assert replace(done, made=dry.made, lines=dry.lines, names=dry.names, dry_run=True) == dry


@pytest.mark.usefixtures("line_id")
def test_fault_55_an_import_sent_twice_is_done_once_and_says_the_same(owner: Actor, program_id: str) -> None:
    rows = [*WALK, "actual,Tools,2026-01-01,IEH,EUR,I-7,1,,"]
    once = bring(owner, program_id, *rows, intention="click")
    assert bring(owner, program_id, *rows, intention="click") == once
    assert once.accepted == 5


def test_another_source_may_have_the_same_documents(owner: Actor, program_id: str, line_id: str) -> None:
    row = "actual,Tools,2026-03-01,5,EUR,I-1,1,,"
    assert [bring(owner, program_id, row, source=source).accepted for source in ("files", "sap")] == [1, 1]
    assert {entry.source for entry in entries(program_id, line_id)} == {"files", "sap"}


@pytest.mark.usefixtures("line_id")
def test_an_order_over_the_plan_warns_and_is_booked(owner: Actor, program_id: str) -> None:
    result = bring(owner, program_id, PLAN, "commitment,Tools,2026-01-10,10000.5,EUR,O-1,1,,")
    assert (result.accepted, result.warnings) == (2, ("“Listening: Tools” is over its plan by 0.50 EUR.",))


def test_an_order_over_the_plan_is_stopped_where_the_program_says_so(
    owner: Actor, program_id: str, line_id: str
) -> None:
    set_settings(owner, program_id=program_id, version=None, control={"commitment": "stop"})
    rows = [PLAN, "commitment,Tools,2026-01-10,6000,EUR,O-1,1,,", "commitment,Tools,2026-01-11,4001,EUR,O-2,1,,"]
    result = bring(owner, program_id, *rows, "actual,Tools,2026-02-01,6000,EUR,I-1,1,O-1,")
    reason = "This order takes “Listening: Tools” 1.00 EUR over its plan, and the program stops such entries."
    assert said(result) == [(4, "amount", "4001", reason)]
    assert (result.accepted, result.warnings) == (3, ())
    order: dict[str, Any] = {"program_id": program_id, "line_id": line_id, "on": date(2026, 3, 1), "currency": "EUR"}
    with pytest.raises(Invalid, match=r"takes “Listening: Tools” 1\.00 EUR over its plan"):
        book(owner, **order, kind="commitment", amount=Decimal(4_001), document="O-3")
    book(owner, **order, kind="actual", amount=Decimal(4_001), document="I-9")
    assert figures(program_id) == [10_000, 0, 10_001, -1]


def test_a_release_by_hand_of_more_than_is_open_is_refused(owner: Actor, program_id: str, line_id: str) -> None:
    bring(owner, program_id, *list(WALK)[:3])
    release: dict[str, Any] = {"program_id": program_id, "line_id": line_id, "kind": "release", "currency": "EUR"}
    release |= {"on": date(2026, 3, 1), "document": "R-1", "against": "O-1"}
    with pytest.raises(Invalid, match=r"more than the 3,500\.00 EUR still open of “O-1”"):
        book(owner, **release, amount=Decimal("3500.0001"))
    book(owner, **release, amount=Decimal(3_500))
    assert book(owner, **release, amount=Decimal(3_500))
    assert figures(program_id) == [10_000, 0, 2_500, 7_500]


def test_who_edits_a_line_while_a_plan_comes_in_is_told(owner: Actor, program_id: str, line_id: str) -> None:
    bring(owner, program_id, PLAN)
    with pytest.raises(Stale):
        change_line(owner, program_id=program_id, line_id=line_id, version=1, planned=Decimal(5))


@pytest.mark.usefixtures("line_id")
def test_a_contributor_brings_no_money_in(owner: Actor, program_id: str) -> None:
    with pytest.raises(Refused):
        bring(person(owner, program_id, "contributor"), program_id, PLAN)
    with pytest.raises(Missing):
        bring(owner, program_id, PLAN, component_id="0" * 32)
    assert figures(program_id) == [None, 0, 0, None]


@pytest.mark.usefixtures("line_id")
def test_fault_26_five_thousand_rows_come_in_at_once(owner: Actor, program_id: str) -> None:
    file = read_ledger(
        "\n".join([HEAD, PLAN, *(f"actual,Tools,2026-03-01,0.1,EUR,I-1,{row},," for row in range(5_000))])
    )
    rows: list[LedgerRow] = list(file.rows)
    result = import_entries(owner, program_id=program_id, rows=rows)
    assert (result.accepted, figures(program_id)[2]) == (5_001, 500)
    assert import_entries(owner, program_id=program_id, rows=rows).skipped == 5_001
