"""The plan of an import: where every canonical column comes from, checked against the file's columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from data.canonical import TABLES, Column, Table
from data.importing.result import ImportRefused
from data.mapping import Field, Map, Meaning
from data.reading.kinds import Kind, ValueType

CONVERTS: dict[ValueType, tuple[ValueType, ...]] = {  # canonical type: types its values may be written as
    "text": ("text", "int", "decimal", "bool", "date", "datetime"),
    "json": ("text",),
    "int": ("int",),
    "decimal": ("decimal", "int"),
    "bool": ("bool",),
    "date": ("date", "datetime"),
    "datetime": ("datetime", "date"),
}


@dataclass(frozen=True)
class Target:
    """
    One canonical column and where it comes from: a source column, or a constant, or nowhere.

    asks: the format or decimal mark is still to be found in the values.
    """

    column: Column
    source: str | None = None
    kind: Kind | None = None
    asks: bool = False
    meanings: dict[str, Meaning] | None = None
    other: Meaning = None
    knows_other: bool = False
    constant: Meaning = None

    @property
    def name(self) -> str:
        return self.column.name


@dataclass(frozen=True)
class Plan:
    """What an import will do with the rows of a file."""

    table: Table
    columns: tuple[str, ...]
    targets: tuple[Target, ...]
    id: tuple[str, ...]
    empty: tuple[str, ...]
    where: dict[str, tuple[str, ...]]

    @property
    def mapped(self) -> tuple[Target, ...]:
        return tuple(target for target in self.targets if target.source is not None)

    @property
    def unmapped(self) -> tuple[str, ...]:
        used = {target.source for target in self.mapped} | set(self.id)
        return tuple(column for column in self.columns if column not in used)

    def decided(self, decide: Callable[[Target], Kind]) -> "Plan":
        """Return the plan with every open format settled."""
        targets = (replace(each, kind=decide(each), asks=False) if each.asks else each for each in self.targets)
        return replace(self, targets=tuple(targets))


def make_plan(
    file_name: str, columns: Sequence[str], table_name: str, mapping: Map | None, *, time_zone: str = "UTC"
) -> Plan:
    """
    Return the plan of an import.

    time_zone: where a day without a time begins; times without an offset are UTC unless their field names a zone.

    Raises ImportRefused when file, map and table do not fit.
    """
    table = TABLES.get(table_name)
    if table is None:
        raise ImportRefused(f"There is no table {table_name}. Tables are {', '.join(TABLES)}.")
    if mapping is None:
        mapping = _by_name(table, columns)
        if not mapping.fields:
            names = ", ".join(column.name for column in table.columns)
            raise ImportRefused(f"{file_name}: no column is named like one of {table.name} ({names}). Give a map.")
    if mapping.table != table_name:
        raise ImportRefused(f"The map is for the table {mapping.table}, not for {table_name}.")
    _check_sources(file_name, columns, mapping)
    targets = tuple(_target(column, mapping, time_zone) for column in table.columns)
    return Plan(table, tuple(columns), targets, mapping.id, mapping.empty, dict(mapping.where))


def _by_name(table: Table, columns: Sequence[str]) -> Map:
    """Return the map of a file whose columns are named like the schema's."""
    present = [column.name for column in table.columns if column.name in columns]
    key = (table.key,) if table.key in present else table.unique
    id_ = key if all(name in present for name in key) else ()
    return Map(table=table.name, id=id_, fields={name: Field.model_validate({"from": name}) for name in present})


def _check_sources(file_name: str, columns: Sequence[str], mapping: Map) -> None:
    wanted = {f"fields.{name}": field.from_ for name, field in mapping.fields.items()}
    wanted |= {f"id {name}": name for name in mapping.id} | {f"where {name}": name for name in mapping.where}
    for part, name in wanted.items():
        if name not in columns:
            raise ImportRefused(
                f'{file_name} has no column "{name}", which the map wants ({part}).'
                f" Its columns are {', '.join(columns)}."
            )


def _target(column: Column, mapping: Map, time_zone: str) -> Target:
    field = mapping.fields.get(column.name)
    if field is None:
        return Target(column, constant=mapping.constant.get(column.name))
    if field.map is not None:
        return Target(column, field.from_, meanings=field.map, other=field.other, knows_other=field.knows_other)
    type_: ValueType = field.type or column.type
    if column.type == "json" and type_ == "text":
        type_ = "json"
    if type_ != column.type and type_ not in CONVERTS[column.type]:
        raise ImportRefused(f"The map reads {column.name} as {type_}, but it holds values of type {column.type}.")
    kind = Kind(type_, field.format, field.decimal, field.zone or "UTC", field.zone or time_zone)
    dates, numbers = type_ in ("date", "datetime"), type_ in ("int", "decimal")
    return Target(column, field.from_, kind, asks=(dates and not field.format) or (numbers and not field.decimal))
