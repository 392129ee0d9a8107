"""Disclosure: no count of fewer than four customers is shown, also not by subtracting the others from their total."""

from collections.abc import Iterable, Mapping, Sequence
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
    away, the next smallest parts are hidden too, until at least two are, with at least four people, not all of them of
    the largest hidden size. A hidden row keeps its period and group; its figures are None, `hidden` is true and
    `reason` says why.
    """
    rows = list(rows)
    hidden = {
        place
        for period in dict.fromkeys(row["period"] for row in rows)
        for place in _to_hide({place: row[people] for place, row in enumerate(rows) if row["period"] == period})
    }
    return [_hide(row) if place in hidden else dict(row) for place, row in enumerate(rows)]


def _to_hide(parts: Mapping[int, int]) -> set[int]:
    """
    Return which parts of one total to hide; parts: their numbers of people by place.

    Equal parts are hidden together: which of them was taken would tell how they compare.
    """
    hidden = {place for place, people in parts.items() if people < THRESHOLD}
    shown = {place: people for place, people in parts.items() if place not in hidden}
    while hidden and shown and not _is_safe([parts[place] for place in hidden]):
        smallest = min(shown.values())
        hidden |= {place for place, people in shown.items() if people == smallest}
        shown = {place: people for place, people in shown.items() if people > smallest}
    return hidden


def _is_safe(hidden: Sequence[int]) -> bool:
    """Whether parts that are known together cannot be told apart: not one, not few, not all as large as they may be."""
    all_largest = all(people == THRESHOLD - 1 for people in hidden)
    return len(hidden) > 1 and sum(hidden) >= THRESHOLD and not all_largest


def _hide(row: Row) -> dict[str, Any]:
    return {**row, **{key: None for key in HIDDEN if key in row}, "hidden": True, "reason": REASON}
