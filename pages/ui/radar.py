"""A radar of one group only: a spoke per dimension, the medians as a shape, the target as a thin line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from pages.ui import svg, text

WIDTH = 790
MIDDLE = WIDTH / 2
REACH = 172
TOP = 4
PAD = 42
STYLE = """
.radar svg:focus-visible {outline:2px solid var(--gw-interaction);outline-offset:2px}
"""


@dataclass(frozen=True)
class Spoke:
    """One dimension's median; unsettled: it stands in two camps, so the median is nobody's answer."""

    name: str
    value: float | None
    unsettled: bool = False

    @property
    def words(self) -> str:
        """The value as it stands at the end of the spoke."""
        return "unsettled" if self.unsettled else text.score(self.value)


def drawing(spokes: Sequence[Spoke], *, aspect: str, target: float, target_name: str, label: str) -> str:
    """The radar as one SVG image; a dimension without a score, or with two camps, opens the shape."""
    height = 2 * (REACH + PAD)
    at = [_direction(number, len(spokes)) for number in range(len(spokes))]
    rings = "".join(_ring(at, level) for level in range(1, TOP + 1))
    lines = "".join(_line(each) for each in at)
    aim = svg.polygon([_point(each, target) for each in at], fill="none", stroke="var(--gw-ink)", stroke_width=1.4)
    shape = _shape(spokes, at, aspect)
    names = "".join(_name(spoke, each) for spoke, each in zip(spokes, at, strict=True))
    scale = "".join(
        svg.words(MIDDLE + 5, _point((0.0, -1.0), level)[1] - 3, level, class_="muted", style="font-size:12px")
        for level in range(1, TOP)
    )
    body = rings + lines + shape + aim + scale + names
    spoken = f"{label} {'; '.join(f'{each.name} {each.words}' for each in spokes)}."
    figure = f'<svg viewBox="0 0 {WIDTH} {height}" style="width:100%;max-width:{WIDTH}px" role="img" tabindex="0" '
    figure += f'aria-label="{svg.escape(spoken)}">{body}</svg>'
    return f'<div class="radar">{figure}{_key(aspect, target_name)}</div>'


def _direction(number: int, count: int) -> tuple[float, float]:
    turn = 2 * pi * number / count - pi / 2
    return cos(turn), sin(turn)


def _point(direction: tuple[float, float], level: float) -> tuple[float, float]:
    away = REACH * level / TOP
    return MIDDLE + direction[0] * away, REACH + PAD + direction[1] * away


def _ring(at: Sequence[tuple[float, float]], level: int) -> str:
    return svg.polygon([_point(each, level) for each in at], fill="none", stroke="var(--gw-rule)")


def _line(direction: tuple[float, float]) -> str:
    x, y = _point(direction, TOP)
    return svg.element("line", x1=MIDDLE, y1=REACH + PAD, x2=x, y2=y, stroke="var(--gw-grid)")


def _shape(spokes: Sequence[Spoke], at: Sequence[tuple[float, float]], aspect: str) -> str:
    """The medians joined where neighbors have one; a closed shape is filled lightly."""
    color = f"var(--gw-{aspect})"
    known = [
        None if each.value is None or each.unsettled else _point(where, each.value)
        for each, where in zip(spokes, at, strict=True)
    ]
    marks = "".join(svg.element("circle", cx=each[0], cy=each[1], r=4.4, fill=color) for each in known if each)
    if all(known):
        closed = [each for each in known if each]
        fill = svg.polygon(closed, fill=color, fill_opacity=0.14, stroke=color, stroke_width=2)
        return fill + marks
    joined = "".join(
        svg.element("line", x1=one[0], y1=one[1], x2=next_[0], y2=next_[1], stroke=color, stroke_width=2)
        for one, next_ in zip(known, [*known[1:], *known[:1]], strict=True)
        if one and next_
    )
    return joined + marks


def _name(spoke: Spoke, direction: tuple[float, float]) -> str:
    x, y = _point(direction, TOP)
    x, y = x + direction[0] * 14, y + direction[1] * 16
    side = "middle" if abs(direction[0]) < 0.2 else "start" if direction[0] > 0 else "end"
    up = -14 if direction[1] < -0.8 else 0
    name = svg.words(x, y + up + 1, spoke.name, class_="strong", text_anchor=side, style="font-size:14px")
    return name + svg.words(x, y + up + 18, spoke.words, class_="muted num", text_anchor=side, style="font-size:14px")


def _key(aspect: str, target_name: str) -> str:
    box = svg.element("rect", x=0, y=4, width=20, height=12, fill=f"var(--gw-{aspect})", fill_opacity=0.14)
    edge = svg.element("line", x1=0, x2=20, y1=4, y2=4, stroke=f"var(--gw-{aspect})", stroke_width=2)
    line = svg.element("line", x1=90, x2=112, y1=10, y2=10, stroke="var(--gw-ink)", stroke_width=1.4)
    words = svg.words(28, 15, "median", class_="muted") + svg.words(120, 15, target_name, class_="muted")
    return f'<svg width="250" height="20" style="margin:6px auto 0" aria-hidden="true">{box}{edge}{line}{words}</svg>'
