"""Rounds: whether people moved from one round to the next, and whether they only moved to where the group was."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from assessments.agreement.labels import cutoffs
from assessments.agreement.ratings import Table
from assessments.agreement.scale import Scale
from assessments.agreement.spread import average_deviation

Levels = NDArray[np.int64]


@dataclass(frozen=True)
class Moved:
    """
    What changed on one item.

    n: people who rated it in both rounds; wilcoxon_p, moved_to_median, kappa and the warning are theirs.
    wilcoxon_p: of paired differences; people who stayed are left out. median_before, median_after, iqr_change,
    average_deviation_change: of all who rated it in a round; below zero is closer together. moved_to_median: share
    that came closer to the earlier median. conformity: whether that is more than cutoffs.yaml takes without a warning.
    kappa: with quadratic weights, 1 when everybody stays, 0 as by chance. reasons: by name, for each that is None.
    """

    id: str
    n: int
    median_before: float | None = None
    median_after: float | None = None
    wilcoxon_p: float | None = None
    iqr_change: float | None = None
    average_deviation_change: float | None = None
    moved_to_median: float | None = None
    conformity: bool | None = None
    kappa: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)


PAIRED = ("wilcoxon_p", "moved_to_median", "conformity", "kappa")
CHANGES = ("iqr_change", "average_deviation_change")


def moved(before: Table, after: Table) -> tuple[Moved, ...]:
    """
    Return what changed on each item of either round, in order of first appearance. People are paired by their names.

    Raises ValueError if the rounds have different scales.
    """
    if before.scale != after.scale:
        raise ValueError("the rounds have different scales")
    places = {name: at for at, name in enumerate(after.raters)}
    both = [(at, places[name]) for at, name in enumerate(before.raters) if name in places]
    pairs = np.asarray(both, dtype=np.int64).reshape(-1, 2)
    items = dict.fromkeys((*before.items, *after.items))
    return tuple(_moved(item, _column(before, item), _column(after, item), pairs, before.scale) for item in items)


def as_json(changes: tuple[Moved, ...]) -> list[dict[str, Any]]:
    """Return what changed as the command prints it, numbers unrounded."""
    return [vars(each) for each in changes]


def quadratic_kappa(earlier: Levels, later: Levels, *, options: int) -> float | None:
    """Return Cohen's kappa with quadratic weights of paired levels; None where all are one level (Cohen 1968)."""
    distance = (np.arange(options)[:, None] - np.arange(options)) ** 2
    first, second = np.bincount(earlier, minlength=options), np.bincount(later, minlength=options)
    by_chance = int(first @ distance @ second)
    return 1 - len(earlier) * int(((earlier - later) ** 2).sum()) / by_chance if by_chance else None


def wilcoxon_p(earlier: Levels, later: Levels) -> float | None:
    """Return p of Wilcoxon's signed ranks over those who moved; None where nobody did."""
    steps = later - earlier
    steps = np.sort(steps[steps != 0])
    return float(stats.wilcoxon(steps).pvalue) if len(steps) else None


def _moved(item: str, before: Levels, after: Levels, pairs: Levels, scale: Scale) -> Moved:
    rated = (before[pairs[:, 0]] >= 0) & (after[pairs[:, 1]] >= 0)
    earlier, later = before[pairs[rated, 0]], after[pairs[rated, 1]]
    first, second = before[before >= 0], after[after >= 0]
    reasons: dict[str, str] = {}
    if not len(first) or not len(second):
        reasons = dict.fromkeys((*CHANGES, *PAIRED), "Nobody rated it in one of the rounds.")
    elif not len(earlier):
        reasons = dict.fromkeys(PAIRED, "Nobody rated it in both rounds.")
    p = wilcoxon_p(earlier, later)
    kappa = quadratic_kappa(earlier, later, options=scale.options) if len(earlier) else None
    share = _share_to(float(np.median(first)), earlier, later) if len(earlier) else None
    if len(earlier) and p is None:
        reasons["wilcoxon_p"] = "Nobody moved."
    if len(earlier) and kappa is None:
        reasons["kappa"] = "All ratings of both rounds are alike."
    for name, found in (("median_before", first), ("median_after", second)):
        if not len(found):
            reasons[name] = "Nobody rated it in this round."
    return Moved(
        id=item,
        n=len(earlier),
        median_before=float(np.median(first)) + scale.first if len(first) else None,
        median_after=float(np.median(second)) + scale.first if len(second) else None,
        wilcoxon_p=p,
        iqr_change=_iqr(second) - _iqr(first) if len(first) and len(second) else None,
        average_deviation_change=_deviation_change(first, second, scale),
        moved_to_median=share,
        conformity=None if share is None else share > cutoffs().conformity.value,
        kappa=kappa,
        reasons=reasons,
    )


def _column(table: Table, item: str) -> Levels:
    if item not in table.items:
        return np.full(len(table.raters), -1, dtype=np.int64)
    column: Levels = table.levels[:, table.items.index(item)]
    return column


def _share_to(middle: float, earlier: Levels, later: Levels) -> float:
    return float((np.abs(later - middle) < np.abs(earlier - middle)).mean())


def _iqr(levels: Levels) -> float:
    low, high = np.quantile(levels, (0.25, 0.75))
    return float(high - low)


def _deviation_change(first: Levels, second: Levels, scale: Scale) -> float | None:
    before, after = (average_deviation(np.bincount(each, minlength=scale.options)) for each in (first, second))
    return None if before is None or after is None else after - before
