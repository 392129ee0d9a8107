from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.functions import ASPECTS
from assessments.library import load
from assessments.readiness import BadScores, Readiness, as_json, readiness

GATES = load().gates
LEVEL = st.one_of(st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0]), st.floats(0, 4))
THREE = st.tuples(LEVEL, LEVEL, LEVEL)
TWO = st.tuples(LEVEL, LEVEL)


def house(scores: tuple[float, ...], floors: tuple[float, ...]) -> Readiness:
    return readiness(dict(zip(ASPECTS, scores, strict=True)), dict(zip(ASPECTS[:2], floors, strict=True)), gates=GATES)


def numbers(result: Readiness) -> list[float]:
    return [number for number in (*result.capped.values(), result.readiness) if number is not None]


@given(THREE, TWO, st.integers(0, 4), LEVEL)
def test_every_number_is_monotone_in_every_score_and_floor(
    scores: tuple[float, ...], floors: tuple[float, ...], which: int, higher: float
) -> None:
    given_ = [*scores, *floors]
    assume(higher >= given_[which])
    raised = [*given_[:which], higher, *given_[which + 1 :]]
    before, after = house(scores, floors), house(tuple(raised[:3]), tuple(raised[3:]))
    assert len(numbers(before)) == 4
    assert all(new >= old for old, new in zip(numbers(before), numbers(after), strict=True))


@given(THREE, TWO)
def test_no_floor_of_the_house_stands_more_than_a_step_above_the_one_below(
    scores: tuple[float, ...], floors: tuple[float, ...]
) -> None:
    mindset, mechanism, strategy, lowest = numbers(house(scores, floors))
    assert mechanism <= mindset + 1
    assert strategy <= min(mindset, mechanism) + 1
    assert lowest == min(mindset, mechanism, strategy)


@given(THREE, TWO)
def test_closed_gates_keep_strategy_at_one(scores: tuple[float, ...], floors: tuple[float, ...]) -> None:
    result = house(scores, floors)
    assume(not all(result.gates.values()))
    assert (result.capped["strategy"] or 0) <= 1


@given(THREE, TWO, LEVEL)
def test_raising_mechanism_alone_with_mindset_closed_never_opens_strategy(
    scores: tuple[float, ...], floors: tuple[float, ...], mechanism: float
) -> None:
    assume(not house(scores, floors).gates["mindset"])
    raised = house((scores[0], max(scores[1], mechanism), scores[2]), (floors[0], 4.0))
    assert (raised.capped["strategy"] or 0) <= 1
    assert raised.start_with == "mindset"


@given(THREE, TWO)
def test_caps_say_exactly_what_was_taken_away(scores: tuple[float, ...], floors: tuple[float, ...]) -> None:
    result = house(scores, floors)
    taken = {aspect for aspect in ASPECTS if result.raw[aspect] != result.capped[aspect]}
    assert {cap.aspect for cap in result.caps} == taken
    for cap in result.caps:
        assert cap.raw == result.raw[cap.aspect]
        assert cap.capped == result.capped[cap.aspect]
        assert f'Essay S0: "{GATES.rules[cap.rule].phrase}"' in cap.sentence


@pytest.mark.parametrize(
    ("scores", "floors", "words"),
    [
        ((1, 3, 3), (1, 3), "until the gate of mindset opens"),
        ((3, 1, 3), (3, 1), "until the gate of mechanism opens"),
        ((1, 1, 3), (1, 1), "until the gates of mindset and mechanism open"),
        ((2, 2, 4), (2, 2), "at most 1 above the lower of mindset and mechanism"),
        ((1, 3, 1), (1, 3), "at most 1 above mindset"),
    ],
)
def test_a_cap_says_in_words_what_binds(scores: tuple[float, ...], floors: tuple[float, ...], words: str) -> None:
    (sentence,) = (cap.sentence for cap in house(scores, floors).caps if words in cap.sentence)
    assert sentence.endswith('".')


def test_every_unknown_number_has_its_reason() -> None:
    result = readiness({"mindset": None, "mechanism": 3.0, "strategy": 2.0}, {"mechanism": None}, gates=GATES)
    printed = as_json(result)
    unknown = [
        f"{part}.{aspect}"
        for part in ("raw", "floors", "gates", "capped")
        for aspect, value in printed[part].items()
        if value is None
    ]
    unknown += [key for key in ("readiness", "imbalance", "mean") if printed[key] is None]
    assert set(unknown) == set(result.reasons)
    assert result.reasons["gates.mechanism"].startswith("Not enough answers")


def test_the_command_prints_these_keys() -> None:
    printed = as_json(house((1.2, 3.4, 2.8), (1.2, 3.4)))
    fixed = {"raw", "floors", "gates", "capped", "readiness", "imbalance", "start_with", "caps"}
    assert fixed <= set(printed)
    assert {"aspect", "from", "to", "rule", "sentence"} == set(printed["caps"][0])


@pytest.mark.parametrize(("scores", "warns"), [((1.2, 2.2, 2.2), False), ((1.2, 2.3, 2.2), True)])
def test_an_imbalance_over_a_step_warns(scores: tuple[float, ...], warns: bool) -> None:
    assert house(scores, scores[:2]).imbalance_warns is warns


def test_what_if_with_other_numbers() -> None:
    strict = replace(GATES, threshold=3.0, step=0.5)
    result = readiness({"mindset": 2.0, "mechanism": 3.0, "strategy": 1.0}, gates=strict)
    assert result.capped["mechanism"] == 2.5
    assert result.gates == {"mindset": False, "mechanism": True}


@pytest.mark.parametrize(
    ("scores", "floors", "words"),
    [
        ({"mindset": 1.0, "mechanism": 1.0}, None, "strategy is missing"),
        ({"mindset": 5.0, "mechanism": 1.0, "strategy": 1.0}, None, "mindset is 5"),
        ({"mindset": float("nan"), "mechanism": 1.0, "strategy": 1.0}, None, "mindset is nan"),
        ({"mindset": 1.0, "mechanism": 1.0, "strategy": 1.0, "tools": 1.0}, None, "no score of tools"),
        ({"mindset": 1.0, "mechanism": 1.0, "strategy": 1.0}, {"strategy": 1.0}, "no floor of strategy"),
        ({"mindset": 1.0, "mechanism": 1.0, "strategy": 1.0}, {"mindset": -1.0}, "floor of mindset is -1"),
    ],
)
def test_bad_scores_are_refused_by_name(
    scores: dict[str, float | None], floors: dict[str, float | None] | None, words: str
) -> None:
    with pytest.raises(BadScores, match=words):
        readiness(scores, floors, gates=GATES)
