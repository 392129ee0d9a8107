"""The roadmap page: empty, filled, edited, asked why and what if, forecast; as editor, viewer and stranger."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program.access import Refused
from program.actions.roadmap import add_activity, change_activity, record_progress
from program.actions.stakeholders import add_stakeholder
from program.queries.roadmap import activities
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, words
from tests.pages.roadmapped import MONDAY, activity, choose, small, stored, turn
from tests.program.making import component, person

PAGE = "plan/roadmap.py"
VIEWS = ["Plan", "Activities", "Why", "What if", "Baselines", "Forecast", "Calendar", "Exchange"]


@pytest.mark.usefixtures("program_id")
def test_an_empty_roadmap_asks_for_its_first_activity() -> None:
    page = open_local(PAGE)
    assert headline(page) == "Nothing is on the roadmap yet."
    assert [each.label for each in page.button] == ["Choose the components", "Add the activity", "Bring in a file"]


def test_the_first_activity_is_planned(owner: Actor, program_id: str) -> None:
    component(owner, program_id, "Listening")
    page = open_local(PAGE)
    field(page, "text_input", "Activity").set_value("Study")
    field(page, "text_input", "Duration, working days").set_value("2.5")
    press(page, "Add the activity")
    made = stored(program_id, "Study")
    assert (made.duration, made.component_id) == (Decimal("2.5"), None)
    assert headline(page).startswith("The roadmap ends on ")


def test_components_with_dates_become_activities_in_one_step(owner: Actor, program_id: str) -> None:
    dated = {"starts_on": MONDAY, "due_on": date(2040, 1, 13)}
    made = component(owner, program_id, "Listening", **dated)
    component(owner, program_id, "Undated")
    page = open_local(PAGE)
    assert "1 component has no dates and would be left out." in words(page)
    press(page, "Make an activity of each component")
    (found,) = activities(program_id)
    assert (found.name, found.component_id, found.duration) == ("Listening", made, Decimal(10))
    assert found.not_before == MONDAY
    assert "13 January 2040" in headline(page)


def test_the_first_activity_can_be_planned_by_hand_although_components_have_dates(
    owner: Actor, program_id: str
) -> None:
    component(owner, program_id, "Listening", starts_on=MONDAY, due_on=MONDAY)
    page = press(open_local(PAGE), "Plan the first activity")
    assert field(page, "text_input", "Activity").value == ""


def test_the_headline_is_the_end_and_what_decides_it(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    said = headline(open_local(PAGE))
    assert "20 January 2040" in said  # 15 working days from 2 January
    assert "“Record”" in said


def test_figure_and_table_have_the_same_rows(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    page = turn(open_local(PAGE), "Table")
    shown = words(page)
    assert "13 Jan 2040" in shown  # Record ends
    assert "20 Jan 2040" in shown  # Match and Live end
    assert shown.count("critical</span>") == 3
    assert "4 activities · no baseline yet · working days, no public holidays" in shown


def test_the_critical_path_alone_leaves_out_what_has_slack(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    page = turn(turn(open_local(PAGE), "Critical path only"), "Table")
    assert "Study" not in words(page)
    assert "3 of 4 activities" in words(page)


def test_activities_are_filtered_by_owner(owner: Actor, program_id: str) -> None:
    ada, bo = (add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ada", "Bo"))
    activity(owner, program_id, "Match", "5", owner_id=ada)
    activity(owner, program_id, "Study", "3", owner_id=bo)
    page = choose(turn(open_local(PAGE), "Table"), "Owner", ada)
    assert "Match" in words(page)
    assert "Study" not in words(page)


def test_a_duration_that_is_none_is_said_and_nothing_is_lost(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    page = turn(open_local(PAGE), "Activities")
    for typed, said in (("ten", "“ten” is no number of working days"), ("-3", "-3 is not a number of working days")):
        field(page, "text_input", "Activity").set_value("Training")
        field(page, "text_input", "Duration, working days").set_value(typed)
        press(page, "Add the activity")
        assert said in words(page)
        assert field(page, "text_input", "Activity").value == "Training"
    assert len(activities(program_id)) == 4


def edited(page: Any, activity_id: str, part: str) -> Any:
    return turn(choose(turn(page, "Activities"), "Activity", activity_id), part)


def test_links_are_typed_as_in_a_spreadsheet(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = edited(open_local(PAGE), made["Live"], "Waits for")
    assert field(page, "text_input", "Waits for").value == "2"
    field(page, "text_input", "Waits for").set_value("2 FS+3; 4")
    press(page, "Save the links")
    links = {(each.predecessor_id, each.kind, each.lag) for each in stored(program_id, "Live").links}
    assert links == {(made["Match"], "FS", Decimal(3)), (made["Study"], "FS", Decimal(0))}
    assert "25 January 2040" in headline(page)
    field(page, "text_input", "Waits for").set_value("2")
    press(page, "Save the links")
    assert [each.lag for each in stored(program_id, "Live").links] == [Decimal(0)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9", "There is no activity 9: the numbers go from 1 to 4."),
        ("Match", "There is no activity Match"),
        ("1", "cannot wait for itself"),
        ("2 XX", "“2 XX” is no predecessor."),
        ("2;2", "2 FS stands here twice."),
        ("3", "wait for each other"),
    ],
)
def test_links_that_cannot_be_are_named(owner: Actor, program_id: str, typed: str, said: str) -> None:
    made = small(owner, program_id)
    page = edited(open_local(PAGE), made["Record"], "Waits for")
    field(page, "text_input", "Waits for").set_value(typed)
    press(page, "Save the links")
    assert said in words(page).replace("&quot;", '"')
    assert not stored(program_id, "Record").links


def test_a_link_is_added_by_choice_and_taken_away(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = edited(open_local(PAGE), made["Study"], "Waits for")
    field(page, "selectbox", "Add one").set_value(made["Record"])
    field(page, "selectbox", "How").set_value("SS")
    field(page, "text_input", "Lag, working days").set_value("2")
    press(page, "Add the link")
    (held,) = stored(program_id, "Study").links
    assert (held.predecessor_id, held.kind, held.lag) == (made["Record"], "SS", Decimal(2))
    assert "It starts after the start of “Record”, 2 working days later." in words(page)
    press(page, "Remove 1 SS+2")
    assert not stored(program_id, "Study").links


def test_progress_is_recorded(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = edited(open_local(PAGE), made["Study"], "Progress")
    field(page, "text_input", "Done, %").set_value("40")
    field(page, "date_input", "Started on").set_value(date(2026, 3, 2))
    press(page, "Record the progress")
    found = stored(program_id, "Study")
    assert (found.percent, found.started_on) == (Decimal(40), date(2026, 3, 2))


def test_what_is_removed_leaves_its_followers_behind_what_it_waited_for(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = edited(open_local(PAGE), made["Match"], "Remove")
    press(page, "Remove “Match”")
    assert [each.predecessor_id for each in stored(program_id, "Live").links] == [made["Record"]]
    assert "13 January 2040" in headline(page)


def test_fault_3_a_stale_edit_is_refused(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = edited(open_local(PAGE), made["Study"], "Details")
    change_activity(owner, program_id=program_id, activity_id=made["Study"], version=1, name="Interviews")
    field(page, "text_input", "Activity").set_value("Survey")
    press(page, "Save")
    assert stored(program_id, "Interviews")
    assert "Survey" in words(page)


def test_why_says_what_an_activity_waits_for(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = choose(turn(open_local(PAGE), "Why"), "Activity", made["Match"])
    assert "“Match” is critical" in words(page)
    assert "It starts after the end of “Record”." in words(page)
    page = choose(page, "Activity", made["Study"])
    assert "“Study” is not critical" in words(page)
    assert "12 working days" in words(page)


def test_short_slack_is_listed(owner: Actor, program_id: str) -> None:
    small(owner, program_id)
    assert "No other activity has 10 working days of slack or less." in words(turn(open_local(PAGE), "Why"))
    activity(owner, program_id, "Interviews", "8")
    shown = words(turn(open_local(PAGE), "Why"))
    assert "Slack that is soon eaten" in shown
    assert "Interviews" in shown


def test_a_forecast_needs_estimates_and_then_gives_dates(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = turn(open_local(PAGE), "Forecast")
    assert "enter At best and At worst" in words(page)
    estimates = {"optimistic": Decimal(8), "pessimistic": Decimal(20)}
    change_activity(owner, program_id=program_id, activity_id=made["Record"], version=1, **estimates)
    page = turn(open_local(PAGE), "Forecast")
    first = words(page)
    assert "Four of five by (P80)" in first
    assert "Three estimates: 1 of 4 open activities" in first
    assert words(turn(open_local(PAGE), "Forecast")) == first  # the same seed
    field(page, "number_input", "Seed").set_value(2)
    assert words(page.run()) != first


def test_what_is_done_is_said(owner: Actor, program_id: str) -> None:
    made = add_activity(owner, program_id=program_id, name="Study", duration=Decimal(3))
    record_progress(owner, program_id=program_id, activity_id=made, version=1, finished_on=date(2026, 2, 27))
    assert headline(open_local(PAGE)) == "Everything on the roadmap is done since 27 February 2026."
    page = turn(open_local(PAGE), "What if")
    assert "so nothing can be later" in words(page)


def test_equal_names_and_names_that_are_markup_stay_apart(owner: Actor, program_id: str) -> None:
    activity(owner, program_id, "<b>Match</b>", "5")
    second = activity(owner, program_id, "<b>Match</b>", "7")
    page = choose(turn(open_local(PAGE), "Why"), "Activity", second)
    assert "<b>Match</b>" not in words(page)
    assert "2 Jan 2040 to 10 Jan 2040" in words(page)


def test_a_viewer_reads_and_cannot_change(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = small(owner, program_id)
    viewer = person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    for view in VIEWS:
        page = turn(page, view)
        assert {each.label for each in page.button} <= {"What if it is later?", "Microsoft Project (.xml)"}
        assert not page.file_uploader
    with pytest.raises(Refused):
        change_activity(viewer, program_id=program_id, activity_id=made["Study"], version=1, name="Mine")


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "Record" not in words(page)
    assert not page.get("button_group")
