"""A consultant's own statements: the preview says what moves, old runs keep their text, new runs ask the new one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assessments.library import load
from program.actions import members
from program.queries.programs import programs_of
from tests.browser.assessing import table
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving
from tests.browser.test_journey import start_program
from tests.pages.answered import answered_run
from tests.program.model_files import edited, version

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEW = version("major")
NOW = load().versions["mindset"]
BEFORE = load().statement("MI-CTL-1").text
AFTER = "Customers lead conversations about us, and we join them as guests."
DROPPED, RENAMED, NAMED = "MI-WIN-3", "MI-CTL-1", "MI-CTL-9"


def own(plain: dict[str, Any]) -> None:
    """Drop one statement, and give another a new id and a new text."""
    dimensions = {each["id"]: each for each in plain["dimensions"]}
    dimensions["MI-WIN"]["statements"] = [s for s in dimensions["MI-WIN"]["statements"] if s["id"] != DROPPED]
    renamed = next(each for each in dimensions["MI-CTL"]["statements"] if each["id"] == RENAMED)
    renamed.update(id=NAMED, text={"en": AFTER})
    plain["crosswalk"] = {"from_version": NOW, "statements": {DROPPED: "dropped", RENAMED: NAMED}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("statements")) as started:
        yield started


def behind(visitor: Visitor) -> str:
    """What the results show of customers' control: why it is so, and its statements."""
    visitor.choose("Mindset")
    visitor.pick("Why this number", load().dimension("MI-CTL").short_name)
    expect(visitor.page.get_by_text("Behind ", exact=False).first).to_be_visible()
    return visitor.page.locator(".stMainBlockContainer").inner_text()


def test_a_changed_version_previews_what_moves_and_leaves_the_old_run_as_it_was(
    server: Server, visit: Visit, tmp_path: Path
) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open(server.url)
    start_program(visitor, "Our own words", "Alder & Finch")
    with at_home(server.home):
        owner = members.local_owner(datetime.now(UTC))
        program_id = next(each.id for each in programs_of(owner.user_id) if each.name == "Our own words")
        answered_run(owner, program_id, form="long")

    file = tmp_path / "mindset_of_ours.yaml"
    file.write_bytes(edited(own, to=NEW))
    visitor.walk("Assess", "Statements")
    visitor.choose("Bring in a version")
    with visitor.rerun():
        page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text(f"Mindset {NOW} to {NEW}:", exact=False)).to_be_visible()
    expect(page.get_by_text("takes a major version")).to_be_visible()
    moves = page.get_by_text("What moves in “First reading”", exact=False)
    expect(moves).to_be_visible()
    expect(page.get_by_text("3 of them under another id, 3 dropped", exact=False)).to_be_visible()
    changes = {row["Id"][0]: row for row in table(visitor, "Id", "Takes") if row["Takes"] == ["major"]}
    assert changes[DROPPED]["After"] == ["its answers are dropped"]
    assert changes[RENAMED]["After"] == [f"its answers go to {NAMED}"]
    win = load().dimension("MI-WIN").name
    (moved,) = (row for row in table(visitor, "Score, 0 to 4") if row["Score, 0 to 4"][0] == win)
    assert moved["Before"] != ["n/a"]
    expect(page.get_by_text("This is a preview.", exact=False)).to_be_visible()

    visitor.press(f"Publish Mindset {NEW}")
    visitor.says(f"86 statements in use: mindset {NEW} of your own")
    visitor.walk("Assess", "Results")
    old = behind(visitor)
    assert BEFORE in old
    assert AFTER not in old
    assert f"Mindset {NOW}" in old
    assert f"Mindset {NEW}" not in old

    visitor.walk("Assess", "Take")
    page.get_by_text("Lead this assessment").click()
    page.get_by_role("button", name="Start another").click()
    page.get_by_label("Name", exact=True).fill("In our own words")
    visitor.press("Start the assessment")
    visitor.press("Begin")
    visitor.choose("List")
    expect(page.locator("h3.gw-title").filter(has_text=AFTER)).to_be_visible()
    assert page.locator("h3.gw-title").filter(has_text=BEFORE).count() == 0
    page.locator(f".st-key-take_answer_{NAMED} [role=radiogroup] label").nth(3).click()
    visitor.says("1 of 23 answered")

    visitor.walk("Assess", "Results")
    new = behind(visitor)
    assert AFTER in new
    assert BEFORE not in new
    assert f"Mindset {NEW}" in new
    with visitor.rerun():
        page.get_by_role("combobox", name="As of", exact=True).click()
        page.get_by_role("option", name="First reading", exact=False).click()
    again = behind(visitor)
    assert BEFORE in again
    assert f"Mindset {NEW}" not in again
    assert visitor.problems == []
