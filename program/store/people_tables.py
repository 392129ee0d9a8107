"""What people enter about people: the tables of stakeholders, their ties, and who owns what."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from program.store.base import Base, Identified, Versioned, owned
from program.store.types import Exact, UtcDateTime


class Stakeholder(Versioned, Base):
    """
    A person or a group on the map.

    legitimacy, urgency: None while unknown. wanted_power, wanted_interest: None where they may stay as they are.
    """

    __tablename__ = "stakeholder"

    program_id: Mapped[str] = owned("program.id")
    name: Mapped[str] = mapped_column(String(200))
    is_group: Mapped[bool] = mapped_column(default=False)
    function: Mapped[str | None] = mapped_column(String(16))
    title: Mapped[str | None] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(320))
    power: Mapped[Decimal] = mapped_column(Exact(4))
    interest: Mapped[Decimal] = mapped_column(Exact(4))
    stance: Mapped[str] = mapped_column(String(16), default="unaware")
    wanted_stance: Mapped[str] = mapped_column(String(16), default="supportive")
    wants: Mapped[str | None] = mapped_column(Text)
    legitimacy: Mapped[Decimal | None] = mapped_column(Exact(4))
    urgency: Mapped[Decimal | None] = mapped_column(Exact(4))
    wanted_power: Mapped[Decimal | None] = mapped_column(Exact(4))
    wanted_interest: Mapped[Decimal | None] = mapped_column(Exact(4))
    sees: Mapped[str | None] = mapped_column(Text)
    gain_customers: Mapped[str | None] = mapped_column(Text)
    gain_team: Mapped[str | None] = mapped_column(Text)
    gain_own: Mapped[str | None] = mapped_column(Text)


class EngagementStep(Versioned, Base):
    """Something to do with a stakeholder next, by another of them, or something that was done."""

    __tablename__ = "engagement_step"

    stakeholder_id: Mapped[str] = owned("stakeholder.id")
    what: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StakeholderState(Identified, Base):
    """Where a stakeholder stood from a moment on. by: the name of the user who said so."""

    __tablename__ = "stakeholder_state"
    __table_args__ = (UniqueConstraint("stakeholder_id", "at"),)

    stakeholder_id: Mapped[str] = owned("stakeholder.id")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(200))
    power: Mapped[Decimal] = mapped_column(Exact(4))
    interest: Mapped[Decimal] = mapped_column(Exact(4))
    legitimacy: Mapped[Decimal | None] = mapped_column(Exact(4))
    urgency: Mapped[Decimal | None] = mapped_column(Exact(4))
    stance: Mapped[str] = mapped_column(String(16))
    wanted_stance: Mapped[str] = mapped_column(String(16))


class StandIn(Versioned, Base):
    """Who could take over from somebody."""

    __tablename__ = "stand_in"
    __table_args__ = (UniqueConstraint("stakeholder_id", "stand_in_id"),)

    stakeholder_id: Mapped[str] = owned("stakeholder.id")
    stand_in_id: Mapped[str] = owned("stakeholder.id")


class Tie(Versioned, Base):
    """
    One tie: the source influences, reports to, advises or blocks the target.

    known_from: how we know. on: the day it was true, None while nobody said.
    """

    __tablename__ = "tie"
    __table_args__ = (UniqueConstraint("source_id", "target_id", "kind"),)

    program_id: Mapped[str] = owned("program.id")
    source_id: Mapped[str] = owned("stakeholder.id")
    target_id: Mapped[str] = owned("stakeholder.id")
    kind: Mapped[str] = mapped_column(String(16))
    weight: Mapped[int] = mapped_column(default=1)
    known_from: Mapped[str | None] = mapped_column(Text)
    on: Mapped[date | None]


class Duty(Versioned, Base):
    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("component_id", "stakeholder_id", "letter"),)

    component_id: Mapped[str] = owned("component.id")
    stakeholder_id: Mapped[str] = owned("stakeholder.id")
    letter: Mapped[str] = mapped_column(String(1))


class OwnedItem(Versioned, Base):
    """A capability or a decision that has owners, as components have. scheme: raci or daci."""

    __tablename__ = "owned_item"
    __table_args__ = (UniqueConstraint("program_id", "kind", "name"),)

    program_id: Mapped[str] = owned("program.id")
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    scheme: Mapped[str] = mapped_column(String(8), default="raci")


class ItemDuty(Versioned, Base):
    __tablename__ = "item_duty"
    __table_args__ = (UniqueConstraint("item_id", "stakeholder_id", "letter"),)

    item_id: Mapped[str] = owned("owned_item.id")
    stakeholder_id: Mapped[str] = owned("stakeholder.id")
    letter: Mapped[str] = mapped_column(String(1))


class Handover(Versioned, Base):
    """A component that one person hands to another. from_id: None when nobody answered for it."""

    __tablename__ = "handover"

    component_id: Mapped[str] = owned("component.id")
    from_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    to_id: Mapped[str] = owned("stakeholder.id")
    on: Mapped[date]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str | None] = mapped_column(Text)
