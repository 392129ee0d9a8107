"""Reads for the engagement page and the overview: metrics by month, go-lives and promises."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from data import metrics as measuring
from data.canonical import TABLES
from data.metrics import Metric, MetricResult, catalog, measure
from data.metrics.disclosure import suppress
from data.metrics.result import Row
from data.warehouse import open_warehouse
from program.access import Refused
from program.engagement import GoLive, Line, Measured, Month, Promise
from program.queries import components, targets

NOT_ASSIGNED = "not assigned"
COUNTED = {
    "win_rate": "won and lost opportunities",
    "won_value": "won opportunities",
    "cycle_days": "won opportunities",
    "interactions": "interactions",
    "interaction_share": "interactions",
    "active_customers": "active customers",
    "first_response": "answered conversations",
    "unanswered": "opening messages of customers",
}


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
    may_open_rows: without it, months that count fewer people than the disclosure threshold are hidden, and a metric
    that counts people cannot be restricted: what one filter shows and another hides could be subtracted.

    Raises Refused when people are counted under a restriction without may_open_rows.
    """
    metric = catalog()[metric_id]
    hide = metric.counts_people and not may_open_rows
    if hide and where:
        raise Refused("measure.rows")
    question = {"time_zone": time_zone, "where": where or {}, "date_from": date_from, "variant": variant}
    with open_warehouse(home, client) as warehouse:
        by = (split,) if split else ()
        monthly = measure(warehouse, metric_id, grain="month", by=by, **question)  # type: ignore[arg-type]
        overall = measure(warehouse, metric_id, **question)  # type: ignore[arg-type]
    rows = suppress(monthly.rows) if hide else monthly.rows
    total = (suppress(overall.rows) if hide else overall.rows)[:1]
    return _measured(metric, monthly, rows, _month(total[0]) if total else None)


def values_of(home: Path, client: str, metric_id: str, column: str) -> tuple[str, ...]:
    """Return the values of a column that a metric may be filtered by, the most frequent first."""
    with open_warehouse(home, client) as warehouse:
        return measuring.values_of(warehouse, metric_id, column)


def data_to(home: Path, client: str, *, time_zone: str) -> date | None:
    """Return the last day that the client's data reaches; None without any."""
    with open_warehouse(home, client) as warehouse:
        return measuring.data_to(warehouse, time_zone)


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


def word(metric_id: str, column: str, value: object) -> str:
    """Return a group's value as it reads: the words of a vocabulary with spaces, a source's own as they are."""
    if value is None:
        return NOT_ASSIGNED
    return str(value).replace("_", " ") if _vocabulary(metric_id, column) else str(value)


def _vocabulary(metric_id: str, column: str) -> tuple[str, ...]:
    """The words a column knows, in their order; the segment of a contact is a column one key away."""
    table, _, name = column.rpartition(".")
    found = TABLES[table or catalog()[metric_id].table].column(name)
    return (found.vocabulary if found else None) or ()


def _lines(metric: Metric, rows: Sequence[Row]) -> tuple[Line, ...]:
    """One line per group: pillars in their order, other groups from the largest, those without a value last."""
    groups: dict[tuple[tuple[str, object], ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row["group"].items()), []).append(row)
    ranked = sorted(groups, key=lambda group: _rank(metric, group, groups[group]))
    return tuple(
        Line(
            " · ".join(word(metric.id, column, value) for column, value in group),
            tuple(_month(row) for row in groups[group]),
        )
        for group in ranked
    )


def _rank(metric: Metric, group: tuple[tuple[str, object], ...], rows: Sequence[Row]) -> tuple[bool, int, int]:
    column, value = group[-1] if group else ("", None)
    words = _vocabulary(metric.id, column) if column == "pillar" else ()
    place = words.index(str(value)) if value in words else len(words)
    return value is None, place, -sum(_weight(metric, row) for row in rows)


def _weight(metric: Metric, row: Row) -> int:
    """How much a month counts for its group; the n of a share counts everybody, its numerator the group."""
    return int((row["numerator"] if metric.kind == "share" else row["n"]) or 0)


def leading_metric(program_id: str, *, tables: Collection[str] = ()) -> str:
    """
    Return the metric the page opens with: a live component promises it, else any component.

    tables: those with rows; a metric that rests on one of them goes before any other.
    """
    promised = targets.targets(program_id)
    named = {each.metric_id for each in promised}
    live = {each.metric_id for each in promised if each.live_on}
    ranked = sorted(
        catalog().values(), key=lambda each: (each.table not in tables, each.id not in live, each.id not in named)
    )
    return ranked[0].id


def _measured(metric: Metric, result: MetricResult, rows: Sequence[Row], overall: Month | None) -> Measured:
    return Measured(
        metric_id=metric.id,
        name=metric.name,
        question=metric.question,
        definition=metric.definition,
        version=metric.version,
        unit=metric.unit,
        better=metric.better,
        counted=COUNTED[metric.id],
        numerator=metric.numerator if metric.denominator else None,
        denominator=metric.denominator,
        currency=result.currency,
        overall=overall,
        lines=_lines(metric, rows),
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
        missing=row.get("missing"),
    )
