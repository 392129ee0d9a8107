"""Reads of the metric targets."""

from sqlalchemy import select

from program.store import tables
from program.store.engine import reading
from program.targets import Target


def targets(program_id: str) -> list[Target]:
    """Return a program's metric targets, by component and metric."""
    table, component = tables.MetricTarget, tables.Component
    query = (
        select(
            table.id,
            table.version,
            component.id,
            component.name,
            component.live_on,
            table.metric_id,
            table.target,
            table.due_on,
        )
        .join(component, component.id == table.component_id)
        .where(component.program_id == program_id)
        .order_by(component.name, table.metric_id)
    )
    with reading() as session:
        return [Target(*row) for row in session.execute(query)]
