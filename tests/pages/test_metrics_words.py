"""A metric in words, as a figure and as a table: every metric of the catalog has its sentence."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.metrics import catalog
from pages.ui import charts, metric_table, metrics, tables, theme
from program.engagement import BeforeAfter, GoLive, Line, Measured, Month, Promise
from program.queries.engagement import COUNTED

MONTHS = [f"2026-{month:02d}" for month in range(1, 7)]
DESK = Promise("1", "Answer desk", Decimal("0.6"), date(2026, 12, 31))
LIVE = [GoLive("Answer desk", date(2026, 3, 2)), GoLive("Listening", date(2026, 3, 2))]


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "mode", lambda: "light")


def month(period: str, value: float | None = 0.5, *, of: int = 40, **more: object) -> Month:
    made = Month(period, value, of, None if value is None else value * of, of, period != MONTHS[-1])
    return replace(made, **more)  # type: ignore[arg-type]


def measured(metric_id: str = "win_rate", *lines: Line) -> Measured:
    metric = catalog()[metric_id]
    return Measured(
        metric_id=metric_id,
        name=metric.name,
        question=metric.question,
        definition=metric.definition,
        version=metric.version,
        unit=metric.unit,
        better=metric.better,
        counted=COUNTED[metric_id],
        numerator=metric.numerator if metric.denominator else None,
        denominator=metric.denominator,
        currency="USD" if metric.unit == "currency" else None,
        overall=month("", of=240),
        lines=lines or (Line("", tuple(month(each) for each in MONTHS)),),
        data_from=date(2026, 1, 1),
        data_to=date(2026, 6, 15),
        undated=0,
        reasons=(),
    )


def split(count: int, metric_id: str = "win_rate") -> Measured:
    lines = [Line(f"Group {place}", tuple(month(each, 0.1 * place) for each in MONTHS)) for place in range(count)]
    return measured(metric_id, *lines)


@pytest.mark.parametrize("metric_id", list(catalog()))
def test_every_metric_answers_with_its_last_complete_month(metric_id: str) -> None:
    said = metrics.answer(measured(metric_id))
    assert "May 2026" in said
    assert "{" not in said
    assert said.endswith(".")
    assert said[0].isupper() or said[0].isdigit()


def test_a_share_of_few_is_said_as_a_count_and_of_many_as_a_percentage() -> None:
    assert metrics.answer(measured()) == "In May 2026 we won 20 of 40 decided deals."
    many = measured("win_rate", Line("", tuple(month(each, of=200) for each in MONTHS)))
    assert metrics.answer(many) == "In May 2026 we won 50% of decided deals."


def test_a_restricted_figure_says_so_and_a_split_one_names_its_largest_group() -> None:
    assert metrics.answer(measured(), "Office West") == "Office West: in May 2026 we won 20 of 40 decided deals."
    assert metrics.answer(split(3, "interaction_share")) == "In May 2026 Group 2 carried 8 of 40 interactions."


def test_without_a_complete_month_nothing_is_claimed() -> None:
    running = measured("win_rate", Line("", (month(MONTHS[-1]),)))
    assert metrics.answer(running) == "No complete month can be shown."
    assert metrics.answer(replace(measured(), lines=())) == "Nothing brought in answers this yet."


def test_the_lead_says_the_target_and_that_a_change_proves_nothing() -> None:
    change = BeforeAfter("Answer desk", 0.4, 0.5, 6, 3)
    said = metrics.lead(measured(), [DESK], change)
    assert said.startswith(
        "All 6 months: 50%. The target of 60% by 31 Dec 2026, promised by Answer desk, is not reached yet."
    )
    assert "of the 6 months before Answer desk went live is 40%, of the 3 months since 50%." in said
    assert said.endswith(metrics.NOT_PROOF)
    assert metrics.lead(measured(), [], None) == "All 6 months: 50%."
    assert metrics.lead(split(3, "interaction_share"), [], None) == ""


def test_components_that_went_live_together_share_one_mark() -> None:
    assert metrics.events(LIVE, measured()) == {date(2026, 3, 2): "Answer desk and Listening live, 2 Mar"}
    drawing = metrics.figure(measured(), [DESK], LIVE)
    notes = [note.text for note in drawing.figure.layout.annotations]
    assert "▼ Answer desk and Listening live, 2 Mar" in notes
    assert "Target 60%" in notes


def test_the_month_that_is_not_over_is_drawn_apart_and_noted_in_the_table() -> None:
    whole, rest = metrics.figure(measured(), [], []).figure.data
    assert whole.y[-1] is None
    assert rest.line.dash == "dot"
    rows = metric_table.table(measured(), [], LIVE).rows
    assert [row[-1] for row in rows] == [
        None,
        None,
        "Answer desk and Listening live, 2 Mar",
        None,
        None,
        "month not complete",
    ]


@pytest.mark.parametrize("metric_id", list(catalog()))
def test_the_table_holds_the_rows_of_the_figure(metric_id: str) -> None:
    shown = measured(metric_id)
    table = metric_table.table(shown, [DESK], [])
    drawn = [point for trace in metrics.figure(shown, [DESK], []).figure.data for point in trace.y if point is not None]
    at = [column.name for column in table.columns].index(shown.name)
    assert {row[at] for row in table.rows} == set(drawn)
    assert len(table.rows) == len(MONTHS)
    assert "n/a" not in tables.html(table)


def test_a_target_of_the_whole_is_not_drawn_beside_groups_that_add_up_to_it() -> None:
    promise = replace(DESK, value=Decimal(900))
    assert "To target" not in [c.name for c in metric_table.table(split(3, "interactions"), [promise], []).columns]
    texts = [note.text for note in metrics.figure(split(3, "interactions"), [promise], []).figure.layout.annotations]
    assert not any("Target" in each for each in texts)
    rated = [note.text for note in metrics.figure(split(3), [DESK], []).figure.layout.annotations]
    assert "Target 60%" in rated


def test_more_than_five_groups_become_small_panels_with_the_target_in_each() -> None:
    shown = split(7)
    drawing = metrics.figure(shown, [DESK], LIVE)
    targets = [shape for shape in drawing.figure.layout.shapes if shape.line.dash is None]
    assert len(targets) == 7
    assert metrics.unit_line(shown, "Europe/Berlin", LIVE).endswith("dotted: Answer desk and Listening live, 2 Mar")
    assert "dotted" not in metrics.unit_line(split(3), "Europe/Berlin", LIVE)


def test_end_labels_never_cover_each_other() -> None:
    series = [charts.Series(f"Group {place}", (charts.Point("2026-01", 0.5),)) for place in range(5)]
    drawing = charts.line(series, unit="share", target=charts.Target(0.5))
    shifts = sorted(
        note.yshift or 0 for note in drawing.figure.layout.annotations if note.xshift in (10, 12) and note.y == 0.5
    )
    assert len(shifts) == 6
    assert all(higher - lower >= 17 for lower, higher in itertools.pairwise(shifts))


def test_what_is_counted_out_is_said() -> None:
    left = replace(measured("first_response"), overall=month("", of=240, unanswered=12), undated=1)
    said = metrics.rests_on(left, left)
    assert said.startswith("Counted in: 240 answered conversations over 6 months, to 15 Jun 2026.")
    assert "12 opening messages without a person's reply and 1 row without a date" in said
