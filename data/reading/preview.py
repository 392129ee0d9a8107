"""What a file holds, before anything is decided: columns, types, formats, and every broken line."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.reading.ahead import ahead
from data.reading.choosing import candidates, choose, example_sql, parquet, sample_sql, survivors, text_sql
from data.reading.engine import engine
from data.reading.kinds import (
    DATE_FORMATS,
    EXCEL,
    UNIX,
    UNIX_MS,
    Kind,
    ValueType,
    code_word_sql,
    identifier,
    quoted,
    rounded_sql,
    shown_sql,
    value_sql,
)
from data.reading.layout import COMMAND_LINE_LIMIT, LINE, FileFormat, Layout, Reading
from data.reading.opening import open_file
from data.reading.problems import Problem

SAMPLES = 5
MOST = 0.95  # share of a column's values that a type must explain
HALF = 0.5  # share of them that must be numbers where the others are code words
FEW_WORDS = 5  # different code words a number column may hold
DATE_LIKE = r"[[:alnum:] ,:./+-]*[0-9][[:alnum:] ,:./+-]*"
NAMED_DATE = re.compile(r"date|datum|day$|_at$|time|_on$", re.IGNORECASE)
NAMED_ID = re.compile(r"(^|[^A-Za-z])[iI][dD]$|[a-z]I[dD]$|(key|uid|uuid|phone|zip|postcode)$|^[iI][dD][^a-z]")
NUMBERED_DATES = (  # with the first and last number that is read so: years 1954 to 2064, 2001 to 2033
    (Kind("date", EXCEL), 20_000, 60_000),
    (Kind("datetime", UNIX), 1_000_000_000, 2_000_000_000),
    (Kind("datetime", UNIX_MS), 1_000_000_000_000, 2_000_000_000_000),
)


@dataclass(frozen=True)
class ColumnPreview:
    """
    One column as it seems to be.

    parsed_share: share of the cells that hold something and read as the type; None when all are empty.
    formats, decimals: more than one means that the values read both ways: ask.
    rounded: numbers whose last digits a spreadsheet dropped; such a column cannot name rows.
    """

    name: str
    type: ValueType
    parsed_share: float | None
    min: str | None
    max: str | None
    format: str | None
    formats: tuple[str, ...]
    decimal: str | None
    decimals: tuple[str, ...]
    empty: int
    samples: tuple[str, ...]
    code_words: tuple[str, ...]
    rounded: bool


@dataclass(frozen=True)
class Preview:
    """What a file holds; problems are the first thousand of problem_count."""

    file_name: str
    format: FileFormat
    encoding: str | None
    delimiter: str | None
    decimal: str | None
    sheet: str | None
    rows: int
    columns: tuple[ColumnPreview, ...]
    problems: tuple[Problem, ...]
    problem_count: int


def describe(
    path: Path, *, file_name: str | None = None, layout: Layout | None = None, size_limit: int = COMMAND_LINE_LIMIT
) -> Preview:
    """Return what a file holds, read from end to end. Raises UnreadableFile when it cannot be read at all."""
    reading = open_file(path, file_name=file_name, layout=layout, size_limit=size_limit)
    with tempfile.TemporaryDirectory(prefix="groundwork-") as name:
        folder = Path(name)
        rows = write_text(reading, folder / "rows.parquet")
        with engine(folder) as connection:
            relation = parquet(folder / "rows.parquet")
            columns = tuple(_column(connection, relation, column) for column in reading.columns)
    marks = [column.decimal for column in columns if column.type == "decimal" and len(column.decimals) == 1]
    return Preview(
        file_name=reading.file_name,
        format=reading.format,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        decimal=marks[0] if marks else None,
        sheet=reading.sheet,
        rows=rows,
        columns=columns,
        problems=tuple(reading.problems),
        problem_count=reading.problems.count,
    )


def write_text(reading: Reading, path: Path) -> int:
    """Write the rows of a reading as text into a parquet file; return how many there are."""
    schema = pa.schema([*((column, pa.string()) for column in reading.columns), (LINE, pa.int64())])
    rows = 0
    with pq.ParquetWriter(path, schema, compression="lz4", use_dictionary=False, write_statistics=False) as writer:
        for batch in ahead(reading.batches):
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _column(connection: Any, relation: str, column: str) -> ColumnPreview:
    text = text_sql(column, ("",))
    filled, empty, kept_marks, rounded = connection.execute(
        f"SELECT count({text}), count(*) - count({text}), count_if(regexp_matches({text}, '^(\\+|0[0-9])')),"  # noqa: S608
        f" count_if({rounded_sql(identifier(column))}) FROM {relation}"
    ).fetchall()[0]
    kinds = _kinds(connection, relation, column, filled, texts_only=bool(kept_marks or rounded))
    kind = kinds[0]
    value, words = value_sql("value", kind), f"CASE WHEN {code_word_sql('value', kind)} THEN value END"
    parsed, low, high, unread = connection.execute(
        f"SELECT count({value}), {shown_sql(f'min({value})', kind.type)}, {shown_sql(f'max({value})', kind.type)},"  # noqa: S608
        f" list(DISTINCT {words}) FROM (SELECT {text} AS value FROM {relation})"
    ).fetchall()[0]
    return ColumnPreview(
        name=column,
        type=kind.type,
        parsed_share=parsed / filled if filled else None,
        min=low,
        max=high,
        format=kind.format,
        formats=tuple(each.format for each in kinds if each.format),
        decimal=kind.decimal,
        decimals=tuple(each.decimal for each in kinds if each.decimal),
        empty=empty,
        samples=_samples(connection, relation, column),
        code_words=tuple(sorted(word for word in unread or () if word is not None))[:20],
        rounded=bool(rounded),
    )


def _kinds(connection: Any, relation: str, column: str, filled: int, *, texts_only: bool) -> tuple[Kind, ...]:
    """Return the kind of a column and its rivals; text when nothing else explains nearly all of it."""
    types = _tried(connection, relation, column, texts_only=texts_only) if filled else ()
    for type_ in types:
        kinds = survivors(connection, relation, column, _written(type_), ("",))
        if not kinds:
            continue
        choice = choose(connection, relation, column, kinds)
        words, distinct = _code_words(connection, relation, column, choice.kind)
        explained = choice.parsed + (words if distinct <= FEW_WORDS else 0)
        needed = HALF if NAMED_DATE.search(column) else MOST  # a column called a date is one, however many are wrong
        if explained >= needed * filled and choice.parsed >= HALF * filled:
            return _number_as_date(connection, relation, column, choice.kind) or (choice.kind, *choice.rivals)
    if filled and _all_boolean(connection, relation, column):
        return (Kind("bool"),)
    return (Kind("text"),)


def _tried(connection: Any, relation: str, column: str, *, texts_only: bool) -> tuple[ValueType, ...]:
    """Return the types worth trying by what the first values look like and what the column is called."""
    like_dates, with_time, values = connection.execute(
        f"SELECT count_if(regexp_full_match(value, {quoted(DATE_LIKE)})), count_if(contains(value, ':')), count(*)"  # noqa: S608
        f" FROM {sample_sql(relation, column, ('',))}"
    ).fetchall()[0]
    numbers: tuple[ValueType, ...] = () if texts_only or NAMED_ID.search(column) else ("int", "decimal")
    if like_dates < HALF * values:
        return numbers
    if with_time >= HALF * values:
        return ("datetime",)
    return ("date", *numbers) if NAMED_DATE.search(column) else (*numbers, "date")


def _written(type_: ValueType) -> tuple[Kind, ...]:
    return tuple(kind for kind in candidates(type_) if type_ != "date" or kind.format in DATE_FORMATS)


def _number_as_date(connection: Any, relation: str, column: str, kind: Kind) -> tuple[Kind, ...] | None:
    """Return how a number tells a day, where the column is called a date and the numbers can be one."""
    if kind.type not in ("int", "decimal") or not NAMED_DATE.search(column):
        return None
    value = value_sql(text_sql(column, ("",)), kind)
    low, high = connection.execute(f"SELECT min({value}), max({value}) FROM {relation}").fetchall()[0]  # noqa: S608
    for date_kind, first, last in NUMBERED_DATES:
        if first <= low and high <= last:
            return (date_kind,)
    return None


def _code_words(connection: Any, relation: str, column: str, kind: Kind) -> tuple[int, int]:
    """Return how many cells of a number column are words, and how many different words they are."""
    text = text_sql(column, ("",))
    found = connection.execute(
        f"SELECT count(*), count(DISTINCT {text}) FROM {relation} WHERE {code_word_sql(text, kind)}"  # noqa: S608
    ).fetchall()[0]
    return int(found[0]), int(found[1])


def _all_boolean(connection: Any, relation: str, column: str) -> bool:
    word = f"lower({text_sql(column, ('',))})"
    other = f"count_if({word} NOT IN ('true', 'false', 'yes', 'no'))"
    return not connection.execute(f"SELECT {other} FROM {relation}").fetchall()[0][0]  # noqa: S608


def _samples(connection: Any, relation: str, column: str) -> tuple[str, ...]:
    shown, name = example_sql(column), identifier(column)
    found = connection.execute(
        f"SELECT DISTINCT {shown} FROM (SELECT {name} FROM {relation} WHERE {name} <> '' LIMIT 100) LIMIT {SAMPLES}"  # noqa: S608
    ).fetchall()
    return tuple(sorted(value for (value,) in found))
