"""The crosswalk between two versions: where the answers go, and what that does to the scores."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessments.functions import ASPECTS
from assessments.library import Form, Library
from assessments.responses import Answer
from assessments.scoring import Assessment, assess

Crosswalk = Mapping[str, str | Sequence[str]]

DROPPED = "dropped"
KINDS = ("level", "dont_know", "na")  # the one that says most first


@dataclass(frozen=True)
class Moved:
    """
    Answers after a crosswalk, and how many went which way.

    kept: to one statement, renamed of them to one with another id. split: to several. dropped: as the crosswalk says.
    unknown: to a statement that is not there any more, without a word of the crosswalk. merged: given up because the
    same person's answer to another statement came to the same one.
    """

    answers: tuple[Answer, ...]
    kept: int
    renamed: int
    split: int
    dropped: int
    unknown: int
    merged: int


@dataclass(frozen=True)
class ScoreMove:
    """A score before and after, None where there is none. note: "new" or "gone" for a dimension of one version only."""

    id: str
    name: str
    before: float | None
    after: float | None
    note: str = ""

    @property
    def moves(self) -> bool:
        """Whether the score becomes another one."""
        return self.before != self.after


@dataclass(frozen=True)
class Preview:
    """What a new version does to a run: to its answers, and to every score. start_with: before and after."""

    moved: Moved
    readiness: ScoreMove
    aspects: tuple[ScoreMove, ...]
    dimensions: tuple[ScoreMove, ...]
    start_with: tuple[str, str]


def moved(answers: Iterable[Answer], crosswalk: Crosswalk, *, known: Collection[str] | None = None) -> Moved:
    """
    Return answers as a crosswalk moves them: old id -> new id, several new ids, or "dropped".

    An id that the crosswalk leaves out keeps its answers. known: the ids of the new version; None for any.
    A split answer goes to each new statement. Where two answers of a person come together the lower level stays,
    because the new statement claims both; a level stays before "don't know", and that before "not applicable".
    """
    counts = dict.fromkeys(("kept", "renamed", "split", "dropped", "unknown"), 0)
    found: dict[tuple[str, str], Answer] = {}
    merged = 0
    for answer in answers:
        way, targets = _way(answer.statement, crosswalk, known)
        counts[way] += 1
        for target in targets:
            here = replace(answer, statement=target)
            there = found.get((answer.respondent, target))
            merged += there is not None
            found[answer.respondent, target] = here if there is None else min(there, here, key=_weight)
    counts["kept"] += counts["renamed"]
    return Moved(tuple(found.values()), merged=merged, **counts)


def chained(crosswalks: Sequence[Crosswalk]) -> Crosswalk:
    """Return the crosswalk that takes answers over several versions, the oldest first."""
    found: dict[str, str | Sequence[str]] = {}
    for id_ in dict.fromkeys(id_ for each in crosswalks for id_ in each):
        targets: tuple[str, ...] = (id_,)
        for each in crosswalks:
            targets = tuple(dict.fromkeys(to for target in targets for to in _way(target, each, None)[1]))
        found[id_] = targets or DROPPED
    return found


def preview(
    answers: Iterable[Answer],
    old: Library,
    new: Library,
    crosswalk: Crosswalk | None = None,
    form: Form | None = None,
) -> Preview:
    """Return what a new version makes of a run's answers. crosswalk: None where every id stays; form: as in `score`."""
    answers = tuple(answers)
    after = moved(answers, crosswalk or {}, known={statement.id for statement in new.statements("long")})
    was, becomes = assess(answers, old, form=form), assess(after.answers, new, form=form)
    return Preview(
        moved=after,
        readiness=ScoreMove("readiness", "Readiness", was.readiness.readiness, becomes.readiness.readiness),
        aspects=tuple(
            ScoreMove(aspect, new.aspects[aspect].name, was.aspects[aspect].score, becomes.aspects[aspect].score)
            for aspect in ASPECTS
        ),
        dimensions=tuple(_dimensions(was, becomes)),
        start_with=(was.readiness.start_with, becomes.readiness.start_with),
    )


def _way(statement: str, crosswalk: Crosswalk, known: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    told = crosswalk.get(statement, statement)
    if told == DROPPED or not told:
        return "dropped", ()
    wanted = (told,) if isinstance(told, str) else tuple(dict.fromkeys(told))
    targets = tuple(target for target in wanted if known is None or target in known)
    if not targets:
        return "unknown", ()
    if len(targets) > 1:
        return "split", targets
    return "kept" if targets == (statement,) else "renamed", targets


def _weight(answer: Answer) -> tuple[int, int]:
    return KINDS.index(answer.kind), answer.level or 0


def _dimensions(was: Assessment, becomes: Assessment) -> Iterator[ScoreMove]:
    before, after = ({each.id: each for each in one.dimensions} for one in (was, becomes))
    for aspect in ASPECTS:
        ids = [each.id for one in (becomes, was) for each in one.aspects[aspect].dimensions]
        for id_ in dict.fromkeys(ids):
            old, new = before.get(id_), after.get(id_)
            name = (new or before[id_]).name
            note = "gone" if new is None else "" if old else "new"
            yield ScoreMove(id_, name, old.score if old else None, new.score if new else None, note)
