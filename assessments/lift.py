"""The way up: how far a gate is, and what lifts readiness next."""

from dataclasses import dataclass

from assessments.content import Gates
from assessments.functions import ASPECTS
from assessments.readiness import GATED, Readiness, readiness


@dataclass(frozen=True)
class GateDistance:
    """How far an aspect's score and its lowest gated dimension are below what opens the gate; 0 when they are there."""

    score: float
    floor: float


@dataclass(frozen=True)
class Lift:
    """
    The next rise of one aspect.

    by: added to the aspect's score. floor_by: added to its lowest gated dimension besides, 0 when that is high enough.
    before, after: readiness. opens_gate: whether this opens the aspect's gate. held_by: the aspect that holds readiness
    down when the rise alone does not lift it, else None.
    """

    aspect: str
    by: float
    floor_by: float
    before: float
    after: float
    opens_gate: bool
    held_by: str | None


def distance_to_gate(result: Readiness, aspect: str, *, gates: Gates) -> GateDistance | None:
    """Return how far an aspect is from its open gate; None for strategy, which has none, and while it is unknown."""
    if aspect not in GATED or result.gates[aspect] is None:
        return None
    score, floor = result.raw[aspect], result.floors[aspect]
    if score is None or floor is None:
        return None
    return GateDistance(max(0.0, gates.threshold - score), max(0.0, gates.floor - floor))


def lift(result: Readiness, *, gates: Gates) -> Lift | None:
    """
    Return the smallest rise that opens the gate to start with, and what readiness becomes.

    With both gates open: the rise of the weakest aspect up to the next one. None while readiness is unknown, where a
    gate waits for answers, and where two aspects are equally weak, so that no rise of one lifts readiness.
    """
    if result.readiness is None:
        return None
    if result.start_with in GATED:
        return _opening(result, result.readiness, gates)
    weakest, next_ = sorted(ASPECTS, key=lambda aspect: result.capped[aspect] or 0.0)[:2]
    lowest, goal = result.capped[weakest] or 0.0, result.capped[next_] or 0.0
    if lowest == goal:
        return None
    after = _raised(result, weakest, goal, gates).readiness or 0.0
    return Lift(weakest, goal - lowest, 0.0, result.readiness, after, opens_gate=False, held_by=None)


def _opening(result: Readiness, before: float, gates: Gates) -> Lift | None:
    aspect = result.start_with
    distance = distance_to_gate(result, aspect, gates=gates)
    if distance is None:
        return None
    raised = _raised(result, aspect, gates.threshold, gates)
    after = raised.readiness or 0.0
    return Lift(
        aspect=aspect,
        by=distance.score,
        floor_by=distance.floor,
        before=before,
        after=after,
        opens_gate=True,
        held_by=None if after > before else _holder(raised),
    )


def _raised(result: Readiness, aspect: str, score: float, gates: Gates) -> Readiness:
    scores = result.raw | {aspect: max(score, result.raw[aspect] or 0.0)}
    floors = dict(result.floors)
    if aspect in floors:
        floors[aspect] = max(gates.floor, floors[aspect] or 0.0)
    unanswered = {gated: 0.0 for gated in GATED if result.gates[gated] is None}
    return readiness(scores, floors, gates=gates, coverage=unanswered)


def _holder(result: Readiness) -> str:
    if result.start_with in GATED:
        return result.start_with
    return min(ASPECTS, key=lambda aspect: result.capped[aspect] or 0.0)
