"""Versions of an aspect's file: which number a change takes, and what an id may not become."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from assessments.crosswalk import Moved as Moved
from assessments.crosswalk import Preview as Preview
from assessments.crosswalk import ScoreMove as ScoreMove
from assessments.crosswalk import chained as chained
from assessments.crosswalk import moved as moved
from assessments.crosswalk import preview as preview
from assessments.differences import Bump as Bump
from assessments.differences import Change as Change
from assessments.differences import ModelDiff as ModelDiff
from assessments.differences import diff as diff
from assessments.differences import statements_of
from assessments.model import AspectFile

MAX_VERSION = 32  # characters; longer ones are no version that anybody reads
SAME_TEXT = 0.3  # two texts that share fewer of their words than this are two statements


@dataclass(frozen=True)
class VersionProblem:
    """Why a file cannot follow another one. path: the part of the file that is to blame."""

    path: tuple[Any, ...]
    sentence: str


def check_version(
    old: AspectFile, new: AspectFile, *, earlier: Sequence[AspectFile] = ()
) -> tuple[VersionProblem, ...]:
    """
    Return why a file cannot be the next version after another one; nothing when it can.

    earlier: every other version of the aspect that is known, so that no number and no id is used twice.
    """
    if old.model.id != new.model.id:
        return (VersionProblem(("model", "id"), f"This is {new.model.id}, not {old.model.id}."),)
    if len(new.model.version) > MAX_VERSION:
        return (VersionProblem(("model", "version"), "The version has more digits than anybody reads."),)
    found = diff(old, new)
    return (*_number(old, new, found, earlier), *_crosswalk(old, new), *_reused(old, new, earlier))


def warnings(old: AspectFile, new: AspectFile) -> tuple[str, ...]:
    """Return what looks as if an id got another meaning: a text with hardly a word in common, in no major version."""
    if parts(new.model.version)[0] != parts(old.model.version)[0]:
        return ()
    before, after = statements_of(old), statements_of(new)
    return tuple(
        f"{id_} said “{before[id_].text.en}” and now says “{after[id_].text.en}”. If it means something else, "
        "give it another id in a major version: answers stay with the id."
        for id_ in before
        if id_ in after and not _same(before[id_].text.en, after[id_].text.en)
    )


def next_version(version: str, bump: Bump) -> str:
    """Return the lowest version that raises a part of the number: 1.2.3 becomes 2.0.0, 1.3.0 or 1.2.4."""
    major, minor, patch = parts(version)
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0", "patch": f"{major}.{minor}.{patch + 1}"}[
        bump
    ]


def parts(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a version, which order as versions do."""
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def _number(
    old: AspectFile, new: AspectFile, found: ModelDiff, earlier: Sequence[AspectFile]
) -> Iterator[VersionProblem]:
    path, was, is_ = ("model", "version"), old.model.version, new.model.version
    if found.needs is None:
        yield VersionProblem(path, f"Nothing differs from version {was}, which is in use.")
        return
    if any(each.model.version == is_ and diff(each, new).needs for each in (old, *earlier)):
        lowest = next_version(was, found.needs)
        yield VersionProblem(path, f"Version {is_} exists with other content, and no version is changed. Use {lowest}.")
    elif parts(is_) < parts(was):
        yield VersionProblem(path, f"Version {is_} is older than {was}, which is in use.")
    elif parts(is_) < parts(next_version(was, found.needs)):
        cause = next(change for change in found.changes if change.needs == found.needs)
        lowest = next_version(was, found.needs)
        why = f"{cause.id}: {cause.field} {cause.kind}"
        yield VersionProblem(path, f"This takes a {found.needs} version, {lowest} or higher, not {is_} ({why}).")


def _crosswalk(old: AspectFile, new: AspectFile) -> Iterator[VersionProblem]:
    before, after, path = statements_of(old), statements_of(new), ("crosswalk", "statements")
    gone = [id_ for id_ in before if id_ not in after]
    told = new.crosswalk.statements if new.crosswalk else {}
    for id_, to in told.items():
        lost = [] if to == "dropped" else sorted({to} - set(after) if isinstance(to, str) else set(to) - set(after))
        if lost:
            yield VersionProblem((*path, id_), f"The crosswalk sends {id_} to {', '.join(lost)}, not in this file.")
        if id_ in after and id_ not in ([to] if isinstance(to, str) else to):
            yield VersionProblem(
                (*path, id_), f"The crosswalk takes the answers of {id_} away, which is still here. Use another id."
            )
    if gone and new.crosswalk and new.crosswalk.from_version != old.model.version:
        sentence = f"The crosswalk is from {new.crosswalk.from_version}; the version in use is {old.model.version}."
        yield VersionProblem(("crosswalk", "from_version"), sentence)
    if untold := [id_ for id_ in gone if id_ not in told]:
        yield VersionProblem(
            path if new.crosswalk else (),
            f"{', '.join(untold)} went away. A crosswalk from {old.model.version} has to say for each which "
            "statement takes its answers, or that they are dropped.",
        )


def _reused(old: AspectFile, new: AspectFile, earlier: Sequence[AspectFile]) -> Iterator[VersionProblem]:
    now = statements_of(old)
    for id_, statement in statements_of(new).items():
        before = [(each, statements_of(each)[id_]) for each in earlier if id_ in statements_of(each)]
        other = next((pair for pair in before if not _same(pair[1].text.en, statement.text.en)), None)
        if id_ not in now and other:
            file, entry = other
            yield VersionProblem(
                _where(new, id_),
                f"{id_} stood in version {file.model.version} for “{entry.text.en}”. An id is not used again.",
            )


def _where(file: AspectFile, id_: str) -> tuple[Any, ...]:
    return next(
        ("dimensions", at, "statements", number)
        for at, entry in enumerate(file.dimensions)
        for number, statement in enumerate(entry.statements)
        if statement.id == id_
    )


def _same(one: str, other: str) -> bool:
    words = one.casefold().split(), other.casefold().split()
    return SequenceMatcher(None, *words, autojunk=False).ratio() >= SAME_TEXT
