import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.functions import ASPECTS
from assessments.library import load
from assessments.lift import distance_to_gate, lift
from assessments.readiness import Readiness, readiness

GATES = load().gates


def house(*scores: float | None, **floors: float | None) -> Readiness:
    return readiness(dict(zip(ASPECTS, scores, strict=True)), floors, gates=GATES)


def test_the_headline_of_the_overview() -> None:
    rise = lift(house(1.8, 3.2, 2.6), gates=GATES)
    assert rise is not None
    assert (rise.aspect, rise.opens_gate, rise.held_by) == ("mindset", True, None)
    assert (round(rise.by, 6), rise.floor_by, rise.before, rise.after) == (0.2, 0.0, 1.0, 2.0)


def test_a_gate_that_its_lowest_dimension_holds_shut() -> None:
    rise = lift(house(3.0, 3.0, 3.0, mindset=0.5), gates=GATES)
    assert rise is not None
    assert (rise.by, rise.floor_by, rise.before, rise.after) == (0.0, 0.5, 1.0, 3.0)


@pytest.mark.parametrize(
    ("scores", "held_by"),
    [((1.0, 1.0, 3.8), "mechanism"), ((1.8, 3.0, 0.5), "strategy"), ((1.8, 1.5, 2.6), "mechanism")],
)
def test_opening_a_gate_may_not_lift_readiness_alone(scores: tuple[float, ...], held_by: str) -> None:
    rise = lift(house(*scores), gates=GATES)
    assert rise is not None
    assert rise.opens_gate
    assert rise.after == rise.before
    assert rise.held_by == held_by


@pytest.mark.parametrize(
    ("scores", "aspect", "by", "after"),
    [
        ((2.6, 2.4, 2.0), "strategy", 0.4, 2.4),
        ((2.0, 3.5, 2.8), "mindset", 0.8, 2.8),
        ((3.0, 2.5, 3.0), "mechanism", 0.5, 3.0),
    ],
)
def test_with_both_gates_open_the_weakest_aspect_rises_to_the_next(
    scores: tuple[float, ...], aspect: str, by: float, after: float
) -> None:
    rise = lift(house(*scores), gates=GATES)
    assert rise is not None
    assert (rise.aspect, rise.opens_gate) == (aspect, False)
    assert (rise.by, rise.after) == pytest.approx((by, after))


@pytest.mark.parametrize("result", [house(None, 2.0, 2.0), house(3.0, 3.0, 3.0, mindset=None), house(2.0, 2.0, 2.0)])
def test_no_single_rise_is_known(result: Readiness) -> None:
    assert lift(result, gates=GATES) is None


@given(st.tuples(*[st.floats(0, 4)] * 5))
def test_a_rise_keeps_its_promise(numbers: tuple[float, ...]) -> None:
    *scores, mindset, mechanism = numbers
    result = house(*scores, mindset=mindset, mechanism=mechanism)
    rise = lift(result, gates=GATES)
    if rise is None:
        assert (
            sorted(result.capped.values(), key=lambda c: c or 0)[0]
            == sorted(result.capped.values(), key=lambda c: c or 0)[1]
        )
        return
    assert rise.after >= rise.before
    assert (rise.held_by is None) == (rise.after > rise.before)
    if rise.opens_gate:
        assert rise.aspect == result.start_with


def test_distance_to_a_gate() -> None:
    result = house(1.5, 3.0, 3.0, mindset=0.25)
    distance = distance_to_gate(result, "mindset", gates=GATES)
    assert distance is not None
    assert (distance.score, distance.floor) == (0.5, 0.75)
    open_gate = distance_to_gate(result, "mechanism", gates=GATES)
    assert open_gate is not None
    assert (open_gate.score, open_gate.floor) == (0.0, 0.0)
    assert distance_to_gate(result, "strategy", gates=GATES) is None
    assert distance_to_gate(house(None, 1.0, 1.0), "mindset", gates=GATES) is None
