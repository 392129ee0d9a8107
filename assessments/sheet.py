"""
Answers as a sheet: a row for each counted person, a column for each statement; many what-ifs are scored at once.

Scores are whole numbers of a small unit, so that every one is the number that `scoring` finds, to the last digit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessments.content import Dimension, Gates, Statement
from assessments.functions import ASPECTS
from assessments.library import Form, Library
from assessments.readiness import GATED, Readiness, readiness
from assessments.responses import Answer

NONE = -1

Whole = NDArray[np.int64]
Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """
    One dimension of a sheet.

    columns: of its statements that anyone gave a level. requires: for each, the columns it requires with their levels.
    weight: a whole number, in proportion to the others of its aspect. people: rows with a level in it.
    """

    dimension: Dimension
    columns: tuple[int, ...]
    requires: tuple[tuple[tuple[int, int], ...], ...]
    weight: int
    people: NDArray[np.bool_]

    @property
    def required(self) -> tuple[tuple[int, int], ...]:
        """All columns that its statements require, with their levels."""
        return tuple(sorted({pair for pairs in self.requires for pair in pairs}))


@dataclass(frozen=True)
class Sheet:
    """
    The levels that counted people gave.

    people: sorted, those with a level. levels: people x statements, NONE without a level. asked: by aspect, the columns
    of asked statements. numbers: by aspect, how many are asked. unit: how many units one level is.
    """

    people: tuple[str, ...]
    statements: tuple[Statement, ...]
    levels: Whole
    blocks: tuple[Block, ...]
    asked: dict[str, tuple[int, ...]]
    numbers: dict[str, int]
    unit: int
    gates: Gates

    def column(self, statement: str) -> int:
        """Return the column of a statement that anyone gave a level."""
        return next(at for at, found in enumerate(self.statements) if found.id == statement)


def sheet(answers: Iterable[Answer], library: Library, *, form: Form) -> Sheet:
    """Return the sheet of some answers. Raises UnknownStatement."""
    given = [(a.respondent, a.statement, a.level) for a in answers if a.counted and a.level is not None]
    named = {statement: library.statement(statement) for _, statement, _ in given}
    statements = tuple(s for s in library.statements("long") if s.id in named)
    columns = {statement.id: at for at, statement in enumerate(statements)}
    people = tuple(sorted({person for person, *_ in given}))
    rows = {person: at for at, person in enumerate(people)}
    levels = np.full((len(people), len(statements)), NONE, dtype=np.int64)
    for person, statement, level in given:
        levels[rows[person], columns[statement]] = level
    asked = {aspect: library.statements(form, aspect=aspect) for aspect in ASPECTS}
    return Sheet(
        people=people,
        statements=statements,
        levels=levels,
        blocks=_blocks(library, columns, levels),
        asked={aspect: tuple(columns[s.id] for s in asked[aspect] if s.id in columns) for aspect in ASPECTS},
        numbers={aspect: len(asked[aspect]) for aspect in ASPECTS},
        unit=2 * lcm(*range(1, max(len(d.statements) for d in library.dimensions) + 1)),
        gates=library.gates,
    )


def raised(levels: Whole, to: Whole) -> Whole:
    """
    Return levels after a raise, by what-if: whoever answered less answers `to`; NONE raises nobody.

    levels: people x columns. to: what-ifs x columns. The result is what-ifs x people x columns.
    """
    return np.where(levels >= 0, np.maximum(levels[None, :, :], to[:, None, :]), NONE)


def person_units(
    block: Block, levels: Whole, own: Callable[[int], Whole], median: Callable[[int], Figures], unit: int
) -> Whole:
    """
    Return people's scores in half units, for those with a level in the block: what-ifs x people.

    levels: what-ifs x people x the block's columns. own: by column, what-ifs x people. median: by column, of the run,
    one a what-if, NaN without any.
    """
    counted = levels.copy()
    for at, pairs in enumerate(block.requires):
        for other, needed in pairs:
            mine = own(other)
            found = np.where(mine >= 0, mine, median(other)[:, None])
            counted[..., at] = np.where(found < needed, np.minimum(counted[..., at], needed), counted[..., at])
    given = (levels[0] >= 0)[block.people]
    sums = np.where(given[None, :, :], counted[:, block.people, :], 0).sum(axis=2)
    return np.asarray(sums * (unit // 2 // given.sum(axis=1))[None, :], dtype=np.int64)


def what_if(filled: Sheet, block: Block, to: Whole) -> Whole:
    """
    Return the score of a dimension in units, NONE without one, for each of some what-ifs.

    to: what-ifs x all columns of the sheet, the level that a statement is raised to, else NONE.
    """
    if not block.columns:
        return np.full(len(to), NONE, dtype=np.int64)

    def own(column: int) -> Whole:
        return raised(filled.levels[:, [column]], to[:, [column]])[:, :, 0]

    def median(column: int) -> Figures:
        options, which = np.unique(to[:, column], return_inverse=True)
        after = raised(filled.levels[:, [column]], options[:, None])[:, :, 0]
        found = np.median(after[:, after[0] >= 0], axis=1)
        return np.asarray(found[which], dtype=np.float64)

    columns = list(block.columns)
    units = person_units(block, raised(filled.levels[:, columns], to[:, columns]), own, median, filled.unit)
    middle = units.shape[1] // 2
    lower = middle - 1 + units.shape[1] % 2
    sorted_ = np.partition(units, (lower, middle), axis=1)
    return np.asarray(sorted_[:, lower] + sorted_[:, middle], dtype=np.int64)


def houses(filled: Sheet, units: Whole, coverage: Mapping[str, Sequence[float]]) -> list[Readiness]:
    """
    Return the readiness of each what-if.

    units: dimensions x what-ifs, as `what_if` gives them. coverage: by aspect, one a what-if.
    """
    known: dict[Any, Readiness] = {}
    found = []
    for at, column in enumerate(units.T.tolist()):
        shares: dict[str, float] = {aspect: coverage[aspect][at] for aspect in ASPECTS}
        key = (*column, *shares.values())
        if key not in known:
            known[key] = _house(filled, column, shares)
        found.append(known[key])
    return found


def coverage(filled: Sheet) -> dict[str, float]:
    """Return by aspect the share of the asked statements that anyone gave a level."""
    return {aspect: len(filled.asked[aspect]) / filled.numbers[aspect] for aspect in ASPECTS}


def _house(filled: Sheet, units: Sequence[int], shares: Mapping[str, float]) -> Readiness:
    scores: dict[str, float | None] = {}
    floors: dict[str, float | None] = {}
    for aspect in ASPECTS:
        own = [(b, u) for b, u in zip(filled.blocks, units, strict=True) if b.dimension.aspect == aspect]
        weight = sum(block.weight for block, found in own if found != NONE)
        total = sum(block.weight * found for block, found in own if found != NONE)
        scores[aspect] = total / (weight * filled.unit) if weight else None
        gated = [found for block, found in own if block.dimension.gated]
        floors[aspect] = None if NONE in gated or not gated else min(gated) / filled.unit
    return readiness(scores, {a: floors[a] for a in GATED}, gates=filled.gates, coverage=shares)


def _blocks(library: Library, columns: Mapping[str, int], levels: Whole) -> tuple[Block, ...]:
    blocks = []
    for aspect in library.aspects.values():
        weights = [Fraction(str(dimension.weight)) for dimension in aspect.dimensions]
        scale = lcm(*(weight.denominator for weight in weights))
        for dimension, weight in zip(aspect.dimensions, weights, strict=True):
            own = [statement for statement in dimension.statements if statement.id in columns]
            at = tuple(columns[statement.id] for statement in own)
            needs = tuple(
                tuple((columns[other], level) for other, level in statement.requires.items() if other in columns)
                for statement in own
            )
            people = np.asarray((levels[:, list(at)] >= 0).any(axis=1))
            blocks.append(Block(dimension, at, needs, int(weight * scale), people))
    return tuple(blocks)
