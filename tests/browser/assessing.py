"""What people answer in the browser tests, what the command line makes of it, and what pages and files show of it."""

import csv
import io
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import expect

from assessments.functions import ASPECTS
from assessments.library import load
from tests.browser.conftest import ROOT, Visitor

SHORT = tuple(statement.id for statement in load().statements("short"))
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHONE = {"width": 360, "height": 740}
WORDS = {"dont_know": "I don\N{RIGHT SINGLE QUOTATION MARK}t know", "na": "Does not apply"}
READ_TABLES = """() => [...document.querySelectorAll('table.gw-table')].map(
  table => [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim().split(/\\n+/))))"""

Shown = dict[str, list[str]]


@dataclass(frozen=True)
class Said:
    """One answer as it was given: 0 to 4, dont_know or na."""

    who: str
    role: str
    statement: str
    answer: str


def answers(who: str, role: str, number: int, *, unknown: Iterable[str] = (), **other: str) -> list[Said]:
    """What the person of a number says to each statement of the short form; other: by id with _ for -."""
    given = {
        statement: str((number * number + at * (number % 4 + 1) + at // 3) % 5) for at, statement in enumerate(SHORT)
    }
    given |= dict.fromkeys(unknown, "dont_know") | {id_.replace("_", "-"): answer for id_, answer in other.items()}
    return [Said(who, role, statement, answer) for statement, answer in given.items()]


# Answering


def answer_in_the_list(visitor: Visitor, said: Iterable[Said], *, before: int = 0) -> None:
    """Answer by pointer in the list; before: how many have an answer already."""
    visitor.choose("List")
    for done, each in enumerate(said, start=before + 1):
        place = visitor.page.locator(f".st-key-take_answer_{each.statement}")
        if each.answer.isdigit():
            place.locator("[role=radiogroup] label").nth(int(each.answer)).click()
        elif each.answer == "dont_know":
            place.get_by_role("button", name=WORDS["dont_know"]).click()
        else:
            place.get_by_role("button", name=WORDS["na"]).click()
            visitor.page.get_by_label("Why it does not apply to you").fill("We have none")
            visitor.press("Save")
        visitor.says(_done(done))


def answer_by_keys(visitor: Visitor, said: Iterable[Said], *, before: int = 0) -> None:
    """
    Answer one statement after the other with the keys 0 to 4 and Enter, without a pointer.

    A key is pressed as soon as its statement is seen, while the page is still being drawn.
    """
    page = visitor.page
    for done, each in enumerate(said, start=before + 1):
        expect(page.get_by_text(f"Statement {done} of {len(SHORT)}")).to_be_visible()
        if done == before + 1:
            page.locator("[data-listening=yes]").wait_for(state="attached")
        if each.answer.isdigit():
            page.keyboard.press(each.answer)
        else:
            page.get_by_role("button", name=WORDS[each.answer]).press("Enter")
        visitor.says(_done(done))
        if done < len(SHORT):
            page.get_by_role("button", name="Next").press("Enter")


def begin(visitor: Visitor, function: str, *, name: str = "") -> None:
    """Take part by a link."""
    if name:
        visitor.page.get_by_label("Your name").fill(name)
    visitor.page.get_by_role("radio", name=function, exact=True).click()
    visitor.press("Begin")
    visitor.says(f"{len(SHORT)} statements")


def device_of(visitor: Visitor) -> str:
    """The token that a browser keeps for whoever answers on it."""
    return next(str(each["value"]) for each in visitor.context.cookies() if str(each["name"]).startswith("gw_device"))


def _done(count: int) -> str:
    return f"You answered all {len(SHORT)}" if count == len(SHORT) else f"{count} of {len(SHORT)} answered"


# The command line


@dataclass(frozen=True)
class Figures:
    """What `score`, `readiness` and `agreement` print about the same answers."""

    scores: dict[str, dict[str, Any]]
    readiness: dict[str, Any]
    agreement: dict[str, Any]

    @property
    def items(self) -> dict[str, dict[str, Any]]:
        return {item["id"]: item for item in self.agreement["items"]}


def figures_of(said: Iterable[Said], folder: Path) -> Figures:
    """Run the commands on files of these answers."""
    said = list(said)
    file, ratings = folder / "answers.csv", folder / "ratings.csv"
    _write(file, ("respondent", "role", "statement", "answer"), said)
    _write(ratings, ("rater", "role", "item", "rating"), (each for each in said if each.answer != "na"))
    scores: dict[str, Any] = {aspect: command("score", str(file), "--assessment", aspect) for aspect in ASPECTS}
    readiness = command("readiness", str(file))
    return Figures(scores, readiness, command("agreement", str(ratings), "--options", "5", "--first", "0"))


def command(*words: str) -> dict[str, Any]:
    """What a command prints with --json."""
    line = [sys.executable, "-m", "program", *words, "--json"]
    done = subprocess.run(line, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=120, check=True)
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def _write(path: Path, header: tuple[str, ...], said: Iterable[Said]) -> None:
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(header)
        writer.writerows((each.who, each.role, each.statement, each.answer) for each in said)


# What pages show and give


def table(visitor: Visitor, *heads: str) -> list[Shown]:
    """The rows of the table that has all of some heads: the lines of each cell by the name of its column."""
    visitor.page.locator("table.gw-table").filter(
        has=visitor.page.get_by_role("columnheader", name=heads[0], exact=True)
    ).first.wait_for()
    tables: list[list[list[list[str]]]] = visitor.page.evaluate(READ_TABLES)
    for first, *rows in tables:
        names = [" ".join(cell) for cell in first]
        if set(heads) <= set(names):
            return [dict(zip(names, row, strict=True)) for row in rows]
    raise AssertionError(f"no table has the columns {heads}")


def file_of(visitor: Visitor, button: str, *, menu: str = "") -> bytes:
    """The file behind a button that downloads; menu: what opens it."""
    if menu:
        visitor.page.get_by_role("button", name=menu, exact=True).click()
    with visitor.page.expect_download() as given:
        visitor.page.get_by_role("button", name=button, exact=True).click()
    content = Path(given.value.path()).read_bytes()
    if menu:
        visitor.page.keyboard.press("Escape")
    return content


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def xlsx_rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def rounded(value: float | None, decimals: int = 1) -> str:
    """A figure as a page rounds it: half up, with a real minus; n/a for unknown."""
    if value is None:
        return "n/a"
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact if exact else abs(exact):f}".replace("-", "\N{MINUS SIGN}")


def plainly(value: float | None) -> str:
    """A median: whole, or a half."""
    return rounded(value, 0 if value is None or value == int(value) else 1)


def percent(value: float | None) -> str:
    return "n/a" if value is None else f"{rounded(float(Decimal(str(value)) * 100), 0)}%"


def as_number(cell: str) -> float | None:
    """A cell of a CSV file that holds a figure."""
    return float(cell) if cell else None


def same(one: Any, other: Any) -> bool:
    """Whether two figures are the same to the last digit that a spreadsheet keeps."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-14, abs_tol=1e-15)
    return bool(one == other)


def only(found: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: found[key] for key in keys}


def id_in(cell: list[str]) -> str:
    """The statement's id under its text."""
    found = re.search(r"\b(MI|ME|ST)-[A-Z0-9]+-\d+", " ".join(cell[1:]))
    assert found, cell
    return found[0]
