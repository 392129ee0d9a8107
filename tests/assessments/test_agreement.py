"""Agreement as a whole: labels, reasons for what is unknown, and what must not change a figure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assessments.agreement import Rating, agreement, as_json, tabulate
from assessments.agreement.labels import LABELS, cutoffs
from assessments.agreement.scale import Scale

FIVE = Scale(5)
OF_COMPLETE = (
    "kendall_w", "kendall_w_uncorrected", "friedman_q", "friedman_p", "cronbach_alpha", "rwg_j", "rwg_j_lindell",
)  # fmt: skip
OVERALL = (*OF_COMPLETE, "krippendorff_alpha")


def found(ratings: list[Rating], scale: Scale = FIVE, *, permutations: int = 200) -> dict[str, Any]:
    return as_json(agreement(tabulate(ratings, scale), permutations=permutations, seed=1))


def item(levels: Sequence[int | None], roles: str = "", scale: Scale = FIVE) -> dict[str, Any]:
    given_roles: list[str] | list[None] = list(roles) if roles else [None] * len(levels)
    ratings = [Rating(f"P{at}", "A", x, role) for at, (x, role) in enumerate(zip(levels, given_roles, strict=True))]
    only: dict[str, Any] = found(ratings, scale)["items"][0]
    return only


@pytest.mark.parametrize(
    ("levels", "roles", "label"),
    [
        ([5, 5], "", "not_enough_answers"),
        ([5, 5, None, None, None, None], "", "not_enough_answers"),
        ([5, 5, 5, 5, 5, 5, 5, None, None, None], "", "nobody_owns_the_facts"),
        ([1, 1, 1, 5, 5, 5, None, None], "", "two_camps"),
        ([1, 1, 1, 1, 5, 5, 5, 5], "aaaabbbb", "two_camps"),
        ([3, 3, 3, 3, 4, 4, 4, 4, 4], "aaaabbbbb", "roles_differ"),
        ([4, 4, 5, 5, 4], "", "agree"),
        ([4, 4, 4, 5], "", "open"),  # rwg .875, and four people need 1.0
        ([4, 4, 4, 4], "", "agree"),
        ([1, 2, 3, 4, 5], "", "open"),
    ],
)
def test_the_first_label_that_holds(levels: list[int | None], roles: str, label: str) -> None:
    assert item(levels, roles)["label"] == label


def test_full_agreement_that_chance_reaches_too_often_is_open() -> None:
    """Three people on two options are alike in a quarter of all cases."""
    alike = item([1, 1, 1], scale=Scale(2))
    assert (alike["rwg"], alike["rwg_critical"], alike["label"]) == (1.0, None, "open")


def test_above_two_hundred_people_the_rule_of_thumb_decides() -> None:
    many = item([4] * 200 + [5])
    assert (many["rwg_critical"], many["label"]) == (None, "agree")


def test_cutoffs_are_those_that_are_decided_and_each_has_a_reason() -> None:
    cut = cutoffs()
    assert {name: each.value for name, each in vars(cut).items()} == {
        "fewest_answers": 3, "dont_know": 0.3, "two_camps": -0.3, "roles_differ": 0.05, "agree": 0.7,
        "deviation_divisor": 6, "conformity": 0.6,
    }  # fmt: skip
    assert all(each.reason.endswith(".") and each.source for each in vars(cut).values())


def test_figures_of_one_item_by_hand() -> None:
    one = item([1, 2, 4, 4, 5, None], "aabbbb")
    assert (one["n"], one["median"], one["iqr"], one["mean"]) == (5, 4.0, 2.0, 3.2)
    assert one["dont_know"] == pytest.approx(1 / 6)
    assert one["role_gap"] == 2.5
    assert one["eta_squared"] == pytest.approx((2 * 1.7**2 + 3 * (13 / 3 - 3.2) ** 2) / 10.8)
    assert one["group_consensus"] == pytest.approx(1 / 4 * 4 / 5)
    assert one["group_consensus_against"] == pytest.approx(3 / 4 * 1 / 5)
    assert (one["rwg"], one["ad"]) == pytest.approx((0.0, 6.8 / 5))


def test_p_is_adjusted_over_the_items_that_have_one() -> None:
    steps = {"A": 1, "B": 2, "C": 0}  # how much higher the second role rates
    halves = [(f"P{at}", at // 4) for at in range(8)]
    ratings = [Rating(who, name, 1 + half * step, "ab"[half]) for name, step in steps.items() for who, half in halves]
    a, b, c = found(ratings)["items"]
    assert (c["role_p"], c["role_p_bh"]) == (None, None)
    assert a["role_p"] < 0.08
    assert a["role_p_bh"] == b["role_p_bh"] == max(a["role_p"], b["role_p"])


@pytest.mark.parametrize(
    ("levels", "roles"),
    [
        ([None, None], "ab"), ([3], "a"), ([3], ""), ([3, 3, 3], "abc"), ([1, 2, 3], "aaa"), ([1, 5], "ab"),
        ([2, None, None, None], "aabb"), ([3] * 6, "aabbcc"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_null_with_a_reason(levels: list[int | None], roles: str) -> None:
    result = found([Rating(f"P{at}", "A", x, roles[at] if roles else None) for at, x in enumerate(levels)])
    missing = {f"items.A.{name}" for name, value in result["items"][0].items() if value is None}
    missing |= {name for name in OVERALL if result[name] is None}
    assert missing == set(result["reasons"])
    assert all(reason.endswith(".") for reason in result["reasons"].values())


def test_only_observers_leave_nothing_and_that_is_said() -> None:
    result = found([Rating("Cy", "A", 3, "consultant")])
    assert (result["items"], result["left_out"], result["raters"]) == ([], 1, 0)
    assert set(OVERALL) == set(result["reasons"])


def test_an_item_that_nobody_answered_has_reasons_and_no_zero() -> None:
    table = replace(tabulate([Rating("Ann", "A", 3)], FIVE), levels=np.array([[-1]]))
    (silent,) = as_json(agreement(table, permutations=10))["items"]
    assert (silent["n"], silent["label"]) == (0, "not_enough_answers")
    assert [silent[name] for name in ("median", "mean", "rwg", "dont_know")] == [None] * 4


def test_overall_figures_are_of_complete_raters() -> None:
    whole = [Rating(f"P{at}", name, 1 + (at + 2 * i) % 5) for at in range(6) for i, name in enumerate("ABC")]
    part = [Rating("Q1", "A", 5), Rating("Q2", "A", 1), Rating("Q2", "B", 1), Rating("Q2", "C", None)]
    alone, both = found(whole), found(whole + part)
    assert {name: alone[name] for name in OF_COMPLETE} == {name: both[name] for name in OF_COMPLETE}
    assert alone["krippendorff_alpha"] != both["krippendorff_alpha"]  # all who rated anything
    assert (both["raters"], both["complete_raters"]) == (8, 6)


Rows = list[Rating]


@some.composite
def rows(draw: some.DrawFn) -> Rows:
    people, items = draw(some.integers(1, 9)), draw(some.integers(1, 4))
    with_roles = draw(some.booleans())
    roles = [draw(some.sampled_from(("it", "sales", "pr"))) if with_roles else None for _ in range(people)]
    level = some.one_of(some.integers(1, 5), some.none(), some.just(0))
    drawn = [(p, i, draw(level)) for p in range(people) for i in range(items)]
    return [Rating(f"P{p}", f"S{i}", x, roles[p]) for p, i, x in drawn if x != 0]


def by_id(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "items": {each["id"]: each for each in result["items"]}}


@settings(max_examples=60, deadline=None)
@given(ratings=rows(), random=some.randoms(use_true_random=False))
def test_neither_order_nor_names_of_raters_change_anything(ratings: Rows, random: Any) -> None:
    before = by_id(found(ratings, permutations=50))
    names = [f"P{at}" for at in range(9)]
    new = dict(zip(names, random.sample(names, 9), strict=True))
    shuffled = [replace(each, rater=new[each.rater]) for each in ratings]
    random.shuffle(shuffled)
    assert by_id(found(shuffled, permutations=50)) == before


@settings(max_examples=60, deadline=None)
@given(ratings=rows(), shift=some.integers(-7, 7))
def test_other_numbers_on_the_same_options_move_only_median_and_mean(ratings: Rows, shift: int) -> None:
    moved = [replace(each, level=None if each.level is None else each.level + shift) for each in ratings]
    before, after = found(ratings, permutations=50), found(moved, Scale(5, first=1 + shift), permutations=50)
    for one, other in zip(before["items"], after["items"], strict=True):
        for name in ("median", "mean"):
            a, b = one.pop(name), other.pop(name)
            assert a is b is None or b == pytest.approx(a + shift)
    assert after == before


@settings(max_examples=100, deadline=None)
@given(ratings=rows())
def test_every_figure_lies_where_it_is_defined(ratings: Rows) -> None:
    result = found(ratings, permutations=50)
    shares = (
        "rwg", "rwg_critical", "dont_know", "eta_squared", "icc1", "role_p", "role_p_bh", "kruskal_p",
        "group_consensus",
    )  # fmt: skip
    for each in result["items"]:
        assert each["label"] in LABELS
        assert all(each[name] is None or -1e-12 <= each[name] <= 1 + 1e-12 for name in shares)
        assert each["van_der_eijk_a"] is None or -1 <= each["van_der_eijk_a"] <= 1
        assert each["role_p"] is None or each["role_p_bh"] >= each["role_p"]
    assert result["krippendorff_alpha"] is None or result["krippendorff_alpha"] <= 1
    for name in OF_COMPLETE:
        high = np.inf if name == "friedman_q" else 1 + 1e-12
        assert result[name] is None or 0 <= result[name] <= high, name
