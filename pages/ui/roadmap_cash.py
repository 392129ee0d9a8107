"""The cash of a what-if by month: as planned, a line, and as it would be, hatched; with the same months as a table."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from pages.ui import charts, shell, svg, tables, text
from pages.ui import roadmap as page
from program.ledger import ZERO
from program.phasing import next_month
from program.scenarios import Outcome, Plan

WIDTH, HEIGHT, TOP, FOOT, LEFT = 1176, 230, 30, 26, 64
STYLE = ".cash {overflow-x:auto} .cash svg {min-width:1090px}"  # no words under 12 px
LINES = 3
WITHOUT = (
    "Cash by month needs a budget version that is approved, with its lines spread over months. There is none yet, so "
    "only dates move here."
)
SPENT = (
    "The current month moves as a whole, as it was planned: what is spent in it already is not left out. The "
    "Budget page has what is booked."
)
Cash = Mapping[tuple[str, date], Decimal]
Month = tuple[date, Decimal, Decimal]  # as planned, with the change


def show(base: Plan, planned: Outcome, then: Outcome) -> None:
    """Draw the money by month of each currency, as planned and with the change."""
    if not base.phases:
        shell.title("Cash by month")
        shell.note(WITHOUT)
        return
    words, place = st.columns([5, 2], vertical_alignment="bottom")
    with words:
        shell.title("Cash by month", "Months of the approved budget; those ahead move with the end of their component")
    with place.container(horizontal_alignment="right"):
        shown_as = charts.switch("roadmap.cash")
    for currency in sorted({currency for currency, _ in planned.cash}):
        months = months_of(currency, planned.cash, then.cash)
        if shown_as == charts.TABLE:
            page.listed(as_table(currency, months), key=f"roadmap.cash.{currency}")
        else:
            svg.draw(drawing(currency, months), key=f"roadmap.cash.figure.{currency}", style=STYLE)
        shell.note(sentence(currency, months))
    shell.note(SPENT)


def months_of(currency: str, planned: Cash, then: Cash) -> list[Month]:
    """Every month from the first to the last with money: as planned, and with the change."""
    held = {month for cash in (planned, then) for own, month in cash if own == currency}
    found: list[Month] = []
    month = min(held, default=None)
    while month is not None and month <= max(held):
        found.append((month, planned.get((currency, month), ZERO), then.get((currency, month), ZERO)))
        month = next_month(month)
    return found


def sentence(currency: str, months: Sequence[Month]) -> str:
    """How much money moves to another month, in words."""
    moved = sum((max(ZERO, was - now) for _, was, now in months), ZERO)
    total = sum((now for _, _, now in months), ZERO)
    whole = text.money_short(total, currency)
    if not moved:
        return f"No money moves to another month. {whole} in all."
    return f"{text.money_short(moved, currency)} of {whole} moves to another month."


def as_table(currency: str, months: Sequence[Month]) -> tables.Table:
    """One row per month."""
    rows = tuple((month, was, now, now - was) for month, was, now in months)
    return tables.Table(
        columns=(
            tables.Column("Month", text.month),
            tables.Column(f"Planned, {currency}", text.number, number=True),
            tables.Column(f"With the change, {currency}", text.number, number=True),
            tables.Column("Difference", lambda value: text.number(value, signed=True), number=True),
        ),
        rows=rows,
        name="cash_by_month",
        total=("Total", *(sum((row[at] for row in rows), ZERO) for at in (1, 2, 3))),
    )


def drawing(currency: str, months: Sequence[Month]) -> str:
    """Hatched columns with a line at the planned height; style is STYLE."""
    top = max((max(was, now) for _, was, now in months), default=ZERO) or Decimal(1)
    wide, bottom = (WIDTH - LEFT) / len(months), HEIGHT - FOOT
    parts = [f"<defs>{svg.hatch('gw-cash', 'var(--gw-forecast)')}</defs>", *_scale(top, bottom, currency)]
    for at, (month, was, now) in enumerate(months):
        x = LEFT + at * wide
        then, plan = (float((bottom - TOP) * float(each / top)) for each in (now, was))
        look = {"fill": "url(#gw-cash)", "stroke": "var(--gw-gray)", "stroke_width": 0.8}
        parts.append(svg.element("rect", x=x + wide * 0.15, width=wide * 0.7, y=bottom - then, height=then, **look))
        line = {"stroke": "var(--gw-planned)", "stroke_width": 2}
        ends = {"x1": x + wide * 0.06, "x2": x + wide * 0.94, "y1": bottom - plan, "y2": bottom - plan}
        parts.append(svg.element("line", **ends, **line))
        parts.append(_month(at, month, x, wide, len(months)))
    key = "Hatched: with the change. Line: planned."
    parts.append(svg.words(LEFT, 12, key, class_="muted"))
    label = f"{sentence(currency, months)} {key}"
    return f'<div class="cash">{svg.bare(WIDTH, HEIGHT, "".join(parts), label=label)}</div>'


def _scale(top: Decimal, bottom: float, currency: str) -> list[str]:
    parts = []
    for at in range(LINES + 1):
        y = bottom - (bottom - TOP) * at / LINES
        amount = top * Decimal(str((bottom - y) / (bottom - TOP)))
        parts.append(svg.element("line", x1=LEFT, x2=WIDTH, y1=y, y2=y, stroke="var(--gw-grid)", stroke_width=1))
        parts.append(svg.words(LEFT - 8, y + 4, text.money_short(amount, currency), class_="muted end num"))
    return parts


def _month(at: int, month: date, x: float, wide: float, count: int) -> str:
    every = max(1, -(-count * 52 // (WIDTH - LEFT)))
    if at % every:
        return ""
    words = text.month(month) if at == 0 or month.month <= every else text.month(month).split(" ")[0]
    return svg.words(x + wide / 2, HEIGHT - 6, words, class_="muted middle")
