"""The warehouse: what systems report, one folder of parquet files per client, read through Ibis."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq

from data.canonical import TABLES, arrow_schema

MANIFEST = "manifest.json"
MEMORY_LIMIT = "1GB"  # a page reads beside the application, on a laptop
THREADS = 2
EMPTY: Mapping[str, Any] = {"version": 0, "tables": {}}
CLIENT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class WarehouseError(ValueError):
    """The warehouse cannot be read as asked."""


class BadClient(WarehouseError):
    """A client's name cannot be a folder."""


class UnknownTable(WarehouseError):
    """The canonical schema has no such table."""


class UnknownEngine(WarehouseError):
    """No engine of this name reads the warehouse."""


class Damaged(WarehouseError):
    """The manifest cannot be read, or names a file outside the warehouse."""


def client_folder(home: Path, client: str) -> Path:
    """Return the folder of a client's warehouse; a name that could leave it is refused."""
    if not CLIENT_NAME.fullmatch(client):
        raise BadClient(f"{client!r} is no name of a client: use letters, digits, '-', '_' and '.', at most 64.")
    return home / "warehouse" / client


def clients(home: Path) -> tuple[str, ...]:
    """Return the names of the clients that have a warehouse."""
    return tuple(sorted(path.parent.name for path in (home / "warehouse").glob(f"*/{MANIFEST}")))


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Return the manifest of a warehouse folder, an empty one when nothing was imported."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return EMPTY
    except ValueError as problem:
        raise Damaged(f"The manifest of the warehouse {folder.name!r} cannot be read.") from problem
    if not isinstance(manifest, dict) or not isinstance(manifest.get("tables"), dict):
        raise Damaged(f"The manifest of the warehouse {folder.name!r} names no tables.")
    return manifest


class Warehouse:
    """
    One client's canonical tables, as they stood when it was opened.

    The engine reads the files that the manifest names and nothing else: no other file, no network.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.version = int(manifest["version"])
        self._files = {name: _inside(folder, str(entry["file"])) for name, entry in manifest["tables"].items()}
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
        entry = self.manifest["tables"].get(name)
        return int(entry["rows"]) if entry else 0

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
    folder = client_folder(home, client)
    return Warehouse(folder, read_manifest(folder))


def check(home: Path, client: str) -> list[str]:
    """Return one sentence for each file that is not what the manifest says; an empty list means all is well."""
    folder = client_folder(home, client)
    try:
        entries = read_manifest(folder)["tables"].items()
        return [problem for name, entry in entries if (problem := _problem(folder, name, entry))]
    except Damaged as problem:
        return [str(problem)]


def _problem(folder: Path, name: str, entry: Mapping[str, Any]) -> str | None:
    path = _inside(folder, str(entry["file"]))
    if name not in TABLES:
        return f"The manifest names a table {name!r} that the schema does not know."
    if not path.is_file():
        return f"Table {name}: the file {entry['file']} is missing."
    if _sha256(path) != entry["sha256"]:
        return f"Table {name}: the file {entry['file']} is not the one that was imported (its checksum differs)."
    rows = pq.read_metadata(path).num_rows
    if rows != entry["rows"]:
        return f"Table {name}: the file {entry['file']} has {rows:,} rows, the manifest says {entry['rows']:,}."
    return None


def _inside(folder: Path, file: str) -> Path:
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Damaged(f"The manifest of the warehouse {folder.name!r} names a file outside it: {file}.")
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]
    name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp")
)
def _at_time_zone(time_zone: str, instant: ir.TimestampValue) -> ir.TimestampValue:
    """DuckDB's own function: the naive local time of an instant."""
    raise NotImplementedError
