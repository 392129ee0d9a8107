"""Reading a RACI matrix from a CSV file: item, person, duty."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from program.raci import Duty, split_letters
from program.values import Invalid

COLUMNS = ("item", "person", "duty")
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Raci:
    """Items and people in the order of their first line, also those without a duty."""

    items: tuple[str, ...]
    people: tuple[str, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class RaciProblem:
    line: int
    column: str | None
    reason: str


class BadRaci(ValueError):
    """The file cannot be read as a matrix; `problems` holds every line that is wrong."""

    def __init__(self, name: str, problems: list[RaciProblem]) -> None:
        self.problems = tuple(problems)
        first = problems[0]
        place = f"{name}, line {first.line}" + (f", column {first.column}" if first.column else "")
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{place}: {first.reason}{more}")


def read_raci(text: str, name: str = "raci.csv") -> Raci:
    """
    Return the matrix of a CSV text with the columns item, person, duty in any order.

    A row without person and duty declares an item, one without item and duty a person.
    Raises BadRaci, naming lines and columns.
    """
    problems: list[RaciProblem] = []
    items: dict[str, None] = {}
    people: dict[str, None] = {}
    duties: dict[Duty, None] = {}
    for line, row in _rows(text.removeprefix("\ufeff"), name):
        try:
            letters = _letters(row)
        except Invalid as problem:
            problems.append(RaciProblem(line, problem.field, problem.sentence))
            continue
        items |= dict.fromkeys([row["item"]] if row["item"] else [])
        people |= dict.fromkeys([row["person"]] if row["person"] else [])
        duties |= dict.fromkeys(Duty(row["item"], row["person"], letter) for letter in letters)
    if problems:
        raise BadRaci(name, problems)
    return Raci(tuple(items), tuple(people), tuple(duties))


def _letters(row: dict[str, str]) -> tuple[str, ...]:
    letters = split_letters(row["duty"])
    if letters and not row["item"]:
        raise Invalid("item", f"The duty {row['duty']} of {row['person'] or 'nobody'} names no item.")
    if letters and not row["person"]:
        raise Invalid("person", f"The duty {row['duty']} on {row['item']} names no person.")
    if row["item"] and row["person"] and not letters:
        raise Invalid("duty", f"{row['person']} on {row['item']} has no duty. Use R, A, C, I or several, as in A/R.")
    return letters


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    if "\0" in text:
        raise BadRaci(name, [RaciProblem(text[: text.index("\0")].count("\n") + 1, None, "A NUL byte is in the text.")])
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if header is None and any(cells):
                header = _header(cells, line, name)
            elif header is not None and any(cell.strip() for cell in cells):
                yield line, _row(cells, header, line, name)
            line = reader.line_num + 1
    except csv.Error as problem:
        reason = (
            "A quoted cell is never closed." if "end of data" in str(problem) else f"The line is no CSV: {problem}."
        )
        raise BadRaci(name, [RaciProblem(line, None, reason)]) from problem
    if header is None:
        raise BadRaci(name, [RaciProblem(1, None, "The file is empty. It needs the columns item, person, duty.")])


def _header(cells: list[str], line: int, name: str) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    problems = [RaciProblem(line, column, "This column is missing.") for column in COLUMNS if column not in header]
    for column in dict.fromkeys(header):
        if column not in COLUMNS:
            reason = "This column is not known. Use item, person, duty."
            problems.append(RaciProblem(line, column or "(no name)", reason))
        elif header.count(column) > 1:
            problems.append(RaciProblem(line, column, "This column is there twice."))
    if problems:
        raise BadRaci(name, problems)
    return header


def _row(cells: list[str], header: list[str], line: int, name: str) -> dict[str, str]:
    if len(cells) != len(header):
        reason = f"The line has {len(cells)} cells where the header has {len(header)}: {', '.join(cells)[:80]}"
        raise BadRaci(name, [RaciProblem(line, None, reason)])
    return {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
