"""The roadmap: what its activities wait for, what holds up its end, and the sentence it answers with."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from program.placing import (
    LONGEST,
    MOST_ACTIVITIES,
    PlacedActivity,
    PlannedActivity,
    PlannedLink,
    Roadmap,
    place,
)
from program.schedule import FROM_FINISH, NEAR, TO_FINISH

if TYPE_CHECKING:
    from program.baselines import Drift

__all__ = [
    "LONGEST",
    "MOST_ACTIVITIES",
    "PlacedActivity",
    "PlannedActivity",
    "PlannedLink",
    "Roadmap",
    "Why",
    "headline",
    "place",
    "why",
    "words",
    "working_days",
]


@dataclass(frozen=True)
class Why:
    """
    Why an activity is where it is.

    chain: the ids of the activities that hold it there, the first of them first, itself last. waits_for: of one that
    has slack, the activity that what follows it waits for instead.
    """

    sentence: str
    chain: tuple[str, ...]
    waits_for: str | None = None


def why(roadmap: Roadmap, activity_id: str) -> Why:
    """Return why an activity is critical or not, in words."""
    placed = roadmap.by_id[activity_id]
    chain = _chain(roadmap, activity_id)
    name = f"“{placed.activity.name}”"
    if placed.done:
        return Why(f"{name} is done and holds nothing up any more.", chain)
    if placed.critical:
        return Why(f"{name} is critical: {_held(roadmap, placed, chain)} One day later moves the end by a day.", chain)
    slack = placed.times.total_slack
    other = _instead(roadmap, activity_id)
    because = f" What follows waits for “{roadmap.by_id[other].activity.name}”." if other else ""
    return Why(
        f"{name} is not critical: it may end {working_days(slack)} later before the end moves.{because}"
        f" It holds the end up once it takes more than {working_days(slack)} longer.",
        chain,
        other,
    )


def headline(roadmap: Roadmap, drift: "Drift | None" = None) -> str:
    """Return the one sentence that the roadmap answers with. drift: from the baseline that it is compared with."""
    if roadmap.finish is None:
        return "Nothing is on the roadmap yet."
    if all(each.done for each in roadmap.activities):
        return f"Everything on the roadmap is done since {words(roadmap.finish)}."
    late = ""
    if drift is not None and drift.finish_days is not None:
        by = working_days(abs(drift.finish_days))
        late = (
            f", as in “{drift.name}”"
            if not drift.finish_days
            else f", {by} {'later' if drift.finish_days > 0 else 'sooner'} than in “{drift.name}”"
        )
    critical = [each for each in roadmap.activities if each.critical and not each.activity.milestone]
    holding = min(critical, key=lambda each: each.times.early_start, default=None)
    up = f" “{holding.activity.name}” is the next to hold it up." if holding else ""
    return f"The roadmap ends on {words(roadmap.finish)}{late}.{up}"


def words(day: date) -> str:
    """Return a day as sentences have it: 5 May 2026."""
    return f"{day.day} {day:%B} {day.year}"


def working_days(count: float) -> str:
    """Return a number of working days in words: 1 working day, 2.5 working days."""
    shown = f"{count:,.2f}".rstrip("0").rstrip(".")
    return f"{shown} working day" if shown == "1" else f"{shown} working days"


def _held(roadmap: Roadmap, placed: PlacedActivity, chain: tuple[str, ...]) -> str:
    before = [roadmap.by_id[id_].activity.name for id_ in chain[:-1]]
    if not before:
        return (
            "it has started, and the rest of it holds the end." if placed.activity.started else _alone(roadmap, placed)
        )
    if len(before) == 1:
        return f"it waits for “{before[0]}”."
    return f"it waits for “{before[-1]}”, in a chain of {len(before)} activities that begins with “{before[0]}”."


def _alone(roadmap: Roadmap, placed: PlacedActivity) -> str:
    own = placed.activity.not_before
    if own is not None and roadmap.calendar.number(own) >= placed.times.early_start - NEAR:
        return f"it may not start before {words(own)}."
    return "it starts as early as it can."


def _chain(roadmap: Roadmap, activity_id: str) -> tuple[str, ...]:
    """Back from an activity, each time to one predecessor that leaves it no room; what has started waits for none."""
    chain, seen = [activity_id], {activity_id}
    while True:
        own = roadmap.by_id[chain[-1]]
        before = next((id_ for id_ in _driving(roadmap, own) if id_ not in seen), None)
        if before is None:
            return tuple(reversed(chain))
        chain.append(before)
        seen.add(before)


def _driving(roadmap: Roadmap, own: PlacedActivity) -> list[str]:
    """The predecessors that hold an activity where it is, those that hold the end up first."""
    if own.done:
        return []
    found = []
    for link in own.activity.links:
        before = roadmap.by_id.get(link.predecessor_id)
        if before is None or (own.activity.started and link.kind not in TO_FINISH):
            continue
        if abs(_room(before, link, own)) <= NEAR:
            found.append(before)
    return [each.id for each in sorted(found, key=lambda each: (not each.critical, each.done))]


def _instead(roadmap: Roadmap, activity_id: str) -> str | None:
    """What the first follower with room to spare waits for instead of this activity or of what it holds up."""
    at, seen = activity_id, set()
    while at not in seen:
        seen.add(at)
        own = roadmap.by_id[at]
        rooms = [(_room(own, link, roadmap.by_id[id_]), id_) for link, id_ in roadmap.successors[at]]
        if not rooms:
            return None
        room, next_ = min(rooms)
        if room > NEAR:
            return next((id_ for id_ in _driving(roadmap, roadmap.by_id[next_]) if id_ != at), None)
        at = next_
    return None


def _room(before: PlacedActivity, link: PlannedLink, own: PlacedActivity) -> float:
    """How many working days lie between what a link allows and what is."""
    allowed = before.times.early_finish if link.kind in FROM_FINISH else before.times.early_start
    held = own.times.early_finish if link.kind in TO_FINISH else own.times.early_start
    return held - allowed - float(link.lag)
