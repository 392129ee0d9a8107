"""
How often chance separates the roles as much: the role labels of an item's raters, dealt anew many times.

Roles have one to four people, for whom tables of chi-square do not hold.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.int64]
Figures = NDArray[np.float64]

CELLS_AT_ONCE = 125_000  # larger pieces leave the processor's cache
STEPS_AT_ONCE = 800_000  # of a product of matrices; BLAS shares larger ones out to threads that wait for each other
ROUNDING = 1e-12  # sums of fractions in another order differ by less


@dataclass(frozen=True)
class _Packed:
    """
    What each rater adds to an item, people and sum of levels in one whole number: `one` for the person, plus the level.

    `one` is larger than any sum of levels. rows: the same for counting on; table: as floats that hold all sums exactly,
    for products of matrices.
    """

    one: int
    rows: Levels
    table: Figures


def hits(levels: Levels, sizes: Levels, observed: Figures, *, permutations: int, seed: int) -> Levels:
    """
    Return by item how many permutations separate the roles at least as much as `observed`.

    levels: raters by items, from 0, with -1 where there is none. sizes: items by roles, how many of a role rated it.
    observed: by item the sum over roles of (sum of levels)^2 / size, which orders as eta squared does.

    One random order of all raters serves every item: an item's order is that of those who rated it, and its roles take
    stretches of it, as long as they are large. The rows are sorted first, so that their order changes nothing;
    nor do those of people who rated none of the items.
    """
    levels = levels[np.lexsort(levels.T)]
    levels = levels[(levels >= 0).any(axis=1)]
    chance = np.random.default_rng(seed)
    packed = _packed(levels)
    people = len(levels)
    at_once = max(1, CELLS_AT_ONCE // people)
    deck = np.tile(np.arange(people), (min(at_once, permutations), 1))
    found = np.zeros(levels.shape[1], dtype=np.int64)
    for done in range(0, permutations, at_once):
        orders = chance.permuted(deck[: permutations - done], axis=1)
        found += (_separations(orders, packed, sizes) >= observed * (1 - ROUNDING)).sum(axis=0)
    return found


def _packed(levels: Levels) -> _Packed:
    one = 1 << int(len(levels) * max(levels.max(), 1)).bit_length()
    most = one * (len(levels) + 1)
    table = np.where(levels >= 0, one + levels, 0)
    exact = np.float32 if most <= 2**24 else np.float64
    return _Packed(one, table.astype(np.int32 if most < 2**31 else np.int64), table.astype(exact))


def _separations(orders: Levels, packed: _Packed, sizes: Levels) -> Figures:
    """Return, permutations by items, the sum over roles of (sum of levels)^2 / size."""
    taken = np.zeros(orders.shape, dtype=packed.table.dtype)
    places = orders + np.arange(len(orders))[:, None] * orders.shape[1]
    ends = sizes.cumsum(axis=1)
    whole = packed.table.sum(axis=0, dtype=np.float64) - ends[:, -1] * packed.one
    sums: Figures = np.zeros((len(orders), len(whole)))
    result = np.zeros_like(sums)
    rank = 0
    for role, end in enumerate(ends.T[:-1]):
        before = sums
        start = int(end.min())
        taken.put(places[:, rank:start], 1)
        rank = start
        sums = _first(taken, orders, start, end, packed)
        result += (sums - before) ** 2 / np.maximum(sizes[:, role], 1)
    result += (whole - sums) ** 2 / np.maximum(sizes[:, -1], 1)
    return result


def _first(taken: Figures, orders: Levels, start: int, end: Levels, packed: _Packed) -> Figures:
    """
    Return, permutations by items, the sum of the first `end` levels of each item in each order.

    taken: 1 for the first `start` raters of each order. At most `end` of them rated the item; the rest is taken by
    going on along the order, where the sum is below zero as long as people are missing.
    """
    sums = _product(taken, packed.table).astype(packed.rows.dtype)
    sums -= (end * packed.one).astype(sums.dtype)
    every_bit = sums.dtype.itemsize * 8 - 1
    for rank in range(start, orders.shape[1]):
        wanting = sums >> every_bit
        if not wanting.any():
            break
        wanting &= packed.rows[orders[:, rank]]
        sums += wanting
    return sums.astype(np.float64)


def _product(left: Figures, right: Figures) -> Figures:
    rows = max(8, STEPS_AT_ONCE // right.size)
    result = np.empty((len(left), right.shape[1]), dtype=right.dtype)
    for at in range(0, len(left), rows):
        np.matmul(left[at : at + rows], right, out=result[at : at + rows])
    return result
