"""The invented company's world: its words, its calendar and one seeded source of chance."""

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import accumulate
from math import exp, log
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

MONTHS = 24
GO_LIVE_MONTHS_BEFORE_END = 5
GO_LIVE_DAY = 2
SEASON = (0.80, 0.85, 1.05, 1.25, 1.30, 1.15, 1.00, 0.90, 0.90, 0.95, 1.10, 1.10)  # a gardener's year, by month
GROWTH = 0.25  # over the whole time
HOURS = (5, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 7, 9, 10, 10, 9, 9, 9, 8, 7, 6)  # of the American day, in UTC

Row = dict[str, Any]


@dataclass(frozen=True)
class GoLive:
    """What changed at the company: the component, the day it went live, and what people call it."""

    component: str
    name: str
    at: date


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that lies some months before a day's."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def go_live(end: date) -> GoLive:
    """Return the go-live that the sample's data shows: an answer desk that shortened the wait."""
    month = months_before(end, GO_LIVE_MONTHS_BEFORE_END)
    return GoLive("Listening and response", "Answer desk", month.replace(day=GO_LIVE_DAY))


@cache
def words(name: str) -> MappingProxyType[str, Any]:
    return MappingProxyType(yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8")))


class World:
    """
    One run of the sample: everything random in it comes from `chance`, in a fixed order.

    end: the last day that has data.
    """

    def __init__(self, *, end: date, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.end = end
        self.start = months_before(end, MONTHS - 1)
        self.go_live = go_live(end)
        self.company = words("company.yaml")
        self.messages = words("messages.yaml")

    @cached_property
    def now(self) -> datetime:
        """The last instant of the data."""
        return datetime.combine(self.end, time(23, 59), tzinfo=UTC)

    @cached_property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @cached_property
    def _busy(self) -> list[float]:
        """The days' shares of the business, added up."""
        weights = []
        for number in range(self.days):
            day = self.start + timedelta(days=number)
            weekend = 0.7 if day.weekday() >= 5 else 1.0
            weights.append(SEASON[day.month - 1] * weekend * (1 + GROWTH * number / self.days))
        return list(accumulate(weights))

    def moment(self) -> datetime:
        """Return a random instant, more often in season and by day."""
        number = bisect_right(self._busy, self.chance.random() * self._busy[-1])
        return self.on(self.start + timedelta(days=min(number, self.days - 1)))

    def on(self, day: date) -> datetime:
        hour = self.chance.choices(range(24), HOURS)[0]
        clock = time(hour, self.chance.randrange(60), self.chance.randrange(60))
        return datetime.combine(day, clock, tzinfo=UTC)

    def after(self, at: datetime, *, hours: float, spread: float) -> datetime:
        """Return a later instant, with this median of hours and this spread of their logarithm."""
        wait = exp(self.chance.gauss(log(hours), spread))
        return (at + timedelta(hours=wait)).replace(microsecond=0)

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[self.chance.randrange(len(choices))]

    def weighted(self, weights: dict[Any, float]) -> Any:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def is_after_go_live(self, at: datetime) -> bool:
        return at.date() >= self.go_live.at
