"""Files brought in through the sources page in a real browser, and what the engagement page then says."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from program.actions import members, programs
from program.store.migrate import migrate
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving

pytestmark = pytest.mark.browser

FOLDER = Path(os.environ.get("GROUNDWORK_TEST_DATA", "/nonexistent")) / "crm_maven"
MAVEN = pytest.mark.skipif(not FOLDER.is_dir(), reason="GROUNDWORK_TEST_DATA has no folder crm_maven")
FILES = {
    "accounts.csv": ("maven accounts", "account", "85"),
    "products.csv": ("maven products", "product", "7"),
    "sales_teams.csv": ("maven agents", "agent", "35"),
    "sales_pipeline.csv": ("maven opportunities", "opportunity", "8,800"),
}
DATES = "opportunity_id,created_at,amount\nT-1,03/04/2025,12.50\nT-2,05/06/2025,8.00\n"
BROKEN = (
    'account_id,name,industry\nA-1,Ann & Co,retail\nA-2,Bo & Co,retail,too,many\nA-3,"Cy & Co\nA-4,Di & Co,farming\n'
)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("sources")
    (folder / "home").mkdir()
    with at_home(folder / "home"):
        migrate()
    with serving(folder) as server:
        yield server


def new_client(server: Server, name: str) -> str:
    """A program whose client nobody has brought data in for; the value is its id."""
    with at_home(server.home):
        owner = members.local_owner(datetime.now(UTC))
        return programs.create_program(
            owner, name=name, client_name=name, currency="USD", time_zone="UTC", starts_on=date(2026, 1, 5)
        )


def upload(visitor: Visitor, file: Path) -> None:
    visitor.page.locator("input[type=file]").set_input_files(file)
    expect(visitor.page.locator("h2", has_text=re.compile(rf"^{re.escape(file.name)}: .* columns"))).to_be_visible()
    visitor.settle()


def bring_in(visitor: Visitor, table: str) -> None:
    button = visitor.page.get_by_role("button", name=f"Bring in as {table}")
    expect(button).to_be_enabled()
    button.click()


def counts(visitor: Visitor, words: str) -> None:
    expect(visitor.page.locator(".gw-unit", has_text=words)).to_be_visible()
    visitor.settle()


def choose(visitor: Visitor, label: str, option: str) -> None:
    visitor.page.get_by_role("combobox", name=label).click()
    visitor.page.get_by_role("option", name=option, exact=True).click()
    visitor.settle()


@MAVEN
def test_the_shipped_maps_are_recognized_and_every_deal_is_counted(local: Server, visit: Visit) -> None:
    visitor, program_id = visit(), new_client(local, "Maven")
    visitor.open(f"{local.url}/sources?program={program_id}")
    assert visitor.heading() == "No source has been brought in yet."
    for name, (known, table, rows) in FILES.items():
        upload(visitor, FOLDER / name)
        assert visitor.page.get_by_text(f"The columns are those of {known}; its map is filled in.").is_visible()
        bring_in(visitor, table)
        counts(visitor, f"{rows} accepted, 0 unchanged, 0 rejected")
    noticed = visitor.page.locator(".gw-table tr", has_text=re.compile("1,4(80|25)$")).all_inner_texts()
    assert [row.split("\t")[-1] for row in noticed] == ["1,425", "1,480"]
    assert "GTXPro" in "".join(noticed)
    bring_in(visitor, "opportunity")
    counts(visitor, "0 accepted, 8,800 unchanged, 0 rejected, 0 left out. Nothing changed.")
    assert "8,927 rows" in visitor.heading()

    visitor.open(f"{local.url}/engagement?program={program_id}&months=All")
    assert visitor.heading() == "In Dec 2017 we won 78% of decided deals."
    assert visitor.page.get_by_text("All 10 months: 63%.").is_visible()
    assert visitor.page.get_by_text("Counted in: 6,711 won and lost opportunities").is_visible()
    choose(visitor, "Split by", "Office")
    assert "split=Office" in visitor.page.url
    visitor.page.get_by_text("Table", exact=True).click()
    visitor.page.locator("td", has_text=re.compile("^West$")).first.wait_for()
    assert visitor.problems == []


def test_dates_that_can_be_read_in_two_ways_are_asked_about(local: Server, visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(DATES, encoding="utf-8")
    visitor, program_id = visit(color_scheme="dark"), new_client(local, "Two ways")
    visitor.open(f"{local.url}/sources?program={program_id}")
    upload(visitor, file)
    asked = visitor.page.get_by_role("radiogroup", name=re.compile("can be read in two ways"))
    expect(asked).to_be_visible()
    assert visitor.page.get_by_role("button", name="Bring in as").count() == 0
    asked.get_by_text("month/day/year").click()
    bring_in(visitor, "opportunity")
    counts(visitor, "2 accepted")
    assert visitor.problems == []


def test_broken_lines_are_left_out_only_with_consent(local: Server, visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(BROKEN, encoding="utf-8")
    visitor, program_id = visit(), new_client(local, "Broken")
    visitor.open(f"{local.url}/sources?program={program_id}")
    upload(visitor, file)
    assert visitor.page.get_by_text("the line has 5 cells, the header has 3").is_visible()
    expect(visitor.page.get_by_role("button", name="Bring in as account")).to_be_disabled()
    visitor.page.get_by_text("Leave out the 2 lines that cannot be read").click()
    bring_in(visitor, "account")
    counts(visitor, "2 accepted, 0 unchanged, 2 rejected")
    assert visitor.heading() == "The one table is fresh: 2 rows."
    assert visitor.problems == []
