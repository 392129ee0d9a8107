"""Reads of decisions and of the assumptions that they rest on."""

from typing import Any

from sqlalchemy import select

from program.decisions import Assumption, Decision, Option, ranked
from program.store import tables
from program.store.engine import reading


def decisions(program_id: str) -> list[Decision]:
    """Return a program's decisions, open ones first."""
    with reading() as session:
        rows = session.scalars(select(tables.Decision).where(tables.Decision.program_id == program_id))
        return ranked(_decision(row) for row in rows)


def assumptions(program_id: str) -> list[Assumption]:
    """Return a program's assumptions by their words."""
    table = tables.Assumption
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.text, table.id))
        return [_assumption(row) for row in rows]


def _decision(row: tables.Decision) -> Decision:
    return Decision(
        id=row.id,
        version=row.version,
        question=row.question,
        options=tuple(_option(each) for each in row.options),
        component_id=row.component_id,
        chosen=row.chosen,
        decider_id=row.decider_id,
        decided_on=row.decided_on,
        dissent=row.dissent,
        rests_on=row.rests_on,
        review_on=row.review_on,
    )


def _option(given: dict[str, Any]) -> Option:
    return Option(str(given.get("name", "")), given.get("note"))


def _assumption(row: tables.Assumption) -> Assumption:
    return Assumption(
        id=row.id,
        version=row.version,
        text=row.text,
        component_id=row.component_id,
        decision_id=row.decision_id,
        owner_id=row.owner_id,
        expires_on=row.expires_on,
        state=row.state,
        checked_on=row.checked_on,
    )
