"""The budget by month: drafts, the sheet, spreading, comparing and approving."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.ui import budget_months, budget_sheet, tables
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


def typed(page: AppTest, program_id: str, edited: dict[int, dict[str, Any]]) -> AppTest:
    """Type into the sheet of April, as its editor tells it."""
    shown = listed(program_id)[0]
    key = budget_sheet.sheet_key(shown, phased_lines(program_id, shown.id), [APR])
    page.session_state[key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    return page


def saved(page: AppTest, program_id: str, edited: dict[int, dict[str, Any]]) -> AppTest:
    return press(typed(page, program_id, edited), "Save the months")


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
    page = saved(opened(), program_id, {0: {"Apr 2026": "1,240.10"}})
    (line,) = phased_lines(program_id, version)
    assert line.phases == {APR: Decimal("1240.10")}
    assert "✓ Saved" in words(page)
    assert budget_sheet.totals([line]).rows == (("Tools", Decimal("1240.10")),)
    saved(page, program_id, {0: {"Apr 2026": None}})
    assert phased_lines(program_id, version)[0].phases == {}


def test_a_cell_that_is_no_amount_is_named_by_month_and_line(owner: Actor, program_id: str) -> None:
    made = one_line(owner, program_id)
    version = draft(owner, program_id)
    versions.set_phases(
        owner, program_id=program_id, version_id=version, version=1, changes=[Phase(made, APR, Decimal(12))]
    )
    page = saved(opened(), program_id, {0: {"Apr 2026": "1.240,10"}})
    assert "Apr 2026, Tools: “1.240,10” is no amount." in words(page)
    assert phased_lines(program_id, version)[0].phases == {APR: Decimal(12)}


def test_the_months_that_differ_are_found_and_no_others() -> None:
    line = PhasedLine("1", "c", "Desk", "Tools", "labor", "opex", "once", "EUR", {JAN: Decimal(5), APR: Decimal(7)})
    cells = {("1", JAN): "5.00", ("1", APR): "", ("1", date(2026, 5, 1)): "0"}
    assert budget_sheet.changes([line], cells) == [
        Phase("1", APR, None),
        Phase("1", date(2026, 5, 1), Decimal(0)),
    ]
    with pytest.raises(Invalid, match="Jan 2026, Tools"):
        budget_sheet.changes([line], {("1", JAN): "-3"})


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


def test_what_was_typed_outlasts_what_somebody_else_saves(owner: Actor, program_id: str) -> None:
    made = one_line(owner, program_id)
    version = draft(owner, program_id)
    given: dict[str, Any] = {"program_id": program_id, "version_id": version}
    versions.set_phases(owner, version=1, changes=[Phase(made, APR, Decimal(12))], **given)
    page = typed(opened(), program_id, {0: {"Apr 2026": "70"}})
    versions.set_phases(owner, version=2, changes=[Phase(made, APR, Decimal(900))], **given)
    press(page, "Save the months")
    said = words(page)
    assert "This draft was saved by somebody else while you typed." in said
    assert "Tools, Apr 2026: 70 (saved: 900.00)" in said
    assert phased_lines(program_id, version)[0].phases == {APR: Decimal(900)}
    press(page, "Save the months")
    assert phased_lines(program_id, version)[0].phases == {APR: Decimal(70)}
    assert "somebody else" not in words(page)


def test_twelve_months_more_keep_what_was_typed(owner: Actor, program_id: str) -> None:
    made = one_line(owner, program_id)
    version = draft(owner, program_id)
    given: dict[str, Any] = {"program_id": program_id, "version_id": version}
    versions.set_phases(owner, version=1, changes=[Phase(made, APR, Decimal(12))], **given)
    page = press(typed(opened(), program_id, {0: {"Apr 2026": "70"}}), "Twelve months more")
    press(page, "Save the months")
    assert phased_lines(program_id, version)[0].phases == {APR: Decimal(70)}


def test_an_approved_version_has_lines_as_rows_and_months_as_columns(owner: Actor, program_id: str) -> None:
    planned(owner, program_id)
    page = opened()
    drawn = next(each for each in words(page).split("<h1") if 'class="gw-months"' in each)
    assert '<th scope="col" class="gw-num">Jan 2026</th>' in drawn
    lines_ = phased_lines(program_id, listed(program_id)[0].id)
    table = budget_months.by_month(lines_, [JAN, APR])
    assert [column.name for column in table.columns] == ["Line", "Jan 2026", "Apr 2026", "Total"]
    assert table.rows == (("Tools", 1000, 1000, 2000),)
    assert table.total == ("Total", 1000, 1000, 2000)
    assert "Approved by" in words(page)


AMOUNTS = st.dictionaries(
    st.sampled_from([JAN, APR, date(2026, 12, 1)]), st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
)


@given_(st.lists(AMOUNTS, min_size=1, max_size=4))
def test_the_totals_by_line_and_by_month_add_up_to_the_same(every: list[dict[date, Decimal]]) -> None:
    lines_ = [
        PhasedLine(str(at), "c", "Desk", f"Line {at}", "labor", "opex", "once", "EUR", phases)
        for at, phases in enumerate(every)
    ]
    table = budget_months.by_month(lines_, [JAN, APR, date(2026, 12, 1)])
    assert table.total is not None
    *by_month, whole = table.total[1:]
    assert sum(amount or 0 for amount in by_month) == (whole or 0) == sum(row[-1] or 0 for row in table.rows)
    assert tables.html(table)


def test_many_months_are_shown_by_fiscal_year_and_changed_one_year_at_a_time(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)
    version = draft(owner, program_id)
    changes = []
    for number in range(9):
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
    late = [Phase(line_id, date(2029, 1, 1), Decimal(1))]
    versions.set_phases(owner, program_id=program_id, version_id=version, version=2, changes=late)
    page = opened()
    chosen = field(page, "selectbox", "Months of")
    assert chosen.options == ["All years", "2026", "2027", "2028", "2029", "2030"]
    assert not [each for each in page.button if each.label == "Save the months"]
    chosen.set_value("2027")
    run(page)
    assert [each.label for each in page.button if "onths" in each.label] == ["Save the months"]


def test_the_lines_spread_at_once_are_counted_beside_the_button(owner: Actor, program_id: str) -> None:
    part, _, _ = planned(owner, program_id)
    version = draft(later(owner, hours=1), program_id, "Next")
    budget.add_line(owner, program_id=program_id, component_id=part, name="Unknown", on=JAN)
    page = press(opened("Spread a line"), "Spread every line that has no month yet")
    done = sum(1 for line in phased_lines(program_id, version) if line.phases)
    assert f"✓ Spread:</span> {done} of 2 lines have months now. The others have no amount" in words(page)


def test_the_choice_of_a_version_reads_the_same_after_its_approval(owner: Actor, program_id: str) -> None:
    planned(owner, program_id)
    draft(later(owner, hours=1), program_id, "Next", revision_of=listed(program_id)[0].id)
    page = opened()
    assert "A draft: its months can be changed until it is approved." in words(page)
    before = list(field(page, "selectbox", "Version").options)
    press(page, "Approve")
    assert list(field(page, "selectbox", "Version").options) == before == ["Next", "For Listening"]
    assert "Approved by" in words(page)


def test_a_viewer_sees_the_months_and_cannot_change_them(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(owner, program_id)
    draft(later(owner, hours=1), program_id, "Next")
    person(owner, program_id, "viewer")
    page = view(open_as(PAGE, "bo.viewer@example.com", monkeypatch), "Months")
    run(page)
    assert not [each for each in page.button if each.label in ("Save the months", "Approve", "Spread it")]
