"""Evidence: the level that people claim for a statement, and the level that can be shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Protocol

from assessments.content import Fact, Statement
from assessments.library import Form, Library
from assessments.requirements import Requirements
from assessments.responses import Answer


class KnownFact(Protocol):
    """
    What the program says about a fact.

    value: None while unknown. sentence: what it says, with the figure, as a whole sentence.
    """

    @property
    def value(self) -> float | None: ...

    @property
    def sentence(self) -> str: ...


@dataclass(frozen=True)
class EvidencedLevel:
    """
    A statement's claimed level and the one that is shown.

    claimed: the median of the run, None when nobody gave a level. evidenced: the highest level, at most the claimed,
    that a fact of the program or the attached evidence shows; None without a claim. missing: the kinds of evidence that
    the claimed level still needs. computed: what the fact allows, None without one. contradiction: where the fact
    allows less than is claimed, in words, else empty.
    """

    statement: str
    claimed: float | None
    evidenced: int | None
    missing: tuple[str, ...]
    computed: int | None
    contradiction: str
    sentence: str


def claims(answers: Iterable[Answer], library: Library, *, form: Form) -> dict[str, float | None]:
    """Return the median level of each asked statement, None when nobody gave one."""
    levels = Requirements(answers)
    return {statement.id: levels.median(statement.id) for statement in library.statements(form)}


def fact_level(fact: Fact, value: float) -> int:
    """
    Return the highest level that a value allows: the one below the lowest limit it misses, else the highest limited.

    A level without a limit of its own takes no more than the level below it.
    """
    missed = [
        level for level, limit in fact.limits.items() if (value > limit if fact.lower_is_better else value < limit)
    ]
    return max(0, min(missed) - 1) if missed else max(fact.limits)


def evidenced_levels(
    claimed: Mapping[str, float | None],
    library: Library,
    *,
    attached: Mapping[str, Collection[str]],
    facts: Mapping[str, KnownFact],
) -> tuple[EvidencedLevel, ...]:
    """
    Return the shown level beside each claimed one, in the order of the model.

    claimed: levels by statement, as `claims` returns them. attached: kinds of evidence by statement. facts: by id; one
    that is missing or has no value is left to the evidence.

    A fact speaks for the levels up to its highest limit; above that, and without a fact, each kind of evidence that the
    level needs must be there.
    """
    known = [statement for statement in library.statements("long") if statement.id in claimed]
    return tuple(
        _evidenced(statement, claimed[statement.id], set(attached.get(statement.id, ())), facts) for statement in known
    )


def contradictions(levels: Iterable[EvidencedLevel]) -> tuple[EvidencedLevel, ...]:
    """Return the statements whose fact allows less than is claimed, the widest gap first."""
    found = [level for level in levels if level.contradiction]
    return tuple(sorted(found, key=lambda level: (level.computed or 0) - (level.claimed or 0.0)))


def _evidenced(
    statement: Statement, claimed: float | None, attached: Collection[str], facts: Mapping[str, KnownFact]
) -> EvidencedLevel:
    known = facts.get(statement.fact.id) if statement.fact else None
    computed, top = None, -1
    if statement.fact and known and known.value is not None:
        computed, top = fact_level(statement.fact, known.value), max(statement.fact.limits)
    if claimed is None:
        sentence = "Nobody gave it a level, so there is nothing to show."
        return EvidencedLevel(statement.id, None, None, (), computed, "", sentence)
    level = floor(claimed)
    needed = [evidence for evidence in statement.evidence if top < evidence.needed_from_level <= level]
    lacking = [evidence for evidence in needed if evidence.kind not in attached]
    limits = [level, *(evidence.needed_from_level - 1 for evidence in lacking)]
    contradiction = ""
    if known and computed is not None and computed < min(level, top):
        limits.append(computed)
        contradiction = f"{statement.id} is claimed at {claimed:g}. {known.sentence} That allows level {computed}."
    said = known.sentence if known and computed is not None else ""
    return EvidencedLevel(
        statement=statement.id,
        claimed=claimed,
        evidenced=min(limits),
        missing=tuple(evidence.kind for evidence in lacking),
        computed=computed,
        contradiction=contradiction,
        sentence=contradiction or _sentence(claimed, min(limits), [e.kind for e in lacking], said),
    )


def _sentence(claimed: float, shown: int, lacking: list[str], said: str) -> str:
    parts = [f"Claimed {claimed:g}, shown {shown}."]
    if lacking:
        parts.append(f"Still missing: {' and '.join(kind.replace('_', ' ') for kind in lacking)}.")
    return " ".join([*parts, said]).rstrip()
