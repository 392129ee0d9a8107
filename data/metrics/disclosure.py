"""Disclosure: no count of fewer than four customers is shown, also not by subtracting the others from their total."""

from collections.abc import Iterable, Mapping
from typing import Any

THRESHOLD = 4
REASON = f"Fewer than {THRESHOLD} customers, or hidden to protect such a group."
HIDDEN = ("numerator", "denominator", "value", "n", "p90", "unanswered", "automated_only")

Row = Mapping[str, Any]


def suppress(rows: Iterable[Row], *, people: str = "n") -> list[dict[str, Any]]:
    """
    Return the rows of a MetricResult with small groups of people hidden, for those who may not open the records.

    people: the key that counts people.

    The rows of one period are the parts of one total. Where the total and the shown parts would give a small group
    away, the next smallest parts are hidden too, until at least two are and at least four people are in them. A hidden
    row keeps its period and group; its figures are None, `hidden` is true and `reason` says why.
    """
    rows = list(rows)
    hidden = {
        place
        for period in dict.fromkeys(row["period"] for row in rows)
        for place in _to_hide({place: row[people] for place, row in enumerate(rows) if row["period"] == period})
    }
    return [_hide(row) if place in hidden else dict(row) for place, row in enumerate(rows)]


def _to_hide(parts: Mapping[int, int]) -> set[int]:
    """Return which parts of one total to hide; parts: their numbers of people by place."""
    smallest_first = sorted(parts, key=lambda place: (parts[place], place))
    hidden = {place for place in smallest_first if parts[place] < THRESHOLD}
    if not hidden:
        return hidden
    for place in smallest_first[len(hidden) :]:
        if len(hidden) > 1 and sum(parts[shown] for shown in hidden) >= THRESHOLD:
            break
        hidden.add(place)
    return hidden


def _hide(row: Row) -> dict[str, Any]:
    return {**row, **{key: None for key in HIDDEN if key in row}, "hidden": True, "reason": REASON}
