"""
The climb: the fewest steps that lift one aspect to a score, as levels to raise statements to.

For each dimension all combinations of levels are scored, and the cheapest choice over the dimensions is found by
dynamic programming. Statements that another dimension requires are tried at every level. Where there are too many
combinations, statements are only raised from the lowest up, and the result says that it may not be the shortest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import floor, prod

import numpy as np

from assessments.functions import LEVELS
from assessments.sheet import NONE, Block, Sheet, Whole, what_if

MAX_STATES = 50_000
MAX_LINKED = 125
CHUNK = 4_000_000

Levels = dict[int, int]


@dataclass(frozen=True)
class Goal:
    """The score that an aspect is to reach, and the lowest that its gated dimensions may have."""

    aspect: str
    score: float
    floor: float = 0.0


@dataclass(frozen=True)
class Climb:
    """To which level each column is raised. exact: whether there is no shorter way."""

    levels: Levels
    exact: bool


@dataclass(frozen=True)
class _Way:
    cost: int
    score: int
    levels: tuple[tuple[int, int], ...]


def climb(filled: Sheet, goal: Goal) -> Climb | None:
    """
    Return the raises that reach a goal in the fewest steps, None where none do.

    Of equally many steps: most in gated dimensions, then from the lowest levels, then first in the model.
    """
    return _Search(filled, goal).best()


def start_levels(filled: Sheet) -> list[int]:
    """Return the level each column is raised from: the median, rounded down."""
    columns = filled.levels.T
    return [floor(np.median(column[column >= 0])) for column in columns]


class _Search:
    def __init__(self, filled: Sheet, goal: Goal) -> None:
        self._sheet = filled
        self._goal = goal
        self._start = start_levels(filled)
        self._blocks = [b for b in filled.blocks if b.dimension.aspect == goal.aspect and b.columns]
        self._gated = {c for b in filled.blocks if b.dimension.gated for c in b.columns}
        self._base = 5 * (1 + max(len(LEVELS) * len(self._start) ** 2, 1))
        self._known: dict[tuple[str, tuple[tuple[int, int], ...]], list[_Way]] = {}
        self._exact = True

    def best(self) -> Climb | None:
        enough = _least(self._goal.score, sum(b.weight for b in self._blocks) * self._sheet.unit)
        links = self._links()
        free = [b for b in self._blocks if not _touched(b, links)]
        tied = [b for b in self._blocks if _touched(b, links)]
        common = self._fold([_Way(0, 0, ())], free, {}, enough, None)
        found: _Way | None = None
        for pinned in self._pins(links):
            outside = [c for c in pinned if not any(c in b.columns for b in self._blocks)]
            cost = sum(self._cost(c, pinned[c]) for c in outside)
            levels = tuple((c, pinned[c]) for c in outside)
            start = [_Way(way.cost + cost, way.score, way.levels + levels) for way in common]
            ways = self._fold(start, tied, pinned, enough, found.cost if found else None)
            found = next((way for way in ways if way.score >= enough), found)
        if found is None:
            return None
        return Climb({c: level for c, level in found.levels if level > self._start[c]}, self._exact)

    def _links(self) -> dict[int, int]:
        """Columns that another dimension of the aspect requires and that fall short, with the highest level to try."""
        links: Levels = {}
        for block in self._blocks:
            for column, needed in block.required:
                given = self._sheet.levels[:, column]
                given = given[given >= 0]
                if column not in block.columns and (given.min() < needed or np.median(given) < needed):
                    links[column] = max(needed, links.get(column, 0))
        own = {column for block in self._blocks for column in block.columns}
        return {column: LEVELS[-1] if column in own else links[column] for column in sorted(links)}

    def _pins(self, links: Mapping[int, int]) -> Iterator[Levels]:
        options = [range(self._start[c], max(self._start[c], top) + 1) for c, top in links.items()]
        combinations: Iterator[tuple[int, ...]] = product(*options)
        if prod(map(len, options)) > MAX_LINKED:
            self._exact = False
            combinations = (tuple(min(max(level, o[0]), o[-1]) for o in options) for level in LEVELS)
        for levels in combinations:
            yield dict(zip(links, levels, strict=True))

    def _fold(
        self, ways: list[_Way], blocks: Sequence[Block], pinned: Levels, enough: int, limit: int | None
    ) -> list[_Way]:
        for block in blocks:
            ways = _joined(ways, self._ways(block, pinned), enough, limit)
        return ways

    def _ways(self, block: Block, pinned: Levels) -> list[_Way]:
        """Return the ways of one dimension that no other one beats in both cost and score, cheapest first."""
        concerned = {*block.columns, *(column for column, _ in block.required)}
        own = {column: level for column, level in pinned.items() if column in concerned}
        key = block.dimension.id, tuple(own.items())
        if key not in self._known:
            states = self._states(block, own)
            to = np.full((len(states), len(self._start)), NONE, dtype=np.int64)
            to[:, list(block.columns)] = states
            for column, level in own.items():
                to[:, column] = level
            to[to <= np.array(self._start)] = NONE
            scores = self._scores(block, to)
            costs = np.array([[self._cost(c, level) for level in LEVELS] for c in block.columns], dtype=object)
            total = sum(costs[at][states[:, at]] for at in range(len(block.columns)))
            lowest = self._goal.floor if block.dimension.gated else 0.0
            ways = [
                _Way(cost, score * block.weight, tuple(zip(block.columns, state, strict=True)))
                for cost, score, state in zip(total, scores.tolist(), states.tolist(), strict=True)
                if score / self._sheet.unit >= lowest
            ]
            self._known[key] = _unbeaten(ways)
        return self._known[key]

    def _scores(self, block: Block, to: Whole) -> Whole:
        size = max(1, CHUNK // (len(self._sheet.people) * len(block.columns)))
        return np.concatenate([what_if(self._sheet, block, to[at : at + size]) for at in range(0, len(to), size)])

    def _states(self, block: Block, pinned: Levels) -> Whole:
        options = [[pinned[c]] if c in pinned else list(range(self._start[c], LEVELS[-1] + 1)) for c in block.columns]
        if prod(map(len, options)) <= MAX_STATES:
            return np.array(list(product(*options)), dtype=np.int64)
        self._exact = False
        return np.array(list(_from_the_lowest(options)), dtype=np.int64)

    def _cost(self, column: int, level: int) -> int:
        """One number that orders ways by their steps, then by those in ungated dimensions, by levels, by columns."""
        cost = 0
        for from_level in range(self._start[column], level):
            cost += ((self._base + (column not in self._gated)) * self._base + from_level) * self._base + column
        return cost


def _touched(block: Block, links: Mapping[int, int]) -> bool:
    return any(c in links for c in block.columns) or any(c in links for c, _ in block.required)


def _least(score: float, units: int) -> int:
    """Return the fewest of `units` whose share of them is the score."""
    least = max(0, floor(score * units) - 2)
    while least / units < score:
        least += 1
    return least


def _joined(some: list[_Way], others: list[_Way], enough: int, limit: int | None) -> list[_Way]:
    pairs = sorted(
        (one.cost + other.cost, -min(enough, one.score + other.score), at, number)
        for at, one in enumerate(some)
        for number, other in enumerate(others)
        if limit is None or one.cost + other.cost < limit
    )
    kept: list[_Way] = []
    for cost, lack, at, number in pairs:
        if not kept or -lack > kept[-1].score:
            kept.append(_Way(cost, -lack, some[at].levels + others[number].levels))
            if -lack >= enough:
                break
    return kept


def _unbeaten(ways: list[_Way]) -> list[_Way]:
    kept: list[_Way] = []
    for way in sorted(ways, key=lambda way: (way.cost, -way.score, way.levels)):
        if not kept or way.score > kept[-1].score:
            kept.append(way)
    return kept


def _from_the_lowest(options: Sequence[list[int]]) -> Iterator[list[int]]:
    levels = [option[0] for option in options]
    yield list(levels)
    while any(level < option[-1] for level, option in zip(levels, options, strict=True)):
        at = min((level, at) for at, level in enumerate(levels) if level < options[at][-1])[1]
        levels[at] += 1
        yield list(levels)
