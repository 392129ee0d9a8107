"""The figure of a forecast: how many runs end when, with the days that matter as lines over it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pages.ui import gantt_axis, svg, text

WIDTH, HEIGHT, TOP, FOOT = 1176, 270, 72, 26
DAYS_UNDER, WEEKS_UNDER = 28, 500  # days between the first end and the last
LABEL = 7.2  # px per letter
NARROW = 34  # px: bars under this carry no words
LEAST = 0.005  # shares that read as 0%
STYLE = """
.spread {overflow-x:auto} .spread svg {min-width:1090px}
.spread text.halo {paint-order:stroke;stroke:var(--gw-page);stroke-width:4px;stroke-linejoin:round}
"""


@dataclass(frozen=True)
class Bin:
    """How many runs end on a day."""

    day: date
    count: int


@dataclass(frozen=True)
class Mark:
    """A day with a name; thin: it is the plan, not the forecast."""

    name: str
    day: date
    thin: bool = False


def drawing(found: Sequence[Bin], marks: Sequence[Mark], *, label: str) -> str:
    """The runs as hatched bars from zero, with a line for each mark; style is STYLE."""
    axis = gantt_axis.axis([*(each.day for each in found), *(each.day for each in marks)], width=WIDTH, tight=True)
    bottom = HEIGHT - FOOT
    parts = [
        f"<defs>{svg.hatch('gw-runs', 'var(--gw-forecast)')}</defs>",
        gantt_axis.months(axis, top=bottom - 8, bottom=bottom + 5),
        gantt_axis.names(axis, y=bottom + 16),
        *_bars(found, axis, bottom),
        svg.element("line", x1=0, x2=axis.room, y1=bottom, y2=bottom, stroke="var(--gw-gray)", stroke_width=1),
        *_marks(marks, axis, bottom),
        *_shares(found, axis, bottom),
    ]
    return f'<div class="spread">{svg.bare(WIDTH, HEIGHT, "".join(parts), label=label)}</div>'


def grouped(found: Sequence[Bin]) -> list[tuple[date, date, int]]:
    """The runs by first and last day of each bar: days while they are few, then weeks, then months."""
    span = (found[-1].day - found[0].day).days
    counts: dict[tuple[date, date], int] = {}
    for each in found:
        key = _period(each.day, span)
        counts[key] = counts.get(key, 0) + each.count
    return [(first, last, count) for (first, last), count in sorted(counts.items())]


def per(found: Sequence[Bin]) -> str:
    """What one bar stands for."""
    span = (found[-1].day - found[0].day).days
    return "day" if span < DAYS_UNDER else "week" if span < WEEKS_UNDER else "month"


def _period(day: date, span: int) -> tuple[date, date]:
    if span < DAYS_UNDER:
        return day, day
    if span < WEEKS_UNDER:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _bars(found: Sequence[Bin], axis: gantt_axis.Axis, bottom: float) -> Iterator[str]:
    look = {"fill": "url(#gw-runs)", "stroke": "var(--gw-gray)", "stroke_width": 0.8}
    for x, end, tall, _ in _places(found, axis, bottom):
        yield svg.element("rect", x=x, width=max(1.0, end - x - 1), y=bottom - tall, height=tall, **look)


def _shares(found: Sequence[Bin], axis: gantt_axis.Axis, bottom: float) -> Iterator[str]:
    """The share of the runs over each bar that is wide enough."""
    runs = sum(each.count for each in found)
    for x, end, tall, count in _places(found, axis, bottom):
        if end - x >= NARROW and count / runs >= LEAST:
            share = text.percent(count / runs)
            yield svg.words((x + end) / 2, bottom - tall - 5, share, class_="muted middle num halo")


def _places(found: Sequence[Bin], axis: gantt_axis.Axis, bottom: float) -> Iterator[tuple[float, float, float, int]]:
    """Where each bar begins and ends, how tall it is, and how many runs it holds."""
    shown = grouped(found)
    top = max(count for _, _, count in shown)
    for first, last, count in shown:
        x, end = max(0.0, axis.x(first)), min(axis.x(last, after=True), axis.width)
        yield x, end, (bottom - TOP) * count / top, count


def _marks(marks: Sequence[Mark], axis: gantt_axis.Axis, bottom: float) -> list[str]:
    """The lines; names that would lie on each other stand in rows of their own."""
    parts: list[str] = []
    free = [0.0, 0.0, 0.0]
    for mark in sorted(marks, key=lambda each: each.day):
        x = axis.x(mark.day, after=True)
        words = f"{mark.name} {text.day(mark.day)}"
        row = next((at for at, end in enumerate(free) if end <= x), len(free) - 1)
        free[row] = x + LABEL * len(words) + 12
        y = 14 + 16 * row
        dash = "4 3" if mark.thin else None
        stroke = {"stroke": "var(--gw-ink)", "stroke_width": 1.4, "stroke_dasharray": dash}
        parts.append(svg.element("line", x1=x, x2=x, y1=y - 8, y2=bottom, **stroke))
        parts.append(svg.words(x + 5, y, words, class_="muted num" if mark.thin else "strong num"))
    return parts
