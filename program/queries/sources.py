"""Reads for the sources page: which tables a client's warehouse holds, from where, and how old they are."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from data import canonical
from data.canonical import TABLES
from data.manifest import read_manifest, warehouse_folder
from data.mapping import Map, load_map
from data.reading import UPLOAD_LIMIT, Preview, describe

CONNECTORS = Path(canonical.__file__).with_name("connectors")


@dataclass(frozen=True)
class SourceTable:
    """One table as one source brought it. extracted_at is the moment of its last import, in UTC."""

    source: str
    table: str
    rows: int
    file_name: str
    extracted_at: datetime


def tables() -> tuple[str, ...]:
    """Return the names of the canonical tables that a file can be imported as."""
    return tuple(sorted(TABLES))


def columns(table: str) -> tuple[str, ...]:
    """Return the columns of a canonical table that a map may fill."""
    return tuple(column.name for column in TABLES[table].columns)


def required(table: str) -> tuple[str, ...]:
    """Return the columns without which a row of the table says nothing."""
    return tuple(
        column.name for column in TABLES[table].columns if column.required and column.name != TABLES[table].key
    )


def imported(home: Path, client: str) -> tuple[SourceTable, ...]:
    """Return what was imported, the latest first."""
    found = [
        SourceTable(source, table, entry.rows, entry.file_name, datetime.fromisoformat(entry.extracted_at))
        for table, described in read_manifest(warehouse_folder(home, client)).tables.items()
        for source, entry in described.sources.items()
    ]
    return tuple(sorted(found, key=lambda each: each.extracted_at, reverse=True))


def version(home: Path, client: str) -> int:
    """Return the dataset version: it grows with each import that changed something; 0 when there was none."""
    return read_manifest(warehouse_folder(home, client)).version


def look(path: Path, file_name: str) -> Preview:
    """Return what a file holds, column by column. Raises UnreadableFile with file, line and column."""
    return describe(path, file_name=file_name, size_limit=UPLOAD_LIMIT)


@cache
def known_maps() -> tuple[tuple[str, Map], ...]:
    """Return the maps that ship with Groundwork, by name."""
    return tuple((path.stem.replace("_", " "), load_map(path)) for path in sorted(CONNECTORS.glob("*.yaml")))


def recognized(preview: Preview) -> tuple[str, Map] | None:
    """Return the shipped map whose source columns the file has, the one that uses most of them; None without one."""
    names = {column.name for column in preview.columns}
    fitting = [known for known in known_maps() if _used(known[1]) <= names]
    return max(fitting, key=lambda known: len(_used(known[1])), default=None)


def suggested_table(preview: Preview) -> str:
    """Return the canonical table whose columns a file's own names fill best."""
    names = {column.name.strip().lower().replace(" ", "_") for column in preview.columns}
    return max(TABLES, key=lambda table: (len(names & set(columns(table))), table == "interaction"))


def _used(known: Map) -> set[str]:
    return set(known.id) | {field.from_ for field in known.fields.values()}
