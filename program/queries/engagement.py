"""Reads for the engagement page and the overview: metrics by month, go-lives and promises."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from data.metrics import Metric, MetricResult, catalog, measure
from data.metrics.disclosure import suppress
from data.metrics.result import Row
from data.warehouse import open_warehouse
from program.engagement import GoLive, Line, Measured, Month, Promise
from program.queries import components, targets

NOT_ASSIGNED = "not assigned"


def metrics() -> Mapping[str, Metric]:
    """Return the catalog by id, in its order."""
    return catalog()


def measured(
    home: Path,
    client: str,
    metric_id: str,
    *,
    time_zone: str,
    split: str | None = None,
    where: Mapping[str, str] | None = None,
    date_from: date | None = None,
    variant: str | None = None,
    may_open_rows: bool = False,
) -> Measured:
    """
    Return one metric by month, and as one figure over all of them.

    split: a column to make a line for each of its values. where: column = value, both as in the catalog's groups.
    may_open_rows: without it, months that count fewer people than the disclosure threshold are hidden.
    """
    metric = catalog()[metric_id]
    question = {"time_zone": time_zone, "where": where or {}, "date_from": date_from, "variant": variant}
    with open_warehouse(home, client) as warehouse:
        by = (split,) if split else ()
        monthly = measure(warehouse, metric_id, grain="month", by=by, **question)  # type: ignore[arg-type]
        overall = measure(warehouse, metric_id, **question)  # type: ignore[arg-type]
    hide = metric.counts_people and not may_open_rows
    rows = suppress(monthly.rows) if hide else monthly.rows
    total = (suppress(overall.rows) if hide else overall.rows)[:1]
    return _measured(metric, monthly, rows, _month(total[0]) if total else None)


def values_of(home: Path, client: str, metric_id: str, column: str, *, time_zone: str) -> tuple[str, ...]:
    """Return the values of a column that a metric may be filtered by, the most frequent first."""
    with open_warehouse(home, client) as warehouse:
        rows = measure(warehouse, metric_id, by=(column,), time_zone=time_zone).rows
    ranked = sorted(rows, key=lambda row: -(row["n"] or 0))
    return tuple(str(row["group"][column]) for row in ranked if row["group"][column] is not None)


def go_lives(program_id: str, today: date) -> tuple[GoLive, ...]:
    """Return the components that are live today, by date."""
    live = [each for each in components.components(program_id) if each.live_on and each.live_on <= today]
    return tuple(
        GoLive(each.name, each.live_on) for each in sorted(live, key=lambda each: each.live_on or today) if each.live_on
    )


def promises(program_id: str, metric_id: str) -> tuple[Promise, ...]:
    """Return what components promise for a metric."""
    return tuple(
        Promise(each.component_id, each.component_name, each.target, each.due_on)
        for each in targets.targets(program_id)
        if each.metric_id == metric_id
    )


def _measured(metric: Metric, result: MetricResult, rows: Sequence[Row], overall: Month | None) -> Measured:
    groups: dict[str, list[Month]] = {}
    for row in rows:
        name = " · ".join(NOT_ASSIGNED if value is None else str(value) for value in row["group"].values())
        groups.setdefault(name, []).append(_month(row))
    return Measured(
        metric_id=metric.id,
        name=metric.name,
        question=metric.question,
        definition=metric.definition,
        version=metric.version,
        unit=metric.unit,
        better=metric.better,
        counted=metric.denominator or metric.numerator or "answered conversations",
        currency=result.currency,
        overall=overall,
        lines=tuple(Line(name, tuple(months)) for name, months in groups.items()),
        data_from=result.data_from,
        data_to=result.data_to,
        undated=result.undated,
        reasons=tuple(dict.fromkeys(str(row["reason"]) for row in rows if row.get("reason"))),
    )


def _month(row: Row) -> Month:
    return Month(
        period=row["period"] or "",
        value=row["value"],
        n=row["n"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        complete=row.get("period_complete", True),
        reason=row.get("reason", ""),
        unanswered=row.get("unanswered"),
    )
