"""The decisions page: what was decided, taken for true and changed, and who does what next."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import text
from pages.ui.decision_forms import Options, written
from program.actions.changes import record_change
from program.actions.decisions import add_assumption, add_decision, check_assumption, decide
from program.actions.follow_ups import add_follow_up
from program.actions.stakeholders import add_stakeholder
from program.decisions import Option
from program.queries.changes import change_records
from program.queries.decisions import assumptions, decisions
from program.queries.follow_ups import follow_ups
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, run, views, words
from tests.program.making import component, person

PAGE = "plan/decisions.py"
OPTIONS = (Option("Ours", "cheap to begin"), Option("Theirs"))


def switch(page: AppTest, name: str) -> AppTest:
    """Press one of the words of either switch."""
    switches: Any = page.get("button_group")
    for each in switches:
        if name in each.options:
            each.set_value(name)
            return run(page)
    raise AssertionError(name)


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (each for each in page.button if each.label == label)
    button.click()
    return run(page)


@pytest.mark.parametrize(
    ("view", "says", "button"),
    [
        ("Decisions", "No decision has been written down yet.", "Add the decision"),
        ("Assumptions", "No assumption has been written down yet.", "Add the assumption"),
        ("Changes", "No change of the program has been written down yet.", "Record the change"),
        ("Follow-ups", "Nothing has been agreed to follow up yet.", "Add it"),
    ],
)
def test_each_empty_view_says_what_it_is_and_asks_for_the_first(
    view: str, says: str, button: str, program_id: str
) -> None:
    page = switch(open_local(PAGE), view) if view != "Decisions" else open_local(PAGE)
    assert headline(page) == says
    assert button in [each.label for each in page.button]
    assert program_id


def test_a_question_is_added_and_decided(owner: Actor, program_id: str) -> None:
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    page = open_local(PAGE)
    field(page, "text_input", "What is to be decided").set_value("Which tool?")
    field(page, "text_area", Options().label).set_value("Ours: cheap to begin\n\nTheirs\n")
    press(page, "Add the decision")
    assert decisions(program_id)[0].options == OPTIONS
    page = switch(open_local(PAGE), "Decide or edit")
    press(page, "Record the decision")
    assert "Say which of the options was decided on." in words(page)
    field(page, "selectbox", "What was decided").set_value("Theirs")
    field(page, "selectbox", "Who decided").set_value(ann)
    field(page, "text_area", "Who disagreed, and why").set_value("IT would wait.")
    press(page, "Record the decision")
    (made,) = decisions(program_id)
    assert (made.chosen, made.decider_id, made.dissent) == ("Theirs", ann, "IT would wait.")
    shown = words(page)
    assert "✓ Saved" in shown
    assert f"Decided by Ann on {text.day(made.decided_on)}" in shown
    assert "Who disagreed: IT would wait." in shown
    assert "✓ Saved" not in words(page.run())
    shown = words(switch(page, "Read"))
    assert "IT would wait." in shown
    assert "Ours: cheap to begin" in shown


def test_a_day_is_to_decide_by_while_open_and_to_look_again_after(owner: Actor, program_id: str) -> None:
    on = date(2030, 5, 1)
    made = add_decision(owner, program_id=program_id, question="Which tool?", options=OPTIONS, review_on=on)

    def days() -> list[str]:
        table = words(open_local(PAGE)).partition("<thead>")[2]
        heads = re.findall(r'<th scope="col">(.*?)</th>', table)
        cells = [re.sub(r"<.*?>", "", each) for each in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", table)][len(heads) :]
        return [cells[heads.index(each)] for each in ("Decide by", "Look again on")]

    assert days() == [text.day(on), ""]
    decide(owner, program_id=program_id, decision_id=made, version=1, chosen="Ours", review_on=on)
    assert days() == ["", text.day(on)]


def test_options_are_read_as_they_are_written() -> None:
    for options in (OPTIONS, (), (Option("A: b", None),)):
        read = Options().read(written(options))
        assert [each.name for each in read] == [each.name.partition(":")[0] for each in options]


def test_a_broken_assumption_shakes_its_decision(owner: Actor, program_id: str) -> None:
    made = add_decision(owner, program_id=program_id, question="Which tool?", options=OPTIONS)
    decide(owner, program_id=program_id, decision_id=made, version=1, chosen="Ours")
    row = add_assumption(owner, program_id=program_id, text="They write", decision_id=made)
    check_assumption(owner, program_id=program_id, assumption_id=row, version=1, state="broken")
    page = open_local(PAGE)
    assert headline(page).startswith("“Which tool?” rests on an assumption that is broken")
    assert "▲ 1 assumption broken or out of date" in words(page)
    page = switch(page, "Assumptions")
    assert headline(page) == "1 assumption does not hold."
    page = switch(page, "Check or edit")
    field(page, "selectbox", "It").set_value("holds")
    press(page, "Record the check")
    assert assumptions(program_id)[0].state == "holds"


def test_the_change_log_shows_both_values_and_claims_no_cause(owner: Actor, program_id: str) -> None:
    values: dict[str, Any] = {"metric_before": Decimal("9.4"), "metric_after": Decimal("5.1")}
    record_change(owner, program_id=program_id, what="Two shifts", metric_id="first_response", **values)
    page = switch(open_local(PAGE), "Changes")
    shown = words(page)
    assert '<td class="gw-num">9.4 h</td><td class="gw-num">5.1 h</td>' in shown
    assert "✓ Better since" in shown
    assert "does not say that it moved because of it" in shown
    page = switch(page, "Add")
    field(page, "text_area", "Why").set_value("They waited")
    field(page, "text_input", "What was changed").set_value("Three shifts")
    press(page, "Record the change")
    assert {each.what for each in change_records(program_id)} == {"Two shifts", "Three shifts"}


def test_follow_ups_are_filtered_done_and_taken_to_a_calendar(owner: Actor, program_id: str) -> None:
    today = datetime.now(UTC).date()
    for title, days in (("Ask legal", -9), ("Ask sales", 40)):
        due = today + timedelta(days)
        add_follow_up(owner, program_id=program_id, title=title, origin="workshop", due_on=due)
    page = switch(open_local(PAGE), "Follow-ups")
    assert headline(page) == "“Ask legal” is 9 days overdue."
    assert words(page).index("Ask legal") < words(page).index("<b>Ask sales</b>")
    assert "■ Overdue" in words(page)
    files: Any = page.get("download_button")
    assert "Calendar (.ics)" in [each.label for each in files]
    [first, _] = [each for each in page.button if each.label == "Done"]
    first.click()
    run(page)
    assert [each.title for each in follow_ups(program_id, only_open=True)] == ["Ask sales"]
    assert "<b>Ask legal</b>" not in words(page)
    field(page, "selectbox", "Show").set_value("Done")
    run(page)
    press(page, "Not done")
    assert len(follow_ups(program_id, only_open=True)) == 2


def test_a_view_is_narrowed_to_a_component(owner: Actor, program_id: str) -> None:
    desk = component(owner, program_id, "Desk")
    add_decision(owner, program_id=program_id, question="Which tool?", component_id=desk)
    add_decision(owner, program_id=program_id, question="Who answers?")
    page = open_local(PAGE)
    field(page, "selectbox", "Component").set_value(desk)
    assert "Who answers?" not in words(run(page))


def test_a_viewer_reads_and_changes_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_decision(owner, program_id=program_id, question="Which tool?", review_on=date(2026, 1, 1))
    add_follow_up(owner, program_id=program_id, title="Ask legal", origin="workshop")
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert "Which tool?" in headline(page)
    assert views(page) == ["Decisions", "Assumptions", "Changes", "Follow-ups"]
    page = switch(page, "Follow-ups")
    assert "<b>Ask legal</b>" in words(page)
    assert not [each for each in page.button if each.label == "Done"]


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_decision(owner, program_id=program_id, question="Which tool?")
    assert "tool" not in words(open_as(PAGE, "stranger@example.com", monkeypatch))
