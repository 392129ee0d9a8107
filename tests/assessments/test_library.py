import pickle

import pytest

from assessments.library import MODELS, Library, UnknownStatement, from_texts, load
from assessments.responses import Answer
from assessments.scoring import assess, score


def longer() -> Library:
    """Return the shipped library with a second statement in MI-INT, which weighs 3."""
    texts = {path.stem: path.read_text() for path in MODELS.glob("*.yaml")}
    begin, end = texts["mindset"].index("      - id: MI-INT-1"), texts["mindset"].index("  - id: MI-VOC\n")
    second = (
        texts["mindset"][begin:end].replace("MI-INT-1", "MI-INT-2").replace("short_form: true", "short_form: false")
    )
    mindset = texts["mindset"][:end].rstrip() + "\n" + second + texts["mindset"][end:]
    mindset = mindset.replace("    gate: {floor: 1}\n", "    gate: {floor: 1}\n    weight: 3\n", 1)
    return from_texts({name: text.encode() for name, text in (texts | {"mindset": mindset}).items()})


def test_the_short_form_is_one_statement_of_each_dimension() -> None:
    library = longer()
    assert len(library.statements(aspect="mindset")) == 7
    assert len(library.statements("long", aspect="mindset")) == 8
    assert len(library.statements()) == 23


def test_a_person_scores_the_mean_of_their_answers_to_a_dimension() -> None:
    answers = [Answer("p", "it", "MI-INT-1", 1), Answer("p", "it", "MI-INT-2", 4)]
    (intent, *_) = score(answers, longer(), "mindset").dimensions
    assert (intent.score, intent.coverage) == (2.5, 1.0)


def test_what_was_asked_follows_from_what_was_answered() -> None:
    short = [Answer("p", "it", "MI-INT-1", 1)]
    assert score(short, longer(), "mindset").asked == 7
    assert score([*short, Answer("p", "it", "MI-INT-2", 1)], longer(), "mindset").asked == 8


def test_a_form_that_is_known_decides_what_was_asked() -> None:
    answers = [Answer("p", "it", statement.id, 3) for statement in load().statements()]
    asked = score(answers, longer(), "mindset", form="long")
    assert (asked.answered, asked.asked) == (7, 8)
    more = [*answers, Answer("p", "it", "MI-INT-2", 1)]
    assert score(more, longer(), "mindset", form="short").asked == 7
    assert assess(answers, longer(), form="long").aspects["mindset"] == asked


def test_weights_enter_the_mean() -> None:
    answers = [Answer("p", "it", "MI-INT-1", 4), Answer("p", "it", "MI-WIN-1", 0)]
    result = score(answers, longer(), "mindset")
    assert result.score == 3.0
    assert result.formula == "Mean of 2 of 7 dimensions (4 weighing 3, 0) = 3"


def test_another_content_has_another_hash() -> None:
    assert longer().sha256 != load().sha256
    assert longer().aspects["strategy"].sha256 == load().aspects["strategy"].sha256


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(UnknownStatement):
        load().statement("MI-INT-9")
    with pytest.raises(UnknownStatement):
        load().dimension("MI-XYZ")


def test_values_can_be_cached_by_pickling() -> None:
    assessment = assess([Answer("p", "it", s.id, 2) for s in load().statements()], load())
    assert pickle.loads(pickle.dumps(assessment)) == assessment  # noqa: S301
    assert pickle.loads(pickle.dumps(load())) == load()  # noqa: S301
