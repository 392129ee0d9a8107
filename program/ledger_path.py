"""A ledger file as it lies on the disk: CSV as UTF-8 text, or the first sheet of an Excel workbook."""

import io
import warnings
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

from data.reading import UPLOAD_LIMIT, UnreadableFile, open_file
from data.reading.spreadsheet import cell_text
from program.ledger_file import LedgerFile, read_ledger, read_ledger_lines
from program.ledger_mapping import FileMapping
from program.table_file import BadTable, CellProblem

ZIPPED = b"PK\x03\x04"


def read_ledger_path(path: Path, *, name: str | None = None, mapping: FileMapping | None = None) -> LedgerFile:
    """
    Return the rows of a CSV or XLSX file; name: what it is called in messages, the path without one.

    Raises BadTable as read_ledger does, and for a workbook that cannot be read.
    """
    called = name or str(path)
    content = path.read_bytes()
    if content.startswith(ZIPPED) or path.suffix.lower() == ".xlsx":
        return _workbook(path, called, mapping)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadTable(called, [CellProblem(line, None, "Not UTF-8. Save the file as CSV UTF-8.")]) from None
    return read_ledger(text, called, mapping)


def _workbook(path: Path, name: str, mapping: FileMapping | None) -> LedgerFile:
    """The first sheet, after the file was looked at as every file is that comes in."""
    try:
        open_file(path, file_name=name, size_limit=UPLOAD_LIMIT)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which are not read
            content = io.BytesIO(path.read_bytes())
            book = openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = [(line, _cells(row)) for line, row in enumerate(sheet.iter_rows(values_only=True), start=1)]
        book.close()
    except UnreadableFile as problem:
        raise BadTable(name, [CellProblem(1, None, str(problem))]) from problem
    except (KeyError, ValueError, OSError, SyntaxError) as problem:
        raise BadTable(name, [CellProblem(1, None, f"It is a damaged workbook: {problem}.")]) from problem
    filled = [(line, cells) for line, cells in rows if any(cell is not None for cell in cells)]
    width = len(filled[0][1]) if filled else 0
    return read_ledger_lines([(line, _wide(cells, width)) for line, cells in filled], name=name, mapping=mapping)


def _cells(row: Sequence[object]) -> list[object]:
    cells = [_cell(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(value: object) -> object:
    text = cell_text(value)
    if text is not None and isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(text)
    return text


def _wide(cells: list[object], width: int) -> list[object]:
    return cells + [None] * (width - len(cells))
