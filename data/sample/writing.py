"""Writing canonical tables as one client's whole warehouse, the way an import leaves them."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.canonical import TABLES, Table, arrow_schema
from data.warehouse import MANIFEST, client_folder, read_manifest

Rows = Iterable[Mapping[str, Any]]


def write_warehouse(
    home: Path, client: str, tables: Mapping[str, Rows], *, source: str, extracted_at: datetime
) -> dict[str, int]:
    """
    Replace a client's warehouse by these tables and return their numbers of rows.

    tables: rows as {column: value} by table name; a row without `source_id` takes its key for it, one without
        `source_system` takes `source`.
    """
    folder = client_folder(home, client)
    version = int(read_manifest(folder)["version"]) + 1
    shutil.rmtree(folder, ignore_errors=True)
    entries = {
        name: _write_table(folder, TABLES[name], rows, source=source, extracted_at=extracted_at)
        for name, rows in tables.items()
    }
    _replace(folder / MANIFEST, json.dumps({"version": version, "tables": entries}, indent=1, sort_keys=True))
    return {name: int(entry["rows"]) for name, entry in entries.items()}


def _write_table(folder: Path, table: Table, rows: Rows, *, source: str, extracted_at: datetime) -> dict[str, Any]:
    filled = [
        {"source_system": source, "source_id": row[table.key], "extracted_at": extracted_at, **row} for row in rows
    ]
    file = f"canonical/{table.name}/{source}.parquet"
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(filled, schema=arrow_schema(table)), path, compression="zstd")
    systems = sorted({str(row["source_system"]) for row in filled})
    return {
        "file": file,
        "rows": len(filled),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "sources": {
            system: {
                "extracted_at": extracted_at.isoformat(),
                "rows": sum(row["source_system"] == system for row in filled),
                "file_name": f"{table.name}.parquet",
            }
            for system in systems
        },
    }


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
