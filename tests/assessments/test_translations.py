"""Translations: every text that a language lacks is named, and German has all of the short form."""

from typing import Any

import pytest

from assessments import library
from assessments.functions import ASPECTS
from assessments.model import AspectFile, GatesFile
from assessments.model_file import restore
from assessments.translations import coverage, missing_translations


def file(aspect: str, snapshot: dict[str, Any] | None = None) -> AspectFile:
    return restore((snapshot or library.load().snapshot())[aspect], file=aspect, shape=AspectFile).content


@pytest.mark.parametrize("aspect", ASPECTS)
def test_german_has_the_short_form(aspect: str) -> None:
    assert missing_translations({aspect: file(aspect)}, "de", form="short") == ()
    found = coverage(file(aspect), "de")
    assert found.short_done == found.short_texts > 0


@pytest.mark.parametrize("aspect", ASPECTS)
def test_english_lacks_nothing(aspect: str) -> None:
    assert missing_translations({aspect: file(aspect)}, "en") == ()
    found = coverage(file(aspect), "en")
    assert (found.done, found.short_done) == (found.texts, found.short_texts)


@pytest.mark.parametrize(
    ("path", "id_", "field", "short"),
    [
        (("dimensions", 0, "statements", 0, "text"), "MI-INT-1", "text", True),
        (("dimensions", 0, "statements", 0, "levels", "3"), "MI-INT-1", "levels.3", True),
        (("dimensions", 0, "short_name"), "MI-INT", "short_name", True),
        (("model", "scale", "labels", 4), "scrm.mindset", "labels.5", True),
        (("dimensions", 0, "statements", 0, "evidence", 1, "ask"), "MI-INT-1", "evidence.2.ask", False),
        (("dimensions", 0, "about"), "MI-INT", "about", False),
        (("dimensions", 0, "statements", 1, "text"), "MI-INT-2", "text", False),
    ],
)
def test_a_text_without_german_is_named_by_id_and_field(
    path: tuple[Any, ...], id_: str, field: str, short: bool
) -> None:
    snapshot = library.load().snapshot()
    text = snapshot["mindset"]
    for step in path:
        text = text[step]
    text.pop("de", None)
    content = file("mindset", snapshot)
    found = [(each.file, each.id, each.field) for each in missing_translations({"m.yaml": content}, "de")]
    assert ("m.yaml", id_, field) in found
    asked = [(each.id, each.field) for each in missing_translations({"m.yaml": content}, "de", form="short")]
    assert ((id_, field) in asked) == short


def test_the_texts_of_a_file_are_missing_or_there() -> None:
    for aspect in ASPECTS:
        content = file(aspect)
        found = coverage(content, "de")
        assert found.texts - found.done == len(missing_translations({aspect: content}, "de"))
        assert found.texts > found.short_texts


def test_a_number_of_the_gates_is_named_by_its_key() -> None:
    gates = restore(library.load().snapshot()["gates"], file="gates", shape=GatesFile).content
    bare = gates.model_dump(mode="json")
    bare["gates"]["threshold"]["reason"].pop("de", None)
    content = restore(bare, file="gates", shape=GatesFile).content
    found = [(each.id, each.field) for each in missing_translations({"gates.yaml": content}, "de")]
    assert ("threshold", "reason") in found
