"""Krippendorff's alpha: whether people agree on the items, also where they rated different ones."""

from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
WholeNumbers = NDArray[Any]

UNDEFINED = "No two different ratings can be compared, so nothing is known about agreement by chance."


def alpha(counts: Counts) -> float | None:
    """
    Return alpha for ordered options: 1 full agreement, 0 as by chance, below zero less than that.

    counts: items by options, how many people chose each. An item that one person rated says nothing. None where all
    ratings that can be compared are alike.

    Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability.
    """
    sizes = counts.sum(axis=1)
    sizes, chosen = sizes[sizes > 1], counts[sizes > 1].astype(object)  # exact: the order of items changes nothing
    margin = chosen.sum(axis=0)
    distance = _distance(margin)
    by_chance = int(margin @ distance @ margin)
    if by_chance == 0:
        return None
    apart = ((chosen @ distance) * chosen).sum(axis=1)  # no rating is apart from itself
    found = fsum(int(apart[sizes == size].sum()) / (int(size) - 1) for size in np.unique(sizes))
    return 1 - (int(margin.sum()) - 1) * found / by_chance


def _distance(margin: WholeNumbers) -> WholeNumbers:
    """Return (in quarters) the squared number of ratings from one option to another, half of both ends."""
    middle = 2 * margin.cumsum() - margin
    squared: WholeNumbers = (middle[:, None] - middle) ** 2
    return squared
