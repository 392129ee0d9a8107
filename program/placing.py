"""Activities and milestones as they are planned, and the dates that they get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from program.calendars import WorkingCalendar
from program.forecast import Estimate
from program.schedule import FROM_FINISH, NEAR, TO_FINISH, Activity, Link, LinkKind, Schedule, Times, schedule

ZERO, ALL = Decimal(0), Decimal(100)
LONGEST = Decimal(5_000)  # working days of one activity or lag, about 20 years
MOST_ACTIVITIES = 20_000


class Waiting(NamedTuple):
    """What an activity should wait for: a predecessor, and how."""

    predecessor_id: str
    kind: LinkKind
    lag: Decimal


@dataclass(frozen=True)
class PlannedLink:
    """What of the predecessor allows what of the activity that holds this link. lag: working days, negative: a lead."""

    id: str
    version: int
    predecessor_id: str
    kind: LinkKind
    lag: Decimal = ZERO


@dataclass(frozen=True)
class PlannedActivity:
    """
    An activity as it is stored.

    duration, optimistic, pessimistic: working days; a duration of 0 is a milestone. percent: done, 0 to 100. place: its
    order on the page. links: its predecessors. delay: how many working days a scenario holds its work back; it is
    never stored.
    """

    id: str
    version: int
    component_id: str | None
    name: str
    stage: str | None
    duration: Decimal
    optimistic: Decimal | None = None
    pessimistic: Decimal | None = None
    not_before: date | None = None
    owner_id: str | None = None
    percent: Decimal = ZERO
    started_on: date | None = None
    finished_on: date | None = None
    place: int = 0
    links: tuple[PlannedLink, ...] = ()
    delay: Decimal = ZERO

    @property
    def milestone(self) -> bool:
        return not self.duration

    @property
    def done(self) -> bool:
        return self.finished_on is not None or self.percent >= ALL

    @property
    def started(self) -> bool:
        return self.started_on is not None or self.percent > 0 or self.done


@dataclass(frozen=True)
class PlacedActivity:
    """
    An activity with its dates: the first and the last working day; a milestone has one.

    times: working days since the roadmap's start. critical: it is not done, and one day later moves the end.
    """

    activity: PlannedActivity
    start: date
    finish: date
    times: Times
    critical: bool
    done: bool

    @property
    def id(self) -> str:
        return self.activity.id


@dataclass(frozen=True)
class Roadmap:
    """
    A program's activities in their order, placed as seen on a day.

    start: the day of time 0, the program's first day or an earlier one on which work began. finish: the last day of
    the last activity, None without activities. schedule: what is left of each activity, in the same order.
    """

    activities: tuple[PlacedActivity, ...]
    start: date
    finish: date | None
    today: date
    calendar: WorkingCalendar
    schedule: Schedule

    @cached_property
    def by_id(self) -> dict[str, PlacedActivity]:
        return {each.id: each for each in self.activities}

    @cached_property
    def successors(self) -> dict[str, list[tuple[PlannedLink, str]]]:
        """The links to the activities that wait for one, with their ids, by its id."""
        found: dict[str, list[tuple[PlannedLink, str]]] = {each.id: [] for each in self.activities}
        for each in self.activities:
            for link in each.activity.links:
                if link.predecessor_id in found:
                    found[link.predecessor_id].append((link, each.id))
        return found

    def estimates(self) -> tuple[Estimate, ...]:
        """Return the three estimates of what is left of each activity, for program.forecast."""
        return tuple(
            _estimate(each.activity, left.duration)
            for each, left in zip(self.activities, self.schedule.activities, strict=True)
        )


def problem(values: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the field and a sentence when an activity's values do not go together; None when they do."""
    days, low, high = (values.get(name) for name in ("duration", "optimistic", "pessimistic"))
    if days is None or not 0 <= days <= LONGEST:
        return "duration", f"{days} is not a number of working days from 0 to {LONGEST:,}."
    if low is not None and not 0 <= low <= days:
        return (
            "optimistic",
            f"At best {_plain(low)} is more than the duration {_plain(days)}. Enter {_plain(days)} or less.",
        )
    if high is not None and not days <= high <= LONGEST:
        return (
            "pessimistic",
            f"At worst {_plain(high)} is less than the duration {_plain(days)}. Enter {_plain(days)} or more.",
        )
    began, ended, percent = (values.get(name) for name in ("started_on", "finished_on", "percent"))
    if began and ended and ended < began:
        return "finished_on", f"Finished on {ended} is before started on {began}. Correct one of these days."
    if ended and percent != ALL:
        return (
            "percent",
            f"It is finished, so {_plain(percent or ZERO)} percent cannot be right. Enter 100, or clear the finish.",
        )
    if not days and not ended and (began or percent not in (None, ZERO, ALL)):
        return "percent", "A milestone is reached or not; it is never partly done. Enter 0 or 100 percent."
    return None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


@dataclass(frozen=True)
class _Work:
    """What is left of an activity, in working days since the start. began: None when it has not started."""

    earliest: float
    duration: float
    began: float | None = None
    done: bool = False


def place(activities: Sequence[PlannedActivity], *, start: date, today: date, calendar: WorkingCalendar) -> Roadmap:
    """
    Return the activities with their dates.

    What is finished stays where it was; what has started keeps its start, and the rest of it continues today; what
    has not started starts today at the earliest, and neither before its own first day nor before its links allow.
    The start of an activity that has started waits for nothing any more.

    Raises program.schedule.Cycle, with ids.
    """
    days = [day for each in activities for day in (each.started_on, each.finished_on) if day]
    based = replace(calendar, start=min([start, *days]))
    first, now = based.number(start), based.number(today)
    works = {each.id: _work(each, based, first, now) for each in activities}
    plan = schedule(_left(activities, works))
    ends = [times.early_finish for times in plan.times]
    times = [
        each if work.began is None else each._replace(early_start=work.began, late_start=work.began)
        for each, work in zip(plan.times, works.values(), strict=True)
    ]
    starts, finishes = based.first_days(each.early_start for each in times), based.last_days(ends)
    placed = []
    for at, each in enumerate(activities):
        from_, to = starts[at], finishes[at]
        if each.milestone:
            from_ = to = to if _ends_a_day(plan, at) or each.done else from_
        begin, end = each.started_on or from_, each.finished_on or to
        critical = times[at].critical and not each.done
        placed.append(PlacedActivity(each, min(begin, end), end, times[at], critical, each.done))
    finish = max((each.finish for each in placed), default=None)
    return Roadmap(tuple(placed), based.day(0), finish, today, based, plan)


def _work(activity: PlannedActivity, calendar: WorkingCalendar, first: int, now: int) -> _Work:
    duration = float(activity.duration)
    began = None if activity.started_on is None else float(calendar.number(activity.started_on))
    if activity.done:
        if activity.finished_on is not None:
            end = float(calendar.number_after(activity.finished_on))
        else:
            end = float(now) if began is None else min(began + duration, max(began, now))
        begin = min(end, max(0.0, end - duration) if began is None else began)
        return _Work(begin, end - begin, begin, done=True)
    if activity.started:
        share = float(activity.percent / ALL)
        begin = max(0.0, now - share * duration) if began is None else began
        return _Work(max(float(now), begin), (1 - share) * duration, begin)
    own = calendar.number(activity.not_before) if activity.not_before else first
    return _Work(float(max(first, now, own)), duration)


def _left(activities: Sequence[PlannedActivity], works: Mapping[str, _Work]) -> list[Activity]:
    """What is left to schedule: a link from a start that is past is a plain day, a link to one is kept no more."""
    positions = {each.id: at for at, each in enumerate(activities)}
    found = []
    for each in activities:
        work, delay = works[each.id], float(each.delay)
        earliest, links = work.earliest, []
        for link in each.links:
            at = positions.get(link.predecessor_id)
            if at is None or work.done or (work.began is not None and link.kind not in TO_FINISH):
                continue
            before, lag = works[link.predecessor_id], float(link.lag)
            if before.began is not None and link.kind not in FROM_FINISH:
                allowed = before.began + lag - (work.duration if link.kind in TO_FINISH else 0.0)
                earliest = max(earliest, allowed)
            else:
                links.append(Link(at, link.kind, lag + delay))
        late = 0.0 if work.done else delay
        found.append(Activity(each.id, each.name, work.duration, tuple(links), earliest + late))
    return found


def _ends_a_day(plan: Schedule, at: int) -> bool:
    """Whether a milestone is reached in the evening of a day: when what it waits for ends, not by a date of its own."""
    own, activity = plan.times[at].early_start, plan.activities[at]
    if activity.earliest > 0 and own - activity.earliest <= NEAR:
        return False
    return any(
        abs(plan.times[link.predecessor].early_finish + link.lag - own) <= NEAR
        for link in activity.links
        if link.kind in FROM_FINISH
    )


def _estimate(activity: PlannedActivity, left: float) -> Estimate:
    whole = float(activity.duration)
    if activity.done or not whole or activity.optimistic is None or activity.pessimistic is None:
        return Estimate(left, left, left)
    share = min(1.0, left / whole)
    low, high = float(activity.optimistic) * share, float(activity.pessimistic) * share
    return Estimate(min(low, left), left, max(high, left))
