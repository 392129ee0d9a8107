"""The shipped statements: complete, distinct, and true to the essays."""

import json
import os
import re
from pathlib import Path

import pytest

from assessments.content import Dimension, Source, Statement
from assessments.functions import ASPECTS, FUNCTIONS
from assessments.library import from_snapshot, load

LIBRARY = load()
PHRASES = [(d.id, source) for d in LIBRARY.dimensions for source in d.sources]
PHRASES += [(rule.id, Source(rule.essay, rule.phrase)) for rule in LIBRARY.gates.rules.values()]
WORKED = ("MI-VOC-1", "ME-IDN-1")


def test_there_are_23_dimensions_with_one_short_statement_each() -> None:
    assert [len(aspect.dimensions) for aspect in LIBRARY.aspects.values()] == [7, 8, 8]
    assert list(LIBRARY.aspects) == list(ASPECTS)
    assert [s.dimension for s in LIBRARY.statements()] == [d.id for d in LIBRARY.dimensions]


def test_the_gated_dimensions() -> None:
    gated = {"MI-INT", "MI-VOC", "MI-CUL", "ME-REC", "ME-IDN", "ME-SVW"}
    assert {d.id for d in LIBRARY.dimensions if d.gated} == gated


def test_the_numbers_of_the_gates_have_reasons() -> None:
    gates = LIBRARY.gates
    assert (gates.threshold, gates.floor, gates.step, gates.closed_strategy_cap) == (2, 1, 1, 1)
    assert (gates.coverage, gates.imbalance_warning, gates.disclosure_minimum) == (0.6, 1, 4)
    assert {target.id: target.level for target in gates.targets.values()} == {"pilot": 2, "company-wide": 3}
    assert all(reason.endswith(".") for reason in gates.reasons.values())
    assert len(gates.reasons) == 7


@pytest.mark.parametrize("dimension", LIBRARY.dimensions, ids=lambda d: d.id)
def test_a_dimension_is_complete(dimension: Dimension) -> None:
    assert dimension.weight == 1
    assert len(dimension.short_name) <= 24
    assert dimension.about.endswith(".")
    assert dimension.sources


@pytest.mark.parametrize("statement", LIBRARY.statements("long"), ids=lambda s: s.id)
def test_a_statement_is_complete(statement: Statement) -> None:
    assert statement.text.endswith(".")
    assert len(set(statement.levels)) == 5
    assert set(statement.functions) <= {f.id for f in FUNCTIONS.values() if f.asked}
    assert {evidence.needed_from_level for evidence in statement.evidence} >= {4}
    for anchor in statement.levels:
        assert anchor.endswith(".")
        assert len(anchor) <= 112 or statement.id in WORKED, f"{len(anchor)} characters do not fit a phone"


def test_the_two_worked_statements() -> None:
    voice, identity = (LIBRARY.statement(id_) for id_ in WORKED)
    assert voice.text == "What customers say reaches the people who decide, and changes what they decide."
    (contradiction,) = voice.contradicts
    assert (contradiction.from_level, contradiction.statement, contradiction.at_most) == (3, "ME-DEL-1", 1)
    assert identity.requires == {"ME-REC-1": 1}
    assert identity.levels[2] == "A team uses a written rule (exact keys, self-declared link) and can list matches."


def test_texts_are_plain() -> None:
    for statement in LIBRARY.statements("long"):
        for text in (statement.text, *statement.levels):
            assert not re.search(r"!|please|success|insight|\bleverage|—|  ", text, re.IGNORECASE), text


@pytest.mark.parametrize(("id_", "source"), PHRASES, ids=[f"{id_}-{s.essay}" for id_, s in PHRASES])
def test_a_phrase_stands_in_its_essay(id_: str, source: Source) -> None:
    home = os.environ.get("GROUNDWORK_TEST_DATA")
    essay = Path(home).parent / "sources" / f"{source.essay}.txt" if home else None
    if essay is None or not essay.exists():
        pytest.skip("GROUNDWORK_TEST_DATA has no essays beside it")
    assert folded(source.phrase) in folded(essay.read_text()), id_
    assert len(source.phrase.split()) <= 14


def folded(text: str) -> str:
    for curly, straight in {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}.items():
        text = text.replace(curly, straight)
    return " ".join(text.split()).casefold()


def test_a_snapshot_makes_the_same_library() -> None:
    stored = json.loads(json.dumps(LIBRARY.snapshot()))
    again = from_snapshot(stored)
    assert again == LIBRARY
    assert again.sha256 == LIBRARY.sha256
    stored["mindset"]["dimensions"][0]["statements"][0]["text"]["en"] = "Something else."
    assert from_snapshot(stored).sha256 != LIBRARY.sha256
