"""The rows behind a metric's figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.ui import metrics, tables, text
from program.engagement import GoLive, Measured, Month, Promise


@dataclass(frozen=True)
class _Part:
    """A column of a table and what it holds of each month."""

    column: tables.Column
    of: Any


def table(measured: Measured, promises: Sequence[Promise], go_lives: Sequence[GoLive]) -> tables.Table:
    """Return one row per group and month: the value, what it is made of and counts, and how far the target is."""
    parts = [*_made_of(measured), *_to_target(measured, promises)]
    live = {f"{day:%Y-%m}": words for day, words in metrics.events(go_lives, measured).items()}
    group = (tables.Column("Group"),) if metrics.split(measured) else ()
    rows = tuple(
        (
            month.period,
            *((line.group,) if group else ()),
            *(part.of(month) for part in parts),
            _note(month, live.get(month.period, "")),
        )
        for line in measured.lines
        for month in line.months
    )
    columns = (
        tables.Column("Month", text.month),
        *group,
        *(part.column for part in parts),
        tables.Column("Note", tables.blank),
    )
    return tables.Table(columns, rows, name=measured.metric_id)


def _made_of(measured: Measured) -> list[_Part]:
    """The value, and beside it its two parts where it is a share, else what it counts unless it is that count."""
    currency = measured.currency or "USD"
    shown = tables.Column(measured.name, lambda raw: text.measured(raw, measured.unit, currency=currency), number=True)
    parts = [_Part(shown, lambda month: month.value)]
    if measured.numerator and measured.denominator:
        parts += [_count(measured.numerator, "numerator"), _count(measured.denominator, "denominator")]
    elif measured.unit in ("currency", "days", "hours"):
        parts.append(_count(measured.counted, "n"))
    if any(month.unanswered is not None for line in measured.lines for month in line.months):
        parts.append(_count("without a reply", "unanswered"))
    return parts


def _count(words: str, name: str) -> _Part:
    return _Part(tables.Column(text.capital(words), text.number, number=True), lambda month: getattr(month, name))


def _to_target(measured: Measured, promises: Sequence[Promise]) -> list[_Part]:
    """How far each month is from the target; a target of the whole says nothing about a group of what is added up."""
    if not promises or (metrics.split(measured) and measured.unit in metrics.ADDED_UP):
        return []
    target = float(promises[0].value)
    shown = tables.Column("To target", lambda raw: _difference(raw, measured), number=True)
    return [_Part(shown, lambda month: None if month.value is None else float(month.value) - target)]


def _difference(raw: float | None, measured: Measured) -> str:
    if measured.unit == "share":
        return text.points(raw)
    if measured.unit == "currency":
        return text.money_short(raw, measured.currency or "USD", signed=True)
    return text.number(raw, decimals=1 if measured.unit == "hours" else 0, signed=True)


def _note(month: Month, live: str) -> str | None:
    notes = ("" if month.complete else "month not complete", month.reason, live)
    return "; ".join(each for each in notes if each) or None
