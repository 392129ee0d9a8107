"""The axis of the roadmap: days across, months as lines, today in red."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pages.ui import svg, text

END_ROOM = 118  # for the words at the end of the last bar
MOST_LINES = 14
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two lines
MONTH = 30.44
WEEKS_UNDER = 50  # days that are told apart by weeks
NEAR = 46  # px: words this close to today's are left out


@dataclass(frozen=True)
class Axis:
    """Days across. first: the day at 0; last: the day whose end is at `room`; width: of the whole drawing."""

    first: date
    last: date
    width: float
    room: float

    def x(self, day: date, *, after: bool = False) -> float:
        """Where a day begins, or with `after` ends."""
        span = (self.last - self.first).days + 1
        return self.room * ((day - self.first).days + (1 if after else 0)) / span


def axis(days: Sequence[date], *, width: float, tight: bool = False) -> Axis:
    """An axis that holds some days, from the first of a month (or a Monday, when they are few or it is tight)."""
    first, last = min(days), max(days)
    monday = first - timedelta(days=first.weekday())
    first = monday if tight or _few(first, last) else first.replace(day=1)
    return Axis(first, max(last, first + timedelta(days=13)), width, width - END_ROOM)


def months(shown: Axis, *, top: float, bottom: float) -> str:
    """The lines of the months (or weeks, or quarters, so that they stay apart)."""
    look = {"y1": top + 8, "y2": bottom, "stroke": "var(--gw-grid)", "stroke_width": 1}
    places = (shown.x(day) for day, _ in ticks(shown))
    return "".join(svg.element("line", x1=x, x2=x, **look) for x in places)


def names(shown: Axis, *, y: float) -> str:
    """The names of the months, beside their lines."""
    return "".join(svg.words(shown.x(day) + 4, y, words, class_="muted halo") for day, words in ticks(shown))


def today(shown: Axis, day: date, *, top: float, bottom: float) -> str:
    """The one red line, with its date over the months."""
    x = shown.x(day)
    line = svg.element("line", x1=x, x2=x, y1=top + 4, y2=bottom, stroke="var(--gw-act)", stroke_width=1.6)
    anchor = "" if x > NEAR / 2 else " start"
    place = x if x > NEAR / 2 else 0
    return line + svg.words(place, top - 2, text.day_short(day), class_=f"act strong{anchor or ' middle'}")


def ticks(shown: Axis) -> Iterator[tuple[date, str]]:
    if _few(shown.first, shown.last):
        day = shown.first
        while shown.x(day) <= shown.width - NEAR:
            yield day, text.day_short(day)
            day += timedelta(days=7)
        return
    step = _step(shown)
    day, said = (shown.first if shown.first.day == 1 else _later(shown.first, 1)), 0
    while shown.x(day) <= shown.width - NEAR:
        written = text.month(day)
        yield day, written if day.year != said else written.split(" ")[0]
        said = day.year
        day = _later(day, step)


def _step(shown: Axis) -> int:
    """How many months lie between two lines."""
    whole = (shown.last - shown.first).days / MONTH * shown.width / shown.room
    return next((step for step in STEPS if whole / step <= MOST_LINES), STEPS[-1])


def _later(day: date, count: int) -> date:
    at = day.year * 12 + day.month - 1 + count
    return date(at // 12, at % 12 + 1, 1)


def _few(first: date, last: date) -> bool:
    return (last - first).days < WEEKS_UNDER
