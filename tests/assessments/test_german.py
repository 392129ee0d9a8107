"""The short form in German: complete, its own, and distinct."""

import re
from collections.abc import Iterator

import pytest

from assessments.content import Dimension, Statement
from assessments.functions import ASPECTS
from assessments.library import load
from assessments.perspective import load as load_perspective

ENGLISH = load()
GERMAN = ENGLISH.in_language("de")
SAME = {"Team", "Marketing", "Service"}  # words that German has from English, or shares with it
PAIRS = [(s, GERMAN.statement(s.id)) for s in ENGLISH.statements()]
WORKED = ("MI-VOC-1", "ME-IDN-1")


def own(english: str, german: str) -> bool:
    return german != english or german in SAME


@pytest.mark.parametrize(("english", "german"), PAIRS, ids=[s.id for s, _ in PAIRS])
def test_a_statement_of_the_short_form_is_there_in_german(english: Statement, german: Statement) -> None:
    assert own(english.text, german.text)
    assert german.text.endswith(".")
    assert all(own(one, other) for one, other in zip(english.levels, german.levels, strict=True))
    assert all(own(one.ask, other.ask) for one, other in zip(english.evidence, german.evidence, strict=True))


@pytest.mark.parametrize("german", GERMAN.statements(), ids=lambda statement: statement.id)
def test_five_distinct_anchors_in_german_too(german: Statement) -> None:
    assert len({anchor.casefold() for anchor in german.levels}) == 5
    for anchor in german.levels:
        assert anchor.endswith(".")
        assert len(anchor) <= 140 or german.id in WORKED, f"{len(anchor)} characters do not fit a phone"


@pytest.mark.parametrize("dimension", ENGLISH.dimensions, ids=lambda dimension: dimension.id)
def test_a_dimension_has_a_german_name(dimension: Dimension) -> None:
    german = GERMAN.dimension(dimension.id)
    assert dimension.name != german.name
    assert dimension.short_name != german.short_name
    assert dimension.about != german.about
    assert len(german.short_name) <= 24
    assert german.about.endswith(".")


def test_names_of_dimensions_differ_from_each_other() -> None:
    assert len({dimension.name for dimension in GERMAN.dimensions}) == 23
    assert len({dimension.short_name for dimension in GERMAN.dimensions}) == 23


def test_aspects_scale_and_gates_in_german() -> None:
    assert [GERMAN.aspects[aspect].name for aspect in ASPECTS] == ["Haltung", "Mechanik", "Strategie"]
    assert all(ENGLISH.aspects[aspect].about != GERMAN.aspects[aspect].about for aspect in ASPECTS)
    assert GERMAN.scale == ("Nicht vorhanden", "Einzelne", "Team", "Unternehmen", "Selbstkorrigierend")
    for id_, reason in GERMAN.gates.reasons.items():
        assert reason != ENGLISH.gates.reasons[id_]
        assert reason.endswith(".")
    for id_, rule in GERMAN.gates.rules.items():
        assert rule.meaning != ENGLISH.gates.rules[id_].meaning
        assert rule.phrase == ENGLISH.gates.rules[id_].phrase
    for id_, target in GERMAN.gates.targets.items():
        assert target.name != ENGLISH.gates.targets[id_].name
        assert target.reason != ENGLISH.gates.targets[id_].reason


def test_the_three_files_have_one_scale() -> None:
    snapshot = ENGLISH.snapshot()
    scales = [snapshot[aspect]["model"]["scale"] for aspect in ASPECTS]
    assert scales[0] == scales[1] == scales[2]


def test_german_is_plain() -> None:
    foreign = r"\b(Stakeholder|Touchpoints?|Insights?|Feedback|Team-Lead|Commitment|Mindset|Customer|Owner|Tools?)\b"
    informal = r"\b(du|dein|deine|deinen|euch|euer|ihr seid)\b"
    for text in everything():
        assert not re.search(rf"!|—|  |\"|{foreign}|{informal}", text), text
        assert text.count("„") == text.count("“"), text


def everything() -> Iterator[str]:
    for statement in GERMAN.statements():
        yield from (statement.text, *statement.levels, *(evidence.ask for evidence in statement.evidence))
    for dimension in GERMAN.dimensions:
        yield from (dimension.name, dimension.short_name, dimension.about)
    perspective = load_perspective("de")
    for question in perspective.questions:
        yield from (question.text, question.why, *question.fields.values())
    for choice in (*perspective.poles, *perspective.cards, *perspective.stages):
        yield from (choice.name, choice.text)


def test_english_stands_in_where_german_is_missing() -> None:
    missing = [
        statement["id"]
        for aspect in ASPECTS
        for dimension in ENGLISH.snapshot()[aspect]["dimensions"]
        for statement in dimension["statements"]
        if "de" not in statement["text"]
    ]
    assert not {statement.id for statement in ENGLISH.statements()} & set(missing)
    assert all(GERMAN.statement(id_).text == ENGLISH.statement(id_).text for id_ in missing)


def test_a_language_changes_texts_only() -> None:
    assert GERMAN.versions == ENGLISH.versions
    assert GERMAN.sha256 == ENGLISH.sha256
    assert GERMAN.in_language("en") == ENGLISH
