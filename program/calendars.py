"""Working days: Monday to Friday without the holidays that are given, and the public holidays of a country."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

import holidays
import numpy as np

from program.values import Invalid

NEAR = 1e-9
LETTERS = 2
SHORT = 4  # letters that an abbreviation of a region has at most
LAST = date.max  # what lies beyond is shown as this day


@dataclass(frozen=True)
class WorkingCalendar:
    """Counts working days from a start; a start on a day off means the next working day."""

    start: date
    holidays: frozenset[date] = field(default_factory=frozenset)

    def day(self, number: int) -> date:
        """Return the working day of a number, 0 for the first."""
        return self.days([number])[0]

    def days(self, numbers: Sequence[int]) -> list[date]:
        """Return the working days of some numbers."""
        if not numbers:
            return []
        found = np.busday_offset(self._start, np.array(numbers), roll="forward", busdaycal=self._days)
        days: list[date] = np.minimum(found, np.datetime64(LAST)).tolist()
        return days

    def first_day(self, time: float) -> date:
        """Return the day on which work that starts at a time begins."""
        return self.first_days([time])[0]

    def first_days(self, times: Iterable[float]) -> list[date]:
        return self.days([math.floor(time + NEAR) for time in times])

    def last_day(self, time: float) -> date:
        """Return the day on which work that finishes at a time ends; at time 0, the first day."""
        return self.last_days([time])[0]

    def last_days(self, times: Iterable[float]) -> list[date]:
        return self.days([max(0, math.ceil(time - NEAR) - 1) for time in times])

    def number(self, day: date) -> int:
        """Return how many working days lie between the start and the morning of a day; negative before the start."""
        asked = np.datetime64(day)
        if asked < self._start:  # numpy counts backwards as if the evening were meant
            return -int(np.busday_count(asked, self._start, busdaycal=self._days))
        return int(np.busday_count(self._start, asked, busdaycal=self._days))

    def number_after(self, day: date) -> int:
        """Return how many working days lie between the start and the evening of a day."""
        return self.number(min(day, LAST - timedelta(1)) + timedelta(1))

    @cached_property
    def _start(self) -> Any:
        return np.busday_offset(self.start, 0, roll="forward", busdaycal=self._days)

    @cached_property
    def _days(self) -> np.busdaycalendar:
        return np.busdaycalendar(holidays=sorted(self.holidays))


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Return the countries whose public holidays are known, by their two letters, with the regions of each."""
    known = sorted(holidays.list_supported_countries(include_aliases=False).items())
    return {code: tuple(regions) for code, regions in known if len(code) == LETTERS}


@cache
def region_names(country: str) -> dict[str, str]:
    """Return the regions of a country by their code, each with the name that is known for it, else its code."""
    known = getattr(holidays, country, None) if country in countries() else None
    names: dict[str, list[str]] = {}
    for name, code in getattr(known, "subdivisions_aliases", {}).items():
        names.setdefault(code, []).append(name)
    return {code: _whole(names.get(code, [code])) for code in countries().get(country, ())}


def _whole(names: Sequence[str]) -> str:
    """The first name that is no abbreviation, else the longest."""
    return next((each for each in names if len(each) > SHORT), max(names, key=len))


def check_place(country: str | None, region: str | None) -> tuple[str | None, str | None]:
    """Return a country and a region whose holidays are known. Raises Invalid for others."""
    code, part = (country or "").strip().upper() or None, (region or "").strip() or None
    if code is None:
        if part is not None:
            raise Invalid("holiday_region", "Choose the country of this region first.")
        return None, None
    if code not in countries():
        raise Invalid(
            "holiday_country", f"The holidays of “{code}” are not known. Write two letters, as in DE, SE or US."
        )
    if part is None:
        return code, None
    known = {each.upper(): each for each in countries()[code]}
    if part.upper() not in known:
        said = f"It has {', '.join(countries()[code])}." if known else "It has no regions of its own."
        raise Invalid("holiday_region", f"“{part}” is no region of {code} whose holidays are known. {said}")
    return code, known[part.upper()]


@cache
def public_holidays(country: str | None, region: str | None, first: int, last: int) -> dict[date, str]:
    """
    Return the public holidays of a country or one of its regions from the first year to the last, with their names.

    Without a country there are none. Raises Invalid for a place whose holidays are not known.
    """
    code, part = check_place(country, region)
    if code is None:
        return {}
    found = holidays.country_holidays(code, subdiv=part, years=range(first, last + 1))
    return dict(sorted(found.items()))
