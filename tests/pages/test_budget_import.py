"""Ledger files on the budget page: tried, booked once, rejected rows kept and settled."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from program.actions import budget
from program.actions.ledger import save_mapping
from program.queries.budget import lines
from program.queries.ledger import mappings, unmatched
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, run, words
from tests.pages.phased import PAGE, view
from tests.program.making import component, person

OURS = (
    "kind,line,date,amount,currency,document,row,against\n"
    "commitment,Licenses,2026-02-01,6000,EUR,PO-1,1,\n"
    "actual,Licenses,2026-02-03,2500,EUR,INV-1,1,PO-1\n"
    "IEH,Licenses,2026-02-03,10,EUR,INV-2,1,\n"
    "actual,Nowhere,2026-02-03,10,EUR,INV-3,1,\n"
)
THEIRS = "Beleg;Betrag;Datum;Konto\n4711;1.200,50;03.02.2026;Licenses\n"


def opened(owner: Actor, program_id: str) -> AppTest:
    made = component(owner, program_id)
    plan = {"planned": Decimal(10000), "on": date(2026, 1, 1)}
    budget.add_line(owner, program_id=program_id, component_id=made, name="Licenses", **plan)  # type: ignore[arg-type]
    return view(open_local(PAGE), "Import")


def upload(page: AppTest, content: str, name: str = "ledger.csv") -> AppTest:
    page.file_uploader[0].set_value((name, content.encode(), "text/csv"))
    return run(page)


def test_a_file_is_tried_first_and_then_booked_once(owner: Actor, program_id: str) -> None:
    page = upload(opened(owner, program_id), OURS)
    said = words(page)
    assert "2 to book, 0 there already, 2 rejected." in said
    assert "IEH" in said
    assert "There is no line “Nowhere” in this program." in said
    assert lines(program_id)[0].entries == 1
    press(page, "Book 2 rows")
    (line,) = lines(program_id)
    assert (line.committed, line.actual, line.available) == (Decimal(3500), Decimal(2500), Decimal(4000))
    assert "2 booked" in words(page)
    assert "0 to book, 2 there already, 2 rejected." in words(page)
    assert "They are kept already" in words(page)
    assert not [each for each in page.button if each.label.startswith(("Book", "Keep"))]
    assert headline(page).startswith("2 rows could not be booked")


def test_a_common_file_is_understood_without_a_choice(owner: Actor, program_id: str) -> None:
    head = "Invoice No.,Posting date,Supplier,Description,Budget line,Net amount,PO"
    content = f"{head}\nI-1,2026-02-03,Acme,Seats,Licenses,10,\n"
    page = upload(opened(owner, program_id), content)
    assert field(page, "selectbox", "Document (needed)").value == "column Invoice No."
    assert "1 to book, 0 there already, 0 rejected." in words(page)
    press(page, "Book 1 row")
    assert lines(program_id)[0].actual == 10


def test_what_is_missing_stands_above_the_choices(owner: Actor, program_id: str) -> None:
    page = upload(opened(owner, program_id), THEIRS)
    drawn = [(each.type, str(each.proto)) for each in page.main]
    said = next(at for at, (_, proto) in enumerate(drawn) if "Choose the column that holds" in proto)
    assert said < next(at for at, (_, proto) in enumerate(drawn) if "Read it by" in proto)


def test_a_row_names_everything_that_is_wrong_with_it(owner: Actor, program_id: str) -> None:
    content = "kind,line,date,amount,currency,document,row\nactual,Nowhere,2026-13-40,abc,EUR,I-1,1\n"
    said = words(upload(opened(owner, program_id), content))
    for reason in ("is no date", "is no amount", "Column line: There is no line “Nowhere” in this program."):
        assert reason in said


def test_a_rejected_row_is_settled_with_words(owner: Actor, program_id: str) -> None:
    page = press(upload(opened(owner, program_id), OURS), "Book 2 rows")
    how = next(each for each in page.text_input if each.label == "How it was settled")
    how.set_value("A cost of another program")
    press(page, "Settle the row")
    assert len(unmatched(program_id)) == 1
    assert headline(page).startswith("1 row could not be booked")


def test_a_foreign_file_is_mapped_and_the_mapping_kept(owner: Actor, program_id: str) -> None:
    page = upload(opened(owner, program_id), THEIRS)
    assert "Choose the column that holds the line, date, amount and document." in words(page)
    for label, heading in (("Document", "Beleg"), ("Amount", "Betrag"), ("Date", "Datum"), ("Line", "Konto")):
        field(page, "selectbox", f"{label} (needed)").set_value(f"column {heading}")
    field(page, "selectbox", "Dates are written").set_value("DD.MM.YYYY")
    field(page, "selectbox", "Decimals have a").set_value(",")
    run(page)
    assert "1 to book, 0 there already, 0 rejected." in words(page)
    field(page, "text_input", "Name of the mapping").set_value("Books")
    press(page, "Keep it")
    (kept,) = mappings(program_id)
    assert (kept.name, kept.mapping.decimal, kept.mapping.constants["kind"]) == ("Books", ",", "actual")
    press(page, "Book 1 row")
    assert lines(program_id)[0].actual == Decimal("1200.50")


def test_a_number_of_a_workbook_is_a_number_also_with_a_decimal_comma(owner: Actor, program_id: str) -> None:
    """As the command reads it: the number 1.234 is not a thousand."""
    german = {"columns": {"document": "Beleg", "amount": "Betrag", "date": "Datum", "line": "Konto"}, "decimal": ","}
    constants = {"constants": {"kind": "actual", "currency": "EUR", "row": "1"}}
    save_mapping(owner, program_id=program_id, name="Books", content=german | constants)
    book = openpyxl.Workbook()
    for row in (("Beleg", "Betrag", "Datum", "Konto"), ("4711", 1.234, date(2026, 2, 3), "Licenses")):
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    page = opened(owner, program_id)
    page.file_uploader[0].set_value(("books.xlsx", file.getvalue(), "application/octet-stream"))
    run(page)
    assert "1 to book" in words(page)
    press(page, "Book 1 row")
    assert lines(program_id)[0].actual == Decimal("1.234")


def test_a_file_that_is_no_ledger_is_named(owner: Actor, program_id: str) -> None:
    page = upload(opened(owner, program_id), "name\nAda\n")
    assert "Choose the column that holds" in words(page)
    assert lines(program_id)[0].entries == 1


def test_a_viewer_cannot_bring_anything_in(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(owner, program_id)
    person(owner, program_id, "viewer")
    page = view(open_as(PAGE, "bo.viewer@example.com", monkeypatch), "Import")
    assert headline(page) == "No order is open and nothing is spent yet."
    assert not page.get("file_uploader")
