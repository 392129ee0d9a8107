"""A heat map as a table: every cell says its value and how many people it rests on, in words as in color."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import text, theme
from pages.ui.safe import markup

HALF_LEVELS = 9  # medians of levels 0 to 4 come in halves
STEPS = {"light": (0, 1, 2, 3, 4, 5, 7, 8, 9), "dark": (0, 1, 2, 3, 4, 6, 7, 8, 9)}  # all others fail contrast
INK_UP_TO = {"light": 5, "dark": 3}  # these carry the ink, those after the color of the page
BETWEEN = {("dark", 4): "#ffffff"}  # neither can be read on it


@dataclass(frozen=True)
class Cell:
    """value: a number from 0 to `of`, None where there is none; note: the line under it; said: instead of a value."""

    value: float | None
    note: str = ""
    said: str = ""
    of: float = 4


@dataclass(frozen=True)
class Line:
    """One row: its head, the line under it, its cells, and what stands at its end."""

    head: str
    note: str
    cells: tuple[Cell, ...]
    end: tuple[str, ...] = ()


def html(
    lines: Sequence[Line], *, columns: Sequence[str], ends: Sequence[str], first: str, caption: str, foot: Line | None
) -> str:
    """
    The lines as an HTML table, every text escaped.

    columns, ends: heads of the cells and of what stands behind them. foot: a last row under an ink rule, uncolored.
    """
    heads = f'<th scope="col" style="width:34%">{markup(first)}</th>'
    heads += "".join(f'<th scope="col" style="text-align:center">{markup(name)}</th>' for name in columns)
    heads += "".join(f'<th scope="col" class="gw-num">{markup(name)}</th>' for name in ends)
    body = "".join(_line(line) for line in lines) + (_line(foot, colored=False) if foot else "")
    said = f'<caption style="font-size:.875rem;font-weight:400;color:var(--gw-muted)">{markup(caption)}</caption>'
    table = (
        f'<table class="gw-table">{said if caption else ""}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )
    return f'<div class="gw-scroll">{table}</div>'


def shade(value: float) -> tuple[str, str]:
    """The ground and the ink of a level from 0 to 4."""
    mode = theme.mode()
    at = min(HALF_LEVELS - 1, max(0, round(value * 2)))
    ramp: list[str] = st.get_option(f"theme.{mode}.chartSequentialColors")
    written = "var(--gw-ink)" if at <= INK_UP_TO[mode] else "var(--gw-page)"
    return ramp[STEPS[mode][at]], BETWEEN.get((mode, at), written)


def key(levels: Sequence[str]) -> str:
    """One line that names the colors, in the order of the levels."""
    parts = "".join(
        f'<span style="display:inline-flex;align-items:center;gap:6px"><i aria-hidden="true" style="width:18px;'
        f'height:14px;background:{shade(at)[0]};border:1px solid var(--gw-rule)"></i>{at} {markup(name)}</span>'
        for at, name in enumerate(levels)
    )
    return f'<p class="gw-note" style="display:flex;flex-wrap:wrap;gap:4px 16px">{parts}</p>'


def _line(line: Line, *, colored: bool = True) -> str:
    note = f'<br><span class="gw-note">{markup(line.note)}</span>' if line.note else ""
    rule = ' class="gw-total"' if not colored else ""
    cells = "".join(_cell(cell, colored) for cell in line.cells)
    ends = "".join(f'<td class="gw-num" style="vertical-align:middle">{markup(each)}</td>' for each in line.end)
    return f'<tr{rule}><th scope="row"><b>{markup(line.head)}</b>{note}</th>{cells}{ends}</tr>'


def _cell(cell: Cell, colored: bool) -> str:
    below = f'<br><span style="font-size:.75rem">{markup(cell.note)}</span>' if cell.note else ""
    style = "text-align:center;vertical-align:middle;padding:6px;line-height:1.25;font-variant-numeric:tabular-nums"
    if cell.value is None:
        return f'<td style="{style};color:var(--gw-muted)">{markup(cell.said)}{below}</td>'
    shown = text.number(cell.value, decimals=0 if cell.value == int(cell.value) else 1)
    if not colored:
        return f'<td style="{style}">{shown}{below}</td>'
    ground, ink = shade(cell.value * 4 / cell.of)
    edges = "border:2px solid var(--gw-page)"
    return f'<td style="{style};{edges};background:{ground};color:{ink}"><b>{shown}</b>{below}</td>'
