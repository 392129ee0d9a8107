"""agreement: the published values through the command line, its keys, and files that it refuses."""

import csv
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.commands import running

LEGENDRE = [[2, 0, 5, 1], [3, 3, 3, 4], [1, 5, 3, 5], [1, 1, 4, 2], [2, 4, 5, 1], [1, 0, 0, 2]]
PINNED = {"near": (4, 4, 5, 5, 4), "even": (1, 2, 3, 4, 5), "same": (3, 3, 3, 3, 3), "apart": (1, 1, 5, 5, 3)}
KEYS = [
    "id", "n", "median", "iqr", "mean", "rwg", "rwg_critical", "ad", "van_der_eijk_a", "dont_know", "label",
    "role_gap", "eta_squared", "role_p", "role_p_bh", "kruskal_h", "kruskal_p", "group_consensus",
    "group_consensus_against", "icc1",
]  # fmt: skip


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return running.run(home, "agreement", *words)


def printed(home: Path, *words: str) -> dict[str, Any]:
    return running.printed(home, "agreement", *words)


def write(file: Path, rows: Iterable[tuple[object, ...]], *columns: str) -> str:
    with file.open("w", newline="", encoding="utf-8") as target:
        csv.writer(target).writerows([columns or ("rater", "item", "rating"), *rows])
    return str(file)


def test_the_published_orders_of_priority(home: Path, tmp_path: Path) -> None:
    rows = [(f"J{j}", f"I{i}", rating) for i, row in enumerate(LEGENDRE) for j, rating in enumerate(row)]
    found = printed(home, write(tmp_path / "r.csv", rows), "--options", "6", "--first", "0")
    assert found["kendall_w_uncorrected"] == pytest.approx(0.228571428571, abs=1e-12)
    assert found["kendall_w"] == pytest.approx(0.246153846154, abs=1e-12)
    assert (found["friedman_q"], found["friedman_p"]) == pytest.approx((4.923077, 0.425340), abs=1e-6)
    assert [each["id"] for each in found["items"]] == [f"I{i}" for i in range(6)]


def test_the_published_spreads_and_the_keys_of_an_item(home: Path, tmp_path: Path) -> None:
    rows = [(f"P{at}", item, x) for item, levels in PINNED.items() for at, x in enumerate(levels)]
    found = printed(home, write(tmp_path / "r.csv", rows), "--options", "5")
    items = {each["id"]: each for each in found["items"]}
    assert [items[name]["rwg"] for name in PINNED] == pytest.approx([0.85, 0, 1, 0], abs=1e-12)
    assert [items[name]["ad"] for name in PINNED] == pytest.approx([0.48, 1.2, 0, 1.6], abs=1e-12)
    assert [each["rwg_critical"] for each in found["items"]] == pytest.approx([0.85] * 4, abs=1e-12)
    assert [items[name]["label"] for name in PINNED] == ["agree", "open", "agree", "two_camps"]  # 2, 0, 1, 0, 2: A -.57
    assert items["same"]["van_der_eijk_a"] == 1
    assert all(list(each) == KEYS for each in found["items"])
    assert all(each[key] is None for each in found["items"] for key in KEYS[11:])
    assert found["reasons"]["items.near.role_p"] == "The ratings have no roles."


def test_critical_values_know_how_many_answered(home: Path, tmp_path: Path) -> None:
    rows = [(f"P{at}", n, 1 + at % 5) for n in (*range(2, 9), 201) for at in range(n)]
    found = printed(home, write(tmp_path / "r.csv", rows), "--options", "5")
    expected = [1.0, 1.0, 0.85, 0.716667, 0.666667, 0.607143]
    critical = [each["rwg_critical"] for each in found["items"]]
    assert (critical[0], critical[-1]) == (None, None)
    assert critical[1:-1] == pytest.approx(expected, abs=1e-6)
    assert "3 people needed" in found["reasons"]["items.2.rwg_critical"]
    assert "up to 200" in found["reasons"]["items.201.rwg_critical"]


def test_roles_camps_and_consensus(home: Path, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [(f"S{at}", "sales", "A", 5 if at < 8 else 1) for at in range(10)]
    rows += [(f"I{at}", "it", "A", 4 if at < 1 else 1) for at in range(4)]
    rows += [(f"S{at}", "sales", "H", 1 + 2 * at) for at in range(5)]
    rows += [(f"I{at}", "it", "H", 2 + 2 * at) for at in range(5)]
    file = write(tmp_path / "r.csv", rows, "rater", "role", "item", "rating")
    ten = printed(home, file, "--options", "10", "--seed", "7", "--permutations", "500")
    assert (ten["items"][1]["kruskal_h"], ten["items"][1]["kruskal_p"]) == pytest.approx((0.272727, 0.601508), abs=1e-6)
    assert (ten["seed"], ten["permutations"]) == (7, 500)
    again = printed(home, file, "--options", "10", "--seed", "7", "--permutations", "500")
    assert again == ten
    assert ten["items"][0]["role_p"] * 501 == pytest.approx(round(ten["items"][0]["role_p"] * 501))
    only = write(tmp_path / "five.csv", [row for row in rows if row[2] == "A"], "rater", "role", "item", "rating")
    assert printed(home, only, "--options", "5")["items"][0]["group_consensus"] == pytest.approx(0.25)


def test_what_scipy_has_too_comes_out_alike(home: Path, tmp_path: Path) -> None:
    chance = np.random.default_rng(12)
    roles = np.repeat(("it", "sales", "service"), (4, 7, 9))
    levels = chance.integers(1, 6, (20, 5)) + (roles == "it")[:, None] * np.array([0, 0, 0, 0, 1])
    levels = np.minimum(levels, 5)
    rows = [(f"P{p}", roles[p], f"I{i}", levels[p, i]) for p in range(20) for i in range(5)]
    file = write(tmp_path / "r.csv", rows, "rater", "role", "item", "rating")
    found = printed(home, file, "--options", "5", "--seed", "2")
    assert (found["friedman_q"], found["friedman_p"]) == pytest.approx(stats.friedmanchisquare(*levels.T), abs=1e-9)
    p = [each["role_p"] for each in found["items"]]
    assert [each["role_p_bh"] for each in found["items"]] == pytest.approx(stats.false_discovery_control(p))
    size = (20 - (16 + 49 + 81) / 20) / 2
    for each, column in zip(found["items"], levels.T, strict=True):
        groups = [column[roles == role].astype(float) for role in ("it", "sales", "service")]
        assert (each["kruskal_h"], each["kruskal_p"]) == pytest.approx(stats.kruskal(*groups), abs=1e-9)
        ratio = stats.f_oneway(*groups).statistic
        assert each["icc1"] == pytest.approx(max(0, (ratio - 1) / (ratio - 1 + size)), abs=1e-12)
        assert each["eta_squared"] == pytest.approx(2 * ratio / (2 * ratio + 17), abs=1e-12)
        assert (each["icc1"] > 0) != (f"items.{each['id']}.icc1" in found["reasons"])
        dealt = stats.permutation_test(
            groups,
            lambda *g, axis: sum(x.sum(axis=axis) ** 2 / x.shape[axis] for x in g),
            vectorized=True, n_resamples=10_000, alternative="greater", rng=np.random.default_rng(1),
        ).pvalue  # fmt: skip
        assert each["role_p"] == pytest.approx(dealt, abs=3 * np.sqrt(2 * dealt * (1 - dealt) / 10_000) + 1e-4)
    parts, whole = levels.var(axis=0, ddof=1).sum(), levels.sum(axis=1).var(ddof=1)
    assert found["cronbach_alpha"] is None or found["cronbach_alpha"] == pytest.approx(1.25 * (1 - parts / whole))
    share = min(1, levels.var(axis=0, ddof=1).mean() / 2)
    assert found["rwg_j"] == pytest.approx(5 * (1 - share) / (5 * (1 - share) + share), abs=1e-12)
    assert found["rwg_j_lindell"] == pytest.approx(1 - share, abs=1e-12)


def test_the_published_reliability_with_missing_ratings(home: Path, tmp_path: Path) -> None:
    """Krippendorff 2011: four observers, twelve units, ordinal."""
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    rows = [(o, f"U{u}", x) for o, line in enumerate(observers) for u, x in enumerate(line) if x != "."]
    found = printed(home, write(tmp_path / "r.csv", rows), "--options", "5")
    assert found["krippendorff_alpha"] == pytest.approx(0.815, abs=5e-4)


def test_an_earlier_round_shows_what_moved(home: Path, tmp_path: Path) -> None:
    earlier, later = (1, 1, 2, 5, 5, 4, 3, 3), (2, 3, 3, 4, 5, 3, 3, 4)
    before, after = (
        write(tmp_path / f"{name}.csv", [(f"P{at}", "A", x) for at, x in enumerate(levels)])
        for name, levels in (("before", earlier), ("after", later))
    )
    found = printed(home, after, "--options", "5", "--before", before)
    (moved,) = found["moved"]
    assert moved["wilcoxon_p"] == pytest.approx(stats.wilcoxon(later, earlier).pvalue, abs=1e-12)
    assert (moved["n"], moved["moved_to_median"], moved["conformity"]) == (8, 5 / 8, True)
    assert moved["median_before"] == moved["median_after"] == 3
    assert "moved" not in printed(home, after, "--options", "5")
    lines = run(home, after, "--options", "5", "--before", before).stdout
    assert "62% moved to the first median" in lines
    assert "ask what moved them" in lines


def test_two_camps_and_nobody_knows(home: Path, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [(f"P{at}", "camps", 1 if at < 5 else 5) for at in range(10)]
    rows += [(f"P{at}", "even", 1 + at % 5) for at in range(10)]
    rows += [(f"P{at}", "facts", 3 if at < 7 else "dont_know") for at in range(10)]
    camps, even, facts = printed(home, write(tmp_path / "r.csv", rows), "--options", "5")["items"]
    assert (camps["van_der_eijk_a"], camps["label"]) == (pytest.approx(-1), "two_camps")
    assert (even["van_der_eijk_a"], even["label"]) == (pytest.approx(0), "open")
    assert (facts["dont_know"], facts["label"], facts["n"]) == (pytest.approx(0.3), "nobody_owns_the_facts", 7)


def test_a_person_reads_lines(home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "r.csv", [("Ann", "A", 3), ("Bo", "A", "dont_know")])
    done = run(home, file, "--options", "5")
    assert done.returncode == 0
    assert "not enough answers" in done.stdout
    assert "W n/a" in done.stdout


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("Ann", "A", 3), ("Bo", "A", 6)], ("line 3", "column rating", '"6"')),
        ([("Ann", "A", 3), ("Ann", "A", 4)], ("line 3", "column item", "line 2")),
        ([("Ann", "A", "2.5"), ("", "A", 1)], ("line 2", "column rating", "1 more")),
        ([], ("line 1", "no ratings")),
    ],
)
def test_bad_rows_are_named_in_one_line(
    home: Path, tmp_path: Path, rows: list[tuple[object, ...]], words: tuple[str, ...]
) -> None:
    done = run(home, write(tmp_path / "r.csv", rows), "--options", "5", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert all(word in done.stderr for word in ("r.csv", *words))


@pytest.mark.parametrize(
    "words", [("--options", "1"), ("--options", "5", "--permutations", "0"), ("--options", "5", "--seed", "-1"), ()]
)
def test_options_that_make_no_sense_are_refused(home: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(home, write(tmp_path / "r.csv", [("Ann", "A", 3)]), *words)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
