"""What people enter about the future: risks, decisions, assumptions, changes, and what follows from them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from program.store.base import Base, Identified, Versioned, owned
from program.store.types import Exact, UtcDateTime


class Risk(Versioned, Base):
    """
    Something that may happen. probability, impact: 1 to 5; cost, days: what it costs if it does, None while unknown.

    proposal: the finding that it came from, so that it is proposed once.
    """

    __tablename__ = "risk"
    __table_args__ = (Index("uq_risk_program_id_proposal", "program_id", "proposal", unique=True),)

    program_id: Mapped[str] = owned("program.id")
    component_id: Mapped[str | None] = owned("component.id", null=True)
    title: Mapped[str] = mapped_column(String(300))
    probability: Mapped[int | None]
    impact: Mapped[int | None]
    cost: Mapped[Decimal | None] = mapped_column(Exact(4))
    days: Mapped[Decimal | None] = mapped_column(Exact(4))
    response: Mapped[str | None] = mapped_column(String(16))
    action: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    trigger: Mapped[str | None] = mapped_column(Text)
    residual_probability: Mapped[int | None]
    residual_impact: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(16), default="open")
    proposal: Mapped[str | None] = mapped_column(String(100))
    raised_on: Mapped[date]
    closed_on: Mapped[date | None]


class Decision(Versioned, Base):
    """A question, its options, and what was decided by whom; open while decided_on is None."""

    __tablename__ = "decision"

    program_id: Mapped[str] = owned("program.id")
    component_id: Mapped[str | None] = owned("component.id", null=True)
    question: Mapped[str] = mapped_column(String(300))
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    chosen: Mapped[str | None] = mapped_column(String(200))
    decider_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    decided_on: Mapped[date | None]
    dissent: Mapped[str | None] = mapped_column(Text)
    rests_on: Mapped[str | None] = mapped_column(Text)
    review_on: Mapped[date | None]


class Assumption(Versioned, Base):
    """Something taken for true until a day. state: open, holds or broken."""

    __tablename__ = "assumption"

    program_id: Mapped[str] = owned("program.id")
    component_id: Mapped[str | None] = owned("component.id", null=True)
    decision_id: Mapped[str | None] = owned("decision.id", null=True)
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    expires_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(16), default="open")
    checked_on: Mapped[date | None]


class ChangeRecord(Versioned, Base):
    """Something that was changed in the program, why, and which metric moved."""

    __tablename__ = "change_record"

    program_id: Mapped[str] = owned("program.id")
    component_id: Mapped[str | None] = owned("component.id", null=True)
    on: Mapped[date]
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str | None] = mapped_column(Text)
    metric_id: Mapped[str | None] = mapped_column(String(64))
    metric_before: Mapped[Decimal | None] = mapped_column(Exact(6))
    metric_after: Mapped[Decimal | None] = mapped_column(Exact(6))
    baseline_id: Mapped[str | None] = owned("baseline.id", null=True)


class FollowUp(Versioned, Base):
    """Who does what by when. origin: decision, risk, gate, finding or workshop; origin_id: of which row, if any."""

    __tablename__ = "follow_up"

    program_id: Mapped[str] = owned("program.id")
    title: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    due_on: Mapped[date | None]
    origin: Mapped[str] = mapped_column(String(16))
    origin_id: Mapped[str | None] = mapped_column(String(32))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LastVisit(Identified, Base):
    """When a user was last at a program, and the visit before that. It belongs to the user, not to the program."""

    __tablename__ = "last_visit"
    __table_args__ = (UniqueConstraint("program_id", "user_id"),)

    program_id: Mapped[str] = owned("program.id")
    user_id: Mapped[str] = owned("user.id")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[datetime | None] = mapped_column(UtcDateTime)
