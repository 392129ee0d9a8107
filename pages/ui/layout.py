"""Where the people of a network stand in its drawing: by how many ties apart they are, the same every time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

Matrix = NDArray[np.float64]
ROUNDS = 60
QUICK_ROUNDS = 25  # from QUICK_FROM people on
QUICK_FROM = 300
SEED = 0
APART = 1.2  # between parts, in ties


def positions(people: Sequence[str], ties: Sequence[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """
    Return a place for each person, one tie about 1 long; parts without a tie between them stand side by side.

    Stress majorization of the distances in ties (Gansner, Koren and North 2004), begun at classical scaling.
    """
    at = {name: number for number, name in enumerate(people)}
    pairs = np.array([(at[a], at[b]) for a, b in ties if a in at and b in at and a != b], dtype=np.int64).reshape(-1, 2)
    table = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(at), len(at)))
    count, part = connected_components(table, directed=False)
    members = sorted((np.flatnonzero(part == each) for each in range(count)), key=lambda each: (-len(each), each[0]))
    placed = [_one_part(dijkstra(table, directed=False, unweighted=True, indices=each)[:, each]) for each in members]
    found: dict[str, tuple[float, float]] = {}
    for group, spots in zip(members, _side_by_side(placed), strict=True):
        found |= {people[int(who)]: (float(x), float(y)) for who, (x, y) in zip(group, spots, strict=True)}
    return found


def _one_part(away: Matrix) -> Matrix:
    """Two columns, x and y, centered, the long side across."""
    count = len(away)
    if count == 1:
        return np.zeros((1, 2))
    spots = _scaled(away) + np.random.default_rng(SEED).normal(scale=0.05, size=(count, 2))
    weights = np.divide(1, away**2, out=np.zeros_like(away), where=away > 0)
    totals = weights.sum(axis=1)
    for _ in range(ROUNDS if count < QUICK_FROM else QUICK_ROUNDS):
        apart = np.sqrt(np.maximum(_squared(spots), 1e-9))
        pull = weights * away / apart
        np.fill_diagonal(pull, 0)
        # each person's best place, given all the others (the local form of majorization)
        spots = (weights @ spots + pull.sum(axis=1)[:, None] * spots - pull @ spots) / totals[:, None]
    spots = spots - spots.mean(axis=0)
    _, _, turn = np.linalg.svd(spots, full_matrices=False)
    turned = spots @ turn.T
    return np.asarray(turned * np.where(turned[np.abs(turned).argmax(axis=0), (0, 1)] < 0, -1, 1))


def _scaled(away: Matrix) -> Matrix:
    """Classical scaling to two columns."""
    squares = away**2
    centered = -(squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()) / 2
    values, vectors = np.linalg.eigh(centered)
    found = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    return np.asarray(found if found.shape[1] == 2 else np.hstack([found, np.zeros((len(away), 1))]))


def _squared(spots: Matrix) -> Matrix:
    lengths = (spots**2).sum(axis=1)
    return np.asarray(lengths[:, None] + lengths[None, :] - 2 * spots @ spots.T)


def _side_by_side(parts: Sequence[Matrix]) -> list[Matrix]:
    """The largest part first; the others in rows under it, as wide as it is."""
    if not parts:
        return []
    wide = max(float(np.ptp(parts[0][:, 0])), APART * np.sqrt(len(parts)) * 1.5)
    x = y = row = 0.0
    moved = []
    for at, spots in enumerate(parts):
        size = np.ptp(spots, axis=0)
        if at == 1 or (at and x + size[0] > wide):
            x, y, row = 0.0, y + row + APART, 0.0
        moved.append(spots - spots.min(axis=0) + (x, y))
        x, row = x + float(size[0]) + APART, max(row, float(size[1]))
    return moved
