"""Every table of the store as JSON lines, the same on every database, and back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from typing import Any, TypedDict

from sqlalchemy import Connection, MetaData, Table, insert, select

from program.audit import canonical
from program.store.rows import plain, typed

VERSION_TABLE = "alembic_version"
BATCH = 500


class Count(TypedDict):
    """How many rows a table has, and the checksum of its lines."""

    rows: int
    sha256: str


def tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, whatever its version; what is referred to comes first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION_TABLE]


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """One line of JSON per row, in the order of the primary key."""
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        yield canonical(plain({str(name): value for name, value in row.items()})) + b"\n"


def counts(connection: Connection) -> dict[str, Count]:
    return {table.name: counted(lines(connection, table)) for table in tables(connection)}


def counted(written: Iterable[bytes]) -> Count:
    checksum, rows = sha256(), 0
    for line in written:
        checksum.update(line)
        rows += 1
    return Count(rows=rows, sha256=checksum.hexdigest())


def load(connection: Connection, table: Table, written: Iterable[bytes]) -> None:
    """Insert the lines of a table. Raises ValueError when a line is not a row of it."""
    rows = (_row(table, json.loads(line)) for line in written)
    while batch := list(islice(rows, BATCH)):
        connection.execute(insert(table), batch)


def _row(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    if set(values) != set(table.columns.keys()):
        raise ValueError(f"a row of {table.name} has other columns than the table")
    return {column.name: typed(column, values[column.name]) for column in table.columns}
