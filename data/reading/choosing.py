"""Which kind of values a column holds: the whole column decides, and where it cannot, a person is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.reading.kinds import (
    DATE_FORMATS,
    DATETIME_FORMATS,
    ISO,
    Kind,
    ValueType,
    among,
    identifier,
    quoted,
    value_sql,
)

SAMPLE_ROWS, SAMPLE_VALUES = 20_000, 1_000
UNMISTAKABLE = (ISO, "%Y-%m-%d")
NEARLY = 0.9  # a kind that parses this share of what the best parses is looked at over the whole column


@dataclass(frozen=True)
class Choice:
    """The kind chosen, how many values it parses, and the others that parse as many but read them differently."""

    kind: Kind
    parsed: int
    rivals: tuple[Kind, ...] = ()


def candidates(type_: ValueType, zone: str = "UTC") -> tuple[Kind, ...]:
    """Return the ways in which values of a type are written, the likeliest first."""
    match type_:
        case "date":
            return tuple(Kind("date", format_) for format_ in (*DATE_FORMATS, *DATETIME_FORMATS))
        case "datetime":
            formats = (*DATETIME_FORMATS, *(format_ for format_ in DATE_FORMATS if format_ != "%Y-%m-%d"))
            return tuple(Kind("datetime", format_, zone=zone) for format_ in formats)
        case "int" | "decimal":
            return Kind(type_, decimal="."), Kind(type_, decimal=",")
        case _:
            return (Kind(type_),)


def text_sql(column: str, empty: Sequence[str]) -> str:
    """Return the SQL of a cell's text, null when it says nothing."""
    name = identifier(column)
    return f"CASE WHEN NOT {among(name, empty)} THEN {name} END" if empty else name


def survivors(
    connection: Any, relation: str, column: str, kinds: Sequence[Kind], empty: Sequence[str]
) -> tuple[Kind, ...]:
    """Return the kinds that fit the first values of a column (nearly) as well as the best does."""
    sample = sample_sql(relation, column, empty)
    if kinds[0].format in UNMISTAKABLE and _reads_all(connection, sample, kinds[0]):
        return (kinds[0],)
    counts = _counts(connection, sample, kinds)
    best = max(counts)
    return tuple(kind for kind, count in zip(kinds, counts, strict=True) if best and count >= NEARLY * best)


def choose(connection: Any, relation: str, column: str, kinds: Sequence[Kind], empty: Sequence[str] = ("",)) -> Choice:
    """
    Return the kind by which most of a column's values parse.

    relation: SQL of a table or a parenthesized query. empty: words that mean empty.
    """
    left = survivors(connection, relation, column, kinds, empty) or (kinds[0],)
    every = f"(SELECT {text_sql(column, empty)} AS value FROM {relation})"  # noqa: S608
    counts = _counts(connection, every, left)
    best = max(counts)
    equals = [kind for kind, count in zip(left, counts, strict=True) if count == best]
    first, *others = equals
    rivals = tuple(kind for kind in others if best and _differ(connection, every, first, kind))
    return Choice(first, best, rivals)


def decide_kind(
    connection: Any, relation: str, column: str, kinds: Sequence[Kind], empty: Sequence[str]
) -> tuple[Kind, ...]:
    """Return the kind of a column whose type is given, then its rivals; read no further than needed."""
    left = survivors(connection, relation, column, kinds, empty) or (kinds[0],)
    if len(left) == 1:
        return left
    choice = choose(connection, relation, column, left, empty)
    return choice.kind, *choice.rivals


def sample_sql(relation: str, column: str, empty: Sequence[str]) -> str:
    some = f"SELECT {text_sql(column, empty)} AS value FROM {relation} LIMIT {SAMPLE_ROWS}"  # noqa: S608
    return f"(SELECT DISTINCT value FROM ({some}) WHERE value IS NOT NULL LIMIT {SAMPLE_VALUES})"  # noqa: S608


def _reads_all(connection: Any, values: str, kind: Kind) -> bool:
    read, every = connection.execute(f"SELECT count({value_sql('value', kind)}), count(*) FROM {values}").fetchall()[0]  # noqa: S608
    return bool(0 < read == every)


def _counts(connection: Any, values: str, kinds: Sequence[Kind]) -> list[int]:
    columns = ", ".join(f"count({value_sql('value', kind)})" for kind in kinds)
    return list(connection.execute(f"SELECT {columns} FROM {values}").fetchall()[0])  # noqa: S608 - built from constants


def _differ(connection: Any, values: str, left: Kind, right: Kind) -> bool:
    different = f"{value_sql('value', left)} IS DISTINCT FROM {value_sql('value', right)}"
    return bool(connection.execute(f"SELECT count(*) FROM {values} WHERE {different}").fetchall()[0][0])  # noqa: S608


def example_sql(column: str) -> str:
    return f"left({identifier(column)}, 80)"


def parquet(path: object) -> str:
    """Return the SQL that reads one parquet file."""
    return f"read_parquet({quoted(str(path))})"
