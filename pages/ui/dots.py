"""Answers as dots: one per person, the median as a bar, the target and the gap in a lane of their own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pages.ui import svg, text

WIDTH = 790
ROW = 58
HEAD = 54
FIRST = 222
STEP = 80
RADIUS = 4.4
UP = 10.5
ROOM = 16  # above the first line of dots
SIDE_BY_SIDE = 6
ONE_DOT_EACH = 15
TO_TARGET = 642
NOTE = 660
UNSETTLED = "unsettled"
STYLE = """
.dots {overflow-x:auto} .dots svg {min-width:660px}
.dots rect.hit {fill:transparent} .dots [data-pick]:hover rect.hit {fill:var(--gw-surface)}
.dots .chosen rect.hit {fill:var(--gw-surface)}
.dots [data-pick]:focus {outline:none}
.dots [data-pick]:focus-visible rect.hit {stroke:var(--gw-interaction);stroke-width:2}
"""


@dataclass(frozen=True)
class Row:
    """
    One dimension: people's scores, their median, the target, and a remark on who knew (tone: watch or none).

    unsettled: the answers stand in two camps, so the median is nobody's answer and is not drawn. by_level: the scores
    are answers to several statements, not people, so they are drawn as bars by level.
    """

    id: str
    name: str
    about: str
    scores: tuple[float, ...]
    median: float | None
    target: float
    remark: str
    second: str = ""
    watch: bool = False
    unsettled: bool = False
    by_level: bool = False

    @property
    def to_target(self) -> str:
        """The distance to the target in words."""
        if self.median is None:
            return text.UNKNOWN
        if self.unsettled:
            return UNSETTLED
        return "met" if self.median >= self.target else text.number(self.median - self.target, decimals=1)


def drawing(rows: Sequence[Row], *, aspect: str, levels: Sequence[str], chosen: str | None, label: str) -> str:
    """The rows as one SVG whose rows can be picked; style is STYLE."""
    height = HEAD + ROW * len(rows) + 4
    lines = "".join(_row(row, at, aspect, row.id == chosen) for at, row in enumerate(rows))
    figure = f'<svg viewBox="0 0 {WIDTH} {height}" style="width:100%;max-width:{WIDTH}px" role="group" '
    figure += f'aria-label="{svg.escape(label)}">{_head(levels, height)}{lines}</svg>'
    return f'<div class="dots">{figure}</div>{key()}'


def key() -> str:
    """The line under the figure that names its marks."""
    bar = svg.element("rect", x=0, y=1, width=3, height=16, fill="var(--gw-ink)")
    marks = f"{bar}{svg.words(11, 14, 'median', class_='muted')}{svg.diamond(86, 9)}"
    marks += svg.words(98, 14, "target", class_="muted")
    return f'<svg width="200" height="20" style="margin:6px 0 0 {FIRST}px" aria-hidden="true">{marks}</svg>'


def _head(levels: Sequence[str], height: int) -> str:
    parts = []
    for level, name in enumerate(levels):
        x = FIRST + STEP * level
        parts.append(svg.element("line", x1=x, x2=x, y1=HEAD - 10, y2=height - 4, stroke="var(--gw-grid)"))
        parts.append(svg.words(x, 15, level, class_="middle muted strong"))
        parts.append(svg.words(x, 31, name, class_="middle muted", style="font-size:12px"))
    parts.append(svg.words(TO_TARGET, 31, "To target", class_="end muted", style="font-size:12px"))
    parts.append(svg.words(NOTE, 31, "Answered by", class_="muted", style="font-size:12px"))
    return "".join(parts)


def _row(row: Row, at: int, aspect: str, chosen: bool) -> str:
    top = HEAD + ROW * at
    hit = svg.element("rect", class_="hit", x=0, y=top, width=WIDTH, height=ROW)
    rule = svg.element("line", x1=0, x2=WIDTH, y1=top + ROW, y2=top + ROW, stroke="var(--gw-rule)")
    names = svg.words(10, top + (25 if row.about else 34), row.name, class_="strong", style="font-size:15px")
    names += svg.words(10, top + 43, row.about, class_="muted") if row.about else ""
    body = hit + rule + names + _dots(row, top + 22, aspect) + _lane(row, top) + _remark(row, top)
    middle = "two camps, unsettled" if row.unsettled else f"median {text.score_of(row.median)}"
    words = f"{row.name}: {middle}, target {text.score(row.target)}, {row.remark}"
    tags = svg.attributes(
        data_pick=row.id, tabindex=0, role="button", aria_label=words, aria_pressed=str(chosen).lower()
    )
    return f'<g{tags} class="{"chosen" if chosen else ""}">{body}</g>'


def _dots(row: Row, middle: float, aspect: str) -> str:
    if row.scores and (row.by_level or len(row.scores) > ONE_DOT_EACH):
        return _columns(row, middle + 12, aspect)
    groups = Counter(round(score, 2) for score in row.scores)
    return "".join(_group(score, count, middle, aspect) for score, count in sorted(groups.items()))


def _group(score: float, count: int, middle: float, aspect: str) -> str:
    """The dots of one score side by side, in rows of six; scores between two levels stand on top of each other."""
    wide = SIDE_BY_SIDE if score == int(score) else 1
    up = min(UP, ROOM / max(1, -(-count // wide) - 1))
    dots = []
    for at in range(count):
        line, place = divmod(at, wide)
        in_line = min(wide, count - line * wide)
        x = FIRST + STEP * score + (place - (in_line - 1) / 2) * 11.4
        style = {"fill": f"var(--gw-{aspect})", "fill_opacity": 1 if wide > 1 else 0.85}
        dots.append(svg.element("circle", cx=x, cy=middle - line * up, r=RADIUS, **style))
    return "".join(dots)


def _columns(row: Row, foot: float, aspect: str) -> str:
    groups = Counter(min(4, max(0, round(score))) for score in row.scores)
    most = max(groups.values())
    return "".join(
        svg.element(
            "rect",
            x=FIRST + STEP * level - 12,
            y=foot - 28 * count / most,
            width=24,
            height=28 * count / most,
            fill=f"var(--gw-{aspect})",
        )
        for level, count in sorted(groups.items())
    )


def _lane(row: Row, top: float) -> str:
    y = top + 45
    target = FIRST + STEP * row.target
    if row.median is None or row.unsettled:
        return svg.diamond(target, y)
    median = FIRST + STEP * row.median
    bar = svg.element("rect", x=median - 1.5, y=top + 10, width=3, height=40, fill="var(--gw-ink)")
    gap = svg.element("line", x1=median, x2=target, y1=y, y2=y, stroke="var(--gw-gray)", stroke_width=1.4)
    return bar + (gap if row.median < row.target else "") + svg.diamond(target, y)


def _remark(row: Row, top: float) -> str:
    quiet = "" if row.median is not None and (row.median < row.target or row.unsettled) else " muted"
    tone = "watch strong" if row.watch else "muted strong"
    first = top + (26 if row.second else 34)
    parts = svg.words(TO_TARGET, top + 34, row.to_target, class_=f"end num{quiet}", style="font-size:15px")
    parts += svg.words(NOTE, first, f"{'? ' if row.watch else ''}{row.remark}", class_=tone)
    return parts + (svg.words(NOTE, first + 17, row.second, class_="muted") if row.second else "")
