import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations_with_replacement
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments import climb
from assessments.functions import ASPECTS
from assessments.library import Form, Library, from_snapshot, load
from assessments.path import Path, raised, shortest_path
from assessments.readiness import GATED, Readiness
from assessments.responses import Answer
from assessments.scoring import assess

LIBRARY = load()
SMALL = {
    "MI-INT": 2, "MI-VOC": 1, "MI-CUL": 2, "ME-REC": 1, "ME-IDN": 2, "ME-SVW": 2, "ME-INS": 2, "ST-OWN": 2, "ST-PIL": 1,
}  # fmt: skip


def small() -> Library:
    """The first statements of some dimensions: requirements within a dimension and across, and unequal weights."""
    snapshot: dict[str, Any] = LIBRARY.snapshot()
    for aspect in ASPECTS:
        kept = [entry for entry in snapshot[aspect]["dimensions"] if entry["id"] in SMALL]
        for entry in kept:
            entry["statements"] = entry["statements"][: SMALL[entry["id"]]]
            entry["weight"] = 0.7 if entry["id"] == "ME-INS" else 1.0
        snapshot[aspect]["dimensions"] = kept
    ids = {s["id"] for aspect in ASPECTS for entry in snapshot[aspect]["dimensions"] for s in entry["statements"]}
    for aspect in ASPECTS:
        for entry in snapshot[aspect]["dimensions"]:
            for statement in entry["statements"]:
                statement["contradicts"] = []
                statement["requires"] = {o: n for o, n in statement.get("requires", {}).items() if o in ids}
    return from_snapshot(snapshot)


SMALL_LIBRARY = small()
STATEMENTS = SMALL_LIBRARY.statements("long")


def house(levels: Mapping[str, int], *, default: int, people: int = 1) -> list[Answer]:
    return [
        Answer(f"p{at}", "it", s.id, levels.get(s.id, default)) for at in range(people) for s in LIBRARY.statements()
    ]


def after(answers: list[Answer], path: Path, *, steps: int) -> Readiness:
    now = tuple(answers)
    for step in path.steps[:steps]:
        now = raised(now, step.statement, step.to_level)
    return assess(now, SMALL_LIBRARY, form="long").readiness


def reached(path: Path, result: Readiness, target: float) -> bool:
    if path.opens:
        return result.gates[path.opens] is True
    return (result.raw[path.aspect or ""] or 0.0) >= target


def ways(answers: list[Answer], steps: int) -> Iterator[tuple[Answer, ...]]:
    """What becomes of the answers by every choice of so many steps."""
    given_levels = {s.id: [a.level for a in answers if a.statement == s.id and a.level is not None] for s in STATEMENTS}
    start = {id_: int(median(levels)) for id_, levels in given_levels.items() if levels}
    for chosen in combinations_with_replacement(start, steps):
        target = {id_: start[id_] + count for id_, count in Counter(chosen).items()}
        if max(target.values(), default=0) <= 4:
            now = tuple(answers)
            for id_, level in target.items():
                now = raised(now, id_, level)
            yield now


def some_answers(low: int, high: int) -> st.SearchStrategy[list[Answer]]:
    level = st.one_of(st.none(), *[st.integers(low, high)] * 5)
    rows = st.lists(st.lists(level, min_size=len(STATEMENTS), max_size=len(STATEMENTS)), min_size=1, max_size=3)
    return rows.map(
        lambda people: [
            Answer(f"p{at}", "it", s.id, given_)
            for at, levels in enumerate(people)
            for s, given_ in zip(STATEMENTS, levels, strict=True)
            if given_ is not None
        ]
    )


@settings(max_examples=60, deadline=None)
@given(st.one_of(some_answers(0, 4), some_answers(1, 3), some_answers(2, 4)))
def test_each_step_says_what_the_engine_says_and_the_last_one_opens_the_gate(answers: list[Answer]) -> None:
    path = shortest_path(answers, SMALL_LIBRARY, form="long")
    before = assess(answers, SMALL_LIBRARY, form="long").readiness
    assert path.readiness_before == before.readiness
    assert bool(path.steps) != bool(path.reason)
    assert path.exact
    found = [before, *(after(answers, path, steps=n) for n in range(1, len(path.steps) + 1))]
    for step, result in zip(path.steps, found[1:], strict=True):
        assert (step.readiness, step.start_with, step.scores) == (result.readiness, result.start_with, result.raw)
        assert step.goal == SMALL_LIBRARY.statement(step.statement).levels[step.to_level]
        assert step.to_level == step.from_level + 1
    known = [result.readiness for result in found if result.readiness is not None]
    assert known == sorted(known)
    if path.steps:
        target = sorted(score for score in before.capped.values() if score is not None)[1] if not path.opens else 0.0
        assert [reached(path, result, target) for result in found] == [False] * len(path.steps) + [True]


def test_no_shorter_path_reaches_it() -> None:
    chance, compared = random.Random(3), Counter[str | None]()
    while min(compared["mindset"], compared["mechanism"], compared[None]) < 8:
        solid, low = chance.choice([(), ("MI",), ("MI", "ME")]), chance.choice([0, 1])
        answers = [
            Answer(
                f"p{at}", "it", s.id, chance.randint(2, 4) if s.id.startswith(solid) else chance.randint(low, low + 2)
            )
            for at in range(chance.choice([1, 2, 3]))
            for s in STATEMENTS
            if chance.random() < 0.9
        ]
        path = shortest_path(answers, SMALL_LIBRARY, form="long")
        if not 1 < len(path.steps) <= 4 or compared[path.opens] == 8:
            continue
        compared[path.opens] += 1
        before = assess(answers, SMALL_LIBRARY, form="long").readiness
        target = 0.0 if path.opens else sorted(score for score in before.capped.values() if score is not None)[1]
        for now in ways(answers, len(path.steps) - 1):
            assert not reached(path, assess(now, SMALL_LIBRARY, form="long").readiness, target)


def test_a_step_lifts_everybody_who_answered_less() -> None:
    answers = [Answer("p1", "it", "MI-INT-1", 0), Answer("p2", "it", "MI-INT-1", 3), Answer("p3", "it", "MI-INT-2", 0)]
    unsure = Answer("p4", "it", "MI-INT-1", kind="dont_know")
    lifted = raised([*answers, unsure], "MI-INT-1", 2)
    assert [answer.level for answer in lifted] == [2, 3, 0, None]


def test_of_equally_short_paths_the_one_in_gated_dimensions_from_the_lowest_levels() -> None:
    answers = house({"MI-INT-1": 1, "MI-VOC-1": 1, "MI-PER-1": 0}, default=2)
    path = shortest_path(answers, LIBRARY, form="short")
    assert [(s.statement, s.from_level, s.to_level) for s in path.steps] == [
        ("MI-INT-1", 1, 2), ("MI-VOC-1", 1, 2), ("MI-INT-1", 2, 3), ("MI-VOC-1", 2, 3),
    ]  # fmt: skip
    assert (path.opens, path.aspect, path.steps[-1].start_with) == ("mindset", "mindset", "strategy")


def test_what_is_required_comes_first() -> None:
    answers = house({"ME-REC-1": 0, "ME-IDN-1": 0}, default=4)
    path = shortest_path(answers, LIBRARY, form="short")
    assert [(s.statement, s.to_level) for s in path.steps] == [("ME-REC-1", 1), ("ME-IDN-1", 1)]
    short = {s.id: 0 for s in LIBRARY.statements(aspect="mechanism")}
    path = shortest_path(house(short, default=4), LIBRARY, form="short")
    order = [(s.statement, s.to_level) for s in path.steps]
    assert order.index(("ME-REC-1", 1)) < order.index(("ME-IDN-1", 2))


def test_with_both_gates_open_the_weakest_aspect_is_lifted_to_the_next() -> None:
    strategy = {s.id: 2 for s in LIBRARY.statements(aspect="strategy")}
    path = shortest_path(house(strategy, default=3), LIBRARY, form="short")
    assert (path.aspect, path.opens, path.readiness_before, len(path.steps)) == ("strategy", None, 2.0, 8)
    assert path.steps[-1].readiness == 3.0


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], "Not enough answers: mindset has no score."),
        ([a for a in house({}, default=1) if a.statement != "MI-VOC-1"], "a gated dimension of mindset has no score."),
        ([a for a in house({}, default=3) if a.statement[:2] != "ST"], "The score of strategy is unknown."),
        (house({}, default=3), "mindset and mechanism are equally weak"),
        (house({}, default=4), "nothing is left to raise"),
    ],
)
def test_where_there_is_no_path_a_sentence_says_why(answers: list[Answer], reason: str) -> None:
    path = shortest_path(answers, LIBRARY, form="short")
    assert path.steps == ()
    assert reason in path.reason


def test_a_search_that_is_too_large_says_that_it_did_not_try_all(monkeypatch: pytest.MonkeyPatch) -> None:
    statements = LIBRARY.statements("long")
    answers = [Answer(f"p{at}", "it", s.id, (at + n) % 3) for at in range(3) for n, s in enumerate(statements)]
    exact = shortest_path(answers, LIBRARY, form="long")
    monkeypatch.setattr(climb, "MAX_STATES", 20)
    monkeypatch.setattr(climb, "MAX_LINKED", 1)
    quick = shortest_path(answers, LIBRARY, form="long")
    assert (exact.exact, quick.exact) == (True, False)
    assert quick.opens == exact.opens in GATED
    assert len(quick.steps) >= len(exact.steps)
    assert quick.steps[-1].start_with != quick.opens


@pytest.mark.parametrize("form", ["short", "long"])
def test_people_who_observe_do_not_change_the_path(form: Form) -> None:
    answers = [Answer(f"p{at}", "it", s.id, at % 3) for at in range(4) for s in LIBRARY.statements(form)]
    watching = [replace(a, respondent="c", function="consultant", level=4) for a in answers if a.respondent == "p1"]
    assert shortest_path([*answers, *watching], LIBRARY, form=form) == shortest_path(answers, LIBRARY, form=form)
