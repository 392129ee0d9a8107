"""Figures in the colors of the mode, from zero, with what is unknown left out and what is not over drawn apart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui import charts, dots, money, plotting, sparks, theme
from pages.ui.charts import Bar, Event, Point, Series, Target

MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 12))
VALUES = (9.2, 9.6, None, 9.1, 9.4, 8.8, 9.0, 8.6, 6.9, 6.1, 5.4)
LINE = Series("First reply", tuple(Point(m, v, complete=m != "2026-11") for m, v in zip(MONTHS, VALUES, strict=True)))


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "mode", lambda: "light")


def texts(drawing: charts.Drawing) -> list[str]:
    return [note.text for note in drawing.figure.layout.annotations]


def test_the_month_that_is_not_over_is_dotted_up_to_a_hollow_end() -> None:
    whole, rest = charts.line([LINE], unit="hours").figure.data
    assert whole.y[-1] is None
    assert whole.y[2] is None
    assert whole.line.dash is None
    assert rest.line.dash == "dot"
    assert list(rest.x) == ["2026-10", "2026-11"]
    assert rest.marker.color == theme.PALETTE["page"][0]
    assert "<b>5.4 h</b><br>month not complete" in texts(charts.line([LINE], unit="hours"))


def test_target_and_event_are_drawn_and_named() -> None:
    event, target = Event(date(2026, 6, 2), "Answer desk goes live"), Target(4.0)
    drawing = charts.line([LINE], unit="hours", target=target, events=[event])
    assert "Target 4.0 h" in texts(drawing)
    assert "▼ Answer desk goes live, 2 Jun" in texts(drawing)
    (at,) = (shape.x0 for shape in drawing.figure.layout.shapes if shape.line.dash == "dot")
    assert at == pytest.approx(5 + 1 / 31)


def test_an_event_outside_of_the_months_is_left_out() -> None:
    drawing = charts.line([LINE], unit="hours", events=[Event(date(2024, 6, 2), "Long ago")])
    assert not drawing.figure.layout.shapes


def test_every_axis_of_values_starts_at_zero() -> None:
    two = (LINE, replace(LINE, name="Other"))
    for drawing in (
        charts.line([LINE], unit="hours"),
        charts.multiples(two, unit="hours"),
        charts.stacked(two, unit="hours"),
    ):
        layout = drawing.figure.layout
        ranges = [layout[axis].range for axis in layout if axis.startswith("yaxis")]
        assert ranges
        assert all(found[0] == 0 for found in ranges)
    assert charts.bars([Bar("West", 3.0), Bar("East", None)], unit="hours").figure.layout.xaxis.range[0] == 0


def test_small_panels_share_one_scale() -> None:
    small = Series("Small", (Point("2026-01", 1.0), Point("2026-02", 2.0)))
    layout = charts.multiples([LINE, small], unit="hours").figure.layout
    assert layout.yaxis.range == layout.yaxis2.range


def test_the_same_values_are_the_same_figure_and_modes_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    first = charts.line([LINE], unit="hours")
    assert charts.line([LINE], unit="hours") is first
    monkeypatch.setattr(theme, "mode", lambda: "dark")
    dark = charts.line([LINE], unit="hours")
    assert dark.figure.data[0].line.color == theme.PALETTE["mechanism"][1]
    assert first.figure.data[0].line.color == theme.PALETTE["mechanism"][0]
    assert dark.figure.layout.template.layout.to_plotly_json() == {}


def test_fault_30_names_are_text_in_a_figure() -> None:
    name = "<b>x</b> <a href='javascript:1'>%{y} $x$"
    drawing = charts.bars([Bar(name, 1.0, note=name)], unit="hours")
    shown = [*drawing.figure.layout.yaxis.ticktext, *drawing.figure.data[0].text]
    assert all("<a" not in each and "<b>x" not in each and "%{y}" not in each and "$" not in each for each in shown)


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_steps_of_a_scale_are_round_and_reach_the_top(top: float) -> None:
    step = plotting._step(top / plotting.GRID_LINES)
    assert top / step <= plotting.GRID_LINES + 1e-6
    assert float(f"{step:.6e}".split("e")[0]) in {1.0, 2.0, 2.5, 5.0, 10.0}


BAR = money.MoneyBar(Decimal(1240), Decimal(612), Decimal(497), Decimal(1318), "EUR")


def test_money_says_its_sums_and_its_overrun() -> None:
    drawn = money.bar(BAR)
    assert "Actual €497, committed €612, planned €1,240, forecast €1,318." in drawn
    assert "▲ +€78" in drawn
    assert "url(#gw-expected)" in drawn


def test_money_without_plan_and_forecast_says_so_and_draws_no_line() -> None:
    drawn = money.bar(replace(BAR, planned=None, forecast=None))
    assert "planned n/a, forecast n/a." in drawn
    assert "<line x1=" not in drawn.split("</defs>")[1]
    assert "▲" not in drawn


@given(
    *[st.decimals(min_value=-(10**6), max_value=10**9, places=2)] * 2,
    st.none() | st.decimals(min_value=0, max_value=10**9, places=2),
    st.none() | st.decimals(min_value=-(10**6), max_value=10**9, places=2),
)
def test_money_draws_any_sums(
    actual: Decimal, committed: Decimal, planned: Decimal | None, end: Decimal | None
) -> None:
    drawn = money.bar(money.MoneyBar(planned, committed, actual, end, "USD"))
    assert "nan" not in drawn.lower()
    assert 'width="-' not in drawn


def test_a_sparkline_starts_at_zero_and_leaves_gaps() -> None:
    points = [Point("2026-01", 10.0), Point("2026-02", None), Point("2026-03", 5.0)]
    drawn = sparks.sparkline(points, shown="5.0 h", alt="Falls.", target=4.0, live_on=date(2026, 2, 2))
    assert 'd="M3.0,14.0 M202.0,31.0"' in drawn
    assert 'aria-label="Falls."' in drawn
    assert "<polygon" in drawn


def row(scores: tuple[float, ...], median: float | None = 1.0) -> dots.Row:
    return dots.Row("MI-VOC", "Voice <i>", "", scores, median, 2.0, "8 people")


def drawn_dots(scores: tuple[float, ...], median: float | None = 1.0) -> str:
    return dots.drawing([row(scores, median)], aspect="mindset", levels=["a"] * 5, chosen=None, label="x")


def test_each_person_is_a_dot_up_to_fifteen() -> None:
    assert drawn_dots((0, 1, 1, 1, 1, 1, 2, 2)).count("<circle") == 8
    assert drawn_dots((1.0,) * 15).count("<circle") == 15
    assert drawn_dots((1.0,) * 16).count("<circle") == 0
    assert "Voice &lt;i&gt;" in drawn_dots((1.0,))


def test_without_answers_there_is_a_target_and_no_median() -> None:
    drawn = drawn_dots((), None)
    assert "median n/a" in drawn
    assert drawn.count("<circle") == 0
