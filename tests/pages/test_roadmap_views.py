"""What the roadmap page moves, keeps and exchanges: what if, scenarios, baselines, the calendar and files."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import roadmap, roadmap_cash, roadmap_exchange, tables
from program.actions.baselines import make_baseline
from program.actions.budget import add_line
from program.actions.links import link
from program.actions.planning import add_day_off
from program.actions.roadmap import change_activity, import_activities, record_progress
from program.actions.stakeholders import add_stakeholder
from program.actions.versions import approve_version, make_version, spread_line
from program.activity_rows import compare, read_row_lines, read_rows
from program.ledger import ZERO
from program.ledger_workbook import workbook_lines
from program.queries import roadmap as queries
from program.queries.roadmap import activities
from program.queries.stakeholders import stakeholders
from program.queries.versions import versions
from program.reports import exports
from program.values import Actor
from tests.pages.opening import field, headline, open_local, press, run, words
from tests.pages.roadmapped import MONDAY, activity, choose, small, stored, turn
from tests.program.making import component

PAGE = "plan/roadmap.py"
CSV = "id,name,duration,predecessors\nA,Record,10,\nB,Training,4,A FS+1\n"


def opened(view: str) -> AppTest:
    return turn(open_local(PAGE), view)


def uploaded(page: AppTest, content: bytes, name: str = "activities.csv") -> AppTest:
    page.file_uploader[0].set_value((name, content, "text/csv"))
    return run(page)


def test_two_weeks_late_show_the_new_end_and_store_nothing(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    page = opened("What if")
    said = "If “Record” starts 10 working days late, the roadmap ends 10 working days later, on 3 Feb 2040."
    assert headline(page) == said
    field(page, "number_input", "Delay, working days").set_value(3)
    assert headline(run(page)).endswith("ends 3 working days later, on 25 Jan 2040.")
    assert stored(program_id, "Record").version == 1
    assert "3 Feb 2040" not in words(page)


def test_a_longer_duration_moves_what_follows(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = choose(opened("What if"), "Activity", made["Match"])
    field(page, "number_input", "Delay, working days").set_value(0)
    field(page, "number_input", "Duration, working days").set_value(7.5)
    page = run(page)
    assert headline(page).startswith("If “Match” takes 7.5 working days, the roadmap ends 3 working days later")
    assert "Live" in words(page)


def test_a_delay_within_the_slack_moves_no_end(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = choose(opened("What if"), "Activity", made["Study"])
    assert headline(page) == "If “Study” starts 10 working days late, the end stays on 20 Jan 2040."


def test_a_gate_that_becomes_late_is_named(owner: Actor, program_id: str) -> None:
    desk = component(owner, program_id, "Desk", due_on=date(2040, 1, 13))
    activity(owner, program_id, "Match", "5", component_id=desk)
    shown = words(opened("What if"))
    assert "■ becomes late" in shown
    assert "13 Jan 2040" in shown
    assert "20 Jan 2040" in shown
    page = opened("What if")
    field(page, "number_input", "Delay, working days").set_value(2)
    assert "No gate is late." in words(run(page))


def test_cash_moves_with_the_end_of_the_component(owner: Actor, program_id: str) -> None:
    desk = component(owner, program_id, "Desk")
    activity(owner, program_id, "Match", "5", component_id=desk)
    assert roadmap_cash.WITHOUT in words(opened("What if"))
    more: dict[str, Any] = {"category": "software", "planned": Decimal(900)}
    made = add_line(owner, program_id=program_id, component_id=desk, name="Work", **more)
    draft = make_version(owner, program_id=program_id, name="Budget")
    start: dict[str, Any] = {
        "recurrence": "monthly",
        "total": Decimal(900),
        "start": date(2040, 1, 1),
        "end": date(2040, 3, 31),
    }
    spread_line(owner, program_id=program_id, version_id=draft, version=1, line_id=made, **start)
    (held,) = versions(program_id)
    approve_version(owner, program_id=program_id, version_id=draft, version=held.version)
    page = opened("What if")
    assert "€145 of €900 moves to another month." in words(page)  # 14 of 29 days of February
    assert "Apr 2040" in words(turn(page, "Table"))
    field(page, "number_input", "Delay, working days").set_value(0)
    assert "No money moves to another month. €900 in all." in words(run(page))


def test_a_what_if_is_kept_and_compared_with_the_plan(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = opened("What if")
    field(page, "text_input", "Name").set_value("Supplier late")
    page = press(page, "Save the scenario")
    (kept,) = queries.scenarios(program_id)
    assert kept.changes == ({"activity_id": made["Record"], "delay": "10"},)
    shown = words(page)
    assert "Scenarios side by side" in shown
    assert "Record 10 working days later" in shown
    page = choose(choose(page, "On top of", kept.id), "Activity", made["Match"])
    assert headline(page).startswith("With the scenario and this change, the roadmap ends 20 working days later")
    page = press(opened("What if"), "Remove")
    assert not queries.scenarios(program_id)


def test_a_baseline_is_kept_and_drift_is_counted_from_it(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = opened("Baselines")
    field(page, "text_input", "Name").set_value("First")
    page = press(page, "Make the baseline")
    assert "20 January 2040, as in “First”" in headline(page)
    change_activity(owner, program_id=program_id, activity_id=made["Match"], version=1, duration=Decimal(8))
    page = opened("Baselines")
    assert "3 working days later than in “First”" in headline(page)
    shown = words(page)
    assert "+3 d" in shown
    assert "2 of 4 activities moved" in shown
    assert "scope unchanged" in shown


def test_what_came_and_went_since_the_baseline_is_listed(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    make_baseline(owner, program_id=program_id, name="First")
    activity(owner, program_id, "Training", "1")
    shown = words(opened("Baselines"))
    assert "1 added and 0 removed in scope" in shown
    assert "Training" in shown


def test_the_same_name_of_a_baseline_is_refused(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    make_baseline(owner, program_id=program_id, name="First")
    page = opened("Baselines")
    field(page, "text_input", "Name").set_value("First")
    press(page, "Make the baseline")
    assert "There is already a baseline named “First”." in words(page)
    assert len(queries.baselines(program_id)) == 1


def test_the_holidays_of_a_country_move_the_dates(owner: Actor, program_id: str) -> None:
    activity(owner, program_id, "Training", "70")  # over Easter
    before = queries.roadmap(program_id, today=MONDAY).finish
    page = choose(opened("Calendar"), "Public holidays of", "DK")
    page = press(page, "Save the calendar")
    assert queries.settings(program_id).holiday_country == "DK"
    after = queries.roadmap(program_id, today=MONDAY).finish
    assert before is not None
    assert after is not None
    assert after > before
    assert "Maundy Thursday" in words(page)


def test_a_day_off_is_taken_and_given_back(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    page = opened("Calendar")
    field(page, "date_input", "Date").set_value(date(2030, 1, 4))
    field(page, "text_input", "Name").set_value("Company day")
    page = press(page, "Add the day")
    assert [(each.on, each.name) for each in queries.days_off(program_id)] == [(date(2030, 1, 4), "Company day")]
    assert "own day off" in words(page)
    press(page, "Remove")
    assert not queries.days_off(program_id)


def test_a_day_off_moves_the_end(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    add_day_off(owner, program_id=program_id, on=date(2040, 1, 4), name="Company day")
    assert "23 January 2040" in headline(open_local(PAGE))


def test_a_file_is_tried_before_it_comes_in_and_twice_changes_nothing(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = uploaded(opened("Exchange"), CSV.encode())
    assert "2 activities: 1 would be added, 0 changed, 1 stays as it is. Nothing is saved yet." in words(page)
    assert len(activities(program_id)) == 4
    page = press(page, "Bring in 1 activity")
    assert "1 brought in" in words(page)
    found = stored(program_id, "Training")
    assert [(each.predecessor_id, each.lag) for each in found.links] == [(made["Record"], Decimal(1))]
    page = uploaded(opened("Exchange"), CSV.encode())
    assert "so there is nothing to bring in" in words(page)
    assert len(activities(program_id)) == 5


def test_an_empty_roadmap_begins_with_a_file(program_id: str) -> None:
    page = uploaded(press(open_local(PAGE), "Bring in a file"), CSV.encode())
    page = press(page, "Bring in 2 activities")
    assert [each.name for each in activities(program_id)] == ["Record", "Training"]
    assert headline(page).startswith("The roadmap ends on")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,name,duration,predecessors\nA,Match,ten,\n", "“ten” is not a number of working days"),
        (b"id,name,duration,predecessors\nA,Match,-1,\n", "“-1” is not a number of working days"),
        (b"id,name,duration,predecessors\nA,Match,1,A\n", "A waits for itself."),
        (b"id,name,duration,predecessors\nA,Match,1,B\n", "There is no activity “B”."),
        (b"id,name\nA,Match\n", "This column is missing."),
        (b"id,name,duration,predecessors\nA,Gr\xf6\xdfe,1,\n", "not written in UTF-8"),
    ],
)
def test_a_file_that_cannot_come_in_is_told_by_line(owner: Actor, program_id: str, content: bytes, said: str) -> None:
    small(owner, program_id)
    page = uploaded(opened("Exchange"), content)
    assert "This file cannot be taken over yet" in words(page)
    assert said in words(page)
    assert len(activities(program_id)) == 4


def test_a_circle_in_a_file_is_named(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    page = uploaded(opened("Exchange"), b"id,name,duration,predecessors\nA,Cut,1,B\nB,Dry,1,A\n")
    page = press(page, "Bring in 2 activities")
    assert "wait for each other" in words(page)
    assert "Cut" in words(page)
    assert len(activities(program_id)) == 4


def test_what_is_taken_out_is_what_can_be_brought_in(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    change_activity(owner, program_id=program_id, activity_id=made["Study"], version=1, name="=Study, first")
    page = opened("Exchange")
    buttons: Any = page.get("download_button")
    assert {each.label for each in buttons} >= {"Activities as CSV", "Calendar (.ics)"}
    plan = roadmap.read_for(program_id, MONDAY)
    file = tables.as_csv(roadmap_exchange.as_file(plan)).decode("utf-8-sig")
    rows = read_rows(file, known=plan.known)
    assert [(each.name, each.duration) for each in rows] == [
        (each.name, each.duration) for each in activities(program_id)
    ]
    assert [len(each.links) for each in rows] == [len(each.links) for each in activities(program_id)]


def test_the_files_of_the_activities_come_back_and_change_nothing(
    owner: Actor, program_id: str, tmp_path: Path
) -> None:
    made = small(owner, program_id)
    for at, name in enumerate(("Desk", "Shop")):
        add_stakeholder(owner, program_id=program_id, name="Ann")
        desk = component(owner, program_id, name)
        ann = stakeholders(program_id)[at].id
        version = stored(program_id, "Match").version
        changes: dict[str, Any] = {"component_id": desk, "owner_id": ann, "stage": "organized"}
        change_activity(owner, program_id=program_id, activity_id=made["Match"], version=version, **changes)
    link(owner, program_id=program_id, predecessor_id=made["Record"], successor_id=made["Match"], kind="SS")
    estimates: dict[str, Any] = {"optimistic": Decimal("2.5"), "pessimistic": Decimal(9)}
    change_activity(owner, program_id=program_id, activity_id=made["Study"], version=1, **estimates)
    progress: dict[str, Any] = {"percent": Decimal("12.5"), "started_on": date(2026, 2, 2)}
    record_progress(owner, program_id=program_id, activity_id=made["Study"], version=2, **progress)
    plan = roadmap.read_for(program_id, MONDAY)
    table = roadmap_exchange.as_file(plan)
    book = tmp_path / "activities.xlsx"
    book.write_bytes(tables.as_xlsx(table))
    for rows in (
        read_rows(tables.as_csv(table).decode("utf-8-sig"), known=plan.known),
        read_row_lines(workbook_lines(book, book.name), book.name, plan.known),
    ):
        before = activities(program_id)
        assert len(compare(rows, before).same) == 4
        import_activities(owner, program_id=program_id, rows=rows)
        assert activities(program_id) == before


def test_a_workbook_brings_in_activities_with_their_component_and_owner(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    desk = component(owner, program_id, "Desk")
    ann = add_stakeholder(owner, program_id=program_id, name="Ann Berg")
    heads = ["id", "name", "duration", "predecessors", "component", "owner", "not_before", "percent"]
    lines = [
        [1, "Record", 10, None, "desk", "ann  berg", date(2040, 1, 2), 0],
        [2, "Tell", 1.5, 1, None, None, None, 0],
    ]
    page = uploaded(opened("Exchange"), exports.xlsx_bytes({"activities": (heads, lines)}), "activities.xlsx")
    press(page, "Bring in 2 activities")
    found = stored(program_id, "Record")
    assert (found.component_id, found.owner_id, found.not_before) == (desk, ann, date(2040, 1, 2))
    assert (stored(program_id, "Tell").duration, len(stored(program_id, "Tell").links)) == (Decimal("1.5"), 1)


def test_names_that_a_file_cannot_mean_are_told_by_line_and_column(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    for _ in range(2):
        add_stakeholder(owner, program_id=program_id, name="Ann")
    head = b"id,name,duration,predecessors,component,owner,stage\n"
    page = uploaded(opened("Exchange"), head + b"A,Match,5,,Desk,Ann,\nB,Live,0,A,,Ann (2),someday\n")
    shown = words(page)
    assert "There is no component “Desk”. Correct the name, or add it to the program first." in shown
    assert "2 people are called “Ann”. Write “Ann (1)” or “Ann (2)”." in shown
    assert "“someday” is no stage." in shown
    assert len(activities(program_id)) == 4


def test_several_activities_get_a_component_and_an_owner_at_once(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    desk = component(owner, program_id, "Desk")
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    page = opened("Activities")
    field(page, "multiselect", "Activities").set_value([made["Record"], made["Match"]])
    page = choose(choose(run(page), "Component of all", desk), "Owner of all", ann)
    page = press(page, "Change 2 activities")
    assert {each.name for each in activities(program_id) if (each.component_id, each.owner_id) == (desk, ann)} == {
        "Record",
        "Match",
    }
    assert not field(page, "multiselect", "Activities").value


def test_a_region_has_its_name(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    page = choose(opened("Calendar"), "Public holidays of", "DE")
    region = field(page, "selectbox", "Region")
    assert "Bayern (BY)" in region.options
    press(choose(page, "Region", "BY"), "Save the calendar")
    assert "without public holidays in Germany, Bayern" in words(opened("Why"))


def test_months_of_cash_go_on_over_a_new_year() -> None:
    months = roadmap_cash.months_of(
        "EUR", {("EUR", date(2040, 11, 1)): Decimal(1)}, {("EUR", date(2041, 2, 1)): Decimal(1)}
    )
    assert [month.month for month, _, _ in months] == [11, 12, 1, 2]
    assert [(was, now) for _, was, now in months] == [
        (Decimal(1), ZERO),
        (ZERO, ZERO),
        (ZERO, ZERO),
        (ZERO, Decimal(1)),
    ]
