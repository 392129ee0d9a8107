"""Joining the rows of a file with what a table already holds."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data.canonical import PROVENANCE, Table, arrow_schema
from data.importing.rows import INCOMING
from data.landing import new_file, sync_file
from data.manifest import Manifest, SourceEntry, TableEntry, sha256, sync_folder
from data.reading.choosing import parquet
from data.reading.kinds import identifier, quoted

STORED, FRESH = "stored", "fresh"  # what the table holds now; the lines that are new or changed


@dataclass(frozen=True)
class Arrival:
    """Who brings the rows, when (aware, UTC), and from which file."""

    source: str
    now: datetime
    file_name: str


def show_stored(connection: Any, folder: Path, manifest: Manifest, table: Table) -> None:
    """Make the view STORED of what a table holds, of all sources."""
    columns = ", ".join(identifier(name) for name in arrow_schema(table).names)
    entry = manifest.tables.get(table.name)
    if entry:
        connection.execute(f"CREATE TEMP VIEW {STORED} AS SELECT {columns} FROM {parquet(folder / entry.file)}")  # noqa: S608
        return
    connection.register("no_rows", arrow_schema(table).empty_table())
    connection.execute(f"CREATE TEMP VIEW {STORED} AS SELECT {columns} FROM no_rows")  # noqa: S608


def compare(connection: Any, table: Table, manifest: Manifest, source: str) -> tuple[int, int]:
    """Make the table FRESH of the rows that are new or changed; return how many they are, and how many are not."""
    total = connection.execute(f"SELECT count(*) FROM {INCOMING}").fetchall()[0][0]  # noqa: S608
    entry = manifest.tables.get(table.name)
    if entry is None or source not in entry.sources:
        connection.execute(f"CREATE TEMP VIEW {FRESH} AS SELECT source_id FROM {INCOMING}")  # noqa: S608
        return total, 0
    names = [identifier(column.name) for column in table.columns]
    same = " AND ".join(f"i.{name} IS NOT DISTINCT FROM s.{name}" for name in names)
    connection.execute(
        f"CREATE TEMP TABLE {FRESH} AS SELECT i.source_id FROM {INCOMING} i"  # noqa: S608
        f" LEFT JOIN (SELECT * FROM {STORED} WHERE source_system = {quoted(source)}) s USING (source_id)"
        f" WHERE NOT (s.source_system IS NOT NULL AND {same})"
    )
    fresh = connection.execute(f"SELECT count(*) FROM {FRESH}").fetchall()[0][0]  # noqa: S608
    return fresh, total - fresh


def write(connection: Any, folder: Path, manifest: Manifest, table: Table, arrival: Arrival) -> TableEntry:
    """Write the table anew, its old rows and the fresh ones, and return its entry for the manifest."""
    path = new_file(folder, table.name, manifest.version + 1)
    names = ", ".join(identifier(column.name) for column in table.columns)
    moment = f"TIMESTAMPTZ {quoted(arrival.now.isoformat())}"
    source = quoted(arrival.source)
    first = table.name not in manifest.tables or arrival.source not in manifest.tables[table.name].sources
    new = f"SELECT {names}, {source} AS source_system, source_id, {moment} AS extracted_at FROM {INCOMING}"  # noqa: S608
    replaced = f"(source_system = {source} AND source_id IN (SELECT source_id FROM {FRESH}))"  # noqa: S608
    every = new
    if not first:
        every += f" WHERE source_id IN (SELECT source_id FROM {FRESH})"  # noqa: S608
        every += f" UNION ALL SELECT * FROM {STORED} WHERE NOT {replaced}"  # noqa: S608
    elif table.name in manifest.tables:
        every += f" UNION ALL SELECT * FROM {STORED}"  # noqa: S608
    connection.execute(f"COPY ({every}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION snappy)")
    sync_file(path)
    sync_folder(path.parent)
    return _entry(connection, folder, path, manifest.tables.get(table.name), arrival)


def _entry(connection: Any, folder: Path, path: Path, old: TableEntry | None, arrival: Arrival) -> TableEntry:
    counts = dict(
        connection.execute(f"SELECT source_system, count(*) FROM {parquet(path)} GROUP BY 1").fetchall()  # noqa: S608
    )
    sources = dict(old.sources) if old else {}
    sources[arrival.source] = SourceEntry(arrival.now.isoformat(), 0, arrival.file_name)
    sources = {
        name: SourceEntry(entry.extracted_at, counts.get(name, 0), entry.file_name) for name, entry in sources.items()
    }
    return TableEntry(path.relative_to(folder).as_posix(), sum(counts.values()), sha256(path), sources)


assert [column.name for column in PROVENANCE] == ["source_system", "source_id", "extracted_at"]  # noqa: S101
