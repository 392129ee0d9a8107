"""Bars and cells: figures of blocks, built once for the values and the mode they are shown in."""

from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go

from pages.ui import plotting, text
from pages.ui.plotting import Target

BAR_HEIGHT = 34


@dataclass(frozen=True)
class Bar:
    label: str
    value: float | None
    note: str = ""
    color: str = "data"


@dataclass(frozen=True)
class Drawing:
    """A figure that is ready to show; it is shared between readers of the same values, so never change it."""

    figure: go.Figure
    height: int


@lru_cache(maxsize=128)
def bars(mode: str, items: tuple[Bar, ...], unit: str, currency: str, target: Target | None) -> Drawing:
    """Horizontal bars; see charts.bars."""
    height = BAR_HEIGHT * len(items) + 40
    figure = plotting.blank(mode, height, right=140, left=8)
    ends = [
        f"<b>{text.measured(item.value, unit, currency=currency)}</b>  {plotting.plain(item.note)}" for item in items
    ]
    figure.add_bar(
        orientation="h",
        x=[item.value or 0 for item in items],
        y=list(range(len(items))),
        text=ends,
        textposition="outside",
        cliponaxis=False,
        marker={"color": [plotting.of(mode, item.color) for item in items]},
        hoverinfo="skip",
    )
    names = [plotting.plain(item.label) for item in items]
    figure.update_yaxes(
        tickvals=list(range(len(items))),
        ticktext=names,
        autorange="reversed",
        showgrid=False,
        automargin=True,
        ticks="",
    )
    top = max([item.value or 0 for item in items] + [target.value if target else 0], default=0)
    figure.update_xaxes(range=[0, top * 1.02 or 1], visible=False)
    figure.update_layout(bargap=0.5)
    if target is not None:
        figure.add_vline(
            x=target.value,
            line={"color": plotting.of(mode, "ink"), "width": 1.4},
            annotation={
                "text": f"{plotting.plain(target.label)} {text.measured(target.value, unit, currency=currency)}"
            },
        )
    return Drawing(figure, height)


@lru_cache(maxsize=128)
def heat(
    mode: str, rows: tuple[str, ...], columns: tuple[str, ...], values: tuple[tuple[float | None, ...], ...], unit: str
) -> Drawing:
    """A table of colored cells; see charts.heat."""
    height = 30 * len(rows) + 60
    figure = plotting.blank(mode, height, right=8)
    shown = [[text.measured(value, unit) if value is not None else "" for value in row] for row in values]
    scale = [[0, plotting.of(mode, "surface")], [1, plotting.of(mode, "mechanism")]]
    figure.add_heatmap(
        z=[list(row) for row in values],
        x=[plotting.plain(column) for column in columns],
        y=[plotting.plain(row) for row in rows],
        text=shown,
        texttemplate="%{text}",
        colorscale=scale,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate="%{y}, %{x}: %{text}<extra></extra>",
    )
    figure.update_xaxes(side="top", showgrid=False, ticks="")
    figure.update_yaxes(autorange="reversed", showgrid=False, automargin=True)
    return Drawing(figure, height)
