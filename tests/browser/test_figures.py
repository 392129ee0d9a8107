"""Figures and answering in a real browser: drawn, picked by keyboard, saved by a key, usable at 360 px."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from program.actions import members, programs
from program.queries.assessments import latest_run, my_answers, my_respondent
from program.store.migrate import migrate
from tests.browser.conftest import Server, Visit, at_home, serving
from tests.pages.answered import answered_run

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    folder: Path = tmp_path_factory.mktemp("figures")
    (folder / "home").mkdir()
    with at_home(folder / "home"):
        migrate()
        owner = members.local_owner(datetime.now(UTC))
        program_id = programs.create_program(
            owner,
            name="Answer in the open",
            client_name="Alder & Finch",
            currency="EUR",
            time_zone="UTC",
            starts_on=date(2026, 1, 5),
        )
        answered_run(owner, program_id)
    with serving(folder) as server:
        yield server, program_id


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_house_is_drawn_in_the_colors_of_the_mode(
    answered: tuple[Server, str], visit: Visit, color_scheme: str
) -> None:
    visitor = visit(color_scheme=color_scheme)
    visitor.open(answered[0].url)
    house = visitor.page.get_by_role("img", name="Mindset, the foundation: 1.0 of 4 counts")
    expect(house).to_be_visible()
    fill = house.locator("rect[fill='var(--gw-mindset)']").evaluate("mark => getComputedStyle(mark).fill")
    assert fill == {"light": "rgb(154, 98, 18)", "dark": "rgb(196, 143, 60)"}[color_scheme]
    assert visitor.problems == []


def test_on_a_phone_the_callouts_stand_below_the_house(answered: tuple[Server, str], visit: Visit) -> None:
    visitor = visit(width=390, height=900)
    visitor.open(answered[0].url)
    below = visitor.page.locator(".house .below")
    expect(below).to_be_visible()
    size = below.locator("p").first.evaluate("line => parseFloat(getComputedStyle(line).fontSize)")
    assert size >= 12
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.problems == []


def test_a_row_of_the_dots_opens_its_why_by_keyboard(answered: tuple[Server, str], visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{answered[0].url}/results")
    visitor.page.locator("[data-pick=MI-WIN]").focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(".gw-why h2")).to_have_text("Why 1.0 for win-win")
    expect(visitor.page.locator("[data-pick=MI-WIN]")).to_be_focused()
    assert visitor.problems == []


def test_a_key_answers_and_the_answer_is_kept(answered: tuple[Server, str], visit: Visit) -> None:
    server, program_id = answered
    visitor = visit(width=360, height=740)
    visitor.open(f"{server.url}/take")
    visitor.page.get_by_role("button", name="Begin").click()
    expect(visitor.page.locator("h2.gw-statement")).to_be_visible()
    visitor.page.locator("span[data-listening]").wait_for(state="attached")
    visitor.page.keyboard.press("3")
    expect(visitor.page.get_by_role("status").filter(has_text="✓ Saved")).to_be_visible()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 360
    with at_home(server.home):
        owner = members.local_owner(datetime.now(UTC))
        run = latest_run(program_id)
        assert run is not None
        mine = my_respondent(program_id, run.id, owner.user_id)
        assert mine is not None
        assert my_answers(program_id, mine.id)["MI-INT-1"].level == 3
    assert visitor.problems == []
