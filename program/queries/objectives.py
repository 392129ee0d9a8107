"""Reads of the program's objectives."""

from sqlalchemy import select

from program.objectives import Objective
from program.store import tables
from program.store.engine import reading


def objectives(program_id: str) -> list[Objective]:
    """Return a program's objectives, those due first at the top, undated ones last."""
    table = tables.Objective
    query = select(table).where(table.program_id == program_id)
    with reading() as session:
        rows = session.scalars(query.order_by(table.due_on.is_(None), table.due_on, table.title, table.id))
        return [
            Objective(row.id, row.version, row.title, row.owner_id, row.metric_id, row.target, row.due_on)
            for row in rows
        ]
