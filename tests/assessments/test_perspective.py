"""The perspective questions: what is asked, and what may be answered."""

import os
from pathlib import Path
from typing import Any

import pytest

from assessments.model import LANGUAGES
from assessments.model_file import BadModel, parse
from assessments.perspective import (
    CARDS,
    SUPPORT,
    BadView,
    check,
    load,
)
from assessments.perspective_model import FILE, PerspectiveFile

TURNED = list(CARDS)[::-1]
ORDER = list(CARDS)


def test_customers_come_before_ourselves() -> None:
    asked = [question.id for question in load().questions]
    assert asked == ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "OWN"]
    assert asked.index("P2") < asked.index("P3")
    assert "customers" in load().question("P2").text
    assert "your team" in load().question("P3").text


def test_what_can_be_chosen() -> None:
    model = load()
    assert [(pole.id, pole.at) for pole in model.poles] == [("old_system", 0), ("customer_centric", 10)]
    assert len(model.cards) == len({card.name for card in model.cards}) == 6
    assert [stage.id for stage in model.stages] == ["network", "team", "coordinator", "chief"]
    assert [stage.id for stage in model.stages if stage.optional] == ["chief"]
    assert "Graham Hill" in model.credit


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_plain_and_there_in_every_language(language: str) -> None:
    model = load(language)
    texts = [text for question in model.questions for text in (question.text, question.why, *question.fields.values())]
    texts += [text for choice in (*model.poles, *model.cards, *model.stages) for text in (choice.name, choice.text)]
    assert not [text for text in texts if not text.strip() or "!" in text or "  " in text]
    assert all(question.why.endswith(".") for question in model.questions)


def test_the_german_texts_are_not_the_english_ones() -> None:
    english, german = load(), load("de")
    assert (english.version, english.sha256) == (german.version, german.sha256) == ("1.0.0", english.sha256)
    for one, other in zip(english.questions, german.questions, strict=True):
        assert one.text != other.text
        assert one.why != other.why
        assert all(one.fields[name] != other.fields[name] for name in one.fields)
    same = [one.name for one, other in zip(english.cards, german.cards, strict=True) if one.name == other.name]
    assert same == ["Marketing", "Service"]


@pytest.mark.parametrize("question", load().questions, ids=lambda question: question.id)
def test_a_phrase_stands_in_its_essay(question: Any) -> None:
    home = os.environ.get("GROUNDWORK_TEST_DATA")
    essay = Path(home).parent / "sources" / f"{question.source.essay}.txt" if home else None
    if essay is None or not essay.exists():
        pytest.skip("GROUNDWORK_TEST_DATA has no essays beside it")
    assert folded(question.source.phrase) in folded(essay.read_text())
    assert len(question.source.phrase.split()) <= 14


def folded(text: str) -> str:
    for curly, straight in {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}.items():
        text = text.replace(curly, straight)
    return " ".join(text.split()).casefold()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  - id: P2\n", "  - id: P9\n", "questions and their fields must be"),
        ("      loss: {en:", "      lost: {en:", "questions and their fields must be"),
        ("  - id: chief\n", "  - id: boss\n", "stages must be network, team, coordinator, chief"),
        ("    at: 10\n", "    at: 9\n", "the poles must stand at 0 and 10"),
        ("dont_know:", "unsure:", "dont_know is missing"),
    ],
)
def test_a_file_in_another_shape_is_refused(old: str, new: str, words: str) -> None:
    text = FILE.read_text()
    assert old in text
    with pytest.raises(BadModel, match=words):
        parse(text.replace(old, new), file=FILE.name, shape=PerspectiveFile)


@pytest.mark.parametrize(
    ("question", "about", "value", "stored"),
    [
        ("P1", "", {"position": 0}, {"position": 0, "why": ""}),
        ("P2", "", {"text": " Fewer calls "}, {"text": "Fewer calls"}),
        ("P3", "", {"fear": "More work"}, {"gain": "", "loss": "", "fear": "More work"}),
        ("P4", "", {"order": TURNED}, {"order": TURNED}),
        ("P5", "it", {"position": 10}, {"position": 10, "order": None}),
        ("P6", "", {"function": "service"}, {"function": "service", "who": ""}),
        ("P6", "", {"who": "Dana"}, {"function": None, "who": "Dana"}),
        ("P7", "", {"aspect": "mechanism"}, {"aspect": "mechanism"}),
        (
            "OWN",
            "",
            {"current": "team", "future": "dont_know", "mandated_on": "2026-05-01"},
            {"current": "team", "future": "dont_know", "name": "", "mandated_on": "2026-05-01", "budget_line": ""},
        ),
        (SUPPORT, "0123456789abcdef", {"agrees": True}, {"agrees": True}),
    ],
)
def test_a_value_is_made_complete(question: str, about: str, value: dict[str, Any], stored: dict[str, Any]) -> None:
    assert check(question, about, value) == stored
    assert check(question, about, stored) == stored


@pytest.mark.parametrize(
    ("question", "about", "value", "field"),
    [
        ("P8", "", {}, "question"),
        ("P1", "", None, "question"),
        ("P1", "", {}, "position"),
        ("P1", "", {"position": 11}, "position"),
        ("P1", "", {"position": -1}, "position"),
        ("P1", "", {"position": 5.0}, "position"),
        ("P1", "", {"position": True}, "position"),
        ("P1", "", {"position": 5, "why": 3}, "why"),
        ("P1", "", {"position": 5, "why": "x" * 2001}, "why"),
        ("P1", "", {"position": 5, "mood": "good"}, "mood"),
        ("P1", "it", {"position": 5}, "about"),
        ("P2", "", {"text": "  "}, "text"),
        ("P3", "", {"gain": ""}, "gain"),
        ("P4", "", {"order": ORDER[:5]}, "order"),
        ("P4", "", {"order": [*ORDER[:5], ORDER[0]]}, "order"),
        ("P4", "", {"order": None}, "order"),
        ("P4", "", {"order": "channel"}, "order"),
        ("P5", "", {"position": 5}, "about"),
        ("P5", "consultant", {"position": 5}, "about"),
        ("P5", "it", {"position": 5, "order": []}, "order"),
        ("P6", "", {}, "function"),
        ("P6", "", {"function": "consultant"}, "function"),
        ("P7", "", {"aspect": "intent"}, "aspect"),
        ("OWN", "", {"current": "team"}, "future"),
        ("OWN", "", {"current": "boss", "future": "team"}, "current"),
        ("OWN", "", {"current": "team", "future": "team", "mandated_on": "last May"}, "mandated_on"),
        ("OWN", "", {"current": "team", "future": "team", "mandated_on": 20260501}, "mandated_on"),
        (SUPPORT, "", {"agrees": True}, "about"),
        (SUPPORT, "an-answer", {"agrees": 1}, "agrees"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_field(question: str, about: str, value: Any, field: str) -> None:
    with pytest.raises(BadView) as refused:
        check(question, about, value)
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")
