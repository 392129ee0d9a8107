"""The rows of one file on their way into a table: counted, judged, and made canonical."""

from dataclasses import dataclass
from typing import Any

from data.importing.plan import Plan, Target
from data.importing.result import ColumnResult
from data.importing.typed import (
    KEPT,
    SOURCE_ID,
    code_word_of,
    reason_of,
    refused_of,
    sound,
    text_of,
    typed_rows,
    unknown_word_of,
    value_name,
)
from data.reading import LINE, Problem
from data.reading.kinds import identifier, quoted, shown_sql
from data.reading.problems import KEPT as NAMED

INCOMING = "incoming"  # one row per sound row: LINE, source_id, the canonical columns


@dataclass(frozen=True)
class CellCounts:
    """Of one mapped column: cells that hold something, that could be read, that are words, and what they span."""

    filled: int
    parsed: int
    refused: int
    code_words: int
    unknown_words: int
    min: str | None
    max: str | None


@dataclass(frozen=True)
class Tally:
    """Of one file: rows, rows the map wants, sound rows among them, names among those, and the cells by column."""

    rows: int
    kept: int
    sound: int
    names: int
    cells: dict[str, CellCounts]


def tally(connection: Any, plan: Plan, relation: str) -> Tally:
    """Count rows and cells in one pass over the file."""
    parts = ["count(*)", f"count_if({KEPT})", f"count_if({KEPT} AND {sound(plan)})"]
    parts.append(f"count(DISTINCT {SOURCE_ID}) FILTER ({KEPT} AND {sound(plan)})" if plan.id else parts[2])
    for target in plan.mapped:
        text, value = text_of(target, plan), value_name(target)
        parts += [
            f"count({text}) FILTER ({KEPT})",
            f"count({value}) FILTER ({KEPT})",
            f"count_if({KEPT} AND {refused_of(target, plan)})",
            f"count_if({KEPT} AND {code_word_of(target, plan)})",
            f"count_if({KEPT} AND {unknown_word_of(target, plan)})",
            shown_sql(f"min({value}) FILTER ({KEPT})", target.column.type),
            shown_sql(f"max({value}) FILTER ({KEPT})", target.column.type),
        ]
    found = connection.execute(f"SELECT {', '.join(parts)} FROM ({typed_rows(plan, relation)})").fetchone()  # noqa: S608
    rest = list(found[4:])
    cells = {target.name: CellCounts(*rest[place * 7 : place * 7 + 7]) for place, target in enumerate(plan.mapped)}
    return Tally(found[0], found[1], found[2], found[3], cells)


def column_results(plan: Plan, counts: Tally) -> tuple[ColumnResult, ...]:
    return tuple(_column_result(target, counts.kept, counts.cells[target.name]) for target in plan.mapped)


def _column_result(target: Target, kept: int, cells: CellCounts) -> ColumnResult:
    known = cells.parsed - (cells.unknown_words if target.column.vocabulary else 0)
    return ColumnResult(
        source=target.source or "",
        target=target.name,
        parsed_share=known / cells.filled if cells.filled else None,
        min=cells.min,
        max=cells.max,
        format=target.kind.format if target.kind else None,
        empty=kept - cells.filled,
    )


def rejected_rows(connection: Any, plan: Plan, relation: str, counts: Tally) -> tuple[Problem, ...]:
    """Return the first thousand reasons for which rows are refused, by line."""
    parts = [_refused_cells(target, plan) for target in plan.mapped if counts.cells[target.name].refused]
    missing = [target for target in plan.targets if target.column.required and target.source is None]
    parts += [
        f"SELECT {LINE}, {quoted(target.name)}, NULL, 'the source has no column for it, and every {plan.table.name} needs one'"
        f" FROM typed WHERE {KEPT} AND {refused_of(target, plan)}"
        for target in missing
        if target.name != plan.table.key
    ]
    if plan.id:
        names = quoted(", ".join(plan.id))
        parts.append(f"SELECT {LINE}, {names}, NULL, 'the id is empty' FROM typed WHERE {KEPT} AND {SOURCE_ID} IS NULL")
    if counts.sound == counts.kept or not parts:
        return ()
    every = " UNION ALL ".join(parts)
    query = f"WITH typed AS ({typed_rows(plan, relation)}) SELECT * FROM ({every}) ORDER BY 1, 2 LIMIT {NAMED}"  # noqa: S608
    return tuple(Problem(*found) for found in connection.execute(query).fetchall())


def _refused_cells(target: Target, plan: Plan) -> str:
    text = text_of(target, plan)
    needed = f"this is empty, and every {plan.table.name} needs it"
    reason = f"CASE WHEN {text} IS NULL THEN {quoted(needed)} ELSE {quoted(reason_of(target))} END"
    return (
        f"SELECT {LINE}, {quoted(target.source or target.name)}, left({text}, 200), {reason}"  # noqa: S608
        f" FROM typed WHERE {KEPT} AND {refused_of(target, plan)}"
    )


def gather(connection: Any, plan: Plan, relation: str) -> None:
    """Make the table INCOMING of the sound rows the map wants, one per line."""
    values = [f"{_stored(target, plan)} AS {identifier(target.name)}" for target in plan.targets]
    columns = ", ".join([LINE, f"{SOURCE_ID} AS source_id", *values])
    connection.execute(
        f"CREATE TEMP TABLE {INCOMING} AS SELECT {columns} FROM ({typed_rows(plan, relation)})"  # noqa: S608
        f" WHERE {KEPT} AND {sound(plan)}"
    )


def _stored(target: Target, plan: Plan) -> str:
    value = value_name(target)
    return f"coalesce({value}, {SOURCE_ID})" if target.name == plan.table.key else value


def drop_repeated(connection: Any, plan: Plan) -> tuple[int, tuple[Problem, ...], int]:
    """
    Keep the first row of every name in INCOMING; return how many equal rows repeat one, and the differing ones as problems.

    Returns the number of equal rows, the first thousand problems, and how many there are.
    """
    names = [identifier(target.name) for target in plan.targets]
    whole = f"({', '.join(names)})"
    connection.execute(
        "CREATE TEMP TABLE repeated AS SELECT * FROM ("  # noqa: S608
        f"SELECT {LINE}, source_id, first_value({LINE}) OVER same AS first_line, row{whole} AS cells,"
        f" first_value(row{whole}) OVER same AS first_cells FROM {INCOMING}"
        f" WINDOW same AS (PARTITION BY source_id ORDER BY {LINE})) WHERE {LINE} <> first_line"
    )
    differs = "cells IS DISTINCT FROM first_cells"
    equal, different = connection.execute(
        f"SELECT count_if(NOT ({differs})), count_if({differs}) FROM repeated"  # noqa: S608
    ).fetchone()
    found = connection.execute(
        f"SELECT {LINE}, source_id, first_line FROM repeated WHERE {differs} ORDER BY 1 LIMIT {NAMED}"  # noqa: S608
    ).fetchall()
    connection.execute(f"DELETE FROM {INCOMING} WHERE {LINE} IN (SELECT {LINE} FROM repeated)")  # noqa: S608
    column = ", ".join(plan.id)
    problems = (
        Problem(line, column, name, f"line {first} has the same id and says something else")
        for line, name, first in found
    )
    return equal, tuple(problems), different
