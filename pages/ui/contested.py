"""Statements as rows: one dot per person, columns beyond fifteen, the median as a bar, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.ui import svg, text
from pages.ui.verdicts import Verdict

ONE_DOT_EACH = 15
SIDE_BY_SIDE = 6
WIDTH, HEIGHT, FIRST, STEP = 370, 46, 34, 76
RADIUS, APART, LINE = 4.2, 10.6, 10.4
FOOT = 38
STYLE = """
.rows {font-size:15px;line-height:1.35}
.rows > * {display:grid;grid-template-columns:minmax(0,1fr) 370px 146px;gap:0 14px;align-items:center;padding:7px 8px;
 border-bottom:1px solid var(--gw-rule)}
.rows .head {padding-block:0 4px;color:var(--gw-muted);font-size:12px;border-bottom-color:var(--gw-gray)}
.rows [data-pick]:hover, .rows .chosen {background:var(--gw-surface)}
.rows [data-pick]:focus {outline:none}
.rows [data-pick]:focus-visible {outline:2px solid var(--gw-interaction);outline-offset:-2px}
.rows b {font-weight:600} .rows small {display:block;font-size:13px;color:var(--gw-muted)}
.rows .tone {font-size:14px;font-weight:600;color:var(--gw-muted)} .rows .tone small {font-weight:400}
.rows .tone.act {color:var(--gw-act-text)} .rows .tone.watch {color:var(--gw-watch-text)}
.rows svg {width:100%;max-width:370px}
@media (max-width:820px) {.rows > * {grid-template-columns:minmax(0,1fr) 130px} .rows > * > svg {grid-area:2/1/3/3}
 .rows .head > :not(svg) {display:none} .rows .head > svg {grid-area:1/1/2/3}}
"""


@dataclass(frozen=True)
class Row:
    """
    One statement: how many people chose each level, their median, and what that is called.

    median: None where nobody answered or the middle is nobody's answer. remark: a second line under the verdict.
    """

    id: str
    name: str
    statement: str
    aspect: str
    counts: tuple[int, ...]
    median: float | None
    verdict: Verdict
    remark: str


def drawing(rows: Sequence[Row], *, levels: Sequence[str], chosen: str | None, dots: bool, label: str) -> str:
    """
    The rows as HTML that can be picked row by row; style is STYLE.

    dots: one per person; columns of shares otherwise. label: the answer in a sentence.
    """
    most = max((max(row.counts, default=0) / sum(row.counts) for row in rows if sum(row.counts)), default=1)
    body = "".join(_row(row, levels, None if dots else most, row.id == chosen) for row in rows)
    return f'<div class="rows" role="group" aria-label="{svg.escape(label)}">{head(levels)}{body}</div>'


def spoken(row: Row, levels: Sequence[str]) -> str:
    """A row in words, for whoever does not see it."""
    given = [f"{count} {name.lower()}" for count, name in zip(row.counts, levels, strict=False) if count]
    middle = "" if row.median is None else f", median {text.number(row.median, decimals=1)}"
    return f"{row.name}: {row.verdict.word}. {row.statement} {', '.join(given) or 'no answers shown'}{middle}."


def head(levels: Sequence[str], *, end: str = "Agreement") -> str:
    """The first line: the levels over their places, and what stands at the end."""
    marks = "".join(
        svg.words(FIRST + STEP * at, 12, at, class_="middle muted strong", style="font-size:12px")
        + svg.words(FIRST + STEP * at, 27, name, class_="middle muted", style="font-size:12px")
        for at, name in enumerate(levels)
    )
    figure = f'<svg viewBox="0 0 {WIDTH} 32">{marks}</svg>'
    return f'<div class="head" aria-hidden="true"><span>Statement</span>{figure}<span>{svg.escape(end)}</span></div>'


def _row(row: Row, levels: Sequence[str], most: float | None, chosen: bool) -> str:
    grid = "".join(
        svg.element("line", x1=x, x2=x, y1=0, y2=HEIGHT, stroke="var(--gw-grid)")
        for x in (FIRST + STEP * at for at in range(len(levels)))
    )
    marks = _median(row) + _dots(row) if most is None else _columns(row, most) + _median(row, halo=True)
    figure = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{grid}{marks}</svg>'
    tags = svg.attributes(
        data_pick=row.id, tabindex=0, role="button", aria_pressed=str(chosen).lower(), aria_label=spoken(row, levels)
    )
    name = f"<div><b>{svg.escape(row.name)}</b><small>{svg.escape(row.statement)}</small></div>"
    remark = f"<small>{svg.escape(row.remark)}</small>" if row.remark else ""
    verdict = f'<div class="tone {row.verdict.tone}">{svg.escape(row.verdict.shown)}{remark}</div>'
    return f'<div{tags} class="{"chosen" if chosen else ""}">{name}{figure}{verdict}</div>'


def _dots(row: Row) -> str:
    """One dot per person, side by side from the foot up."""
    dots = []
    for level, count in enumerate(row.counts):
        for at in range(count):
            line, place = divmod(at, SIDE_BY_SIDE)
            in_line = min(SIDE_BY_SIDE, count - line * SIDE_BY_SIDE)
            x = FIRST + STEP * level + (place - (in_line - 1) / 2) * APART
            dots.append(svg.element("circle", cx=x, cy=28 - line * LINE, r=RADIUS, fill=f"var(--gw-{row.aspect})"))
    return "".join(dots)


def _columns(row: Row, most: float) -> str:
    """Columns as high as the share of people; one scale for all rows."""
    tall = [(level, FOOT * count / sum(row.counts) / most) for level, count in enumerate(row.counts) if count]
    return "".join(
        svg.element(
            "rect", x=FIRST + STEP * level - 13, y=HEIGHT - 4 - high, width=26, height=high, fill=_fill(row.aspect)
        )
        for level, high in tall
    )


def _median(row: Row, *, halo: bool = False) -> str:
    """The median's bar: behind dots, so that it hides nobody; before columns with a halo."""
    if row.median is None:
        return ""
    x = FIRST + STEP * row.median
    edge = svg.element("rect", x=x - 3, y=3, width=6, height=HEIGHT - 6, fill="var(--gw-page)") if halo else ""
    return edge + svg.element("rect", x=x - 1.5, y=3, width=3, height=HEIGHT - 6, fill="var(--gw-ink)")


def _fill(aspect: str) -> str:
    return f"var(--gw-{aspect})"
