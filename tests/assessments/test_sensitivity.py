import random
from collections import defaultdict
from dataclasses import replace
from statistics import quantiles

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.library import Form, load
from assessments.responses import Answer
from assessments.scoring import assess
from assessments.sensitivity import Band, bands, draws, scored
from assessments.sheet import sheet

LIBRARY = load()
FUNCTIONS = ("it", "sales", "service", "consultant")


def answers_of(people: int, form: Form, *, seed: int, missing: float, mean: float = 1.8) -> list[Answer]:
    chance = random.Random(seed)
    made = []
    for person in range(people):
        for statement in LIBRARY.statements(form):
            who = (f"p{person:02}", FUNCTIONS[person % 4], statement.id)
            if chance.random() < missing:
                made += [Answer(*who, kind="dont_know")] if chance.random() < 0.3 else []
            else:
                made.append(Answer(*who, min(4, max(0, round(chance.gauss(mean, 1.3))))))
    return made


def drawn(answers: list[Answer], people: tuple[str, ...], times: list[float]) -> list[Answer]:
    """The answers of a draw, each copy of a person being another person."""
    by_person = defaultdict(list)
    for answer in answers:
        by_person[answer.respondent].append(answer)
    return [
        replace(answer, respondent=f"{person} copy {copy}")
        for person, count in zip(people, times, strict=True)
        for copy in range(int(count))
        for answer in by_person[person]
    ]


@pytest.mark.parametrize("form", ["short", "long"])
@pytest.mark.parametrize("missing", [0.05, 0.5, 0.85])
@pytest.mark.parametrize("people", [2, 5, 9])
def test_each_draw_is_scored_as_the_engine_scores_it(people: int, missing: float, form: Form) -> None:
    answers = answers_of(people, form, seed=people, missing=missing)
    filled = sheet(answers, LIBRARY, form=form)
    draw = draws(len(filled.people), seed="run", resamples=5)
    expected = [assess(drawn(answers, filled.people, list(times)), LIBRARY, form=form).readiness for times in draw]
    assert scored(filled, draw) == expected


def test_the_median_of_the_draw_caps_who_did_not_answer() -> None:
    answers = [Answer("p1", "it", "ME-IDN-1", 4), Answer("p2", "it", "ME-REC-1", 0), Answer("p3", "it", "ME-REC-1", 3)]
    draw = np.array([[1.0, 2.0, 0.0], [1.0, 0.0, 2.0], [1.0, 1.0, 1.0], [3.0, 0.0, 0.0], [0.0, 2.0, 1.0]])
    found = [house.raw["mechanism"] for house in scored(sheet(answers, LIBRARY, form="short"), draw)]
    assert found == [(0 + 1) / 2, (3 + 4) / 2, (1.5 + 4) / 2, 4.0, 0.0]


def test_the_same_seed_gives_the_same_bands_and_another_one_others() -> None:
    answers = answers_of(8, "short", seed=1, missing=0.1)
    first = bands(answers, LIBRARY, form="short", seed="8c1f")
    assert first == bands(answers, LIBRARY, form="short", seed="8c1f")
    assert (draws(8, seed="8c1f", resamples=9) != draws(8, seed="8c20", resamples=9)).any()
    assert list(first) == ["mindset", "mechanism", "strategy", "readiness"]


@settings(max_examples=10)
@given(st.randoms())
def test_the_order_of_the_answers_changes_nothing(chance: random.Random) -> None:
    answers = answers_of(5, "short", seed=2, missing=0.1)
    shuffled = chance.sample(answers, len(answers))
    assert bands(shuffled, LIBRARY, form="short", seed="s", resamples=50) == bands(
        answers, LIBRARY, form="short", seed="s", resamples=50
    )


def test_the_band_is_between_the_quantiles_of_the_draws() -> None:
    answers = answers_of(6, "short", seed=3, missing=0.0)
    filled = sheet(answers, LIBRARY, form="short")
    found = [
        house.raw["mindset"] or 0.0 for house in scored(filled, draws(len(filled.people), seed="s", resamples=400))
    ]
    twentieths = quantiles(found, n=20, method="inclusive")
    band = bands(answers, LIBRARY, form="short", seed="s", resamples=400)["mindset"]
    assert band is not None
    assert (band.low, band.high) == pytest.approx((twentieths[0], twentieths[-1]))


def test_people_who_agree_have_a_band_without_width() -> None:
    answers = [Answer(f"p{n}", "it", s.id, 3) for n in range(4) for s in LIBRARY.statements()]
    assert set(bands(answers, LIBRARY, form="short", seed="s").values()) == {Band(3.0, 3.0)}


@pytest.mark.parametrize("counted", [0, 1])
def test_fewer_than_two_people_have_no_band_and_a_reason(counted: int) -> None:
    answers = [Answer(f"p{n}", "it", s.id, 3) for n in range(counted) for s in LIBRARY.statements()]
    answers += [Answer("c", "consultant", "MI-INT-1", 4), Answer("d", "it", "MI-INT-1", kind="dont_know")]
    found = bands(answers, LIBRARY, form="short", seed="s")
    assert set(found.values()) == {None}
    assert found.reasons["readiness"] == f"A band needs the levels of 2 people; {counted} gave any."


def test_a_score_that_most_draws_lack_has_no_band_and_a_reason() -> None:
    answers = [Answer(f"p{n}", "it", "MI-INT-1", n % 4) for n in range(5)]
    answers += [Answer("p0", "it", "ME-REC-1", 2)]
    found = bands(answers, LIBRARY, form="short", seed="s")
    assert found["mindset"] is not None
    assert (found["mechanism"], found["strategy"], found["readiness"]) == (None, None, None)
    assert found.reasons["mechanism"] == "Too few answers: in more than 10% of the draws mechanism is unknown."
    assert "mindset" not in found.reasons
