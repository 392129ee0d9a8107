"""Rounds: what moved, against scipy and by hand."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from assessments.agreement import Rating, Table, tabulate
from assessments.agreement.rounds import CHANGES, PAIRED, Moved, as_json, moved, quadratic_kappa, wilcoxon_p
from assessments.agreement.scale import Scale

FIVE = Scale(5)
Levels = dict[str, int | None]


def table(levels: Levels, item: str = "A", scale: Scale = FIVE) -> Table:
    return tabulate([Rating(who, item, level) for who, level in levels.items()], scale)


def people(*levels: int) -> Levels:
    return {f"P{at}": level for at, level in enumerate(levels)}


def only(before: Levels, after: Levels) -> Moved:
    (found,) = moved(table(before), table(after))
    return found


def test_an_item_by_hand() -> None:
    found = only(people(1, 2, 3, 4, 5, 3), people(3, 3, 3, 3, 5, 2))
    assert (found.n, found.median_before, found.median_after) == (6, 3.0, 3.0)
    assert found.iqr_change == pytest.approx(0 - 1.5)
    assert found.average_deviation_change == pytest.approx(11 / 18 - 1)
    assert (found.moved_to_median, found.conformity) == (0.5, False)
    assert found.reasons == {}


def test_people_are_paired_by_name_and_the_others_count_in_the_spread_only() -> None:
    found = only({"a": 1, "b": 5, "gone": 3}, {"new": 5, "b": 4, "a": 2})
    assert (found.n, found.moved_to_median, found.conformity) == (2, 1.0, True)
    assert (found.median_before, found.median_after) == (3.0, 4.0)


@pytest.mark.parametrize(("movers", "warns"), [(6, False), (7, True)])
def test_the_warning_begins_above_six_in_ten(movers: int, warns: bool) -> None:
    before, after = [1] * 5 + [3] * 10 + [5] * 5, [1] * 5 + [3] * 10 + [5] * 5
    edges = [at for at, level in enumerate(before) if level != 3]
    for at in edges[:movers]:
        after[at] = 3
    found = only(people(*[before[at] for at in edges]), people(*[after[at] for at in edges]))
    assert (found.n, found.moved_to_median, found.conformity) == (10, movers / 10, warns)


def test_wilcoxon_is_scipys_over_those_who_moved() -> None:
    chance = np.random.default_rng(5)
    for n in (4, 12, 60):
        earlier, later = chance.integers(0, 5, n), chance.integers(0, 5, n)
        assert wilcoxon_p(earlier, later) == pytest.approx(stats.wilcoxon(later, earlier).pvalue, abs=1e-12)
    assert wilcoxon_p(earlier, earlier) is None


def test_kappa_by_the_definition() -> None:
    chance = np.random.default_rng(6)
    earlier = chance.integers(0, 5, 40)
    later = np.clip(earlier + chance.integers(-1, 2, 40), 0, 4)
    weights = np.array([[1 - (i - j) ** 2 / 16 for j in range(5)] for i in range(5)])
    together = np.zeros((5, 5))
    for one, other in zip(earlier, later, strict=True):
        together[one, other] += 1 / 40
    by_chance = np.outer(together.sum(axis=1), together.sum(axis=0))
    observed, expected = (weights * together).sum(), (weights * by_chance).sum()
    kappa = (observed - expected) / (1 - expected)
    assert quadratic_kappa(earlier, later, options=5) == pytest.approx(kappa, abs=1e-12)
    assert quadratic_kappa(earlier, earlier, options=5) == 1
    assert quadratic_kappa(np.array([2, 2]), np.array([2, 2]), options=5) is None


def test_what_cannot_be_said_has_a_reason() -> None:
    stayed = only(people(3, 3), people(3, 3))
    assert (stayed.wilcoxon_p, stayed.kappa, stayed.moved_to_median) == (None, None, 0)
    assert stayed.reasons == {"wilcoxon_p": "Nobody moved.", "kappa": "All ratings of both rounds are alike."}
    others = only({"a": 3}, {"b": 4})
    assert (others.n, set(others.reasons)) == (0, set(PAIRED))
    first, second = moved(table({"a": 3}), table({"a": 4}, "B"))
    assert set(first.reasons) == {*CHANGES, *PAIRED, "median_after"}
    assert set(second.reasons) == {*CHANGES, *PAIRED, "median_before"}
    unknown = only({"a": None}, {"a": 3})
    assert unknown.reasons["median_before"] == "Nobody rated it in this round."


def test_rounds_of_different_scales_are_refused() -> None:
    with pytest.raises(ValueError, match="different scales"):
        moved(table({"a": 1}), table({"a": 1}, scale=Scale(4)))


@settings(max_examples=60, deadline=None)
@given(
    before=some.dictionaries(some.sampled_from("abcdefg"), some.none() | some.integers(1, 5), min_size=1),
    after=some.dictionaries(some.sampled_from("abcdefg"), some.none() | some.integers(1, 5), min_size=1),
    random=some.randoms(use_true_random=False),
)
def test_every_none_has_a_reason_and_no_order_matters(before: Levels, after: Levels, random: Random) -> None:
    (found,) = as_json(moved(table(before), table(after)))
    assert {name for name, value in found.items() if value is None} == set(found["reasons"])
    names = list(after)
    random.shuffle(names)
    assert as_json(moved(table(before), table({name: after[name] for name in names}))) == [found]
