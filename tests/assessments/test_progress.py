from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.library import load
from assessments.progress import Point, comparable, point, progress, targets, towards, trend
from assessments.responses import Answer
from assessments.scoring import assess

LIBRARY = load()
VERSIONS = {"mindset": "1.1.0", "mechanism": "1.1.0", "strategy": "1.1.0"}


def run(day: int, *, closed: int | None = None, form: str = "short", **versions: str) -> Point:
    level = 1 + day % 3
    answers = [Answer("p", "it", s.id, level) for s in LIBRARY.statements()]
    made = point(
        assess(answers, LIBRARY, form="short"),
        run=f"r{day}",
        name=f"Run {day}",
        form=form,
        opened=datetime(2026, 1, day, tzinfo=UTC),
        closed=datetime(2026, 2, closed, tzinfo=UTC) if closed else None,
    )
    return Point(**{**vars(made), "versions": VERSIONS | versions})


@pytest.mark.parametrize(
    ("current", "baseline", "target", "expected"),
    [(2.0, 1.0, 3.0, 0.5), (3.0, 3.0, 3.0, 1.0), (0.0, 3.0, 3.0, 1.0), (0.5, 1.0, 2.0, -0.5), (4.0, 1.0, 2.0, 3.0)],
)
def test_progress(current: float, baseline: float, target: float, expected: float) -> None:
    assert progress(current, baseline, target) == expected


@pytest.mark.parametrize("known", [(None, 1.0, 2.0), (1.0, None, 2.0), (1.0, 2.0, None), (None, 2.0, 2.0)])
def test_progress_of_what_is_unknown_is_unknown(known: tuple[float | None, float | None, float | None]) -> None:
    assert progress(*known) is None


@given(st.floats(0, 4), st.integers(0, 4))
def test_progress_is_nothing_at_the_baseline_and_whole_at_the_target(baseline: float, target: int) -> None:
    assert progress(target, baseline, target) == 1.0
    assert progress(baseline, baseline, target) == (1.0 if baseline == target else 0.0)


def test_versions_of_the_same_major_can_be_compared() -> None:
    assert comparable(VERSIONS, VERSIONS | {"strategy": "1.9.3"})
    assert not comparable(VERSIONS, VERSIONS | {"strategy": "2.0.0"})
    assert not comparable(VERSIONS, {"mindset": "1.1.0", "mechanism": "1.1.0"})
    assert not comparable({"mindset": "1.0.0"} | VERSIONS, VERSIONS | {"mindset": "11.0.0"})


def test_a_trend_holds_what_compares_with_the_newest_run_and_says_why_not() -> None:
    old, middle, newest = run(3, mechanism="0.9.0"), run(5), run(9, mechanism="1.4.0")
    found = trend([newest, old, middle])
    assert [each.run for each in found.points] == ["r5", "r9"]
    assert [(each.point.run, each.reason) for each in found.left_out] == [
        ("r3", "Run 3 asked by another version of the model than Run 9 (mechanism 0.9.0 and 1.4.0).")
    ]
    assert (found.points[0].readiness, found.points[0].scores["mindset"]) == (3.0, 3.0)
    assert len(found.points[0].dimensions) == 23


def test_the_baseline_is_the_run_closed_first() -> None:
    assert trend([run(3, closed=9), run(4, closed=8), run(5)]).baseline == run(4, closed=8)
    assert trend([run(3, closed=1, strategy="0.1.0"), run(4, closed=8), run(5)]).baseline == run(4, closed=8)
    assert trend([run(3), run(5)]).baseline is None
    assert trend([]).points == ()


def test_a_trend_over_both_forms_says_so() -> None:
    assert trend([run(3), run(5)]).note == ""
    assert trend([run(3), run(5, form="long")]).note.startswith("The short form asks one statement")


def test_the_shipped_targets() -> None:
    assert [(target.id, target.level) for target in targets(LIBRARY.gates)] == [("pilot", 2), ("company-wide", 3)]


def test_the_gap_to_a_target_by_dimension() -> None:
    pilot, company = targets(LIBRARY.gates)
    found = towards({"MI-INT": 1.5, "MI-VOC": 2.5, "MI-CUL": None}, pilot, baseline={"MI-INT": 1.0, "MI-VOC": 2.0})
    assert [(d.dimension, d.gap, d.progress) for d in found] == [
        ("MI-INT", 0.5, 0.5),
        ("MI-VOC", 0.0, 1.0),
        ("MI-CUL", None, None),
    ]
    (alone,) = towards({"MI-INT": 1.5}, company)
    assert (alone.baseline, alone.gap, alone.progress, alone.target) == (None, 1.5, None, 3)
