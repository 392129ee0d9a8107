"""Where people stand between two poles: a row for everybody and one for each role."""

from collections import Counter
from collections.abc import Sequence

from assessments.perspective import Choice, Position
from pages.ui import svg, text, verdicts

WIDTH, LEFT, STEP, ROW, HEAD = 720, 150, 46, 44, 40
RADIUS, APART, ONE_DOT_EACH = 4.6, 9.6, 15
POINTS = 11
STYLE = ".poles {overflow-x:auto} .poles svg {min-width:560px}"


def drawing(rows: Sequence[Position], poles: Sequence[Choice], *, label: str) -> str:
    """The rows as SVG; style is STYLE. rows: role "" is everybody. label: the answer in a sentence."""
    height = HEAD + ROW * len(rows) + 4
    body = _head(poles, height) + "".join(_row(row, HEAD + ROW * at) for at, row in enumerate(rows))
    return f'<div class="poles">{svg.bare(WIDTH, height, body, label=label)}</div>'


def name_of(role: str) -> str:
    """What a row is called."""
    return verdicts.role_name(role) if role else "Everybody"


def _head(poles: Sequence[Choice], height: float) -> str:
    first, last = LEFT, LEFT + STEP * (POINTS - 1)
    lines = "".join(
        svg.element("line", x1=x, x2=x, y1=HEAD - 8, y2=height - 4, stroke="var(--gw-grid)")
        for x in range(first, last + 1, STEP)
    )
    low = svg.words(first - 6, 14, f"0 · {poles[0].name}", class_="muted strong")
    high = svg.words(last + 6, 14, f"{poles[-1].name} · 10", class_="muted strong end")
    return lines + low + high


def _row(row: Position, top: float) -> str:
    name = svg.words(0, top + 26, name_of(row.role), class_="" if row.role else "strong", style="font-size:15px")
    people = svg.words(WIDTH, top + 26, f"n {row.n}", class_="muted end num")
    rule = svg.element("line", x1=0, x2=WIDTH, y1=top + ROW - 1, y2=top + ROW - 1, stroke="var(--gw-rule)")
    x = LEFT + STEP * row.median
    bar = svg.element("rect", x=x - 1.5, y=top + 5, width=3, height=ROW - 12, fill="var(--gw-ink)")
    return name + people + rule + bar + _people(row, top + 24)


def _people(row: Position, middle: float) -> str:
    """One dot per person, stacked; of more people the range and where the middle half stands."""
    if row.n > ONE_DOT_EACH:
        low, high = (LEFT + STEP * at for at in (row.positions[0], row.positions[-1]))
        return svg.element("line", x1=low, x2=high, y1=middle, y2=middle, stroke="var(--gw-gray)", stroke_width=2)
    dots = []
    for position, count in Counter(row.positions).items():
        for at in range(count):
            line, place = divmod(at, 4)
            in_line = min(4, count - line * 4)
            x = LEFT + STEP * position + (place - (in_line - 1) / 2) * APART
            dots.append(svg.element("circle", cx=x, cy=middle - line * APART, r=RADIUS, fill="var(--gw-gray)"))
    return "".join(dots)


def spoken(rows: Sequence[Position]) -> str:
    """The rows in words."""
    said = (f"{name_of(row.role)} {text.number(row.median, decimals=1)}" for row in rows)
    return "Medians from 0 to 10: " + ", ".join(said) + "."
