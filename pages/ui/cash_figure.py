"""The balance of a program by month, money in less money out since it began: as planned, as it was and as expected."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import plotly.graph_objects as go

from pages.ui import plotting, text, theme
from pages.ui.blocks import Drawing
from pages.ui.earned_days import draw_months, draw_today, words

HEIGHT = 360
ROOM = 150
APART = 34
STEPS = 5
Place = tuple[date, float]


@dataclass(frozen=True)
class Balance:
    """Running sums at the ends of months; expected is as it was up to today."""

    planned: tuple[Place, ...]
    expected: tuple[Place, ...]
    today: date
    currency: str

    @property
    def days(self) -> list[date]:
        """Every day that a line has a value of."""
        return sorted({day for line in (self.planned, self.expected) for day, _ in line} | {self.today})


def draw(balance: Balance) -> Drawing:
    """Return the figure in the colors of the reader's mode."""
    return _draw(theme.mode(), balance)


@lru_cache(maxsize=64)
def _draw(mode: str, balance: Balance) -> Drawing:
    figure = plotting.blank(mode, HEIGHT, right=ROOM, left=72)
    values = [value for line in (balance.planned, balance.expected) for _, value in line]
    low, high, step = _scale(min([0.0, *values]), max([0.0, *values]))
    at = [low + step * number for number in range(round((high - low) / step) + 1)]
    names = [text.money_short(value, balance.currency) for value in at]
    figure.update_layout(yaxis={"range": [low - step * 0.1, high + step * 0.1], "tickvals": at, "ticktext": names})
    figure.add_hline(y=0, line={"color": plotting.of(mode, "ink"), "width": 1})
    was = tuple(place for place in balance.expected if place[0] <= balance.today)
    coming = tuple(place for place in balance.expected if place[0] >= (was[-1][0] if was else balance.today))
    _line(figure, mode, balance.planned, "Planned", "gray", 1.5, "solid", balance.currency)
    _line(figure, mode, was, "Was", "ink", 2.5, "solid", balance.currency)
    _line(figure, mode, coming, "Expected", "ink", 2.0, "dot", balance.currency)
    draw_today(figure, mode, balance.today)
    _ends(figure, mode, balance, high - low + step * 0.2)
    draw_months(figure, balance.days)
    return Drawing(figure, HEIGHT)


def _line(
    figure: go.Figure, mode: str, line: Sequence[Place], name: str, color: str, width: float, dash: str, currency: str
) -> None:
    figure.add_scatter(
        x=[day for day, _ in line],
        y=[value for _, value in line],
        mode="lines",
        name=name,
        line={"color": plotting.of(mode, color), "width": width, "dash": dash},
        customdata=[f"{name} {text.money_short(value, currency)}" for _, value in line],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _ends(figure: go.Figure, mode: str, balance: Balance, height: float) -> None:
    """Name each line at its end, moved apart where they would cover each other."""
    tall = HEIGHT - plotting.MARGIN_TOP - plotting.MARGIN_BOTTOM
    ends = [
        (*line[-1], f"<b>{name}</b><br>{text.money_short(line[-1][1], balance.currency)}", color)
        for line, name, color in ((balance.planned, "Planned", "muted"), (balance.expected, "Expected", "ink"))
        if line
    ]
    ends.sort(key=lambda each: each[1])
    gap = (ends[1][1] - ends[0][1]) / height * tall if len(ends) > 1 else APART
    apart = max(0.0, APART - gap) / 2
    for (day, value, label, color), shift in zip(ends, (-apart, apart), strict=False):
        look = words(plotting.of(mode, color)) | {"xanchor": "left", "xshift": 8, "yshift": round(shift)}
        figure.add_annotation(x=day, y=value, text=label, align="left", **look)


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """From where to where the scale goes, and its steps of 1, 2, 2.5 or 5 times a power of ten."""
    rough = (high - low) / STEPS or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step
