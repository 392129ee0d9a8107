"""What people enter: the tables of the record store."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from program.store.base import Base, Identified, Versioned, new_id, owned
from program.store.people_tables import (
    Duty,
    EngagementStep,
    Handover,
    ItemDuty,
    OwnedItem,
    Stakeholder,
    StakeholderState,
    StandIn,
    Tie,
)
from program.store.plan_tables import (
    Activity,
    ActivityLink,
    Baseline,
    Benefit,
    BudgetPhase,
    BudgetVersion,
    DayOff,
    LedgerMapping,
    PlanRate,
    PlanSetting,
    Scenario,
    UnmatchedRow,
)
from program.store.record_tables import Assumption, ChangeRecord, Decision, FollowUp, LastVisit, Risk
from program.store.strategy_tables import (
    CanvasNote,
    CapabilityWeight,
    Contribution,
    GateDecision,
    GateEvidence,
    UseCase,
    Vendor,
    VendorScore,
)
from program.store.types import Exact, UtcDateTime

__all__ = [
    "Activity",
    "ActivityLink",
    "Answer",
    "AssessmentRun",
    "Assumption",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Baseline",
    "Benefit",
    "BudgetLine",
    "BudgetPhase",
    "BudgetVersion",
    "CanvasNote",
    "CapabilityWeight",
    "ChangeRecord",
    "Client",
    "Component",
    "Contribution",
    "DayOff",
    "Decision",
    "Duty",
    "EngagementStep",
    "Evidence",
    "FollowUp",
    "GateDecision",
    "GateEvidence",
    "Handover",
    "Identified",
    "ItemDuty",
    "LastVisit",
    "LedgerEntry",
    "LedgerMapping",
    "Membership",
    "MetricTarget",
    "Objective",
    "OwnedItem",
    "PerspectiveAnswer",
    "PlanRate",
    "PlanSetting",
    "Program",
    "PublishedModel",
    "Respondent",
    "Risk",
    "Scenario",
    "Stakeholder",
    "StakeholderState",
    "StandIn",
    "Tie",
    "UnmatchedRow",
    "UseCase",
    "User",
    "Vendor",
    "VendorScore",
    "Versioned",
    "new_id",
    "owned",
]


class Client(Versioned, Base):
    __tablename__ = "client"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    key: Mapped[str] = mapped_column(String(63), unique=True)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    currency: Mapped[str] = mapped_column(String(3))
    fiscal_year_start: Mapped[int] = mapped_column(default=1)
    locale: Mapped[str] = mapped_column(String(16), default="en-US")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Program(Versioned, Base):
    __tablename__ = "program"

    client_id: Mapped[str] = owned("client.id")
    name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    time_zone: Mapped[str] = mapped_column(String(64))
    starts_on: Mapped[date]
    target_profile: Mapped[str] = mapped_column(String(32), default="pilot")
    is_sample: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class User(Versioned, Base):
    """A person who signs in. Invited people have no issuer and subject until their first sign-in."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    issuer: Mapped[str | None] = mapped_column(String(300))
    subject: Mapped[str | None] = mapped_column(String(300))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Versioned, Base):
    """What a user may do in one program, or, without a program, in all of them."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "program_id"),
        Index(
            "uq_membership_everywhere",
            "user_id",
            unique=True,
            sqlite_where=text("program_id IS NULL"),
            postgresql_where=text("program_id IS NULL"),
        ),
    )

    user_id: Mapped[str] = owned("user.id")
    program_id: Mapped[str | None] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(16))


class Objective(Versioned, Base):
    __tablename__ = "objective"

    program_id: Mapped[str] = owned("program.id")
    title: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    metric_id: Mapped[str | None] = mapped_column(String(64))
    target: Mapped[Decimal | None] = mapped_column(Exact(6))
    due_on: Mapped[date | None]


class PublishedModel(Identified, Base):
    """A program's own version of an aspect's statements. It is never changed; another version follows it."""

    __tablename__ = "published_model"
    __table_args__ = (UniqueConstraint("program_id", "aspect", "model_version"),)

    program_id: Mapped[str] = owned("program.id")
    aspect: Mapped[str] = mapped_column(String(16))
    model_version: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AssessmentRun(Versioned, Base):
    """
    One round of asking.

    invite: the secret part of its link; None while there is no link. secret: keys the answers of invited people to
    their devices; None once the run is closed, so that nobody can tie an answer to a device any more.
    """

    __tablename__ = "assessment_run"
    __table_args__ = (Index("uq_assessment_run_invite", "invite", unique=True),)

    program_id: Mapped[str] = owned("program.id")
    name: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(8), default="short")
    model_version: Mapped[str] = mapped_column(String(64))
    model_sha256: Mapped[str] = mapped_column(String(64))
    model_snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())
    invite: Mapped[str | None] = mapped_column(String(64))
    secret: Mapped[str | None] = mapped_column(String(64))


class Respondent(Versioned, Base):
    """
    Somebody who answers a run: a user, an invited person, or one whose answers were brought in.

    key: an invited person's device, hashed with the run's secret. Who answers anonymously has neither user nor name.
    """

    __tablename__ = "respondent"
    __table_args__ = (
        UniqueConstraint("run_id", "user_id"),
        Index("uq_respondent_run_id_key", "run_id", "key", unique=True),
    )

    run_id: Mapped[str] = owned("assessment_run.id")
    user_id: Mapped[str | None] = owned("user.id", null=True)
    name: Mapped[str] = mapped_column(String(200))
    function: Mapped[str] = mapped_column(String(16))
    key: Mapped[str | None] = mapped_column(String(64))


class Answer(Versioned, Base):
    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("respondent_id", "statement_id"),)

    respondent_id: Mapped[str] = owned("respondent.id")
    statement_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    level: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PerspectiveAnswer(Versioned, Base):
    """
    What a respondent sees: the answer to one question of assessments/models/perspective.yaml.

    about: the other function, or the other respondent's answer, that the question is about; "" otherwise.
    """

    __tablename__ = "perspective_answer"
    __table_args__ = (UniqueConstraint("respondent_id", "question_id", "about"),)

    respondent_id: Mapped[str] = owned("respondent.id")
    question_id: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(String(32), default="")
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Evidence(Versioned, Base):
    """
    Something that shows a statement's level, from one function, or from nobody in particular.

    kind: one that the statement asks for. content: the file's bytes in base64, with its name and media type.
    """

    __tablename__ = "evidence"

    run_id: Mapped[str] = owned("assessment_run.id")
    statement_id: Mapped[str] = mapped_column(String(32))
    function: Mapped[str | None] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str | None] = mapped_column(String(100))
    content: Mapped[str | None] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Component(Versioned, Base):
    """
    One building block of the program.

    scheme: raci or daci. ownership_stage, wanted_ownership_stage: of program.ownership.STAGES, None while unknown.
    progress_rule: how much of it is done (program.progress.RULES).
    """

    __tablename__ = "component"
    __table_args__ = (UniqueConstraint("program_id", "name"),)

    program_id: Mapped[str] = owned("program.id")
    catalog_id: Mapped[str | None] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(16))
    pillar: Mapped[str | None] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(String(16), default="thought_through")
    dimension_id: Mapped[str | None] = mapped_column(String(16))
    goal: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    live_on: Mapped[date | None]
    scheme: Mapped[str] = mapped_column(String(8), default="raci", server_default="raci")
    ownership_stage: Mapped[str | None] = mapped_column(String(16))
    wanted_ownership_stage: Mapped[str | None] = mapped_column(String(16))
    progress_rule: Mapped[str] = mapped_column(String(16), default="activities", server_default="activities")


class BudgetLine(Versioned, Base):
    """What one thing may cost. days, day_rate: labor as working days at a rate, in the line's currency."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("component_id", "name"),)

    component_id: Mapped[str] = owned("component.id")
    name: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(64))
    nature: Mapped[str] = mapped_column(String(16), default="non_labor")
    spending: Mapped[str] = mapped_column(String(8), default="opex")
    currency: Mapped[str] = mapped_column(String(3))
    owner_id: Mapped[str | None] = owned("stakeholder.id", null=True)
    recurrence: Mapped[str] = mapped_column(String(16), default="once", server_default="once")
    days: Mapped[Decimal | None] = mapped_column(Exact(4))
    day_rate: Mapped[Decimal | None] = mapped_column(Exact(4))


class LedgerEntry(Identified, Base):
    """One movement of money. Entries are never edited; a wrong one is answered by another."""

    __tablename__ = "ledger_entry"
    __table_args__ = (UniqueConstraint("program_id", "source", "document", "row", "kind"),)

    program_id: Mapped[str] = owned("program.id")
    line_id: Mapped[str] = owned("budget_line.id")
    kind: Mapped[str] = mapped_column(String(16))
    on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Exact(4))
    currency: Mapped[str] = mapped_column(String(3))
    rate: Mapped[Decimal | None] = mapped_column(Exact(8))
    source: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(String(200))
    row: Mapped[str] = mapped_column(String(64), default="1")
    against: Mapped[str | None] = mapped_column(String(200))


class MetricTarget(Versioned, Base):
    __tablename__ = "metric_target"
    __table_args__ = (UniqueConstraint("component_id", "metric_id"),)

    component_id: Mapped[str] = owned("component.id")
    metric_id: Mapped[str] = mapped_column(String(64))
    target: Mapped[Decimal] = mapped_column(Exact(6))
    due_on: Mapped[date | None]


class AuditEntry(Base):
    """One intention carried out. Append-only: each entry's hash covers the one before it."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user_id: Mapped[str] = mapped_column(String(32))
    user_name: Mapped[str] = mapped_column(String(200))
    program_id: Mapped[str | None] = mapped_column(String(32), index=True)
    action: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[str | None] = mapped_column(String(32), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    intention: Mapped[str | None] = mapped_column(String(64), unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The newest audit entry, in one row: without it nobody would notice that the last entries were removed."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
