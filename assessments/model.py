"""The shape of a model file: what mindset.yaml, mechanism.yaml, strategy.yaml and gates.yaml may say."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from assessments.functions import FUNCTIONS, LEVELS, Aspect

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_-]*$")]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
DimensionId = Annotated[str, StringConstraints(pattern=r"^(MI|ME|ST)-[A-Z0-9]{3,4}$")]
StatementId = Annotated[str, StringConstraints(pattern=r"^(MI|ME|ST)-[A-Z0-9]{3,4}-[1-9]$")]
Essay = Literal["S0", "S1", "S2", "S3", "S4"]
Level = Annotated[int, Field(ge=0, le=4)]
GATE_NUMBERS = ("threshold", "floor", "step", "closed_strategy_cap", "coverage", "imbalance_warning")
RULES = ("mechanism_above_mindset", "strategy_above_lower", "strategy_waits_for_gates")
LANGUAGES = {"en": "English", "de": "Deutsch"}
PREFIXES: dict[Aspect, str] = {"mindset": "MI", "mechanism": "ME", "strategy": "ST"}


class Strict(BaseModel):
    """Unknown keys are refused and nothing is converted: "no" is not a text and "2" is not a number."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Localized(Strict):
    """A text in each language; English is the one that must be there, and stands in for one that is missing."""

    en: Text
    de: Text | None = Field(default=None, exclude_if=lambda text: text is None)

    def text(self, language: str) -> str:
        """Return the text in a language of LANGUAGES."""
        found: str | None = getattr(self, language)
        return found or self.en


class SourceEntry(Strict):
    """An essay and a short phrase that stands in it."""

    essay: Essay
    phrase: Text


class EvidenceEntry(Strict):
    """What is asked for as evidence, and the level from which it is needed."""

    kind: Name
    ask: Localized
    needed_from_level: Level


class ContradictionEntry(Strict):
    """Answers from this level on do not go with another statement at or below `at_most`."""

    from_level: Level
    statement: StatementId
    at_most: Level


class FactEntry(Strict):
    """
    A fact that the program knows, and what each level takes of it: one limit a level, all from below or all from above.

    id: of program/facts.yaml; the assessments only compare its value.
    """

    id: Name
    at_least: dict[Level, float] = Field(default={}, exclude_if=lambda limits: not limits)
    at_most: dict[Level, float] = Field(default={}, exclude_if=lambda limits: not limits)

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Refuse limits in no or in both directions, and limits that get easier from level to level."""
        if bool(self.at_least) == bool(self.at_most):
            raise ValueError("a fact has either at_least or at_most")
        limits = [limit for _, limit in sorted((self.at_least or self.at_most).items())]
        if limits != sorted(limits, reverse=bool(self.at_most)):
            raise ValueError("a higher level must not take less of a fact")
        return self


class CrosswalkEntry(Strict):
    """Where the answers of an older version go: to one statement, to several, or nowhere."""

    from_version: Version
    statements: dict[StatementId, StatementId | list[StatementId] | Literal["dropped"]]


class StatementEntry(Strict):
    """
    One statement with its five anchors.

    source: left out where the first source of the dimension is meant. What is left out is also out of the hash.
    """

    id: StatementId
    text: Localized
    short_form: bool = False
    functions: list[str] = Field(min_length=1)
    source: SourceEntry | None = Field(default=None, exclude_if=lambda source: source is None)
    evidence: list[EvidenceEntry] = Field(min_length=1)
    requires: dict[StatementId, Level] = {}
    contradicts: list[ContradictionEntry] = []
    fact: FactEntry | None = Field(default=None, exclude_if=lambda fact: fact is None)
    levels: dict[int, Localized]

    @field_validator("functions")
    @classmethod
    def known(cls, functions: list[str]) -> list[str]:
        """Refuse a function that nobody has."""
        for function in functions:
            if function not in FUNCTIONS:
                raise ValueError(f"{function} is not a function; functions are {', '.join(FUNCTIONS)}")
        return functions

    @field_validator("levels")
    @classmethod
    def five_anchors(cls, levels: dict[int, Localized]) -> dict[int, Localized]:
        """Refuse anything but five different anchors."""
        if sorted(levels) != list(LEVELS):
            raise ValueError("levels must be 0, 1, 2, 3 and 4")
        if len({anchor.en.casefold() for anchor in levels.values()}) < len(LEVELS):
            raise ValueError("two levels have the same text")
        return levels


class GateEntry(Strict):
    """Marks a gated dimension; its floor is the one of gates.yaml."""

    floor: float


class DimensionEntry(Strict):
    """One dimension of an aspect."""

    id: DimensionId
    name: Localized
    short_name: Localized
    about: Localized
    weight: float = Field(default=1.0, gt=0)
    sources: list[SourceEntry] = Field(min_length=1)
    gate: GateEntry | None = None
    statements: list[StatementEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def one_short_form(self) -> Self:
        """Refuse a dimension that the short form cannot ask about."""
        if sum(statement.short_form for statement in self.statements) != 1:
            raise ValueError("exactly one statement of a dimension is in the short form")
        for statement in self.statements:
            if not statement.id.startswith(f"{self.id}-"):
                raise ValueError(f"{statement.id} does not belong to {self.id}")
        return self


class Scale(Strict):
    """The scale of every statement."""

    min: Literal[0]
    max: Literal[4]
    labels: list[Localized] = Field(min_length=5, max_length=5)


class AspectHead(Strict):
    """What a file of an aspect says about itself."""

    id: Literal["scrm.mindset", "scrm.mechanism", "scrm.strategy"]
    version: Version
    locale: Literal["en"]
    name: Localized
    about: Localized
    scale: Scale

    @property
    def aspect(self) -> Aspect:
        """The aspect of an id such as scrm.mindset."""
        return next(aspect for aspect in PREFIXES if self.id == f"scrm.{aspect}")


def _wrong_at(place: tuple[str | int, ...], message: str) -> PydanticCustomError:
    """What is wrong with a part of a file that is only seen with the whole: model_file.py names the part's line."""
    return PydanticCustomError("wrong_at", "{message}", {"message": message, "place": place})


class AspectFile(Strict):
    """A file of one aspect."""

    schema_version: Literal["1.0"]
    model: AspectHead
    crosswalk: CrosswalkEntry | None = Field(default=None, exclude_if=lambda crosswalk: crosswalk is None)
    dimensions: list[DimensionEntry] = Field(min_length=1)

    @model_validator(mode="after")
    def ids_fit(self) -> Self:
        """Refuse an id used twice, or of another aspect."""
        places: list[tuple[str, tuple[str | int, ...]]] = [
            (entry.id, ("dimensions", at)) for at, entry in enumerate(self.dimensions)
        ]
        places += [
            (statement.id, ("dimensions", at, "statements", number))
            for at, entry in enumerate(self.dimensions)
            for number, statement in enumerate(entry.statements)
        ]
        seen: set[str] = set()
        for id_, place in places:
            if id_ in seen:
                raise _wrong_at(place, f"{id_} stands here twice")
            if not id_.startswith(f"{PREFIXES[self.model.aspect]}-"):
                raise _wrong_at(place, f"{id_} does not belong to {self.model.aspect}")
            seen.add(id_)
        return self


class Number(Strict):
    """A number that is policy: its value, its unit, why, and whose choice it is."""

    value: float = Field(ge=0)
    unit: Text
    reason: Localized
    source: Text


class RuleEntry(Strict):
    """A rule of the house and the phrase of the essay behind it."""

    essay: Essay
    phrase: Text
    meaning: Localized


class TargetEntry(Strict):
    """A level to aim at in every dimension."""

    name: Localized
    level: Level
    reason: Localized
    source: Text


class GatesHead(Strict):
    """What the file of gates says about itself."""

    id: Literal["scrm.gates"]
    version: Version
    locale: Literal["en"]


class GatesFile(Strict):
    """The file of gates: every number that the rules of the house use."""

    schema_version: Literal["1.0"]
    model: GatesHead
    gates: dict[Name, Number]
    rules: dict[Name, RuleEntry]
    targets: dict[Name, TargetEntry]
    disclosure: dict[Literal["minimum"], Number]

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse a file that leaves a number or a rule out."""
        _same_keys("gates", self.gates, GATE_NUMBERS)
        _same_keys("rules", self.rules, RULES)
        return self


def _same_keys(what: str, found: dict[str, Any], wanted: tuple[str, ...]) -> None:
    if set(found) != set(wanted):
        raise ValueError(f"{what} must be {', '.join(wanted)}")
