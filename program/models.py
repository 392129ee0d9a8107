"""Model files in a program: what is shipped, what was published, and whether an uploaded one can follow."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import PurePath
from typing import Any

import yaml
from pydantic import BaseModel

from assessments import library, strict_yaml
from assessments.functions import ASPECTS
from assessments.library import Library
from assessments.model import AspectFile, GatesFile
from assessments.model_file import BadModel, ModelFile, ModelProblem, as_plain, parse, parse_aspect, restore
from assessments.perspective_model import FILE, PerspectiveFile
from assessments.versions import ModelDiff, Preview, check_version, diff, warnings
from program import facts
from program.audit import canonical
from program.fields import NAME_LENGTH

MAX_BYTES = strict_yaml.MAX_BYTES
SHIPPED = "shipped"


@dataclass(frozen=True)
class PublishedVersion:
    """A version of an aspect that a program published. published_by: None where nobody knows, as in a copy."""

    id: str
    aspect: str
    version: str
    sha256: str
    published_at: datetime
    published_by: str | None


@dataclass(frozen=True)
class KnownVersion:
    """A version of an aspect that can be looked at. id: of a published one, "shipped", or the run it was asked in."""

    id: str
    version: str
    origin: str
    file: AspectFile


@dataclass(frozen=True)
class VersionInUse:
    """What a new run asks about an aspect. published: None for a shipped one."""

    aspect: str
    version: str
    sha256: str
    file: AspectFile
    published: PublishedVersion | None

    @property
    def statements(self) -> int:
        return sum(len(entry.statements) for entry in self.file.dimensions)


@dataclass(frozen=True)
class Verdict:
    """
    What is to be said of a model file before it is published.

    current: the file it would follow. problems: with the line of each; the file can be published when there are none.
    library: what new runs would use then.
    """

    file: ModelFile[AspectFile]
    current: AspectFile
    diff: ModelDiff
    problems: tuple[ModelProblem, ...]
    warnings: tuple[str, ...]
    library: Library | None


@dataclass(frozen=True)
class ModelProposal:
    """
    An uploaded file: its verdict, None when it cannot be read, and what it does to the newest named run with answers.

    quiet: why there is no preview.
    """

    verdict: Verdict | None
    problems: tuple[ModelProblem, ...]
    preview: Preview | None
    run_name: str
    quiet: str


@cache
def shipped() -> dict[str, ModelFile[AspectFile]]:
    """Return the shipped file of each aspect."""
    plain = library.load().snapshot()
    return {aspect: restore(plain[aspect], file=f"{aspect}.yaml", shape=AspectFile) for aspect in ASPECTS}


@cache
def other_texts() -> dict[str, BaseModel]:
    """Return the shipped files that every program uses as they are: the gates, and the perspective questions."""
    gates = restore(library.load().snapshot()["gates"], file="gates.yaml", shape=GatesFile)
    return {
        "gates.yaml": gates.content,
        FILE.name: parse(FILE.read_bytes(), file=FILE.name, shape=PerspectiveFile).content,
    }


def as_json(file: AspectFile) -> bytes:
    """Return the canonical JSON of a file: its SHA-256 is the one that runs and results carry."""
    return canonical(as_plain(file))


def read(content: bytes, *, file: str) -> ModelFile[AspectFile]:
    """Return an uploaded model file. file: the name it came with, for messages only. Raises BadModel."""
    parsed = parse_aspect(content, file=display_name(file))
    if unreadable := tuple(_control_characters(parsed)):
        raise BadModel(unreadable)
    return parsed


def display_name(file: str) -> str:
    """Return the last part of a file's name as one short line of text; it is shown and never opened."""
    name = "".join(letter for letter in PurePath(file.replace("\\", "/")).name if letter.isprintable())
    return name[:NAME_LENGTH] or "model.yaml"


def judge(
    file: ModelFile[AspectFile], *, in_use: Mapping[str, ModelFile[AspectFile]], earlier: Sequence[AspectFile]
) -> Verdict:
    """
    Return whether a file can follow the one in use, and what differs.

    in_use: the file of each aspect. earlier: the other known versions of the file's aspect.
    """
    current = in_use[file.content.model.aspect].content
    misnumbered = check_version(current, file.content, earlier=earlier)
    problems = [file.problem(each.sentence, *each.path) for each in misnumbered]
    joined = None
    try:
        joined = fit(file, in_use)
    except BadModel as misfits:
        problems += misfits.problems
    found = diff(current, file.content)
    return Verdict(file, current, found, tuple(problems), warnings(current, file.content), joined)


def fit(file: ModelFile[AspectFile], others: Mapping[str, ModelFile[AspectFile]]) -> Library:
    """Return the library of a file and the other two aspects. Raises BadModel, also for a fact nobody knows."""
    if unknown := tuple(_unknown_facts(file)):
        raise BadModel(unknown)
    together = {**others, file.content.model.aspect: file}
    return library.of_files([together[aspect] for aspect in ASPECTS])


def written(file: AspectFile) -> bytes:
    """Return a file as YAML that `read` takes: what is left out is what it would be anyway."""
    plain = file.model_dump(exclude_defaults=True)
    text = yaml.dump(plain, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)
    return text.encode()


class _Plain(yaml.SafeDumper):
    """Without aliases: two texts that are equal are still two texts."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _control_characters(file: ModelFile[AspectFile]) -> Iterator[ModelProblem]:
    """What a database or a screen cannot show; line breaks and tabs it can."""
    for path, value in _values(file.lines.value, ()):
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in value):
            yield file.problem("A text holds a control character, which cannot be shown", *path)


def _values(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _values(each, (*path, key))


def _unknown_facts(file: ModelFile[AspectFile]) -> Iterator[ModelProblem]:
    for at, entry in enumerate(file.content.dimensions):
        for number, statement in enumerate(entry.statements):
            if statement.fact and statement.fact.id not in facts.load():
                message = f"{statement.id} names the fact {statement.fact.id}, which this program does not know"
                yield file.problem(message, "dimensions", at, "statements", number, "fact")
