"""One component's part of the earned value: what is planned, done and paid, each known or with its reason."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from program import progress
from program.earned_figures import Figure
from program.ledger import EXACTLY, ZERO, exact_sum
from program.phasing import month_of, next_month
from program.placing import PlannedActivity
from program.progress import Progress

DECIMALS = 4
Running = tuple[list[date], list[Decimal]]
NO_BASELINE = (
    "There is no baseline. The plan of today moves with the work, so against it everything is always on time. "
    "Make a baseline first."
)
NO_PLAN = "Nothing is planned for it."
GONE = "It was in the baseline and is no longer in the program."


@dataclass(frozen=True)
class PlannedLine:
    """
    A line as the baseline has it, or as it is today without one.

    rate: how much of the program's currency one unit of the line's is in the plan; None while no rate is set.
    planned: in its currency, None without a plan. phases: by month; where there are any, they are the plan.
    """

    name: str
    component_id: str
    currency: str
    rate: Decimal | None
    planned: Decimal | None
    phases: Mapping[date, Decimal] = field(default_factory=dict)

    @property
    def budget(self) -> Decimal | None:
        return exact_sum(self.phases.values()) if self.phases else self.planned


@dataclass(frozen=True)
class Scope:
    """A component. activities: as they are today; None: it was in the baseline and is no longer in the program."""

    id: str
    name: str
    rule: str
    activities: tuple[PlannedActivity, ...] | None


@dataclass(frozen=True)
class Plan:
    """
    What is compared: the lines and components of a baseline, or of today without one.

    baseline: its name. notes: what to know about it, in sentences.
    """

    currency: str
    lines: Sequence[PlannedLine]
    scopes: Sequence[Scope]
    baseline: str | None = None
    baseline_on: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paid:
    """
    What was paid up to a day, by component and month, in the program's currency at plan rates.

    unknown: the components with an amount that has no rate, with the reason.
    """

    by_component: Mapping[str, Mapping[date, Decimal]]
    unknown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A component with its lines and what was paid for it. known_on: the day on which its work stood as it does."""

    scope: Scope
    lines: tuple[PlannedLine, ...]
    paid: Mapping[date, Decimal]
    unpaid: str
    baseline: bool
    today: date
    known_on: date

    @property
    def has_plan(self) -> bool:
        return any(line.budget is not None for line in self.lines)

    @cached_property
    def bac(self) -> Figure:
        if not self.has_plan:
            return Figure(None, NO_PLAN)
        foreign = sorted({line.currency for line in self.lines if line.budget is not None and line.rate is None})
        if foreign:
            where = "The baseline has no plan rate" if self.baseline else "There is no plan rate"
            return Figure(None, f"{where} for {', '.join(foreign)}.")
        known = [(line.budget, line.rate) for line in self.lines if line.budget is not None and line.rate is not None]
        return Figure(exact_sum(EXACTLY.multiply(budget, rate) for budget, rate in known))

    @cached_property
    def months(self) -> dict[date, Decimal] | None:
        """What is planned by month; None when any of it is not planned by month, or nothing stands still."""
        if self.unplanned:
            return None
        found: dict[date, Decimal] = {}
        for line in self.lines:
            for month, amount in line.phases.items():
                found[month] = EXACTLY.fma(amount, line.rate or ZERO, found.get(month, ZERO))
        return found

    @cached_property
    def unplanned(self) -> str:
        """Why nothing is known by month; empty when it is."""
        if not self.baseline:
            return NO_BASELINE
        if self.bac.value is None:
            return self.bac.reason
        whole = sorted(line.name for line in self.lines if line.budget and not line.phases)
        return f"The baseline has no months of “{'”, “'.join(whole)}”." if whole else ""

    @cached_property
    def now(self) -> Progress:
        return self._progress(self.today)

    def pv(self, on: date) -> Figure:
        if self.months is None:
            return Figure(None, self.unplanned)
        now, share = month_of(on), part(on)
        if share == 1:
            return Figure(before(self._planned, next_month(now)))
        return Figure(before(self._planned, now) + exact(Fraction(self.months.get(now, ZERO)) * share))

    def ac(self, on: date) -> Figure:
        return Figure(None, self.unpaid) if self.unpaid else Figure(before(self._paid, next_month(on)))

    def progress(self, on: date) -> Progress:
        return self.now if on == self.today else self._progress(on)

    @cached_property
    def _planned(self) -> Running:
        return running(self.months or {})

    @cached_property
    def _paid(self) -> Running:
        return running(self.paid)

    def _progress(self, on: date) -> Progress:
        if self.scope.rule == "spending":
            spent = self.ac(on)
            known = spent.value is not None and (self.bac.value is not None or not self.has_plan)
            reason = spent.reason or self.bac.reason
            return progress.by_spending(spent.value or ZERO, self.bac.value) if known else Progress(None, reason)
        if self.scope.activities is None:
            return Progress(None, GONE)
        return progress.progress(self.scope.rule, self.scope.activities, today=self.known_on, on=on)

    def ev(self, on: date, done: Progress | None = None) -> Figure:
        if self.bac.value is None:
            return Figure(None, self.bac.reason)
        done = done or self.progress(on)
        return Figure(None, done.reason) if done.share is None else Figure(exact(Fraction(self.bac.value) * done.share))


def piece(scope: Scope, plan: Plan, paid: Paid, today: date, known_on: date) -> Piece:
    """Return a component as a plan and what was paid have it on a day. known_on: when its work stood as it does."""
    lines = tuple(line for line in plan.lines if line.component_id == scope.id)
    booked, unknown = paid.by_component.get(scope.id, {}), paid.unknown.get(scope.id, "")
    return Piece(scope, lines, booked, unknown, plan.baseline is not None, today, known_on)


def running(amounts: Mapping[date, Decimal]) -> Running:
    """Return months in order and what they add up to until the end of each."""
    in_order = sorted(amounts)
    with localcontext(EXACTLY):
        return in_order, list(accumulate(amounts[month] for month in in_order))


def before(sums: Running, month: date) -> Decimal:
    """Return what the months before one add up to."""
    at = bisect_left(sums[0], month)
    return sums[1][at - 1] if at else ZERO


def part(on: date) -> Fraction:
    """How much of its month has passed at the end of a day."""
    return Fraction(on.day, (next_month(on) - timedelta(days=1)).day)


def exact(amount: Fraction) -> Decimal:
    """Return an amount as the store keeps it, half to even."""
    return Decimal(round(amount * 10**DECIMALS)).scaleb(-DECIMALS)
