"""The results as owner, viewer, stranger and without answers: dots, headline and why from the same answers."""

from typing import Any

import pytest

from assessments.library import load
from pages.ui import result_why
from program.actions.assessments import add_answers, add_respondent, start_run
from program.queries import facts
from program.runs import GivenAnswer
from program.values import Actor
from tests.pages.answered import answered_run
from tests.pages.opening import headline, open_as, open_local, run, words
from tests.program.making import person

PAGE = "assess/results.py"


def drawn(test: Any) -> str:
    return "\n".join(each.proto.json for each in test.get("bidi_component"))


def choose(test: Any, key: str, option: str) -> Any:
    (switch,) = (each for each in test.get("button_group") if each.key == key)
    switch.set_value(option)
    return run(test)


def test_without_answers_it_says_so(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "Nobody has answered yet."
    assert [button.label for button in page.button] == ["Answer the assessment"]
    assert program_id


def test_it_opens_on_the_aspect_to_start_with(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    page = open_local(PAGE)
    assert headline(page).startswith("Mindset stands at 1.0 of 4. Lowest, at 1.0:")
    assert "Intent: median 1.0 of 4, target 2.0, 3 people" in drawn(page)
    assert "Why 1.0 for intent" in words(page)
    assert "The middle answer of 3 people is 1, Individual" in words(page)
    assert "<dt>Answers</dt><dd>1, 1, 2</dd>" in words(page)
    assert "nuanced" in words(page)


def test_a_long_run_says_that_a_person_counts_by_the_mean_of_their_answers(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id, form="long")
    page = open_local(PAGE)
    assert headline(page).startswith("Mindset stands at 1.0 of 4. Lowest, at 1.0:")
    assert "3 people, one dot each; 24 of 24 statements answered." in words(page)
    assert "median over 3 people of the mean of their answers to 3 statements" in words(page)
    assert "Show the 9 rows" in [each.proto.popover.label for each in page.get("popover")]


def answered(owner: Actor, program_id: str, *levels: int) -> None:
    """A short run in which each of some people gives the same level to every statement."""
    run_id = start_run(owner, program_id=program_id, name="Split")
    for at, level in enumerate(levels):
        who = add_respondent(owner, program_id=program_id, run_id=run_id, name=f"Person {at}", function="sales")
        given = [GivenAnswer(each.id, "level", level) for each in load().statements("short")]
        add_answers(owner, program_id=program_id, respondent_id=who, answers=given)


def test_the_median_of_two_camps_is_nobodys_answer(owner: Actor, program_id: str) -> None:
    answered(owner, program_id, 0, 0, 4, 4)
    page = choose(open_local(PAGE), "aspect", "mindset")
    assert "Intent: two camps, unsettled, target 2.0, 4 people" in drawn(page)
    assert "unsettled</text>" in drawn(page)
    assert "met</text>" not in drawn(page)
    assert headline(page).startswith("Mindset stands at 2.0 of 4. Every median meets the target of 2, but two camps")
    assert "The answers of 4 people stand in two camps" in words(page)
    assert '<td class="gw-num">unsettled</td>' in words(choose(page, "results.figure.as", "Table"))


@pytest.mark.parametrize("levels", [(0, 4), (0, 3, 4), (2, 2, 3)])
def test_two_people_or_a_spread_make_no_camps(owner: Actor, program_id: str, levels: tuple[int, ...]) -> None:
    answered(owner, program_id, *levels)
    page = choose(open_local(PAGE), "aspect", "mindset")
    assert "unsettled" not in drawn(page)
    assert "two camps" not in words(page)


def test_who_does_not_know_is_a_result(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    page = open_local(PAGE)
    assert "? Unknown to many" in drawn(page)
    page.selectbox(key="results.mindset").set_value("MI-MEAN")
    why = words(run(page))
    assert "Why 1.0 for shared meaning" in why
    assert "2 “don&#x27;t know”" in why


def test_the_rows_behind_a_number_are_text(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    shown = words(open_local(PAGE))
    assert "Ada &lt;b&gt;King&lt;/b&gt;" in shown
    assert "<b>King" not in shown


def test_of_many_rows_the_first_are_shown(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_why, "MOST_ROWS", 2)
    answered_run(owner, program_id)
    page = open_local(PAGE)
    assert "The first 2 of 3 rows; the downloads have all of them." in words(page)
    assert words(page).count("MI-INT-1</td>") == 2


def test_a_part_that_nobody_rated_says_nobody(owner: Actor, program_id: str) -> None:
    run_id = start_run(owner, program_id=program_id, name="Gaps")
    who = add_respondent(owner, program_id=program_id, run_id=run_id, name="Bo", function="it")
    given = [GivenAnswer(each.id, "level", 2) for each in load().statements("short") if each.id != "MI-CTL-1"]
    add_answers(owner, program_id=program_id, respondent_id=who, answers=given)
    assert "Customer control: median n/a, target 2.0, nobody" in drawn(choose(open_local(PAGE), "aspect", "mindset"))


def test_only_what_is_held_against_the_clients_data_reads_it(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    before = facts._read.cache_info()
    page = choose(open_local(PAGE), "aspect", "mindset")
    assert facts._read.cache_info() == before
    choose(page, "aspect", "readiness")
    assert facts._read.cache_info() != before


def test_an_aspect_and_its_table(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    page = choose(open_local(PAGE), "aspect", "mechanism")
    assert headline(page) == "Mechanism stands at 3.0 of 4. Every part meets the target of 2."
    table = choose(page, "results.figure.as", "Table")
    assert '<td class="gw-num">3.0</td><td class="gw-num">2.0</td><td class="gw-num">+1.0</td>' in words(table)
    assert not drawn(table)


def test_readiness_shows_its_arithmetic_its_caps_and_the_essay(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    page = choose(open_local(PAGE), "aspect", "readiness")
    assert headline(page) == "Start with mindset. Another 1.0 there lifts readiness from 1.0 to 2.0 of 4."
    why = words(page)
    assert "mindset 1.0, mechanism 3.0, strategy 3.0" in why
    assert "mindset 1.0, mechanism 2.0, strategy 1.0" in why
    assert "forever struggle for a foothold" in why
    assert "then and only then" in why
    assert "mindset closed, mechanism open" in why


def test_a_viewer_reads_results(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answered_run(owner, program_id)
    person(owner, program_id, "viewer")
    assert headline(open_as(PAGE, "bo.viewer@example.com", monkeypatch)).startswith("Mindset stands at 1.0")


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answered_run(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "Mindset stands" not in words(page)
    assert not drawn(page)
