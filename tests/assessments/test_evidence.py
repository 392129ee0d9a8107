from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.content import Fact
from assessments.evidence import EvidencedLevel, claims, contradictions, evidenced_levels, fact_level
from assessments.library import Library, load
from assessments.responses import Answer

FACT = Fact("owners_named", {1: 0.01, 2: 0.5, 3: 1.0}, lower_is_better=False)
SLOW = Fact("response_time_hours", {2: 24.0, 3: 4.0}, lower_is_better=True)


@dataclass(frozen=True)
class Known:
    value: float | None
    sentence: str = "4 of 10 components have an accountable person."


def library() -> Library:
    """MI-VOC-1 asks for a decision log from level 3 and a metric from 4; here ST-OWN-1 names a fact, too."""
    shipped = load()
    strategy = shipped.aspects["strategy"]
    dimensions = tuple(
        replace(d, statements=tuple(replace(s, fact=FACT if s.id == "ST-OWN-1" else None) for s in d.statements))
        for d in strategy.dimensions
    )
    return replace(shipped, aspects=shipped.aspects | {"strategy": replace(strategy, dimensions=dimensions)})


LIBRARY = library()


def level(statement: str, claimed: float | None, *attached: str, value: float | None = None) -> EvidencedLevel:
    facts = {"owners_named": Known(value)} if value is not None else {}
    (found,) = evidenced_levels({statement: claimed}, LIBRARY, attached={statement: attached}, facts=facts)
    return found


def test_the_claim_is_the_median_of_the_run() -> None:
    answers = [Answer(f"p{at}", "it", "MI-VOC-1", level) for at, level in enumerate((1, 2, 4, 3))]
    answers += [Answer("c", "consultant", "MI-VOC-1", 0), Answer("p9", "it", "MI-CUL-1", kind="dont_know")]
    found = claims(answers, LIBRARY, form="short")
    assert (found["MI-VOC-1"], found["MI-CUL-1"], len(found)) == (2.5, None, 23)


@pytest.mark.parametrize(
    ("claimed", "attached", "evidenced", "missing"),
    [
        (2.0, (), 2, ()),
        (2.5, (), 2, ()),
        (3.0, (), 2, ("decision_log",)),
        (3.0, ("decision_log",), 3, ()),
        (4.0, (), 2, ("decision_log", "before_after_metric")),
        (4.0, ("before_after_metric",), 2, ("decision_log",)),
        (4.0, ("decision_log",), 3, ("before_after_metric",)),
        (4.0, ("decision_log", "before_after_metric"), 4, ()),
        (1.0, ("decision_log", "before_after_metric"), 1, ()),
        (0.0, (), 0, ()),
        (None, ("decision_log",), None, ()),
    ],
)
def test_a_level_is_shown_when_all_evidence_up_to_it_is_there(
    claimed: float | None, attached: tuple[str, ...], evidenced: int | None, missing: tuple[str, ...]
) -> None:
    found = level("MI-VOC-1", claimed, *attached)
    assert (found.claimed, found.evidenced, found.missing) == (claimed, evidenced, missing)


def test_sentences() -> None:
    assert level("MI-VOC-1", 3.5).sentence == "Claimed 3.5, shown 2. Still missing: decision log."
    assert level("MI-VOC-1", None).sentence == "Nobody gave it a level, so there is nothing to show."
    assert level("MI-VOC-1", 2.0).sentence == "Claimed 2, shown 2."


@pytest.mark.parametrize(("value", "expected"), [(0.0, 0), (0.4, 1), (0.5, 2), (0.99, 2), (1.0, 3)])
def test_the_level_of_a_fact(value: float, expected: int) -> None:
    assert fact_level(FACT, value) == expected


@pytest.mark.parametrize(("hours", "expected"), [(30.0, 1), (24.0, 2), (4.1, 2), (4.0, 3), (0.0, 3)])
def test_the_level_of_a_fact_that_should_be_low(hours: float, expected: int) -> None:
    assert fact_level(SLOW, hours) == expected


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_fact_never_has_a_lower_level(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert fact_level(FACT, low) <= fact_level(FACT, high)
    assert fact_level(SLOW, 30 * high) <= fact_level(SLOW, 30 * low)


def test_a_fact_fills_the_evidence_up_to_its_highest_limit() -> None:
    found = level("ST-OWN-1", 4.0, value=1.0)
    assert (found.evidenced, found.computed, found.missing, found.contradiction) == (3, 3, ("ownership_review",), "")
    assert level("ST-OWN-1", 4.0, "ownership_review", value=1.0).evidenced == 4
    assert level("ST-OWN-1", 2.0, value=1.0).evidenced == 2


def test_a_fact_below_the_claim_contradicts_it_whatever_is_attached() -> None:
    found = level("ST-OWN-1", 3.0, "mandate", value=0.4)
    assert (found.evidenced, found.computed) == (1, 1)
    assert found.sentence == found.contradiction
    assert found.contradiction == (
        "ST-OWN-1 is claimed at 3. 4 of 10 components have an accountable person. That allows level 1."
    )


def test_a_fact_that_is_unknown_says_nothing() -> None:
    (found,) = evidenced_levels({"ST-OWN-1": 3.0}, LIBRARY, attached={}, facts={"owners_named": Known(None)})
    assert (found.computed, found.contradiction, found.missing, found.evidenced) == (None, "", ("mandate",), 2)


def test_contradictions_come_widest_first() -> None:
    found = [level("ST-OWN-1", 2.0, value=0.4), level("MI-VOC-1", 4.0), level("ST-OWN-1", 4.0, value=0.0)]
    assert [each.claimed for each in contradictions(found)] == [4.0, 2.0]


@given(st.floats(0, 4), st.sets(st.sampled_from(["mandate", "ownership_review"])), st.floats(0, 1))
def test_never_more_is_shown_than_is_claimed(claimed: float, attached: set[str], value: float) -> None:
    found = level("ST-OWN-1", claimed, *attached, value=value)
    assert found.evidenced is not None
    assert 0 <= found.evidenced <= claimed
    assert bool(found.contradiction) == (found.computed is not None and found.computed < min(int(claimed), 3))
