"""The warehouse: what systems report, one folder of parquet files per client, read through Ibis."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq

from data import manifest
from data.canonical import TABLES, arrow_schema
from data.manifest import Damaged, Manifest, TableEntry, WarehouseError, read_manifest, sha256, warehouse_folder

MEMORY_LIMIT = "1GB"  # a page reads beside the application, on a laptop
THREADS = 2


class UnknownTable(WarehouseError):
    """The canonical schema has no such table."""


class UnknownEngine(WarehouseError):
    """No engine of this name reads the warehouse."""


def clients(home: Path) -> tuple[str, ...]:
    """Return the names of the clients that have a warehouse."""
    return tuple(sorted(path.parent.name for path in (home / "warehouse").glob(f"*/{manifest.FILE}")))


class Warehouse:
    """
    One client's canonical tables, as they stood when it was opened.

    The engine reads the files that the manifest names and nothing else: no other file, no network.
    """

    def __init__(self, folder: Path, described: Manifest) -> None:
        self.folder = folder
        self.manifest = described
        self.version = described.version
        self._files = {name: (folder / entry.file).resolve() for name, entry in described.tables.items()}
        self._connection = ibis.duckdb.connect(threads=THREADS, memory_limit=MEMORY_LIMIT)
        self._known: dict[str, ir.Table] = {}
        self._lock_down()

    def _lock_down(self) -> None:
        allowed = ", ".join(_quoted(path) for path in self._files.values())
        for statement in (
            "SET temp_directory = ''",
            f"SET allowed_paths = [{allowed}]",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            self._connection.raw_sql(statement)

    def tables(self) -> tuple[str, ...]:
        """Return the names of the tables that hold something imported."""
        return tuple(name for name in TABLES if name in self._files)

    def rows(self, name: str) -> int:
        """Return how many rows a table has, by the manifest."""
        entry = self.manifest.tables.get(name)
        return entry.rows if entry else 0

    def table(self, name: str) -> ir.Table:
        """Return a canonical table, empty but typed when nothing was imported into it."""
        if name not in TABLES:
            raise UnknownTable(f"There is no table {name!r}. The tables are: {', '.join(TABLES)}.")
        if name not in self._known:
            self._known[name] = self._open(name)
        return self._known[name]

    def _open(self, name: str) -> ir.Table:
        if name not in self._files:
            return self._connection.create_table(name, schema=ibis.schema(arrow_schema(TABLES[name])))
        self._connection.raw_sql(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({_quoted(self._files[name])})')  # noqa: S608
        return self._connection.table(name)

    def named(self, name: str, make: Callable[[], ir.Table]) -> ir.Table:
        """
        Return an expression under a name, made at the first call.

        What builds on a name compiles in a fraction of the time that it takes to compile the whole each time.
        """
        if name not in self._known:
            self._known[name] = self._connection.create_view(name, make())
        return self._known[name]

    def local_time(self, instant: ir.TimestampValue, time_zone: str) -> ir.TimestampValue:
        """Return what the clocks of a time zone showed at an instant."""
        return _at_time_zone(time_zone, instant)

    def close(self) -> None:
        self._connection.disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_warehouse(home: Path, client: str, *, engine: str = "duckdb") -> Warehouse:
    """
    Open a client's warehouse for reading.

    home: the folder that holds `warehouse/`. A client without one opens empty, with version 0.
    """
    if engine != "duckdb":
        raise UnknownEngine(f"There is no engine {engine!r}. The warehouse is read by duckdb.")
    folder = warehouse_folder(home, client)
    return Warehouse(folder, read_manifest(folder))


def check(home: Path, client: str) -> list[str]:
    """Return one sentence for each file that is not what the manifest says; an empty list means all is well."""
    folder = warehouse_folder(home, client)
    try:
        entries = read_manifest(folder).tables.items()
        return [problem for name, entry in entries if (problem := _problem(folder, name, entry))]
    except Damaged as problem:
        return [str(problem)]


def _problem(folder: Path, name: str, entry: TableEntry) -> str | None:
    path = folder / entry.file
    if name not in TABLES:
        return f"The manifest names a table {name!r} that the schema does not know."
    if not path.is_file():
        return f"Table {name}: the file {entry.file} is missing."
    if sha256(path) != entry.sha256:
        return f"Table {name}: the file {entry.file} is not the one that was imported (its checksum differs)."
    rows = pq.read_metadata(path).num_rows
    if rows != entry.rows:
        return f"Table {name}: the file {entry.file} has {rows:,} rows, the manifest says {entry.rows:,}."
    return None


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp")
)
def _at_time_zone(time_zone: str, instant: ir.TimestampValue) -> ir.TimestampValue:
    """DuckDB's own function: the naive local time of an instant."""
    raise NotImplementedError
