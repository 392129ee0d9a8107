"""The power-interest grid and the matrix in a real browser: moved by mouse and keys, kept, refused when stale."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from program.actions import components, members, programs, stakeholders
from program.queries.ownership import matrix
from program.queries.stakeholders import history
from program.queries.stakeholders import stakeholders as register
from program.store.migrate import migrate
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=alert(1)>"


class Town:
    """A running server with one program, three people on its map and one component."""

    def __init__(self, server: Server, program_id: str, ids: dict[str, str]) -> None:
        self.server = server
        self.program_id = program_id
        self.ids = ids

    def saved(self, name: str) -> tuple[Decimal, Decimal]:
        with at_home(self.server.home):
            (person,) = (each for each in register(self.program_id) if each.id == self.ids[name])
        return person.power, person.interest


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("grid")
    (folder / "home").mkdir()
    with at_home(folder / "home"):
        migrate()
        owner = members.local_owner(datetime.now(UTC))
        program_id = programs.create_program(
            owner, name="Grid", client_name="Finch", currency="USD", time_zone="UTC", starts_on=date(2026, 1, 5)
        )
        places = {"Ivo": ("9", "4"), "Luc": ("8", "2"), MARKUP: ("3", "3")}
        ids = {
            name: stakeholders.add_stakeholder(
                owner, program_id=program_id, name=name, power=Decimal(power), interest=Decimal(interest)
            )
            for name, (power, interest) in places.items()
        }
        components.add_component(owner, program_id=program_id, name="Answer desk")
    with serving(folder) as server:
        yield Town(server, program_id, ids)


def look(town: Town, visit: Visit, page: str = "stakeholders") -> Visitor:
    visitor = visit()
    visitor.open(f"{town.server.url}/{page}")
    return visitor


def mark(page: Page, town: Town, name: str) -> Locator:
    return page.locator(f'.person[data-id="{town.ids[name]}"]')


def status(page: Page, text: str) -> None:
    expect(page.locator(".status")).to_contain_text(text)


def place(found: Locator) -> tuple[Decimal, Decimal]:
    numbers = re.search(r"power ([\d.]+), interest ([\d.]+)", str(found.get_attribute("aria-label")))
    assert numbers
    return Decimal(numbers[1]), Decimal(numbers[2])


def drag(page: Page, found: Locator, right: int, down: int) -> None:
    found.locator(".hit").hover()  # waits until the mark stands still
    box = found.locator(".hit").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2)
    page.mouse.move(x + right, y + down)
    page.mouse.up()


def test_a_person_is_dragged_and_stays_there_after_a_reload(town: Town, visit: Visit) -> None:
    visitor = look(town, visit)
    page = visitor.page
    before = town.saved("Ivo")
    drag(page, mark(page, town, "Ivo"), 150, 80)
    status(page, "✓ Saved. \u2068Ivo")
    shown = place(mark(page, town, "Ivo"))
    assert shown == town.saved("Ivo")
    assert shown[0] < before[0]
    assert shown[1] > before[1]
    visitor.open(f"{town.server.url}/stakeholders")
    expect(mark(page, town, "Ivo")).to_be_visible()
    assert place(mark(page, town, "Ivo")) == shown
    assert not visitor.problems


def test_arrow_keys_move_in_one_save_and_keep_the_focus(town: Town, visit: Visit) -> None:
    visitor = look(town, visit)
    page = visitor.page
    power, interest = town.saved("Luc")
    mark(page, town, "Luc").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    status(page, "✓ Saved. \u2068Luc")
    assert town.saved("Luc") == (power - 1, interest + Decimal("0.5"))
    held = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => e.shadowRoot?.activeElement?.dataset?.id).find(Boolean)"
    )
    assert held == town.ids["Luc"]
    page.keyboard.press("ArrowUp")
    expect(page.locator(".status")).to_contain_text(f"✓ Saved. \u2068Luc\u2069: power {power - Decimal('0.9'):.1f}")
    assert not visitor.problems


def undo(page: Page) -> Locator:
    return page.get_by_role("button", name="Undo the last move")


def test_undo_brings_a_move_back_even_after_a_reload(town: Town, visit: Visit) -> None:
    visitor = look(town, visit)
    page = visitor.page
    before = town.saved("Ivo")
    expect(undo(page)).to_have_attribute("aria-disabled", "true")
    drag(page, mark(page, town, "Ivo"), -90, 40)
    status(page, "✓ Saved. ")
    assert town.saved("Ivo") != before
    visitor.open(f"{town.server.url}/stakeholders")
    expect(undo(page)).to_have_attribute("aria-disabled", "false")
    undo(page).click()
    status(page, "✓ Undone. ")
    assert town.saved("Ivo") == before == place(mark(page, town, "Ivo"))
    expect(undo(page)).to_have_attribute("aria-disabled", "true")
    assert not visitor.problems


def test_several_are_dragged_in_one_drop_and_undone_by_the_keyboard(town: Town, visit: Visit) -> None:
    visitor = look(town, visit)
    page = visitor.page
    before = {name: town.saved(name) for name in town.ids}
    mark(page, town, "Ivo").click(modifiers=["Shift"])
    mark(page, town, "Luc").click(modifiers=["Control"])
    status(page, "2 chosen")
    drag(page, mark(page, town, "Luc"), 40, 60)
    status(page, "✓ Saved. 2 people")
    after = {name: town.saved(name) for name in town.ids}
    moved = {name: (after[name][0] - before[name][0], after[name][1] - before[name][1]) for name in ("Ivo", "Luc")}
    assert moved["Ivo"] == moved["Luc"]
    assert moved["Ivo"][0] < 0 < moved["Ivo"][1]
    assert after[MARKUP] == before[MARKUP]
    with at_home(town.server.home):
        entries = history(town.program_id)
    assert len({entry.at for entry in entries if entry.stakeholder_id in (town.ids["Ivo"], town.ids["Luc"])}) > 1
    assert {entry.at for entry in entries if entry.stakeholder_id == town.ids["Ivo"]} & {
        entry.at for entry in entries if entry.stakeholder_id == town.ids["Luc"]
    }  # both by one action
    page.keyboard.press("Control+z")
    status(page, "✓ Undone. 2 people")
    assert {name: town.saved(name) for name in town.ids} == before
    assert not visitor.problems


def test_the_keyboard_chooses_several_and_enter_drops_them(town: Town, visit: Visit) -> None:
    visitor = look(town, visit)
    page = visitor.page
    before = {name: town.saved(name) for name in ("Ivo", "Luc")}
    mark(page, town, "Luc").focus()
    page.keyboard.press("Space")
    mark(page, town, "Ivo").focus()
    page.keyboard.press("Space")
    expect(mark(page, town, "Ivo")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    status(page, "✓ Saved. 2 people")
    for name, (power, interest) in before.items():
        assert town.saved(name) == (power - 1, interest + Decimal("0.1"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    status(page, "Not moved.")
    assert town.saved("Ivo") == place(mark(page, town, "Ivo"))
    assert not visitor.problems


def test_a_box_on_empty_ground_chooses_who_is_in_it(town: Town, visit: Visit) -> None:
    page = look(town, visit).page
    mark(page, town, MARKUP).locator(".hit").hover()  # waits until the mark stands still
    found = mark(page, town, MARKUP).locator(".hit").bounding_box()
    assert found
    page.mouse.move(found["x"] - 20, found["y"] - 20)
    page.mouse.down()
    page.mouse.move(found["x"] + 30, found["y"] + 20)
    page.mouse.move(found["x"] + 60, found["y"] + 60)
    page.mouse.up()
    expect(page.locator(".person.chosen")).to_have_count(1)
    expect(mark(page, town, MARKUP)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")


def test_a_stale_drop_of_several_moves_nobody_and_all_marks_go_back(town: Town, visit: Visit) -> None:
    first, second = look(town, visit), look(town, visit)
    mark(second.page, town, "Ivo").click(modifiers=["Shift"])
    mark(second.page, town, "Luc").click(modifiers=["Shift"])
    drag(first.page, mark(first.page, town, "Luc"), 30, 0)
    status(first.page, "✓ Saved. ")
    kept = {name: town.saved(name) for name in ("Ivo", "Luc")}
    drag(second.page, mark(second.page, town, "Ivo"), 50, 50)
    alert = second.page.get_by_role("alert")
    expect(alert).to_contain_text("Luc")
    status(second.page, "All 2 marks are back.")
    for name, where in kept.items():
        assert town.saved(name) == where == place(mark(second.page, town, name))


def test_fault_3_a_stale_move_is_refused_with_both_versions_and_the_mark_goes_back(town: Town, visit: Visit) -> None:
    first, second = look(town, visit), look(town, visit)
    mark(second.page, town, "Ivo").wait_for()
    drag(first.page, mark(first.page, town, "Ivo"), -60, 0)
    status(first.page, "✓ Saved. \u2068Ivo")
    kept = town.saved("Ivo")
    drag(second.page, mark(second.page, town, "Ivo"), 0, 120)
    alert = second.page.get_by_role("alert")
    expect(alert).to_contain_text("while you were editing it")
    table = second.page.locator("table.gw-table").first
    expect(table).to_contain_text("Yours")
    expect(table).to_contain_text("Theirs")
    assert town.saved("Ivo") == kept
    expect(mark(second.page, town, "Ivo")).to_have_attribute("aria-label", re.compile(f"power {kept[0]:.1f},"))
    assert place(mark(second.page, town, "Ivo")) == kept


def test_fault_30_a_name_with_markup_is_literal_on_the_map(town: Town, visit: Visit) -> None:
    page = look(town, visit).page
    expect(mark(page, town, MARKUP).locator("text")).to_contain_text(MARKUP)
    assert page.locator('img[src="x"]').count() == 0


def test_a_duty_is_chosen_in_the_matrix_and_stays(town: Town, visit: Visit) -> None:
    visitor = look(town, visit, "ownership")
    page = visitor.page
    page.get_by_role("combobox", name="Answer desk, Luc: no duty").select_option("A/R")
    status(page, "✓ Saved. Answer desk, Luc: accountable and responsible")
    expect(page.locator("h1")).to_contain_text("Every component has one accountable owner")
    visitor.open(f"{town.server.url}/ownership")
    expect(page.get_by_role("combobox", name="Answer desk, Luc: accountable and responsible")).to_have_value("A/R")
    with at_home(town.server.home):
        assert list(matrix(town.program_id).letters.values()) == ["A/R"]
    assert not visitor.problems
