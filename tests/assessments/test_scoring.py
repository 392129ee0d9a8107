import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.functions import ASPECTS
from assessments.library import UnknownStatement, load
from assessments.responses import Answer
from assessments.scores import DimensionScore
from assessments.scoring import AnsweredTwice, as_json, assess, dont_know_by_function, low_dimensions, score

LIBRARY = load()
SHORT = LIBRARY.statements()


def everyone(levels: dict[str, int], *, default: int = 2) -> list[Answer]:
    return [Answer("p1", "it", s.id, levels.get(s.id, default)) for s in SHORT]


def given_levels(statement: str, *levels: int, function: str = "it") -> list[Answer]:
    return [Answer(f"p{at}", function, statement, level) for at, level in enumerate(levels)]


def dimension(answers: list[Answer], id_: str) -> DimensionScore:
    aspect = LIBRARY.dimension(id_).aspect
    return next(d for d in score(answers, LIBRARY, aspect).dimensions if d.id == id_)


@pytest.mark.parametrize(("levels", "median"), [((3,), 3.0), ((0, 4), 2.0), ((1, 2), 1.5), ((0, 1, 4), 1.0)])
def test_a_dimension_scores_the_median_of_its_people(levels: tuple[int, ...], median: float) -> None:
    found = dimension(given_levels("MI-INT-1", *levels), "MI-INT")
    assert (found.score, found.n) == (median, len(levels))


def test_an_aspect_scores_the_mean_of_its_scored_dimensions() -> None:
    result = score(
        [*given_levels("MI-INT-1", 1), *given_levels("MI-WIN-1", 4), *given_levels("ST-LIS-1", 0)], LIBRARY, "mindset"
    )
    assert result.score == 2.5
    assert result.formula == "Mean of 2 of 7 dimensions (1, 4) = 2.5"
    assert (result.answered, result.asked, result.other_aspects) == (2, 7, 1)
    assert result.coverage == pytest.approx(2 / 7)


def test_the_floor_is_the_lowest_gated_dimension() -> None:
    result = score(everyone({"MI-VOC-1": 1, "MI-WIN-1": 0}), LIBRARY, "mindset")
    assert result.floor == 1.0


def test_a_gated_dimension_without_a_score_leaves_no_floor() -> None:
    answers = [answer for answer in everyone({}) if answer.statement != "MI-CUL-1"]
    assessment = assess(answers, LIBRARY)
    assert assessment.aspects["mindset"].floor is None
    assert "MI-CUL" in assessment.aspects["mindset"].reasons["floor"]
    assert assessment.readiness.gates == {"mindset": None, "mechanism": True}
    assert assessment.readiness.readiness == 1.0


def test_too_few_answers_leave_the_gate_unknown() -> None:
    four = [Answer("p0", "it", s, 3) for s in ("ME-REC-1", "ME-IDN-1", "ME-SVW-1", "ME-INT-1")]
    others = [answer for answer in everyone({}) if not answer.statement.startswith("ME-")]
    four_of_eight = [*four, *others]
    assert assess(four_of_eight, LIBRARY).readiness.gates["mechanism"] is None
    assert assess([*four_of_eight, *given_levels("ME-DEL-1", 3)], LIBRARY).readiness.gates["mechanism"] is True


def test_dont_know_and_na_are_no_level() -> None:
    answers = [
        Answer("p1", "it", "ME-SVW-1", 4),
        Answer("p2", "it", "ME-SVW-1", kind="dont_know"),
        Answer("p3", "sales", "ME-SVW-1", kind="na", reason="No sales here"),
        Answer("p4", "sales", "ME-SVW-1", kind="dont_know"),
    ]
    found = dimension(answers, "ME-SVW")
    assert (found.score, found.n, found.dont_know, found.na) == (4.0, 1, 0.5, 0.25)
    assert [(left.respondent, left.why, left.reason) for left in found.left_out] == [
        ("p2", "dont_know", ""),
        ("p3", "na", "No sales here"),
        ("p4", "dont_know", ""),
    ]
    assert dont_know_by_function(answers) == {"it": (1, 2), "sales": (1, 2)}


def test_only_dont_know_is_no_score_and_not_zero() -> None:
    answers = [Answer("p1", "it", s.id, kind="dont_know") for s in SHORT]
    assessment = assess(answers, LIBRARY)
    assert [a.score for a in assessment.aspects.values()] == [None, None, None]
    assert all(d.score is None and d.dont_know == 1.0 and d.coverage == 0.0 for d in assessment.dimensions)
    assert assessment.readiness.readiness is None
    assert assessment.readiness.start_with == "mindset"


def test_nobody_answered() -> None:
    assessment = assess([], LIBRARY)
    printed = as_json(assessment.aspects["mindset"])
    assert printed["score"] is None
    assert printed["reasons"]["score"] == "Nobody gave any dimension of mindset a level."
    assert all(d["score"] is None and d["dont_know"] is None and d["n"] == 0 for d in printed["dimensions"])


def test_one_respondent_is_enough_for_readiness() -> None:
    assessment = assess(everyone({}, default=3), LIBRARY)
    assert assessment.readiness.readiness == 3.0
    assert all(a.n == 1 for a in assessment.aspects.values())


def test_a_consultant_is_never_counted_and_finance_is() -> None:
    answers = [*given_levels("MI-INT-1", 4, function="consultant"), Answer("f", "finance", "MI-INT-1", 1)]
    found = dimension(answers, "MI-INT")
    assert (found.score, found.n) == (1.0, 1)
    assert [left.why for left in found.left_out] == ["not_counted"]


def test_answers_of_functions_that_were_not_invited_count() -> None:
    assert "sales" not in LIBRARY.statement("ME-REC-1").functions
    assert dimension(given_levels("ME-REC-1", 3, function="sales"), "ME-REC").score == 3.0


@given(st.lists(st.tuples(st.sampled_from([s.id for s in SHORT]), st.integers(0, 4)), max_size=60), st.randoms())
def test_the_order_of_respondents_changes_nothing(rows: list[tuple[str, int]], chance: random.Random) -> None:
    answers = [Answer(f"p{at}", "it", statement, level) for at, (statement, level) in enumerate(rows)]
    shuffled = list(answers)
    chance.shuffle(shuffled)
    assert assess(shuffled, LIBRARY) == assess(answers, LIBRARY)


@given(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4), min_size=7, max_size=7))
def test_scores_stay_on_the_scale_and_the_gate_sees_the_exact_mean(people: list[list[int]]) -> None:
    statements = LIBRARY.statements(aspect="mindset")
    answers = [a for s, levels in zip(statements, people, strict=True) for a in given_levels(s.id, *levels)]
    result = score(answers, LIBRARY, "mindset")
    assert result.score is not None
    assert 0 <= result.score <= 4
    doubled = [sorted(levels)[(len(levels) - 1) // 2] + sorted(levels)[len(levels) // 2] for levels in people]
    assert (result.score >= 2) == (sum(doubled) >= 4 * 7)


def test_low_dimensions_come_lowest_first_and_of_equals_the_gated_first() -> None:
    low = low_dimensions(assess(everyone({"MI-WIN-1": 0, "MI-CTL-1": 1, "ME-SVW-1": 1}), LIBRARY).dimensions)
    assert [d.id for d in low[:4]] == ["MI-WIN", "ME-SVW", "MI-CTL", "MI-INT"]
    assert len(low) == 23
    assert low_dimensions(assess([], LIBRARY).dimensions) == ()


def test_why_this_number() -> None:
    found = dimension(given_levels("MI-INT-1", 0, 2, 2, 3), "MI-INT")
    assert found.formula == "Median over 4 people (score x people: 0 x 1, 2 x 2, 3 x 1) = 2"
    assert [(p.respondent, p.score) for p in found.people] == [("p0", 0.0), ("p1", 2.0), ("p2", 2.0), ("p3", 3.0)]
    assert [(a.level, a.counted, a.cap) for a in found.answers[:1]] == [(0, 0, None)]


def test_an_answer_to_an_unknown_statement_is_refused() -> None:
    with pytest.raises(UnknownStatement):
        assess([Answer("p1", "it", "MI-XYZ-1", 2)], LIBRARY)


def test_two_answers_of_one_person_to_one_statement_are_refused() -> None:
    with pytest.raises(AnsweredTwice, match="p1 has two answers to MI-INT-1"):
        assess([Answer("p1", "it", "MI-INT-1", 2), Answer("p1", "it", "MI-INT-1", 3)], LIBRARY)


@pytest.mark.parametrize("wrong", [{"level": 5}, {"level": None}, {"level": 2, "kind": "na"}, {"function": "boss"}])
def test_an_answer_that_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    fields: dict[str, object] = {"respondent": "p1", "function": "it", "statement": "MI-INT-1", "level": 2}
    with pytest.raises(ValueError, match=r"fit|function"):
        Answer(**(fields | wrong))  # type: ignore[arg-type]


def test_the_command_prints_these_keys() -> None:
    for aspect in ASPECTS:
        printed = as_json(score(everyone({}), LIBRARY, aspect))
        assert {"assessment", "version", "score", "dimensions"} <= set(printed)
        assert set(printed["dimensions"][0]) == {"id", "score", "n", "dont_know", "na", "coverage"}
