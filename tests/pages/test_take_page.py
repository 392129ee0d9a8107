"""Taking the assessment: every answer is kept at once, resumable, in both ways, by those who may."""

import re
from typing import Any

import pytest

from program.actions.assessments import close_run, join_run, save_answer, start_run
from program.queries.assessments import latest_run, library, my_answers, my_respondent, run
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


def main(test: Any) -> list[str]:
    """The primary buttons."""
    return [button.label for button in test.button if button.proto.type == "primary"]


def statements(test: Any) -> list[Any]:
    """The radios of the statements; a facilitator has others, for starting another run."""
    return [radio for radio in test.radio if re.fullmatch(r"take\.[A-Z]{2}-[A-Z0-9]+-\d", str(radio.key))]


def choose(page: Any, level: int, at: int = 0) -> Any:
    statements(page)[at].set_value(level)
    return rerun(page)


def test_an_owner_starts_the_first_run(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "No assessment is open yet."
    beside, frame = page.columns
    assert [field.label for field in beside.text_input] == ["Name"]
    assert "gw-frame" in frame.get("html")[0].proto.body
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
    assert statements(page)[0].value is None
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
    assert len(statements(page)) == 23
    choose(page, 3, at=22)
    (answer,) = my_answers(program_id, me).values()
    assert answer.level == 3


def test_an_owner_chooses_the_long_form(program_id: str) -> None:
    page = open_local(PAGE)
    assert page.radio(key="run.form").options == [
        "Short form: 23 statements, about 12 minutes",
        "Long form: 87 statements, about 44 minutes",
    ]
    page.radio(key="run.form").set_value("long")
    press(page, "Start the assessment")
    found = latest_run(program_id)
    assert found is not None
    assert found.form == "long"


@pytest.fixture
def mine_of_87(owner: Actor, program_id: str) -> str:
    long_run = start_run(owner, program_id=program_id, name="Steering team", form="long")
    return join_run(owner, program_id=program_id, run_id=long_run, function="service")


def test_the_long_form_asks_one_statement_at_a_time(program_id: str, mine_of_87: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "87 statements. Say what is so, not what should be."
    choose(page, 2)
    assert headline(page) == "1 of 87 answered. 86 statements to go."
    press(page, "Next")
    assert "Statement 2 of 87" in words(page)
    choose(page, 3)
    assert {id_: each.level for id_, each in my_answers(program_id, mine_of_87).items()} == {
        "MI-INT-1": 2,
        "MI-INT-2": 3,
    }
    assert "Statement 3 of 87" in words(open_local(PAGE))


def test_the_long_form_goes_to_a_part_and_to_what_is_open_in_it(program_id: str, mine_of_87: str) -> None:
    page = open_local(PAGE)
    choose(page, 2)
    parts = page.selectbox(key="take.part")
    assert len(parts.options) == 23
    assert parts.options[0] == "Mindset · Intent, 1 of 3 answered"
    parts.set_value("ST-PRG")
    rerun(page)
    assert "Statement 78 of 87" in words(page)
    choose(page, 1)
    page.selectbox(key="take.part").set_value("MI-INT")
    assert "Statement 2 of 87" in words(rerun(page))
    assert set(my_answers(program_id, mine_of_87)) == {"MI-INT-1", "ST-PRG-1"}


def test_the_list_of_the_long_form_stands_by_aspect_and_part(program_id: str, mine_of_87: str) -> None:
    page = open_local(PAGE)
    view(page, "List")
    assert len(statements(page)) == 87
    assert words(page).count('class="gw-dimension"') == 23
    choose(page, 3, at=86)
    for heading in ("Mindset, 0 of 24 answered", "Mechanism, 0 of 32 answered", "Strategy, 1 of 31 answered"):
        assert f">{heading}</h2>" in words(page)
    assert "Strategy · Advocacy, 1 of 4 answered" in words(page)
    (answer,) = my_answers(program_id, mine_of_87)
    assert answer == "ST-ADV-4"


@pytest.mark.usefixtures("me")
def test_the_short_form_has_no_parts_to_go_to() -> None:
    page = open_local(PAGE)
    assert "take.part" not in [field.key for field in page.selectbox]
    view(page, "List")
    assert 'gw-dimension"' not in words(page)


def test_the_results_wait_for_an_answer_and_stand_beside_next(me: str) -> None:
    page = open_local(PAGE)
    assert "See the results" not in labels(page)
    assert main(page) == ["Next"]
    choose(page, 2)
    at = labels(page).index("Back")
    assert labels(page)[at : at + 3] == ["Back", "Next", "See the results"]
    assert main(page) == ["Next"]
    view(page, "List")
    assert labels(page).count("See the results") == 1
    assert main(page) == []
    assert me


def answer_all(owner: Actor, program_id: str, run_id: str, me: str) -> None:
    given = {"program_id": program_id, "respondent_id": me, "kind": "level", "level": 1, "version": None}
    for statement in library(program_id, run_id).statements("short"):
        save_answer(owner, **given, statement_id=statement.id)  # type: ignore[arg-type]


def test_who_answered_everything_is_led_to_what_they_see(owner: Actor, program_id: str, run_id: str, me: str) -> None:
    answer_all(owner, program_id, run_id, me)
    page = open_local(PAGE)
    assert headline(page) == "You answered all 23 statements. Change them until the run closes."
    assert main(page) == ["What do you see?"]
    assert "See the results" in labels(page)
    for _ in range(22):
        press(page, "Next")
    assert "Statement 23 of 23" in words(page)
    assert main(page) == ["What do you see?"]
    view(page, "List")
    assert main(page) == ["What do you see?"]
    press(page, "What do you see?")
    assert headline(page) == "What do you see? 0 of 8 answered. Skip what you cannot say."
    for _ in range(7):
        assert main(page) == ["Skip"]
        press(page, "Skip")
    assert main(page) == ["See the results"]


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
    assert not statements(page)
    assert my_answers(program_id, me) == {}


def test_an_editor_answers_and_does_not_close(
    owner: Actor, program_id: str, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, "editor")
    page = open_as(PAGE, "bo.editor@example.com", monkeypatch)
    press(page, "Begin")
    assert len(statements(page)) == 1
    assert "Close for good" not in labels(page)
    assert run(program_id, run_id).respondents == 1


def test_a_viewer_is_told_that_viewers_do_not_answer(
    owner: Actor, program_id: str, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert headline(page) == "You read this program; you do not answer for it."
    assert not statements(page)
    assert run(program_id, run_id).respondents == 0


def test_a_stranger_sees_nothing(run_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert run_id not in words(page)
    assert not statements(page)
