"""What people see: the perspective questions in their order, each answer kept at once, nothing suggested."""

from typing import Any

import pytest

from assessments.perspective import CARDS
from program.actions.assessments import add_answers, add_respondent, join_run, start_run
from program.queries.assessments import my_views, others_gains
from program.runs import GivenView
from program.values import Actor
from tests.pages.opening import headline, open_local, press, view, words
from tests.pages.opening import run as rerun

PAGE = "assess/take.py"
VIEWS = "What do you see?"


@pytest.fixture
def run_id(owner: Actor, program_id: str) -> str:
    return start_run(owner, program_id=program_id, name="First reading")


@pytest.fixture
def me(owner: Actor, program_id: str, run_id: str) -> str:
    return join_run(owner, program_id=program_id, run_id=run_id, function="service")


def opened(skipped: int = 0) -> Any:
    page = view(open_local(PAGE), VIEWS)
    for _ in range(skipped):
        press(page, "Skip")
    return page


def said(program_id: str, me: str, question: str, about: str = "") -> Any:
    return my_views(program_id, me)[question, about].value


def put(page: Any, key: str, value: object, kind: str = "radio") -> Any:
    getattr(page, kind)(key=key).set_value(value)
    return rerun(page)


def test_the_questions_come_in_their_order_and_may_be_skipped(program_id: str, me: str) -> None:
    page = opened()
    asked = []
    for number in range(1, 9):
        assert f"Question {number} of 8" in words(page)
        asked.append(words(page).split('<h2 class="gw-statement" lang="en">')[1].split("</h2>")[0])
        if number < 8:
            press(page, "Skip")
    assert asked[1] == "What is in it for your customers?"
    assert asked[2] == "What is in it for you and your team?"
    assert asked[7] == "Who leads Social CRM today, and who should lead it in 12 months?"
    assert my_views(program_id, me) == {}
    assert "Question 1 of 8" in words(opened())


def test_a_pole_is_chosen_then_moved_and_explained(program_id: str, me: str) -> None:
    page = opened()
    assert not page.slider
    assert page.radio(key="views.P1.between.pole").value is None
    put(page, "views.P1.between.pole", 10)
    assert said(program_id, me, "P1") == {"position": 10, "why": ""}
    put(page, "views.P1.between.position", 6, "slider")
    put(page, "views.P1.why", "We listen more than before", "text_area")
    assert said(program_id, me, "P1") == {"position": 6, "why": "We listen more than before"}
    put(page, "views.P1.between.position", 5, "slider")
    assert page.radio(key="views.P1.between.pole").value is None
    assert headline(page) == "What do you see? 1 of 8 answered. Skip what you cannot say."


def test_words_are_kept_as_soon_as_a_field_is_left(program_id: str, me: str) -> None:
    page = opened(2)
    put(page, "views.P3.gain", "Fewer repeats", "text_area")
    put(page, "views.P3.fear", "Another <tool>", "text_area")
    assert said(program_id, me, "P3") == {"gain": "Fewer repeats", "loss": "", "fear": "Another <tool>"}
    assert "✓ Saved" in words(page)
    again = opened(2)
    assert again.text_area(key="views.P3.gain").value == "Fewer repeats"


def test_cards_are_ranked_by_pressing_them_and_nothing_is_kept_before_the_order_is_whole(
    program_id: str, me: str
) -> None:
    page = opened(3)
    for number in range(5):
        assert my_views(program_id, me) == {}
        page.button(key="views.P4.order.card.1").click()
        rerun(page)
        if number == 1:
            press(page, "Take the last one back")
            page.button(key="views.P4.order.card.1").click()
            rerun(page)
    order = said(program_id, me, "P4")["order"]
    assert sorted(order) == sorted(CARDS)
    assert order == [*CARDS[1:], CARDS[0]]
    press(page, "Begin anew")
    assert "Press the card that fits best. 6 left." in words(page)
    assert said(program_id, me, "P4")["order"] == order


def test_other_functions_are_guessed_one_after_another_but_not_ones_own(program_id: str, me: str) -> None:
    page = opened(4)
    which = page.selectbox(key="views.about")
    assert "Service" not in which.options
    assert "Consultant" not in which.options
    put(page, "views.about", "it", "selectbox")
    put(page, "views.P5it.between.pole", 0)
    put(page, "views.about", "sales", "selectbox")
    put(page, "views.P5sales.between.pole", 10)
    for _ in range(5):
        page.button(key="views.P5sales.order.card.0").click()
        rerun(page)
    assert said(program_id, me, "P5", "it") == {"position": 0, "order": None}
    assert said(program_id, me, "P5", "sales") == {"position": 10, "order": list(CARDS)}
    assert "You guessed for " in words(page)


def test_owner_aspect_and_stage_are_chosen(program_id: str, me: str) -> None:
    page = opened(5)
    put(page, "views.P6.function", "service", "selectbox")
    put(page, "views.P6.who", "Head of service", "text_input")
    press(page, "Next")
    put(page, "views.P7.aspect", "mechanism", "selectbox")
    press(page, "Next")
    put(page, "views.OWN.current", "network")
    assert ("OWN", "") not in my_views(program_id, me)
    assert "Kept when both are chosen." in words(page)
    put(page, "views.OWN.future", "dont_know")
    put(page, "views.OWN.budget_line", "4711", "text_input")
    assert said(program_id, me, "P6") == {"function": "service", "who": "Head of service"}
    assert said(program_id, me, "P7") == {"aspect": "mechanism"}
    kept = said(program_id, me, "OWN")
    assert (kept["current"], kept["future"], kept["budget_line"]) == ("network", "dont_know", "4711")


def test_others_points_appear_after_ones_own_and_can_be_agreed_with(
    owner: Actor, program_id: str, run_id: str, me: str
) -> None:
    other = add_respondent(owner, program_id=program_id, run_id=run_id, name="Omar", function="it")
    given = GivenView("P3", {"gain": "A quiet <inbox>", "loss": "", "fear": ""})
    add_answers(owner, program_id=program_id, respondent_id=other, answers=[], views=[given])
    page = opened(2)
    assert "inbox" not in words(page)
    put(page, "views.P3.gain", "Fewer repeats", "text_area")
    assert "A quiet &lt;inbox&gt;" in words(page)
    assert "Omar" not in words(page).split("gw-table")[0], "only the facilitator's table has names"
    assert "IT · nobody has agreed yet" in words(page)
    press(page, "I agree")
    assert [point.support for point in others_gains(program_id, run_id, me)] == [1]
    press(page, "✓ I agree")
    assert [point.support for point in others_gains(program_id, run_id, me)] == [0]
