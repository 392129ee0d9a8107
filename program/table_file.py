"""CSV files of the command line, read strictly: a header, every problem by line and column."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

DELIMITERS = ",;\t"


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with a line, or with one column of it."""

    line: int
    column: str | None
    reason: str


class BadTable(ValueError):
    """The file cannot be used; `problems` holds every line that is wrong."""

    def __init__(self, name: str, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        first = problems[0]
        place = f"{name}, line {first.line}" + (f", column {first.column}" if first.column else "")
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{place}: {first.reason}{more}")


@dataclass(frozen=True)
class Row:
    """One line of a file: its cells by column, stripped; "" for an optional column that is not there."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(
    text: str, *, needed: Sequence[str], optional: Sequence[str] = (), name: str = "file.csv"
) -> tuple[tuple[str, ...], list[Row]]:
    """
    Return the columns and the lines of a CSV text, parted by commas, semicolons or tabs. Blank lines are left out.

    Raises BadTable for what is no CSV, a missing, unknown or repeated column, and a line of another length.
    """
    return table_of(read_lines(text, name=name), needed=needed, optional=optional, name=name)


def table_of(
    lines: Iterable[tuple[int, Sequence[str]]], *, needed: Sequence[str], optional: Sequence[str] = (), name: str
) -> tuple[tuple[str, ...], list[Row]]:
    """Return the columns and the lines of a sheet, given as the number and the cells of each, the header first."""
    lines = iter(lines)
    line, cells = next(lines, (1, []))
    if not cells:
        raise BadTable(name, [CellProblem(1, None, f"The file is empty. It needs the columns {', '.join(needed)}.")])
    header = _header(cells, line, needed, optional, name)
    rows: list[Row] = []
    problems: list[CellProblem] = []
    for line, cells in lines:
        if len(cells) != len(header):
            reason = f"The line has {len(cells)} cells where the header has {len(header)}: {', '.join(cells)[:80]}"
            problems.append(CellProblem(line, None, reason))
        rows.append(Row(line, dict(zip(header, (cell.strip() for cell in cells), strict=False))))
    if problems:
        raise BadTable(name, problems)
    return tuple(header), rows


def read_lines(text: str, *, name: str, delimiters: str = DELIMITERS) -> Iterator[tuple[int, list[str]]]:
    """
    Yield the number and the cells of each line that is not blank, parted by what parts the first line.

    Raises BadTable for a NUL byte and for what is no CSV.
    """
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BadTable(name, [CellProblem(line, None, "A NUL byte is in the text.")])
    text = text.removeprefix("\ufeff")
    delimiter = max(delimiters, key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        reason = (
            "A quoted cell is never closed." if "end of data" in str(problem) else f"The line is no CSV: {problem}."
        )
        raise BadTable(name, [CellProblem(line, None, reason)]) from problem


def _header(cells: Sequence[str], line: int, needed: Sequence[str], optional: Sequence[str], name: str) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    problems = [CellProblem(line, column, "This column is missing.") for column in needed if column not in header]
    for column in dict.fromkeys(header):
        if column not in (*needed, *optional):
            reason = f"This column is not known. Use {', '.join((*needed, *optional))}."
            problems.append(CellProblem(line, column or "(no name)", reason))
        elif header.count(column) > 1:
            problems.append(CellProblem(line, column, "This column is there twice."))
    if problems:
        raise BadTable(name, problems)
    return header
