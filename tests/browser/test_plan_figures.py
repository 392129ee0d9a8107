"""The same figures on the screen, in the downloads and from the command line, for the same filter and the same day."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from playwright.sync_api import Locator, expect

from program.actions import members, rates
from program.queries.programs import programs_of
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving
from tests.commands.running import printed, run
from tests.program.bringing import HEAD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PROGRAM, COMPONENT = "Answer in the open", "Listening and response"
FIGURES = ("planned", "committed", "actual", "forecast", "available")
EARNED = {  # as the command calls them: how their names on the page end
    "sv": ", SV", "cv": ", CV", "spi": ", SPI", "cpi": ", CPI", "eac_cpi": ", EAC", "etc": ", ETC", "vac": ", VAC",
    "eac_budget": "if the rest costs as planned", "eac_cpi_spi": "if cost and pace stay", "tcpi_bac": ", TCPI",
}  # fmt: skip
CENT, RATE = Decimal("0.01"), Decimal("1.0876543")
MINUS = "\N{MINUS SIGN}"
TODAY = datetime.now(UTC).date()
YESTERDAY, AS_OF = TODAY - timedelta(days=1), TODAY - timedelta(days=20)  # past in every time zone
Row = dict[str, Decimal | None]


def rows(line: str, document: str) -> list[str]:
    """Money with cents, in a foreign currency, credited, ordered and released, before and after the day asked for."""
    before, then, after = (each.isoformat() for each in (AS_OF - timedelta(days=9), AS_OF, AS_OF + timedelta(days=1)))
    return [
        f"actual,{line},{before},0.1,USD,{document}-1,1,,",
        f"actual,{line},{before},0.2,USD,{document}-1,2,,",
        f"actual,{line},{then},1234.56,EUR,{document}-2,1,,{RATE}",
        f"commitment,{line},{then},777.77,USD,{document}-3,1,,",
        f"actual,{line},{after},700.03,USD,{document}-4,1,{document}-3,",
        f"credit,{line},{after},0.03,USD,{document}-5,1,{document}-3,",
        f"release,{line},{after},7.74,USD,{document}-6,1,{document}-3,",
    ]


@dataclass(frozen=True)
class House:
    """A running server with the sample, and a ledger file that was booked there."""

    server: Server
    ledger: Path

    def told(self, component: str, until: date | None) -> dict[str, Any]:
        """What the command says about the file, without booking it again."""
        narrow = ["--component", component] if component else []
        narrow += ["--until", until.isoformat()] if until else []
        words = ["ledger", str(self.ledger), "--dry-run", "--program", PROGRAM, *narrow, "--json"]
        done = run(self.server.home, *words)
        assert (done.returncode, done.stderr) == (0, "")
        value: dict[str, Any] = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
        return value


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("summed")
    shutil.copytree(sample_home, folder / "home")
    ledger = folder / "cents.csv"
    lines = [*rows(f"{COMPONENT}: Listening tool", "A"), *rows("Single customer record: Integration", "B")]
    ledger.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    booked = printed(folder / "home", "ledger", str(ledger), "--program", PROGRAM)
    assert (booked["accepted"], booked["rejected"]) == (len(lines), [])
    with at_home(folder / "home"):
        owner = members.local_owner(datetime.now(UTC))
        rates.set_rate(owner, program_id=programs_of(owner.user_id)[0].id, currency="EUR", rate=RATE)
    with serving(folder) as server:
        yield House(server, ledger)


@pytest.mark.parametrize(("component", "until"), [(COMPONENT, AS_OF), (COMPONENT, None), ("", AS_OF), ("", TODAY)])
def test_the_budget_is_the_same_to_the_cent_on_screen_in_files_and_by_command(
    house: House, visit: Visit, component: str, until: date | None
) -> None:
    told = house.told(component, until)
    assert (told["accepted"], told["skipped"]) == (0, 14)
    wanted = {
        (each["component"], each["line"].removeprefix(f"{each['component']}: ")): {key: each[key] for key in FIGURES}
        for each in told["lines"]
    }
    visitor = visit()
    asked = {"budget.component": component, "budget.until": until.isoformat() if until else ""}
    visitor.open(f"{house.server.url}/budget?{urlencode({key: value for key, value in asked.items() if value})}")
    assert on_screen(visitor, len(wanted)) == {
        **{" ".join(names): cents(figures) for names, figures in wanted.items()},
        "Total": cents({key: told["total"][key] for key in FIGURES}),
    }
    assert of_workbook(taken(visitor, "Excel")) == wanted
    assert of_csv(taken(visitor, "CSV")) == wanted
    assert visitor.problems == []


def test_a_filter_by_component_and_day_is_in_the_address_and_survives_a_reload(house: House, visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{house.server.url}/budget")
    every, some = (len(house.told(component, AS_OF)["lines"]) for component in ("", COMPONENT))
    assert len(on_screen(visitor, every)) > some
    visitor.pick("Component", COMPONENT)
    expect(visitor.page).to_have_url(re.compile(r"budget\.component=Listening\+and\+response"))
    visitor.page.get_by_role("spinbutton", name=re.compile("^year, As of")).focus()
    with visitor.rerun():
        visitor.page.keyboard.type(AS_OF.strftime("%Y%m%d"))
        visitor.page.keyboard.press("Escape")  # out of the calendar beside the field
    expect(visitor.page).to_have_url(re.compile(rf"budget\.until={AS_OF}"))
    expect(visitor.page.locator(".gw-eyebrow")).to_contain_text(f"data to {AS_OF.day} {AS_OF:%b %Y}")
    visitor.settle()
    chosen = visitor.heading(), on_screen(visitor, some)
    visitor.page.reload()
    visitor.settle()
    visitor.says(chosen[0])
    assert (visitor.heading(), on_screen(visitor, some)) == chosen


def test_earned_value_is_what_the_command_makes_of_the_four_amounts_on_screen(house: House, visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{house.server.url}/budget?{urlencode({'budget.view': 'Earned value', 'budget.until': YESTERDAY})}")
    expect(visitor.page.get_by_role("button", name="Excel", exact=True)).to_have_count(2)
    figures = visitor.page.locator(".st-key-earned-figures-xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(taken(visitor, "Excel", within=figures))).worksheets[0]
    exact = {str(row[0]): row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    shown = {
        row.locator("th").inner_text(): row.locator("td").first.inner_text()
        for row in visitor.page.locator(".gw-table").filter(has_text="Earned schedule").locator("tbody tr").all()
    }
    assert list(shown) == list(exact)
    four = {name: amount_of(exact, f", {name.upper()}") for name in ("pv", "ev", "ac", "bac")}
    words = [word for name, amount in four.items() for word in (f"--{name}", f"{amount:f}")]
    found = printed(house.server.home, "earned-value", *words)
    for name, ending in EARNED.items():
        assert float(amount_of(exact, ending)) == pytest.approx(found[name], rel=1e-9, abs=1e-6), name
        on_page = read(next(value for key, value in shown.items() if key.endswith(ending)))
        decimals = 2 if name in ("spi", "cpi", "tcpi_bac") else 0
        assert on_page is not None, name
        assert float(on_page) == pytest.approx(found[name], abs=0.5 * 10**-decimals + 1e-9), name
    assert four["ac"].quantize(CENT) == house.told("", YESTERDAY)["total"]["actual"].quantize(CENT)  # booked as planned
    assert visitor.problems == []


def on_screen(visitor: Visitor, lines: int) -> dict[str, Row]:
    """The figures of each line of the table on the page, by its component and name, and of their total."""
    rows, found = visitor.page.locator(".scroll tbody tr"), {}
    expect(rows).to_have_count(lines + 1)
    for row in rows.all():
        cells = [read(each) for each in row.locator("td").all_inner_texts()[: len(FIGURES)]]
        found[" ".join(row.locator("th").inner_text().split())] = dict(zip(FIGURES, cells, strict=True))
    return found


def of_workbook(content: bytes) -> dict[tuple[str, str], Row]:
    head, *body = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return of_rows([dict(zip(map(str, head), row, strict=True)) for row in body])


def of_csv(content: bytes) -> dict[tuple[str, str], Row]:
    return of_rows(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))))


def of_rows(table: list[dict[str, Any]]) -> dict[tuple[str, str], Row]:
    return {
        (row["Component"], row["Line"]): {
            key: None if row[key.capitalize()] in (None, "") else Decimal(str(row[key.capitalize()])) for key in FIGURES
        }
        for row in table
    }


def cents(figures: Row) -> Row:
    return {key: None if value is None else value.quantize(CENT) for key, value in figures.items()}


def amount_of(exact: dict[str, Any], ending: str) -> Decimal:
    """The one figure whose name ends so."""
    (value,) = (value for name, value in exact.items() if name.endswith(ending))
    return Decimal(str(value))


def read(shown: str) -> Decimal | None:
    """A figure as it is shown, or None for n/a."""
    digits = re.sub(r"[^\d.-]", "", shown.replace(MINUS, "-"))
    return None if shown == "n/a" else Decimal(digits).quantize(CENT)


def taken(visitor: Visitor, button: str, *, within: Locator | None = None) -> bytes:
    """The file that the first such button makes, of the page or of a part of it."""
    with visitor.page.expect_download() as download:
        (within or visitor.page).get_by_role("button", name=button, exact=True).first.click()
    return download.value.path().read_bytes()
