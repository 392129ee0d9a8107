"""The rows of one file on their way into a table: counted, judged, and made canonical."""

from dataclasses import dataclass
from typing import Any

from data.importing.plan import Plan, Target
from data.importing.result import ColumnResult
from data.importing.typed import (
    EMPTY,
    KEPT,
    READ,
    REFUSED,
    SOUND,
    SOURCE_ID,
    WORD,
    reason_of,
    refuses,
    text_of,
    typed_rows,
    value_name,
    verdict_name,
    verdict_of,
)
from data.reading import LINE, Problem
from data.reading.kinds import identifier, quoted, shown_sql
from data.reading.problems import KEPT as NAMED

JUDGED = "judged"  # every row of the file: values and verdicts
INCOMING = "incoming"  # the sound rows the map wants: LINE, source_id, the canonical columns


@dataclass(frozen=True)
class CellCounts:
    """Of one mapped column: cells that hold something, were read, refused, or not understood, and their span."""

    filled: int
    read: int
    refused: int
    words: int
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


def judge(connection: Any, plan: Plan, relation: str) -> Tally:
    """
    Make JUDGED of all rows, typed, and INCOMING of the sound ones; return what they count.

    Where all rows are sound JUDGED stays a view, so that each later question parses only the columns it is about.
    """
    connection.execute("SET preserve_insertion_order = false")  # every row knows its line; order would cost a core
    typed = typed_rows(plan, relation)
    if plan.id:
        connection.execute(f"CREATE TEMP VIEW {JUDGED} AS {typed}")
        counts = _tally(connection, plan)
        if counts.sound == counts.rows:
            _show_incoming(connection, plan, "true")
            return counts
        connection.execute(f"DROP VIEW {JUDGED}")
    connection.execute(f"CREATE TEMP TABLE {JUDGED} AS {typed}")
    _show_incoming(connection, plan, f"{KEPT} AND {SOUND}")
    return _tally(connection, plan)


def _tally(connection: Any, plan: Plan) -> Tally:
    sound = f"count(*) FILTER ({KEPT} AND {SOUND})"
    names = f"count(DISTINCT {SOURCE_ID}) FILTER ({KEPT} AND {SOUND})" if plan.id else sound
    parts = ["count(*)", f"count(*) FILTER ({KEPT})", sound, names]
    for target in plan.mapped:
        parts += _cell_counts(target, plan)
    found = connection.execute(f"SELECT {', '.join(parts)} FROM {JUDGED}").fetchall()[0]  # noqa: S608
    rest = found[4:]
    cells = {target.name: CellCounts(*rest[place * 6 : place * 6 + 6]) for place, target in enumerate(plan.mapped)}
    return Tally(found[0], found[1], found[2], found[3], cells)


def _show_incoming(connection: Any, plan: Plan, which: str) -> None:
    values = ", ".join(f"{_stored(target, plan)} AS {identifier(target.name)}" for target in plan.targets)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {INCOMING} AS SELECT {LINE}, {SOURCE_ID} AS source_id, {values}"  # noqa: S608
        f" FROM {JUDGED} WHERE {which}"
    )


def _cell_counts(target: Target, plan: Plan) -> list[str]:
    value, verdict = value_name(target), verdict_name(target)
    only, and_only = (f" FILTER ({KEPT})", f"{KEPT} AND ") if plan.where else ("", "")  # a filter costs, also of all
    spans = [shown_sql(f"{end}({value}){only}", target.column.type) for end in ("min", "max")]
    if verdict_of(target, plan) is None:
        filled = f"count({value}){only}"
        return [filled, filled, "0", "0", *spans]
    counts = [
        f"count(*) FILTER ({and_only}{verdict} {which})"
        for which in (f"<> {EMPTY}", f"= {READ}", f"= {REFUSED}", f"= {WORD}")
    ]
    return [*counts, *spans]


def _stored(target: Target, plan: Plan) -> str:
    value = value_name(target)
    return f"coalesce({value}, {SOURCE_ID})" if target.name == plan.table.key else value


def column_results(plan: Plan, counts: Tally) -> tuple[ColumnResult, ...]:
    return tuple(_column_result(target, counts.kept, counts.cells[target.name]) for target in plan.mapped)


def _column_result(target: Target, kept: int, cells: CellCounts) -> ColumnResult:
    return ColumnResult(
        source=target.source or "",
        target=target.name,
        parsed_share=cells.read / cells.filled if cells.filled else None,
        min=cells.min,
        max=cells.max,
        format=target.kind.format if target.kind else None,
        empty=kept - cells.filled,
    )


def rejected_rows(connection: Any, plan: Plan, relation: str, counts: Tally) -> tuple[Problem, ...]:
    """Return the first thousand reasons for which rows are refused, by line."""
    if counts.sound == counts.kept:
        return ()
    parts = [part for target in plan.targets if (part := _refused_cells(target, plan))]
    if plan.id:
        names = quoted(", ".join(plan.id))
        parts.append(f"SELECT j.{LINE}, {names}, NULL, 'the id is empty' FROM j WHERE {SOURCE_ID} IS NULL")  # noqa: S608
    bad = f"(SELECT * FROM {JUDGED} WHERE {KEPT} AND NOT {SOUND})"  # noqa: S608
    found = connection.execute(
        f"WITH j AS (SELECT * FROM {bad} JOIN (SELECT * FROM {relation}) USING ({LINE}))"  # noqa: S608
        f" SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY 1, 2 LIMIT {NAMED}"
    ).fetchall()
    return tuple(Problem(*each) for each in found)


def _refused_cells(target: Target, plan: Plan) -> str | None:
    refused = refuses(target, plan)
    if refused is None:
        return None
    text = text_of(target, plan)
    needed = f"this is empty, and every {plan.table.name} needs it"
    reason = f"CASE WHEN {text} IS NULL THEN {quoted(needed)} ELSE {quoted(reason_of(target))} END"
    name = quoted(target.source or target.name)
    return f"SELECT j.{LINE}, {name}, left({text}, 200), {reason} FROM j WHERE {refused}"  # noqa: S608


def drop_repeated(connection: Any, plan: Plan) -> tuple[int, tuple[Problem, ...], int]:
    """
    Keep the first row of every name in INCOMING.

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
    ).fetchall()[0]
    found = connection.execute(
        f"SELECT {LINE}, source_id, first_line FROM repeated WHERE {differs} ORDER BY 1 LIMIT {NAMED}"  # noqa: S608
    ).fetchall()
    first = f"{LINE} NOT IN (SELECT {LINE} FROM repeated)"  # noqa: S608
    _show_incoming(connection, plan, f"{KEPT} AND {SOUND} AND {first}")
    column = ", ".join(plan.id)
    problems = (
        Problem(line, column, name, f"line {first} has the same id and says something else")
        for line, name, first in found
    )
    return equal, tuple(problems), different
