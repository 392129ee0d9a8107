"""The budget by month: drafts, the sheet, spreading, comparing and approving."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import budget_months
from program.actions import budget, versions
from program.budget_versions import Phase, PhasedLine
from program.queries.budget import lines
from program.queries.versions import phased_lines
from program.queries.versions import versions as listed
from program.values import Actor, Invalid
from tests.pages.opening import field, headline, open_as, open_local, press, run, words
from tests.pages.phased import APR, JAN, PAGE, draft, planned, view
from tests.program.making import component, later, person

MONTH = {"recurrence": "monthly"}


def opened(task: str = "") -> AppTest:
    page = view(open_local(PAGE), "Months")
    return view(page, task) if task else page


def typed(page: AppTest, program_id: str, edited: dict[int, dict[str, Any]], *, rows: int = 1) -> AppTest:
    """Type into the sheet, as its editor tells it, and save."""
    shown = listed(program_id)[0]
    key = budget_months.sheet_key(shown, phased_lines(program_id, shown.id), rows)
    page.session_state[key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    return press(page, "Save the months")


def one_line(owner: Actor, program_id: str, plan: str = "100") -> str:
    made = component(owner, program_id)
    given: dict[str, Any] = {"planned": Decimal(plan), "on": JAN}
    return budget.add_line(owner, program_id=program_id, component_id=made, name="Tools", **given)


def test_without_a_version_the_page_says_what_one_is(owner: Actor, program_id: str) -> None:
    one_line(owner, program_id)
    page = opened()
    assert headline(page) == "No month of the budget is planned yet."
    field(page, "text_input", "Name of the draft").set_value("First year")
    press(page, "Make a draft")
    assert [(each.name, each.status) for each in listed(program_id)] == [("First year", "draft")]
    assert headline(page) == "“First year” has no month yet."


def test_a_line_is_spread_to_the_last_cent(owner: Actor, program_id: str) -> None:
    made = one_line(owner, program_id)
    version = draft(owner, program_id)
    page = opened("Spread a line")
    field(page, "text_input", "Total").set_value("100.00")
    field(page, "selectbox", "Falls due").set_value("monthly")
    field(page, "date_input", "First month").set_value(JAN)
    field(page, "date_input", "Last month").set_value(date(2026, 3, 31))
    press(page, "Spread it")
    (line,) = phased_lines(program_id, version)
    assert line.line_id == made
    assert list(line.phases.values()) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert headline(page) == "“Draft” plans €100 from Jan 2026 to Mar 2026."


def test_what_is_typed_into_the_sheet_is_saved_exactly(owner: Actor, program_id: str) -> None:
    made = one_line(owner, program_id)
    version = draft(owner, program_id)
    versions.set_phases(
        owner, program_id=program_id, version_id=version, version=1, changes=[Phase(made, APR, Decimal("12.5"))]
    )
    page = typed(opened(), program_id, {0: {"Tools (EUR)": "1,240.10"}})
    (line,) = phased_lines(program_id, version)
    assert line.phases == {APR: Decimal("1240.10")}
    assert "As saved: Tools (EUR) 1,240.10." in words(page)
    typed(page, program_id, {0: {"Tools (EUR)": None}})
    assert phased_lines(program_id, version)[0].phases == {}


def test_a_cell_that_is_no_amount_is_named_by_month_and_line(owner: Actor, program_id: str) -> None:
    made = one_line(owner, program_id)
    version = draft(owner, program_id)
    versions.set_phases(
        owner, program_id=program_id, version_id=version, version=1, changes=[Phase(made, APR, Decimal(12))]
    )
    page = typed(opened(), program_id, {0: {"Tools (EUR)": "1.240,10"}})
    assert "Apr 2026, Tools (EUR): “1.240,10” is no amount." in words(page)
    assert phased_lines(program_id, version)[0].phases == {APR: Decimal(12)}


def test_the_months_that_differ_are_found_and_no_others() -> None:
    line = PhasedLine("1", "c", "Desk", "Tools", "labor", "opex", "once", "EUR", {JAN: Decimal(5), APR: Decimal(7)})
    cells = {JAN: {"1": "5.00"}, APR: {"1": ""}, date(2026, 5, 1): {"1": "0"}}
    assert budget_months.changes([line], cells) == [
        Phase("1", APR, None),
        Phase("1", date(2026, 5, 1), Decimal(0)),
    ]
    with pytest.raises(Invalid, match="Jan 2026, Tools"):
        budget_months.changes([line], {JAN: {"1": "-3"}})


def test_a_draft_is_compared_and_approved_into_the_plans(owner: Actor, program_id: str) -> None:
    _, made, _ = planned(owner, program_id)
    first = listed(program_id)[0]
    version = draft(later(owner, hours=1), program_id, "Next year", revision_of=first.id)
    change = [Phase(made, APR, Decimal(1500))]
    versions.set_phases(owner, program_id=program_id, version_id=version, version=1, changes=change)
    page = opened()
    assert headline(page) == ("“Next year” plans €4,500 from Jan 2026 to Apr 2026, €500 more than “For Listening”.")
    compared = words(view(page, "Compare"))
    assert "4,000.00" in compared
    assert "+500.00" in compared
    view(page, "The months")
    press(page, "Approve")
    assert lines(program_id)[0].planned == 4500
    assert listed(program_id)[0].status == "approved"
    assert "Approve the draft" not in words(page)
    assert not [each for each in page.button if each.label == "Save the months"]


def test_many_lines_are_shown_by_fiscal_year(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)
    version = draft(owner, program_id)
    changes = []
    for number in range(budget_months.ACROSS + 1):
        line_id = budget.add_line(owner, program_id=program_id, component_id=made, name=f"Line {number}", on=JAN)
        changes += [Phase(line_id, date(2026, 12, 1), Decimal(1)), Phase(line_id, date(2027, 1, 1), Decimal(2))]
    versions.set_phases(owner, program_id=program_id, version_id=version, version=1, changes=changes)
    table = budget_months.by_year(phased_lines(program_id, version), 1)
    assert [column.name for column in table.columns[3:]] == ["2026", "2027", "Total"]
    assert table.total == ("Total", "", "EUR", 9, 18, 27)
    assert [column.name for column in budget_months.by_year(phased_lines(program_id, version), 4).columns[3:]] == [
        "2026/27",
        "Total",
    ]
    assert "9 lines by fiscal year" in words(opened())


def test_a_viewer_sees_the_months_and_cannot_change_them(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(owner, program_id)
    draft(later(owner, hours=1), program_id, "Next")
    person(owner, program_id, "viewer")
    page = view(open_as(PAGE, "bo.viewer@example.com", monkeypatch), "Months")
    run(page)
    assert not [each for each in page.button if each.label in ("Save the months", "Approve", "Spread it")]
