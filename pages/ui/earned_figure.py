"""Planned, earned and spent money as curves up to today, and where the plan and the rate of cost so far end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import plotly.graph_objects as go

from pages.ui import plotting, text, theme
from pages.ui.blocks import Drawing
from pages.ui.earned_days import draw_months, draw_today, words

HEIGHT = 400
ROOM = 172  # pixels right of the curves, for the words at their ends
APART = 34  # pixels between the words at two ends
Place = tuple[date, float]


@dataclass(frozen=True)
class Curves:
    """
    Cumulative money by day: the plan from its first to its last month, earned and spent up to today.

    ending: where the cost ends by the estimate at completion, and its words; None while that is undefined.
    """

    planned: tuple[Place, ...]
    earned: tuple[Place, ...]
    spent: tuple[Place, ...]
    today: date
    currency: str
    ending: tuple[date, float, str] | None = None

    @property
    def top(self) -> float:
        """The highest value of all curves."""
        values = [value for curve in (self.planned, self.earned, self.spent) for _, value in curve]
        return max([*values, *([self.ending[1]] if self.ending else [])], default=0.0)

    @property
    def days(self) -> list[date]:
        """Every day that a curve has a value of."""
        known = {day for curve in (self.planned, self.earned, self.spent) for day, _ in curve}
        return sorted(known | {self.today} | ({self.ending[0]} if self.ending else set()))


def draw(curves: Curves) -> Drawing:
    """Return the figure in the colors of the reader's mode."""
    return _draw(theme.mode(), curves)


@lru_cache(maxsize=64)
def _draw(mode: str, curves: Curves) -> Drawing:
    figure = plotting.blank(mode, HEIGHT, right=ROOM, left=64)
    _curve(figure, mode, curves.planned, "Planned", "gray", 1.5, curves.currency)
    _curve(figure, mode, curves.earned, "Earned", "data", 2.5, curves.currency)
    _curve(figure, mode, curves.spent, "Spent", "ink", 2.5, curves.currency)
    if curves.ending and curves.spent:
        day, value, said = curves.ending
        _curve(figure, mode, (curves.spent[-1], (day, value)), said, "ink", 2.0, curves.currency, dash="dot")
    draw_today(figure, mode, curves.today)
    _so_far(figure, mode, curves)
    _ends(figure, mode, curves)
    draw_months(figure, curves.days)
    plotting.draw_scale(figure, curves.top, "currency", curves.currency, lines=4)
    return Drawing(figure, HEIGHT)


def _curve(
    figure: go.Figure,
    mode: str,
    curve: Sequence[Place],
    name: str,
    color: str,
    width: float,
    currency: str,
    dash: str = "solid",
) -> None:
    figure.add_scatter(
        x=[day for day, _ in curve],
        y=[value for _, value in curve],
        mode="lines",
        name=plotting.plain(name),
        line={"color": plotting.of(mode, color), "width": width, "dash": dash},
        customdata=[f"{plotting.plain(name)} {text.money_short(value, currency)}" for _, value in curve],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _so_far(figure: go.Figure, mode: str, curves: Curves) -> None:
    """Name what is spent and earned beside today: the higher above the line's left, the lower under its right."""
    known = [
        (name, curve[-1][1], color)
        for name, curve, color in (("Spent", curves.spent, "ink"), ("Earned", curves.earned, "mechanism-text"))
        if curve
    ]
    known.sort(key=lambda each: -each[1])
    for at, (name, value, color) in enumerate(known):
        label = f"<b>{name} {text.money_short(value, curves.currency)}</b>"
        side = {"xanchor": "right", "xshift": -10, "yshift": 12} if at == 0 else {"xanchor": "left", "xshift": 10}
        shift = {} if at == 0 else {"yshift": -12}
        look = words(plotting.of(mode, color)) | side | shift | {"bgcolor": plotting.of(mode, "page")}
        figure.add_annotation(x=curves.today, y=value, text=label, **look)


def _ends(figure: go.Figure, mode: str, curves: Curves) -> None:
    if not curves.planned:
        return
    day, value = curves.planned[-1]
    ends = [(day, value, f"Planned {text.money_short(value, curves.currency)}", "muted")]
    if curves.ending:
        last, cost, said = curves.ending
        label = f"<b>{plotting.plain(said)}</b><br>{text.money_short(cost, curves.currency)}"
        ends.append((last, cost, label, "ink"))
    tall = HEIGHT - plotting.MARGIN_TOP - plotting.MARGIN_BOTTOM
    ends.sort(key=lambda each: each[1])
    below = -float(APART)
    for last, amount, label, color in ends:
        wanted = amount / plotting.scale_end(curves.top, 4) * tall
        below = max(wanted, below + APART)
        look = words(plotting.of(mode, color)) | {"xanchor": "left", "xshift": 8, "yshift": round(below - wanted)}
        figure.add_annotation(x=last, y=amount, text=label, align="left", **look)
