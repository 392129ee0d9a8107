"""The one module that writes CSV and XLSX: what people export opens in a spreadsheet and runs nothing there."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

Rows = Iterable[Sequence[Any]]

_EXACT_IN_A_SPREADSHEET = 10**15
_STARTS_A_FORMULA = frozenset("=+-@\t\r\0|%")
_INVISIBLE = re.compile(r"^[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_NEGATIVE_NUMBER = re.compile(r"-\d+(\.\d+)?", re.ASCII)
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def neutral(text: str) -> str:
    """
    Return a text that a spreadsheet shows and never runs.

    A text that starts, also after spaces or in full-width letters, with one of = + - @ tab CR NUL | % gets an
    apostrophe in front. A plain negative number stays as it is.
    """
    if text[:1] in {"\t", "\r", "\0"}:
        return f"'{text}"
    first = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)[:1])
    if first[:1] in _STARTS_A_FORMULA and first and not _NEGATIVE_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """Return a CSV file in UTF-8 with its mark; texts are quoted, numbers are not, unknown is empty."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([neutral(name) for name in header])
    writer.writerows([_written(value) for value in row] for row in rows)
    return target.getvalue().replace("\0", "").encode("utf-8-sig")


def xlsx_bytes(sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> bytes:
    """
    Return a workbook with one sheet per entry: name -> (header, rows).

    Numbers stay numbers, dates become dates, texts are written as texts; a cell never holds a formula or a link.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True})
    day = book.add_format({"num_format": "d mmm yyyy"})
    for name, (header, rows) in sheets.items():
        sheet = book.add_worksheet(_SHEET_NAME.sub(" ", neutral(name))[:31])
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            sheet.write_string(0, column, neutral(title), head)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, line, column, value, day)
    book.close()
    return target.getvalue()


def _write_cell(sheet: Any, line: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, (int, float, Decimal)) and abs(float(value)) < _EXACT_IN_A_SPREADSHEET:
        sheet.write_number(line, column, value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif value is not None:
        sheet.write_string(line, column, neutral(str(value)))


def _written(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, (bool, datetime, date)):
        return str(value)
    return value if isinstance(value, (int, float, Decimal)) else neutral(str(value))
