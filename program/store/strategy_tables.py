"""What people enter about strategy and gates: canvases, use cases, vendors, evidence and what was decided."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from program.store.base import Base, Identified, Versioned, owned
from program.store.types import UtcDateTime


class Contribution(Versioned, Base):
    """A component that is there for an objective."""

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("component_id", "objective_id"),)

    component_id: Mapped[str] = owned("component.id")
    objective_id: Mapped[str] = owned("objective.id")


class CanvasNote(Versioned, Base):
    """A note in a cell of a canvas (program/canvases.yaml), and what it leads to."""

    __tablename__ = "canvas_note"

    program_id: Mapped[str] = owned("program.id")
    canvas: Mapped[str] = mapped_column(String(32))
    cell: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    objective_id: Mapped[str | None] = owned("objective.id", null=True)
    component_id: Mapped[str | None] = owned("component.id", null=True)


class UseCase(Versioned, Base):
    """A use case as this program words it. catalog_id: of program/use_cases.yaml; None for one of its own."""

    __tablename__ = "use_case"
    __table_args__ = (UniqueConstraint("program_id", "title"),)

    program_id: Mapped[str] = owned("program.id")
    catalog_id: Mapped[str | None] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    adopted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Vendor(Versioned, Base):
    __tablename__ = "vendor"
    __table_args__ = (UniqueConstraint("program_id", "name"),)

    program_id: Mapped[str] = owned("program.id")
    name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)


class VendorScore(Versioned, Base):
    """How well a vendor does one of the seven capabilities, 0 to 4, and what shows it; None while unknown."""

    __tablename__ = "vendor_score"
    __table_args__ = (UniqueConstraint("vendor_id", "capability"),)

    vendor_id: Mapped[str] = owned("vendor.id")
    capability: Mapped[str] = mapped_column(String(32))
    score: Mapped[int | None]
    evidence: Mapped[str | None] = mapped_column(Text)


class CapabilityWeight(Versioned, Base):
    """How much one of the seven capabilities matters to this program, 0 to 5."""

    __tablename__ = "capability_weight"
    __table_args__ = (UniqueConstraint("program_id", "capability"),)

    program_id: Mapped[str] = owned("program.id")
    capability: Mapped[str] = mapped_column(String(32))
    weight: Mapped[int]


class GateEvidence(Versioned, Base):
    """What shows that a component meets a criterion of a stage's exit gate, by words or a link."""

    __tablename__ = "gate_evidence"

    component_id: Mapped[str] = owned("component.id")
    stage: Mapped[str] = mapped_column(String(16))
    criterion: Mapped[str] = mapped_column(String(32))
    note: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GateDecision(Identified, Base):
    """
    What was decided at a gate; never changed, another follows it.

    criteria: each criterion as it stood then. waived: the ids of those let pass although not met, until expires_on.
    """

    __tablename__ = "gate_decision"

    component_id: Mapped[str] = owned("component.id")
    stage: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(16))
    decider_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    decided_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    dissent: Mapped[str | None] = mapped_column(Text)
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    waived: Mapped[list[str]] = mapped_column(JSON)
    expires_on: Mapped[date | None]
