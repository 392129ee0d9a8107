"""Translations: which texts of a model file a language still lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from assessments.library import Form
from assessments.model import Localized, StatementEntry

# What somebody who answers reads. Sources are phrases of the essays and stay as they were written.
ANSWERING = ("text", "levels", "name", "short_name", "labels", "fields", "why", "dont_know")


@dataclass(frozen=True)
class Untranslated:
    """A text that a language lacks. id: the statement, dimension or model; field: its part; english: what it says."""

    file: str
    id: str
    field: str
    english: str


@dataclass(frozen=True)
class Coverage:
    """How many of a file's texts a language has, and how many of those that the short form shows."""

    done: int
    texts: int
    short_done: int
    short_texts: int


def missing_translations(
    files: Mapping[str, BaseModel], language: str, *, form: Form = "long"
) -> tuple[Untranslated, ...]:
    """
    Return what a language lacks, by file, id and field.

    files: by name, such as "mindset.yaml". form: "short" for what somebody reads who answers the short form (names,
    the scale, and its statements with their levels), "long" for every text.
    """
    return tuple(
        Untranslated(name, id_, field, text.en)
        for name, file in files.items()
        for id_, field, text, short in _texts(file)
        if not getattr(text, language) and (short or form == "long")
    )


def coverage(file: BaseModel, language: str) -> Coverage:
    """Return how much of a file a language has."""
    texts = [(bool(getattr(text, language)), short) for _, _, text, short in _texts(file)]
    return Coverage(
        done=sum(done for done, _ in texts),
        texts=len(texts),
        short_done=sum(done for done, short in texts if short),
        short_texts=sum(short for _, short in texts),
    )


def _texts(file: BaseModel) -> Iterator[tuple[str, str, Localized, bool]]:
    yield from _walk(file, id_="", field="", asked=True)


def _walk(value: Any, *, id_: str, field: str, asked: bool) -> Iterator[tuple[str, str, Localized, bool]]:
    if isinstance(value, Localized):
        part = field.partition(".")[0]
        yield id_, field, value, asked and part in ANSWERING
    elif isinstance(value, BaseModel):
        own = getattr(value, "id", None)
        named = isinstance(own, str)
        asked = value.short_form if isinstance(value, StatementEntry) else asked
        for name in type(value).model_fields:
            part = name if named or name == "labels" else _below(field, name)
            yield from _walk(getattr(value, name), id_=str(own) if named else id_, field=part, asked=asked)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _walk(each, id_=id_, field=_below(field, str(at + 1)), asked=asked)
    elif isinstance(value, dict):
        for key, each in value.items():
            part = _below(field, str(key)) if id_ else ""
            yield from _walk(each, id_=id_ or str(key), field=part, asked=asked)


def _below(field: str, part: str) -> str:
    return f"{field}.{part}" if field else part
