"""Periods: the months and weeks of a time zone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.metrics.columns import BadQuestion

Grain = Literal["month", "week"]
UNITS = {"month": "M", "week": "W"}  # as Ibis names them; a week starts on Monday


def known_zone(time_zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadQuestion(f"{time_zone!r} is no time zone. One looks like Europe/Berlin, or UTC.") from None


def known_grain(grain: str | None) -> str | None:
    if grain is not None and grain not in UNITS:
        raise BadQuestion(f"There is no grain {grain!r}. There is: {', '.join(UNITS)}.")
    return grain


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a day begins in a time zone, as UTC."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def first_day(day: date, grain: str) -> date:
    """Return the first day of the period that holds a day."""
    return day.replace(day=1) if grain == "month" else day - timedelta(days=day.weekday())


def next_first_day(first: date, grain: str) -> date:
    if grain == "week":
        return first + timedelta(days=7)
    return first.replace(year=first.year + 1, month=1) if first.month == 12 else first.replace(month=first.month + 1)


def label(first: date, grain: str) -> str:
    """Return how a period is written: 2026-03, or the Monday of a week."""
    return f"{first:%Y-%m}" if grain == "month" else first.isoformat()


def between(first: date, last: date, grain: str) -> list[date]:
    """Return the first days of all periods from the one that holds `first` to the one that holds `last`."""
    starts = [first_day(first, grain)]
    while (following := next_first_day(starts[-1], grain)) <= last:
        starts.append(following)
    return starts
