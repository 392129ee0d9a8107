"""Reads of where the metrics are going that components promise, from the client's data."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from data.manifest import WarehouseError
from program.gate_facts import Trend
from program.queries import sources

BEFORE = 3  # complete months between the two that are compared


def trends(home: Path | None, client: str, time_zone: str, metric_ids: Collection[str]) -> dict[str, Trend]:
    """Return where each metric is going; kept until the client's data changes. Without a home nothing is read."""
    if home is None or not metric_ids:
        return {}
    try:
        version = sources.version(home, client)
    except WarehouseError as problem:
        return {each: Trend(each, reason=f"The client's data cannot be read. {problem}") for each in metric_ids}
    return {each: _trend(home, client, time_zone, each, version) for each in sorted(metric_ids)}


@lru_cache(maxsize=256)
def _trend(home: Path, client: str, time_zone: str, metric_id: str, version: int) -> Trend:
    if version == 0:
        return Trend(metric_id, reason="No customer data was brought in yet.")
    from program.queries.engagement import measured  # the engine takes a second to load

    try:
        found = measured(home, client, metric_id, time_zone=time_zone)
    except WarehouseError as problem:
        return Trend(metric_id, reason=f"The client's data cannot be read. {problem}")
    months = [each for line in found.lines for each in line.months if each.complete and each.value is not None]
    if len(months) <= BEFORE:
        few = f"The data has {len(months)} complete months of “{found.name.lower()}”; a direction takes {BEFORE + 1}."
        return Trend(found.name, reason=few.replace(" 1 complete months", " one complete month"))
    last, first = months[-1], months[-1 - BEFORE]
    assert last.value is not None  # noqa: S101  the list holds no others
    assert first.value is not None  # noqa: S101
    rises = last.value > first.value
    still = last.value == first.value or found.better is None
    return Trend(
        metric=found.name,
        value=_words(last.value, found.unit, found.currency),
        month=_month(last.period),
        before=_words(first.value, found.unit, found.currency),
        since=_month(first.period),
        better=None if still else rises == (found.better == "higher"),
    )


def _words(value: float | Decimal, unit: str, currency: str | None) -> str:
    exact = Decimal(str(value))
    if unit == "share":
        return f"{exact:.0%}"
    if unit == "hours":
        return f"{exact:,.1f} h"
    if unit == "days":
        return f"{exact:,.0f} d"
    return f"{exact:,.0f} {currency}" if unit == "currency" and currency else f"{exact:,.0f}"


def _month(period: str) -> str:
    on = date.fromisoformat(f"{period}-01")
    return f"{on:%b} {on.year}"
