"""The Monte Carlo forecast: values known by arithmetic, the critical path method in each run, seeds."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.forecast import Distribution, Estimate, draw, forecast
from program.schedule import Activity, Link, schedule
from program.schedule_file import read_estimates
from program.table_file import BadTable

PARALLEL = (Activity("A", "", 0), Activity("B", "", 0))


def test_p8_the_later_of_two_even_activities() -> None:
    """With no weight on the likely estimate PERT is even between the ends; the values are exact by arithmetic."""
    estimates = [Estimate(10, 15, 20)] * 2
    found = forecast(PARALLEL, estimates, runs=200_000, seed=7, pert_weight=0)
    drawn = draw(PARALLEL, estimates, runs=200_000, seed=7, pert_weight=0)
    assert found.mean == pytest.approx(50 / 3, abs=0.02)
    assert (drawn.max(axis=0) <= 15).mean() == pytest.approx(0.25, abs=0.005)
    assert found.p80 == pytest.approx(10 + 10 * np.sqrt(0.8), abs=0.03)
    assert sum(found.criticality) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    ("distribution", "mean", "variance"),
    [("pert", (2 + 4 * 5 + 14) / 6, (6 - 2) * (14 - 6) / 7), ("triangular", 7, (4 + 25 + 196 - 10 - 28 - 70) / 18)],
)
def test_one_activity_has_the_mean_and_the_spread_of_its_distribution(
    distribution: Distribution, mean: float, variance: float
) -> None:
    found = forecast((PARALLEL[0],), [Estimate(2, 5, 14)], runs=200_000, seed=1, distribution=distribution)
    assert found.mean == pytest.approx(mean, rel=0.005)
    assert found.sd == pytest.approx(variance**0.5, rel=0.01)
    assert found.criticality == (1.0,)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_each_run_is_the_critical_path_method(chance: random.Random) -> None:
    activities = []
    for at in range(chance.randint(1, 8)):
        before = chance.sample(range(at), min(at, 2))
        links = tuple(
            Link(each, chance.choice(["FS", "SS", "FF", "SF"]), chance.choice([0, 1.5, -1])) for each in before
        )
        activities.append(Activity(f"A{at}", "", 0.0, links))
    estimates = [Estimate(1, 1 + chance.random() * 4, 6) for _ in activities]
    found = forecast(activities, estimates, runs=20, seed=3)
    drawn = draw(activities, estimates, runs=20, seed=3)
    plans = [
        schedule([Activity(a.id, "", float(days), a.links) for a, days in zip(activities, column, strict=True)])
        for column in drawn.T
    ]
    assert found.mean == pytest.approx(np.mean([plan.duration for plan in plans]))
    shares = [np.mean([plan.times[at].critical for plan in plans]) for at in range(len(activities))]
    assert found.criticality == pytest.approx(shares)


def test_the_same_seed_gives_the_same_in_any_order_of_the_rows() -> None:
    estimates = [Estimate(1, 2, 9), Estimate(2, 3, 4)]
    one = forecast(PARALLEL, estimates, runs=500, seed=5)
    other = forecast(PARALLEL[::-1], estimates[::-1], runs=500, seed=5)
    assert (one.mean, one.p80, one.criticality) == (other.mean, other.p80, other.criticality[::-1])
    assert forecast(PARALLEL, estimates, runs=500, seed=6).mean != one.mean


def test_estimates_that_are_one_value_and_one_run() -> None:
    found = forecast(PARALLEL, [Estimate(3, 3, 3), Estimate(1, 1, 1)], runs=1, seed=0)
    assert (found.mean, found.sd, found.criticality) == (3, None, (1, 0))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,5,4,6,", "line 2, column likely: The likely estimate must lie between"),
        ("A,x,4,6,", "line 2, column optimistic: “x” is not a number of working days."),
        ("A,1,4,,", "column pessimistic: “” is not a number"),
        ("A,1,4,6,B", "There is no activity “B”."),
    ],
)
def test_a_broken_line_is_refused(row: str, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        read_estimates(f"id,optimistic,likely,pessimistic,predecessors\n{row}\n")
    assert said in str(refused.value)
