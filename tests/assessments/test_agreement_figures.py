"""Spread, critical values and overall figures: published values, and scipy where it has the statistic."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from assessments.agreement.critical import critical_values, why_none
from assessments.agreement.overall import OF_COMPLETE, cronbach_alpha, kendall_w, overall
from assessments.agreement.roles import benjamini_hochberg, group_consensus, icc1, kruskal_wallis
from assessments.agreement.scale import Scale
from assessments.agreement.spread import average_deviation, rwg, van_der_eijk

FIVE = Scale(5)
LEGENDRE = np.array([[2, 0, 5, 1], [3, 3, 3, 4], [1, 5, 3, 5], [1, 1, 4, 2], [2, 4, 5, 1], [1, 0, 0, 2]]).T


def counts(*ratings: int, scale: Scale = FIVE) -> np.ndarray:
    return np.bincount(np.asarray(ratings) - scale.first, minlength=scale.options)


@pytest.mark.parametrize(
    ("ratings", "agreement", "deviation"),
    [
        ((4, 4, 5, 5, 4), 0.85, 0.48),
        ((1, 2, 3, 4, 5), 0.0, 1.2),
        ((3, 3, 3, 3, 3), 1.0, 0.0),
        ((1, 1, 5, 5, 3), 0.0, 1.6),
    ],
)
def test_rwg_and_average_deviation(ratings: tuple[int, ...], agreement: float, deviation: float) -> None:
    assert rwg(counts(*ratings), FIVE) == pytest.approx(agreement, abs=1e-12)
    assert average_deviation(counts(*ratings)) == pytest.approx(deviation, abs=1e-12)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [([5, 0, 0, 0, 5], -1), ([2, 2, 2, 2, 2], 0), ([0, 7, 0, 0, 0], 1), ([0, 0, 3, 3, 0], 0.75), ([1, 0, 0, 1], -1)],
)
def test_van_der_eijk_a(chosen: list[int], expected: float) -> None:
    assert van_der_eijk(np.array(chosen)) == pytest.approx(expected, abs=1e-12)


def test_van_der_eijk_counts_triples() -> None:
    """The definition word by word: triples of options with two chosen, the chosen side by side or apart."""
    for bits in product((0, 1), repeat=6):
        chosen, ends = sum(bits), range(6)
        if not chosen:
            continue
        triples = [(bits[i], bits[j], bits[k]) for i in ends for j in range(i + 1, 6) for k in range(j + 1, 6)]
        beside, apart = triples.count((1, 1, 0)) + triples.count((0, 1, 1)), triples.count((1, 0, 1))
        unimodal = (4 * beside - 5 * apart) / (4 * (beside + apart)) if beside + apart else 1
        assert van_der_eijk(np.array(bits)) == pytest.approx(unimodal * (1 - (chosen - 1) / 5), abs=1e-12)


def test_what_is_undefined_is_none() -> None:
    assert (rwg(counts(4), FIVE), rwg(np.zeros(5, dtype=np.int64), FIVE)) == (None, None)
    assert average_deviation(np.zeros(5, dtype=np.int64)) is None
    assert (van_der_eijk(np.array([3, 3])), van_der_eijk(np.zeros(5, dtype=np.int64))) == (None, None)


def test_the_exact_critical_values_of_five_options() -> None:
    expected = {3: 1.0, 4: 1.0, 5: 0.85, 6: 0.716667, 7: 0.666667, 8: 0.607143}
    assert critical_values(expected, FIVE) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("options", "n"), [(2, 5), (2, 8), (3, 6), (4, 5), (4, 7), (6, 5), (7, 5), (10, 4), (11, 4)])
def test_critical_values_are_those_of_all_outcomes_written_out(options: int, n: int) -> None:
    scale = Scale(options)
    reached: dict[float, int] = {}
    for outcome in product(range(options), repeat=n):
        found = round(max(0.0, 1 - float(np.var(outcome, ddof=1)) / scale.uniform_variance), 9)
        reached[found] = reached.get(found, 0) + 1
    fitting = [c for c in reached if sum(k for r, k in reached.items() if r >= c) / options**n <= 0.05]
    expected = min(fitting) if fitting else None
    assert critical_values([n], scale)[n] == (expected if expected is None else pytest.approx(expected, abs=1e-8))


def test_critical_values_up_to_two_hundred_are_those_of_random_answers() -> None:
    found = critical_values([50, 200], FIVE)
    chance = np.random.default_rng(3)
    for n, c in found.items():
        assert c is not None
        variance = chance.integers(0, 5, (40_000, n)).var(axis=1, ddof=1)
        assert np.mean(1 - variance / 2 >= c - 1e-9) == pytest.approx(0.05, abs=0.004)


@pytest.mark.parametrize(
    ("options", "n", "word"),
    [(5, 2, "3 people needed"), (5, 201, "up to 200"), (2, 3, "by chance too often"), (101, 50, "too many outcomes")],
)
def test_no_critical_value_has_a_reason(options: int, n: int, word: str) -> None:
    assert critical_values([n], Scale(options)) == {n: None}
    assert word in why_none(n, Scale(options))


def test_kendall_w_with_and_without_ties() -> None:
    corrected, uncorrected = kendall_w(LEGENDRE)
    assert (corrected, uncorrected) == pytest.approx((0.246153846154, 0.228571428571), abs=1e-12)
    found = overall(LEGENDRE, Scale(6, first=0), people=4)
    assert (found.friedman_q, found.friedman_p) == pytest.approx((4.923077, 0.425340), abs=1e-6)
    q, p = stats.friedmanchisquare(*LEGENDRE.T)
    assert (found.friedman_q, found.friedman_p) == pytest.approx((q, p), abs=1e-12)


def test_friedman_is_scipys_on_any_data() -> None:
    chance = np.random.default_rng(1)
    for raters, items in ((3, 3), (12, 7), (40, 23)):
        levels = chance.integers(0, 5, (raters, items))
        q, p = stats.friedmanchisquare(*levels.T)
        found = overall(levels, FIVE, people=raters)
        assert (found.friedman_q, found.friedman_p) == pytest.approx((q, p), abs=1e-9)


def test_kruskal_wallis() -> None:
    ten = Scale(10)
    h, p = kruskal_wallis(np.array([counts(1, 3, 5, 7, 9, scale=ten), counts(2, 4, 6, 8, 10, scale=ten)]))
    assert (h, p) == pytest.approx((0.272727, 0.601508), abs=1e-6)
    chance = np.random.default_rng(2)
    for sizes in ((1, 2), (3, 4, 2), (50, 60, 70, 1)):
        groups = [chance.integers(1, 6, size) for size in sizes]
        assert kruskal_wallis(np.array([counts(*group) for group in groups])) == pytest.approx(stats.kruskal(*groups))


def test_benjamini_hochberg_is_scipys() -> None:
    p = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 1.0]
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))
    assert benjamini_hochberg([]) == []


def test_group_consensus() -> None:
    assert group_consensus(np.array([8, 1]), np.array([10, 4])) == pytest.approx(0.25)


@pytest.mark.parametrize("sizes", [(4, 4, 4), (2, 7, 3), (1, 5), (30, 1, 12, 8)])
def test_icc1_is_that_of_the_analysis_of_variance(sizes: tuple[int, ...]) -> None:
    """(F - 1) / (F - 1 + size), with scipy's F and the size of the average role."""
    chance = np.random.default_rng(sum(sizes))
    groups = [chance.integers(1, 6, size) for size in sizes]
    n = sum(sizes)
    size = (n - sum(x**2 for x in sizes) / n) / (len(sizes) - 1)
    f = stats.f_oneway(*groups).statistic
    assert icc1(np.array([counts(*group) for group in groups])) == pytest.approx((f - 1) / (f - 1 + size), abs=1e-12)


def test_icc1_at_its_ends() -> None:
    assert icc1(np.array([counts(1, 1, 1), counts(5, 5)])) == 1
    assert icc1(np.array([counts(1, 5), counts(1, 5)])) == -1
    assert icc1(np.array([counts(1), counts(5)])) is None
    assert icc1(np.array([counts(3, 3), counts(3, 3)])) is None


def test_cronbach_alpha_and_rwg_j_by_hand() -> None:
    levels = np.array([[1, 2, 1], [2, 2, 3], [3, 4, 3], [4, 3, 4]])
    # variances 5/3, 11/12, 19/12, sum 25/6; sums 4, 7, 10, 11 with variance 10
    assert cronbach_alpha(levels) == pytest.approx(1.5 * (1 - 25 / 60), abs=1e-12)
    found = overall(levels, FIVE, people=4)
    share = 25 / 18 / 2
    assert found.rwg_j == pytest.approx(3 * (1 - share) / (3 * (1 - share) + share), abs=1e-12)
    assert found.rwg_j_lindell == pytest.approx(1 - share, abs=1e-12)


def test_overall_figures_that_cannot_be_said_have_a_reason() -> None:
    opposite = overall(np.array([[0, 4, 1], [4, 0, 0], [1, 4, 2]]), FIVE, people=3)
    assert opposite.cronbach_alpha is None
    assert "below zero" in opposite.reasons["cronbach_alpha"]
    alike = overall(np.full((4, 3), 2), FIVE, people=4)
    assert (alike.kendall_w, alike.friedman_q, alike.friedman_p, alike.cronbach_alpha) == (None,) * 4
    assert set(alike.reasons) == {"kendall_w", "friedman_q", "friedman_p", "cronbach_alpha"}
    assert alike.rwg_j == 1
    one = overall(np.array([[0, 4, 1]]), FIVE, people=6)
    assert set(one.reasons) == set(OF_COMPLETE)
    assert one.reasons["kendall_w"].startswith("1 of 6 people")
    assert set(overall(np.array([[1], [2]]), FIVE, people=2).reasons) == {
        "kendall_w", "kendall_w_uncorrected", "friedman_q", "friedman_p", "cronbach_alpha",
    }  # fmt: skip


@pytest.mark.parametrize("options", [1, 102])
def test_a_scale_has_two_to_101_options(options: int) -> None:
    with pytest.raises(ValueError, match="2 to 101"):
        Scale(options)
