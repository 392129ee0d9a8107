"""The sample's CRM data: Alder & Finch, an invented retailer for home and garden, in 24 months of conversations."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from data.sample import business, conversations, people
from data.sample.world import GO_LIVE_MONTHS_BEFORE_END, GoLive, World, go_live
from data.sample.writing import write_warehouse

CLIENT = "sample"
SOURCE = "alder_finch"
COMPANY = "Alder & Finch"
CURRENCY = "USD"

__all__ = ["CLIENT", "COMPANY", "CURRENCY", "GO_LIVE_MONTHS_BEFORE_END", "SOURCE", "GoLive", "generate", "go_live"]


def generate(home: Path, client: str = CLIENT, *, end: date, seed: int = 7) -> dict[str, int]:
    """
    Replace a client's warehouse by the sample's and return the number of rows by table.

    end: the last day that has data. The same end and seed make the same files, byte for byte.
    """
    world = World(end=end, seed=seed)
    known = people.invent(world)
    tables = {**known.tables, **business.invent(world, known), **conversations.invent(world, known)}
    extracted_at = datetime.combine(end + timedelta(days=1), time(6, 12), tzinfo=UTC)
    return write_warehouse(home, client, tables, source=SOURCE, extracted_at=extracted_at)
