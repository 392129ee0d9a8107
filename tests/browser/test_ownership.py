"""The ownership page in a real browser: typed duties, fixes, two editors, other rules, items, the ladder, handovers."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from program.actions import components, members, ownership, programs, stakeholders
from program.queries import ownership as queries
from program.store.migrate import migrate
from program.values import Actor
from tests.browser.conftest import ROOT, Server, Visit, Visitor, at_home, serving

pytestmark = pytest.mark.browser

ROWS = [
    "Answer desk,Ann,A/R",
    "Customer record,,",
    "Help forum,Bo,R",
    "Listening post,Cy,A/R", "Listening post,Di,A",
    "Newsletter,Di,C",
    "Reply rules,Bo,A/R", *(f"Reply rules,{name},C" for name in ("Cy", "Di", "Ed", "Flo", "Gil")),
    "Shop chat,Cy,A",
    *(f"Train {number},Ann,A/R" for number in range(1, 6)),
    ",Hal,",
]  # fmt: skip
EIGHT = {
    "two_accountable", "no_accountable", "no_responsible", "empty_item", "only_informed", "unassigned_person",
    "overload", "slow_decision",
}  # fmt: skip


@dataclass(frozen=True)
class House:
    """A running server with one program whose matrix breaks every rule; `typed` is an empty one of two by two."""

    server: Server
    owner: Actor
    broken: str
    typed: str

    def letters(self, program_id: str, kind: str = "component") -> dict[str, str]:
        """What the cells hold, by the names of item and person."""
        with at_home(self.server.home):
            found = queries.matrix(program_id, kind)
        names = dict([*found.components, *found.people])
        return {f"{names[item]}, {names[person]}": letters for (item, person), letters in found.letters.items()}


def fill(owner: Actor, name: str, rows: list[str]) -> str:
    program_id = programs.create_program(
        owner, name=name, client_name="Finch", currency="USD", time_zone="UTC", starts_on=date(2026, 1, 5)
    )
    ids: dict[str, str] = {}
    for row in rows:
        item, person, letters = row.split(",")
        if item and item not in ids:
            ids[item] = components.add_component(owner, program_id=program_id, name=item)
        if person and person not in ids:
            ids[person] = stakeholders.add_stakeholder(owner, program_id=program_id, name=person)
        if letters:
            one = {"component_id": ids[item], "stakeholder_id": ids[person]}
            ownership.set_duty(owner, program_id=program_id, **one, letters=letters, before="")
    return program_id


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("owned")
    (folder / "home").mkdir()
    with at_home(folder / "home"):
        migrate()
        owner = members.local_owner(datetime.now(UTC))
        broken = fill(owner, "Broken", ROWS)
        typed = fill(owner, "Typed", ["Answer desk,Ann,", "Help forum,Bo,"])
    with serving(folder) as server:
        yield House(server, owner, broken, typed)


def look(house: House, visit: Visit, program_id: str, more: str = "") -> Visitor:
    visitor = visit()
    visitor.open(f"{house.server.url}/ownership?program={program_id}{more}")
    return visitor


def cell(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=re.compile(f"^{name}: "))


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found is not None
    return found


def status(page: Page, words: str) -> None:
    expect(page.locator(".status")).to_contain_text(words)


def test_the_eight_findings_of_the_command_stand_on_the_page_and_are_mended_one_by_one(
    house: House, visit: Visit, tmp_path: Path
) -> None:
    file = tmp_path / "raci.csv"
    file.write_text("\n".join(["item,person,duty", *ROWS]), encoding="utf-8")
    command = [sys.executable, "-m", "program", "raci", str(file), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    said = json.loads(done.stdout)["findings"]
    assert {each["code"] for each in said} == EIGHT
    visitor = look(house, visit, house.broken)
    page = visitor.page
    found = page.locator(".mend li")
    expect(found.first).to_be_visible()
    shown = [
        (each.get_attribute("data-code"), each.locator(".sentence").inner_text(), each.locator(".sign").inner_text())
        for each in found.all()
    ]
    signs = {"error": "■ act", "warning": "▲ watch"}
    wanted = [(each["code"], each["sentence"], signs[each["severity"]]) for each in said]
    assert sorted(each for each in shown if each[0] in EIGHT) == sorted(wanted)
    assert [sign for *_, sign in shown] == sorted(sign for *_, sign in shown)  # errors first
    errors = sum(each["severity"] == "error" for each in said)
    for left in range(errors, 0, -1):
        expect(page.locator(".mend .count")).to_contain_text(f"{left} rule")
        with visitor.rerun():
            page.locator(".mend li").filter(has_text="■ act").get_by_role("button").first.click()
    visitor.says("Every component has one accountable owner")
    assert house.letters(house.broken)["Listening post, Di"] in ("A", "R")
    assert not visitor.problems


def test_duties_are_typed_without_the_mouse_undone_and_kept(house: House, visit: Visit) -> None:
    visitor = look(house, visit, house.typed)
    page = visitor.page
    cell(page, "Answer desk, Ann").focus()
    page.keyboard.press("a")
    page.keyboard.press("r")
    status(page, "✓ Saved. Answer desk, Ann: accountable and responsible")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("C")
    status(page, "✓ Saved. Answer desk, Bo: consulted")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    status(page, "✓ Saved. Help forum, Bo: accountable")
    page.keyboard.press("Control+z")
    status(page, "✓ Saved. Help forum, Bo: no duty")
    expect(cell(page, "Help forum, Bo")).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("i")
    status(page, "✓ Saved. Help forum, Ann: informed")
    page.keyboard.press("Delete")
    status(page, "✓ Saved. Help forum, Ann: no duty")
    assert house.letters(house.typed) == {"Answer desk, Ann": "A/R", "Answer desk, Bo": "C", "Help forum, Bo": "R"}
    visitor.open(f"{house.server.url}/ownership?program={house.typed}")
    expect(cell(page, "Answer desk, Ann")).to_have_value("A/R")
    visitor.says("1 of 2 components has no accountable owner: Help forum.")
    assert not visitor.problems


def test_a_fix_that_somebody_overtook_is_refused_with_both_shown(house: House, visit: Visit) -> None:
    with at_home(house.server.home):
        program_id = fill(house.owner, "Overtaken", ["Help forum,Ann,R"])
        (found,) = queries.matrix(program_id).errors
        assert found.fix is not None
        (change,) = found.fix.changes
    first, second = look(house, visit, program_id), look(house, visit, program_id)
    fix = second.page.get_by_role("button", name="Make Ann accountable")
    expect(fix).to_be_visible()
    cell(first.page, "Help forum, Ann").select_option("C")
    status(first.page, "✓ Saved. Help forum, Ann: consulted")
    fix.click()
    expect(second.page.get_by_role("alert")).to_contain_text("while you were editing it")
    both = second.page.locator("table.gw-table").first
    expect(both.locator("td")).to_have_text([change.letters, "C"])
    status(second.page, "Not saved.")
    expect(cell(second.page, "Help forum, Ann")).to_have_value("C")
    assert house.letters(program_id) == {"Help forum, Ann": "C"}


def test_a_decision_is_added_owned_by_daci_renamed_and_removed_in_place(house: House, visit: Visit) -> None:
    with at_home(house.server.home):
        program_id = fill(house.owner, "Deciding", ["Help forum,Ann,A/R", ",Bo,"])
    visitor = look(house, visit, program_id, "&duty.about=Decisions")
    page = visitor.page
    visitor.says("No decisions to own yet.")
    page.get_by_role("textbox", name="New decision").fill("Who <b>may answer")
    page.keyboard.press("Enter")
    status(page, "✓ Saved.")
    expect(page.get_by_role("textbox", name="New decision")).to_have_value("")
    visitor.says("1 of 1 decision has no accountable owner: Who <b>may answer.")
    cell(page, "Who <b>may answer, Ann").focus()
    for letter in ("r", "a"):
        page.keyboard.press(letter)
    status(page, "accountable and responsible")
    page.get_by_role("combobox", name="Rules of Who <b>may answer").select_option("daci")
    status(page, "goes by DACI.")
    expect(cell(page, "Who <b>may answer, Ann")).to_have_value("D/A")
    page.get_by_role("button", name="Rename or remove").click()
    page.get_by_role("textbox", name="Name of").fill("Who answers")
    page.keyboard.press("Enter")
    expect(cell(page, "Who answers, Ann")).to_have_value("D/A")
    assert house.letters(program_id, "decision") == {"Who answers, Ann": "D/A"}
    page.get_by_role("button", name="Rename or remove").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_role("button", name="Remove it with its 1 duty").click()
    visitor.says("No decisions to own yet.")
    assert not house.letters(program_id, "decision")
    assert not visitor.problems


def test_the_ladder_is_chosen_in_place_and_kept(house: House, visit: Visit) -> None:
    visitor = look(house, visit, house.typed, "&duty.view=Ladder")
    page = visitor.page
    visitor.says("Nobody has said yet how 2 components are owned.")
    page.get_by_role("combobox", name="Answer desk, now").select_option("network")
    page.get_by_role("combobox", name="Answer desk, wanted").select_option("coordinator")
    status(page, "✓ Saved. Answer desk, wanted: Coordinator")
    visitor.says("1 of 2 components is not yet owned as it should be: Answer desk.")
    expect(page.get_by_role("img", name="Now: Self-organizing network. Wanted: Coordinator.")).to_be_visible()
    with at_home(house.server.home):
        rungs = {rung.name: (rung.stage, rung.wanted) for rung in queries.ladder(house.typed)}
    assert rungs["Answer desk"] == ("network", "coordinator")
    visitor.choose("People")
    visitor.choose("Handovers")
    visitor.says("No handover is planned.")
    assert "duty.view=Handovers" in page.url
    assert not visitor.problems


def test_sixty_components_and_fifteen_people_keep_their_heads_in_sight(house: House, visit: Visit) -> None:
    people = [f"Person {number:02} With A Long Name" for number in range(15)]
    rows = [f"Component number {number:02},{people[number % 15]},A/R" for number in range(60)]
    with at_home(house.server.home):
        program_id = fill(house.owner, "Large", rows)
    visitor = look(house, visit, program_id)
    page = visitor.page
    last = cell(page, f"Component number 59, {people[14]}")
    last.focus()
    last.scroll_into_view_if_needed()
    frame, head = box(page.locator(".scroll")), box(page.locator("thead th").nth(16))
    row, at = box(page.locator("tbody tr:last-child th")), box(last)
    assert frame["y"] - 1 <= head["y"] <= frame["y"] + 4
    assert frame["x"] - 1 <= row["x"] <= frame["x"] + 4
    assert row["x"] + row["width"] <= at["x"]
    page.keyboard.press("a")
    status(page, f"✓ Saved. Component number 59, {people[14]}")
    assert not visitor.problems
