"""The vendor scorecard: unknown is not zero, what is known is said, and which weights turn the order."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.access import Refused
from program.actions.vendors import (
    add_vendor,
    change_vendor,
    remove_vendor,
    score_vendor,
    weigh_capabilities,
)
from program.queries.vendors import vendors, weights
from program.scorecard import CAPABILITIES, Mark, Vendor, Weight, effective, headline, ranked, score, settled, turns
from program.values import Actor, Invalid, Stale
from tests.program.making import person

SCORES = st.fixed_dictionaries({each: st.none() | st.integers(0, 4) for each in CAPABILITIES})
WEIGHTS = st.fixed_dictionaries({each: st.integers(0, 5) for each in CAPABILITIES})


def vendor(name: str, scores: dict[str, int | None]) -> Vendor:
    return Vendor(name, 1, name, None, tuple(Mark(each, scores.get(each)) for each in CAPABILITIES))


def test_a_score_rests_on_the_weights_whose_score_is_known() -> None:
    found = score(vendor("Acme", {"communities": 3}), {"communities": 4, "data_use": 1})
    assert found.value == 3
    assert found.known == Fraction(4, 5)
    assert (found.low, found.high) == (Fraction(12, 5), Fraction(16, 5))
    assert found.unknown == ("data_use",)


def test_nothing_known_is_no_score_and_could_be_anything() -> None:
    found = score(vendor("Acme", {}), {"communities": 4})
    assert found.value is None
    assert [found.low, found.high, found.known] == [0, 4, 0]
    assert score(vendor("Acme", {"communities": 3}), {"communities": 0}).value is None


def test_without_weights_all_count_alike_and_with_some_only_those() -> None:
    assert effective([Weight(each) for each in CAPABILITIES]) == dict.fromkeys(CAPABILITIES, 1)
    assert effective([Weight("communities", 0), Weight("data_use", 5), Weight("social_profiles")]) == {
        "communities": 0,
        "data_use": 5,
    }


@given(SCORES, WEIGHTS)
def test_the_range_is_what_the_unknown_scores_could_make_of_it(
    scores: dict[str, int | None], weights: dict[str, int]
) -> None:
    found = score(vendor("Acme", scores), weights)
    for fill, end in ((0, found.low), (4, found.high)):
        filled = score(
            vendor("Acme", {each: fill if value is None else value for each, value in scores.items()}), weights
        )
        assert filled.value == (end if any(weights.values()) else None)
        assert filled.unknown == ()
    if found.value is not None:
        assert found.low <= found.value <= found.high
        assert (found.known == 1) == (found.low == found.high)


@given(SCORES, SCORES, WEIGHTS)
def test_a_turn_is_the_nearest_weight_that_changes_the_order(
    one: dict[str, int | None], other: dict[str, int | None], weights: dict[str, int]
) -> None:
    """Two vendors: the sign of the difference of their scores is all the order there is."""
    pair = [vendor("A", one), vendor("B", other)]

    def order(held: dict[str, int]) -> tuple[bool, bool, int]:
        a, b = (score(each, held).value for each in pair)
        return a is None, b is None, 0 if a is None or b is None else (a > b) - (a < b)

    found = {turn.capability: turn.weight for turn in turns(pair, weights)}
    for each in CAPABILITIES:
        turning = [w for w in range(6) if order({**weights, each: w}) != order(weights)]
        if each in found:
            assert found[each] in turning
            assert abs(found[each] - weights[each]) == min(abs(w - weights[each]) for w in turning)
        else:
            assert not turning


def test_equal_scores_stand_by_name_and_unknown_ones_last() -> None:
    found = ranked(
        [vendor("C", {}), vendor("B", {"communities": 2}), vendor("a", {"communities": 2})], {"communities": 1}
    )
    assert [each.name for each in found] == ["a", "B", "C"]
    assert headline(found, []) == "a and B are level at 2.0 of 4."


def test_headlines_say_how_sure_the_order_is() -> None:
    weights = {"communities": 3, "data_use": 1}
    a, b = vendor("A", {"communities": 4, "data_use": 1}), vendor("B", {"communities": 1, "data_use": 4})
    assert headline([], []) == "No vendor is on the scorecard yet."
    assert headline(ranked([vendor("A", {})], weights), []) == "Nothing is known yet of the one vendor."
    assert headline(ranked([a], weights), []) == "A reaches 3.2 of 4; there is nobody to compare with."
    known = ranked([a, b], weights)
    assert settled(known)
    assert headline(known, turns([a, b], weights)) == "A leads with 3.2 of 4, but another weight could change that."
    assert headline(known, []) == "A leads with 3.2 of 4, and no single weight changes that."
    half = ranked([a, vendor("B", {"data_use": 4})], weights)
    assert not settled(half)
    assert headline(half, []) == "B leads with 4.0 of 4, but what is not known yet could change that."
    assert settled(ranked([a, vendor("B", {"data_use": 0})], weights))


def test_a_vendor_is_scored_and_weighed_and_what_is_unknown_stays_so(owner: Actor, program_id: str) -> None:
    acme = add_vendor(owner, program_id=program_id, name="Acme", note="Met in May")
    marks = [Mark("communities", 3, "Trial in May"), Mark("data_use")]
    score_vendor(owner, program_id=program_id, vendor_id=acme, marks=marks)
    weigh_capabilities(owner, program_id=program_id, weights=[Weight("communities", 4), Weight("data_use", 1)])
    (found,) = vendors(program_id)
    assert found.scores == {"communities": 3}
    assert [mark.evidence for mark in found.marks if mark.evidence] == ["Trial in May"]
    assert effective(weights(program_id)) == {"communities": 4, "data_use": 1}
    weigh_capabilities(owner, program_id=program_id, weights=[Weight("communities", None, 1)])
    assert effective(weights(program_id)) == {"data_use": 1}
    change_vendor(owner, program_id=program_id, vendor_id=acme, version=1, note=None)
    remove_vendor(owner, program_id=program_id, vendor_id=acme, version=2)
    assert vendors(program_id) == []


def test_fault_3_a_mark_or_weight_that_somebody_changed_is_refused(owner: Actor, program_id: str) -> None:
    acme = {"program_id": program_id, "vendor_id": add_vendor(owner, program_id=program_id, name="Acme")}
    first = Mark("communities", 3, None, None)
    score_vendor(owner, **acme, marks=[first])
    score_vendor(owner, **acme, marks=[first])
    with pytest.raises(Stale):
        score_vendor(owner, **acme, marks=[Mark("data_use", 1), replace(first, score=2)])
    assert vendors(program_id)[0].scores == {"communities": 3}
    weigh_capabilities(owner, program_id=program_id, weights=[Weight("communities", 3)])
    for other in (2, None):
        with pytest.raises(Stale):
            weigh_capabilities(owner, program_id=program_id, weights=[Weight("communities", other)])


def test_wrong_marks_and_weights_are_refused_in_words(owner: Actor, program_id: str) -> None:
    acme = {"program_id": program_id, "vendor_id": add_vendor(owner, program_id=program_id, name="Acme")}
    with pytest.raises(Invalid, match="from 0 to 4"):
        score_vendor(owner, **acme, marks=[Mark("communities", 5)])
    with pytest.raises(Invalid, match="no capability"):
        score_vendor(owner, **acme, marks=[Mark("charm", 1)])
    with pytest.raises(Invalid, match="each of them once"):
        score_vendor(owner, **acme, marks=[Mark("communities", 1), Mark("communities", 2)])
    with pytest.raises(Invalid, match="from 0 to 5"):
        weigh_capabilities(owner, program_id=program_id, weights=[Weight("communities", 6)])
    with pytest.raises(Invalid, match="already has a vendor"):
        add_vendor(owner, program_id=program_id, name="Acme")
    with pytest.raises(Refused):
        add_vendor(person(owner, program_id, "viewer"), program_id=program_id, name="Other")
    assert vendors(program_id)[0].scores == {}
