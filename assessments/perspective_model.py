"""The perspective questions: what is asked about people's view of Social CRM, and what may be answered."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from assessments.content import Source
from assessments.model import LANGUAGES, Localized, Name, SourceEntry, Strict, Version
from assessments.model_file import as_plain, parse

FILE = Path(__file__).parent / "models" / "perspective.yaml"

# The order is the intervention: what customers gain (P2) is asked before what we gain (P3).
FIELDS: dict[str, tuple[str, ...]] = {
    "P1": ("position", "why"),
    "P2": ("text",),
    "P3": ("gain", "loss", "fear"),
    "P4": ("order",),
    "P5": ("position", "order"),
    "P6": ("function", "who"),
    "P7": ("aspect",),
    "OWN": ("current", "future", "name", "mandated_on", "budget_line"),
}
CARDS = ("channel", "technology", "way_of_working", "marketing", "service", "whole_business")
STAGES = ("network", "team", "coordinator", "chief")
DONT_KNOW = "dont_know"
POSITIONS = range(11)


class QuestionEntry(Strict):
    """One question, why it is asked, and the labels of its fields."""

    id: str
    text: Localized
    why: Localized
    source: SourceEntry
    fields: dict[Name, Localized]


class ChoiceEntry(Strict):
    """Something to choose. at: where a pole stands. optional: a stage that is not a goal."""

    id: Name
    name: Localized
    text: Localized
    at: int | None = None
    optional: bool = False


class PerspectiveHead(Strict):
    """What the file says about itself."""

    id: Literal["scrm.perspective"]
    version: Version
    locale: Literal["en"]


class PerspectiveFile(Strict):
    """The file of perspective questions."""

    schema_version: Literal["1.0"]
    model: PerspectiveHead
    questions: list[QuestionEntry]
    poles: list[ChoiceEntry] = Field(min_length=2, max_length=2)
    cards: list[ChoiceEntry]
    stages: list[ChoiceEntry]
    dont_know: Localized
    credit: Localized

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse questions, fields, cards or stages that are missing or in another order."""
        if [(q.id, tuple(q.fields)) for q in self.questions] != list(FIELDS.items()):
            raise ValueError(f"questions and their fields must be {FIELDS}, in this order")
        for what, found, wanted in (("cards", self.cards, CARDS), ("stages", self.stages, STAGES)):
            if tuple(entry.id for entry in found) != wanted:
                raise ValueError(f"{what} must be {', '.join(wanted)}, in this order")
        if [pole.at for pole in self.poles] != [POSITIONS[0], POSITIONS[-1]]:
            raise ValueError(f"the poles must stand at {POSITIONS[0]} and {POSITIONS[-1]}")
        return self


@dataclass(frozen=True)
class Question:
    """One question. fields: the label of each field of its value, in the order to ask."""

    id: str
    text: str
    why: str
    source: Source
    fields: dict[str, str]


@dataclass(frozen=True)
class Choice:
    """A card, a stage or a pole. at: where a pole stands. optional: a stage that is not a goal."""

    id: str
    name: str
    text: str
    at: int | None
    optional: bool


@dataclass(frozen=True)
class Perspective:
    """
    The questions P1 to P7 and OWN in the order to ask, with what can be chosen, in one language.

    sha256: of the canonical JSON of the file, all languages. credit: whose thoughts the choices follow.
    """

    questions: tuple[Question, ...]
    poles: tuple[Choice, ...]
    cards: tuple[Choice, ...]
    stages: tuple[Choice, ...]
    dont_know: str
    credit: str
    version: str
    sha256: str
    language: str

    def question(self, id_: str) -> Question:
        """Return a question. Raises KeyError."""
        return {question.id: question for question in self.questions}[id_]

    def name(self, id_: str) -> str:
        """Return the name of a card, a stage, a pole or "dont_know". Raises KeyError."""
        names = {choice.id: choice.name for choice in (*self.cards, *self.stages, *self.poles)}
        return (names | {DONT_KNOW: self.dont_know})[id_]


@cache
def load(language: str = "en") -> Perspective:
    """Return the shipped questions in a language of LANGUAGES. Raises BadModel if the file no longer fits."""
    if language not in LANGUAGES:
        raise KeyError(language)
    content = parse(FILE.read_bytes(), file=FILE.name, shape=PerspectiveFile).content
    canonical = json.dumps(as_plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Perspective(
        questions=tuple(_question(entry, language) for entry in content.questions),
        poles=_choices(content.poles, language),
        cards=_choices(content.cards, language),
        stages=_choices(content.stages, language),
        dont_know=content.dont_know.text(language),
        credit=content.credit.text(language),
        version=content.model.version,
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        language=language,
    )


def _question(entry: QuestionEntry, language: str) -> Question:
    return Question(
        id=entry.id,
        text=entry.text.text(language),
        why=entry.why.text(language),
        source=Source(entry.source.essay, entry.source.phrase),
        fields={name: label.text(language) for name, label in entry.fields.items()},
    )


def _choices(entries: list[ChoiceEntry], language: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(entry.id, entry.name.text(language), entry.text.text(language), entry.at, entry.optional)
        for entry in entries
    )
