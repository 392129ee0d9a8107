"""Over time and what to do next: runs that can be compared, progress with its guard, the path and its components."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assessments.library import load
from assessments.path import Path
from assessments.progress import Point, trend
from pages.ui import result_path, tables
from pages.ui.result_trend import OverTime, left_out, reached
from pages.ui.result_trend import headline as said
from program.queries import assessments, components
from program.values import Actor
from tests.pages.opening import headline, open_as, open_routed, words
from tests.pages.reviewed import PAGE, choose, drawn, named_run, opened, unnamed_run
from tests.program.inviting import NINE
from tests.program.making import person

LOW = {"mindset": (1, 1, 1), "mechanism": (2, 2, 2), "strategy": (2, 2, 2)}
HIGH = {"mindset": (2, 2, 2), "mechanism": (2, 2, 2), "strategy": (2, 2, 2)}
SCORES = {"mindset": 2.5, "mechanism": 1.0, "strategy": 2.0}


def at(run: str, day: int, *, version: str = "1.0.0", readiness: float | None = 1.0, **scores: float | None) -> Point:
    when = datetime(2026, 3, day, tzinfo=UTC)
    versions = dict.fromkeys(SCORES, version)
    return Point(run, run.title(), "short", when, when, versions, {**SCORES, **scores}, readiness, {})


def over(*points: Point) -> OverTime:
    return OverTime(trend(points), points[-1], frozenset(each.run for each in points))


def test_one_run_is_a_beginning(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", LOW)
    page = opened("over time")
    assert headline(page) == "One run so far. The next one shows what moved."
    assert "“Spring” is the baseline" in words(page)


def test_two_runs_show_the_rise_the_progress_and_what_moved(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", LOW)
    named_run(owner, program_id, "Autumn", HIGH, days=180)
    page = opened("over time")
    assert headline(page) == "Readiness rose from 1.0 to 2.0 of 4 since “Spring”."
    assert "Mindset 1.0, 2.0" in drawn(page)
    shown = words(page)
    assert "What moved since “Spring”" in shown
    assert "✓ +1.0" in shown
    assert "Unchanged: " in shown
    row = '<th scope="row">Mindset</th><td class="gw-num">1.0</td><td class="gw-num">2.0</td>'
    assert f'{row}<td class="gw-num">2.0</td><td class="gw-num">100%</td>' in shown
    assert '<td class="gw-num">2.0</td>' in words(choose(page, "results.trend.as", "Table"))


def test_an_earlier_run_knows_nothing_of_a_later_one(owner: Actor, program_id: str) -> None:
    first = named_run(owner, program_id, "Spring", LOW)
    named_run(owner, program_id, "Autumn", HIGH, days=180)
    assert headline(opened("over time", run=first)) == "One run so far. The next one shows what moved."


def test_what_moved_is_told_of_named_runs_only(owner: Actor, program_id: str) -> None:
    unnamed_run(owner, program_id, NINE)
    named_run(owner, program_id, "Autumn", HIGH, days=180)
    assert "What moved" not in words(opened("over time"))


def test_a_run_of_another_major_version_is_left_out_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    found = over(at("spring", 1), at("summer", 2, version="2.0.0"), at("autumn", 3))
    assert [each.run for each in found.trend.points] == ["spring", "autumn"]
    drawn: list[tables.Table] = []
    monkeypatch.setattr(tables, "show", lambda table, **_: drawn.append(table))
    left_out(found)
    ((name, why),) = drawn[0].rows
    assert name == "Summer"
    assert "another version" in why


def test_progress_has_its_guard() -> None:
    target = load().gates.targets["pilot"]
    rows = {row[0]: row for row in reached(over(at("spring", 1), at("autumn", 2, mindset=2.4)), target).rows}
    assert rows["Mindset"][4] == "met"
    assert rows["Strategy"][4] == 1.0
    assert rows["Mechanism"][4] == 0.0
    fell = {row[0]: row for row in reached(over(at("spring", 1), at("autumn", 2, mindset=1.0)), target).rows}
    assert fell["Mindset"][4] == "fell below"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (2.0, 1.0, "Readiness fell from 2.0 to 1.0 of 4 since “Spring”."),
        (1.0, 1.0, "Readiness stays at 1.0 since “Spring”; no aspect moved."),
        (None, 1.0, "2 runs can be compared, but readiness is not known in each."),
    ],
)
def test_the_headline_of_a_trend(before: float | None, after: float, sentence: str) -> None:
    assert said(over(at("spring", 1, readiness=before), at("autumn", 2, readiness=after))) == sentence


def test_the_steps_are_those_of_the_path(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id, "Spring", LOW)
    path = assessments.path(program_id, run_id)
    page = opened("next steps")
    assert headline(page) == result_path.headline(path)
    shown = words(page)
    assert all(step.statement in shown and step.goal.split("'")[0] in shown for step in path.steps)
    assert "No way is shorter: all were compared." in shown
    assert path.steps[-1].readiness == 2.0


def test_a_proposed_component_is_adopted_with_the_next_level_as_its_goal(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id, "Spring", LOW)
    step = assessments.path(program_id, run_id).steps[0]
    page = opened("next steps")
    buttons = [each for each in page.button if each.label == "Adopt with this goal"]
    buttons[0].click()
    page = page.run()
    assert not page.exception
    (built,) = components.components(program_id)
    assert (built.dimension_id, built.goal) == (step.dimension, step.goal)
    assert f"Component “{built.name}” is planned for this." in words(page)
    assert "Open the plan" in [each.label for each in page.button]


def test_a_viewer_sees_the_steps_and_adopts_nothing(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    named_run(owner, program_id, "Spring", LOW)
    person(owner, program_id, "viewer")
    page = choose(open_as(PAGE, "bo.viewer@example.com", monkeypatch), "aspect", "next steps")
    assert "steps open the mindset gate" in headline(page)
    assert "Adopt with this goal" not in [each.label for each in page.button]


def test_without_a_step_the_reason_stands_there() -> None:
    path = Path(None, None, (), exact=True, readiness_before=None, reason="Not enough answers.")
    assert result_path.headline(path) == "No step to take next. Not enough answers."
    assert result_path.lead(path) == ""


def test_a_path_that_was_not_proven_says_so(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id, "Spring", LOW)
    path = replace(assessments.path(program_id, run_id), exact=False)
    assert "a shorter one may exist" in result_path.lead(path)


def test_the_plan_is_one_press_away(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", LOW)
    page = choose(open_routed(PAGE), "aspect", "next steps")
    next(each for each in page.button if each.label == "Adopt with this goal").click()
    page = page.run()
    next(each for each in page.button if each.label == "Open the plan").click()
    assert "should lift" in headline(page.run())
