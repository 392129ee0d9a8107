"""Ties between people, and the CSV file that holds them: every problem by line."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from program.table_file import BadTable, CellProblem, Row, read_table

NEEDED = ("source", "target")
WEIGHT = "weight"
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

    Raises BadTable for a tie of a person to themselves, an empty name, and a weight that is no number above 0.
    """
    header, rows = read_table(text, needed=NEEDED, optional=(WEIGHT,), name=name)
    weighted = WEIGHT in header
    if problems := [problem for row in rows for problem in _wrong(row, weighted=weighted)]:
        raise BadTable(name, problems)
    strengths = (_strength(row[WEIGHT]) if weighted else 1.0 for row in rows)
    found = tuple(
        Tie(row["source"], row["target"], strength or 1.0) for row, strength in zip(rows, strengths, strict=True)
    )
    return merged(found, directed=directed, weighted=weighted)


def _wrong(row: Row, *, weighted: bool) -> Iterator[CellProblem]:
    for column in NEEDED:
        if not row[column]:
            yield CellProblem(row.line, column, "The cell is empty.")
        elif len(row[column]) > LONGEST_NAME:
            yield CellProblem(row.line, column, f"The name is longer than {LONGEST_NAME} characters.")
    if row["source"] and row["source"] == row["target"]:
        yield CellProblem(row.line, "target", f"{row['source']} has a tie to themselves.")
    if weighted and _strength(row[WEIGHT]) is None:
        yield CellProblem(row.line, WEIGHT, f"“{row[WEIGHT][:40]}” is not a number above 0.")


def _strength(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None
