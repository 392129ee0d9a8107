"""Small files made on the spot, and imports of them."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from data.importing import ImportResult, import_file
from data.manifest import read_manifest, warehouse_folder
from data.mapping import parse_map

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def made(folder: Path, text: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def imported(home: Path, path: Path, table: str = "contact", map_text: str | None = None, **more: Any) -> ImportResult:
    mapping = parse_map(map_text) if map_text else None
    return import_file(home, "test", path, table, mapping, **{"now": NOW, **more})


def rows(home: Path, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of what the warehouse holds of a table, ordered by source_id."""
    folder = warehouse_folder(home, "test")
    found = pq.read_table(folder / read_manifest(folder).tables[table].file).sort_by("source_id")
    return list(zip(*(found[name].to_pylist() for name in columns), strict=True))


def codes(result: ImportResult) -> dict[str, int]:
    return {finding.code: finding.count for finding in result.findings}


def balanced(result: ImportResult) -> bool:
    return result.read == result.accepted + result.unchanged + result.rejected + result.left_out


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()
