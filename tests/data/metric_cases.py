"""Tiny tables for tests: rows as people write them, made into a warehouse."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from data.canonical import TABLES
from data.sample.writing import write_warehouse

EXTRACTED = datetime(2026, 12, 31, tzinfo=UTC)


def write_tables(home: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, client: str = "tiny") -> None:
    typed = {name: [_typed(name, row) for row in rows] for name, rows in tables.items()}
    write_warehouse(home, client, typed, source="files", extracted_at=EXTRACTED)


def _typed(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: str, name: str, value: Any) -> Any:
    column = TABLES[table].column(name)
    if value is None or column is None:
        return value
    if column.type == "decimal":
        return Decimal(value)
    if column.type == "datetime":
        return instant(value)
    return value


def instant(value: Any) -> datetime:
    """Read `2026-01-05`, `2026-01-05 08:00` or what YAML made of it, as UTC."""
    if isinstance(value, str):
        at = datetime.fromisoformat(value)
    elif isinstance(value, datetime):
        at = value
    else:
        assert isinstance(value, date)
        at = datetime.combine(value, time.min)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
