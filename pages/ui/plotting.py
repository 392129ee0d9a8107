"""Parts that figures are made of: the empty figure, lines, targets, events, and axes in the reader's colors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from pages.ui import text, theme

FONT = "Source Sans"
GRID_LINES = 5
MARGIN_TOP, MARGIN_BOTTOM = 28, 44
LABEL_GAP = 17  # pixels between the middles of two labels that stand above each other


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


def draw_line(
    figure: go.Figure,
    mode: str,
    series: Series,
    unit: str,
    currency: str,
    *,
    named: bool,
    axis: str = "",
    shift: int = 0,
) -> None:
    known = [point for point in series.points if point.value is not None]
    if not known:
        return
    color = of(mode, series.color)
    on = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    _band(figure, series, color, on)
    whole = [point if point.complete else Point(point.period, None) for point in series.points]
    texts = [text.measured(point.value, unit, currency=currency) for point in whole]
    figure.add_scatter(
        x=[point.period for point in whole],
        y=[point.value for point in whole],
        mode="lines+markers",
        line={"color": color, "width": 2.5, "shape": "linear"},
        marker={"color": color, "size": 7},
        name=plain(series.name),
        customdata=texts,
        hovertemplate="%{customdata}",
        **on,
    )
    last = known[-1]
    if not last.complete:
        _open_end(figure, mode, known[-2:], series, color, on, unit, currency)
    label = f"<b>{text.measured(last.value, unit, currency=currency)}</b>"
    label = f"<b>{plain(series.name)}</b> {label}" if named else label
    label += "" if last.complete or named else f"<br>{_not_over(last.period)}"
    figure.add_annotation(
        x=last.period,
        y=last.value,
        xref=on["xaxis"],
        yref=on["yaxis"],
        text=label,
        showarrow=False,
        xanchor="left",
        xshift=12,
        yshift=shift,
        align="left",
        font={"color": _text_of(mode, series.color)},
    )


def end_shifts(series: Sequence[Series], target: Target | None, *, top: float, height: int) -> list[int]:
    """Return by how many pixels to move each line's end label, then the target's, so that none covers another."""
    ends = [[point for point in each.points if point.value is not None] for each in series]
    values = [end[-1].value or 0.0 if end else 0.0 for end in ends] + ([target.value] if target else [])
    tall = height - MARGIN_TOP - MARGIN_BOTTOM
    wanted = [value / scale_end(top) * tall for value in values]
    gap = LABEL_GAP if len(series) > 1 else LABEL_GAP * 2  # the one line's label may have a second row
    shifts, below = [0] * len(values), -float(gap)
    for at in sorted(range(len(values)), key=wanted.__getitem__):
        below = max(wanted[at], below + gap)
        shifts[at] = round(below - wanted[at])
    moved = shifts[-1] if target else 0  # the target's words stay at its line; what lies under them gives way
    return [shift - moved if target and wanted[at] <= wanted[-1] else shift for at, shift in enumerate(shifts)]


def draw_not_over(figure: go.Figure, mode: str, series: Sequence[Series]) -> None:
    """Say once, beside the axis, what the hollow ends of several lines mean."""
    last = max((point for each in series for point in each.points), key=lambda point: point.period, default=None)
    if len(series) < 2 or last is None or last.complete:
        return
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=1,
        y=0,
        text=f"○ {_not_over(last.period)}",
        showarrow=False,
        xanchor="left",
        yanchor="top",
        xshift=2,
        yshift=-4,
        font={"color": of(mode, "muted")},
    )


def _open_end(
    figure: go.Figure,
    mode: str,
    points: Sequence[Point],
    series: Series,
    color: str,
    on: dict[str, str],
    unit: str,
    currency: str,
) -> None:
    sizes = [0] * (len(points) - 1) + [9]
    hollow = {"size": sizes, "color": of(mode, "page"), "line": {"color": color, "width": 2}}
    last = points[-1]
    figure.add_scatter(
        x=[point.period for point in points],
        y=[point.value for point in points],
        mode="lines+markers",
        line={"color": color, "width": 2.5, "dash": "dot"},
        marker=hollow,
        name=plain(series.name),
        customdata=[None] * (len(points) - 1) + [f"{text.measured(last.value, unit, currency=currency)}, not over"],
        hovertemplate="%{customdata}",
        **on,
    )


def _band(figure: go.Figure, series: Series, color: str, on: dict[str, str]) -> None:
    band = [point for point in series.points if point.low is not None and point.high is not None]
    if len(band) < 2:
        return
    periods = [point.period for point in band]
    edges = [point.low for point in band] + [point.high for point in reversed(band)]
    figure.add_scatter(
        x=periods + periods[::-1],
        y=edges,
        fill="toself",
        fillcolor=_clear(color, 0.14),
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        **on,
    )


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


def panel(
    figure: go.Figure,
    mode: str,
    series: Series,
    at: int,
    *,
    columns: int,
    rows: int,
    top: float,
    unit: str,
    currency: str,
) -> None:
    row, column = divmod(at, columns)
    axis = "" if at == 0 else str(at + 1)
    left, wide = column / columns, 1 / columns
    high, tall = 1 - row / rows, 1 / rows
    figure.update_layout(
        {
            f"xaxis{axis}": {"domain": [left, left + wide - 0.05], "anchor": f"y{axis}"},
            f"yaxis{axis}": {"domain": [high - tall + 0.3 * tall, high - 0.14 * tall], "anchor": f"x{axis}"},
        }
    )
    look_x = {k: v for k, v in figure.layout.xaxis.to_plotly_json().items() if k not in {"domain", "anchor"}}
    look_y = {k: v for k, v in figure.layout.yaxis.to_plotly_json().items() if k not in {"domain", "anchor"}}
    figure.update_layout({f"xaxis{axis}": look_x, f"yaxis{axis}": look_y})
    draw_line(figure, mode, Series("", series.points, series.color), unit, currency, named=False, axis=axis)
    figure.layout.annotations = figure.layout.annotations[:-1]
    known = [point for point in series.points if point.value is not None]
    last = text.measured(known[-1].value if known else None, unit, currency=currency)
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=left,
        y=high,
        text=f"<b>{plain(series.name)}</b>  {last}",
        showarrow=False,
        xanchor="left",
        yanchor="top",
    )
    draw_periods(figure, periods_of((series,)), axis=axis, ticks=3)
    draw_scale(figure, top, unit, currency, axis=axis, lines=2)


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


def _not_over(period: str) -> str:
    return "week not complete" if len(period) == len("2026-11-16") else "month not complete"


def of(mode: str, meaning: str) -> str:
    """The color of a meaning of the palette; data is the one line of a metric, 1 to 5 are categories."""
    name = "mechanism" if meaning == "data" else f"category-{meaning}" if meaning.isdigit() else meaning
    return theme.PALETTE[name][mode == "dark"]


def _text_of(mode: str, meaning: str) -> str:
    name = "mechanism" if meaning == "data" else meaning
    return of(mode, f"{name}-text" if f"{name}-text" in theme.PALETTE else name)


def _clear(color: str, share: float) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def plain(words: Any) -> str:
    """Plotly reads a few tags, entities and templates in texts; user text has none."""
    plain = str(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")
    return plain.replace("%{", "%\N{ZERO WIDTH SPACE}{")
