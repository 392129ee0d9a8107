"""Scenarios: named what-ifs, and what would come of them side by side: the end, the gates, the money by month."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from program.baselines import FrozenLine, FrozenPhase
from program.calendars import WorkingCalendar
from program.ledger import LARGEST
from program.phasing import days_in, decimals, month_of, months, next_month, spread
from program.placing import LONGEST, ZERO, PlannedActivity, Roadmap, place
from program.values import Invalid

SUBJECTS: Mapping[str, tuple[str, ...]] = {"activity_id": ("delay", "duration"), "line_id": ("cost",)}
MOST_CHANGES = 500
DECIMALS = 4


@dataclass(frozen=True)
class Scenario:
    """A named what-if as it is stored. changes: as `checked` returns them."""

    id: str
    version: int
    name: str
    note: str | None
    changes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class GateMove:
    """
    When a component's work for a stage is done, as planned and in the scenario: its gate can open then.

    stage: None for activities that have none. late: after the day that the component is due.
    """

    component_id: str
    stage: str | None
    before: date
    after: date
    due_on: date | None

    @property
    def late(self) -> bool:
        return self.due_on is not None and self.after > self.due_on


@dataclass(frozen=True)
class Outcome:
    """
    What would come of a scenario.

    finish_days: how many working days later than planned it ends; None without activities. moved: the ids of the
    activities whose dates change. costs, cash: what lines are planned to cost, by currency, and by currency and month.
    """

    name: str
    roadmap: Roadmap
    finish_days: int | None
    moved: tuple[str, ...]
    gates: tuple[GateMove, ...]
    costs: Mapping[str, Decimal]
    cash: Mapping[tuple[str, date], Decimal]

    @property
    def finish(self) -> date | None:
        return self.roadmap.finish

    @property
    def late_gates(self) -> tuple[GateMove, ...]:
        return tuple(each for each in self.gates if each.late)


@dataclass(frozen=True)
class Plan:
    """What a scenario changes. phases: of the budget's months. due: the day that a component is due, by its id."""

    activities: Sequence[PlannedActivity]
    calendar: WorkingCalendar
    today: date
    lines: Sequence[FrozenLine] = ()
    phases: Sequence[FrozenPhase] = ()
    due: Mapping[str, date] | None = None


def checked(changes: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """
    Return changes as they are stored, numbers as text. Each is one of an activity's `delay` or `duration` in working
    days, or of a line's `cost` in its currency.

    Raises Invalid.
    """
    if not isinstance(changes, Sequence) or not all(isinstance(each, Mapping) for each in changes):
        raise Invalid("changes", "The changes are no list of changes.")
    if not changes:
        raise Invalid("changes", "A scenario changes something. Add a change first.")
    if len(changes) > MOST_CHANGES:
        raise Invalid("changes", f"A scenario has {MOST_CHANGES} changes at most.")
    found, seen = [], set()
    for each in changes:
        subject = next((key for key in SUBJECTS if key in each), None)
        what = [key for key in each if key != subject]
        if subject is None or len(what) != 1 or what[0] not in SUBJECTS[subject]:
            raise Invalid("changes", "A change is a delay or a duration of an activity, or the cost of a line.")
        key = (str(each[subject]), what[0])
        if key in seen:
            raise Invalid("changes", f"The {what[0]} of one thing is changed twice.")
        seen.add(key)
        found.append({subject: key[0], what[0]: f"{_number(each[what[0]], what[0]):f}"})
    return found


def apply(activities: Sequence[PlannedActivity], changes: Sequence[Mapping[str, Any]]) -> list[PlannedActivity]:
    """Return the activities as a scenario has them. What is gone by now is left out."""
    found: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for each in changes:
        if "activity_id" in each:
            values = {key: Decimal(each[key]) for key in SUBJECTS["activity_id"] if key in each}
            found[each["activity_id"]] |= values
    wanted = ((each, found.get(each.id, {})) for each in activities)
    return [
        replace(each, delay=new.get("delay", each.delay), duration=new.get("duration", each.duration)) if new else each
        for each, new in wanted
    ]


def outcome(plan: Plan, name: str, changes: Sequence[Mapping[str, Any]], *, planned: Roadmap | None = None) -> Outcome:
    """
    Return what would come of some changes; without any, the plan itself.

    planned: the plan's roadmap, where the caller has it. The months that are not past of a component's lines move as
    many days as the end of its activities does, each as if it were paid evenly over its days; the cost of a line is
    spread as its months are.

    Raises program.schedule.Cycle.
    """
    where = {"start": plan.calendar.start, "today": plan.today}
    before = planned or place(plan.activities, calendar=plan.calendar, **where)
    after = place(apply(plan.activities, changes), calendar=plan.calendar, **where) if changes else before
    pairs = [(was, after.by_id[was.id]) for was in before.activities]
    later = None
    if before.finish is not None and after.finish is not None:
        later = after.calendar.number(after.finish) - after.calendar.number(before.finish)
    costs = {each["line_id"]: Decimal(each["cost"]) for each in changes if "line_id" in each}
    lines = [replace(each, planned=costs.get(each.line_id, each.planned)) for each in plan.lines]
    return Outcome(
        name,
        after,
        later,
        tuple(was.id for was, now in pairs if (was.start, was.finish) != (now.start, now.finish)),
        _gates(before, after, plan.due or {}),
        _costs(lines),
        _cash(plan, lines, set(costs), _shifts(before, after)),
    )


def side_by_side(plan: Plan, scenarios: Sequence[Scenario]) -> list[Outcome]:
    """Return the plan and then what would come of each scenario."""
    first = outcome(plan, "Plan", ())
    return [first, *(outcome(plan, each.name, each.changes, planned=first.roadmap) for each in scenarios)]


def _gates(before: Roadmap, after: Roadmap, due: Mapping[str, date]) -> tuple[GateMove, ...]:
    ends = [_ends(each) for each in (before, after)]
    return tuple(
        GateMove(component_id, stage, day, ends[1][component_id, stage], due.get(component_id))
        for (component_id, stage), day in ends[0].items()
    )


def _ends(roadmap: Roadmap) -> dict[tuple[str, str | None], date]:
    """The last day of each component's work for each stage."""
    found: dict[tuple[str, str | None], date] = {}
    for each in roadmap.activities:
        if each.activity.component_id is not None:
            key = (each.activity.component_id, each.activity.stage)
            found[key] = max(each.finish, found.get(key, date.min))
    return found


def _shifts(before: Roadmap, after: Roadmap) -> dict[str, int]:
    """By how many days the end of each component's work moves."""
    ends: list[dict[str, date]] = [{}, {}]
    for at, roadmap in enumerate((before, after)):
        for (component_id, _), day in _ends(roadmap).items():
            ends[at][component_id] = max(day, ends[at].get(component_id, date.min))
    return {key: (ends[1][key] - day).days for key, day in ends[0].items()}


def _costs(lines: Sequence[FrozenLine]) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in lines:
        if each.planned is not None:
            found[each.currency] += each.planned
    return dict(sorted(found.items()))


def _cash(
    plan: Plan, lines: Sequence[FrozenLine], changed: Collection[str], shifts: Mapping[str, int]
) -> dict[tuple[str, date], Decimal]:
    found: defaultdict[tuple[str, date], Decimal] = defaultdict(Decimal)
    by_line: defaultdict[str, dict[date, Decimal]] = defaultdict(dict)
    for phase in plan.phases:
        by_line[phase.line_id][phase.period] = phase.amount
    now = month_of(plan.today)
    for line in lines:
        held = by_line[line.line_id]
        if line.line_id in changed:
            held = _spread_anew(held, line, now)
        days = shifts.get(line.component_id, 0)
        for month, amount in held.items():
            moved = _moved(month, amount, days, line.currency) if days and month >= now else {month: amount}
            for then, part in moved.items():
                found[line.currency, max(then, min(now, month))] += part
    return dict(sorted(found.items()))


def _spread_anew(months: Mapping[date, Decimal], line: FrozenLine, now: date) -> dict[date, Decimal]:
    """The months of a line whose cost changed: the difference is spread over those that are not past."""
    if not months or line.planned is None:
        return dict(months)
    ahead = [month for month in sorted(months) if month >= now] or [max(months)]
    weights = [max(months[month], ZERO) for month in ahead]
    more, coin = line.planned - sum(months.values(), ZERO), decimals(line.currency)
    finer = more != round(more, coin)
    shares = spread(more, ahead, weights if any(weights) else None, decimals=DECIMALS if finer else coin)
    return {month: amount + shares.get(month, ZERO) for month, amount in months.items()}


def _moved(month: date, amount: Decimal, days: int, currency: str) -> dict[date, Decimal]:
    """Where an amount that is paid evenly over the days of a month lands when each of them moves by some days."""
    start, end = (day + timedelta(days=days) for day in (month, next_month(month) - timedelta(days=1)))
    reached, coin = months(start, end), decimals(currency)
    finer = amount != round(amount, coin)
    return spread(amount, reached, days_in(reached, start, end), decimals=DECIMALS if finer else coin)


def _number(value: Any, what: str) -> Decimal:
    most = LARGEST if what == "cost" else LONGEST
    try:
        exact = Decimal(value.strip() if isinstance(value, str) else value) if not isinstance(value, float) else None
    except (InvalidOperation, TypeError, ValueError):
        exact = None
    if exact is None or not exact.is_finite() or exact != round(exact, DECIMALS) or not 0 <= exact <= most:
        raise Invalid("changes", f"The {what} {str(value)[:40]} is not an exact number from 0 to {most:,}.")
    return exact
