"""Exports open in a spreadsheet and run nothing there (fault 29)."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.reports.exports import csv_bytes, neutral, xlsx_bytes

ROOT = Path(__file__).resolve().parents[2]
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    "|calc",
    "%0A=1",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1+1",
    "\uff20A1",
]

Reader = Callable[[list[str], list[list[Any]]], list[list[Any]]]


def as_csv(header: list[str], rows: list[list[Any]]) -> list[list[Any]]:
    return list(csv.reader(io.StringIO(csv_bytes(header, rows).decode("utf-8-sig"), newline="")))


def as_xlsx(header: list[str], rows: list[list[Any]]) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes({"Rows": (header, rows)})))
    sheet = book.worksheets[0]
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("read", [as_csv, as_xlsx])
@pytest.mark.parametrize("formula", FORMULAS)
def test_fault_29_a_formula_is_text_in_cells_and_headers(read: Reader, formula: str) -> None:
    header, row = read([formula], [[formula]])
    assert header[0].startswith("'")
    assert row[0].startswith("'")


@pytest.mark.parametrize("read", [as_csv, as_xlsx])
def test_fault_29_negative_numbers_stay_numbers(read: Reader) -> None:
    values = [-3, -3.5, Decimal("-1240.10"), "-17", "-0.5"]
    assert [float(value) for value in read(list("abcde"), [values])[1]] == [-3.0, -3.5, -1240.1, -17.0, -0.5]


@pytest.mark.parametrize("read", [as_csv, as_xlsx])
def test_fault_29_ordinary_text_is_not_touched(read: Reader) -> None:
    words = ["Alder & Finch", "a=b", "NA", "it's 5 % more", "\u22123.7 h", "a;=1"]
    assert read(list("abcdef"), [words])[1] == words


def test_unknown_is_an_empty_cell() -> None:
    assert as_csv(["a", "b"], [[None, 1]])[1] == ["", "1"]
    assert as_xlsx(["a", "b"], [[None, 1]])[1] == [None, 1]


def test_dates_and_large_ids_are_kept() -> None:
    rows = as_xlsx(["on", "id"], [[date(2026, 11, 20), 2**63 + 1]])
    assert rows[1][0].date() == date(2026, 11, 20)
    assert rows[1][1] == str(2**63 + 1)


@given(st.text(max_size=12))
def test_fault_29_no_text_ever_starts_a_formula(text: str) -> None:
    written = neutral(text).lstrip()
    assert written[:1] not in set("=+@|%") or written == ""
    assert written[:1] != "-" or written[1:].replace(".", "").isdigit()


def test_fault_29_files_are_written_in_one_place() -> None:
    own = [path for part in ("app.py", "pages", "program", "assessments", "data") for path in _files(ROOT / part)]
    writers = {
        str(path.relative_to(ROOT))
        for path in own
        if any(
            word in path.read_text("utf-8")
            for word in ("to_csv(", "to_excel(", "csv.writer(", "csv.DictWriter(", "xlsxwriter")
        )
    }
    assert {name for name in writers if not name.startswith("data/sample/")} == {"program/reports/exports.py"}


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path] if path.exists() else []
