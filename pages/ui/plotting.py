"""Parts that figures are made of: the empty figure, targets, events, and axes in the reader's colors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from pages.ui import text, theme

FONT = "Source Sans"
GRID_LINES = 5
MARGIN_TOP, MARGIN_BOTTOM = 28, 44


@dataclass(frozen=True)
class Point:
    """A value in one period (2026-03, or a week named by its Monday), its interval, and whether the period is over."""

    period: str
    value: float | None
    n: int | None = None
    complete: bool = True
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """One line or one stack: color is a meaning of the palette (data, ink, gray) or of a category (1 to 5)."""

    name: str
    points: tuple[Point, ...]
    color: str = "data"


@dataclass(frozen=True)
class Target:
    value: float
    label: str = "Target"


@dataclass(frozen=True)
class Event:
    on: date
    label: str


def blank(mode: str, height: int, *, right: int, left: int = 48) -> go.Figure:
    ink, muted, clear = of(mode, "ink"), of(mode, "muted"), "rgba(0,0,0,0)"
    hover = {"bgcolor": of(mode, "surface"), "bordercolor": of(mode, "rule"), "font": {"color": ink, "family": FONT}}
    figure = go.Figure()
    figure.update_layout(
        template=None,
        paper_bgcolor=clear,
        plot_bgcolor=clear,
        font={"family": FONT, "size": 13, "color": ink},
        margin={"l": left, "r": right, "t": MARGIN_TOP, "b": MARGIN_BOTTOM},
        height=height,
        showlegend=False,
        hovermode="x unified",
        hoverlabel=hover,
        dragmode=False,
    )
    common = {"zeroline": False, "fixedrange": True, "tickfont": {"color": muted, "size": 13}}
    figure.update_xaxes(
        showgrid=False, linecolor=of(mode, "gray"), ticks="outside", tickcolor=of(mode, "gray"), **common
    )
    figure.update_yaxes(gridcolor=of(mode, "grid"), **common)
    return figure


def draw_target(figure: go.Figure, mode: str, target: Target, unit: str, currency: str, *, shift: int = 0) -> None:
    figure.add_hline(y=target.value, line={"color": of(mode, "ink"), "width": 1.4})
    figure.add_annotation(
        xref="paper",
        x=1,
        y=target.value,
        text=f"{plain(target.label)} {text.measured(target.value, unit, currency=currency)}",
        showarrow=False,
        xanchor="left",
        xshift=10,
        yshift=shift,
    )


def draw_event(
    figure: go.Figure, mode: str, event: Event, periods: Sequence[str], *, axis: str = "", named: bool = True
) -> None:
    """Draw a dotted line at the day of an event, between the periods' marks, and its words above unless not named."""
    at = _place(event.on, periods)
    if at is None:
        return
    line = {"color": of(mode, "gray"), "width": 1.4, "dash": "dot"}
    xref, yref = f"x{axis}", f"y{axis} domain"
    figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, xref=xref, yref=yref, line=line)
    if named:
        day = text.day_short(event.on)
        label = f"▼ {plain(event.label)}" + ("" if day in event.label else f", {day}")
        where = {"xanchor": "left", "yanchor": "bottom", "xshift": -6}
        figure.add_annotation(x=at, y=1, xref=xref, yref=yref, text=label, showarrow=False, **where)


def _place(on: date, periods: Sequence[str]) -> float | None:
    """Where a day lies among periods that are months or weeks (named by their Monday); None outside of them."""
    monday = on - timedelta(days=on.weekday())
    for period, within in ((f"{on:%Y-%m}", (on.day - 1) / 31), (monday.isoformat(), on.weekday() / 7)):
        if period in periods:
            return list(periods).index(period) + within
    return None


def draw_periods(figure: go.Figure, periods: Sequence[str], *, axis: str = "", ticks: int = 13) -> None:
    """Name the months; the year stands under the first and under each January."""
    step = max(1, -(-len(periods) // ticks))
    shown = [period for at, period in enumerate(periods) if at % step == 0]
    names, year = [], ""
    for period in shown:
        words, _, this_year = text.month(period).rpartition(" ")
        names.append(words if this_year == year else f"{words}<br>{this_year}")
        year = this_year
    look = {"type": "category", "categoryarray": list(periods), "tickvals": shown, "ticktext": names, "tickangle": 0}
    room = {"range": [-0.4, len(periods) - 0.6], "autorange": False}
    figure.update_layout({f"xaxis{axis}": look | room})


def draw_scale(
    figure: go.Figure, top: float, unit: str, currency: str, *, axis: str = "", lines: int = GRID_LINES
) -> None:
    step, count = _steps(top, lines)
    at = [step * line for line in range(count + 1)]
    names = [_tick(value, step, unit, currency) for value in at]
    look = {"range": [0, scale_end(top, lines)], "tickvals": at, "ticktext": names}
    figure.update_layout({f"yaxis{axis}": look})


def scale_end(top: float, lines: int = GRID_LINES) -> float:
    """Return where the scale of values up to top ends: a little above its last gridline."""
    step, count = _steps(top, lines)
    return step * count * 1.04


def _steps(top: float, lines: int) -> tuple[float, int]:
    step = _step(top / lines if top else 1.0)
    return step, int(-(-top // step)) or 1


def _step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    power = 1.0
    while power > rough:
        power /= 10
    while power * 10 <= rough:
        power *= 10
    return next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough)


def _tick(value: float, step: float, unit: str, currency: str) -> str:
    if unit == "share":
        return text.percent(value, decimals=0 if step >= 0.01 else 1)
    if unit == "currency":
        return text.money_short(value, currency)
    return text.number(value, decimals=0 if step >= 1 and step == int(step) else 1)


def top_of(series: Sequence[Series], target: Target | None) -> float:
    values = [
        value for each in series for point in each.points for value in (point.value, point.high) if value is not None
    ]
    return float(max([*values, target.value if target else 0.0], default=0.0))


def periods_of(series: Sequence[Series]) -> list[str]:
    return sorted({point.period for each in series for point in each.points})


def of(mode: str, meaning: str) -> str:
    """The color of a meaning of the palette; data is the one line of a metric, 1 to 5 are categories."""
    name = "mechanism" if meaning == "data" else f"category-{meaning}" if meaning.isdigit() else meaning
    return theme.PALETTE[name][mode == "dark"]


def plain(words: Any) -> str:
    """Plotly reads a few tags, entities and templates in texts; user text has none."""
    plain = str(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")
    return plain.replace("%{", "%\N{ZERO WIDTH SPACE}{")
