"""The stakeholder register in a real browser: entered by keyboard alone, sorted, refused with both places."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from program.actions import members, programs
from program.actions import stakeholders as actions
from program.queries.stakeholders import stakeholders
from program.register_file import COLUMNS
from program.reports import exports
from program.stakeholders import Stakeholder
from program.store.migrate import migrate
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving

pytestmark = pytest.mark.browser

TEAM = ("executive", "sales", "marketing", "service", "it")
ROWS = [
    ("name", "function", "power", "interest", "stance"),
    *((f"Person {at}", TEAM[at % 5], str(at % 10), str((at * 3) % 10), "neutral") for at in range(1, 16)),
]


class Hall:
    """A running server; each test has a program of its own in it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.program_id = ""

    def begin(self, *names: str) -> None:
        with at_home(self.server.home):
            owner = members.local_owner(datetime.now(UTC))
            self.program_id = programs.create_program(
                owner, name="Register", client_name="Finch", currency="USD", time_zone="UTC", starts_on=date(2026, 1, 5)
            )
            for place, name in enumerate(names):
                actions.add_stakeholder(
                    owner, program_id=self.program_id, name=name, power=Decimal(9 - place), interest=Decimal(2 + place)
                )

    def people(self) -> list[Stakeholder]:
        with at_home(self.server.home):
            return stakeholders(self.program_id)

    def open(self, visit: Visit, view: str = "", **given: int | str) -> Visitor:
        visitor = visit(**given)
        chosen = f"&stakeholder.view={view}" if view else ""
        visitor.open(f"{self.server.url}/stakeholders?program={self.program_id}{chosen}")
        return visitor


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder: Path = tmp_path_factory.mktemp("register")
    (folder / "home").mkdir()
    with at_home(folder / "home"):
        migrate()
    with serving(folder) as server:
        yield Hall(server)


def put_in(page: Page, text: str) -> None:
    """Paste a text where the focus is, as the clipboard does."""
    page.evaluate("text => document.execCommand('insertText', false, text)", text)


def heads(page: Page) -> list[str]:
    found = page.locator(".gw-sortable tbody th > span:first-child")
    found.first.wait_for()
    return found.all_inner_texts()


def test_fifteen_rows_are_pasted_by_keyboard_alone(hall: Hall, visit: Visit) -> None:
    hall.begin()
    visitor = hall.open(visit)
    page = visitor.page
    visitor.says("Nobody is on the map yet.")
    visitor.choose("Paste rows")
    page.get_by_label("Rows from a spreadsheet").focus()
    put_in(page, "\n".join("\t".join(row) for row in ROWS))
    page.keyboard.press("Control+Enter")
    put = page.get_by_role("button", name="Put 15 people on the map")
    expect(put).to_be_focused()
    assert not hall.people()
    with visitor.rerun():
        page.keyboard.press("Enter")
    expect(page.get_by_text("15 people are on the map.")).to_be_visible()
    expect(page.locator(".person")).to_have_count(15)
    assert len(hall.people()) == 15
    assert not visitor.problems


def test_people_are_entered_one_after_another_by_keyboard(hall: Hall, visit: Visit) -> None:
    hall.begin()
    visitor = hall.open(visit)
    page = visitor.page
    name = page.get_by_label("Name", exact=True)
    name.focus()
    for number, who in enumerate(("Ada Vik", "Bo Holm", "Kim Ek"), start=1):
        page.keyboard.type(who)
        with visitor.rerun():
            page.keyboard.press("Enter")
        expect(name).to_be_focused()
        expect(name).to_have_value("")
        assert len(hall.people()) == number
    assert [each.name for each in hall.people()] == ["Ada Vik", "Bo Holm", "Kim Ek"]
    assert not visitor.problems


def test_an_emptied_number_is_not_known(hall: Hall, visit: Visit) -> None:
    hall.begin("Ada Vik")
    visitor = hall.open(visit, "Edit")
    page = visitor.page
    urgency = page.get_by_label("Urgency", exact=True)
    urgency.fill("0")
    visitor.press("Save")
    assert hall.people()[0].urgency == 0
    urgency.fill("")
    visitor.press("Save")
    assert hall.people()[0].urgency is None
    page.get_by_label("Power", exact=True).fill("")
    visitor.press("Save")
    expect(page.get_by_role("alert")).to_contain_text("Power is empty.")
    assert hall.people()[0].power == 9


def test_problems_are_named_by_line_and_column(hall: Hall, visit: Visit) -> None:
    hall.begin("Ada Vik")
    visitor = hall.open(visit, "Paste")
    page = visitor.page
    page.get_by_label("Rows from a spreadsheet").fill("name\tpower\nBo\t99\nCy\tmuch")
    with visitor.rerun():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("cannot be taken over yet")
    problems = page.locator(".gw-table tbody tr")
    expect(problems).to_have_count(2)
    expect(problems.nth(0)).to_contain_text("Power")
    assert page.get_by_role("button", name=re.compile("on the map")).count() == 0
    assert [each.name for each in hall.people()] == ["Ada Vik"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_table_goes_out_and_comes_in_again(hall: Hall, visit: Visit, tmp_path: Path, ending: str) -> None:
    hall.begin("=HYPERLINK(1)", "Bo 🐙", "\u202eevil")
    visitor = hall.open(visit, "Table")
    page = visitor.page
    with page.expect_download() as begun:
        page.get_by_role("button", name="CSV" if ending == "csv" else "Excel", exact=True).click()
    target = tmp_path / f"out.{ending}"
    begun.value.save_as(target)
    if ending == "csv":
        header, *rows = csv.reader(io.StringIO(target.read_text("utf-8-sig")))
        assert tuple(header) == COLUMNS
        rows[0][header.index("power")] = "1.5"
        rows.append(["New Person", *[""] * (len(header) - 1)])
        target.write_bytes(exports.csv_bytes(header, rows))
    visitor.choose("Paste")
    page.get_by_text("or a file instead of pasting").click()
    with visitor.rerun():
        page.locator("input[type=file]").set_input_files(target)
    if ending == "xlsx":
        expect(page.get_by_text("Nothing would change.")).to_be_visible()
    else:
        visitor.press("Put 1 person on the map and change 1")
        expect(page.locator(".person")).to_have_count(4)
        assert min(each.power for each in hall.people()) == Decimal("1.5")
    assert not visitor.problems


def test_a_press_on_a_head_sorts_and_a_filter_keeps_the_order(hall: Hall, visit: Visit) -> None:
    hall.begin("Cy", "Ada", "Bo")
    visitor = hall.open(visit, "Table")
    page = visitor.page
    assert heads(page) == ["Ada", "Bo", "Cy"]
    page.get_by_role("button", name="Power", exact=True).click()
    assert heads(page) == ["Cy", "Ada", "Bo"]
    power = page.get_by_role("columnheader", name="Power")
    expect(power).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Enter")
    assert heads(page) == ["Bo", "Ada", "Cy"]
    visitor.pick("Columns", "All fields")
    expect(power).to_have_attribute("aria-sort", "ascending")
    assert heads(page) == ["Bo", "Ada", "Cy"]
    expect(page).to_have_url(re.compile("stakeholder.part="))
    assert not visitor.problems


def test_fault_3_a_refused_drop_says_both_places(hall: Hall, visit: Visit) -> None:
    hall.begin("Ada", "Bo")
    visitor = hall.open(visit)
    page = visitor.page
    ada, bo = hall.people()
    marks = {each.name: page.locator(f'.person[data-id="{each.id}"]') for each in (ada, bo)}
    for mark in marks.values():
        mark.click(modifiers=["Shift"])
    with at_home(hall.server.home):
        actions.move_stakeholder(
            members.local_owner(datetime.now(UTC)),
            program_id=hall.program_id,
            stakeholder_id=ada.id,
            power=Decimal(3),
            interest=Decimal(7),
            version=ada.version,
        )
    marks["Bo"].focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("You dropped it at power 8.9 and interest 2.0 (keep satisfied).")
    expect(alert).to_contain_text("Theirs is at power 3.0 and interest 7.0 (keep informed)")
    expect(alert).to_contain_text("None of the 2 was moved.")
    assert [(each.power, each.interest) for each in hall.people()] == [
        (Decimal(3), Decimal(7)),
        (Decimal(8), Decimal(3)),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["Map", "Table", "Paste", "Add", "Edit", "History"])
def test_every_view_fits_a_phone(hall: Hall, visit: Visit, view: str, scheme: str) -> None:
    hall.begin("Ada Vik", "N" * 200, "\u202eevil <b>name</b>")
    visitor = hall.open(visit, view, color_scheme=scheme, width=360, height=740)
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visitor.page.locator(".stMainBlockContainer").evaluate("each => each.scrollWidth - each.clientWidth") <= 1
    assert visitor.problems == []
