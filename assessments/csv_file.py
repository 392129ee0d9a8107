"""CSV files from people, read strictly: the header is checked, every problem is named by file, line and column."""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = dict[str, str]
Kept = TypeVar("Kept")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file of answers. column: None when it is the whole line."""

    file: str
    line: int
    column: str | None
    value: str
    reason: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{column}: {self.reason}"


class BadAnswers(ValueError):
    """A file of answers that is refused, with every problem found in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")

    def __reduce__(self) -> tuple[type["BadAnswers"], tuple[tuple[Problem, ...]]]:
        return BadAnswers, (self.problems,)


def decoded(content: bytes | str, file: str) -> str:
    """Return the text of a file, without its byte order mark. Raises BadAnswers unless it is UTF-8."""
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    if content.startswith(UTF_16):
        raise BadAnswers((Problem(file, 1, None, "", "the file is in UTF-16. Save it as CSV UTF-8"),))
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        value = content[problem.start : problem.start + 1].decode("cp1252", "replace")
        reason = f'the file is not in UTF-8; "{value}" looks like Windows-1252. Save it as CSV UTF-8'
        raise BadAnswers((Problem(file, line, None, value, reason),)) from problem


def rows_of(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of every row that has any, the header first, and the line each begins on. Raises BadAnswers."""
    header = text.partition("\n")[0]
    delimiter = ";" if ";" in header and "," not in header else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield number, cells
            number = rows.line_num + 1
    except csv.Error as problem:
        raise BadAnswers((Problem(file, number, None, "", f"this is not CSV: {problem}"),)) from problem


def columns_of(
    header: tuple[int, list[str]], file: str, *, needed: tuple[str, ...], optional: tuple[str, ...]
) -> list[str]:
    """Return the names in a header: all that are needed, no unknown one, none twice. Raises BadAnswers."""
    line, cells = header
    columns = [cell.strip().lower() for cell in cells]
    if not columns:
        raise BadAnswers((Problem(file, line, None, "", "the file is empty"),))
    problems = [
        Problem(file, line, column, column, "this column is not known; known are " + ", ".join(needed + optional))
        for column in columns
        if column not in needed + optional
    ]
    problems += [
        Problem(file, line, column, "", "this column is missing") for column in needed if column not in columns
    ]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    problems += [Problem(file, line, column, column, "this column stands here twice") for column in twice]
    if problems:
        raise BadAnswers(tuple(problems))
    return columns


class RowReader(ABC, Generic[Kept]):
    """
    Takes the rows of a file one by one; keeps what they hold, and every problem.

    person, item: the columns that say who, and of what; they are together on one line, and a person has one role.
    said: how a row names that, such as "rated". kind: of the file's rows, such as "ratings".
    """

    person: str
    item: str
    said: str
    kind: str

    def __init__(self, file: str, columns: list[str]) -> None:
        self._file = file
        self._columns = columns
        self._kept: list[Kept] = []
        self._problems: list[Problem] = []
        self._seen: dict[tuple[str, str], int] = {}
        self._roles: dict[str, tuple[str, int]] = {}

    def read(self, rows: Iterator[tuple[int, list[str]]]) -> tuple[Kept, ...]:
        """Return what the rows hold. Raises BadAnswers with every problem found."""
        for line, cells in rows:
            self._take(line, cells)
        if not self._problems and not self._kept:
            self._report(1, None, "", f"the file has a header and no {self.kind}")
        if self._problems:
            raise BadAnswers(tuple(self._problems))
        return tuple(self._kept)

    @abstractmethod
    def wrong(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield each column of a row that cannot be so, and why."""

    @abstractmethod
    def made(self, row: Row) -> Kept:
        """Return what a row without problems holds."""

    def _take(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(self._columns):
            self._report(line, None, "", f"{len(cells)} cells where the header has {len(self._columns)} columns")
            return
        row = dict(zip(self._columns, (cell.strip() for cell in cells), strict=True))
        if "role" in row:
            row["role"] = row["role"].lower()
        found = [*_nul(row), *self.wrong(row), *self._twice(line, row)]
        for column, reason in found:
            self._report(line, column, row.get(column, ""), reason)
        if not found:
            self._kept.append(self.made(row))

    def _twice(self, line: int, row: Row) -> Iterator[tuple[str, str]]:
        who, what = row[self.person], row[self.item]
        if "role" in row:
            role, before = self._roles.setdefault(who, (row["role"], line))
            if role != row["role"]:
                yield "role", f'{who} is "{role}" on line {before} and "{row["role"]}" here'
        first = self._seen.setdefault((who, what), line)
        if first != line:
            yield self.item, f"{who} has {self.said} {what} on line {first}"

    def _report(self, line: int, column: str | None, value: str, reason: str) -> None:
        self._problems.append(Problem(self._file, line, column, value, reason))


def _nul(row: Row) -> Iterator[tuple[str, str]]:
    for column, value in row.items():
        if "\x00" in value:
            yield column, "the cell holds a NUL character"
