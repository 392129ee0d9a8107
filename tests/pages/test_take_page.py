"""Taking the assessment: every answer is kept at once, resumable, in both ways, by those who may."""

from typing import Any

import pytest

from program.actions.assessments import close_run, join_run, save_answer, start_run
from program.queries.assessments import latest_run, my_answers, my_respondent, run
from program.values import Actor
from tests.pages.opening import headline, open_as, open_local, press, view, words
from tests.pages.opening import run as rerun
from tests.program.making import person

PAGE = "assess/take.py"


@pytest.fixture
def run_id(owner: Actor, program_id: str) -> str:
    return start_run(owner, program_id=program_id, name="First reading")


@pytest.fixture
def me(owner: Actor, program_id: str, run_id: str) -> str:
    return join_run(owner, program_id=program_id, run_id=run_id, function="service")


def labels(test: Any) -> list[str]:
    return [button.label for button in test.button]


def choose(page: Any, level: int, at: int = 0) -> Any:
    page.radio[at].set_value(level)
    return rerun(page)


def test_an_owner_starts_the_first_run(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "No assessment is open yet."
    press(page, "Start the assessment")
    found = latest_run(program_id)
    assert found is not None
    assert found.form == "short"
    assert headline(page).startswith("Answer “")


def test_somebody_joins_with_a_function(owner: Actor, program_id: str, run_id: str) -> None:
    page = open_local(PAGE)
    page.selectbox(key="take.function").set_value("service")
    press(page, "Begin")
    mine = my_respondent(program_id, run_id, owner.user_id)
    assert mine is not None
    assert mine.function == "service"
    assert headline(page) == "23 statements. Say what is so, not what should be."


def test_each_answer_is_kept_at_once_and_can_be_changed(program_id: str, me: str) -> None:
    page = open_local(PAGE)
    assert page.radio[0].value is None
    choose(page, 2)
    assert my_answers(program_id, me)["MI-INT-1"].level == 2
    assert headline(page) == "1 of 23 answered. 22 statements to go."
    assert "✓ Saved" in words(page)
    choose(page, 0)
    assert my_answers(program_id, me)["MI-INT-1"].level == 0


def test_it_resumes_at_the_first_statement_without_an_answer(program_id: str, me: str) -> None:
    page = open_local(PAGE)
    choose(page, 2)
    press(page, "Next")
    press(page, "I don\N{RIGHT SINGLE QUOTATION MARK}t know")
    assert my_answers(program_id, me)["MI-VOC-1"].kind == "dont_know"
    again = open_local(PAGE)
    assert "Statement 3 of 23" in words(again)
    press(again, "Back")
    assert "✓ Saved</span> “I don\N{RIGHT SINGLE QUOTATION MARK}t know”" in words(again)


def test_not_applicable_needs_a_reason(program_id: str, me: str) -> None:
    page = open_local(PAGE)
    press(page, "Save")
    assert my_answers(program_id, me) == {}
    assert "Say in a few words why this does not apply." in words(page)
    page.text_input(key="take.MI-INT-1.reason").set_value("We have <no> customers yet")
    press(page, "Save")
    assert my_answers(program_id, me)["MI-INT-1"].reason == "We have <no> customers yet"
    assert "We have &lt;no&gt; customers yet" in words(page)


def test_the_list_keeps_answers_too(program_id: str, me: str) -> None:
    page = open_local(PAGE)
    view(page, "List")
    assert len(page.radio) == 23
    choose(page, 3, at=22)
    (answer,) = my_answers(program_id, me).values()
    assert answer.level == 3


def test_an_answer_given_on_another_device_is_not_overwritten(owner: Actor, program_id: str, me: str) -> None:
    page = open_local(PAGE)
    choose(page, 2)
    given = {"program_id": program_id, "respondent_id": me, "statement_id": "MI-INT-1", "kind": "level", "version": 1}
    sheet_from_before = page
    save_answer(owner, **given, level=4)  # type: ignore[arg-type]
    choose(sheet_from_before, 1)
    assert "Your change was not saved" in words(page)
    assert my_answers(program_id, me)["MI-INT-1"].level == 4


def test_a_closed_run_takes_no_answers(owner: Actor, program_id: str, run_id: str, me: str) -> None:
    close_run(owner, program_id=program_id, run_id=run_id, version=run(program_id, run_id).version)
    page = open_local(PAGE)
    assert headline(page) == "“First reading” is closed. It takes no more answers."
    assert not page.radio[1:]
    assert my_answers(program_id, me) == {}


def test_an_editor_answers_and_does_not_close(
    owner: Actor, program_id: str, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, "editor")
    page = open_as(PAGE, "bo.editor@example.com", monkeypatch)
    press(page, "Begin")
    assert len(page.radio) == 1
    assert "Close for good" not in labels(page)
    assert run(program_id, run_id).respondents == 1


def test_a_viewer_is_told_that_viewers_do_not_answer(
    owner: Actor, program_id: str, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert headline(page) == "You read this program; you do not answer for it."
    assert not page.radio
    assert run(program_id, run_id).respondents == 0


def test_a_stranger_sees_nothing(run_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert run_id not in words(page)
    assert not page.radio
