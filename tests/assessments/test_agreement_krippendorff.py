"""Krippendorff's alpha: the published example, and a slow reading of the definition."""

from collections import Counter
from itertools import permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assessments.agreement.krippendorff import alpha

PUBLISHED = (  # Krippendorff 2011, section C: four observers, twelve units, 0 where there is none
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
Units = list[list[int]]


def units(rows: tuple[tuple[int, ...], ...]) -> Units:
    return [[value for value in column if value] for column in zip(*rows, strict=True)]


def counts(found: Units, options: int = 5) -> np.ndarray:
    return np.array([[unit.count(option) for option in range(1, options + 1)] for unit in found])


def slow(found: Units, distance: str) -> float | None:
    """Pairs of values within units against pairs of all values, one by one."""
    pairable = [unit for unit in found if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    times = Counter(values)

    def apart(one: int, other: int) -> float:
        low, high = sorted((one, other))
        between = sum(times[value] for value in range(low, high + 1)) - (times[one] + times[other]) / 2
        return {"nominal": float(one != other), "ordinal": between**2, "interval": float(one - other) ** 2}[distance]

    observed = sum(apart(*pair) / (len(unit) - 1) for unit in pairable for pair in permutations(unit, 2))
    expected = sum(apart(*pair) for pair in permutations(values, 2)) / (len(values) - 1) if len(values) > 1 else 0
    return 1 - observed / expected if expected else None


def test_the_published_values() -> None:
    expected = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}
    found = units(PUBLISHED)
    assert {name: slow(found, name) for name in expected} == pytest.approx(expected, abs=5e-4)
    assert alpha(counts(found)) == pytest.approx(0.815, abs=5e-4)


@settings(max_examples=100, deadline=None)
@given(found=some.lists(some.lists(some.integers(1, 5), max_size=6), min_size=1, max_size=7), random=some.randoms())
def test_it_is_the_definition_and_no_order_matters(found: Units, random: Random) -> None:
    expected = slow(found, "ordinal")
    assert alpha(counts(found)) == (expected if expected is None else pytest.approx(expected, abs=1e-9))
    others = list(found)
    random.shuffle(others)
    assert alpha(counts(others)) == alpha(counts(found))


def test_it_is_below_zero_for_systematic_disagreement_and_unknown_without_any_difference() -> None:
    below = alpha(counts([[1, 5], [1, 5], [5, 1]]))
    assert below is not None
    assert below < 0
    assert alpha(counts([[3, 3], [3, 3]])) is None
    assert alpha(counts([[3], [4]])) is None


def test_large_counts_are_added_up_exactly() -> None:
    """Sums that 64 bits cannot hold."""
    many = np.array([[20_000, 30_000, 0, 10_000, 40_000]] * 400)
    few = many // 10_000
    assert alpha(many) == pytest.approx(0, abs=1e-4)
    assert alpha(few) == pytest.approx(slow([[1] * 2 + [2] * 3 + [4] + [5] * 4] * 40, "ordinal"), abs=3e-2)
