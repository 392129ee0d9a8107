"""Earned value of a program: what its baseline wanted, what is done and what was paid, by component and month."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from program import progress
from program.earned_figures import OF_COST, Clock, Figure, Standing, standing, total
from program.earned_pieces import NO_BASELINE, NO_PLAN, Paid, Piece, Plan, PlannedLine, Scope, part, piece
from program.ledger import ZERO, exact_sum
from program.phasing import month_of, months, months_between, next_month
from program.progress import Progress

__all__ = [
    "Age",
    "ComponentEarned",
    "Earned",
    "EarnedMonth",
    "Paid",
    "Plan",
    "PlannedLine",
    "Scope",
    "Standing",
    "earned",
]


@dataclass(frozen=True)
class ComponentEarned:
    """One component. rule: by which its progress is read (progress.RULES)."""

    component_id: str
    name: str
    rule: str
    progress: Progress
    standing: Standing


@dataclass(frozen=True)
class EarnedMonth:
    """
    The cumulative values at the end of a month; of the month of the day itself, earned and paid are as of that day.

    None: unknown, or still to come. estimated: some of the work is taken to have gone on evenly.
    """

    month: date
    pv: Decimal | None
    ev: Decimal | None
    ac: Decimal | None
    estimated: bool = False


@dataclass(frozen=True)
class Age:
    """How old an input is: actuals, progress or baseline. on: None when there is none. old: past what policy allows."""

    what: str
    on: date | None
    days: int | None
    old: bool
    sentence: str


@dataclass(frozen=True)
class Earned:
    """
    Where the program stands on a day, in its currency.

    whole: of every component with a plan. known: of those whose figures are known, where some are not; None else.
    components: every one of the plan. outside: paid for components that nothing is planned for, at plan rates.
    """

    currency: str
    today: date
    baseline: str | None
    baseline_on: date | None
    whole: Standing
    known: Standing | None
    components: tuple[ComponentEarned, ...]
    months: tuple[EarnedMonth, ...]
    ages: tuple[Age, ...]
    outside: Decimal
    cautions: tuple[str, ...]


def earned(plan: Plan, paid: Paid, *, today: date, known_on: date | None = None, ages: Sequence[Age] = ()) -> Earned:
    """
    Return the earned value of a plan on a day.

    known_on: the day on which the work stood as the plan has it, when that is a later one: what was done on an earlier
    day is read from when activities started and ended.

    Planned value is what the months of the baseline hold, of the month of the day by the share of its days that have
    passed. Earned value is each component's budget times its progress by its rule. Actual cost is what was paid, less
    credits, at plan rates. Periods are months from the baseline's first month.
    """
    pieces = [piece(scope, plan, paid, today, known_on or today) for scope in plan.scopes]
    planned = [one for one in pieces if one.has_plan]
    calendar = _calendar(planned)
    rows = [_row(one, calendar) for one in pieces]
    whole = _together(planned, calendar)
    known = [one for one, row in zip(pieces, rows, strict=True) if one.has_plan and row.standing.known]
    aside = {*paid.by_component} - {one.scope.id for one in planned}
    outside = exact_sum(amount for each in aside for amount in paid.by_component[each].values())
    return Earned(
        currency=plan.currency,
        today=today,
        baseline=plan.baseline,
        baseline_on=plan.baseline_on,
        whole=whole,
        known=_together(known, calendar) if known and len(known) < len(planned) else None,
        components=tuple(rows),
        months=tuple(_month(planned, month, today) for month in _shown(calendar, planned, today)),
        ages=tuple(ages),
        outside=outside,
        cautions=tuple(_cautions(plan, planned, outside, {*paid.unknown} - {one.scope.id for one in planned}, ages)),
    )


def _row(one: Piece, calendar: Sequence[date]) -> ComponentEarned:
    scope = one.scope
    return ComponentEarned(scope.id, scope.name, scope.rule, one.progress(one.today), _together([one], calendar))


def _together(pieces: Sequence[Piece], calendar: Sequence[date]) -> Standing:
    """The figures of some components as one."""
    if not pieces:
        nothing = Figure(None, NO_PLAN)
        return standing(pv=nothing, ev=nothing, ac=nothing, bac=nothing, clock=Clock(None, None, NO_PLAN))
    today = pieces[0].today
    named = len(pieces) > 1

    def summed(figures: Iterable[tuple[Piece, Figure]]) -> Figure:
        found = list(figures)
        return total((one.scope.name, figure) for one, figure in found) if named else found[0][1]

    spent = sorted(one.scope.name for one in pieces if one.scope.rule == "spending")
    return standing(
        pv=_plan_reason(pieces, summed((one, one.pv(today)) for one in pieces)),
        ev=summed((one, one.ev(today)) for one in pieces),
        ac=summed((one, one.ac(today)) for one in pieces),
        bac=summed((one, one.bac) for one in pieces),
        clock=_clock(pieces, calendar),
        refused=dict.fromkeys(OF_COST, _circular(spent)) if spent else None,
    )


def _plan_reason(pieces: Sequence[Piece], pv: Figure) -> Figure:
    """Without a baseline the reason is the same for everybody and is said once."""
    return pv if pieces[0].baseline or pv.value is not None else Figure(None, NO_BASELINE)


def _circular(names: Sequence[str]) -> str:
    of = f"“{names[0]}”" if len(names) == 1 else f"{len(names)} components (“{'”, “'.join(names)}”)"
    return (
        f"The progress of {of} is read from what was spent, so cost would be compared with itself. "
        "Choose a rule that looks at the work."
    )


def _clock(pieces: Sequence[Piece], calendar: Sequence[date]) -> Clock:
    missing = next((one for one in pieces if one.months is None), None)
    if missing is not None:
        return Clock(None, None, missing.unplanned)
    if not calendar:
        return Clock(None, None, "Nothing is planned by month.")
    planned, sum_ = [], ZERO
    for month in calendar:
        sum_ += sum(((one.months or {}).get(month, ZERO) for one in pieces), ZERO)
        planned.append(sum_)
    today = _until(pieces)
    passed = months_between(calendar[0], month_of(today)) + part(today)
    return Clock(planned, passed, f"The plan begins in {calendar[0]:%B %Y}." if passed <= 0 else "")


def _until(pieces: Sequence[Piece]) -> date:
    """The day until which time passes: today, or the day on which the last of the work ended when all of it has."""
    today = pieces[0].today
    if any(one.progress(today).share != 1 for one in pieces):
        return today
    ends = [progress.last_finish(one.scope.activities or ()) for one in pieces]
    known = [end for end in ends if end is not None]
    return min(today, max(known)) if len(known) == len(ends) else today


def _calendar(pieces: Iterable[Piece]) -> tuple[date, ...]:
    """The months from the first to the last that anything is planned for."""
    planned = [month for one in pieces for month in one.months or {}]
    return months(min(planned), max(planned)) if planned else ()


def _shown(calendar: Sequence[date], pieces: Sequence[Piece], today: date) -> tuple[date, ...]:
    """The months of the series: of the plan, and those until today in which anything was paid or planned."""
    paid = [month for one in pieces for month in one.paid]
    first = min([*calendar[:1], *paid], default=None)
    return () if first is None else months(first, max([first, month_of(today), *calendar[-1:]]))


def _month(pieces: Sequence[Piece], month: date, today: date) -> EarnedMonth:
    last = next_month(month) - timedelta(days=1)
    pv = total((one.scope.name, one.pv(last)) for one in pieces)
    if month > month_of(today):
        return EarnedMonth(month, pv.value, None, None)
    on = min(last, today)
    done = [(one, one.progress(on)) for one in pieces]
    ev = total((one.scope.name, one.ev(on, each)) for one, each in done)
    ac = total((one.scope.name, one.ac(on)) for one in pieces)
    return EarnedMonth(month, pv.value, ev.value, ac.value, any(each.estimated for _, each in done))


def _cautions(
    plan: Plan, pieces: Sequence[Piece], outside: Decimal, unread: Collection[str], ages: Sequence[Age]
) -> Iterable[str]:
    yield from (age.sentence for age in ages if age.old)
    yield from plan.notes
    if plan.baseline is None:
        yield NO_BASELINE
    if outside:
        yield "Some was paid for components that nothing is planned for; it is in none of these figures."
    if unread:
        yield "Some of what was paid for such components is in a currency that the plan has no rate for."
    spent = sorted(one.scope.name for one in pieces if one.scope.rule == "spending")
    if spent:
        yield f"For “{'”, “'.join(spent)}” the schedule figures say how fast money is spent, not how much work is done."
