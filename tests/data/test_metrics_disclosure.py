from itertools import product
from typing import Any

from hypothesis import given, settings
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


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_who_knows_the_total_and_the_rule_cannot_work_out_a_small_group(counts: list[int]) -> None:
    figures = shown(rows(*counts))
    hidden = [place for place, figure in enumerate(figures) if figure is None]
    left = sum(counts[place] for place in hidden)
    if left < THRESHOLD:
        return  # the total itself is hidden
    worlds = []
    for guess in product(range(left + 1), repeat=len(hidden)):
        if sum(guess) == left:
            world = list(counts)
            for place, n in zip(hidden, guess, strict=True):
                world[place] = n
            if shown(rows(*world)) == figures:
                worlds.append(world)
    for place in hidden:
        assert len({world[place] for world in worlds}) > 1
