"""The overview as owner, editor, viewer, stranger and on an empty program."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from program.actions.assessments import close_run
from program.actions.budget import add_line, set_forecast
from program.actions.follow_ups import add_follow_up
from program.queries.assessments import run
from program.store.engine import engine_at, url
from program.values import Actor
from tests.pages.answered import answered_run
from tests.pages.opening import headline, open_as, open_local, words
from tests.program.making import component, person

PAGE = "home/overview.py"


def drawn(test: Any) -> str:
    """Everything the SVG component was given."""
    return "\n".join(each.proto.json for each in test.get("bidi_component"))


def labels(test: Any) -> list[str]:
    return [button.label for button in test.button]


def run_again(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def test_an_empty_program_says_what_to_do_first(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "Nobody has answered yet, so the house is only an outline."
    shown = words(page)
    assert "Next three actions" in shown
    ranked = ("Start the first assessment", "Put people on the map", "Bring in a file")
    assert sorted(ranked, key=shown.index) == list(ranked)
    assert "data to" not in shown
    assert "Open the assessment" in labels(page)
    assert "nobody has answered it" in drawn(page)
    assert "No budget lines yet." in words(page)
    assert "No CRM data has been brought in yet" in words(page)
    assert program_id


def test_the_headline_the_house_and_its_table_agree(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    page = open_local(PAGE)
    assert headline(page) == "Start with mindset. Another 1.0 there lifts readiness from 1.0 to 2.0 of 4."
    assert "Mindset, the foundation: 1.0 of 4 counts" in drawn(page)
    assert "Mechanism, the frame: 2.0 of 4 counts, 3.0 answered" in drawn(page)
    assert "Why 1.0, not the mean 2.3" in labels(page)
    assert '<th scope="row">Mechanism</th><td class="gw-num">2.0</td><td class="gw-num">3.0</td>' in words(page)


def test_money_is_one_bar_and_a_missing_forecast_is_said(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)
    day, planned = date(2026, 2, 2), Decimal(12400)
    add_line(owner, program_id=program_id, component_id=made, name="Tools", planned=planned, on=day)
    page = open_local(PAGE)
    assert "Actual \\u20ac0, committed \\u20ac0, planned \\u20ac12k, forecast n/a." in drawn(page)
    assert "1 line has no forecast, shown as n/a." in words(page)
    assert "-\\u20ac" not in drawn(page)
    assert "\\u2212" not in drawn(page)


def test_an_overrun_is_told_although_forecasts_are_missing(owner: Actor, program_id: str) -> None:
    made, day = component(owner, program_id), date(2026, 2, 2)
    for name, planned in (("Tools", 1000), ("Staff", 2000)):
        line = add_line(owner, program_id=program_id, component_id=made, name=name, planned=Decimal(planned), on=day)
    set_forecast(owner, program_id=program_id, line_id=line, on=day, amount=Decimal(5000))
    page = open_local(PAGE)
    assert "planned \\u20ac3,000, expected at least \\u20ac5,000." in drawn(page)
    assert "+\\u20ac2,000" in drawn(page)
    assert "1 line has no forecast, shown as n/a." in words(page)


def test_a_plan_without_an_assessment_shows_its_money_and_dates(owner: Actor, program_id: str) -> None:
    today = datetime.now(UTC).date()
    made = component(owner, program_id, name="Peer <b>desk</b>", due_on=today - timedelta(days=40))
    line = add_line(owner, program_id=program_id, component_id=made, name="Tools", planned=Decimal(100), on=today)
    set_forecast(owner, program_id=program_id, line_id=line, on=today, amount=Decimal(120))
    for days in (5, 60):
        due = today + timedelta(days=days)
        add_follow_up(owner, program_id=program_id, title=f"Ask in {days}", origin="workshop", due_on=due)
    page = open_local(PAGE)
    assert headline(page) == (
        "Nobody has answered yet; 1 component is late, 1 line will cost more than planned and 1 follow-up is due "
        "within 14 days."
    )
    shown = words(page)
    assert shown.index("Next three actions") < len(shown)
    assert "Peer &lt;b&gt;desk" in shown
    assert "Ask in 5" in shown
    assert "Ask in 60" not in shown
    assert "nobody has answered it" not in drawn(page)
    assert drawn(page).count("planned \\u20ac100") == 1


def test_a_calm_plan_without_an_assessment_says_so(owner: Actor, program_id: str) -> None:
    component(owner, program_id)
    page = open_local(PAGE)
    assert headline(page) == "Nobody has answered yet; nothing in the plan is late or over it."
    assert "No component is late, and no follow-up is due within 14 days." in words(page)


def test_a_change_shows_at_the_next_run(owner: Actor, program_id: str) -> None:
    page = open_local(PAGE)
    component(owner, program_id, name="Peer community")
    page.run()
    assert "1 component, 0 live, none late." in words(page)


def test_what_is_overdue_stands_in_a_line_and_in_a_list(owner: Actor, program_id: str) -> None:
    page = open_local(PAGE)
    assert "overdue" not in words(page)
    for title in ("Ask legal", "Ask <b>sales</b>"):
        add_follow_up(owner, program_id=program_id, title=title, origin="workshop", due_on=date(2026, 1, 2))
    shown = words(run_again(page))
    assert "No components yet. 2 follow-ups are overdue." in shown
    assert "Ask &lt;b&gt;sales&lt;/b&gt;" in shown
    assert "All follow-ups" in labels(page)


def test_what_others_changed_since_the_last_visit_is_told_without_values(owner: Actor, program_id: str) -> None:
    page = open_local(PAGE)
    editor = person(owner, program_id, "editor")
    away = datetime.now(UTC) - timedelta(hours=3)
    with engine_at(url()).execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE last_visit SET at = :at"), {"at": away.replace(tzinfo=None).isoformat(" ")})
    busy = Actor(editor.user_id, editor.name, away + timedelta(hours=1))
    component(busy, program_id, name="Secret desk")
    component(Actor(owner.user_id, owner.name, away + timedelta(hours=1)), program_id, name="Own desk")
    shown = words(run_again(page))
    assert "Changed since your last visit" in shown
    assert "1 component was added." in shown
    assert "Secret desk" not in shown
    again = words(open_local(PAGE))
    assert "1 component was added." in again


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_members_see_the_same_numbers(
    owner: Actor, program_id: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = answered_run(owner, program_id)
    close_run(owner, program_id=program_id, run_id=run_id, version=run(program_id, run_id).version)
    person(owner, program_id, role)
    page = open_as(PAGE, f"bo.{role}@example.com", monkeypatch)
    assert headline(page).startswith("Start with mindset.")


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answered_run(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "mindset" not in words(page).lower()
    assert not drawn(page)
