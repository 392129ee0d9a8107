"""The budget page as owner, viewer, stranger and on an empty program."""

from datetime import date
from decimal import Decimal

import pytest

from pages.ui import ledger
from program.access import Refused
from program.actions.budget import add_line, book, change_line
from program.queries.budget import entries, lines
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, view, views, words
from tests.program.making import component, person

PAGE = "plan/budget.py"
DAY = date(2026, 2, 1)


def line(owner: Actor, program_id: str, name: str = "Licenses", planned: str | None = "10000", **more: str) -> str:
    made = more.pop("component_id", None) or component(owner, program_id, name=f"Desk {name}")
    amount = Decimal(planned) if planned else None
    return add_line(owner, program_id=program_id, component_id=made, name=name, planned=amount, on=DAY, **more)


def booked(owner: Actor, program_id: str, line_id: str, kind: str, amount: str, document: str, **more: str) -> None:
    given = {"on": DAY, "amount": Decimal(amount), "currency": "EUR", "document": document, **more}
    book(owner, program_id=program_id, line_id=line_id, kind=kind, **given)  # type: ignore[arg-type]


@pytest.mark.usefixtures("program_id")
def test_an_empty_budget_without_components_leads_to_them() -> None:
    page = open_local(PAGE)
    assert headline(page) == "No money is planned yet."
    assert "there is none yet" in words(page)


def test_the_first_line_is_added_exactly(owner: Actor, program_id: str) -> None:
    component(owner, program_id)
    page = open_local(PAGE)
    field(page, "text_input", "Line").set_value("Licenses")
    field(page, "text_input", "Category").set_value("software")
    field(page, "text_input", "Planned").set_value("1,240.10")
    press(page, "Add the line")
    (made,) = lines(program_id)
    assert (made.name, made.planned, made.currency) == ("Licenses", Decimal("1240.10"), "EUR")


def test_an_amount_that_is_none_is_said_and_nothing_is_lost(owner: Actor, program_id: str) -> None:
    component(owner, program_id)
    page = open_local(PAGE)
    field(page, "text_input", "Line").set_value("Licenses")
    field(page, "text_input", "Category").set_value("software")
    field(page, "text_input", "Planned").set_value("1.240,10")
    press(page, "Add the line")
    assert "Planned “1.240,10” is no amount." in words(page)
    assert field(page, "text_input", "Line").value == "Licenses"
    assert not lines(program_id)


def test_fault_63_totals_are_exact_and_an_unknown_forecast_is_not_zero(owner: Actor, program_id: str) -> None:
    first = line(owner, program_id)
    second = line(owner, program_id, "Training", "0.30")
    booked(owner, program_id, first, "commitment", "6000", "PO-1")
    booked(owner, program_id, first, "actual", "2500", "INV-1", against="PO-1")
    booked(owner, program_id, first, "forecast", "12500", "review")
    booked(owner, program_id, second, "actual", "0.1", "INV-2")
    booked(owner, program_id, second, "actual", "0.2", "INV-3")
    rows = lines(program_id)
    whole = ledger.added_up(rows)
    assert whole is not None
    assert (whole.planned, whole.committed, whole.actual) == (Decimal("10000.30"), Decimal(3500), Decimal("2500.30"))
    drawn = ledger.drawing(rows, whole)
    assert drawn.count("n/a") >= 2  # the second line's forecast, and so the total's
    assert headline(open_local(PAGE)) == "The plan ends at least €2,500 over its €10k."


def test_an_entry_is_booked_on_its_line(owner: Actor, program_id: str) -> None:
    made = line(owner, program_id)
    page = view(open_local(PAGE), "Book an entry")
    field(page, "text_input", "Amount").set_value("2,500.50")
    field(page, "text_input", "Document").set_value("INV-9")
    press(page, "Book it")
    newest = entries(program_id, made)[0]
    assert (newest.kind, newest.amount, newest.document) == ("actual", Decimal("2500.50"), "INV-9")
    assert field(page, "text_input", "Document").value == ""
    shown = words(view(page, "Entries"))
    assert "€2,500.50" in shown
    assert "INV-9" in shown


def test_mixed_currencies_are_refused_with_a_sentence(owner: Actor, program_id: str) -> None:
    line(owner, program_id)
    line(owner, program_id, "Cloud", currency="USD")
    page = open_local(PAGE)
    assert headline(page) == "These lines are in EUR and USD: there is no common total."
    assert "are not added up" in words(page)


def test_fault_55_booking_the_same_document_twice_makes_one_entry(owner: Actor, program_id: str) -> None:
    made = line(owner, program_id)
    page = view(open_local(PAGE), "Book an entry")
    for _ in range(2):
        field(page, "text_input", "Amount").set_value("10")
        field(page, "text_input", "Document").set_value("INV-9")
        press(page, "Book it")
    assert [each.document for each in entries(program_id, made) if each.kind == "actual"] == ["INV-9"]


def test_fault_3_a_stale_edit_of_a_line_is_refused(owner: Actor, program_id: str) -> None:
    made = line(owner, program_id)
    page = view(open_local(PAGE), "Edit a line")
    change_line(owner, program_id=program_id, line_id=made, version=1, name="Seats")
    field(page, "text_input", "Line").set_value("Users")
    press(page, "Save")
    assert [each.name for each in lines(program_id)] == ["Seats"]
    assert "Users" in words(page)
    assert field(page, "text_input", "Line").value == "Seats"


def test_fault_30_names_are_literal_in_the_drawing(owner: Actor, program_id: str) -> None:
    line(owner, program_id, "<script>alert(1)</script>")
    drawn = ledger.drawing(lines(program_id), None)
    assert "<script" not in drawn
    assert "&lt;script&gt;alert(1)" in drawn


def test_a_viewer_reads_and_cannot_book(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = line(owner, program_id)
    viewer = person(owner, program_id, "viewer")
    assert views(open_as(PAGE, "bo.viewer@example.com", monkeypatch)) == ["Lines", "Entries"]
    with pytest.raises(Refused):
        booked(viewer, program_id, made, "actual", "5", "INV-1")


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "Licenses" not in words(page)
    assert not views(page)
