"""Lines over periods: bands, open ends, labels that keep out of each other's way, and small panels of them."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.ui import text, theme
from pages.ui.plotting import (
    MARGIN_BOTTOM,
    MARGIN_TOP,
    Point,
    Series,
    Target,
    draw_periods,
    draw_scale,
    of,
    periods_of,
    plain,
    scale_end,
)

LABEL_GAP = 17  # pixels between the middles of two labels that stand above each other


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


def _not_over(period: str) -> str:
    return "week not complete" if len(period) == len("2026-11-16") else "month not complete"


def _text_of(mode: str, meaning: str) -> str:
    name = "mechanism" if meaning == "data" else meaning
    return of(mode, f"{name}-text" if f"{name}-text" in theme.PALETTE else name)


def _clear(color: str, share: float) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
