"""The library: every statement that can be asked, the numbers of the gates, and the version of both."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from assessments.content import (
    AspectModel,
    Contradiction,
    Dimension,
    Evidence,
    Fact,
    Gates,
    Rule,
    Source,
    Statement,
    Target,
)
from assessments.functions import ASPECTS, FUNCTIONS, Aspect, Function
from assessments.model import AspectFile, DimensionEntry, FactEntry, GatesFile, SourceEntry, StatementEntry
from assessments.model_file import BadModel, ModelFile, ModelProblem, as_plain, parse_aspect, parse_gates, restore

MODELS = Path(__file__).parent / "models"

Form = Literal["short", "long"]


class UnknownStatement(KeyError):
    """There is no statement or dimension with this id."""


@dataclass(frozen=True)
class Library:
    """
    Three aspects and the gates between them, as one version.

    language: of its texts, English where one is missing. sha256: of the canonical JSON of the snapshot, all languages.
    """

    aspects: dict[str, AspectModel]
    gates: Gates
    scale: tuple[str, ...]
    versions: dict[str, str]
    sha256: str
    language: str
    _plain: str

    @property
    def functions(self) -> dict[str, Function]:
        """Everyone who may answer."""
        return FUNCTIONS

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """All dimensions in the order of the files, mindset first."""
        return tuple(dimension for aspect in self.aspects.values() for dimension in aspect.dimensions)

    def dimension(self, id_: str) -> Dimension:
        """Return a dimension. Raises UnknownStatement."""
        for dimension in self.dimensions:
            if dimension.id == id_:
                return dimension
        raise UnknownStatement(id_)

    def statements(self, form: Form = "short", *, aspect: str | None = None) -> tuple[Statement, ...]:
        """Return the statements of the short form (one per dimension) or all, of one aspect or of all three."""
        return tuple(
            statement
            for dimension in self.dimensions
            for statement in dimension.statements
            if (form == "long" or statement.short_form) and aspect in (None, dimension.aspect)
        )

    def statement(self, id_: str) -> Statement:
        """Return a statement. Raises UnknownStatement."""
        try:
            return self._by_id[id_]
        except KeyError:
            raise UnknownStatement(id_) from None

    @cached_property
    def _by_id(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.statements("long")}

    def snapshot(self) -> dict[str, Any]:
        """Return everything as plain values for JSON; `from_snapshot` makes the same library of it."""
        plain: dict[str, Any] = json.loads(self._plain)
        return plain

    def in_language(self, language: str) -> "Library":
        """Return the same library with its texts in a language of LANGUAGES."""
        return self if language == self.language else from_snapshot(self.snapshot(), language=language)


@cache
def load() -> Library:
    """Return the shipped library. Raises BadModel if its files were changed into something that does not fit."""
    return from_texts({path.stem: path.read_bytes() for path in sorted(MODELS.glob("*.yaml"))})


def from_texts(texts: dict[str, bytes]) -> Library:
    """
    Return the library in four YAML texts, named mindset, mechanism, strategy and gates.

    Raises BadModel.
    """
    aspects = [parse_aspect(texts[aspect], file=f"{aspect}.yaml") for aspect in ASPECTS]
    return _library(aspects, parse_gates(texts["gates"], file="gates.yaml"))


def of_files(files: Sequence[ModelFile[AspectFile]]) -> Library:
    """Return the library of the three aspects' files, mindset first, with the shipped gates. Raises BadModel."""
    return _library(files, restore(load().snapshot()["gates"], file="gates.yaml", shape=GatesFile))


def from_snapshot(snapshot: dict[str, Any], *, language: str = "en") -> Library:
    """Return the library of a snapshot, with its texts in a language. Raises BadModel."""
    files = [restore(snapshot.get(aspect), file=f"{aspect} of the snapshot", shape=AspectFile) for aspect in ASPECTS]
    return _library(files, restore(snapshot.get("gates"), file="gates of the snapshot", shape=GatesFile), language)


def _library(files: Sequence[ModelFile[AspectFile]], gates: ModelFile[GatesFile], language: str = "en") -> Library:
    problems = tuple(_misfits(files, gates))
    if problems:
        raise BadModel(problems)
    contents = {file.content.model.aspect: file.content for file in files}
    plain = {name: as_plain(content) for name, content in (contents | {"gates": gates.content}).items()}
    return Library(
        aspects={aspect: _aspect(contents[aspect], language) for aspect in ASPECTS},
        gates=_gates(gates.content, language),
        scale=tuple(label.text(language) for label in contents["mindset"].model.scale.labels),
        versions={name: file["model"]["version"] for name, file in plain.items()},
        sha256=_sha256(plain),
        language=language,
        _plain=_canonical(plain),
    )


def _misfits(files: Sequence[ModelFile[AspectFile]], gates: ModelFile[GatesFile]) -> Iterator[ModelProblem]:
    statements = {s.id for file in files for entry in file.content.dimensions for s in entry.statements}
    floor = gates.content.gates["floor"].value
    for file, aspect in zip(files, ASPECTS, strict=True):
        if file.content.model.aspect != aspect:
            yield file.problem(f"{file.content.model.id} is not {aspect}", "model", "id")
        for at, entry in enumerate(file.content.dimensions):
            if entry.gate and entry.gate.floor != floor:
                yield file.problem(f"{entry.id} has another floor than gates.yaml", "dimensions", at, "gate", "floor")
            for number, statement in enumerate(entry.statements):
                path = ("dimensions", at, "statements", number)
                for other in sorted({*statement.requires, *(c.statement for c in statement.contradicts)} - statements):
                    part = "requires" if other in statement.requires else "contradicts"
                    yield file.problem(f"{statement.id} names {other}, which does not exist", *path, part)


def _aspect(content: AspectFile, language: str) -> AspectModel:
    head = content.model
    return AspectModel(
        id=head.aspect,
        model_id=head.id,
        version=head.version,
        name=head.name.text(language),
        about=head.about.text(language),
        sha256=_sha256(as_plain(content)),
        dimensions=tuple(_dimension(entry, head.aspect, language) for entry in content.dimensions),
    )


def _dimension(entry: DimensionEntry, aspect: Aspect, language: str) -> Dimension:
    return Dimension(
        id=entry.id,
        aspect=aspect,
        name=entry.name.text(language),
        short_name=entry.short_name.text(language),
        about=entry.about.text(language),
        weight=entry.weight,
        gated=entry.gate is not None,
        sources=tuple(_source(source) for source in entry.sources),
        statements=tuple(_statement(statement, entry, aspect, language) for statement in entry.statements),
    )


def _source(entry: SourceEntry) -> Source:
    return Source(entry.essay, entry.phrase)


def _statement(entry: StatementEntry, dimension: DimensionEntry, aspect: Aspect, language: str) -> Statement:
    return Statement(
        id=entry.id,
        dimension=dimension.id,
        aspect=aspect,
        text=entry.text.text(language),
        short_form=entry.short_form,
        functions=tuple(entry.functions),
        levels=tuple(entry.levels[level].text(language) for level in sorted(entry.levels)),
        source=_source(entry.source or dimension.sources[0]),
        evidence=tuple(Evidence(e.kind, e.ask.text(language), e.needed_from_level) for e in entry.evidence),
        requires=dict(entry.requires),
        contradicts=tuple(Contradiction(c.from_level, c.statement, c.at_most) for c in entry.contradicts),
        fact=_fact(entry.fact) if entry.fact else None,
    )


def _fact(entry: FactEntry) -> Fact:
    return Fact(entry.id, dict(entry.at_least or entry.at_most), lower_is_better=bool(entry.at_most))


def _gates(content: GatesFile, language: str) -> Gates:
    minimum = content.disclosure["minimum"]
    return Gates(
        **{name: number.value for name, number in content.gates.items()},
        disclosure_minimum=int(minimum.value),
        targets={
            id_: Target(id_, t.name.text(language), t.level, t.reason.text(language))
            for id_, t in content.targets.items()
        },
        rules={id_: Rule(id_, r.essay, r.phrase, r.meaning.text(language)) for id_, r in content.rules.items()},
        reasons={name: number.reason.text(language) for name, number in content.gates.items()}
        | {"disclosure_minimum": minimum.reason.text(language)},
    )


def _canonical(plain: dict[str, Any]) -> str:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha256(plain: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(plain).encode()).hexdigest()
