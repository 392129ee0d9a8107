"""ME-IDN-1 requires ME-REC-1 at level 1, else it counts at most 1."""

from assessments.library import load
from assessments.responses import Answer
from assessments.scores import DimensionScore
from assessments.scoring import assess

LIBRARY = load()


def identity(*answers: Answer) -> DimensionScore:
    return next(d for d in assess(answers, LIBRARY).dimensions if d.id == "ME-IDN")


def test_the_own_answer_caps() -> None:
    found = identity(Answer("p1", "it", "ME-IDN-1", 4), Answer("p1", "it", "ME-REC-1", 0))
    assert found.score == 1.0
    cap = found.answers[0].cap
    assert cap is not None
    assert (cap.statement, cap.needed, cap.found, cap.basis) == ("ME-REC-1", 1, 0, "own answer")
    assert cap.sentence == "Counts at most 1, because ME-REC-1 is 0 (own answer)."


def test_the_own_answer_goes_before_the_median_of_the_run() -> None:
    found = identity(
        Answer("p1", "it", "ME-IDN-1", 4),
        Answer("p1", "it", "ME-REC-1", 1),
        Answer("p2", "it", "ME-REC-1", 0),
        Answer("p3", "it", "ME-REC-1", 0),
    )
    assert found.score == 4.0


def test_who_did_not_answer_is_capped_by_the_median_of_the_run() -> None:
    others = (Answer("p2", "it", "ME-REC-1", 0), Answer("p3", "it", "ME-REC-1", 1))
    found = identity(Answer("p1", "it", "ME-IDN-1", 3), *others)
    assert found.score == 1.0
    assert found.answers[0].cap is not None
    assert (found.answers[0].cap.found, found.answers[0].cap.basis) == (0.5, "run median")


def test_dont_know_is_no_own_answer() -> None:
    unsure = Answer("p1", "it", "ME-REC-1", kind="dont_know")
    assert identity(Answer("p1", "it", "ME-IDN-1", 3), unsure, Answer("p2", "it", "ME-REC-1", 2)).score == 3.0
    assert identity(Answer("p1", "it", "ME-IDN-1", 3), unsure, Answer("p2", "it", "ME-REC-1", 0)).score == 1.0


def test_a_consultants_answer_caps_nobody() -> None:
    found = identity(Answer("p1", "it", "ME-IDN-1", 3), Answer("c", "consultant", "ME-REC-1", 0))
    assert found.score == 3.0


def test_a_cap_never_raises() -> None:
    found = identity(Answer("p1", "it", "ME-IDN-1", 0), Answer("p1", "it", "ME-REC-1", 0))
    assert (found.score, found.answers[0].cap) == (0.0, None)


def test_answered_by_nobody_caps_nothing_and_is_a_finding() -> None:
    assessment = assess([Answer("p1", "it", "ME-IDN-1", 4)], LIBRARY)
    assert identity(Answer("p1", "it", "ME-IDN-1", 4)).score == 4.0
    assert [(f.code, f.statement) for f in assessment.findings] == [("prerequisite_unknown", "ME-IDN-1")]


def test_a_contradiction_is_a_finding_and_changes_no_score() -> None:
    claimed = Answer("p1", "it", "MI-VOC-1", 3)
    flagged = assess([claimed, Answer("p2", "it", "ME-DEL-1", 1)], LIBRARY)
    assert [(f.code, f.statement) for f in flagged.findings] == [("contradiction", "MI-VOC-1")]
    assert assess([claimed, Answer("p2", "it", "ME-DEL-1", 2)], LIBRARY).findings == ()
    assert next(d for d in flagged.dimensions if d.id == "MI-VOC").score == 3.0
