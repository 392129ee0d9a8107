"""Progress: how far scores have come from a baseline to a target, over runs that can be compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.content import Gates, Target
from assessments.functions import ASPECTS
from assessments.readiness import Scores
from assessments.scores import Assessment

Versions = Mapping[str, str]


@dataclass(frozen=True)
class Point:
    """
    One run in a trend.

    versions: of the model, by aspect. scores: of the aspects. dimensions: scores by id. All scores are None where
    unknown.
    """

    run: str
    name: str
    form: str
    opened_at: datetime
    closed_at: datetime | None
    versions: Versions
    scores: Scores
    readiness: float | None
    dimensions: Scores


@dataclass(frozen=True)
class LeftOutRun:
    """A run that cannot stand in a trend, and why."""

    point: Point
    reason: str


@dataclass(frozen=True)
class Trend:
    """
    Runs that can be compared, the oldest first.

    baseline: the first closed one, None without any. note: what to keep in mind when reading, else empty.
    """

    points: tuple[Point, ...]
    left_out: tuple[LeftOutRun, ...]
    baseline: Point | None
    note: str


@dataclass(frozen=True)
class DimensionProgress:
    """
    A dimension on its way to a target.

    gap: levels that are missing, 0 at or above the target. progress: share of the way from the baseline, below 0 where
    the score fell. Each is None where a score is unknown.
    """

    dimension: str
    baseline: float | None
    current: float | None
    target: int
    gap: float | None
    progress: float | None


def progress(current: float | None, baseline: float | None, target: float | None) -> float | None:
    """Return (current - baseline) / (target - baseline): 1 where the baseline was the target, None if one is None."""
    if current is None or baseline is None or target is None:
        return None
    return 1.0 if target == baseline else (current - baseline) / (target - baseline)


def comparable(one: Versions, other: Versions) -> bool:
    """Return whether scores by two versions of the model may stand side by side: the same MAJOR for each aspect."""
    return not changed(one, other)


def changed(one: Versions, other: Versions) -> tuple[str, ...]:
    """Return the aspects whose MAJOR version differs, or is known on one side only."""
    return tuple(aspect for aspect in ASPECTS if _major(one.get(aspect)) != _major(other.get(aspect)))


def point(
    assessment: Assessment, *, run: str, name: str, form: str, opened: datetime, closed: datetime | None
) -> Point:
    """Return what a trend shows of an assessment."""
    return Point(
        run=run,
        name=name,
        form=form,
        opened_at=opened,
        closed_at=closed,
        versions={aspect: scored.version for aspect, scored in assessment.aspects.items()},
        scores=dict(assessment.readiness.raw),
        readiness=assessment.readiness.readiness,
        dimensions={dimension.id: dimension.score for dimension in assessment.dimensions},
    )


def trend(points: Iterable[Point]) -> Trend:
    """Return the runs that can be compared with the newest one, and the others with the reason."""
    ordered = sorted(points, key=lambda point: (point.opened_at, point.run))
    kept, left_out = [], []
    for found in ordered:
        reason = _incomparable(found, ordered[-1])
        if reason:
            left_out.append(LeftOutRun(found, reason))
        else:
            kept.append(found)
    closed = [found for found in kept if found.closed_at is not None]
    return Trend(
        points=tuple(kept),
        left_out=tuple(left_out),
        baseline=min(closed, key=lambda found: (found.closed_at, found.run), default=None),
        note=_note(kept),
    )


def targets(gates: Gates) -> tuple[Target, ...]:
    """Return the target profiles, the lowest first."""
    return tuple(sorted(gates.targets.values(), key=lambda target: (target.level, target.id)))


def towards(current: Scores, target: Target, *, baseline: Scores | None = None) -> tuple[DimensionProgress, ...]:
    """Return where each dimension stands between its baseline and a target. current, baseline: scores by dimension."""
    return tuple(
        DimensionProgress(
            dimension=dimension,
            baseline=(before := (baseline or {}).get(dimension)),
            current=score,
            target=target.level,
            gap=None if score is None else max(0.0, target.level - score),
            progress=progress(score, before, target.level),
        )
        for dimension, score in current.items()
    )


def _major(version: str | None) -> str | None:
    return version.split(".")[0] if version else None


def _incomparable(found: Point, newest: Point) -> str:
    aspects = changed(found.versions, newest.versions)
    if not aspects:
        return ""
    parts = ", ".join(f"{a} {found.versions.get(a, 'none')} and {newest.versions.get(a, 'none')}" for a in aspects)
    return f"{found.name} asked by another version of the model than {newest.name} ({parts})."


def _note(points: Sequence[Point]) -> str:
    if len({found.form for found in points}) < 2:
        return ""
    return (
        "The short form asks one statement of each dimension, the long form all; part of a change may come from that."
    )
