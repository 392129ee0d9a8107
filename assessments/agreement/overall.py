"""How the items hang together, over the people who rated every one of them."""

from dataclasses import dataclass, field

import numpy as np
from scipy.special import chdtrc

from assessments.agreement.ratings import Levels
from assessments.agreement.scale import Scale


@dataclass(frozen=True)
class Overall:
    """
    Figures over all items. reasons: a sentence for each that is None.

    kendall_w: 1 when all put the items in the same order, 0 when their orders have nothing in common; corrected for
    ties and not. friedman_q, friedman_p: whether items differ at all. cronbach_alpha: whether the items measure one
    thing. rwg_j: agreement on all items together, which grows with their number; rwg_j_lindell: the one that does not.
    krippendorff_alpha: of all who rated anything, 1 when they agree on every item, 0 as by chance, below when less.
    """

    kendall_w: float | None = None
    kendall_w_uncorrected: float | None = None
    friedman_q: float | None = None
    friedman_p: float | None = None
    cronbach_alpha: float | None = None
    rwg_j: float | None = None
    rwg_j_lindell: float | None = None
    krippendorff_alpha: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)


FIGURES = tuple(name for name in Overall.__dataclass_fields__ if name != "reasons")
OF_COMPLETE = tuple(name for name in FIGURES if name != "krippendorff_alpha")


def overall(levels: Levels, scale: Scale, *, people: int) -> Overall:
    """
    Return the figures of those who rated every item.

    levels: raters by items, none missing. people: how many rated anything, for the reasons.
    """
    raters, items = levels.shape
    if raters < 2 or items == 0:
        reason = f"{raters} of {people} people rated every item; two are needed."
        return Overall(reasons=dict.fromkeys(OF_COMPLETE, reason))
    rwg_j, lindell = _rwg_j(levels, scale)
    if items < 2:
        reason = "There is one item; two are needed."
        others = [name for name in OF_COMPLETE if not name.startswith("rwg")]
        return Overall(rwg_j=rwg_j, rwg_j_lindell=lindell, reasons=dict.fromkeys(others, reason))
    corrected, uncorrected = kendall_w(levels)
    alpha = cronbach_alpha(levels)
    q = None if corrected is None else raters * (items - 1) * corrected
    reasons = {}
    if corrected is None:
        reason = "Nobody rated any item higher than another."
        reasons = dict.fromkeys(("kendall_w", "friedman_q", "friedman_p"), reason)
    if alpha is None:
        reasons["cronbach_alpha"] = "All people have the same sum of ratings."
    elif alpha < 0:
        reasons["cronbach_alpha"] = f"It comes out below zero ({alpha:.2f}): the items do not go together."
    return Overall(
        kendall_w=corrected,
        kendall_w_uncorrected=uncorrected,
        friedman_q=q,
        friedman_p=None if q is None else float(chdtrc(items - 1, q)),
        cronbach_alpha=alpha if alpha is not None and alpha >= 0 else None,
        rwg_j=rwg_j,
        rwg_j_lindell=lindell,
        reasons=reasons,
    )


def kendall_w(levels: Levels) -> tuple[float | None, float]:
    """
    Return W corrected for ties, None when everybody ties everything, and W as if there were none.

    levels: two or more raters by two or more items. Source: Kendall and Babington Smith 1939; Legendre 2010.
    """
    raters, items = levels.shape
    lower = np.asarray([(row[:, None] > row).sum(axis=1) for row in levels])
    equal = np.asarray([(row[:, None] == row).sum(axis=1) for row in levels])
    twice_ranks = (2 * lower + equal + 1).sum(axis=0)
    spread = float(((twice_ranks - raters * (items + 1)) ** 2).sum()) / 4
    most = raters**2 * (items**3 - items)
    ties = raters * int((equal**2 - 1).sum())
    return 12 * spread / (most - ties) if most > ties else None, 12 * spread / most


def cronbach_alpha(levels: Levels) -> float | None:
    """Return alpha over two or more raters by two or more items; None where all have the same sum (Cronbach 1951)."""
    items = levels.shape[1]
    total = int(_deviations(levels.sum(axis=1)))
    if total == 0:
        return None
    return float((1 - int(_deviations(levels).sum()) / total) * items / (items - 1))


def _rwg_j(levels: Levels, scale: Scale) -> tuple[float, float]:
    """
    Return rwg(J) and Lindell's r*wg(J) = 1 - m; m is the mean variance as a share of that by chance, at most 1.

    Source: James, Demaree and Wolf 1984; Lindell and Brandt 1997.
    """
    people, items = levels.shape
    variance = int(_deviations(levels).sum()) / (people * (people - 1) * items)
    share = min(1.0, variance / scale.uniform_variance)
    alike = items * (1 - share)
    return alike / (alike + share), 1 - share


def _deviations(levels: Levels) -> Levels:
    """Return n times the sum of squared deviations, whole numbers: in any order they add up to the same."""
    found: Levels = len(levels) * (levels**2).sum(axis=0) - levels.sum(axis=0) ** 2
    return found
