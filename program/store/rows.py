"""Rows as plain JSON values and back: what files of programs and backups are made of."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import JSON, Column

from program.store.types import UtcDateTime

Plain = dict[str, Any]


def plain(row: Mapping[str, Any]) -> Plain:
    """A row with every value as JSON has it: amounts and moments as text, so that nothing is rounded."""
    return {name: _plain(value) for name, value in row.items()}


def typed(column: Column[Any], value: Any) -> Any:
    """A plain value as the column keeps it. Raises ValueError when it is of another type."""
    if value is None:
        if not column.nullable:
            raise ValueError("it is empty")
        return None
    if isinstance(column.type, JSON):
        return value
    kind = _kind(column)
    if kind in {datetime, date, Decimal}:
        found = _read(kind, value)
        if isinstance(column.type, UtcDateTime) and found.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return found
    if type(value) is not kind:
        raise ValueError(f"{value!r} is no {_WORDS.get(kind, kind.__name__)}")
    return value


_WORDS = {str: "text", int: "whole number", bool: "yes or no", date: "date", datetime: "time", Decimal: "amount"}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value
        return moment.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _kind(column: Column[Any]) -> type:
    """The Python type of a column: what its annotation says, or for a reflected table what its database type says."""
    kept = getattr(column.type, "keeps", None)
    return kept if isinstance(kept, type) else column.type.python_type


def _read(kind: type, value: Any) -> Any:
    try:
        if not isinstance(value, str):
            raise TypeError
        if kind is Decimal:
            return Decimal(value)
        return datetime.fromisoformat(value) if kind is datetime else date.fromisoformat(value)
    except (TypeError, ValueError, InvalidOperation) as problem:
        raise ValueError(f"{value!r} is no {_WORDS[kind]}") from problem
