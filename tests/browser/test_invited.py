"""Answering by a link from outside, for real: with sign-in configured, on two devices, and nothing else to be seen."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.ui import sitemap
from program.actions import assessments, members, programs
from program.queries import assessments as queries
from program.store.migrate import migrate
from program.values import Actor
from tests.browser.conftest import Serve, Visit, Visitor, at_home, free_port
from tests.browser.test_gate import listen, secrets

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECRET = "Project Nightjar"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Asked:
    """A home with an open named and an open anonymous run, and a second program of the same owner."""

    home: Path
    owner: Actor
    program_id: str
    named: str
    anonymous: str
    anonymous_run: str


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    home = tmp_path / "asked"
    home.mkdir()
    with at_home(home):
        migrate()
        ann = members.claim_ownership(
            issuer="https://login.example", subject="ann", email="ann@alder.example", name="Ann", now=datetime.now(UTC)
        )
        given = {"client_name": "Alder & Finch", "currency": "USD", "time_zone": "UTC", "starts_on": date(2026, 1, 5)}
        programs.create_program(ann, name=SECRET, **{**given, "client_name": SECRET})  # type: ignore[arg-type]
        program_id = programs.create_program(ann, name="Answer in the open", **given)  # type: ignore[arg-type]
        named = assessments.start_run(ann, program_id=program_id, name="Spring")
        code = assessments.make_link(ann, program_id=program_id, run_id=named, version=1)
        quiet = assessments.start_run(ann, program_id=program_id, name="Quiet round", anonymous=True)
        invite = queries.run(program_id, quiet).invite
    assert invite is not None
    return Asked(home, ann, program_id, code, invite, quiet)


@pytest.fixture
def url(serve: Serve, asked: Asked) -> str:
    port = free_port()
    return serve(port=port, secrets=secrets(port), home=asked.home).url


def begin(visitor: Visitor, function: str = "Service", name: str = "") -> None:
    if name:
        visitor.page.get_by_label("Your name").fill(name)
    visitor.page.get_by_role("radio", name=function, exact=True).click()
    visitor.press("Begin")
    visitor.says("23 statements")


def answer_by_key(visitor: Visitor, level: str) -> None:
    visitor.page.locator("[data-listening=yes]").wait_for(state="attached")
    visitor.page.keyboard.press(level)
    expect(visitor.page.get_by_role("status").filter(has_text="✓ Saved")).to_be_visible()


def device(visitor: Visitor) -> dict[str, object]:
    return next(dict(each) for each in visitor.context.cookies() if str(each["name"]).startswith("gw_device"))


def test_an_outsider_answers_on_a_phone_and_goes_on_on_a_second_device(url: str, asked: Asked, visit: Visit) -> None:
    phone = visit(**PHONE)
    phone.open(f"{url}/invited?code={asked.anonymous}")
    assert phone.heading() == "Alder & Finch asks you what is so, not what should be."
    assert not [each for each in phone.context.cookies() if str(each["name"]).startswith("gw_device")]
    begin(phone)
    answer_by_key(phone, "3")
    phone.press("Next")
    phone.page.locator("[role=radiogroup] label").nth(1).click()
    phone.says("2 of 23 answered")
    kept = device(phone)
    assert (kept["sameSite"], kept["path"]) == ("Strict", "/")
    assert re.fullmatch("[A-Z2-7]{16,64}", str(kept["value"]))
    phone.page.reload()
    phone.settle()
    phone.says("2 of 23 answered")
    assert device(phone)["value"] == kept["value"]

    phone.page.get_by_role("button", name="Go on on another device").click()
    code = phone.page.get_by_test_id("stCode").locator("code").inner_text()
    assert re.fullmatch("([A-Z2-7]{4} ?)+", code)
    desk = visit()
    desk.open(f"{url}/invited?code={asked.anonymous}")
    desk.page.get_by_text("Go on with your code").click()
    desk.page.get_by_label("Your code").fill(code.lower())
    desk.press("Go on")
    desk.says("2 of 23 answered")
    answer_by_key(desk, "0")
    desk.says("3 of 23 answered")
    desk.page.reload()
    desk.settle()
    desk.says("3 of 23 answered")
    assert device(desk)["value"] == kept["value"]
    with at_home(asked.home):
        run = queries.run(asked.program_id, asked.anonymous_run)
        assert (run.respondents, run.answers) == (1, 0)
        assessments.close_run(asked.owner, program_id=asked.program_id, run_id=run.id, version=run.version)
        assert queries.run(asked.program_id, asked.anonymous_run).answers == 3
    for visitor in (phone, desk):
        visitor.page.reload()
        visitor.settle()
        visitor.says("This link is not open.")
        assert visitor.problems == []


@pytest.mark.parametrize("kind", ["named", "anonymous"])
def test_an_outsider_sees_the_survey_and_nothing_else(url: str, asked: Asked, visit: Visit, kind: str) -> None:
    visitor = visit()
    received: list[bytes | str] = []
    visitor.page.on("websocket", lambda socket: listen(socket, received))
    visitor.open(f"{url}/invited?code={asked.named if kind == 'named' else asked.anonymous}")
    begin(visitor, name="Dana" if kind == "named" else "")
    visitor.choose("List")
    visitor.choose("What do you see?")
    frames = b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in received)
    assert b"asks you what is so" in frames
    for hidden in (SECRET, "Stakeholders", "Members", "Ann", asked.program_id, "See the results", "Close for good"):
        assert hidden.encode() not in frames, hidden
    assert visitor.page.get_by_test_id("stTopNavLink").count() == 0
    assert visitor.page.get_by_test_id("stTopNavSection").count() == 0
    assert "gw_next" not in {each["name"] for each in visitor.context.cookies()}
    for entry in sitemap.PAGES[:4]:
        visitor.open(f"{url}/{entry.url_path}")
        assert visitor.heading() == "Sign in to open Groundwork."
    visitor.open(f"{url}/invited?code={asked.program_id}")
    assert visitor.heading() == "This link is not open."
    assert visitor.problems == []


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_everything_fits_a_phone(url: str, asked: Asked, visit: Visit, color_scheme: str) -> None:
    visitor = visit(color_scheme=color_scheme, **PHONE)
    visitor.open(f"{url}/invited?code={asked.named}")
    assert visitor.page.evaluate(SIDEWAYS) == 0
    begin(visitor, name="Dana Reyes")
    assert visitor.page.evaluate(SIDEWAYS) == 0
    visitor.choose("What do you see?")
    for number in range(1, 9):
        expect(visitor.page.get_by_text(f"Question {number} of 8")).to_be_visible()
        assert visitor.page.evaluate(SIDEWAYS) == 0, number
        top = visitor.page.locator(".gw-progress").bounding_box()
        assert top is not None
        assert top["y"] > 0, "the question begins in view"
        if number < 8:
            visitor.press("Skip")
    assert visitor.problems == []


def test_cards_are_ranked_by_the_keyboard_alone(url: str, asked: Asked, visit: Visit) -> None:
    visitor = visit(**PHONE)
    visitor.open(f"{url}/invited?code={asked.anonymous}")
    begin(visitor)
    visitor.choose("What do you see?")
    visitor.press("Skip")
    cards = visitor.page.locator("[class*=st-key-take_cards] button")
    for left in range(6, 1, -1):
        expect(cards).to_have_count(left)
        cards.first.focus()
        with visitor.rerun():
            visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("status").filter(has_text="✓ Saved")).to_be_visible()
    expect(visitor.page.get_by_role("list", name=re.compile("best fit first")).get_by_role("listitem")).to_have_count(6)
