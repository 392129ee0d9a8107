import pickle

import pytest

from assessments.library import MODELS, Library, UnknownStatement, from_texts, load
from assessments.responses import Answer
from assessments.scoring import assess, score


def changed(old: str, new: str) -> Library:
    """Return the shipped library with the first such place of the mindset file changed."""
    texts = {path.stem: path.read_text() for path in MODELS.glob("*.yaml")}
    assert old in texts["mindset"]
    mindset = texts["mindset"].replace(old, new, 1)
    return from_texts({name: text.encode() for name, text in (texts | {"mindset": mindset}).items()})


def weighted() -> Library:
    """Return the shipped library with a first dimension, MI-INT, that weighs 3."""
    return changed("    gate: {floor: 1}\n", "    gate: {floor: 1}\n    weight: 3\n")


def test_the_short_form_is_one_statement_of_each_dimension() -> None:
    library = load()
    assert len(library.statements(aspect="mindset")) == 7
    assert len(library.statements("long", aspect="mindset")) == 24
    assert (len(library.statements()), len(library.statements("long"))) == (23, 87)


def test_a_statement_has_a_source_of_its_own_or_the_first_of_its_dimension() -> None:
    first, second = (load().statement(id_) for id_ in ("MI-CUL-1", "MI-CUL-2"))
    assert first.source == load().dimension("MI-CUL").sources[0]
    assert second.source.phrase == "not just the technologies, but the culture shift"
    assert second.source not in load().dimension("MI-CUL").sources


def test_a_source_that_is_left_out_is_not_in_the_snapshot_so_older_runs_keep_their_hash() -> None:
    first, second, *_ = load().snapshot()["mindset"]["dimensions"][0]["statements"]
    assert ("source" in first, "source" in second) == (False, True)


def test_a_person_scores_the_mean_of_their_answers_to_a_dimension() -> None:
    answers = [Answer("p", "it", "MI-INT-1", 1), Answer("p", "it", "MI-INT-2", 4)]
    (intent, *_) = score(answers, load(), "mindset").dimensions
    assert (intent.score, intent.coverage) == (2.5, 2 / 3)


def test_what_was_asked_follows_from_what_was_answered() -> None:
    short = [Answer("p", "it", "MI-INT-1", 1)]
    assert score(short, load(), "mindset").asked == 7
    assert score([*short, Answer("p", "it", "MI-INT-2", 1)], load(), "mindset").asked == 24


def test_a_form_that_is_known_decides_what_was_asked() -> None:
    answers = [Answer("p", "it", statement.id, 3) for statement in load().statements()]
    asked = score(answers, load(), "mindset", form="long")
    assert (asked.answered, asked.asked) == (7, 24)
    more = [*answers, Answer("p", "it", "MI-INT-2", 1)]
    assert score(more, load(), "mindset", form="short").asked == 7
    assert assess(answers, load(), form="long").aspects["mindset"] == asked


def test_weights_enter_the_mean() -> None:
    answers = [Answer("p", "it", "MI-INT-1", 4), Answer("p", "it", "MI-WIN-1", 0)]
    result = score(answers, weighted(), "mindset")
    assert result.score == 3.0
    assert result.formula == "Mean of 2 of 7 dimensions (4 weighing 3, 0) = 3"


def test_another_content_has_another_hash() -> None:
    assert weighted().sha256 != load().sha256
    assert weighted().aspects["strategy"].sha256 == load().aspects["strategy"].sha256


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(UnknownStatement):
        load().statement("MI-INT-9")
    with pytest.raises(UnknownStatement):
        load().dimension("MI-XYZ")


def test_values_can_be_cached_by_pickling() -> None:
    assessment = assess([Answer("p", "it", s.id, 2) for s in load().statements()], load())
    assert pickle.loads(pickle.dumps(assessment)) == assessment  # noqa: S301
    assert pickle.loads(pickle.dumps(load())) == load()  # noqa: S301
