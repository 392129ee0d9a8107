"""What differs between two versions of an aspect's file, and which part of the version number that raises."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.model import LANGUAGES, AspectFile, DimensionEntry, Localized, SourceEntry, StatementEntry

Bump = Literal["major", "minor", "patch"]
Kind = Literal["added", "removed", "changed", "reworded", "translated"]

ORDER: tuple[Bump, ...] = ("patch", "minor", "major")


@dataclass(frozen=True)
class Change:
    """
    One thing that differs between two versions.

    id: a statement, a dimension or the model itself. field: its part; before, after: in words, "" where there is none.
    needs: the part of the version number that such a change raises.
    """

    kind: Kind
    id: str
    field: str
    before: str
    after: str
    needs: Bump


@dataclass(frozen=True)
class ModelDiff:
    """Everything that differs, and the version that it needs: None when nothing does."""

    changes: tuple[Change, ...]
    needs: Bump | None


def diff(old: AspectFile, new: AspectFile) -> ModelDiff:
    """
    Return what differs between two versions of an aspect's file, the number and the crosswalk left out.

    major: the scale, a gate, or an id that went away. minor: a statement or dimension more, or other data of one, such
    as its weight, functions, evidence, requirements or fact. patch: wording, translations and order.
    """
    changes = (
        *_compared(new.model.id, _head(old), _head(new)),
        *_order(new.model.id, "order of dimensions", list(dimensions_of(old)), list(dimensions_of(new))),
        *_order(new.model.id, "order of statements", list(statements_of(old)), list(statements_of(new))),
        *_entries("dimension", dimensions_of(old), dimensions_of(new)),
        *_entries("statement", statements_of(old), statements_of(new)),
    )
    return ModelDiff(changes, max((change.needs for change in changes), key=ORDER.index, default=None))


def statements_of(file: AspectFile) -> dict[str, StatementEntry]:
    """Return the statements of a file by id, in their order."""
    return {statement.id: statement for entry in file.dimensions for statement in entry.statements}


def dimensions_of(file: AspectFile) -> dict[str, DimensionEntry]:
    """Return the dimensions of a file by id, in their order."""
    return {entry.id: entry for entry in file.dimensions}


@dataclass(frozen=True)
class _Field:
    value: str
    kind: Kind
    needs: Bump


_Fields = Mapping[str, _Field]
_NOTHING = _Field("", "changed", "patch")


def _entries(
    what: str,
    old: Mapping[str, StatementEntry] | Mapping[str, DimensionEntry],
    new: Mapping[str, StatementEntry] | Mapping[str, DimensionEntry],
) -> Iterator[Change]:
    for id_, entry in old.items():
        if id_ in new:
            yield from _compared(id_, _fields(entry), _fields(new[id_]))
        else:
            yield Change("removed", id_, what, _title(entry), "", "major")
    for id_, entry in new.items():
        if id_ not in old:
            gated = isinstance(entry, DimensionEntry) and entry.gate is not None
            yield Change("added", id_, what, "", _title(entry), "major" if gated else "minor")


def _compared(id_: str, old: _Fields, new: _Fields) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name, _NOTHING), new.get(name, _NOTHING)
        if before.value != after.value:
            shape = after if name in new else before
            yield Change(shape.kind, id_, name, before.value, after.value, shape.needs)


def _order(id_: str, name: str, old: list[str], new: list[str]) -> Iterator[Change]:
    before, after = [id_ for id_ in old if id_ in new], [id_ for id_ in new if id_ in old]
    if before != after:
        yield Change("changed", id_, name, ", ".join(before), ", ".join(after), "patch")


def _title(entry: StatementEntry | DimensionEntry) -> str:
    return entry.text.en if isinstance(entry, StatementEntry) else entry.name.en


def _fields(entry: StatementEntry | DimensionEntry) -> _Fields:
    return _of_statement(entry) if isinstance(entry, StatementEntry) else _of_dimension(entry)


def _head(file: AspectFile) -> _Fields:
    head = file.model
    labels = {f"scale {level}": label for level, label in enumerate(head.scale.labels)}
    scale = {name: _Field(label.en, "changed", "major") for name, label in labels.items()}
    return {**_texts({"name": head.name, "about": head.about, **labels}), **scale}


def _of_dimension(entry: DimensionEntry) -> _Fields:
    return {
        **_texts({"name": entry.name, "short name": entry.short_name, "about": entry.about}),
        **_data({"weight": str(entry.weight), "sources": "; ".join(_source(source) for source in entry.sources)}),
        "gate": _Field(f"floor {entry.gate.floor}" if entry.gate else "", "changed", "major"),
    }


def _of_statement(entry: StatementEntry) -> _Fields:
    asks = {f"ask {number} ({each.kind})": each.ask for number, each in enumerate(entry.evidence, start=1)}
    levels = {f"level {level}": entry.levels[level] for level in sorted(entry.levels)}
    fact = entry.fact
    limits = sorted((fact.at_least or fact.at_most).items()) if fact else []
    bound = "at most" if fact and fact.at_most else "at least"
    data = {
        "short form": "asked" if entry.short_form else "not asked",
        "functions": ", ".join(entry.functions),
        "source": _source(entry.source) if entry.source else "",
        "evidence": "; ".join(f"{each.kind} from level {each.needed_from_level}" for each in entry.evidence),
        "requires": "; ".join(f"{id_} at {level}" for id_, level in sorted(entry.requires.items())),
        "contradicts": "; ".join(
            f"from level {each.from_level}: {each.statement} at most {each.at_most}" for each in entry.contradicts
        ),
        "fact": ", ".join([fact.id, *(f"level {level} {bound} {limit}" for level, limit in limits)]) if fact else "",
    }
    return {**_texts({"text": entry.text, **levels, **asks}), **_data(data)}


def _source(entry: SourceEntry) -> str:
    return f"{entry.essay}: {entry.phrase}"


def _texts(texts: Mapping[str, Localized]) -> _Fields:
    found = {name: _Field(text.en, "reworded", "patch") for name, text in texts.items()}
    for language in LANGUAGES:
        if language != "en":
            found |= {
                f"{name} ({language})": _Field(getattr(text, language) or "", "translated", "patch")
                for name, text in texts.items()
            }
    return found


def _data(values: Mapping[str, str]) -> _Fields:
    return {name: _Field(value, "changed", "minor") for name, value in values.items()}
