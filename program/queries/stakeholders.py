"""Reads of the stakeholder register."""

from sqlalchemy import select

from program.stakeholders import Stakeholder
from program.store import tables
from program.store.engine import reading


def stakeholders(program_id: str) -> list[Stakeholder]:
    """Return everybody on a program's map, by name."""
    table = tables.Stakeholder
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.name, table.id))
        return [_as_value(row) for row in rows]


def _as_value(row: tables.Stakeholder) -> Stakeholder:
    return Stakeholder(
        id=row.id,
        version=row.version,
        name=row.name,
        power=row.power,
        interest=row.interest,
        is_group=row.is_group,
        function=row.function,
        title=row.title,
        contact=row.contact,
        stance=row.stance,
        wanted_stance=row.wanted_stance,
        wants=row.wants,
        next_step=row.next_step,
    )
