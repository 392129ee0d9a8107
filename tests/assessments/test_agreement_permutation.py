"""p of the permutation of role labels: against all permutations written out, and against scipy."""

from itertools import permutations
from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from assessments.agreement import Table
from assessments.agreement.roles import RoleFigures, role_figures
from assessments.agreement.scale import Scale

TIMES = 20_000


def table(levels: NDArray[np.int64], roles: tuple[str, ...], *, options: int = 5) -> Table:
    people, items = levels.shape
    names = tuple(f"P{at}" for at in range(people)), tuple(f"S{at:02d}" for at in range(items))
    return Table(Scale(options), *names, roles, levels, (0,) * items, 0)


def p_of(figures: tuple[RoleFigures, ...]) -> list[float]:
    return [each.p for each in figures if each.p is not None]


def eta_squared(values: NDArray[np.int64], roles: NDArray[np.str_]) -> float:
    mean = values.mean()
    between = sum((roles == role).sum() * (values[roles == role].mean() - mean) ** 2 for role in set(roles))
    return float(between / ((values - mean) ** 2).sum())


def test_p_is_that_of_all_permutations_written_out_where_answers_are_missing() -> None:
    roles = ("it", "it", "it", "sales", "sales", "service", "service", "service")
    levels = np.array(
        [[0, 1, -1], [1, 1, 0], [1, -1, 0], [3, 2, -1], [4, -1, 4], [2, 4, -1], [3, 3, 2], [3, 1, 2]], dtype=np.int64
    )
    figures = role_figures(table(levels, roles), permutations=TIMES, seed=5)
    for column, found in zip(levels.T, figures, strict=True):
        values, own = column[column >= 0], np.asarray(roles)[column >= 0]
        observed = eta_squared(values, own)
        assert found.eta_squared == pytest.approx(observed, abs=1e-12)
        dealt = [eta_squared(np.asarray(order), own) for order in permutations(values.tolist())]
        exact = float(np.mean(np.asarray(dealt) >= observed - 1e-9))
        assert found.p == pytest.approx(exact, abs=3 * sqrt(exact * (1 - exact) / TIMES) + 2 / TIMES)


def test_p_is_scipys_on_each_statement() -> None:
    chance = np.random.default_rng(11)
    roles = np.sort(chance.choice(("it", "sales", "service", "product"), 60))
    levels = chance.integers(0, 5, (60, 6))
    levels[roles == "it", 1] = np.minimum(levels[roles == "it", 1] + 1, 4)
    levels[chance.random(levels.shape) < 0.2] = -1
    ours = p_of(role_figures(table(levels, tuple(roles)), permutations=TIMES, seed=1))
    for column, p in zip(levels.T, ours, strict=True):
        groups = [column[(roles == role) & (column >= 0)].astype(float) for role in sorted(set(roles))]
        result = stats.permutation_test(
            groups,
            lambda *g, axis: sum(x.sum(axis=axis) ** 2 / x.shape[axis] for x in g),
            vectorized=True, n_resamples=TIMES, alternative="greater", rng=np.random.default_rng(2),
        )  # fmt: skip
        assert p == pytest.approx(result.pvalue, abs=3 * sqrt(2 * p * (1 - p) / TIMES) + 1 / TIMES)


def test_p_keeps_its_promise_when_roles_do_not_matter() -> None:
    chance = np.random.default_rng(4)
    levels = chance.integers(0, 5, (24, 400))
    levels[chance.random(levels.shape) < 0.3] = -1
    found = p_of(role_figures(table(levels, ("it", "sales", "pr") * 8), permutations=400, seed=3))
    assert np.mean(np.asarray(found) <= 0.05) == pytest.approx(0.05, abs=0.035)
    assert np.mean(found) == pytest.approx(0.5, abs=0.06)


def test_the_same_seed_gives_the_same_p_and_another_gives_another() -> None:
    levels = np.random.default_rng(8).integers(0, 5, (30, 3))
    ratings = table(levels, ("it", "sales", "pr") * 10)
    one, same, other = (p_of(role_figures(ratings, permutations=500, seed=seed)) for seed in (1, 1, 2))
    assert one == same != other


def test_p_counts_the_observed_order_too() -> None:
    apart = table(np.array([[0]] * 8 + [[4]] * 8), ("it",) * 8 + ("sales",) * 8)
    (found,) = role_figures(apart, permutations=9, seed=0)
    assert (found.p, found.eta_squared, found.gap) == (0.1, 1.0, 4.0)


def test_many_options_and_people_are_added_up_exactly() -> None:
    """Sums that single precision cannot hold."""
    levels = np.random.default_rng(9).integers(0, 101, (3000, 2))
    levels[:40, 0] = -1
    roles = ("it", "sales", "pr") * 1000
    found = p_of(role_figures(table(levels, roles, options=101), permutations=300, seed=0))
    for column, p in zip(levels.T, found, strict=True):
        kept = column >= 0
        groups = [column[kept & (np.asarray(roles) == role)] for role in ("it", "pr", "sales")]
        assert p == pytest.approx(stats.f_oneway(*groups).pvalue, abs=0.09)
