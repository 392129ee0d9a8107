"""The budget page as owner, viewer, stranger and on an empty program."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import budget_lines, budget_reads, budget_words, ledger, tables
from program.access import Refused
from program.actions.budget import add_line, book, change_line
from program.actions.planning import set_settings
from program.actions.rates import set_rate
from program.queries.budget import entries, lines
from program.queries.revisions import revision
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, run, views, words
from tests.program.making import component, person

PAGE = "plan/budget.py"
DAY = date(2026, 2, 1)


def view(test: AppTest, name: str) -> AppTest:
    """Press the view, or the task within it, of that name."""
    switches: Any = test.get("button_group")
    (switch,) = (each for each in switches if name in each.options)
    switch.set_value(name)
    return run(test)


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
    whole = budget_words.added_up(rows)
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


def test_a_budget_without_a_plan_says_so(owner: Actor, program_id: str) -> None:
    made = line(owner, program_id, planned=None)
    assert headline(open_local(PAGE)) == "Nothing is planned yet."
    booked(owner, program_id, made, "commitment", "50", "PO-1")
    assert headline(open_local(PAGE)) == "€50 is ordered, but nothing is planned."
    booked(owner, program_id, made, "actual", "20", "INV-1")
    assert headline(open_local(PAGE)) == "€20 is spent and €50 is ordered, but nothing is planned."


def test_how_often_a_line_falls_due_and_its_days_are_changed(owner: Actor, program_id: str) -> None:
    line(owner, program_id)
    page = view(open_local(PAGE), "Edit a line")
    field(page, "selectbox", "How often").set_value("monthly")
    field(page, "text_input", "Days of work").set_value("12.5")
    field(page, "text_input", "Cost of a day").set_value("900")
    press(page, "Save")
    (changed,) = lines(program_id)
    assert (changed.recurrence, changed.days, changed.day_rate) == ("monthly", Decimal("12.5"), Decimal(900))
    assert changed.planned == 10000


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
    shown = views(open_as(PAGE, "bo.viewer@example.com", monkeypatch))
    assert shown == ["Lines", "Entries", "Months", "Import", "Earned value", "Cash and worth", "Rules"]
    with pytest.raises(Refused):
        booked(viewer, program_id, made, "actual", "5", "INV-1")


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    line(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "Licenses" not in words(page)
    assert not views(page)


def test_a_component_and_a_day_screen_the_lines_and_the_files_alike(owner: Actor, program_id: str) -> None:
    desk, record = (component(owner, program_id, name=name) for name in ("Desk", "Record"))
    first = line(owner, program_id, component_id=desk)
    line(owner, program_id, "Data", "5000.55", component_id=record)
    booked(owner, program_id, first, "actual", "100.25", "INV-1")
    booked(owner, program_id, first, "actual", "7", "INV-2", on=date(2026, 2, 20))  # type: ignore[arg-type]
    page = open_local(PAGE)
    field(page, "selectbox", "Component").set_value(desk)
    field(page, "date_input", "As of").set_value(date(2026, 2, 10))
    run(page)
    asked = budget_reads.Asked(program_id, revision(program_id), desk, date(2026, 2, 10))
    (shown,) = budget_reads.lines(asked)
    (exact,) = lines(program_id, until=date(2026, 2, 10), component_id=desk)
    assert shown == exact
    assert (shown.actual, shown.available) == (Decimal("100.25"), Decimal("9899.75"))
    assert "data to 10 Feb 2026" in words(page)
    drawn = ledger.drawing([shown], None)
    assert "100.25" in drawn
    assert "9,899.75" in drawn
    (row,) = csv.DictReader(tables.as_csv(ledger.file_table([shown])).decode("utf-8-sig").splitlines())
    assert [Decimal(row[name]) for name in ("Planned", "Actual", "Available")] == [10000, shown.actual, shown.available]
    assert row["Forecast"] == ""
    assert headline(page) == "The one line stays within its plan: €9,900 of €10k is free."


def test_the_table_shows_cents_as_soon_as_an_amount_has_some(owner: Actor, program_id: str) -> None:
    line(owner, program_id)
    assert ">10,000<" in ledger.drawing(lines(program_id), None)
    line(owner, program_id, "Training", "0.30")
    assert ">10,000.00<" in ledger.drawing(lines(program_id), None)


def test_many_lines_are_added_up_by_component(owner: Actor, program_id: str) -> None:
    desk = component(owner, program_id, name="Desk")
    record = component(owner, program_id, name="Record")
    for number in range(budget_lines.SHOWN + 1):
        line(owner, program_id, f"Line {number}", "1", component_id=desk if number else record)
    asked = budget_reads.Asked(program_id, revision(program_id))
    (drawn,) = budget_lines._drawings(asked).values()
    assert drawn.count("<tr>") == 1 + 2  # the head and the two components
    assert "41 lines, added up by component" in words(open_local(PAGE))
    (one,) = budget_lines._drawings(replace(asked, component_id=desk)).values()
    assert one.count("<tr>") == 1 + budget_lines.SHOWN


def test_equal_names_of_lines_can_be_told_apart(owner: Actor, program_id: str) -> None:
    line(owner, program_id, "B: C", component_id=component(owner, program_id, name="A"))
    line(owner, program_id, "C", component_id=component(owner, program_id, name="A: B"))
    page = view(open_local(PAGE), "Edit a line")
    assert field(page, "selectbox", "Line").options == ["A: B: C", "A: B: C (2)"]


def test_the_effect_of_exchange_rates_stands_apart(owner: Actor, program_id: str) -> None:
    made = line(owner, program_id)
    set_rate(owner, program_id=program_id, currency="USD", rate=Decimal("0.9"))
    booked(owner, program_id, made, "actual", "1000", "INV-1", currency="USD", rate=Decimal("0.95"))  # type: ignore[arg-type]
    said = words(open_local(PAGE))
    assert "€900.00 is at the rates of the plan, and the rates booked add €50.00." in said


def test_lines_in_two_currencies_are_added_up_at_the_rates_of_the_plan(owner: Actor, program_id: str) -> None:
    line(owner, program_id)
    line(owner, program_id, "Cloud", "1000", currency="USD")
    assert headline(open_local(PAGE)) == "These lines are in EUR and USD: there is no common total."
    set_rate(owner, program_id=program_id, currency="USD", rate=Decimal("0.9"))
    page = open_local(PAGE)
    assert headline(page) == "Every line stays within its plan: €11k of €11k is free."
    assert "planned €10,900.00, committed €0.00, actual €0.00, forecast n/a" in words(page)


def test_an_entry_over_the_plan_is_warned_of_or_stopped(owner: Actor, program_id: str) -> None:
    made = line(owner, program_id, planned="100")
    page = view(open_local(PAGE), "Book an entry")
    field(page, "text_input", "Amount").set_value("150")
    field(page, "text_input", "Document").set_value("INV-9")
    press(page, "Book it")
    assert "is over its plan by 50.00 EUR" in words(page)
    set_settings(owner, program_id=program_id, version=None, control={"actual": "stop"})
    field(page, "text_input", "Amount").set_value("1")
    field(page, "text_input", "Document").set_value("INV-10")
    press(page, "Book it")
    assert "the program stops such entries" in words(page)
    assert sorted(each.document for each in entries(program_id, made) if each.kind == "actual") == ["INV-9"]


def test_the_entries_show_the_four_states_and_the_open_orders(owner: Actor, program_id: str) -> None:
    made = line(owner, program_id)
    booked(owner, program_id, made, "commitment", "6000", "PO-1")
    booked(owner, program_id, made, "actual", "2500", "INV-1", against="PO-1")
    booked(owner, program_id, made, "credit", "500", "CN-1")
    said = words(view(open_local(PAGE), "Entries"))
    assert "Available €4,500.00 = planned €10,000.00 less committed €3,500.00 and actual €2,000.00." in said
    assert "Open orders" in said
    assert "plan" in said
    assert made not in said


def test_an_empty_budget_takes_a_file_that_makes_its_lines(owner: Actor, program_id: str) -> None:
    component(owner, program_id)
    page = view(open_local(PAGE), "Import")
    assert "CSV or Excel" in words(page)
    assert "CSV or Excel" not in words(view(page, "Add a line"))
