"""Reads of the follow-ups."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from program.catalog import STAGE_NAMES
from program.follow_ups import FollowUp, ranked
from program.store import tables
from program.store.engine import reading


def follow_ups(program_id: str, *, only_open: bool = False) -> list[FollowUp]:
    """Return a program's follow-ups, open ones first by their day, each with what it comes from."""
    table = tables.FollowUp
    query = select(table).where(table.program_id == program_id)
    if only_open:
        query = query.where(table.done_at.is_(None))
    with reading() as session:
        rows = session.scalars(query).all()
        told = _told(session, program_id) if any(row.origin_id for row in rows) else {}
        return ranked(_as_value(row, told.get(row.origin_id or "")) for row in rows)


def _told(session: Session, program_id: str) -> dict[str, str]:
    """What the rows say that follow-ups come from, by id. Dismissed risks may rest on ties and are left out."""
    columns = (
        (tables.Decision.id, tables.Decision.question, tables.Decision.program_id),
        (tables.Assumption.id, tables.Assumption.text, tables.Assumption.program_id),
        (tables.Component.id, tables.Component.name, tables.Component.program_id),
        (tables.AssessmentRun.id, tables.AssessmentRun.name, tables.AssessmentRun.program_id),
        (tables.Stakeholder.id, tables.Stakeholder.name, tables.Stakeholder.program_id),
    )
    found: dict[str, str] = {}
    for row_id, said, of in columns:
        found |= dict(session.execute(select(row_id, said).where(of == program_id)).all())
    risk = tables.Risk
    registered = select(risk.id, risk.title).where(risk.program_id == program_id, risk.status != "dismissed")
    found |= dict(session.execute(registered).all())
    line, gate, component = tables.BudgetLine, tables.GateDecision, tables.Component
    lines = select(line.id, line.name).join(component, component.id == line.component_id)
    found |= dict(session.execute(lines.where(component.program_id == program_id)).all())
    gates = select(gate.id, gate.stage, component.name).join(component, component.id == gate.component_id)
    for gate_id, stage, name in session.execute(gates.where(component.program_id == program_id)):
        found[gate_id] = f"{name}: {STAGE_NAMES.get(stage, stage)}"
    return found


def _as_value(row: tables.FollowUp, from_what: str | None) -> FollowUp:
    return FollowUp(
        id=row.id,
        version=row.version,
        title=row.title,
        origin=row.origin,
        origin_id=row.origin_id,
        owner_id=row.owner_id,
        due_on=row.due_on,
        done_at=row.done_at,
        from_what=from_what,
    )
