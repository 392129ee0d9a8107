"""The first sheet of an Excel workbook as lines of cells, in which numbers are told from text."""

import io
import warnings
from decimal import Decimal
from pathlib import Path

import openpyxl

from data.reading import UPLOAD_LIMIT, UnreadableFile, open_file
from data.reading.spreadsheet import cell_text, filled_rows
from program.pasted import Lines
from program.table_file import BadTable, CellProblem


def workbook_lines(path: Path, name: str) -> Lines:
    """
    Return the lines that hold anything, each as wide as the header: a number is a Decimal, everything else is text.

    Raises BadTable for what is no workbook, a damaged one and one that would grow too large.
    """
    try:
        open_file(path, file_name=name, size_limit=UPLOAD_LIMIT)  # looks at it as at every file that comes in
        rows = _rows(path.read_bytes(), name)
    except UnreadableFile as problem:
        raise BadTable(name, [CellProblem(1, None, str(problem))]) from problem
    except (KeyError, ValueError, OSError, SyntaxError) as problem:
        raise BadTable(name, [CellProblem(1, None, f"It is a damaged workbook: {problem}.")]) from problem
    width = len(rows[0][1]) if rows else 0
    return [(line, [*cells, *[None] * (width - len(cells))]) for line, cells in rows]


def _rows(content: bytes, name: str) -> list[tuple[int, list[object]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which are not read
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = [(line, [_cell(value) for value in row]) for line, row in filled_rows(sheet, name)]
    book.close()
    return rows


def _cell(value: object) -> object:
    text = cell_text(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(text) if is_number and text is not None else text
