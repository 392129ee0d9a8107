"""Writing canonical tables as one client's whole warehouse, the way an import leaves them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.canonical import TABLES, Table, arrow_schema
from data.landing import clean
from data.manifest import Manifest, SourceEntry, TableEntry, commit, read_manifest, sha256, warehouse_folder

Rows = Iterable[Mapping[str, Any]]


def write_warehouse(
    home: Path, client: str, tables: Mapping[str, Rows], *, source: str, extracted_at: datetime
) -> dict[str, int]:
    """
    Replace a client's warehouse by these tables and return their numbers of rows.

    tables: rows as {column: value} by table name; a row without `source_id` takes its key for it, one without
        `source_system` takes `source`.
    """
    folder = warehouse_folder(home, client)
    before = read_manifest(folder)
    version = before.version + 1
    entries = {
        name: _write_table(folder, TABLES[name], rows, version, source=source, extracted_at=extracted_at)
        for name, rows in tables.items()
    }
    manifest = Manifest(version, entries, tuple(entry.file for entry in before.tables.values()))
    commit(folder, manifest)
    clean(folder, manifest)
    return {name: entry.rows for name, entry in entries.items()}


def _write_table(
    folder: Path, table: Table, rows: Rows, version: int, *, source: str, extracted_at: datetime
) -> TableEntry:
    filled = [
        {"source_system": source, "source_id": row[table.key], "extracted_at": extracted_at, **row} for row in rows
    ]
    file = f"canonical/{table.name}/v{version:06d}-{source}.parquet"
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(filled, schema=arrow_schema(table)), path, compression="zstd")
    counts = Counter(str(row["source_system"]) for row in filled)
    sources = {
        system: SourceEntry(extracted_at.isoformat(), counts[system], f"{table.name}.parquet")
        for system in sorted(counts)
    }
    return TableEntry(file, len(filled), sha256(path), sources)
