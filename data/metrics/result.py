"""The answer to a question about a metric: its rows, what they rest on, and why a value is missing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from data.metrics import periods
from data.metrics.catalog import Metric

FILLED_ROWS = 50_000  # periods without rows are filled in up to here; beyond, nobody reads the list

Row = dict[str, Any]


@dataclass(frozen=True)
class Window:
    """The days asked for, both included, in a time zone, cut into periods of a grain."""

    zone: ZoneInfo
    time_zone: str
    grain: str | None
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Extent:
    """The first and the last day that data exists for; None when there is none."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class MetricResult:
    """
    One metric, measured.

    rows: one dict per group and period, sorted by group, then period: `period` ("2026-03" or None), `group`
        {column: value}, `numerator`, `denominator`, `value`, `n`; `reason` where value is None; `period_complete` with
        a grain; `p90` beside a median; `unanswered` and of these `automated_only` beside a first reply; `currency` and
        `missing` (won without an amount) beside a won value.
    data_from, data_to: the first and the last day that data exists for, in the time zone.
    undated: rows without a date, which belong to no period.
    """

    id: str
    version: str
    unit: str
    time_zone: str
    variant: str | None
    currency: str | None
    data_from: date | None
    data_to: date | None
    undated: int
    rows: tuple[Row, ...]

    def reasons(self) -> list[str]:
        """Return each reason for a missing value once."""
        return list(dict.fromkeys(row["reason"] for row in self.rows if "reason" in row))

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values: dates as text, money as unrounded numbers."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}


def result(
    metric: Metric,
    totals: Sequence[Row],
    *,
    window: Window,
    extent: Extent,
    undated: int,
    variant: str | None,
    is_split: bool,
) -> MetricResult:
    """Return the result that a metric's totals make: shares divided, gaps filled, reasons given."""
    totals = _with_gaps(totals, window, extent, is_split=is_split)
    if metric.kind == "share":
        totals = _with_period_totals(totals)
    currency = _only_currency(totals)
    rows = [_row(metric, total, window=window, extent=extent, currency=currency) for total in totals]
    rows.sort(key=lambda row: ([_order(value) for value in row["group"].values()], row["period"] or ""))
    return MetricResult(
        id=metric.id,
        version=metric.version,
        unit=metric.unit,
        time_zone=window.time_zone,
        variant=variant,
        currency=currency,
        data_from=extent.first,
        data_to=extent.last,
        undated=undated,
        rows=tuple(rows),
    )


def _with_gaps(totals: Sequence[Row], window: Window, extent: Extent, *, is_split: bool) -> list[Row]:
    """Return the totals with an empty one for each group and period between the first and the last day of the data."""
    if window.grain is None or extent.first is None or extent.last is None:
        return list(totals)
    first, last = max(extent.first, window.first or date.min), min(extent.last, window.last or date.max)
    if first > last:
        return list(totals)
    known = {(_key(total["group"]), total["period"]) for total in totals}
    groups: dict[tuple[Any, ...], Row] = {} if is_split else {(): {}}
    groups |= {_key(total["group"]): total["group"] for total in totals}
    starts = periods.between(first, last, window.grain)
    if len(groups) * len(starts) > FILLED_ROWS:
        return list(totals)
    gaps = [
        {"period": start, "group": group, "n": 0}
        for (key, group), start in product(groups.items(), starts)
        if (key, start) not in known
    ]
    return [*totals, *gaps]


def _with_period_totals(totals: Iterable[Row]) -> list[Row]:
    """Return the totals with the sum of all groups of their period as denominator."""
    totals = list(totals)
    sums: dict[date | None, int] = {}
    for total in totals:
        sums[total["period"]] = sums.get(total["period"], 0) + total["n"]
    return [{**total, "denominator": sums[total["period"]], "n": sums[total["period"]]} for total in totals]


def _row(metric: Metric, total: Row, *, window: Window, extent: Extent, currency: str | None) -> Row:
    numerator, denominator, value = _FINISH[metric.kind](total)
    row: Row = {
        "period": periods.label(total["period"], window.grain) if window.grain else None,
        "group": total["group"],
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "n": total["n"],
    }
    row |= {extra: total.get(extra, 0 if total["n"] == 0 else None) for extra in _EXTRAS.get(metric.id, ())}
    if metric.kind == "median":
        row["p90"] = total.get("p90")
    if metric.kind == "sum":
        row["currency"] = total.get("first_currency") or currency
    reason = _reason(metric, total, value, window, extent)
    if reason:
        row |= {"numerator": None if metric.kind in ("sum", "count") else numerator, "value": None, "reason": reason}
    if window.grain:
        row["period_complete"] = _complete(total["period"], window, extent)
    return row


def _ratio(total: Row) -> tuple[Any, Any, Any]:
    numerator, denominator = total.get("numerator", 0), total.get("denominator", 0)
    return numerator, denominator, numerator / denominator if denominator else None


def _count(total: Row) -> tuple[Any, Any, Any]:
    return total["n"], None, total["n"]


def _sum(total: Row) -> tuple[Any, Any, Any]:
    amount = total.get("numerator")
    if amount is None and not total.get("missing"):
        amount = Decimal(0)
    return amount, None, amount


def _median(total: Row) -> tuple[Any, Any, Any]:
    return None, None, total.get("value")


_FINISH: Mapping[str, Callable[[Row], tuple[Any, Any, Any]]] = {
    "ratio": _ratio,
    "share": _ratio,
    "count": _count,
    "sum": _sum,
    "median": _median,
}
_EXTRAS = {"first_response": ("unanswered", "automated_only"), "won_value": ("missing",)}


def _reason(metric: Metric, total: Row, value: Any, window: Window, extent: Extent) -> str | None:
    """Return why there is no value, None when there is one; a count of nothing is 0 only where data exists."""
    if total["n"] == 0 and (extent.first is None or extent.last is None):
        return f"Nothing that counts here was imported into {' or '.join((metric.table, *metric.also))}."
    if total["n"] == 0 and _apart(window, extent):
        return f"The data covers {extent.first} to {extent.last}."
    low, high = total.get("first_currency"), total.get("last_currency")
    if low != high:
        return f"The amounts are in {total['currencies']} currencies, {low} and {high} among them, and are not added."
    if low is not None and total.get("unnamed"):
        return f"{total['unnamed']:,} of the amounts name no currency, the others {low}."
    return metric.empty if value is None else None


def _apart(window: Window, extent: Extent) -> bool:
    first, last = extent.first or date.max, extent.last or date.min
    return bool((window.last and window.last < first) or (window.first and window.first > last))


def _complete(start: date, window: Window, extent: Extent) -> bool:
    """Say whether the data and the days asked for reach from the first to the last day of a period."""
    following = periods.next_first_day(start, window.grain or "month")
    if window.first and window.first > start:
        return False
    last = min(extent.last or date.min, window.last or date.max)
    return (following - last).days <= 1


def _only_currency(totals: Iterable[Row]) -> str | None:
    found = {total[key] for total in totals for key in ("first_currency", "last_currency") if total.get(key)}
    return found.pop() if len(found) == 1 else None


def _key(group: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(group.values())


def _order(value: Any) -> tuple[bool, str]:
    return value is None, str(value)


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value
