"""The change log: what was changed in the program, why, and whether the metric it was meant for moved since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MOVES = {"better": "Better since", "worse": "Worse since", "same": "No move", "unknown": "Not known"}
CAUTION = (
    "That a metric moved after a change does not say that it moved because of it: other things changed as well. "
    "The engagement page compares with what would have been expected."
)


@dataclass(frozen=True)
class ChangeRecord:
    """
    Something that was changed on a day. before, after: the metric's values as they were recorded, None while unknown.

    better: whether higher or lower is better for the metric; None when neither is. baseline: the name of the baseline
    that was made for it.
    """

    id: str
    version: int
    on: date
    what: str
    why: str | None = None
    component_id: str | None = None
    metric_id: str | None = None
    metric_before: Decimal | None = None
    metric_after: Decimal | None = None
    baseline_id: str | None = None
    better: str | None = None


@dataclass(frozen=True)
class AfterAction:
    """How many changes have both values of their metric, and after how many it stood better, worse or the same."""

    changes: int
    measured: int
    better: int
    worse: int
    same: int


def move(change: ChangeRecord) -> str:
    """Return how the metric stands since a change, of MOVES. Unknown without both values or a wanted direction."""
    if change.metric_before is None or change.metric_after is None or change.better is None:
        return "unknown"
    risen = change.metric_after - change.metric_before
    if not risen:
        return "same"
    return "better" if (risen > 0) == (change.better == "higher") else "worse"


def after_action(changes: Iterable[ChangeRecord]) -> AfterAction:
    """Return what is known about how the metrics stand since the changes."""
    moves = [move(each) for each in changes]
    known = [each for each in moves if each != "unknown"]
    return AfterAction(len(moves), len(known), *(known.count(each) for each in ("better", "worse", "same")))


def headline(changes: Sequence[ChangeRecord]) -> str:
    """Return the one sentence that the change log answers with; it claims no cause."""
    if not changes:
        return "No change of the program has been written down yet."
    found = after_action(changes)
    count = "One change is" if found.changes == 1 else f"{found.changes} changes are"
    if not found.measured:
        return f"{count} written down; of none is it known how its metric stood before and after."
    parts = [
        f"better after {found.better}" if found.better else "",
        f"worse after {found.worse}" if found.worse else "",
        f"the same after {found.same}" if found.same else "",
    ]
    said = [part for part in parts if part]
    told = " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]
    if found.changes == 1:
        return f"One change is written down; its metric stood {said[0].removesuffix(' 1')}."
    return f"The metric is known before and after {found.measured} of {found.changes} changes: it stood {told}."
