"""What people enter about the plan: its settings, the roadmap, and money by period."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from program.store.base import Base, Identified, Versioned, owned
from program.store.types import Exact, UtcDateTime


class PlanSetting(Versioned, Base):
    """
    How one program plans; without a row everything is as the client has it.

    reserve: management reserve in the program's currency, outside every baseline. Rates are shares per year: 0.08.
    control: what happens over budget, "warn" or "stop", by kind of entry (commitment, actual).
    """

    __tablename__ = "plan_setting"
    __table_args__ = (UniqueConstraint("program_id"),)

    program_id: Mapped[str] = owned("program.id")
    fiscal_year_start: Mapped[int | None]
    holiday_country: Mapped[str | None] = mapped_column(String(2))
    holiday_region: Mapped[str | None] = mapped_column(String(16))
    reserve: Mapped[Decimal | None] = mapped_column(Exact(4))
    discount_rate: Mapped[Decimal | None] = mapped_column(Exact(6))
    finance_rate: Mapped[Decimal | None] = mapped_column(Exact(6))
    reinvest_rate: Mapped[Decimal | None] = mapped_column(Exact(6))
    control: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class DayOff(Versioned, Base):
    """A day on which nobody of the program works, besides weekends and public holidays."""

    __tablename__ = "day_off"
    __table_args__ = (UniqueConstraint("program_id", "on"),)

    program_id: Mapped[str] = owned("program.id")
    on: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))


class Activity(Versioned, Base):
    """
    A piece of work on the roadmap.

    duration, optimistic, pessimistic: working days; a duration of 0 is a milestone. percent: done, 0 to 100.
    not_before: it may not start earlier. place: its order on the page.
    """

    __tablename__ = "activity"

    program_id: Mapped[str] = owned("program.id")
    component_id: Mapped[str | None] = owned("component.id", null=True)
    name: Mapped[str] = mapped_column(String(200))
    stage: Mapped[str | None] = mapped_column(String(16))
    duration: Mapped[Decimal] = mapped_column(Exact(4))
    optimistic: Mapped[Decimal | None] = mapped_column(Exact(4))
    pessimistic: Mapped[Decimal | None] = mapped_column(Exact(4))
    not_before: Mapped[date | None]
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    percent: Mapped[Decimal] = mapped_column(Exact(4), default=Decimal(0))
    started_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    place: Mapped[int] = mapped_column(default=0)


class ActivityLink(Versioned, Base):
    """What of the predecessor allows what of the successor (FS, SS, FF, SF), after a lag in working days."""

    __tablename__ = "activity_link"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id", "kind"),)

    predecessor_id: Mapped[str] = owned("activity.id")
    successor_id: Mapped[str] = owned("activity.id")
    kind: Mapped[str] = mapped_column(String(2), default="FS")
    lag: Mapped[Decimal] = mapped_column(Exact(4), default=Decimal(0))


class BudgetVersion(Versioned, Base):
    """A budget by line and month. status: draft, approved or baseline; only a draft is changed."""

    __tablename__ = "budget_version"
    __table_args__ = (UniqueConstraint("program_id", "name"),)

    program_id: Mapped[str] = owned("program.id")
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(16), default="draft")
    revision_of_id: Mapped[str | None] = owned("budget_version.id", null=True)
    note: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(200))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BudgetPhase(Versioned, Base):
    """What a line may cost in a month, in the line's currency. period: the month's first day."""

    __tablename__ = "budget_phase"
    __table_args__ = (UniqueConstraint("version_id", "line_id", "period"),)

    version_id: Mapped[str] = owned("budget_version.id")
    line_id: Mapped[str] = owned("budget_line.id")
    period: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Exact(4))


class Baseline(Identified, Base):
    """
    The plan as it was on a day: activities, money by month, scope. Never changed.

    content: canonical JSON (program/baselines.py); sha256: of it.
    """

    __tablename__ = "baseline"
    __table_args__ = (UniqueConstraint("program_id", "name"),)

    program_id: Mapped[str] = owned("program.id")
    name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class Scenario(Versioned, Base):
    """A named what-if. changes: a list of changes to activities and lines (program/scenarios.py)."""

    __tablename__ = "scenario"
    __table_args__ = (UniqueConstraint("program_id", "name"),)

    program_id: Mapped[str] = owned("program.id")
    name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class PlanRate(Versioned, Base):
    """How much of the program's currency one unit of another is in the plan."""

    __tablename__ = "plan_rate"
    __table_args__ = (UniqueConstraint("program_id", "currency"),)

    program_id: Mapped[str] = owned("program.id")
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Exact(8))


class LedgerMapping(Versioned, Base):
    """How the columns of somebody's file become ledger entries."""

    __tablename__ = "ledger_mapping"
    __table_args__ = (UniqueConstraint("program_id", "name"),)

    program_id: Mapped[str] = owned("program.id")
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class UnmatchedRow(Versioned, Base):
    """A row of a ledger file that could not be booked, kept until somebody settles it. fingerprint: of its cells."""

    __tablename__ = "unmatched_row"
    __table_args__ = (UniqueConstraint("program_id", "source", "fingerprint"),)

    program_id: Mapped[str] = owned("program.id")
    source: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    line: Mapped[int]
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
    column: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    came_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_how: Mapped[str | None] = mapped_column(Text)


class Benefit(Versioned, Base):
    """
    Money that the program should bring, each month from a day on, after a ramp.

    metric_from, metric_to: the metric's value at which nothing and all of it has come.
    """

    __tablename__ = "benefit"

    program_id: Mapped[str] = owned("program.id")
    component_id: Mapped[str | None] = owned("component.id", null=True)
    name: Mapped[str] = mapped_column(String(200))
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    currency: Mapped[str] = mapped_column(String(3))
    monthly: Mapped[Decimal] = mapped_column(Exact(4))
    starts_on: Mapped[date]
    ramp_months: Mapped[int] = mapped_column(default=0)
    ends_on: Mapped[date | None]
    metric_id: Mapped[str | None] = mapped_column(String(64))
    metric_from: Mapped[Decimal | None] = mapped_column(Exact(6))
    metric_to: Mapped[Decimal | None] = mapped_column(Exact(6))
