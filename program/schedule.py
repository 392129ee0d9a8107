"""
The schedule: when activities can start and must finish, and which of them hold up the end (critical path method).

Times are working days since the start of the plan, fractions allowed; 0 is the morning of the first day.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast

LinkKind = Literal["FS", "SS", "FF", "SF"]
KINDS: tuple[LinkKind, ...] = ("FS", "SS", "FF", "SF")
FROM_FINISH, TO_FINISH = frozenset(("FS", "FF")), frozenset(("FF", "SF"))
NEAR = 1e-9  # times that differ by less are the same

_LINK = re.compile(
    r"(?P<id>[^\s;]+)(?:\s+(?P<kind>FS|SS|FF|SF)\s*(?:(?P<sign>[+-])\s*(?P<lag>\d+(?:\.\d+)?))?)?", re.ASCII
)


class BadLink(ValueError):
    """A predecessor that is not written as A, B FS+2, C SS-1 or D FF."""


class Cycle(ValueError):
    """Activities that wait for each other; `members` in the order of waiting, the first once."""

    def __init__(self, members: Sequence[str]) -> None:
        super().__init__(f"These activities wait for each other: {' > '.join([*members, members[0]])}.")
        self.members = tuple(members)


@dataclass(frozen=True)
class Link:
    """
    A predecessor, by the position of its activity.

    kind: what of the predecessor (first letter) allows what of the successor (second): F finish, S start.
    lag: working days in between; a lead is negative.
    """

    predecessor: int
    kind: LinkKind = "FS"
    lag: float = 0.0


@dataclass(frozen=True)
class Activity:
    """
    A piece of work. duration: working days, 0 for a milestone. links: its predecessors. earliest: it does not start
    sooner, whatever the links say.
    """

    id: str
    name: str
    duration: float
    links: tuple[Link, ...] = ()
    earliest: float = 0.0


class Times(NamedTuple):
    """
    The six times of an activity, in working days.

    total_slack: how far it may slip without moving the end. free_slack: without moving the early dates of any
    successor either. critical: no total slack.
    """

    early_start: float
    early_finish: float
    late_start: float
    late_finish: float
    total_slack: float
    free_slack: float

    @property
    def critical(self) -> bool:
        return self.total_slack <= NEAR


@dataclass(frozen=True)
class Schedule:
    """The activities in their order and the times of each. duration: from the start to the last finish."""

    activities: tuple[Activity, ...]
    times: tuple[Times, ...]
    duration: float


def schedule(activities: Sequence[Activity]) -> Schedule:
    """
    Return the schedule of activities by the critical path method.

    An early start that a lead puts before the start of the plan is moved to 0. Raises Cycle.
    """
    order = in_order(activities)
    starts, finishes = _early(activities, order)
    end = max(finishes, default=0.0)
    late, free = _late_finishes(activities, order, starts, finishes, end)
    times = tuple(
        Times(start, finish, latest - (finish - start), latest, max(0.0, latest - finish), max(0.0, room))
        for start, finish, latest, room in zip(starts, finishes, late, free, strict=True)
    )
    return Schedule(tuple(activities), times, end)


def driving(plan: Schedule, at: int) -> list[int]:
    """Return the positions of the predecessors that hold an activity where it is: those without room in between."""
    found = []
    for link in plan.activities[at].links:
        before, own = plan.times[link.predecessor], plan.times[at]
        allowed = before.early_finish if link.kind[0] == "F" else before.early_start
        held = own.early_start if link.kind[1] == "S" else own.early_finish
        if abs(allowed + link.lag - held) <= NEAR:
            found.append(link.predecessor)
    return found


def parse_links(text: str) -> Iterator[tuple[str, LinkKind, float]]:
    """Return the predecessors in a text such as `A;B FS+2;C SS-1;D FF` as id, kind and lag. Raises BadLink."""
    for part in (each.strip() for each in text.split(";")):
        if not part:
            continue
        match = _LINK.fullmatch(part)
        if match is None:
            raise BadLink(f"“{part}” is no predecessor. Write A, B FS+2, C SS-1 or D FF, parted by semicolons.")
        lag = float(match["lag"] or 0)
        yield match["id"], cast(LinkKind, match["kind"] or "FS"), -lag if match["sign"] == "-" else lag


def as_json(plan: Schedule) -> dict[str, Any]:
    """Return the schedule as the command prints it, without dates."""
    return {
        "duration": plan.duration,
        "activities": [
            {"id": activity.id, **times._asdict(), "critical": times.critical}
            for activity, times in zip(plan.activities, plan.times, strict=True)
        ],
    }


def in_order(activities: Sequence[Activity]) -> list[int]:
    """Positions so that each activity comes after its predecessors. Raises Cycle."""
    successors: list[list[int]] = [[] for _ in activities]
    waiting = [0] * len(activities)
    for at, activity in enumerate(activities):
        waiting[at] = len(activity.links)
        for link in activity.links:
            successors[link.predecessor].append(at)
    order = [at for at, count in enumerate(waiting) if not count]
    for at in order:  # grows while it is walked
        for next_ in successors[at]:
            waiting[next_] -= 1
            if not waiting[next_]:
                order.append(next_)
    if len(order) < len(activities):
        raise Cycle(_cycle(activities, [at for at, count in enumerate(waiting) if count]))
    return order


def _cycle(activities: Sequence[Activity], stuck: Sequence[int]) -> list[str]:
    """One circle among activities that all wait for another of them."""
    among = set(stuck)
    at, seen = stuck[0], {}
    walked: list[int] = []
    while at not in seen:
        seen[at] = len(walked)
        walked.append(at)
        at = next(link.predecessor for link in activities[at].links if link.predecessor in among)
    return [activities[each].id for each in reversed(walked[seen[at] :])]


def _early(activities: Sequence[Activity], order: Sequence[int]) -> tuple[list[float], list[float]]:
    """The early starts and the early finishes."""
    starts, finishes = [0.0] * len(activities), [0.0] * len(activities)
    for at in order:
        activity = activities[at]
        earliest = activity.earliest
        for link in activity.links:
            before = link.predecessor
            allowed = (finishes if link.kind in FROM_FINISH else starts)[before] + link.lag
            if link.kind in TO_FINISH:
                allowed -= activity.duration
            if allowed > earliest:
                earliest = allowed
        starts[at] = earliest
        finishes[at] = earliest + activity.duration
    return starts, finishes


def _late_finishes(
    activities: Sequence[Activity], order: Sequence[int], starts: list[float], finishes: list[float], end: float
) -> tuple[list[float], list[float]]:
    """The late finish of each activity, and the room that its successors and the end leave it."""
    late = [end] * len(activities)
    free = [end - finish for finish in finishes]
    for at in reversed(order):
        activity = activities[at]
        latest_start = late[at] - activity.duration
        for link in activity.links:
            before, lag = link.predecessor, link.lag
            held, early = (late[at], finishes[at]) if link.kind in TO_FINISH else (latest_start, starts[at])
            if link.kind in FROM_FINISH:
                latest, room = held - lag, early - lag - finishes[before]
            else:
                latest, room = held - lag + activities[before].duration, early - lag - starts[before]
            if latest < late[before]:
                late[before] = latest
            if room < free[before]:
                free[before] = room
    return late, free


def critical_path(plan: Schedule) -> list[str]:
    """Return the ids of one longest chain of critical activities, from the start to the end."""
    ending = [
        at for at, times in enumerate(plan.times) if times.critical and plan.duration - times.early_finish <= NEAR
    ]
    if not ending:
        return []
    path = [ending[-1]]
    while before := [at for at in driving(plan, path[-1]) if plan.times[at].critical]:
        path.append(before[0])
    return [plan.activities[at].id for at in reversed(path)]
