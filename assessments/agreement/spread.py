"""How far the answers to one item lie apart. Every function takes counts: how many people chose each option."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assessments.agreement.scale import Scale

Counts = NDArray[np.int64]


def rwg(counts: Counts, scale: Scale) -> float | None:
    """
    Return the within-group agreement: 1 all alike, 0 as wide as answers by chance or wider. None under two people.

    Source: James, Demaree and Wolf 1984, Journal of Applied Psychology 69:85.
    """
    n = int(counts.sum())
    return rwg_of_deviations(_deviations(counts), n, scale) if n > 1 else None


def rwg_of_deviations(deviations: int, n: int, scale: Scale) -> float:
    """Return rwg from n times the sum of squared deviations, a whole number: equal groups get equal figures."""
    return max(0.0, 1 - deviations / (n * (n - 1) * scale.uniform_variance))


def average_deviation(counts: Counts) -> float | None:
    """Return the mean absolute deviation from the mean, in scale points (Burke and Dunlap 2002)."""
    n = int(counts.sum())
    if n == 0:
        return None
    options = np.arange(len(counts))
    total = int(counts @ options)
    return float(counts @ np.abs(n * options - total)) / n**2


def van_der_eijk(counts: Counts) -> float | None:
    """
    Return van der Eijk's A: -1 two camps at the poles, 0 all options alike, 1 all in one option.

    The counts are cut into layers of equal height; each layer's A weighs as many people as it holds. None for a scale
    of two options, where no answer can lie between two camps, and without answers.

    Source: van der Eijk 2001, Quality and Quantity 35:325.
    """
    n = int(counts.sum())
    if n == 0 or len(counts) < 3:
        return None
    heights = [0, *sorted({int(count) for count in counts if count})]
    layers = ((above - below, counts >= above) for below, above in pairwise(heights))
    return sum(height * int(layer.sum()) * _layer_agreement(layer.tolist()) for height, layer in layers) / n


def _deviations(counts: Counts) -> int:
    options = np.arange(len(counts))
    return int(counts.sum() * (counts @ options**2) - (counts @ options) ** 2)


def _layer_agreement(layer: Sequence[bool]) -> float:
    """Return U * (1 - (S - 1)/(K - 1)) of one layer with S of K options chosen; U counts triples with two chosen."""
    options, chosen = len(layer), sum(layer)
    side_by_side = apart = left = 0
    for is_chosen in layer:
        if is_chosen:
            left += 1
            continue
        right = chosen - left
        apart += left * right
        side_by_side += (left * (left - 1) + right * (right - 1)) // 2
    triples = side_by_side + apart
    unimodal = ((options - 2) * side_by_side - (options - 1) * apart) / ((options - 2) * triples) if triples else 1.0
    return unimodal * (1 - (chosen - 1) / (options - 1))
