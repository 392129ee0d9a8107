from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.metrics.disclosure import THRESHOLD, suppress


def rows(*counts: int, period: str | None = None) -> list[dict[str, Any]]:
    return [
        {"period": period, "group": {"segment": str(place)}, "numerator": n, "denominator": None, "value": n, "n": n}
        for place, n in enumerate(counts)
    ]


def shown(counts: list[dict[str, Any]]) -> list[int | None]:
    return [row["value"] for row in suppress(counts)]


def test_small_groups_are_hidden_with_one_more() -> None:
    assert shown(rows(20, 3, 9)) == [20, None, None]


def test_four_are_shown() -> None:
    assert shown(rows(4, 5)) == [4, 5]


def test_two_small_groups_of_fewer_than_four_together_take_a_third() -> None:
    assert shown(rows(1, 2, 30, 8)) == [None, None, 30, None]


def test_small_groups_that_can_only_be_three_each_take_one_more() -> None:
    assert shown(rows(3, 3, 3, 4, 9)) == [None, None, None, None, 9]


def test_equal_groups_are_hidden_together() -> None:
    assert shown(rows(4, 4, 3, 9)) == [None, None, None, 9]


def test_each_period_is_a_total_of_its_own() -> None:
    assert shown(rows(5, 6, period="2026-01") + rows(5, 1, 9, period="2026-02")) == [5, 6, None, None, 9]


def test_a_hidden_row_keeps_its_place_and_says_why() -> None:
    (row,) = suppress(rows(2))
    assert row["group"] == {"segment": "0"}
    assert row["hidden"]
    assert row["n"] is None
    assert "Fewer than 4" in row["reason"]


@given(st.lists(st.integers(0, 60), max_size=8))
def test_nothing_small_is_shown_nor_left_over(counts: list[int]) -> None:
    figures = shown(rows(*counts))
    hidden = [n for n, figure in zip(counts, figures, strict=True) if figure is None]

    assert all(figure is None or figure >= THRESHOLD for figure in figures)
    assert not hidden or len(hidden) == len(counts) or (len(hidden) > 1 and sum(hidden) >= THRESHOLD)
    assert bool(hidden) == any(n < THRESHOLD for n in counts)


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_who_knows_the_total_and_the_rule_cannot_work_out_a_small_group(parts: int) -> None:
    worlds: dict[tuple[tuple[int | None, ...], int], list[tuple[int, ...]]] = {}
    for counts in product(range(9), repeat=parts):
        figures = tuple(shown(rows(*counts)))
        left = sum(n for n, figure in zip(counts, figures, strict=True) if figure is None)
        worlds.setdefault((figures, left), []).append(counts)
    for (figures, left), possible in worlds.items():
        if left < THRESHOLD:
            continue  # the total itself is hidden
        for place, figure in enumerate(figures):
            assert figure is not None or len({counts[place] for counts in possible}) > 1, possible
