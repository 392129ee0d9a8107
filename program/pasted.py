"""Rows that people paste from a spreadsheet or bring as CSV: a forgiving header, every problem by line and column."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from program.table_file import BadTable, CellProblem, Row, read_lines

MOST_ROWS = 5_000
_GUARDED = re.compile(r"'[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]")

Lines = Iterable[tuple[int, Sequence[object]]]


@dataclass(frozen=True)
class Layout:
    """
    The columns in their usual order, which rows without a header follow.

    needed: columns that a header must have; one of them, or two of the others, make a line a header.
    aliases: other headings, written as `plain` writes them.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)

    def column(self, heading: str) -> str | None:
        """Return the column of a heading, in any case, with spaces or dashes for underscores; None for another."""
        word = plain(heading)
        return word if word in self.columns else self.aliases.get(word)


def lines_of(text: str, *, name: str) -> Lines:
    """Return the lines of a pasted or a CSV text. Commas and semicolons part cells when no tab is in the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    parted_by_tabs = "\t" in first or not re.search("[,;]", first)
    return read_lines(text, name=name, delimiters="\t" if parted_by_tabs else max((",", ";"), key=first.count))


def read_pasted(lines: Lines, layout: Layout, *, name: str) -> tuple[tuple[str, ...], list[Row]]:
    """
    Return the columns that are there and the rows, in which a cell that is missing is "".

    lines: the number and the cells of each, from `lines_of` or from a sheet; blank ones are left out.
    Raises BadTable when nothing is there, for a heading that is missing, unknown or repeated, a cell under no heading,
    and more than MOST_ROWS rows.
    """
    typed = [(line, [cell_text(cell) for cell in cells]) for line, cells in lines]
    filled = [(line, cells) for line, cells in typed if any(cells)]
    if not filled:
        least = " and ".join(f"the {column}" for column in layout.needed)
        raise BadTable(name, [CellProblem(1, None, f"Nothing is there. It takes at least {least}.")])
    columns: list[str | None] = list(layout.columns)
    if headed := _is_header(filled[0][1], layout):
        columns = _header(*filled[0], layout, name)
        filled = filled[1:]
    if len(filled) > MOST_ROWS:
        reason = f"There are {len(filled):,} rows; {MOST_ROWS:,} is the most. Bring them in parts."
        raise BadTable(name, [CellProblem(filled[MOST_ROWS][0], None, reason)])
    problems = [problem for line, cells in filled for problem in _outside(line, cells, columns)]
    if problems:
        raise BadTable(name, problems)
    rows = [
        Row(line, {column: cell for column, cell in zip(columns, cells, strict=False) if column})
        for line, cells in filled
    ]
    widest = max((len(cells) for _, cells in filled), default=0)
    present = [column for column in (columns if headed else columns[:widest]) if column]
    return tuple(present), rows


def plain(text: str) -> str:
    """Return a heading or a choice as it is compared: one case, words parted by underscores."""
    return re.sub(r"[\s_\-]+", "_", unicodedata.normalize("NFKC", text).strip(" \t:*").casefold())


def same_name(name: str) -> str:
    """Return what two spellings of one name have in common: neither case nor the number of spaces counts."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def cell_text(value: object) -> str:
    """
    Return a cell as text without spaces around it.

    The apostrophe that our own files put before what looks like a formula is taken off again.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    return text[1:] if _GUARDED.match(text) else text


def _is_header(cells: Sequence[str], layout: Layout) -> bool:
    known = {column for cell in cells if (column := layout.column(cell))}
    return len(known) > 1 or any(column in known for column in layout.needed)


def _header(line: int, cells: Sequence[str], layout: Layout, name: str) -> list[str | None]:
    columns = [layout.column(cell) for cell in cells]
    problems = [
        CellProblem(line, column, "This column is missing.") for column in layout.needed if column not in columns
    ]
    for heading, column in zip(cells, columns, strict=True):
        if heading and column is None:
            reason = f"This column is not known. Use {', '.join(layout.columns)}."
            problems.append(CellProblem(line, heading[:40], reason))
    problems += [
        CellProblem(line, column, "This column is there twice.")
        for column in dict.fromkeys(columns)
        if column and columns.count(column) > 1
    ]
    if problems:
        raise BadTable(name, problems)
    return columns


def _outside(line: int, cells: Sequence[str], columns: Sequence[str | None]) -> Iterable[CellProblem]:
    for at, cell in enumerate(cells):
        if cell and (at >= len(columns) or columns[at] is None):
            yield CellProblem(line, None, f"“{cell[:40]}” stands in cell {at + 1}, which has no heading.")
