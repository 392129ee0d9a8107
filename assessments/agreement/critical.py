"""
The rwg that answers by chance hardly reach, exactly.

By chance alone 3 people on 5 options are within one point of each other half of the time, so a cut-off has to know n.
"""

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from assessments.agreement.scale import Scale
from assessments.agreement.spread import rwg_of_deviations

CHANCE = 0.05
LEAST, MOST = 3, 200
MOST_CELLS = 10_000_000  # 80 MB; eleven options reach n = 200

Probabilities = NDArray[np.float64]

_known: dict[tuple[int, int], float | None] = {}


def critical_values(sizes: Collection[int], scale: Scale) -> dict[int, float | None]:
    """
    Return by n the smallest c with P(rwg >= c) <= 5 % when n people answer each option with the same chance.

    None where `why_none` has a sentence. One pass finds all sizes; they are remembered.
    """
    new = {n for n in sizes if _in_reach(n, scale) and (scale.options, n) not in _known}
    for n, (probabilities, low) in enumerate(_distributions(scale.options, max(new, default=0)), start=1):
        if n in new:
            _known[scale.options, n] = _critical(probabilities, low, n, scale)
    return {n: _known.get((scale.options, n)) for n in sizes}


def why_none(n: int, scale: Scale) -> str:
    """Return why there is no critical value for n people, where there is none."""
    if n < LEAST:
        return f"{n} of the {LEAST} people needed have rated it."
    if n > MOST:
        return f"It is worked out for up to {MOST} people; above that chance alone never reaches the usual cut-off."
    if not _in_reach(n, scale):
        return f"{n} people on {scale.options} options have too many outcomes to count; the usual cut-off decides."
    return f"Even full agreement of {n} people on {scale.options} options comes about by chance too often."


def attainable(n: int, scale: Scale) -> bool:
    """Return whether agreement of n people can be told from chance at all."""
    return n >= LEAST and (not _in_reach(n, scale) or critical_values([n], scale)[n] is not None)


def _in_reach(n: int, scale: Scale) -> bool:
    return (
        LEAST <= n <= MOST and (n * (scale.options - 1) + 1) * (n * _triangles(scale.options).max() + 1) <= MOST_CELLS
    )


def _triangles(options: int) -> NDArray[np.int64]:
    """
    Return v(v + 1)/2 for the options v, counted from the middle one.

    A sum of v and one of these hold as much as a sum and a sum of squares, in half of the cells.
    """
    values = np.arange(options) - options // 2
    return values * (values + 1) // 2


def _distributions(options: int, most: int) -> Iterator[tuple[Probabilities, int]]:
    """Yield for n = 1, 2, ... the probability of (sum of v less its lowest value, sum of triangles), and that value."""
    triangles = _triangles(options)
    before = np.ones((1, 1))
    for n in range(1, most + 1):
        rows, columns = before.shape
        after = np.zeros((rows + options - 1, columns + int(triangles.max())))
        for step, triangle in enumerate(triangles):
            after[step : step + rows, triangle : triangle + columns] += before
        before = after / options
        yield before, -n * (options // 2)


def _critical(probabilities: Probabilities, low: int, n: int, scale: Scale) -> float | None:
    sums, triangles = np.nonzero(probabilities)
    values = sums + low
    deviations = n * (2 * triangles - values) - values**2
    chances = np.bincount(deviations, weights=probabilities[sums, triangles])
    enough = (chances > 0) & (np.cumsum(chances) <= CHANCE * (1 + 1e-12))
    return rwg_of_deviations(int(np.flatnonzero(enough)[-1]), n, scale) if enough.any() else None
