"""Working days: Monday to Friday without the holidays that are given."""

import math
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

NEAR = 1e-9


@dataclass(frozen=True)
class WorkingCalendar:
    """Counts working days from a start; a start on a day off means the next working day."""

    start: date
    holidays: frozenset[date] = field(default_factory=frozenset)

    def day(self, number: int) -> date:
        """Return the working day of a number, 0 for the first."""
        found = np.busday_offset(self.start, number, roll="forward", busdaycal=self._days)
        return date.fromisoformat(str(found))

    def first_day(self, time: float) -> date:
        """Return the day on which work that starts at a time begins."""
        return self.day(math.floor(time + NEAR))

    def last_day(self, time: float) -> date:
        """Return the day on which work that finishes at a time ends; at time 0, the first day."""
        return self.day(max(0, math.ceil(time - NEAR) - 1))

    def number(self, day: date) -> int:
        """Return how many working days lie between the start and a day; negative before the start."""
        return int(np.busday_count(self.day(0), day, busdaycal=self._days))

    @cached_property
    def _days(self) -> np.busdaycalendar:
        return np.busdaycalendar(holidays=sorted(self.holidays))
