"""The path: which statements to raise, in which order, to open the next gate in the fewest steps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessments.climb import Climb, Goal, climb, start_levels
from assessments.content import Gates
from assessments.functions import ASPECTS, LEVELS
from assessments.library import Form, Library
from assessments.readiness import GATED, Readiness, Scores
from assessments.responses import Answer
from assessments.scoring import assess
from assessments.sheet import NONE, Sheet, coverage, houses, sheet, what_if


@dataclass(frozen=True)
class Step:
    """
    One statement raised by one level, and what follows with all steps up to this one.

    from_level: the run's median, rounded down. goal: the anchor of the new level. scores: of the aspects after it.
    """

    statement: str
    dimension: str
    from_level: int
    to_level: int
    goal: str
    readiness: float | None
    start_with: str
    scores: Scores


@dataclass(frozen=True)
class Path:
    """
    The way to the next gate.

    aspect: the one that is lifted, None where there is none to lift. opens: the same if the path ends at its open gate.
    exact: whether there is no shorter path. reason: why there are no steps, else empty.
    """

    aspect: str | None
    opens: str | None
    steps: tuple[Step, ...]
    exact: bool
    readiness_before: float | None
    reason: str = ""


def raised(answers: Iterable[Answer], statement: str, level: int) -> tuple[Answer, ...]:
    """Return the answers if everybody who answered a statement below a level answered that level."""
    return tuple(
        replace(a, level=level) if a.statement == statement and a.level is not None and a.level < level else a
        for a in answers
    )


def shortest_path(answers: Iterable[Answer], library: Library, *, form: Form) -> Path:
    """
    Return the fewest steps that open the gate to start with.

    With both gates open: the fewest that lift the weakest aspect up to the next. A step raises a statement one level
    above its median. Of equally short paths: the one with most steps in gated dimensions, then from the lowest levels,
    then first in the model; steps come in that order too, after what they require.
    """
    answers = tuple(answers)
    now = assess(answers, library, form=form).readiness
    goal = _goal(now, library.gates)
    if isinstance(goal, str):
        return Path(None, None, (), exact=True, readiness_before=now.readiness, reason=goal)
    filled = sheet(answers, library, form=form)
    found = climb(filled, goal)
    opens = (
        goal.aspect if now.start_with == goal.aspect and goal.aspect in GATED and not now.gates[goal.aspect] else None
    )
    if found is None:
        reason = f"No level of the answered statements lifts {goal.aspect} that far."
        return Path(goal.aspect, opens, (), exact=True, readiness_before=now.readiness, reason=reason)
    steps = tuple(_steps(filled, found))
    return Path(goal.aspect, opens, steps, exact=found.exact, readiness_before=now.readiness)


def _goal(now: Readiness, gates: Gates) -> Goal | str:
    first = now.start_with
    if first in GATED and not now.gates[first]:
        unknown = now.reasons.get(f"gates.{first}")
        return unknown or Goal(first, gates.threshold, gates.floor)
    if now.readiness is None:
        return now.reasons["readiness"]
    capped = {aspect: score for aspect, score in now.capped.items() if score is not None}
    weakest, next_ = sorted(ASPECTS, key=capped.__getitem__)[:2]
    if capped[weakest] == LEVELS[-1]:
        return "Every aspect is at the highest level, so nothing is left to raise."
    if capped[weakest] == capped[next_]:
        return f"Both gates are open, and {weakest} and {next_} are equally weak, so no rise of one lifts readiness."
    return Goal(weakest, capped[next_])


def _steps(filled: Sheet, found: Climb) -> Iterator[Step]:
    start = start_levels(filled)
    order = _ordered(filled, found, start)
    to = np.full((len(order), len(start)), NONE, dtype=np.int64)
    for at, (column, level) in enumerate(order):
        to[at:, column] = level
    units = np.stack([what_if(filled, block, to) for block in filled.blocks])
    shares = {aspect: [share] * len(order) for aspect, share in coverage(filled).items()}
    for (column, level), house in zip(order, houses(filled, units, shares), strict=True):
        statement = filled.statements[column]
        yield Step(
            statement=statement.id,
            dimension=statement.dimension,
            from_level=level - 1,
            to_level=level,
            goal=statement.levels[level],
            readiness=house.readiness,
            start_with=house.start_with,
            scores=house.raw,
        )


def _ordered(filled: Sheet, found: Climb, start: Sequence[int]) -> list[tuple[int, int]]:
    """Return the steps as columns with their next levels: what is required first, then gated and low ones."""
    needs = {
        column: dict(pairs)
        for block in filled.blocks
        for column, pairs in zip(block.columns, block.requires, strict=True)
    }
    gated = {column for block in filled.blocks if block.dimension.gated for column in block.columns}
    at = dict(enumerate(start))

    def waits(column: int) -> bool:
        return any(
            needed <= at[column] and at[other] < needed and at[other] < found.levels.get(other, 0)
            for other, needed in needs[column].items()
        )

    def urgency(column: int) -> tuple[bool, bool, int, int]:
        return waits(column), column not in gated, at[column], column

    order = []
    while left := [column for column, level in found.levels.items() if at[column] < level]:
        column = min(left, key=urgency)
        at[column] += 1
        order.append((column, at[column]))
    return order
