"""Reads of the benefits, and of how much of each has come by its metric."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from data.manifest import WarehouseError
from program.benefits import NOT_MEASURED, Benefit, Uptake, uptake
from program.queries import sources
from program.store import tables
from program.store.engine import reading


def benefits(program_id: str) -> list[Benefit]:
    """Return a program's benefits, those that start first at the top."""
    table, component = tables.Benefit, tables.Component
    query = (
        select(table, component.name)
        .outerjoin(component, component.id == table.component_id)
        .where(table.program_id == program_id)
        .order_by(table.starts_on, table.name, table.id)
    )
    with reading() as session:
        return [_as_value(row, name) for row, name in session.execute(query)]


def uptakes(program_id: str, *, home: Path | None, client: str, time_zone: str) -> dict[str, Uptake]:
    """
    Return how much of each benefit has come by its metric, by benefit id; unknown ones with their reason.

    home: the folder that holds the client's warehouse; None to leave measuring out. What the warehouse says is kept
    until the client's data changes.
    """
    found = {each.id: each for each in benefits(program_id)}
    wanted = {each.metric_id for each in found.values() if each.measurable and each.metric_id}
    read = {metric_id: _read(home, client, metric_id, time_zone) for metric_id in wanted}
    return {id_: _uptake(each, read) for id_, each in found.items()}


@dataclass(frozen=True)
class _Values:
    """A metric's complete months in order, or why there are none."""

    months: tuple[tuple[str, Decimal | None], ...] = ()
    reason: str = ""


def _uptake(found: Benefit, read: Mapping[str, _Values]) -> Uptake:
    if not found.measurable or found.metric_id is None:
        return NOT_MEASURED
    values = read[found.metric_id]
    return Uptake(None, None, None, {}, values.reason) if values.reason else uptake(found, values.months)


def _read(home: Path | None, client: str, metric_id: str, time_zone: str) -> _Values:
    if home is None:
        return _Values(reason="The client's data was not read.")
    try:
        return _values(home, client, metric_id, time_zone, sources.version(home, client))
    except WarehouseError as problem:
        return _Values(reason=f"The client's data cannot be read. {problem}")


@lru_cache(maxsize=256)
def _values(home: Path, client: str, metric_id: str, time_zone: str, version: int) -> _Values:
    if version == 0:
        return _Values(reason="No customer data was brought in yet.")
    from program.queries import (
        engagement,  # the engine takes a second to load, and a page without benefits does without
    )

    if metric_id not in engagement.metrics():
        return _Values(reason="The metric is not known here.")
    measured = engagement.measured(home, client, metric_id, time_zone=time_zone)
    months = [month for line in measured.lines[:1] for month in line.months if month.complete]
    exact = [(each.period, None if each.value is None else Decimal(str(each.value))) for each in months]
    return _Values(tuple(sorted(exact, key=lambda each: each[0])))


def _as_value(row: tables.Benefit, component: str | None) -> Benefit:
    return Benefit(
        id=row.id,
        version=row.version,
        name=row.name,
        currency=row.currency,
        monthly=row.monthly,
        starts_on=row.starts_on,
        component_id=row.component_id,
        component_name=component,
        owner_id=row.owner_id,
        ramp_months=row.ramp_months,
        ends_on=row.ends_on,
        metric_id=row.metric_id,
        metric_from=row.metric_from,
        metric_to=row.metric_to,
    )
