"""Scores over runs as lines: readiness in ink, the aspects in their colors, the target as a thin line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pages.ui import svg, text

WIDTH, HEIGHT = 700, 330
LEFT, RIGHT, TOP, FOOT = 30, 170, 16, 48
FIRST, PAST = 48, 12
LEVELS = 4
APART = 17
LETTER = 6.6
STYLE = """
.trend svg:focus-visible {outline:2px solid var(--gw-interaction);outline-offset:2px}
"""


@dataclass(frozen=True)
class Track:
    """One line: a score per run, None where it is unknown; color is a meaning of the palette."""

    name: str
    values: tuple[float | None, ...]
    color: str


def drawing(
    runs: Sequence[tuple[str, str, bool]], tracks: Sequence[Track], *, target: float, target_name: str, label: str
) -> str:
    """
    The lines as one SVG image.

    runs: name, date, and whether it is closed. The last value stands at the end of its line.
    """
    at = _places(len(runs))
    aim = {"y1": _y(target), "y2": _y(target), "stroke": "var(--gw-ink)", "stroke_width": 1.4}
    lines = "".join(_line(track, at, runs) for track in reversed(tracks))
    ends = [
        (f"{each.name} {text.score(last)}", each.color, last)
        for each in tracks
        if (last := each.values[-1]) is not None
    ]
    ends.append((f"Target {text.number(target)}, {target_name.lower()}", "", target))
    body = (
        _grid(at[-1])
        + svg.element("line", x1=LEFT, x2=at[-1] + PAST, **aim)
        + lines
        + _ends(ends, at[-1])
        + _feet(runs, at)
    )
    figure = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" style="width:100%;max-width:{WIDTH}px" role="img" tabindex="0" '
    spoken = "; ".join(f"{each.name} {', '.join(map(text.score, each.values))}" for each in tracks)
    return f'<div class="trend">{figure}aria-label="{svg.escape(f"{label} {spoken}.")}">{body}</svg></div>'


def _places(count: int) -> list[float]:
    """The middles of the runs, evenly from the left edge to where the names begin."""
    wide = WIDTH - LEFT - RIGHT - FIRST
    return [LEFT + FIRST + wide * (each / (count - 1) if count > 1 else 0.5) for each in range(count)]


def _y(level: float) -> float:
    return TOP + (HEIGHT - TOP - FOOT) * (1 - level / LEVELS)


def _grid(last: float) -> str:
    return "".join(
        svg.element("line", x1=LEFT, x2=last + PAST, y1=_y(level), y2=_y(level), stroke="var(--gw-grid)")
        + svg.words(LEFT - 10, _y(level) + 4, level, class_="end muted num")
        for level in range(LEVELS + 1)
    )


def _line(track: Track, at: Sequence[float], runs: Sequence[tuple[str, str, bool]]) -> str:
    """Solid between closed runs, dotted up to one that is open; its mark is hollow."""
    color, wide = f"var(--gw-{track.color})", 3 if track.color == "ink" else 2
    parts = []
    places = [None if value is None else (x, _y(value)) for x, value in zip(at, track.values, strict=True)]
    for (one, next_), (_, _, closed) in zip(pairwise(places), runs[1:], strict=True):
        if one and next_:
            dash = None if closed else "2 5"
            ends = {"x1": one[0], "y1": one[1], "x2": next_[0], "y2": next_[1]}
            parts.append(svg.element("line", **ends, stroke=color, stroke_width=wide, stroke_dasharray=dash))
    for place, (_, _, closed) in zip(places, runs, strict=True):
        if place:
            fill = color if closed else "var(--gw-page)"
            mark = {"cx": place[0], "cy": place[1], "r": 4.4, "fill": fill}
            parts.append(svg.element("circle", **mark, stroke=color, stroke_width=2))
    return "".join(parts)


def _ends(ends: Sequence[tuple[str, str, float]], x: float) -> str:
    """The names with their last values, and the target's, from above and kept apart from each other."""
    wanted = sorted((_y(value), words, color) for words, color, value in ends)
    placed: list[float] = []
    for y, _, _ in wanted:
        placed.append(max(y, placed[-1] + APART) if placed else y)
    over = max(0.0, placed[-1] - _y(0))
    parts = []
    for y, (_, words, color) in zip(placed, wanted, strict=True):
        tone = f"fill:var(--gw-{color}-text);" if color not in ("", "ink") else ""
        weight = "strong num" if color else "num"
        parts.append(svg.words(x + PAST + 6, y + 4 - over, words, class_=weight, style=f"{tone}font-size:14px"))
    return "".join(parts)


def _feet(runs: Sequence[tuple[str, str, bool]], at: Sequence[float]) -> str:
    return "".join(_run(run, x, _letters(at)) for run, x in zip(runs, at, strict=True))


def _letters(at: Sequence[float]) -> int:
    """How many letters of a run's name fit between two of them."""
    return int((at[1] - at[0] if len(at) > 1 else WIDTH - LEFT - RIGHT) / LETTER) - 1


def _run(run: tuple[str, str, bool], x: float, most: int) -> str:
    name, day, _ = run
    short = name if len(name) <= most else f"{name[: most - 1]}…"
    first = svg.words(x, HEIGHT - FOOT + 22, short, class_="middle strong", style="font-size:12px")
    return first + svg.words(x, HEIGHT - FOOT + 38, day, class_="middle muted", style="font-size:12px")
