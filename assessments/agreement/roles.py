"""Which roles differ on an item, and what all of them accept."""

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from assessments.agreement.permutation import hits
from assessments.agreement.ratings import Levels, Table

Counts = NDArray[np.int64]
Figures = NDArray[np.float64]


@dataclass(frozen=True)
class RoleFigures:
    """
    What an item says about roles; only roles that rated it enter.

    gap: highest less lowest median. eta_squared: the share of the variance that lies between roles. p: of a permutation
    of role labels; p_bh: adjusted for the number of items by Benjamini and Hochberg. consensus, consensus_against:
    what all roles agree with, and what all roles reject, 0 to 1. icc1: the share of the variance that lies between
    roles of any size, 0 where chance alone makes them differ more.

    reason: for all that are None. icc1_reason: why that is None or 0, where only that is.
    """

    gap: float | None = None
    eta_squared: float | None = None
    p: float | None = None
    p_bh: float | None = None
    kruskal_h: float | None = None
    kruskal_p: float | None = None
    consensus: float | None = None
    consensus_against: float | None = None
    icc1: float | None = None
    reason: str = ""
    icc1_reason: str = ""


def role_figures(table: Table, *, permutations: int, seed: int) -> tuple[RoleFigures, ...]:
    """Return the figures of every item; all None where the table has no roles."""
    if table.roles is None:
        return tuple(RoleFigures(reason="The ratings have no roles.") for _ in table.items)
    counts = _counts(table)
    reasons = [_why_not(each) for each in counts]
    compared = [at for at, reason in enumerate(reasons) if not reason]
    p = _permutation_p(table, counts, compared, permutations=permutations, seed=seed)
    adjusted = dict(zip(compared, benjamini_hochberg([p[at] for at in compared]), strict=True))
    pole = table.scale.pole
    return tuple(_figures(counts[at], why, p.get(at), adjusted.get(at), pole=pole) for at, why in enumerate(reasons))


def benjamini_hochberg(p: list[float]) -> list[float]:
    """Return p values adjusted so that 5 % of those under .05 are expected to be by chance (the step-up rule)."""
    order = np.argsort(p, kind="stable")[::-1]
    scaled = np.asarray(p)[order] * len(p) / np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum.accumulate(np.minimum(scaled, 1))
    return [float(each) for each in adjusted]


def kruskal_wallis(counts: Counts) -> tuple[float, float]:
    """
    Return H, corrected for ties, and its p by chi-square.

    counts: roles by options, no role without people, not all people on one option.
    """
    sizes, ties = counts.sum(axis=1), counts.sum(axis=0)
    n = int(sizes.sum())
    ranks = ties.cumsum() - (ties - 1) / 2
    spread = float((((counts @ ranks) ** 2) / sizes).sum()) * 12 / (n * (n + 1)) - 3 * (n + 1)
    h = max(0.0, spread) / (1 - float((ties**3 - ties).sum()) / (n**3 - n))
    return h, float(chdtrc(len(sizes) - 1, h))


def group_consensus(agree: Counts, sizes: Counts) -> float:
    """Return the product over groups of (agree + 1)/(n + 2), as Polis does."""
    return prod((int(a) + 1) / (int(n) + 2) for a, n in zip(agree, sizes, strict=True))


def icc1(counts: Counts) -> float | None:
    """
    Return ICC(1), which is below zero where roles are more alike than chance makes them; None where it is undefined.

    counts: two or more roles by options, no role without people. Size is that of the average role, less for roles of
    different size.

    Source: Bliese 2000.
    """
    sizes = counts.sum(axis=1)
    roles, n = len(sizes), int(sizes.sum())
    if n == roles:
        return None
    sums, squares = counts @ np.arange(counts.shape[1]), counts @ np.arange(counts.shape[1]) ** 2
    within = float((squares - sums**2 / sizes).sum()) / (n - roles)
    between = float((sums**2 / sizes).sum() - sums.sum() ** 2 / n) / (roles - 1)
    size = (n - float((sizes**2).sum()) / n) / (roles - 1)
    total = between + (size - 1) * within
    return (between - within) / total if total else None


def _figures(counts: Counts, reason: str, p: float | None, p_bh: float | None, *, pole: int) -> RoleFigures:
    counts = counts[counts.sum(axis=1) > 0]
    if len(counts) == 0:
        return RoleFigures(reason=reason)
    sizes = counts.sum(axis=1)
    consensus = group_consensus(counts[:, -pole:].sum(axis=1), sizes)
    against = group_consensus(counts[:, :pole].sum(axis=1), sizes)
    if len(counts) == 1:
        return RoleFigures(consensus=consensus, consensus_against=against, reason=reason)
    medians = [float(np.median(np.repeat(np.arange(len(role)), role))) for role in counts]
    gap = max(medians) - min(medians)
    if reason:
        return RoleFigures(gap, consensus=consensus, consensus_against=against, reason=reason)
    h, kruskal_p = kruskal_wallis(counts)
    share, why = _shown_icc1(counts)
    return RoleFigures(
        gap, _eta_squared(counts), p, p_bh, h, kruskal_p, consensus, against, icc1=share, icc1_reason=why
    )


def _shown_icc1(counts: Counts) -> tuple[float | None, str]:
    found = icc1(counts)
    if found is None:
        return None, "No role has two people who rated it, so nothing is known about the variance within roles."
    if found < 0:
        return 0.0, f"It comes out below zero ({found:.2f}): roles differ less than by chance. It is shown as 0."
    return found, ""


def _why_not(counts: Counts) -> str:
    """Return why roles cannot be compared on an item; empty when they can."""
    present = int((counts.sum(axis=1) > 0).sum())
    if present == 0:
        return "Nobody gave it a rating."
    if present == 1:
        return "Only one role rated it."
    return "All ratings are alike, so no share of their variance lies anywhere." if _all_alike(counts) else ""


def _all_alike(counts: Counts) -> bool:
    return int((counts.sum(axis=0) > 0).sum()) == 1


def _counts(table: Table) -> Counts:
    """Return how many people chose each option: items by roles by options, roles by name."""
    roles = np.asarray(table.roles)
    names = sorted(set(roles))
    options = np.arange(table.scale.options)
    chosen = table.levels[:, :, None] == options
    by_role = np.asarray([chosen[roles == name].sum(axis=0) for name in names])
    return by_role.reshape(len(names), len(table.items), len(options)).transpose(1, 0, 2)


def _separation(counts: Counts) -> float:
    sums, sizes = counts @ np.arange(counts.shape[1]), counts.sum(axis=1)
    return float((sums**2 / np.maximum(sizes, 1)).sum())


def _eta_squared(counts: Counts) -> float:
    options = np.arange(counts.shape[1])
    sums, sizes, n = counts @ options, counts.sum(axis=1), int(counts.sum())
    centre = int(sums.sum()) ** 2
    between = float((n * sums**2 / sizes).sum()) - centre  # exact where all roles have one mean
    return between / (n * int(counts.sum(axis=0) @ options**2) - centre)


def _permutation_p(
    table: Table, counts: Counts, compared: list[int], *, permutations: int, seed: int
) -> dict[int, float]:
    """Return p by item. The items go in by name, so that the order of a file changes nothing."""
    by_name = sorted(compared, key=lambda at: table.items[at])
    if not by_name:
        return {}
    levels: Levels = table.levels[:, by_name]
    observed = np.asarray([_separation(counts[at]) for at in by_name])
    found = hits(levels, counts[by_name].sum(axis=2), observed, permutations=permutations, seed=seed)
    return {at: (1 + int(each)) / (1 + permutations) for at, each in zip(by_name, found, strict=True)}
