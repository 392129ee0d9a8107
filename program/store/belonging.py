"""Which program a row belongs to, and what a user may do there."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from program.access import highest
from program.store.tables import (
    Activity,
    ActivityLink,
    Answer,
    AssessmentRun,
    Base,
    BudgetLine,
    BudgetPhase,
    BudgetVersion,
    Component,
    Contribution,
    Duty,
    EngagementStep,
    Evidence,
    GateDecision,
    GateEvidence,
    Handover,
    ItemDuty,
    Membership,
    MetricTarget,
    OwnedItem,
    PerspectiveAnswer,
    Program,
    Respondent,
    Stakeholder,
    StakeholderState,
    StandIn,
    User,
    Vendor,
    VendorScore,
)

PARENTS: dict[type[Base], tuple[str, type[Base]]] = {
    Respondent: ("run_id", AssessmentRun),
    Answer: ("respondent_id", Respondent),
    PerspectiveAnswer: ("respondent_id", Respondent),
    Evidence: ("run_id", AssessmentRun),
    EngagementStep: ("stakeholder_id", Stakeholder),
    StakeholderState: ("stakeholder_id", Stakeholder),
    StandIn: ("stakeholder_id", Stakeholder),
    Duty: ("component_id", Component),
    ItemDuty: ("item_id", OwnedItem),
    Handover: ("component_id", Component),
    BudgetLine: ("component_id", Component),
    MetricTarget: ("component_id", Component),
    Contribution: ("component_id", Component),
    VendorScore: ("vendor_id", Vendor),
    GateEvidence: ("component_id", Component),
    GateDecision: ("component_id", Component),
    ActivityLink: ("successor_id", Activity),
    BudgetPhase: ("version_id", BudgetVersion),
}


def program_of(session: Session, row: Base) -> str | None:
    """The program a row belongs to, directly or by its parents; None for rows of the whole installation."""
    if isinstance(row, Program):
        return row.id
    parent = PARENTS.get(type(row))
    if parent is None:
        found: str | None = getattr(row, "program_id", None)
        return found
    key, table = parent
    above = session.get(table, getattr(row, key))
    return program_of(session, above) if above else None


def role_in(session: Session, user_id: str, program_id: str | None) -> str | None:
    """
    The highest role of a user's memberships in the program and everywhere; without a program, everywhere only.

    None for a stranger and for somebody who is switched off.
    """
    here = or_(Membership.program_id.is_(None), Membership.program_id == program_id)
    return highest([role for _, role in memberships(session, user_id, here)])


def memberships(session: Session, user_id: str, *where: ColumnElement[bool]) -> list[tuple[str | None, str]]:
    """The programs (None: everywhere) and roles of a user's memberships; none for somebody who is switched off."""
    query = select(Membership.program_id, Membership.role).join(User, User.id == Membership.user_id)
    return [(place, role) for place, role in session.execute(query.where(User.id == user_id, User.active, *where))]
