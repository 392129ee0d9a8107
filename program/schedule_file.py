"""Activities from a CSV file, and holidays from a file of dates: every problem by line and column."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from program.forecast import Estimate
from program.schedule import Activity, BadLink, Link, parse_links
from program.table_file import BadTable, CellProblem, Row, read_table

COLUMNS = ("id", "name", "duration", "predecessors")
ESTIMATES = ("optimistic", "likely", "pessimistic")
LONGEST = 100_000  # working days, about 400 years


def read_activities(text: str, name: str = "activities.csv") -> tuple[Activity, ...]:
    """
    Return the activities of a CSV text with the columns id, name, duration and predecessors, in its order.

    duration: working days, fractions allowed. predecessors: `A;B FS+2;C SS-1;D FF`. An id holds no space or semicolon.

    Raises BadTable.
    """
    rows = read_table(text, needed=COLUMNS, name=name)[1]
    if not rows:
        raise BadTable(name, [CellProblem(1, None, "The file has a header and no activities.")])
    return numbered(rows, name)


def numbered(rows: Sequence[Row], name: str) -> tuple[Activity, ...]:
    """Return the activities of rows with at least id, duration, predecessors and, where there is one, a name."""
    problems: list[CellProblem] = []
    positions: dict[str, int] = {}
    for row in rows:
        problems += _wrong(row, positions)
        positions.setdefault(row["id"], len(positions))
    if problems:
        raise BadTable(name, problems)
    found = []
    for row in rows:
        links, wrong = _links(row, positions)
        problems += wrong
        found.append(Activity(row["id"], row["name"], days(row["duration"]) or 0.0, tuple(links)))
    if problems:
        raise BadTable(name, problems)
    return tuple(found)


def read_estimates(text: str, name: str = "estimates.csv") -> tuple[tuple[Activity, ...], tuple[Estimate, ...]]:
    """
    Return the activities of a CSV text with the columns id, optimistic, likely, pessimistic and predecessors, and the
    three estimates of each. Raises BadTable.
    """
    rows = read_table(text, needed=("id", *ESTIMATES, "predecessors"), optional=("name",), name=name)[1]
    if not rows:
        raise BadTable(name, [CellProblem(1, None, "The file has a header and no activities.")])
    activities = numbered(rows, name)
    if problems := [problem for row in rows for problem in _misordered(row)]:
        raise BadTable(name, problems)
    return activities, tuple(Estimate(*(days(row[column]) or 0.0 for column in ESTIMATES)) for row in rows)


def read_holidays(text: str, name: str = "holidays.csv") -> frozenset[date]:
    """Return the days of a CSV text with the column date (2026-12-25) and, where wanted, name. Raises BadTable."""
    rows = read_table(text, needed=("date",), optional=("name",), name=name)[1]
    found = [(row, _date(row["date"])) for row in rows]
    if problems := [
        CellProblem(row.line, "date", f"“{row['date'][:40]}” is no date. Write 2026-12-25.")
        for row, day in found
        if day is None
    ]:
        raise BadTable(name, problems)
    return frozenset(day for _, day in found if day is not None)


def days(text: str) -> float | None:
    """Return a number of working days; None for what is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number <= LONGEST and "_" not in text else None


def _wrong(row: Row, positions: dict[str, int]) -> Iterator[CellProblem]:
    if not row["id"]:
        yield CellProblem(row.line, "id", "The cell is empty.")
    elif any(mark.isspace() or mark == ";" for mark in row["id"]):
        yield CellProblem(row.line, "id", f"“{row['id'][:40]}” holds a space or a semicolon.")
    elif row["id"] in positions:
        yield CellProblem(row.line, "id", f"“{row['id'][:40]}” stands here twice.")
    if "duration" in row.cells and days(row["duration"]) is None:
        reason = f"“{row['duration'][:40]}” is not a number of working days from 0 to {LONGEST:,}."
        yield CellProblem(row.line, "duration", reason)


def _misordered(row: Row) -> Iterator[CellProblem]:
    found = [days(row[column]) for column in ESTIMATES]
    for column, number in zip(ESTIMATES, found, strict=True):
        if number is None:
            yield CellProblem(row.line, column, f"“{row[column][:40]}” is not a number of working days.")
    known = [number for number in found if number is not None]
    if len(known) == len(ESTIMATES) and known != sorted(known):
        reason = "The likely estimate must lie between the optimistic and the pessimistic one."
        yield CellProblem(row.line, "likely", reason)


def _links(row: Row, positions: dict[str, int]) -> tuple[list[Link], list[CellProblem]]:
    links: list[Link] = []
    try:
        given = list(parse_links(row["predecessors"]))
    except BadLink as problem:
        return [], [CellProblem(row.line, "predecessors", str(problem))]
    problems = []
    for id_, kind, lag in given:
        if id_ == row["id"]:
            problems.append(CellProblem(row.line, "predecessors", f"{id_} waits for itself."))
        elif id_ not in positions:
            problems.append(CellProblem(row.line, "predecessors", f"There is no activity “{id_[:40]}”."))
        elif any((link.predecessor, link.kind) == (positions[id_], kind) for link in links):
            problems.append(CellProblem(row.line, "predecessors", f"{id_} {kind} stands here twice."))
        else:
            links.append(Link(positions[id_], kind, lag))
    return links, problems


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
