"""Ties between people, and the CSV file that holds them: every problem by line."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

NEEDED = ("source", "target")
WEIGHT = "weight"
DELIMITERS = ",;\t"
LONGEST_NAME = 300


@dataclass(frozen=True)
class Tie:
    """One tie. strength: above 0; 1 where nobody gave one."""

    source: str
    target: str
    strength: float = 1.0


@dataclass(frozen=True)
class Ties:
    """
    People in the order of their first tie, and the ties between them, each once.

    weighted: the file has strengths. duplicates: rows that repeated a tie; the strongest of them stays.
    """

    people: tuple[str, ...]
    ties: tuple[Tie, ...]
    directed: bool
    weighted: bool
    duplicates: int


@dataclass(frozen=True)
class TieProblem:
    line: int
    column: str | None
    reason: str


class BadTies(ValueError):
    """The file cannot be read as ties; `problems` holds every line that is wrong."""

    def __init__(self, name: str, problems: list[TieProblem]) -> None:
        self.problems = tuple(problems)
        first = problems[0]
        place = f"{name}, line {first.line}" + (f", column {first.column}" if first.column else "")
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{place}: {first.reason}{more}")


def merged(ties: Iterator[Tie] | tuple[Tie, ...], *, directed: bool, weighted: bool) -> Ties:
    """Return ties with each pair once; undirected, a tie and its reverse are the same."""
    people: dict[str, None] = {}
    kept: dict[tuple[str, str], Tie] = {}
    rows = 0
    for tie in ties:
        rows += 1
        people |= {tie.source: None, tie.target: None}
        pair = (tie.source, tie.target)
        if not directed and pair[::-1] in kept:
            pair = pair[::-1]
        if pair not in kept or kept[pair].strength < tie.strength:
            kept[pair] = Tie(*pair, tie.strength)
    return Ties(tuple(people), tuple(kept.values()), directed, weighted, rows - len(kept))


def read_ties(text: str, *, directed: bool, name: str = "ties.csv") -> Ties:
    """
    Return the ties of a CSV text with the columns source, target and, where wanted, weight, in any order.

    Raises BadTies for a tie of a person to themselves, an empty name, and a weight that is no number above 0.
    """
    if "\0" in text:
        raise BadTies(name, [TieProblem(text[: text.index("\0")].count("\n") + 1, None, "A NUL byte is in the text.")])
    text = text.removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    problems: list[TieProblem] = []
    found: list[Tie] = []
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not header and any(cells):
                header = _header(cells, line, name)
            elif any(cell.strip() for cell in cells):
                wrong = list(_wrong(cells, header, line))
                problems += wrong
                found += [] if wrong else [_tie(cells, header)]
            line = reader.line_num + 1
    except csv.Error as problem:
        raise BadTies(name, [TieProblem(line, None, f"The line is no CSV: {problem}.")]) from problem
    if not header:
        raise BadTies(name, [TieProblem(1, None, "The file is empty. It needs the columns source and target.")])
    if problems:
        raise BadTies(name, problems)
    return merged(tuple(found), directed=directed, weighted=WEIGHT in header)


def _header(cells: list[str], line: int, name: str) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    problems = [TieProblem(line, column, "This column is missing.") for column in NEEDED if column not in header]
    for column in dict.fromkeys(header):
        if column not in (*NEEDED, WEIGHT):
            reason = "This column is not known. Use source, target, weight."
            problems.append(TieProblem(line, column or "(no name)", reason))
        elif header.count(column) > 1:
            problems.append(TieProblem(line, column, "This column is there twice."))
    if problems:
        raise BadTies(name, problems)
    return header


def _wrong(cells: list[str], header: list[str], line: int) -> Iterator[TieProblem]:
    if len(cells) != len(header):
        yield TieProblem(line, None, f"The line has {len(cells)} cells where the header has {len(header)}.")
        return
    row = _row(cells, header)
    for column in NEEDED:
        if not row[column]:
            yield TieProblem(line, column, "The cell is empty.")
        elif len(row[column]) > LONGEST_NAME:
            yield TieProblem(line, column, f"The name is longer than {LONGEST_NAME} characters.")
    if row["source"] and row["source"] == row["target"]:
        yield TieProblem(line, "target", f"{row['source']} has a tie to themselves.")
    if WEIGHT in row and _strength(row[WEIGHT]) is None:
        yield TieProblem(line, WEIGHT, f"“{row[WEIGHT][:40]}” is not a number above 0.")


def _tie(cells: list[str], header: list[str]) -> Tie:
    row = _row(cells, header)
    return Tie(row["source"], row["target"], _strength(row.get(WEIGHT, "1")) or 1.0)


def _row(cells: list[str], header: list[str]) -> dict[str, str]:
    return {column: cell.strip() for column, cell in zip(header, cells, strict=True)}


def _strength(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None
