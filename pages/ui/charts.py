"""The one chart factory: every Plotly figure of the product, in the colors of the reader's mode."""

from collections.abc import Sequence
from functools import lru_cache

import plotly.io
import plotly.tools
import streamlit as st

from pages.ui import blocks, lines, plotting, shell, tables, text, theme
from pages.ui.blocks import Bar, Drawing
from pages.ui.plotting import Event, Point, Series, Target

__all__ = [
    "Bar",
    "Drawing",
    "Event",
    "Point",
    "Series",
    "Target",
    "bars",
    "heat",
    "line",
    "multiples",
    "show",
    "stacked",
    "switch",
    "warm",
]

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
FIGURE, TABLE = "Figure", "Table"


def line(
    series: Sequence[Series],
    *,
    unit: str,
    currency: str = "USD",
    target: Target | None = None,
    events: Sequence[Event] = (),
    height: int = 340,
) -> Drawing:
    """
    Lines over periods, from zero, with a band where points have an interval.

    unit: as in the metrics' catalog. A last point whose period is not over is dotted up to a hollow end. The last
    value stands at the end of its line; with several lines, the name too.
    """
    return _line(theme.mode(), tuple(series), unit, currency, target, tuple(events), height)


def multiples(
    series: Sequence[Series],
    *,
    unit: str,
    currency: str = "USD",
    columns: int = 3,
    target: Target | None = None,
    events: Sequence[Event] = (),
    height: int = 170,
) -> Drawing:
    """One small panel per series on the same axis, so that they can be compared; its name and last value on top."""
    return _multiples(theme.mode(), tuple(series), unit, currency, columns, target, tuple(events), height)


def stacked(series: Sequence[Series], *, unit: str, currency: str = "USD", height: int = 320) -> Drawing:
    """Stacked columns over periods in the colors of the categories, in the order given, beyond five gray."""
    return _stacked(theme.mode(), tuple(series), unit, currency, height)


def bars(items: Sequence[Bar], *, unit: str, currency: str = "USD", target: Target | None = None) -> Drawing:
    """Horizontal bars from zero in the order given, the value and a note at their end."""
    return blocks.bars(theme.mode(), tuple(items), unit, currency, target)


def heat(
    rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float | None]], *, unit: str
) -> Drawing:
    """A table of colored cells, as of cohorts; unknown cells stay empty."""
    return blocks.heat(theme.mode(), tuple(rows), tuple(columns), tuple(tuple(row) for row in values), unit)


def show(
    drawing: Drawing,
    *,
    alt: str,
    key: str,
    table: tables.Table,
    title: str = "",
    unit_line: str = "",
    rests_on: str = "",
) -> None:
    """
    Draw a figure, or the table with the same rows, whichever the reader chose, and what it rests on.

    alt: the figure's answer in a sentence. key: "noun.figure". title: the measure in words; unit_line: unit, interval,
    who is counted. rests_on: counted in and out, definition, source and its age.
    """
    words, place = st.columns([4, 1], vertical_alignment="bottom")
    with words:
        if title:
            shell.title(title, unit_line)
    with place.container(horizontal_alignment="right"):
        chosen = switch(key)
    if chosen == TABLE:
        tables.show(table, key=key)
    else:
        st.plotly_chart(
            drawing.figure, theme=None, key=key, height=drawing.height, config=CONFIG, alt=alt, width="stretch"
        )
    if rests_on:
        shell.note(rests_on)


def warm() -> None:
    """Build one figure and what is sent of it, so that no reader waits while Plotly loads its parts."""
    begin = Series("", (Point("2026-01", 1.0), Point("2026-02", 2.0, complete=False)))
    drawing = _line("light", (begin,), "count", "USD", Target(1.0), (), 340)
    plotly.io.to_json(plotly.tools.return_figure_from_figure_or_data(drawing.figure, validate_figure=True))


def switch(key: str, *more: str) -> str:
    """Draw the choice between a figure, its table and perhaps more ways; return FIGURE, TABLE or one of these."""
    return (
        st.segmented_control(
            "Show as",
            [FIGURE, TABLE, *more],
            default=FIGURE,
            required=True,
            key=f"{key}.as",
            label_visibility="collapsed",
        )
        or FIGURE
    )


@lru_cache(maxsize=256)
def _line(
    mode: str,
    series: tuple[Series, ...],
    unit: str,
    currency: str,
    target: Target | None,
    events: tuple[Event, ...],
    height: int,
) -> Drawing:
    figure = plotting.blank(mode, height, right=150 if len(series) > 1 or target else 110)
    top = plotting.top_of(series, target)
    shifts = lines.end_shifts(series, target, top=top, height=height)
    for each, shift in zip(series, shifts, strict=False):
        lines.draw_line(figure, mode, each, unit, currency, named=len(series) > 1, shift=shift)
    if target is not None:
        plotting.draw_target(figure, mode, target, unit, currency, shift=shifts[-1])
    lines.draw_not_over(figure, mode, series)
    for event in events:
        plotting.draw_event(figure, mode, event, plotting.periods_of(series))
    plotting.draw_periods(figure, plotting.periods_of(series))
    plotting.draw_scale(figure, top, unit, currency)
    return Drawing(figure, height)


@lru_cache(maxsize=128)
def _multiples(
    mode: str,
    series: tuple[Series, ...],
    unit: str,
    currency: str,
    columns: int,
    target: Target | None,
    events: tuple[Event, ...],
    height: int,
) -> Drawing:
    count = -(-len(series) // columns)
    tall = count * (height + 36)
    figure = plotting.blank(mode, tall, right=16)
    top = plotting.top_of(series, target)
    for at, each in enumerate(series):
        lines.panel(figure, mode, each, at, columns=columns, rows=count, top=top, unit=unit, currency=currency)
        axis = "" if at == 0 else str(at + 1)
        if target is not None:
            line = {"color": plotting.of(mode, "ink"), "width": 1.4}
            where = {"xref": f"x{axis} domain", "yref": f"y{axis}"}
            figure.add_shape(type="line", x0=0, x1=1, y0=target.value, y1=target.value, line=line, **where)
        for event in events:
            plotting.draw_event(figure, mode, event, plotting.periods_of((each,)), axis=axis, named=False)
    return Drawing(figure, tall)


@lru_cache(maxsize=128)
def _stacked(mode: str, series: tuple[Series, ...], unit: str, currency: str, height: int) -> Drawing:
    figure = plotting.blank(mode, height, right=24)
    for at, each in enumerate(series):
        color = plotting.of(mode, theme.CATEGORIES[at] if at < len(theme.CATEGORIES) else "gray")
        figure.add_bar(
            x=[point.period for point in each.points],
            y=[point.value for point in each.points],
            name=each.name,
            marker={"color": color, "line": {"color": plotting.of(mode, "page"), "width": 1}},
            customdata=[text.measured(point.value, unit, currency=currency) for point in each.points],
            hovertemplate="%{customdata}",
        )
    totals: dict[str, float] = {}
    for point in (point for each in series for point in each.points):
        totals[point.period] = totals.get(point.period, 0.0) + (point.value or 0.0)
    key = {"orientation": "h", "y": -0.16, "x": 0, "traceorder": "normal", "font": {"size": 13}, "itemclick": False}
    figure.update_layout(barmode="stack", bargap=0.25, showlegend=True, legend=key, margin={"b": 64})
    plotting.draw_periods(figure, plotting.periods_of(series))
    plotting.draw_scale(figure, max(totals.values(), default=0), unit, currency)
    return Drawing(figure, height)
