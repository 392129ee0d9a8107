"""Measuring: one question about one metric, answered from the warehouse."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from data.metrics import columns, periods
from data.metrics.catalog import Metric, catalog, find
from data.metrics.columns import BadQuestion, Split
from data.metrics.engagement import EXPRESSIONS, Context, Expression
from data.metrics.result import Extent, MetricResult, Window, result
from data.warehouse import Warehouse

PERIOD = "period__start"


def measure(
    warehouse: Warehouse,
    metric_id: str,
    *,
    by: Sequence[str] = (),
    grain: str | None = None,
    time_zone: str = "UTC",
    date_from: date | None = None,
    date_to: date | None = None,
    variant: str | None = None,
    source: str | None = None,
    where: Mapping[str, Any] | None = None,
) -> MetricResult:
    """
    Return one metric of a client.

    by, where: columns of the metric's table or `table.column` one foreign key away; None asks for rows without a value.
    grain: month or week in the time zone; None makes one row over all.
    date_from, date_to: days in the time zone, both included. source: only rows of this source.

    Raises UnknownMetric or BadQuestion with a sentence for people; nothing asked for ever becomes SQL text.
    """
    metric = find(metric_id)
    chosen = metric.variant(variant)
    window = Window(periods.known_zone(time_zone), time_zone, periods.known_grain(grain), date_from, date_to)
    if date_from and date_to and date_from > date_to:
        raise BadQuestion(f"The first day, {date_from}, is after the last, {date_to}.")
    splits = [columns.find(metric.source_table, asked) for asked in dict.fromkeys(by)]
    conditions = {columns.find(metric.source_table, asked): value for asked, value in (where or {}).items()}

    expression = EXPRESSIONS[metric.id]
    context = Context(warehouse, time_zone, chosen)
    rows = warehouse.named(f"rows of {metric.id}, {chosen}, {time_zone}", lambda: expression.rows(context))
    rows = _of_source(rows, source, metric, warehouse)
    extent = _extent(rows, warehouse, time_zone)
    rows = columns.joined(rows, [*splits, *conditions], warehouse)
    rows = columns.filtered(rows, conditions, warehouse)
    undated = _count(rows.filter(rows["at"].isnull()))
    totals = _totals(_dated(rows, window, warehouse), expression, splits, window)
    return result(metric, totals, window=window, extent=extent, undated=undated, variant=chosen, is_split=bool(splits))


def monthly(warehouse: Warehouse, metric_id: str, **question: Any) -> MetricResult:
    """Return one metric month by month; the same question as `measure`, without its grain."""
    return measure(warehouse, metric_id, grain="month", **question)


def values_of(warehouse: Warehouse, metric_id: str, column: str) -> tuple[str, ...]:
    """Return what a column that a metric may be split by holds, the most frequent first; empty ones left out."""
    metric = find(metric_id)
    split = columns.find(metric.source_table, column)
    rows = columns.joined(warehouse.table(metric.table), [split], warehouse)
    counted = rows.filter(rows[split.name].notnull()).group_by(split.name).agg(rows=lambda each: each.count())
    found = counted.order_by(ibis.desc("rows"), split.name).to_pyarrow().to_pylist()
    return tuple(str(row[split.name]) for row in found)


def data_to(warehouse: Warehouse, time_zone: str) -> date | None:
    """Return the last day that any metric's data reaches, in a time zone; None when nothing was imported."""
    dated = dict.fromkeys((metric.table, metric.date) for metric in catalog().values())
    held = [
        warehouse.table(table)[column].name("at").as_table() for table, column in dated if table in warehouse.tables()
    ]
    return max((day for rows in held if (day := _extent(rows, warehouse, time_zone).last)), default=None)


def _of_source(rows: ir.Table, source: str | None, metric: Metric, warehouse: Warehouse) -> ir.Table:
    if source is None:
        return rows
    known = {
        name
        for table in (metric.table, *metric.also)
        if table in warehouse.manifest.tables
        for name in warehouse.manifest.tables[table].sources
    }
    if known and source not in known:
        raise BadQuestion(f"There is no source {source!r} behind {metric.id}. There is: {', '.join(sorted(known))}.")
    return rows.filter(rows.source_system == source)


def _extent(rows: ir.Table, warehouse: Warehouse, time_zone: str) -> Extent:
    """Return the first and the last day that the metric's rows reach."""
    at = rows["at"]
    found = rows.aggregate(first=at.min(), last=at.max())
    found = found.select(
        first=warehouse.local_time(found["first"], time_zone).date(),
        last=warehouse.local_time(found["last"], time_zone).date(),
    )
    (row,) = found.to_pyarrow().to_pylist()
    return Extent(row["first"], row["last"])


def _dated(rows: ir.Table, window: Window, warehouse: Warehouse) -> ir.Table:
    if window.first:
        rows = rows.filter(rows["at"] >= ibis.literal(periods.start_of(window.first, window.zone)))
    if window.last:
        after = periods.start_of(window.last + timedelta(days=1), window.zone)
        rows = rows.filter(rows["at"] < ibis.literal(after))
    if window.grain is None:
        return rows
    local = warehouse.local_time(rows["at"], window.time_zone)
    start = local.truncate(periods.UNITS[window.grain]).date()
    return rows.filter(rows["at"].notnull()).mutate(start.name(PERIOD))


def _totals(rows: ir.Table, expression: Expression, splits: Sequence[Split], window: Window) -> list[dict[str, Any]]:
    """Return one row per group and period: `period` (its first day or None), `group` and the aggregates."""
    keys = [split.name for split in splits] + ([PERIOD] if window.grain else [])
    found = rows.aggregate(expression.totals(rows), by=keys).to_pyarrow().to_pylist()
    return [
        {
            "period": row.pop(PERIOD, None),
            "group": {split.asked: row.pop(split.name) for split in splits},
            **row,
        }
        for row in found
    ]


def _count(rows: ir.Table) -> int:
    return int(rows.count().to_pyarrow().as_py())
