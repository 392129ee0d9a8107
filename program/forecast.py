"""
The forecast of a plan's end: the critical path of many plans drawn at random (Monte Carlo), all runs at once.

Three estimates of each activity make a distribution: PERT, a beta distribution whose mean weighs the likely one four
times (Malcolm and others 1959), or a triangle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from program.schedule import FROM_FINISH, NEAR, TO_FINISH, Activity, in_order

Distribution = Literal["pert", "triangular"]
DISTRIBUTIONS: tuple[Distribution, ...] = ("pert", "triangular")
PERT_WEIGHT = 4.0
Runs = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """Three estimates of one activity in working days: optimistic <= likely <= pessimistic."""

    optimistic: float
    likely: float
    pessimistic: float


@dataclass(frozen=True)
class Forecast:
    """
    How long the plan takes over many runs, in working days. sd: with n-1. p50, p80, p95: linear between runs.

    criticality: by activity, in their order, the share of runs in which it held up the end. ends: the working days on
    which runs ended (5 when the plan took 4.2), in order, and how many did.
    """

    mean: float
    sd: float | None
    p50: float
    p80: float
    p95: float
    runs: int
    seed: int
    ids: tuple[str, ...]
    criticality: tuple[float, ...]
    ends: tuple[tuple[int, int], ...] = ()


def forecast(
    activities: Sequence[Activity],
    estimates: Sequence[Estimate],
    *,
    runs: int,
    seed: int,
    distribution: Distribution = "pert",
    pert_weight: float = PERT_WEIGHT,
) -> Forecast:
    """
    Return the forecast of some activities, whose own durations are not used.

    estimates: one for each activity. The same seed gives the same result, whatever the order of the activities.

    Raises Cycle.
    """
    drawn = draw(activities, estimates, runs=runs, seed=seed, distribution=distribution, pert_weight=pert_weight)
    ends, critical = _passes(activities, drawn)
    low, middle, high = (float(each) for each in np.quantile(ends, (0.5, 0.8, 0.95)))
    days, counts = np.unique(np.ceil(ends - NEAR).astype(int), return_counts=True)
    return Forecast(
        mean=float(ends.mean()),
        sd=float(ends.std(ddof=1)) if runs > 1 else None,
        p50=low,
        p80=middle,
        p95=high,
        runs=runs,
        seed=seed,
        ids=tuple(activity.id for activity in activities),
        criticality=tuple(float(each) for each in critical),
        ends=tuple(zip(days.tolist(), counts.tolist(), strict=True)),
    )


def draw(
    activities: Sequence[Activity],
    estimates: Sequence[Estimate],
    *,
    runs: int,
    seed: int,
    distribution: Distribution = "pert",
    pert_weight: float = PERT_WEIGHT,
) -> Runs:
    """Return durations, activities by runs. They are drawn by id, so that the order of activities changes nothing."""
    chance = np.random.default_rng(seed)
    found = np.empty((len(activities), runs))
    for at in sorted(range(len(activities)), key=lambda each: activities[each].id):
        low, likely, high = estimates[at].optimistic, estimates[at].likely, estimates[at].pessimistic
        if low == high:
            found[at] = low
        elif distribution == "triangular":
            found[at] = chance.triangular(low, likely, high, runs)
        else:
            left, right = (pert_weight * part / (high - low) for part in (likely - low, high - likely))
            found[at] = low + (high - low) * chance.beta(1 + left, 1 + right, runs)
    return found


def as_json(result: Forecast) -> dict[str, Any]:
    """Return the forecast as the command prints it, unrounded."""
    figures = {name: getattr(result, name) for name in ("mean", "sd", "p50", "p80", "p95", "runs", "seed")}
    rows = zip(result.ids, result.criticality, strict=True)
    return {
        **figures,
        "activities": [{"id": id_, "criticality": share} for id_, share in rows],
        "reasons": {} if result.sd is not None else {"sd": "One run has no spread."},
    }


def _passes(activities: Sequence[Activity], durations: Runs) -> tuple[Runs, Runs]:
    """The end of each run, and the share of runs in which each activity is critical."""
    order = in_order(activities)
    starts = np.empty_like(durations)
    starts[:] = np.array([activity.earliest for activity in activities]).reshape(-1, 1)
    for at in order:
        for link in activities[at].links:
            allowed = starts[link.predecessor] + link.lag
            if link.kind in FROM_FINISH:
                allowed += durations[link.predecessor]
            if link.kind in TO_FINISH:
                allowed -= durations[at]
            np.maximum(starts[at], allowed, out=starts[at])
    ends = (starts + durations).max(axis=0)
    late = np.broadcast_to(ends, durations.shape) - durations  # late starts
    for at in reversed(order):
        for link in activities[at].links:
            latest = late[at] - link.lag
            if link.kind in TO_FINISH:
                latest += durations[at]
            if link.kind in FROM_FINISH:
                latest -= durations[link.predecessor]
            np.minimum(late[link.predecessor], latest, out=late[link.predecessor])
    return ends, (late - starts <= NEAR * np.maximum(1, ends)).mean(axis=1)
