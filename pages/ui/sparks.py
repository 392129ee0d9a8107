"""Sparklines: a small line from zero, its target and go-live, its last value beside it."""

from collections.abc import Sequence
from datetime import date

from pages.ui import svg
from pages.ui.plotting import Point

WIDTH = 290
LINE = 205
HEIGHT = 62
FLOOR = 48
CEILING = 14


def sparkline(
    points: Sequence[Point], *, shown: str, alt: str, target: float | None = None, live_on: date | None = None
) -> str:
    """
    One metric's months as SVG.

    shown: the last value as text, beside the end of the line. alt: the sentence for those who cannot see it.
    """
    values = [point.value for point in points if point.value is not None]
    top = max([*values, target or 0.0], default=0.0) or 1.0
    places = [(_x(at, len(points)), _y(point.value, top)) for at, point in enumerate(points)]
    parts = [_level(FLOOR, "var(--gw-rule)")]
    if target is not None:
        parts.append(_level(_y(target, top) or FLOOR, "var(--gw-ink)"))
    parts += [_event(points, live_on), _line(places)]
    last = next(((x, y) for x, y in reversed(places) if y is not None), None)
    if last is not None:
        parts.append(svg.element("circle", cx=last[0], cy=last[1], r=4, fill="var(--gw-mechanism)"))
        parts.append(svg.words(last[0] + 10, last[1] + 5, shown, class_="strong num", style="font-size:16px"))
    return svg.bare(WIDTH, HEIGHT, "".join(parts), label=alt)


def _line(places: Sequence[tuple[float, float | None]]) -> str:
    """One path with a gap wherever a month is unknown."""
    steps, pen = [], "M"
    for x, y in places:
        if y is None:
            pen = "M"
            continue
        steps.append(f"{pen}{x:.1f},{y:.1f}")
        pen = "L"
    return svg.element("path", d=" ".join(steps), fill="none", stroke="var(--gw-mechanism)", stroke_width=2)


def _event(points: Sequence[Point], live_on: date | None) -> str:
    periods = [point.period for point in points]
    if live_on is None or f"{live_on:%Y-%m}" not in periods:
        return ""
    x = _x(periods.index(f"{live_on:%Y-%m}"), len(points))
    style = {"stroke": "var(--gw-gray)", "stroke_width": 1.2, "stroke_dasharray": "2 3"}
    return svg.element("line", x1=x, x2=x, y1=8, y2=FLOOR + 4, **style) + svg.polygon(
        [(x - 5, 2), (x + 5, 2), (x, 9)], fill="var(--gw-gray)"
    )


def _level(y: float, color: str) -> str:
    return svg.element("line", x1=0, x2=LINE, y1=y, y2=y, stroke=color, stroke_width=1.2)


def _x(at: int, count: int) -> float:
    return 3 + (LINE - 6) * at / max(count - 1, 1)


def _y(value: float | None, top: float) -> float | None:
    return None if value is None else FLOOR - (FLOOR - CEILING) * value / top
