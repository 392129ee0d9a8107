"""Reads of the earned value: the baseline, the work as it is today, and what was paid."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from program import earned_words, policy
from program.baselines import Frozen, FrozenLine
from program.earned import Age, Earned, Paid, Plan, PlannedLine, Scope
from program.earned import earned as computed
from program.ledger import exact_sum
from program.placing import PlannedActivity
from program.queries import actuals, budget, roadmap
from program.queries import rates as plan_rates
from program.queries.actuals import Actuals
from program.store.engine import reading
from program.store.tables import AuditEntry, Program

PROGRESS = "activity.progress"
ORDERS = "Orders that are not invoiced yet are not in the actual cost; it grows when they are."


def earned(program_id: str, *, today: date, baseline_id: str | None = None, known_on: date | None = None) -> Earned:
    """
    Return the program's earned value on a day, against a baseline, the newest without one.

    known_on: today, when the day asked for is an earlier one.

    A program without a baseline has no planned value and no figures of time, with the reason. Raises Missing and
    program.baselines.BadBaseline.
    """
    wanted = baseline_id or next((head.id for head in roadmap.baselines(program_id)), None)
    frozen = roadmap.frozen(program_id, wanted) if wanted else None
    settings = roadmap.settings(program_id)
    currency = frozen.currency if frozen else settings.currency
    rates = plan_rates.by_currency(program_id) | {currency: Decimal(1)}
    if frozen:
        rates |= {line.currency: line.plan_rate for line in frozen.lines if line.plan_rate is not None}
    plan = _plan(program_id, frozen, currency, rates, today)
    if known_on is not None and today < known_on:
        plan = replace(plan, notes=(*plan.notes, earned_words.PAST_IS_ESTIMATED))
    spent = actuals.actuals(program_id, rates=rates, until=today)
    return computed(plan, _paid(spent), today=today, known_on=known_on, ages=_ages(program_id, today, frozen))


def _plan(program_id: str, frozen: Frozen | None, currency: str, rates: Mapping[str, Decimal], today: date) -> Plan:
    components, lines = roadmap.scope(program_id)
    now = {each.id: each for each in components}
    work: defaultdict[str | None, list[PlannedActivity]] = defaultdict(list)
    for activity in roadmap.activities(program_id):
        work[activity.component_id].append(activity)
    phases: defaultdict[str, dict[date, Decimal]] = defaultdict(dict)
    for phase in frozen.phases if frozen else ():
        phases[phase.line_id][phase.period] = phase.amount
    wanted = frozen.components if frozen else components
    scopes = [
        Scope(
            each.id,
            now[each.id].name if each.id in now else each.name,
            now[each.id].progress_rule if each.id in now else each.progress_rule,
            tuple(work[each.id]) if each.id in now else None,
        )
        for each in wanted
    ]
    notes = [ORDERS] if any(line.committed for line in budget.lines(program_id, until=today)) else []
    changed = sorted(scope.name for scope, then in zip(scopes, wanted, strict=True) if scope.rule != then.progress_rule)
    if changed:
        notes.append(f"The rule of progress changed since the baseline for “{'”, “'.join(changed)}”.")
    planned = [
        _line(each, phases[each.line_id], currency, each.plan_rate if frozen else rates.get(each.currency))
        for each in (frozen.lines if frozen else lines)
    ]
    name, on = (frozen.name, frozen.as_of) if frozen else (None, None)
    return Plan(currency, planned, scopes, name, on, tuple(notes))


def _line(line: FrozenLine, phases: Mapping[date, Decimal], currency: str, rate: Decimal | None) -> PlannedLine:
    known = Decimal(1) if line.currency == currency else rate
    return PlannedLine(line.name, line.component_id, line.currency, known, line.planned, phases)


def _paid(spent: Actuals) -> Paid:
    by_component: defaultdict[str, defaultdict[date, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for line_id, months in spent.by_line.items():
        for month, amount in months.items():
            by_component[spent.component_of[line_id]][month].append(amount)
    unknown = {spent.component_of[line_id]: reason for line_id, reason in spent.unknown.items()}
    sums = {
        component_id: {month: exact_sum(amounts) for month, amounts in months.items()}
        for component_id, months in by_component.items()
    }
    return Paid(sums, unknown)


def _ages(program_id: str, today: date, frozen: Frozen | None) -> tuple[Age, ...]:
    most = policy.load().actuals_fresh_days
    return (
        earned_words.age(
            "actuals",
            actuals.newest(program_id, until=today),
            today=today,
            most=most,
            since="The newest actual is from {ago}.",
            none="Nothing was booked as spent yet.",
        ),
        earned_words.age(
            "progress",
            _newest_progress(program_id),
            today=today,
            most=most,
            since="Progress was recorded {ago}.",
            none="No progress was recorded yet.",
        ),
        earned_words.age(
            "baseline",
            frozen.as_of if frozen else None,
            today=today,
            most=None,
            since=f"The baseline “{frozen.name}” was made {{ago}}." if frozen else "",
            none="There is no baseline.",
        ),
    )


def _newest_progress(program_id: str) -> date | None:
    query = select(func.max(AuditEntry.at)).where(AuditEntry.program_id == program_id, AuditEntry.action == PROGRESS)
    with reading() as session:
        found, program = session.scalar(query), session.get_one(Program, program_id)
    return found.astimezone(ZoneInfo(program.time_zone)).date() if found else None
