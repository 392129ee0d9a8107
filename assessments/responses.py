"""Answers to statements, and the CSV file that holds many of them: read strictly, every problem by line and column."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from assessments.csv_file import BadAnswers as BadAnswers
from assessments.csv_file import Problem as Problem
from assessments.csv_file import Row, RowReader, columns_of, decoded, rows_of
from assessments.functions import FUNCTIONS, LEVELS
from assessments.library import Library

NEEDED = ("respondent", "role", "statement", "answer")
OPTIONAL = ("reason", "note", "evidence")
WORDS = ("dont_know", "na")

Kind = Literal["level", "dont_know", "na"]


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


def read_answers(content: bytes | str, *, library: Library, file: str = "answers.csv") -> tuple[Answer, ...]:
    """
    Return the answers in a CSV text, in its order.

    content: a header with the columns respondent, role, statement and answer in any order, and reason, note and
        evidence where wanted. An answer is 0 to 4, dont_know or na. A reason for na is asked for where that column is.

    Raises BadAnswers with every problem found.
    """
    lines = rows_of(decoded(content, file), file)
    columns = columns_of(next(lines, (1, [])), file, needed=NEEDED, optional=OPTIONAL)
    return _Reader(file, columns, library).read(lines)


class _Reader(RowReader[Answer]):
    person, item, said, kind = "respondent", "statement", "answered", "answers"

    def __init__(self, file: str, columns: list[str], library: Library) -> None:
        super().__init__(file, columns)
        self._statements = {statement.id for statement in library.statements("long")}

    def wrong(self, row: Row) -> Iterator[tuple[str, str]]:
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

    def made(self, row: Row) -> Answer:
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
