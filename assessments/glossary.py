"""The words in the statements that not everybody knows, each with one plain sentence."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from assessments.model import LANGUAGES, Localized, Name, Strict, Text, Version
from assessments.model_file import parse

FILE = Path(__file__).parent / "models" / "glossary.yaml"


class Forms(Strict):
    """How a word stands in texts: itself, its plural, its cases."""

    en: list[Text] = Field(min_length=1)
    de: list[Text] = Field(min_length=1)

    def of(self, language: str) -> list[str]:
        """Return the forms in a language of LANGUAGES."""
        forms: list[str] = getattr(self, language)
        return forms


class TermEntry(Strict):
    """One word."""

    id: Name
    name: Localized
    forms: Forms
    meaning: Localized


class GlossaryHead(Strict):
    """What the file says about itself."""

    id: Literal["scrm.glossary"]
    version: Version
    locale: Literal["en"]


class GlossaryFile(Strict):
    """The file of words."""

    schema_version: Literal["1.0"]
    model: GlossaryHead
    terms: list[TermEntry]

    @model_validator(mode="after")
    def one_meaning(self) -> Self:
        """Refuse an id or a form that stands for two words."""
        words = [[term.id for term in self.terms]]
        words += [[form.casefold() for t in self.terms for form in t.forms.of(language)] for language in LANGUAGES]
        for word in (word for found in words for word in found if found.count(word) > 1):
            raise ValueError(f"{word} stands for two words")
        return self


@dataclass(frozen=True)
class Term:
    """One word and its meaning, a sentence."""

    id: str
    name: str
    meaning: str


@cache
def terms(language: str = "en") -> tuple[Term, ...]:
    """Return every word in a language of LANGUAGES, in the order of the file."""
    return tuple(Term(entry.id, entry.name.text(language), entry.meaning.text(language)) for entry in _file().terms)


def terms_in(text: str, language: str = "en") -> tuple[Term, ...]:
    """
    Return the words of the glossary that stand in a text, each once, in the order of their first appearance.

    Whole words only, in any of their forms; the longest form wins, so "social network" is not also "network". Words
    that are all capitals, such as SWOT, are found in capitals only.
    """
    found = (_terms_by_form(language)[match.group().casefold()] for match in _pattern(language).finditer(text))
    return tuple(dict.fromkeys(found))


@cache
def _file() -> GlossaryFile:
    return parse(FILE.read_bytes(), file=FILE.name, shape=GlossaryFile).content


@cache
def _terms_by_form(language: str) -> dict[str, Term]:
    entries = zip(terms(language), _file().terms, strict=True)
    return {form.casefold(): term for term, entry in entries for form in entry.forms.of(language)}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    forms = sorted((form for entry in _file().terms for form in entry.forms.of(language)), key=len, reverse=True)
    either = "|".join(re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})" for form in forms)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")
