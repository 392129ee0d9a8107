"""Alignment: the command's figures where everything may be shown, and in anonymous runs only what may be."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as some

from assessments.agreement import Agreement, as_json
from assessments.agreement.overall import OF_COMPLETE
from assessments.alignment import FEW_ROLES, OTHER_ROLES, Alignment, RoleCell, StatementAlignment, alignment, contested
from assessments.disclosure import groups_by_statement
from assessments.library import load
from assessments.responses import Answer
from program.commands.agree import agreement as command

LIBRARY = load()
SHORT = [statement.id for statement in LIBRARY.statements()]
TWO = ["MI-INT-1", "MI-VOC-1"]


def run(sizes: dict[str, int], statements: Sequence[str] = SHORT, *, seed: int = 1, missing: float = 0) -> list[Answer]:
    """Answers of so many people of each role; with missing, some are skipped and some of every kind."""
    chance, answers = Random(seed), []
    for role, n in sizes.items():
        for at in range(n):
            for statement in statements:
                kind = chance.choice(("level",) * 8 + ("dont_know", "na")) if missing else "level"
                level = chance.randint(0, 4) if kind == "level" else None
                if chance.random() >= missing:
                    answers.append(Answer(f"{role} {at}", role, statement, level, kind))  # type: ignore[arg-type]
    return answers


def aligned(answers: list[Answer], *, disclose: bool = False, permutations: int = 200) -> Alignment:
    return alignment(answers, LIBRARY, form="short", disclose=disclose, permutations=permutations, seed=3)


def by_id(result: Alignment) -> dict[str, StatementAlignment]:
    return {each.id: each for each in result.statements}


def printed(answers: list[Answer], folder: Path) -> dict[str, Any]:
    """What the command says about the same answers."""
    file = folder / "ratings.csv"
    rows = [
        (each.respondent, each.function, each.statement, each.kind if each.level is None else each.level)
        for each in answers
        if each.kind != "na"
    ]
    with file.open("w", newline="", encoding="utf-8") as target:
        csv.writer(target).writerows([("rater", "role", "item", "rating"), *rows])
    words = [str(file), "--options", "5", "--first", "0", "--permutations", "200", "--seed", "3", "--json"]
    done = CliRunner().invoke(command, words, catch_exceptions=False)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def figures(result: Alignment) -> dict[str, Any]:
    """The same as the command prints, as far as an alignment holds it."""
    items = tuple(each.item for each in result.statements if each.item is not None)
    whole = as_json(Agreement(items, result.overall, result.raters, 0, 0, result.permutations, result.seed))
    return sorted_items({key: value for key, value in whole.items() if key not in ("complete_raters", "left_out")})


def sorted_items(found: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in found.items() if key not in ("complete_raters", "left_out")}
    return {**kept, "items": sorted(found["items"], key=lambda item: str(item["id"]))}


def disguised(answers: list[Answer], seed: int) -> list[Answer]:
    """The same answers by people of other names, in another order."""
    chance = Random(seed)
    people = sorted({each.respondent for each in answers})
    new = dict(zip(people, chance.sample([f"Q{at}" for at in range(len(people))], len(people)), strict=True))
    others = [replace(each, respondent=new[each.respondent]) for each in answers]
    chance.shuffle(others)
    return others


@pytest.mark.parametrize("seed", range(4))
def test_a_named_run_has_the_figures_of_the_command(tmp_path: Path, seed: int) -> None:
    answers = run({"sales": 3, "it": 2, "service": 6, "pr": 1, "consultant": 2}, seed=seed, missing=0.1)
    assert figures(aligned(answers)) == sorted_items(printed(answers, tmp_path))
    others = disguised(answers, seed)
    assert aligned(others) == aligned(answers)
    assert sorted_items(printed(others, tmp_path)) == figures(aligned(answers))


def test_an_anonymous_run_of_nine_has_the_figures_of_the_command(tmp_path: Path) -> None:
    answers = run({"sales": 4, "it": 5})
    result = aligned(answers, disclose=True)
    assert figures(result) == sorted_items(printed(answers, tmp_path))
    assert result == aligned(answers)
    first = result.statements[0]
    assert [(cell.role, cell.n, cell.label) for cell in first.roles] == [("sales", 4, "Sales"), ("it", 5, "IT")]
    assert sum(first.counts) == 9
    assert first.item is not None
    assert first.item.roles.p is not None


def test_of_eleven_the_two_and_the_four_are_shown_together_only() -> None:
    answers = run({"sales": 4, "it": 5, "pr": 2, "consultant": 3})
    result, named = aligned(answers, disclose=True), aligned(answers)
    for one, other in zip(result.statements, named.statements, strict=True):
        assert [(cell.role, cell.n) for cell in one.roles] == [("it", 5), (OTHER_ROLES, 6)]
        assert one.roles[0] == next(cell for cell in other.roles if cell.role == "it")
        assert one.item is not None
        assert other.item is not None
        assert one.item.roles.reason == FEW_ROLES
        assert [v for k, v in vars(one.item.roles).items() if not k.endswith("reason")] == [None] * 9
        same = ("n", "median", "iqr", "mean", "rwg", "rwg_critical", "average_deviation", "van_der_eijk", "dont_know")
        assert [getattr(one.item, name) for name in same] == [getattr(other.item, name) for name in same]
        assert one.counts == other.counts
    assert set(result.dont_know) == {"it"}
    assert result.reasons == {"roles": FEW_ROLES}


def test_roles_are_compared_on_the_shown_ones_only() -> None:
    answers = run({"sales": 4, "it": 5, "product": 6, "pr": 3, "finance": 2})
    result = aligned(answers, disclose=True)
    without = [each for each in answers if each.function in ("sales", "it", "product")]
    for one, other in zip(result.statements, aligned(without).statements, strict=True):
        assert one.item is not None
        assert other.item is not None
        assert one.item.roles == other.item.roles
        assert one.item.n == 20
        assert [cell.n for cell in one.roles] == [4, 6, 5, 5]


def test_a_statement_of_too_few_is_withheld_and_enters_nothing() -> None:
    answers = run({"sales": 5, "it": 6})
    few = [each for each in answers if each.statement != "MI-VOC-1" or each.respondent in ("it 1", "sales 1", "it 2")]
    result = aligned(few, disclose=True)
    voice = by_id(result)["MI-VOC-1"]
    assert (voice.item, voice.counts, voice.roles) == (None, (), ())
    assert voice.withheld == "Fewer than 4 people answered it."
    without = aligned([each for each in answers if each.statement != "MI-VOC-1"], disclose=True)
    assert result.overall == without.overall
    assert result.overall.kendall_w is not None
    assert [each for each in result.statements if each.id != "MI-VOC-1"] == [
        each for each in without.statements if each.id != "MI-VOC-1"
    ]


def test_figures_of_complete_raters_do_not_reveal_the_others() -> None:
    answers = run({"sales": 4, "it": 5})
    one_unknown = [replace(answers[0], level=None, kind="dont_know"), *answers[1:]]
    result = aligned(one_unknown, disclose=True).overall
    assert [getattr(result, name) for name in OF_COMPLETE] == [None] * len(OF_COMPLETE)
    assert set(result.reasons) == set(OF_COMPLETE)
    assert result.krippendorff_alpha == aligned(one_unknown).overall.krippendorff_alpha is not None


@settings(max_examples=40, deadline=None)
@given(seed=some.integers(0, 10_000), sizes=some.lists(some.integers(0, 6), min_size=4, max_size=4))
def test_what_small_groups_say_changes_nothing_that_is_shown(seed: int, sizes: list[int]) -> None:
    answers = run(dict(zip(("sales", "it", "pr", "consultant"), sizes, strict=True)), TWO, seed=seed, missing=0.4)
    found, chance = groups_by_statement(answers, minimum=4), Random(seed)
    other = [
        replace(each, level=chance.randint(0, 4), kind="level")
        if not each.counted or not found[each.statement].total
        else each
        for each in answers
    ]
    assert aligned(other, disclose=True) == aligned(answers, disclose=True)
    for each in aligned(answers, disclose=True).statements:
        assert all(cell.n >= 4 for cell in each.roles)


@settings(max_examples=30, deadline=None)
@given(seed=some.integers(0, 10_000))
def test_who_of_the_hidden_roles_said_what_changes_nothing_that_is_shown(seed: int) -> None:
    answers = run({"sales": 4, "it": 5, "pr": 2}, TWO, seed=seed)
    swapped = {"sales 0": "pr", "pr 0": "sales"}
    other = [replace(each, function=swapped.get(each.respondent, each.function)) for each in answers]
    assert aligned(other, disclose=True) == aligned(answers, disclose=True)


def test_cells_of_a_role_by_hand() -> None:
    answers = [Answer(f"P{at}", "it", "MI-INT-1", level) for at, level in enumerate((1, 2, 4))]
    answers += [Answer("P3", "it", "MI-INT-1", kind="dont_know"), Answer("P4", "it", "MI-INT-1", kind="na", reason="x")]
    (first, *others) = aligned(answers).statements
    assert first.roles == (RoleCell("it", 5, 2.0, 0.25, "IT"),)
    assert first.counts == (0, 1, 1, 0, 1)
    assert (first.dimension, first.aspect, first.withheld) == ("MI-INT", "mindset", "")
    assert {each.withheld for each in others} == {"Nobody answered it."}
    assert aligned(answers).dont_know == {"it": (1, 5)}


@pytest.mark.parametrize("disclose", [False, True])
def test_nobody_answered(disclose: bool) -> None:
    result = aligned([Answer("C", "consultant", "MI-INT-1", 4)], disclose=disclose)
    assert result.reasons == {"people": "Only people who observe have answered; their answers do not count."}
    assert aligned([], disclose=disclose).reasons == {"people": "Nobody has answered."}
    assert (result.raters, result.dont_know, contested(result)) == (0, {}, ())
    assert all(each.item is None and each.withheld == "Nobody answered it." for each in result.statements)
    assert set(result.overall.reasons) == {*OF_COMPLETE, "krippendorff_alpha"}


def test_one_respondent() -> None:
    result = aligned(run({"it": 1}))
    assert result.reasons == {
        "people": "One person answered, so nothing can be compared.",
        "roles": "Only one role answered, so roles are not compared.",
    }
    assert all(each.item and each.item.rwg is None and each.item.reasons["rwg"] for each in result.statements)
    hidden = aligned(run({"it": 1}), disclose=True)
    assert hidden.reasons == {"people": "Fewer than 4 people answered each statement, so nothing is shown."}
    assert not [each for each in hidden.statements if each.item or each.roles or each.counts]


@pytest.mark.parametrize("disclose", [False, True])
def test_everybody_says_dont_know(disclose: bool) -> None:
    answers = [replace(each, level=None, kind="dont_know") for each in run({"it": 4, "sales": 4})]
    result = aligned(answers, disclose=disclose)
    first = result.statements[0]
    assert first.item is not None
    assert (first.item.n, first.item.median, first.item.mean, first.item.dont_know) == (0, None, None, 1.0)
    assert [(cell.median, cell.dont_know) for cell in first.roles] == [(None, 1.0)] * 2
    assert "don't know" in result.reasons["people"]
    assert contested(result) == ()


def test_everybody_says_that_it_does_not_apply() -> None:
    answers = [replace(each, level=None, kind="na", reason="x") for each in run({"it": 4})]
    result = aligned(answers, disclose=True)
    assert {each.withheld for each in result.statements} == {"Everybody who answered it said that it does not apply."}


def test_a_role_of_one_person_is_named() -> None:
    result = aligned(run({"it": 1, "sales": 3}))
    assert result.reasons == {"roles": "IT: one person, so the median of the role is one person's answer."}
    assert result.statements[0].roles[-1].n == 1
    item = result.statements[0].item
    assert item is not None
    assert item.roles.gap is not None


def test_the_most_contested_first() -> None:
    levels = {
        "MI-INT-1": (2, 2, 2, 2, 2, 2),
        "MI-VOC-1": (0, 4, 0, 4, 0, 4),
        "MI-CUL-1": (1, 1, 1, 3, 3, 3),
        "MI-CTL-1": (1, 2, 3, 2, 1, 3),
        "MI-WIN-1": (2, 2, 3, 2, 2, 3),
        "MI-MEAN-1": (0, 4),
    }
    answers = [
        Answer(f"P{at}", "it" if at < 3 else "sales", statement, level)
        for statement, found in levels.items()
        for at, level in enumerate(found)
    ]
    order = [each.id for each in contested(aligned(answers))]
    assert order == ["MI-VOC-1", "MI-CUL-1", "MI-CTL-1", "MI-WIN-1", "MI-INT-1"]
