"""
Sensitivity: how far scores and readiness would move had other people of the same kind been asked.

The bootstrap: people are drawn with replacement, as many as answered, and everything is scored anew for each draw.
Source: Efron 1979, Annals of Statistics 7:1; the band is between quantiles of the draws.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from assessments.functions import ASPECTS, LEVELS
from assessments.library import Form, Library
from assessments.readiness import Readiness
from assessments.responses import Answer
from assessments.sheet import NONE, Block, Figures, Sheet, Whole, houses, person_units, sheet

RESAMPLES = 2_000
LEVEL = 0.9
FEWEST = 2

READINESS = "readiness"


@dataclass(frozen=True)
class Band:
    """Between which numbers a score stays in `level` of the draws, the rest being split evenly above and below."""

    low: float
    high: float


class Bands(dict[str, Band | None]):
    """A band for mindset, mechanism, strategy and readiness. reasons: why one is None, by its name."""

    def __init__(self, bands: dict[str, Band | None], reasons: dict[str, str]) -> None:
        super().__init__(bands)
        self.reasons = reasons


def bands(
    answers: Iterable[Answer],
    library: Library,
    *,
    form: Form,
    seed: str,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Bands:
    """
    Return the bands of the aspects' scores and of readiness.

    seed: any text, such as the id of the run; the same text and answers give the same bands, in whatever order the
    answers come. People who gave no level are not drawn. A draw in which an aspect has no score is left out of its
    band; where that happens in more than the share outside the band, there is none.
    """
    filled = sheet(answers, library, form=form)
    if len(filled.people) < FEWEST:
        reason = f"A band needs the levels of {FEWEST} people; {len(filled.people)} gave any."
        return Bands(dict.fromkeys((*ASPECTS, READINESS)), dict.fromkeys((*ASPECTS, READINESS), reason))
    found = scored(filled, draws(len(filled.people), seed=seed, resamples=resamples))
    values: dict[str, list[float | None]] = {aspect: [house.raw[aspect] for house in found] for aspect in ASPECTS}
    values[READINESS] = [house.readiness for house in found]
    made = {name: _band(numbers, level) for name, numbers in values.items()}
    missing = f"Too few answers: in more than {1 - level:.0%} of the draws"
    return Bands(made, {name: f"{missing} {name} is unknown." for name, band in made.items() if band is None})


def draws(people: int, *, seed: str, resamples: int) -> Figures:
    """Return how often each person is drawn: resamples x people, whole numbers that sum up to `people`."""
    chance = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()))
    drawn = chance.integers(0, people, (resamples, people)) + people * np.arange(resamples)[:, None]
    return np.bincount(drawn.ravel(), minlength=resamples * people).reshape(resamples, people).astype(np.float64)


def scored(filled: Sheet, drawn: Figures) -> list[Readiness]:
    """Return what `scoring.assess` says of each draw, one row of `drawn` each."""
    given = np.rint(drawn @ (filled.levels >= 0)) > 0
    answered = {aspect: given[:, list(filled.asked[aspect])].sum(axis=1) for aspect in ASPECTS}
    medians = {column: _medians(filled, drawn, column) for block in filled.blocks for column, _ in block.required}
    units = np.stack([_dimension(filled, block, drawn, medians) for block in filled.blocks])
    return houses(filled, units, {a: (answered[a] / filled.numbers[a]).tolist() for a in ASPECTS})


def _medians(filled: Sheet, drawn: Figures, column: int) -> Figures:
    levels = np.array(LEVELS)
    counts = np.rint(drawn @ (filled.levels[:, [column]] == levels)).astype(np.int64)
    doubled = _twice_the_median(levels, counts)
    return np.where(doubled == NONE, np.nan, doubled / 2)


def _dimension(filled: Sheet, block: Block, drawn: Figures, medians: dict[int, Figures]) -> Whole:
    """The draws fall into few kinds by which requirements their medians leave unmet; each kind is scored once."""
    found = np.full(len(drawn), NONE, dtype=np.int64)
    if not block.columns:
        return found
    unmet = np.array([medians[other] < needed for other, needed in block.required], dtype=bool).reshape(-1, len(drawn))
    _, first, kind = np.unique(unmet.T, axis=0, return_index=True, return_inverse=True)
    levels = np.broadcast_to(filled.levels[:, list(block.columns)], (len(first), *_shape(filled, block)))
    units = person_units(
        block,
        levels,
        own=lambda other: filled.levels[None, :, other],
        median=lambda other: medians[other][first],
        unit=filled.unit,
    )
    for at, scores in enumerate(units):
        values, which = np.unique(scores, return_inverse=True)
        those = kind.ravel() == at
        counts = drawn[np.ix_(those, block.people)] @ np.eye(len(values))[which]
        found[those] = _twice_the_median(values, np.rint(counts).astype(np.int64))
    return found


def _shape(filled: Sheet, block: Block) -> tuple[int, int]:
    return len(filled.people), len(block.columns)


def _twice_the_median(values: Whole, counts: Whole) -> Whole:
    """values: ascending. counts: how often each value is there, draws x values. NONE where nothing is."""
    up_to = counts.cumsum(axis=1)
    total = up_to[:, -1]
    lower = (up_to > ((total - 1) // 2)[:, None]).argmax(axis=1)
    upper = (up_to > (total // 2)[:, None]).argmax(axis=1)
    return np.where(total > 0, values[lower] + values[upper], NONE)


def _band(numbers: list[float | None], level: float) -> Band | None:
    known = [number for number in numbers if number is not None]
    if len(known) < level * len(numbers):
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return Band(float(low), float(high))
