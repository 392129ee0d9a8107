"""Figures over days: months named along the axis, and the line of today."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from pages.ui import plotting, text

TICKS = 9


def draw_today(figure: go.Figure, mode: str, today: date) -> None:
    """Draw the one red line, with its day above."""
    line = {"color": plotting.of(mode, "act"), "width": 1.4}
    where = {"x0": today, "x1": today, "y0": 0, "y1": 1}
    figure.add_shape(type="line", xref="x", yref="y domain", line=line, **where)
    look = words(plotting.of(mode, "act-text")) | {"yref": "y domain", "yanchor": "bottom"}
    figure.add_annotation(x=today, y=1, text=f"<b>{text.day_short(today)}</b>", **look)


def words(color: str) -> dict[str, object]:
    """How words beside a line look."""
    return {"showarrow": False, "font": {"color": color, "size": 13}}


def draw_months(figure: go.Figure, days: Sequence[date]) -> None:
    """Name the beginnings of months; the year stands under the first and under each January that is named."""
    first, last = days[0].replace(day=1), days[-1]
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((each for each in (1, 2, 3, 6, 12, 24, 60) if span / each <= TICKS), 120)
    at = [_later(first, months) for months in range(0, span + 1, step)]
    shown = [day for day in at if day <= last]
    names, year = [], 0
    for day in shown:
        name = text.month(day).split(" ")[0]
        names.append(name if day.year == year else f"{name}<br>{day.year}")
        year = day.year
    look = {"type": "date", "tickvals": shown, "ticktext": names, "tickangle": 0, "range": [first, last]}
    figure.update_layout(xaxis=look | {"autorange": False, "hoverformat": "%-d %b %Y"})


def _later(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
