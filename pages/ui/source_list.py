"""The sources of a client and how old each is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pages.ui import tables, text
from program.queries.sources import SourceTable

FRESH = timedelta(days=35)


def headline(known: Sequence[SourceTable], now: datetime) -> str:
    """Say whether the figures rest on fresh data."""
    old = [each for each in known if now - each.extracted_at > FRESH]
    rows = text.number(sum(each.rows for each in known))
    if not old:
        return f"{'The one table is' if len(known) == 1 else f'All {len(known)} tables are'} fresh: {rows} rows."
    days = max((now - each.extracted_at).days for each in old)
    return f"{text.plural(len(old), 'table', 'tables')} of {len(known)} may be stale, the oldest {days} days old."


def listed(known: Sequence[SourceTable], now: datetime, zone: str) -> tables.Table:
    """Return one row per table and source: rows, file, moment of the last import and its state."""
    columns = (
        tables.Column("Source"),
        tables.Column("Table"),
        tables.Column("Last import", lambda moment: text.moment(moment, zone)),
        tables.Column("Rows", text.number, number=True),
        tables.Column("File"),
        tables.Column("State"),
    )
    rows = tuple(
        (each.source, each.table, each.extracted_at, each.rows, each.file_name, _state(each, now)) for each in known
    )
    return tables.Table(columns, rows, name="sources")


def _state(each: SourceTable, now: datetime) -> tables.Cell:
    age = now - each.extracted_at
    return tables.Cell(f"▲ {age.days} days old", tone="watch") if age > FRESH else tables.Cell("✓ fresh", tone="good")
