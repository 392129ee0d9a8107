"""Which run the results show: the newest that can be read, any other by name, and nothing of an open anonymous one."""

import json
from typing import Any

import pytest

from assessments.library import load
from program.actions.assessments import add_answers, add_respondent, start_run
from program.queries import assessments
from program.reports import assessment as reports
from program.runs import GivenAnswer
from program.values import Actor
from tests.pages.opening import headline, open_as, run, words
from tests.pages.reviewed import PAGE, choose, downloads, drawn, named_run, opened, unnamed_run
from tests.program.inviting import ELEVEN, NINE, SHORT, anonymous_run, close, everybody, link_of
from tests.program.making import person

LOW = {"mindset": (1, 1, 1), "mechanism": (2, 2, 2), "strategy": (2, 2, 2)}
HIGH = {"mindset": (3, 3, 3), "mechanism": (3, 3, 3), "strategy": (3, 3, 3)}


def chooser(test: Any) -> Any:
    (found,) = (each for each in test.selectbox if each.label == "As of")
    return found


def test_the_newest_run_is_shown_and_an_older_one_by_its_name(owner: Actor, program_id: str) -> None:
    first = named_run(owner, program_id, "Spring", LOW)
    named_run(owner, program_id, "Autumn", HIGH, days=180)
    page = opened("mindset")
    assert headline(page).startswith("Mindset stands at 3.0 of 4.")
    names = chooser(page).options
    assert names == ["Autumn · 29 Aug 2026 to 30 Aug 2026", "Spring · 2 Mar 2026 to 3 Mar 2026"]
    chooser(page).set_value(first)
    page = run(page)
    assert headline(page).startswith("Mindset stands at 1.0 of 4.")
    assert page.query_params["run"] == first
    assert "data to 3 Mar 2026" in words(page)


def test_the_address_names_the_run(owner: Actor, program_id: str) -> None:
    first = named_run(owner, program_id, "Spring", LOW)
    named_run(owner, program_id, "Autumn", HIGH, days=180)
    assert headline(opened("mindset", run=first)).startswith("Mindset stands at 1.0 of 4.")
    assert headline(opened("mindset", run="nowhere")).startswith("Mindset stands at 3.0 of 4.")


def test_runs_of_the_same_name_and_day_are_told_apart(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", LOW)
    named_run(owner, program_id, "Spring", HIGH)
    assert len(set(chooser(opened()).options)) == 2


def test_an_open_anonymous_run_says_only_how_many_answered(owner: Actor, program_id: str) -> None:
    run_id = unnamed_run(owner, program_id, NINE, closed=False)
    page = opened()
    assert headline(page) == "9 people have answered. Results appear when “What is so” is closed."
    assert not drawn(page)
    assert not downloads(page)
    assert "Median" not in words(page)
    named_run(owner, program_id, "Spring", LOW)
    assert headline(opened("mindset")).startswith("Mindset stands at 1.0")
    assert headline(opened(run=run_id)).startswith("9 people have answered.")


@pytest.mark.parametrize("people", [1, 2, 3])
def test_an_anonymous_run_of_too_few_is_a_sentence(owner: Actor, program_id: str, people: int) -> None:
    unnamed_run(owner, program_id, ("sales",) * people)
    page = opened("mindset")
    assert headline(page) == "Mindset cannot be shown: too few people answered it to stay unnamed."
    assert "at least 4 people" in words(page)
    assert not drawn(page)
    readiness = choose(page, "aspect", "readiness")
    assert headline(readiness) == "Readiness cannot be shown. Too few people answered this run to stay unnamed."
    assert "too few people to show it" in drawn(readiness)
    for view in ("over time", "next steps"):
        assert headline(choose(readiness, "aspect", view))


def test_anonymous_roles_are_shown_only_where_no_subtraction_tells_more(owner: Actor, program_id: str) -> None:
    unnamed_run(owner, program_id, NINE)
    shown = words(choose(opened("mindset"), "results.figure.as", "Roles"))
    assert ">Sales</th>" in shown
    assert ">Service</th>" in shown
    assert "person 0" not in shown


def test_eleven_people_hide_the_two_and_who_would_give_them_away(owner: Actor, program_id: str) -> None:
    unnamed_run(owner, program_id, ELEVEN)
    page = choose(opened("mindset"), "results.figure.as", "Roles")
    assert ">Other roles</th>" in words(page)
    assert ">Service</th>" in words(page)
    assert ">IT</th>" not in words(page)
    assert ">Sales</th>" not in words(page)
    assert "rows" not in " ".join(each.proto.popover.label for each in page.get("popover"))


def test_a_long_anonymous_run_shows_answers_by_level(owner: Actor, program_id: str) -> None:
    """Nothing ties one person's answers together, so no dot is a person."""
    run_id = start_run(owner, program_id=program_id, name="Long", form="long", anonymous=True)
    asked = [each.id for each in load().statements("long", aspect="mindset")]
    everybody(link_of(program_id, run_id), owner, ("sales",) * 5, asked)
    close(owner, program_id, run_id)
    page = opened("mindset")
    assert "5 people; bars count their answers by level" in words(page)
    shown = drawn(page)
    assert "<circle" not in shown
    score = assessments.assessment(program_id, run_id).aspects["mindset"]
    bars = sum(len({each.level for each in part.answers}) for part in score.dimensions)
    assert shown.count("var(--gw-mindset)") == bars > len(score.dimensions)


def test_what_is_withheld_is_never_called_unanswered(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    everybody(invite, owner, ("sales",) * 4, [each for each in SHORT if each != "MI-CTL-1"])
    everybody(invite, owner, ("sales",), SHORT)
    close(owner, program_id, run_id)
    page = opened("mindset")
    assert "Customer control: median n/a, target 2.0, not shown" in drawn(page)
    page.selectbox(key="results.mindset").set_value("MI-CTL")
    shown = words(run(page))
    assert "Fewer than 4 people answered customer control or a statement that it needs" in shown
    assert "<dd>no level is claimed; nothing attached</dd>" in shown
    assert "Nobody gave" not in shown
    assert "<dt>Left out</dt>" not in shown


def test_the_page_says_the_score_that_the_query_says(owner: Actor, program_id: str) -> None:
    run_id = unnamed_run(owner, program_id, NINE)
    found = assessments.assessment(program_id, run_id).aspects["mindset"]
    assert found.score is not None
    assert headline(opened("mindset")).startswith(f"Mindset stands at {found.score:.1f} of 4.")


def test_the_target_is_the_programs_and_can_be_another(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", {**HIGH, "mindset": (2, 2, 2)})
    page = opened("mindset")
    assert "Every part meets the target of 2." in headline(page)
    page.selectbox(key="target").set_value("Target: company-wide")
    page = run(page)
    assert "Lowest, at 2.0" in headline(page)
    assert "target 3.0" in drawn(page)


def test_exports_carry_the_model_and_answers_only_of_named_runs(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id, "Spring", LOW)
    assert {"Excel workbook", "JSON", "Answers, CSV", "Ratings, CSV"} <= set(downloads(opened()))
    document = json.loads(reports.document(program_id, run_id))
    assert document["model"]["sha256"] == load().sha256
    unnamed = unnamed_run(owner, program_id, NINE)
    assert "Excel workbook" in downloads(opened(run=unnamed))
    assert not {"Answers, CSV", "Ratings, CSV"} & set(downloads(opened(run=unnamed)))


def test_one_person_is_a_result(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", dict.fromkeys(LOW, (2,)))
    page = opened("readiness")
    assert headline(page)
    assert "Too few people answered to say how sure that is." in words(page)
    for view in ("mindset", "over time", "next steps"):
        assert headline(choose(page, "aspect", view))


def test_nobody_knowing_anything_is_a_sentence(owner: Actor, program_id: str) -> None:
    run_id = start_run(owner, program_id=program_id, name="Dark")
    who = add_respondent(owner, program_id=program_id, run_id=run_id, name="Bo", function="it")
    given = [GivenAnswer(each.id, "dont_know") for each in load().statements("short")]
    add_answers(owner, program_id=program_id, respondent_id=who, answers=given)
    page = opened("mindset")
    assert headline(page) == "Mindset has no score. Nobody gave any dimension of mindset a level."
    for shown in ("Table", "Radar", "Roles"):
        page = choose(page, "results.figure.as", shown)
    for view in ("readiness", "over time", "next steps"):
        assert headline(choose(page, "aspect", view))


def test_a_viewer_may_take_files_along(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named_run(owner, program_id, "Spring", LOW)
    person(owner, program_id, "viewer")
    assert "JSON" in downloads(open_as(PAGE, "bo.viewer@example.com", monkeypatch))
