"""The columns a metric may be split and filtered by: those of its table, and those one foreign key away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import ibis.expr.types as ir

from data.canonical import PROVENANCE, TABLES, Column, Table
from data.metrics.catalog import MetricError
from data.warehouse import Warehouse

GROUPABLE = ("text", "int", "bool", "date")
TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

Value = str | int | bool | Decimal | date | None


class BadQuestion(MetricError):
    """A column, a value or a period does not exist; the text says which do."""


@dataclass(frozen=True)
class Split:
    """
    A column to split or filter by.

    asked: as it was asked for, `channel` or `agent.office`. key: the foreign key that leads to another table.
    """

    asked: str
    table: Table
    column: Column
    key: str | None

    @property
    def name(self) -> str:
        """Return the name of the column among the joined rows; nothing canonical holds a double underscore."""
        return f"split__{self.asked.replace('.', '__')}"


def find(table: Table, asked: str) -> Split:
    """Return the column that `asked` names, seen from a metric's table."""
    place, _, name = asked.rpartition(".")
    if place in ("", table.name):
        return Split(asked, table, _column(table, name, asked), None)
    keys = [column.name for column in table.columns if column.references == place]
    if len(keys) != 1:
        reachable = sorted({column.references for column in table.columns if column.references} - {table.name})
        raise BadQuestion(f"{asked}: table {table.name} leads to {', '.join(reachable)}, not to {place!r}.")
    return Split(asked, TABLES[place], _column(TABLES[place], name, asked), keys[0])


def joined(rows: ir.Table, splits: Iterable[Split], warehouse: Warehouse) -> ir.Table:
    """Return the rows with one more column per split; a key that finds no row of its source gives null."""
    for split in dict.fromkeys(splits):
        if split.key is None:
            rows = rows.mutate(rows[split.column.name].name(split.name))
            continue
        other = warehouse.table(split.table.name)
        system, source = f"{split.name}__system", f"{split.name}__source"
        other = other.select(
            other.source_system.name(system), other.source_id.name(source), other[split.column.name].name(split.name)
        )
        found = rows.left_join(other, [rows.source_system == other[system], rows[split.key] == other[source]])
        rows = found.drop(system, source)
    return rows


def filtered(rows: ir.Table, where: Mapping[Split, Any], warehouse: Warehouse) -> ir.Table:
    """Return the rows whose columns have these values; None asks for rows without one."""
    for split, asked in where.items():
        value = parsed(split, asked)
        if value is None:
            rows = rows.filter(rows[split.name].isnull())
        else:
            _must_occur(split, value, warehouse)
            rows = rows.filter(rows[split.name] == value)
    return rows


def parsed(split: Split, asked: Any) -> Value:
    """Return a value in its column's type; text is read as it is typed on a command line, empty text as None."""
    if asked is None or asked == "":
        return None
    text, kind = str(asked), split.column.type
    if kind == "text":
        if split.column.vocabulary and text not in (*split.column.vocabulary, "other"):
            raise BadQuestion(f"{split.asked} is never {text!r}. It is one of: {', '.join(split.column.vocabulary)}.")
        return text
    try:
        return _typed(kind, text)
    except (ValueError, KeyError, InvalidOperation):
        raise BadQuestion(f"{split.asked} holds {_WORDS[kind]}, and {text!r} is none.") from None


def _typed(kind: str, text: str) -> Value:
    match kind:
        case "bool":
            return TRUTH[text.lower()]
        case "int":
            return int(text)
        case "date":
            return date.fromisoformat(text)
        case _:
            return Decimal(text)


_WORDS = {"bool": "true or false", "int": "whole numbers", "date": "dates like 2026-01-31", "decimal": "numbers"}


def _column(table: Table, name: str, asked: str) -> Column:
    source_system = PROVENANCE[0]
    column = source_system if name == source_system.name else table.column(name)
    if column is None:
        known = ", ".join(column.name for column in table.columns if column.type in GROUPABLE)
        raise BadQuestion(f"Table {table.name} has no column {asked!r}. It has: {known}.")
    if column.type not in GROUPABLE:
        raise BadQuestion(f"{asked} holds a {column.type}: choose a column of words, whole numbers or dates.")
    return column


def _must_occur(split: Split, value: Value, warehouse: Warehouse) -> None:
    """Refuse a value that a filled table never holds: most often it is misspelled."""
    if warehouse.rows(split.table.name) == 0 or split.column.vocabulary:
        return
    column = warehouse.table(split.table.name)[split.column.name]
    if (column == value).any().to_pyarrow().as_py():
        return
    known = column.topk(SHOWN).to_pyarrow().column(0).drop_null().to_pylist()
    raise BadQuestion(f"{split.asked} is never {str(value)!r}. Most often it is: {', '.join(map(str, known))}.")


SHOWN = 8  # values named in a refusal
