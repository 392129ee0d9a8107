"""Excel workbooks (XLSX): cell values as exact text."""

import datetime as dt
import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from data.reading.layout import CELL_LIMIT, Layout, Reading, check_columns, named_columns
from data.reading.listed import Cells, listed_batches
from data.reading.problems import Problems, UnreadableFile

EXACT_DIGITS = 15  # a spreadsheet keeps no more digits of a number
WIDE, SPARSE = 2_000_000, 100  # cells in all, and per filled one: more are there to exhaust whoever reads them


def open_spreadsheet(path: Path, *, file_name: str, layout: Layout) -> Reading:
    """Return the rows of one sheet, the first unless named; `_line` is the row number of the sheet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which are not read
            content = io.BytesIO(path.read_bytes())  # by its path alone, openpyxl refuses a file without a suffix
            workbook = openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as problem:
        raise UnreadableFile(f"{file_name} is a damaged workbook: {problem}.") from problem
    sheets = [sheet.title for sheet in workbook.worksheets]
    if not sheets or (layout.sheet and layout.sheet not in sheets):
        raise UnreadableFile(
            f'{file_name} has no sheet "{layout.sheet or ""}"; its sheets are {", ".join(sheets) or "none"}.'
        )
    sheet = workbook[layout.sheet or sheets[0]]
    sheet.reset_dimensions()
    rows = _rows(workbook, sheet, file_name)
    line, header = next(rows, (0, []))
    while header and header[-1] is None:
        header.pop()
    if not header:
        raise UnreadableFile(f"{file_name}, sheet {sheet.title}: it has no rows.")
    columns = named_columns([cell or "" for cell in header])
    check_columns(file_name, columns, line)
    problems = Problems(file_name)
    batches = listed_batches(columns, _whole(rows, len(columns), problems))
    return Reading(file_name, "xlsx", columns, batches, problems, sheet=sheet.title)


def _rows(workbook: Any, sheet: Any, file_name: str) -> Iterator[tuple[int, list[str | None]]]:
    """Yield the rows that hold anything, with their numbers."""
    try:
        for line, values in filled_rows(sheet, file_name):
            yield line, [cell_text(value) for value in values]
    except (KeyError, ValueError, SyntaxError, OSError) as problem:
        raise UnreadableFile(f"{file_name} is a damaged workbook: {problem}.") from problem
    finally:
        workbook.close()


def filled_rows(sheet: Any, file_name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the number and the values of each row that holds anything, up to its last filled cell."""
    cells = filled = 0
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        width = len(values)
        while width and values[width - 1] is None:
            width -= 1
        cells, filled = cells + width, filled + len(values) - values.count(None)
        if cells > WIDE and cells > SPARSE * filled:
            raise UnreadableFile(
                f"{file_name}, row {line}: the rows are up to {width:,} cells wide and almost empty. Save it without "
                "the cells far to the right."
            )
        if width:
            yield line, values[:width]


def _whole(rows: Iterator[tuple[int, list[str | None]]], width: int, problems: Problems) -> Iterator[tuple[int, Cells]]:
    for line, cells in rows:
        beyond = [cell for cell in cells[width:] if cell is not None]
        if beyond:
            problems.add(line, ", ".join(beyond), f"the row has cells beyond the {width} columns of the header")
        elif any(cell is not None and len(cell) > CELL_LIMIT for cell in cells):
            problems.add(line, "", f"a cell is longer than {CELL_LIMIT:,} characters")
        else:
            yield line, (*cells[:width], *[None] * (width - len(cells)))


def cell_text(value: object) -> str | None:
    """
    Return a cell's value as text, exactly; a date as ISO 8601.

    A whole number with more digits than a spreadsheet keeps is written as 5.70306e+17: it was rounded, and says so.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time() and not value.microsecond
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    digits = str(int(value))
    beyond = digits.lstrip("-")[EXACT_DIGITS:]
    exact = not beyond or (isinstance(value, int) and beyond.strip("0"))
    return digits if exact else f"{float(value):.{EXACT_DIGITS - 1}e}"
