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
PHRASES += [(s.id, s.source) for s in LIBRARY.statements("long")]
PHRASES += [(rule.id, Source(rule.essay, rule.phrase)) for rule in LIBRARY.gates.rules.values()]
WORKED = ("MI-VOC-1", "ME-IDN-1")
OUTLINE = """
MI-INT 3  MI-VOC 4  MI-CUL 4  MI-CTL 3  MI-WIN 3  MI-MEAN 3  MI-PER 4
ME-REC 4  ME-IDN 3  ME-SVW 4  ME-INT 5  ME-DEL 3  ME-RUL 5  ME-HIS 4  ME-INS 4
ST-ONE 3  ST-G2T 3  ST-LIS 3  ST-PIL 4  ST-OWN 4  ST-OPM 4  ST-PRG 6  ST-ADV 4
"""


def test_there_are_23_dimensions_with_one_short_statement_each() -> None:
    assert [len(aspect.dimensions) for aspect in LIBRARY.aspects.values()] == [7, 8, 8]
    assert list(LIBRARY.aspects) == list(ASPECTS)
    assert [s.dimension for s in LIBRARY.statements()] == [d.id for d in LIBRARY.dimensions]


def test_there_are_87_statements_numbered_from_the_short_forms_on() -> None:
    words = OUTLINE.split()
    wanted = [f"{id_}-{at}" for id_, n in zip(words[::2], words[1::2], strict=True) for at in range(1, int(n) + 1)]
    assert [s.id for s in LIBRARY.statements("long")] == wanted
    assert [len(LIBRARY.statements("long", aspect=aspect)) for aspect in ASPECTS] == [24, 32, 31]
    assert {s.id for s in LIBRARY.statements()} == {id_ for id_ in wanted if id_.endswith("-1")}
    assert len({s.text for s in LIBRARY.statements("long")}) == 87


def test_a_statement_requires_only_what_stands_under_it() -> None:
    floors = {aspect: at for at, aspect in enumerate(ASPECTS)}
    for statement in LIBRARY.statements("long"):
        for other in (LIBRARY.statement(id_) for id_ in statement.requires):
            assert floors[other.aspect] <= floors[statement.aspect]
            assert statement.id not in required_by(other), f"{statement.id} requires itself"


def required_by(statement: Statement) -> set[str]:
    """Everything that a statement requires, also through others."""
    found: set[str] = set()
    for other in statement.requires:
        found |= {other} | required_by(LIBRARY.statement(other))
    return found


def test_the_components_pass_the_stages_of_their_life_in_order() -> None:
    for number in range(2, 7):
        assert LIBRARY.statement(f"ST-PRG-{number}").requires == {f"ST-PRG-{number - 1}": 2}


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
    assert {evidence.needed_from_level for evidence in statement.evidence} & {2, 3}
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
        for text in (statement.text, *statement.levels, *(evidence.ask for evidence in statement.evidence)):
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
