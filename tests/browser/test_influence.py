"""The influence page in a real browser: ties by keyboard, by mouse, by pasting, one person, and a thousand."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from program.actions import influence, members, programs, stakeholders
from program.queries.influence import ties
from program.register_file import RegisterRow
from program.store.migrate import migrate
from program.typed_ties import TypedTie
from program.values import Actor
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=alert(1)>"
NAMES = ("Ada", "Bo", MARKUP, "Dov")
CROWD = 1000


class Town:
    """A running server with one program for each test, and a crowded one."""

    def __init__(self, server: Server, owner: Actor, crowd: str) -> None:
        self.server, self.owner, self.crowd = server, owner, crowd

    def program(self, name: str) -> str:
        """Four people without ties."""
        with at_home(self.server.home):
            program_id = made(self.owner, name)
            for at, each in enumerate(NAMES):
                stakeholders.add_stakeholder(
                    self.owner,
                    program_id=program_id,
                    name=each,
                    power=Decimal(8 - 2 * at),
                    interest=Decimal(2 * at + 2),
                    stance={"Ada": "leading", "Dov": "resistant"}.get(each, "neutral"),
                )
        return program_id

    def saved(self, program_id: str) -> set[tuple[str, str, str, int]]:
        with at_home(self.server.home):
            from program.queries.stakeholders import stakeholders as register

            names = {person.id: person.name for person in register(program_id)}
            return {(names[tie.source], tie.kind, names[tie.target], tie.weight) for tie in ties(program_id)}


def made(owner: Actor, name: str) -> str:
    return programs.create_program(
        owner, name=name, client_name="Finch", currency="USD", time_zone="UTC", starts_on=date(2026, 1, 5)
    )


def crowded(owner: Actor) -> str:
    program_id = made(owner, "Crowd")
    place = {"power": Decimal(5), "interest": Decimal(5)}
    rows = [RegisterRow(n + 1, f"P{n}", None, dict(place)) for n in range(CROWD)]
    ids = stakeholders.import_stakeholders(owner, program_id=program_id, rows=rows)
    pairs = {(n, (n * 7 + step) % CROWD) for n in range(CROWD) for step in range(1, 6)}
    found = [TypedTie(ids[a], ids[b], weight=a % 5 + 1) for a, b in sorted(pairs) if a != b]
    influence.import_ties(owner, program_id=program_id, ties=found)
    return program_id


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("influence")
    (folder / "home").mkdir()
    with at_home(folder / "home"):
        migrate()
        owner = members.local_owner(datetime.now(UTC))
        crowd = crowded(owner)
    with serving(folder) as server:
        yield Town(server, owner, crowd)


def look(town: Town, visit: Visit, program_id: str, query: str = "", **given: str) -> Visitor:
    visitor = visit(**given)
    visitor.page.on("dialog", lambda dialog: visitor.problems.append(f"a dialog: {dialog.message}"))
    visitor.open(f"{town.server.url}/influence?program={program_id}{query}")
    return visitor


def test_ties_by_keyboard_stay_and_the_first_one_leads_nowhere_else(town: Town, visit: Visit) -> None:
    program_id = town.program("Keys")
    visitor = look(town, visit, program_id)
    page = visitor.page
    visitor.says("Nobody is tied to anybody yet.")
    page.get_by_role("gridcell", name="⁨Ada⁩ → ⁨Bo⁩").click()
    page.keyboard.press("4")
    visitor.says("1 tie is recorded; 2 of 4 people have none yet.")
    page.keyboard.press("ArrowRight")  # the cell that was left is where the keys still are
    page.keyboard.press("2")
    visitor.says("2 ties are recorded")
    visitor.choose("Reports to")
    page.get_by_role("gridcell", name="⁨Bo⁩ → ⁨Ada⁩").click()
    page.keyboard.press("1")
    visitor.says("3 ties are recorded")
    page.reload()
    visitor.settle()
    kept = {("Ada", "influences", "Bo", 4), ("Ada", "influences", "Dov", 2), ("Bo", "reports_to", "Ada", 1)}
    assert town.saved(program_id) == kept
    assert not visitor.problems


def test_a_stale_cell_of_a_second_browser_is_refused_with_both_shown(town: Town, visit: Visit) -> None:
    program_id = town.program("Stale")
    first, second = look(town, visit, program_id), look(town, visit, program_id)
    first.page.get_by_role("gridcell", name="⁨Ada⁩ → ⁨Bo⁩").click()
    first.page.keyboard.press("4")
    first.says("1 tie is recorded")
    second.page.get_by_role("gridcell", name="⁨Ada⁩ → ⁨Bo⁩").click()
    second.page.keyboard.press("2")
    alert = second.page.get_by_role("alert")
    expect(alert).to_contain_text("this tie while you were editing it")
    expect(second.page.get_by_role("row", name="weight 2 4")).to_be_visible()
    expect(second.page.get_by_role("gridcell", name="⁨Ada⁩ → ⁨Bo⁩: 4")).to_be_visible()
    assert town.saved(program_id) == {("Ada", "influences", "Bo", 4)}
    assert not second.problems


def test_a_tie_is_drawn_by_mouse_and_by_keys(town: Town, visit: Visit) -> None:
    program_id = town.program("Draw")
    visitor = look(town, visit, program_id)
    visitor.choose("Draw")
    page = visitor.page
    marks = page.locator(".person")
    expect(marks).to_have_count(4)
    start, end = (page.locator(".person .hit").nth(n).bounding_box() for n in (0, 1))
    assert start
    assert end
    page.mouse.move(start["x"] + 16, start["y"] + 16)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, end["y"] + 10)
    page.mouse.move(end["x"] + 16, end["y"] + 16)
    page.mouse.up()
    visitor.says("1 tie is recorded")
    marks.nth(2).focus()
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    marks.nth(3).focus()
    page.keyboard.press("Enter")
    visitor.says("2 ties are recorded")
    assert sorted(weight for *_, weight in town.saved(program_id)) == [3, 5]
    assert not visitor.problems


def test_rows_are_pasted_the_network_is_read_and_somebody_looked_at(town: Town, visit: Visit) -> None:
    program_id = town.program("Paste")
    visitor = look(town, visit, program_id, color_scheme="dark")
    page = visitor.page
    visitor.choose("Paste")
    rows = page.get_by_role("textbox", name="Rows")
    rows.fill("From\tTo\tWeight\nAda\tAda\t1\nAda\tZoe\t1")
    visitor.press("Look at the rows")
    expect(page.get_by_role("alert")).to_contain_text("2 lines cannot be read")
    assert not town.saved(program_id)
    rows.fill(f"From\tTo\tWeight\nAda\tBo\t3\nBo\tDov\t2\nBo\t{MARKUP}\t1")
    visitor.press("Look at the rows")
    visitor.press("Bring in 3 ties")
    visitor.says("3 ties are recorded; all 4 people have one.")
    assert len(town.saved(program_id)) == 3
    visitor.choose("Network")
    visitor.says("Most ways lead through Bo; without them, 2 people are cut off.")
    expect(page.locator("canvas")).to_be_visible()
    expect(page.get_by_text("Only 4 people have ties.")).to_be_visible()
    expect(page.get_by_text("Ada reaches Dov, who is resistant, through Bo.")).to_be_visible()
    visitor.pick("Look at one person", "Bo")
    expect(page.get_by_role("heading", name="If this person leaves")).to_be_visible()
    visitor.pick("Who could stand in", "Ada")
    expect(page.get_by_text("Ada could stand in.")).to_be_visible()
    page.keyboard.press("Escape")  # the list stays open for one more
    visitor.choose("Table")
    expect(page.get_by_role("row", name=re.compile("some are cut off"))).to_have_count(1)
    visitor.choose("Sponsor")
    expect(page.get_by_role("cell", name="Ada → Bo → Dov")).to_be_visible()
    visitor.choose("Groups")
    expect(page.locator("h1")).to_have_count(1)
    visitor.open(f"{town.server.url}/influence?program={program_id}&influence.view=Sponsor")
    visitor.says("Ada reaches the one resistant person, Dov.")
    assert not visitor.problems


WATCH = r"""
new MutationObserver(() => {
  window.measuring ||= /Measuring [45],\d{3} ties between 1,000 people/.test(document.body?.innerText)
}).observe(document, {subtree: true, childList: true, characterData: true})
"""


def test_a_map_of_a_thousand_people_says_what_it_does_and_opens(town: Town, visit: Visit) -> None:
    visitor = visit()
    visitor.page.add_init_script(WATCH)
    visitor.page.goto(f"{town.server.url}/influence?program={town.crowd}", wait_until="domcontentloaded")
    beside = visit()
    beside.open(f"{town.server.url}/members?program={town.crowd}")  # nobody else waits for it
    visitor.settle()
    visitor.says("Most ways lead through P")
    expect(visitor.page.locator("canvas")).to_be_visible()
    assert visitor.page.evaluate("window.measuring") is True  # said so, however short the wait was
    visitor.choose("Ties")
    visitor.says("all 1,000 people have one.")
    expect(visitor.page.get_by_role("gridcell")).to_have_count(3600)
    assert not visitor.problems
