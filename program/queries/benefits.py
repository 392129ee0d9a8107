"""Reads of the benefits, and of how much of each has come by its metric."""

from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from program import benefits as benefit
from program.access import Refused
from program.benefits import NOT_MEASURED, Benefit, Uptake
from program.engagement import Month
from program.queries import engagement
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

    home: the folder that holds the client's warehouse; None to leave measuring out.
    """
    found = {each.id: NOT_MEASURED for each in benefits(program_id)}
    values: dict[str, list[tuple[str, Decimal | None]]] = {}
    for each in benefits(program_id):
        if each.metric_id is None or not each.measurable:
            continue
        if home is None:
            found[each.id] = Uptake(None, None, None, {}, "The client's data was not read.")
            continue
        if each.metric_id not in values:
            values[each.metric_id] = _values(home, client, each.metric_id, time_zone)
        found[each.id] = benefit.uptake(each, values[each.metric_id])
    return found


def _values(home: Path, client: str, metric_id: str, time_zone: str) -> list[tuple[str, Decimal | None]]:
    """The metric's complete months in order; months that may not be shown are unknown here too."""
    if metric_id not in engagement.metrics():
        return []  # a file from elsewhere may name a metric that is not known here
    try:
        measured = engagement.measured(home, client, metric_id, time_zone=time_zone)
    except Refused:
        return []
    months = [month for line in measured.lines[:1] for month in line.months if month.complete]
    return [(month.period, _exact(month)) for month in sorted(months, key=lambda each: each.period)]


def _exact(month: Month) -> Decimal | None:
    return None if month.value is None else Decimal(str(month.value))


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
