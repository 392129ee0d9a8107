"""Answers to statements, and the CSV file that holds many of them: read strictly, every problem by line and column."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from assessments.functions import FUNCTIONS, LEVELS
from assessments.library import Library

NEEDED = ("respondent", "role", "statement", "answer")
OPTIONAL = ("reason", "note", "evidence")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
WORDS = ("dont_know", "na")

Kind = Literal["level", "dont_know", "na"]
Row = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """
    One person's answer to one statement.

    kind: a level from 0 to 4, "dont_know", or "na" (not applicable, with its reason); the last two have no level.
    function: who the person is in the company; a consultant's answers are kept and never counted.
    evidence: what the person points to, in their words.

    Raises ValueError if level and kind do not fit, or nobody has the function.
    """

    respondent: str
    function: str
    statement: str
    level: int | None = None
    kind: Kind = "level"
    reason: str = ""
    note: str = ""
    evidence: str = ""

    def __post_init__(self) -> None:
        if self.function not in FUNCTIONS:
            raise ValueError(f"{self.function} is not a function")
        if (self.kind == "level") != (self.level in LEVELS):
            raise ValueError(f"{self.kind} and level {self.level} do not fit")

    @property
    def counted(self) -> bool:
        """Whether the scores count this person."""
        return FUNCTIONS[self.function].counted


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


def read_answers(content: bytes | str, *, library: Library, file: str = "answers.csv") -> tuple[Answer, ...]:
    """
    Return the answers in a CSV text, in its order.

    content: a header with the columns respondent, role, statement and answer in any order, and reason, note and
        evidence where wanted. An answer is 0 to 4, dont_know or na. A reason for na is asked for where that column is.

    Raises BadAnswers with every problem found.
    """
    text = content if isinstance(content, str) else _decoded(content, file)
    lines = _lines(text.removeprefix("\ufeff"), file)
    columns = _columns(next(lines, (1, [])), file)
    reader = _Reader(file, columns, {statement.id for statement in library.statements("long")})
    for number, cells in lines:
        reader.take(number, cells)
    if not reader.problems and not reader.answers:
        reader.report(1, None, "", "the file has a header and no answers")
    if reader.problems:
        raise BadAnswers(tuple(reader.problems))
    return tuple(reader.answers)


def _decoded(content: bytes, file: str) -> str:
    if content.startswith(UTF_16):
        raise BadAnswers((Problem(file, 1, None, "", "the file is in UTF-16. Save it as CSV UTF-8"),))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        value = content[problem.start : problem.start + 1].decode("cp1252", "replace")
        reason = f'the file is not in UTF-8; "{value}" looks like Windows-1252. Save it as CSV UTF-8'
        raise BadAnswers((Problem(file, line, None, value, reason),)) from problem


def _lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
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


def _columns(header: tuple[int, list[str]], file: str) -> list[str]:
    line, cells = header
    columns = [cell.strip().lower() for cell in cells]
    if not columns:
        raise BadAnswers((Problem(file, line, None, "", "the file is empty"),))
    problems = [
        Problem(file, line, column, column, "this column is not known; known are " + ", ".join(NEEDED + OPTIONAL))
        for column in columns
        if column not in NEEDED + OPTIONAL
    ]
    problems += [
        Problem(file, line, column, "", "this column is missing") for column in NEEDED if column not in columns
    ]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    problems += [Problem(file, line, column, column, "this column stands here twice") for column in twice]
    if problems:
        raise BadAnswers(tuple(problems))
    return columns


class _Reader:
    def __init__(self, file: str, columns: list[str], statements: set[str]) -> None:
        self.answers: list[Answer] = []
        self.problems: list[Problem] = []
        self._file = file
        self._columns = columns
        self._statements = statements
        self._seen: dict[tuple[str, str], int] = {}
        self._roles: dict[str, tuple[str, int]] = {}

    def report(self, line: int, column: str | None, value: str, reason: str) -> None:
        self.problems.append(Problem(self._file, line, column, value, reason))

    def take(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(self._columns):
            self.report(line, None, "", f"{len(cells)} cells where the header has {len(self._columns)} columns")
            return
        row = dict(zip(self._columns, (cell.strip() for cell in cells), strict=True))
        row["role"] = row["role"].lower()
        known = len(self.problems)
        for column, reason in self._wrong(line, row):
            self.report(line, column, row.get(column, ""), reason)
        if len(self.problems) == known:
            self.answers.append(_answer(row))

    def _wrong(self, line: int, row: Row) -> Iterator[tuple[str, str]]:
        for column, value in row.items():
            if "\x00" in value:
                yield column, "the cell holds a NUL character"
        if not row["respondent"]:
            yield "respondent", "the cell is empty"
        if row["role"] not in FUNCTIONS:
            yield "role", f'"{row["role"]}" is not a role; roles are {", ".join(FUNCTIONS)}'
        if row["statement"] not in self._statements:
            yield "statement", f'there is no statement "{row["statement"]}"'
        if row["answer"] not in (*WORDS, *map(str, LEVELS)):
            said = f'"{row["answer"]}" is not an answer' if row["answer"] else "the cell is empty"
            yield "answer", f"{said}; answers are 0 to 4, dont_know and na"
        if row["answer"] == "na" and row.get("reason") == "":
            yield "reason", "na needs a reason"
        yield from self._twice(line, row)

    def _twice(self, line: int, row: Row) -> Iterator[tuple[str, str]]:
        role, before = self._roles.setdefault(row["respondent"], (row["role"], line))
        if role != row["role"]:
            yield "role", f'{row["respondent"]} is "{role}" on line {before} and "{row["role"]}" here'
        first = self._seen.setdefault((row["respondent"], row["statement"]), line)
        if first != line:
            yield "statement", f"{row['respondent']} has answered {row['statement']} on line {first}"


def _answer(row: Row) -> Answer:
    word = row["answer"] in WORDS
    return Answer(
        respondent=row["respondent"],
        function=row["role"],
        statement=row["statement"],
        level=None if word else int(row["answer"]),
        kind=cast(Kind, row["answer"]) if word else "level",
        reason=row.get("reason", ""),
        note=row.get("note", ""),
        evidence=row.get("evidence", ""),
    )
