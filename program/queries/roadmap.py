"""Reads of the roadmap: activities, links, the working calendar, baselines, scenarios and how the program plans."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from program import baselines as frozen_plans
from program.baselines import BaselineHead, Drift, Frozen, FrozenComponent, FrozenLine
from program.budget import LineTotals
from program.calendars import WorkingCalendar, public_holidays
from program.placing import PlannedActivity, PlannedLink, Roadmap, place
from program.planning import DayOff, Settings
from program.queries import budget
from program.scenarios import Scenario
from program.schedule import LinkKind
from program.store import tables
from program.store.engine import reading
from program.store.tables import Baseline, Client, PlanSetting, Program
from program.values import Missing

YEARS_BEFORE, YEARS_AFTER = 5, 25  # of the program's start, for which public holidays are known
COLUMNS = (
    "id", "version", "component_id", "name", "stage", "duration", "optimistic", "pessimistic", "not_before",
    "owner_id", "percent", "started_on", "finished_on", "place",
)  # fmt: skip


def activities(program_id: str) -> list[PlannedActivity]:
    """Return a program's activities with their predecessors, in the order of the page."""
    with reading() as session:
        return _activities(session, program_id)


def calendar(program_id: str) -> WorkingCalendar:
    """Return the program's working days, counted from its first day: no weekends, public holidays and days off."""
    with reading() as session:
        return _calendar(session, program_id)


def roadmap(program_id: str, *, today: date) -> Roadmap:
    """Return the program's roadmap as seen on a day. Raises program.schedule.Cycle, with ids, and Missing."""
    with reading() as session:
        days = _calendar(session, program_id)
        return place(_activities(session, program_id), start=days.start, today=today, calendar=days)


def settings(program_id: str) -> Settings:
    """Return how the program plans. Raises Missing when there is no such program."""
    with reading() as session:
        return _settings(session, program_id)


def days_off(program_id: str) -> list[DayOff]:
    """Return the program's own days off, in the order of the days."""
    table = tables.DayOff
    query = select(table.id, table.version, table.on, table.name).where(table.program_id == program_id)
    with reading() as session:
        return [DayOff(*row) for row in session.execute(query.order_by(table.on))]


def holidays(program_id: str, first: date, last: date) -> dict[date, str]:
    """Return the public holidays and the days off between two days, both included, with their names."""
    with reading() as session:
        found = {**_public(_settings(session, program_id)), **_own(session, program_id)}
    return {day: name for day, name in sorted(found.items()) if first <= day <= last}


def baselines(program_id: str) -> list[BaselineHead]:
    """Return the program's baselines without what they hold, the newest first."""
    table = Baseline
    query = select(table.id, table.name, table.made_at, table.made_by, table.sha256)
    mine = query.where(table.program_id == program_id).order_by(table.made_at.desc(), table.name)
    with reading() as session:
        return [BaselineHead(*row) for row in session.execute(mine)]


def content(program_id: str, baseline_id: str) -> str:
    """Return what a baseline holds, as it was written. Raises Missing."""
    query = select(Baseline.content).where(Baseline.program_id == program_id, Baseline.id == baseline_id)
    with reading() as session:
        found = session.scalar(query)
    if found is None:
        raise Missing("baseline")
    return found


def frozen(program_id: str, baseline_id: str) -> Frozen:
    """Return what a baseline holds. Raises Missing and program.baselines.BadBaseline."""
    return frozen_plans.read(content(program_id, baseline_id))


def scope(program_id: str) -> tuple[tuple[FrozenComponent, ...], tuple[FrozenLine, ...]]:
    """Return the program's components and its budget lines with their plans, as a baseline keeps them."""
    table, rate = tables.Component, tables.PlanRate
    query = select(table.id, table.name, table.progress_rule).where(table.program_id == program_id)
    with reading() as session:
        components = tuple(FrozenComponent(*row) for row in session.execute(query.order_by(table.name, table.id)))
        rates = {row.currency: row.rate for row in session.scalars(select(rate).where(rate.program_id == program_id))}
    lines = (
        FrozenLine(
            each.line_id,
            each.component_id,
            each.name,
            each.currency,
            rates.get(each.currency),
            each.planned,
            each.nature,
        )
        for each in budget.lines(program_id)
    )
    return components, tuple(lines)


def drift(program_id: str, baseline_id: str, *, today: date) -> Drift:
    """
    Return how far the program is from one of its baselines as seen on a day.

    Raises Missing, program.schedule.Cycle and program.baselines.BadBaseline.
    """
    components, lines = scope(program_id)
    return frozen_plans.drift(frozen(program_id, baseline_id), roadmap(program_id, today=today), components, lines)


def scenarios(program_id: str) -> list[Scenario]:
    """Return the program's named what-ifs, by name."""
    table = tables.Scenario
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.name))
        return [Scenario(row.id, row.version, row.name, row.note, tuple(row.changes)) for row in rows]


def _activities(session: Session, program_id: str) -> list[PlannedActivity]:
    table, link = tables.Activity, tables.ActivityLink
    links: defaultdict[str, list[PlannedLink]] = defaultdict(list)
    ties = select(link.successor_id, link.id, link.version, link.predecessor_id, link.kind, link.lag)
    mine = ties.join(table, table.id == link.successor_id).where(table.program_id == program_id)
    for successor, id_, version, predecessor, kind, lag in session.execute(mine.order_by(link.id)):
        links[successor].append(PlannedLink(id_, version, predecessor, cast(LinkKind, kind), lag))
    columns = [getattr(table, name) for name in COLUMNS]
    query = select(*columns).where(table.program_id == program_id).order_by(table.place, table.name, table.id)
    rows: list[list[Any]] = [[*row, tuple(links[row[0]])] for row in session.execute(query)]
    return [PlannedActivity(*row) for row in rows]


def _line(line: LineTotals, rate: Decimal | None) -> FrozenLine:
    return FrozenLine(line.line_id, line.component_id, line.name, line.currency, rate, line.planned, line.nature)


def _settings(session: Session, program_id: str) -> Settings:
    query = (
        select(Program.starts_on, Program.currency, Client.fiscal_year_start, PlanSetting)
        .join(Client, Client.id == Program.client_id)
        .outerjoin(PlanSetting, PlanSetting.program_id == Program.id)
        .where(Program.id == program_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise Missing("program")
    starts_on, currency, month = found[:3]
    row: PlanSetting | None = found[3]
    if row is None:
        return Settings(None, starts_on, currency, month)
    names = ("holiday_country", "holiday_region", "reserve", "discount_rate", "finance_rate", "reinvest_rate")
    own = {name: getattr(row, name) for name in names}
    year, has = row.fiscal_year_start or month, row.fiscal_year_start is not None
    return Settings(row.version, starts_on, currency, year, has, **own, control=dict(row.control))


def _public(found: Settings) -> dict[date, str]:
    first, last = found.starts_on.year - YEARS_BEFORE, found.starts_on.year + YEARS_AFTER
    return public_holidays(found.holiday_country, found.holiday_region, max(1, first), min(9999, last))


def _own(session: Session, program_id: str) -> dict[date, str]:
    table = tables.DayOff
    rows = session.execute(select(table.on, table.name).where(table.program_id == program_id))
    return {row.on: row.name for row in rows}


def _calendar(session: Session, program_id: str) -> WorkingCalendar:
    found = _settings(session, program_id)
    return WorkingCalendar(found.starts_on, frozenset({*_public(found), *_own(session, program_id)}))
