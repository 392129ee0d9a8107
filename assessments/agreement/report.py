"""Everything that ratings say about agreement, item by item and over all items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessments.agreement import krippendorff
from assessments.agreement.critical import critical_values, why_none
from assessments.agreement.labels import Label, label
from assessments.agreement.overall import FIGURES, Overall, overall
from assessments.agreement.ratings import Table
from assessments.agreement.roles import RoleFigures, role_figures
from assessments.agreement.scale import Scale
from assessments.agreement.spread import Counts, average_deviation, rwg, van_der_eijk

PERMUTATIONS = 10_000
SEED = 0


@dataclass(frozen=True)
class ItemAgreement:
    """
    One item.

    n: people who rated it. median, mean: on the scale. iqr: linear between ratings. rwg_critical: what chance hardly
    reaches. average_deviation: about the mean, in points. dont_know: share of those who answered. reasons: by the
    name of the figure in the output, for each that is None, and for icc1 where it is shown as 0.
    """

    id: str
    n: int
    median: float | None
    iqr: float | None
    mean: float | None
    rwg: float | None
    rwg_critical: float | None
    average_deviation: float | None
    van_der_eijk: float | None
    dont_know: float | None
    label: Label
    roles: RoleFigures
    reasons: dict[str, str]

    @property
    def icc1(self) -> float | None:
        """The share of the variance that lies between roles, whatever their size."""
        return self.roles.icc1


@dataclass(frozen=True)
class Agreement:
    """
    All items in order of first appearance, and the figures over all of them.

    raters: people who count; complete_raters: those who rated every item. left_out: ratings of people who only observe.
    """

    items: tuple[ItemAgreement, ...]
    overall: Overall
    raters: int
    complete_raters: int
    left_out: int
    permutations: int
    seed: int


def agreement(
    table: Table,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    roles: Sequence[RoleFigures] | None = None,
) -> Agreement:
    """
    Return what the ratings say.

    permutations, seed: of the role labels; the same seed gives the same p. roles: the figures of the roles by item,
    where they are not to be those of all ratings.
    """
    scale = table.scale
    counts = [np.bincount(column[column >= 0], minlength=scale.options) for column in table.levels.T]
    critical = critical_values({int(each.sum()) for each in counts}, scale)
    roles = role_figures(table, permutations=permutations, seed=seed) if roles is None else roles
    items = tuple(
        _item(name, each, unknown, critical[int(each.sum())], figures, scale)
        for name, each, unknown, figures in zip(table.items, counts, table.dont_know, roles, strict=True)
    )
    complete = table.complete()
    people = len(table.raters)
    result = _with_alpha(overall(complete, scale, people=people), counts)
    return Agreement(items, result, people, len(complete), table.left_out, permutations, seed)


def as_json(result: Agreement) -> dict[str, Any]:
    """Return the agreement as the command prints it, numbers unrounded."""
    reasons = {f"items.{item.id}.{name}": reason for item in result.items for name, reason in item.reasons.items()}
    return {
        "items": [_item_json(item) for item in result.items],
        **{name: getattr(result.overall, name) for name in FIGURES},
        "raters": result.raters,
        "complete_raters": result.complete_raters,
        "left_out": result.left_out,
        "permutations": result.permutations,
        "seed": result.seed,
        "reasons": result.overall.reasons | reasons,
    }


def _with_alpha(result: Overall, counts: Sequence[Counts]) -> Overall:
    found = krippendorff.alpha(np.asarray(counts)) if counts else None
    reasons = {"krippendorff_alpha": krippendorff.UNDEFINED} if found is None else {}
    return replace(result, krippendorff_alpha=found, reasons=result.reasons | reasons)


def _item_json(item: ItemAgreement) -> dict[str, Any]:
    return {
        "id": item.id,
        "n": item.n,
        "median": item.median,
        "iqr": item.iqr,
        "mean": item.mean,
        "rwg": item.rwg,
        "rwg_critical": item.rwg_critical,
        "ad": item.average_deviation,
        "van_der_eijk_a": item.van_der_eijk,
        "dont_know": item.dont_know,
        "label": item.label,
        **_roles_json(item.roles),
    }


def _roles_json(roles: RoleFigures) -> dict[str, float | None]:
    return {
        "role_gap": roles.gap,
        "eta_squared": roles.eta_squared,
        "role_p": roles.p,
        "role_p_bh": roles.p_bh,
        "kruskal_h": roles.kruskal_h,
        "kruskal_p": roles.kruskal_p,
        "group_consensus": roles.consensus,
        "group_consensus_against": roles.consensus_against,
        "icc1": roles.icc1,
    }


def _item(
    name: str, counts: Counts, unknown: int, critical: float | None, roles: RoleFigures, scale: Scale
) -> ItemAgreement:
    n = int(counts.sum())
    ratings = np.repeat(np.arange(scale.options), counts) + scale.first
    low, median, high = (float(each) for each in np.quantile(ratings, (0.25, 0.5, 0.75))) if n else (None, None, None)
    spread = rwg(counts, scale)
    deviation, camps = average_deviation(counts), van_der_eijk(counts)
    dont_know = unknown / (unknown + n) if unknown + n else None
    return ItemAgreement(
        id=name,
        n=n,
        median=median,
        iqr=None if high is None or low is None else high - low,
        mean=float(ratings.mean()) if n else None,
        rwg=spread,
        rwg_critical=critical,
        average_deviation=deviation,
        van_der_eijk=camps,
        dont_know=dont_know,
        label=label(
            scale,
            n=n,
            dont_know=dont_know,
            rwg=spread,
            rwg_critical=critical,
            average_deviation=deviation,
            van_der_eijk=camps,
            adjusted_p=roles.p_bh,
        ),
        roles=roles,
        reasons=_reasons(n, dont_know, critical, roles, scale),
    )


def _reasons(
    n: int, dont_know: float | None, critical: float | None, roles: RoleFigures, scale: Scale
) -> dict[str, str]:
    reasons = {name: roles.reason for name, value in _roles_json(roles).items() if value is None}
    if roles.icc1_reason:
        reasons["icc1"] = roles.icc1_reason
    if n == 0:
        reasons |= dict.fromkeys(("median", "iqr", "mean", "ad", "van_der_eijk_a"), "Nobody gave it a rating.")
    elif scale.options < 3:
        reasons["van_der_eijk_a"] = "A scale of two options has nothing between two camps."
    if dont_know is None:
        reasons["dont_know"] = "Nobody answered it."
    if n < 2:
        reasons["rwg"] = f"{n} of the 2 people needed have rated it."
    if critical is None:
        reasons["rwg_critical"] = why_none(n, scale)
    return reasons
