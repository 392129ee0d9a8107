"""Answering by a run's link: no account, nothing but the questions, resumable by a code, and honest about itself."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import deep_links, device, signing
from program.actions.assessments import make_link, stop_link
from program.actions.programs import archive_program
from program.queries import assessments as queries
from program.queries import invited
from program.runs import resume_code
from program.values import Actor
from tests.pages.opening import ROOT, headline, press, view, words
from tests.pages.opening import run as rerun
from tests.program.inviting import anonymous_run, close, guest, named_run, said

CLOSED = "This link is not open."


@pytest.fixture(params=["signed out", "local"])
def anybody(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the page: somebody without an account, or the owner at this machine."""
    if request.param == "signed out":
        outside(monkeypatch)


@pytest.fixture
def outsider(monkeypatch: pytest.MonkeyPatch) -> None:
    outside(monkeypatch)


def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "settings", lambda: {"redirect_uri": "http://localhost/oauth2callback"})


def open_link(code: str | None) -> Any:
    test = AppTest.from_file(ROOT / "pages" / "assess/invited.py", default_timeout=20)
    test.user = {"is_logged_in": False}
    if code is not None:
        test.query_params["code"] = code
    return rerun(test)


def token(page: Any) -> str:
    (held,) = page.session_state[device.HELD].values()
    return str(held)


def answer_as(page: Any, function: str) -> None:
    (pills,) = page.get("button_group")
    pills.set_value(function)


def begin(page: Any, function: str = "Service", name: str = "") -> Any:
    if name:
        page.text_input(key="invited.name").set_value(name)
    answer_as(page, function)
    return press(page, "Begin")


def labels(page: Any) -> list[str]:
    return [button.label for button in page.button]


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize("code", [None, "", "wrong", "x" * 20_000, "' OR 1=1 --"])
def test_without_the_link_of_an_open_run_nothing_is_said(owner: Actor, program_id: str, code: str | None) -> None:
    named_run(owner, program_id)
    page = open_link(code)
    assert headline(page) == CLOSED
    assert "Lindqvist" not in words(page)
    assert device.HELD not in page.session_state
    assert labels(page) == []


@pytest.mark.usefixtures("outsider")
@pytest.mark.parametrize("end", ["closed", "stopped", "archived"])
def test_a_link_that_ended_reads_like_one_that_never_was(owner: Actor, program_id: str, end: str) -> None:
    run_id, code = named_run(owner, program_id)
    version = queries.run(program_id, run_id).version
    page = begin(open_link(code), name="Dana")
    if end == "closed":
        close(owner, program_id, run_id)
    elif end == "stopped":
        stop_link(owner, program_id=program_id, run_id=run_id, version=version)
        assert make_link(owner, program_id=program_id, run_id=run_id, version=version + 1) != code
    else:
        archive_program(owner, program_id=program_id, version=1)
    for each in (rerun(page), open_link(code)):
        assert headline(each) == CLOSED
        assert "Lindqvist" not in words(each)


@pytest.mark.usefixtures("anybody")
def test_an_anonymous_run_asks_for_a_function_alone_and_says_what_becomes_of_the_answers(
    owner: Actor, program_id: str
) -> None:
    run_id, code = anonymous_run(owner, program_id)
    page = open_link(code)
    assert headline(page) == "Lindqvist Outdoor asks you what is so, not what should be."
    assert [field.key for field in page.text_input] == ["invited.code"]
    for promise in ("Nobody, not even the owner", "fewer than 4 people is never shown", "destroyed", "The limit:"):
        assert promise in words(page)
    begin(page)
    assert headline(page) == "23 statements. Say what is so, not what should be."
    page.radio[0].set_value(3)
    rerun(page)
    who = guest(code, owner, token(page))
    assert invited.my_answers(who)["MI-INT-1"].level == 3
    assert "✓ Saved" in words(page)
    assert queries.run(program_id, run_id).answers == 0
    for hidden in ("Add a note", "Evidence", "See the results"):
        assert hidden not in labels(page) + [each.proto.popover.label for each in page.get("popover")]


@pytest.mark.usefixtures("outsider")
def test_a_named_run_asks_for_a_name_too(owner: Actor, program_id: str) -> None:
    _, code = named_run(owner, program_id)
    page = open_link(code)
    assert "see your answers with your name and function" in words(page)
    answer_as(page, "Sales")
    press(page, "Begin")
    assert "This cannot be saved as it is" in words(page)
    begin(page, "Sales", name="Dana <b>Reyes")
    assert "You answer as Dana &lt;b&gt;Reyes, Sales." in words(page)
    me = invited.me(guest(code, owner, token(page)))
    assert me is not None
    assert (me.name, me.function) == ("Dana <b>Reyes", "sales")


@pytest.mark.usefixtures("outsider")
def test_nobody_begins_without_a_function(owner: Actor, program_id: str) -> None:
    _, code = anonymous_run(owner, program_id)
    page = press(open_link(code), "Begin")
    assert "Choose your function" in words(page)
    assert invited.me(guest(code, owner, token(page))) is None


@pytest.mark.usefixtures("outsider")
def test_the_code_goes_on_on_another_device(owner: Actor, program_id: str) -> None:
    _, code = anonymous_run(owner, program_id)
    first = begin(open_link(code))
    first.radio[0].set_value(4)
    rerun(first)
    shown = resume_code(token(first))
    assert shown in [each.value for each in first.code]
    second = open_link(code)
    assert token(second) != token(first)
    second.text_input(key="invited.code").set_value(shown.lower().replace(" ", "-"))
    press(second, "Go on")
    assert headline(second) == "1 of 23 answered. 22 statements to go."
    assert token(second) == token(first)


@pytest.mark.usefixtures("outsider")
def test_a_code_of_one_run_opens_nothing_in_another(owner: Actor, program_id: str) -> None:
    """Who helps somebody in a named run, and sees the code, does not find them in an anonymous one."""
    _, named = named_run(owner, program_id)
    _, anonymous = anonymous_run(owner, program_id)
    page = begin(open_link(named), name="Dana")
    code = token(page)
    page.query_params["code"] = anonymous
    page = begin(rerun(page))
    held = page.session_state[device.HELD]
    assert len(set(held.values())) == len(held) == 2
    assert invited.me(guest(named, owner, code)) is not None
    assert invited.me(guest(anonymous, owner, code)) is None


@pytest.mark.usefixtures("outsider")
@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("", "This cannot be saved as it is"),
        ("ABC", "no resume code"),
        ("AAAA " * 4, "No answers are kept under this code"),
    ],
)
def test_a_wrong_code_changes_nothing(owner: Actor, program_id: str, typed: str, reply: str) -> None:
    _, code = anonymous_run(owner, program_id)
    page = open_link(code)
    before = token(page)
    page.text_input(key="invited.code").set_value(typed)
    press(page, "Go on")
    assert reply in words(page)
    assert token(page) == before
    assert headline(page).startswith("Lindqvist Outdoor asks")


@pytest.mark.usefixtures("outsider")
def test_the_next_person_on_a_device_begins_anew(owner: Actor, program_id: str) -> None:
    _, code = named_run(owner, program_id)
    page = begin(open_link(code), name="Dana")
    page.radio[0].set_value(4)
    rerun(page)
    before = token(page)
    press(page, "Begin anew on this device")
    assert headline(page).startswith("Lindqvist Outdoor asks")
    begin(page, "IT", name="Omar")
    assert headline(page) == "23 statements. Say what is so, not what should be."
    assert page.radio[0].value is None
    assert invited.my_answers(guest(code, owner, before))["MI-INT-1"].level == 4


@pytest.mark.usefixtures("outsider")
def test_an_answer_from_the_other_device_is_not_overwritten(owner: Actor, program_id: str) -> None:
    _, code = named_run(owner, program_id)
    page = begin(open_link(code), name="Dana")
    said(guest(code, owner, token(page)), {"MI-INT-1": 1})
    page.radio[0].set_value(4)
    rerun(page)
    assert "Your change was not saved" in words(page)
    assert invited.my_answers(guest(code, owner, token(page)))["MI-INT-1"].level == 1


@pytest.mark.usefixtures("outsider")
def test_anonymous_people_are_not_asked_for_their_own_words(owner: Actor, program_id: str) -> None:
    _, code = anonymous_run(owner, program_id)
    page = view(begin(open_link(code)), "What do you see?")
    assert headline(page) == "What do you see? 0 of 6 answered. Skip what you cannot say."
    for _ in range(5):
        assert not page.text_area
        assert [field.key for field in page.text_input] == []
        press(page, "Skip")
    assert "Who leads Social CRM today" in words(page)
    assert "See the results" not in labels(page)


@pytest.mark.usefixtures("outsider")
def test_a_named_guest_says_what_they_see_and_reads_nobody_else(owner: Actor, program_id: str) -> None:
    _, code = named_run(owner, program_id)
    other = begin(open_link(code), "IT", name="Omar")
    view(other, "What do you see?")
    press(press(other, "Skip"), "Skip")
    other.text_area[0].set_value("A quiet inbox")
    rerun(other)
    page = view(begin(open_link(code), name="Dana"), "What do you see?")
    press(press(page, "Skip"), "Skip")
    page.text_area[0].set_value("Fewer repeats")
    rerun(page)
    assert invited.my_views(guest(code, owner, token(page)))["P3", ""].value["gain"] == "Fewer repeats"
    assert "A quiet inbox" not in words(page)
    assert "I agree" not in labels(page)


def test_the_address_is_served_and_not_remembered_for_after_signing_in() -> None:
    assert deep_links.exists("/invited")
    assert deep_links.redirect_for("/invited") is None
    assert deep_links.redirect_for("/assess/invited/") == "/invited"
    assert deep_links.remember("/invited", None) is None
    assert deep_links.returning("invited") is None
