"""A ledger file on its way in by the keyboard: tried, its wrong rows named by line, booked, and brought in again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from program.actions import components, members, programs
from program.store.migrate import migrate
from tests.browser.by_keys import Keys
from tests.browser.conftest import Server, Visit, at_home, serving
from tests.program.bringing import HEAD, WALK

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRONG = {
    "actual,Tools,2026-03-05,,EUR,I-2,1,,": ["amount", "", "The amount is empty."],
    "actual,Tools,2026-03-05,IEH,EUR,I-3,1,,": ["amount", "IEH", "“IEH” is no amount. Write it as 1200.50."],
    "actual,Nowhere,2026-03-05,5,EUR,I-4,1,,": ["line", "Nowhere", "There is no line “Nowhere” in this program."],
    "actual,Tools,2026-03-05,5,SEK,I-5,1,,": [
        "currency", "SEK", "The line is in EUR. An amount in SEK needs a rate.",
    ],
    "release,Tools,2026-03-06,1,EUR,R-2,1,O-1,": [
        "amount", "1", "The release of 1.00 is more than the 0.00 EUR still open of “O-1”.",
    ],
}  # fmt: skip
FIRST_WRONG = 2 + len(WALK)  # the head is line 1


@dataclass(frozen=True)
class House:
    """A running server with one program that has one component and no money."""

    server: Server
    program_id: str
    ledger: Path


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    (tmp_path / "home").mkdir()
    ledger = tmp_path / "may.csv"
    ledger.write_text("\n".join([HEAD, *WALK, *WRONG]), encoding="utf-8")
    with at_home(tmp_path / "home"):
        migrate()
        owner = members.local_owner(datetime.now(UTC))
        program_id = programs.create_program(
            owner, name="Desk", client_name="Finch", currency="EUR", time_zone="UTC", starts_on=date(2026, 1, 5)
        )
        components.add_component(owner, program_id=program_id, name="Answer desk")
    with serving(tmp_path) as server:
        yield House(server, program_id, ledger)


def test_a_ledger_file_is_tried_booked_once_and_its_wrong_rows_are_named(house: House, visit: Visit) -> None:
    visitor = visit()
    keys, page = Keys(visitor), visitor.page
    first_line(keys, house)
    keys.choose("Import")
    visitor.says("No order is open and nothing is spent yet.")
    keys.upload(house.ledger)
    expect(page.get_by_text("What would come of may.csv")).to_be_visible()
    expect(page.get_by_text("0 to book, 0 there already, 10 rejected.")).to_be_visible()
    keys.tick("Plan rows make lines that are missing")
    expect(page.get_by_text("5 to book, 0 there already, 5 rejected, 1 line made.")).to_be_visible()
    assert rejected(page) == wrong_rows()
    keys.press("Book 5 rows")
    expect(page.get_by_role("status")).to_contain_text("✓ may.csv: 5 booked, 0 there already, 5 rejected, 1 line made.")
    visitor.says("5 rows could not be booked.")
    again(keys, house)
    available_at_each_step(keys, house)
    assert keys.no_mouse()
    assert visitor.problems == []


def first_line(keys: Keys, house: House) -> None:
    """Without a line the page asks for the first one."""
    keys.visitor.open(f"{house.server.url}/budget?program={house.program_id}")
    keys.fill("Line", "Travel")
    keys.fill("Category", "other")
    keys.press("Add the line")


def again(keys: Keys, house: House) -> None:
    """The same file once more: every row of it is there already, and what waits to be settled waits once."""
    page = keys.page
    keys.visitor.open(f"{house.server.url}/budget?program={house.program_id}&budget.view=Import")
    keys.upload(house.ledger)
    expect(page.get_by_text("0 to book, 5 there already, 5 rejected.")).to_be_visible()
    assert rejected(page) == wrong_rows()
    expect(page.get_by_text("those that cannot be booked are kept already")).to_be_visible()
    expect(page.get_by_role("button", name="Keep")).to_have_count(0)
    keys.visitor.says("5 rows could not be booked.")
    expect(page.locator(".gw-table").filter(has_text="Came").locator("tbody tr")).to_have_count(len(WRONG))


def available_at_each_step(keys: Keys, house: House) -> None:
    """Order, part invoice, credit note, order closed: the money that is available, as of each day."""
    for row, (planned, committed, actual, available) in WALK.items():
        on = row.split(",")[2]
        keys.visitor.open(f"{house.server.url}/budget?program={house.program_id}&budget.until={on}")
        cells = keys.page.locator(".scroll tbody tr").filter(has_text="Tools").locator("td")
        figures = [planned, committed, actual, None, available]
        expect(cells.nth(4)).to_have_text(f"{available:,}")
        shown = cells.all_inner_texts()[: len(figures)]
        assert shown == ["n/a" if figure is None else f"{figure:,}" for figure in figures], on


def rejected(page: Page) -> list[list[str]]:
    found = page.locator(".gw-table").filter(has_text="Reason").first.locator("tbody tr")
    expect(found).to_have_count(len(WRONG))
    return [[each.strip() for each in row.locator("th, td").all_inner_texts()] for row in found.all()]


def wrong_rows() -> list[list[str]]:
    return [[str(at), *said] for at, said in enumerate(WRONG.values(), start=FIRST_WRONG)]
