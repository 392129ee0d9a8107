"""Disclosure: nobody is found in the results of an anonymous run, neither by subtraction nor by combination."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assessments.disclosure import NOT_YET, Groups, disclosed, groups, groups_by_statement, nothing_yet
from assessments.functions import FUNCTIONS
from assessments.library import Form, load
from assessments.responses import Answer
from assessments.scores import Assessment
from assessments.scoring import assess

LIBRARY = load()
SHORT = [statement.id for statement in LIBRARY.statements()]
FEW = ["MI-INT-1", "MI-INT-2", "MI-VOC-1", "ME-REC-1", "ME-IDN-1", "ME-IDN-2", "ME-SVW-1", "ST-ONE-1"]
ROLES = ("executive", "marketing", "sales", "service", "it", "consultant")


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"it": 4, "sales": 5}, Groups(True, ("it", "sales"), ())),
        ({"it": 4, "sales": 5, "pr": 2}, Groups(True, ("sales",), ("it", "pr"))),
        ({"it": 4, "pr": 2}, Groups(True, (), ())),
        ({"it": 3, "pr": 1}, Groups(True, (), ())),
        ({"it": 3}, Groups(False, (), ())),
        ({}, Groups(False, (), ())),
        ({"it": 0, "sales": 4}, Groups(True, ("sales",), ())),
        ({"it": 3, "pr": 3, "sales": 9}, Groups(True, ("sales",), ("it", "pr"))),
        ({"it": 1, "sales": 4, "service": 4, "product": 9}, Groups(True, ("product", "service"), ("it", "sales"))),
        ({"consultant": 9, "it": 3}, Groups(False, (), ())),
        ({"consultant": 2, "it": 4, "sales": 5}, Groups(True, ("it", "sales"), ())),
    ],
)
def test_totals_and_roles_from_four_people(sizes: dict[str, int], expected: Groups) -> None:
    assert groups(sizes, minimum=4) == expected


@settings(max_examples=200, deadline=None)
@given(
    sizes=some.dictionaries(some.sampled_from(sorted(FUNCTIONS)), some.integers(0, 9), max_size=7),
    minimum=some.integers(1, 6),
)
def test_no_cell_under_the_minimum_is_derivable_from_shown_figures(sizes: dict[str, int], minimum: int) -> None:
    """Every sum and difference of shown figures that is a group of people is a large one."""
    people = {role: n for role, n in sizes.items() if n and FUNCTIONS[role].counted}
    found = groups(sizes, minimum=minimum)
    cells = [{role} for role in found.shown] + [set(found.others)] * bool(found.others) + [set(people)] * found.total
    held = np.array([[role in cell for role in people] for cell in cells], dtype=int).reshape(len(cells), len(people))
    for signs in product((-1, 0, 1), repeat=len(cells)):
        group = np.asarray(signs, dtype=int) @ held
        if group.any() and set(group.tolist()) <= {0, 1}:
            assert sum(n for n, inside in zip(people.values(), group, strict=True) if inside) >= minimum
    assert found.total == (sum(people.values()) >= minimum)
    assert set(found.others).isdisjoint(found.shown)
    if all(n >= minimum for n in people.values()):
        assert set(found.shown) == set(people)


def test_sizes_count_every_kind_of_answer_of_those_who_count() -> None:
    answers = [Answer("a", "it", "MI-INT-1", 3), Answer("b", "it", "MI-INT-1", kind="dont_know")]
    answers += [Answer("c", "it", "MI-INT-1", kind="na", reason="x"), Answer("d", "it", "MI-INT-1", 0)]
    assert groups_by_statement(answers, minimum=4) == {"MI-INT-1": Groups(True, ("it",), ())}
    observed = [*answers[:3], Answer("e", "consultant", "MI-INT-1", 4)]
    assert groups_by_statement(observed, minimum=4) == {"MI-INT-1": Groups(False, (), ())}


def run(sizes: dict[str, int], statements: Sequence[str] = SHORT, *, seed: int = 1) -> list[Answer]:
    """Everybody answers everything, with words that must not come out."""
    chance = Random(seed)
    people = [(f"Name {role} {at}", role) for role, n in sizes.items() for at in range(n)]
    return [
        Answer(who, role, statement, chance.randint(0, 4), note=f"Note of {who}", evidence=f"Paper of {who}")
        for who, role in people
        for statement in statements
    ]


def shown(answers: Sequence[Answer], form: Form = "short") -> Assessment:
    return disclosed(assess(answers, LIBRARY, form=form), answers, LIBRARY)


def held(value: Any) -> Iterator[Any]:
    """Every plain value in an object, keys of dicts too."""
    if is_dataclass(value):
        for field in fields(value):
            yield from held(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from held(item)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from held(item)
    else:
        yield value


def test_scores_of_nine_are_those_of_a_named_run() -> None:
    answers = run({"sales": 4, "it": 5})
    named, anonymous = assess(answers, LIBRARY, form="short"), shown(answers)
    assert anonymous.readiness == named.readiness
    for one, other in zip(named.dimensions, anonymous.dimensions, strict=True):
        figures = ("id", "exact", "n", "dont_know", "na", "coverage")
        assert [getattr(one, name) for name in figures] == [getattr(other, name) for name in figures]
    for name, score in anonymous.aspects.items():
        same = {"dimensions": (), "formula": ""}
        assert replace(score, **same) == replace(named.aspects[name], **same)  # type: ignore[arg-type]


def test_nothing_that_is_held_names_anybody() -> None:
    answers = [*run({"sales": 4, "it": 5, "pr": 2}), *run({"consultant": 1})]
    answers += [Answer("Name x", "pr", "MI-INT-2", kind="na", reason="Because of my boss")]
    answers = [
        Answer(each.respondent, each.function, each.statement, kind="na", reason=f"Reason of {each.respondent}")
        if each.statement == "MI-WIN-1" and each.function == "pr"
        else each
        for each in answers
    ]
    words = [value for value in held(shown(answers)) if isinstance(value, str)]
    for forbidden in ("Name", "Note", "Paper", "Reason", "Because", "own answer"):
        assert not [word for word in words if forbidden in word]
    assert not set(words) & set(FUNCTIONS)
    assert any("Name" in str(value) for value in held(assess(answers, LIBRARY)))  # the sweep finds what is there


def test_caps_of_single_people_are_not_shown() -> None:
    """Whose answer is capped is who answered low elsewhere."""
    levels = [(0, 4), (2, 2), (3, 1), (2, 3)]
    answers = [Answer(f"P{at}", "it", "ME-REC-1", rec) for at, (rec, _) in enumerate(levels)]
    answers += [Answer(f"P{at}", "it", "ME-IDN-1", idn) for at, (_, idn) in enumerate(levels)]
    identity = next(each for each in shown(answers).dimensions if each.id == "ME-IDN")
    assert [(each.level, each.counted, each.cap) for each in identity.answers] == [(x, x, None) for x in (1, 2, 3, 4)]
    assert [person.score for person in identity.people] == [1, 2, 3, 4]
    assert identity.score == 1.5
    assert "1.5" in identity.formula


def test_a_small_dimension_takes_its_aspect_and_readiness_along() -> None:
    answers = [each for each in run({"it": 6}) if each.statement != "MI-CTL-1" or each.respondent < "Name it 3"]
    result = shown(answers)
    mindset = result.aspects["mindset"]
    (control,) = [each for each in mindset.dimensions if each.id == "MI-CTL"]
    assert (control.exact, control.n, control.people, control.answers, control.left_out) == (None, 0, (), (), ())
    assert "Fewer than 4" in mindset.reasons["dimensions.MI-CTL"]
    assert (mindset.score, mindset.floor) == (None, None)
    assert mindset.reasons["score"].startswith("Customer control is not shown, and could be told")
    assert (result.readiness.readiness, result.readiness.gates["mindset"]) == (None, None)
    assert result.readiness.reasons["gates.mindset"] == result.readiness.reasons["raw.mindset"]
    assert result.readiness.reasons["raw.mindset"] == mindset.reasons["score"]
    assert result.aspects["mechanism"].score is not None


@pytest.mark.parametrize(
    ("hidden", "names"),
    [
        (2, "Intent and voice of the customer are not shown"),
        (3, "Intent, voice of the customer and culture shift are not shown"),
        (5, "Intent, voice of the customer, culture shift and 2 more are not shown"),
    ],
)
def test_withheld_dimensions_are_told_by_their_names(hidden: int, names: str) -> None:
    small = [part.statements[0].id for part in LIBRARY.aspects["mindset"].dimensions[:hidden]]
    answers = [each for each in run({"it": 6}) if each.statement not in small or each.respondent < "Name it 3"]
    mindset = shown(answers).aspects["mindset"]
    assert mindset.reasons["score"].startswith(names)
    assert "MI-" not in "".join(mindset.reasons.values())


def test_what_a_small_group_said_is_not_told_by_what_it_caps() -> None:
    answers = run({"it": 6}, ["ME-IDN-1"]) + run({"it": 2}, ["ME-REC-1"])
    mechanism = shown(answers).aspects["mechanism"]
    unknown = {each.id for each in mechanism.dimensions if each.score is None}
    assert {"ME-REC", "ME-IDN"} <= unknown
    assert not [each for each in mechanism.findings if "ME-REC-1" in each.sentence]


@pytest.mark.parametrize("people", [0, 1, 3])
def test_a_run_of_too_few_people_says_nothing_and_why(people: int) -> None:
    result = shown(run({"it": people}))
    assert result.readiness.readiness is None
    assert all(each.score is None and each.reasons["score"].endswith(".") for each in result.aspects.values())
    assert not [each for each in result.dimensions if each.answers or each.people or each.n]


def test_nothing_is_said_while_the_run_is_open() -> None:
    result = nothing_yet(LIBRARY)
    assert all(each.score is each.floor is None for each in result.aspects.values())
    assert result.readiness.readiness is None
    said = [result.readiness.reasons, *(each.reasons for each in result.aspects.values())]
    assert {reason for reasons in said for reason in reasons.values()} == {NOT_YET}
    assert {each.formula for each in result.dimensions} == {NOT_YET}


@some.composite
def answers_of_some(draw: some.DrawFn) -> list[Answer]:
    """Up to eleven people, who answered some of eight statements that require each other."""
    seed, people = draw(some.integers(0, 10_000)), draw(some.integers(1, 11))
    missing = draw(some.sampled_from((0.0, 0.2, 0.6)))
    chance, answers = Random(seed), []
    for at in range(people):
        role = chance.choice(ROLES)
        for statement in FEW:
            if chance.random() >= missing:
                kind = chance.choice(("level",) * 8 + ("dont_know", "na"))
                level = chance.randint(0, 4) if kind == "level" else None
                answers.append(Answer(f"P{at}", role, statement, level, kind))  # type: ignore[arg-type]
    return answers


@settings(max_examples=80, deadline=None)
@given(answers=answers_of_some(), random=some.randoms(use_true_random=False))
def test_neither_order_nor_names_change_anything(answers: list[Answer], random: Random) -> None:
    names = [f"P{at}" for at in range(11)]
    new = dict(zip(names, random.sample(names, len(names)), strict=True))
    others = [replace(each, respondent=new[each.respondent]) for each in answers]
    random.shuffle(others)
    assert shown(others, "long") == shown(answers, "long")


@settings(max_examples=120, deadline=None)
@given(answers=answers_of_some(), random=some.randoms(use_true_random=False))
def test_what_a_small_group_answers_changes_nothing_that_is_shown(answers: list[Answer], random: Random) -> None:
    found = groups_by_statement(answers, minimum=4)
    small = {statement for statement, each in found.items() if not each.total}
    other = [
        replace(each, level=random.randint(0, 4), kind="level")
        if each.counted and each.statement in small
        else replace(each, level=None, kind="dont_know")
        if not each.counted
        else each
        for each in answers
    ]
    assert shown(other, "long") == shown(answers, "long")
    silent = [
        replace(each, level=None, kind="dont_know") if each.statement in small and each.counted else each
        for each in answers
    ]
    assert shown(silent, "long") == shown(answers, "long")


@settings(max_examples=60, deadline=None)
@given(answers=answers_of_some())
def test_no_number_of_people_under_four_is_held(answers: list[Answer]) -> None:
    result = shown(answers, "long")
    assert not [each.id for each in result.dimensions if each.n in (1, 2, 3)]
    assert not [each.aspect for each in result.aspects.values() if each.n in (1, 2, 3)]
    for dimension in result.dimensions:
        given_to = Counter([each.statement for each in dimension.answers])
        given_to.update(each.statement for each in dimension.left_out)
        assert all(n >= 4 for n in given_to.values())
        assert len({each.statement for each in dimension.answers}) == 1 or not dimension.people


@settings(max_examples=60, deadline=None)
@given(seed=some.integers(0, 1000))
def test_the_same_answers_given_by_others_look_the_same(seed: int) -> None:
    """Dealing each statement's answers anew among the people shows whether anything ties two answers together."""
    answers, chance = run({"sales": 4, "it": 5}, seed=seed), Random(seed)
    dealt = []
    for statement in SHORT:
        own = [each for each in answers if each.statement == statement]
        for each, level in zip(own, chance.sample([each.level for each in own], len(own)), strict=True):
            dealt.append(replace(each, level=level))
    for one, other in zip(shown(answers).dimensions, shown(dealt).dimensions, strict=True):
        assert (one.people, one.answers, one.left_out) == (other.people, other.answers, other.left_out)
