"""The change log, and who changed which fields of the people on the map, as the audit has it: not what stood there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from data.metrics import catalog
from program.changes import ChangeRecord
from program.store import tables
from program.store.engine import reading
from program.store.tables import AuditEntry


@dataclass(frozen=True)
class Change:
    """One change of one stakeholder. fields: by name; by: the name of the user."""

    stakeholder_id: str
    at: datetime
    by: str
    fields: tuple[str, ...]


def changes(program_id: str) -> list[Change]:
    """Return the changes of single stakeholders, in the order of time; of imported rows only their place is kept."""
    entry = AuditEntry
    mine = entry.program_id == program_id, entry.action == "stakeholder.change"
    query = select(entry.subject_id, entry.at, entry.user_name, entry.detail).where(*mine).order_by(entry.number)
    with reading() as session:
        return [
            Change(subject_id, at, by, tuple(detail.get("fields", ())))
            for subject_id, at, by, detail in session.execute(query)
            if subject_id
        ]


def change_records(program_id: str) -> list[ChangeRecord]:
    """Return what was changed in a program, the newest first."""
    table = tables.ChangeRecord
    query = select(table).where(table.program_id == program_id).order_by(table.on.desc(), table.what, table.id)
    with reading() as session:
        return [_record(row) for row in session.scalars(query)]


def _record(row: tables.ChangeRecord) -> ChangeRecord:
    metric = catalog().get(row.metric_id or "")
    return ChangeRecord(
        id=row.id,
        version=row.version,
        on=row.on,
        what=row.what,
        why=row.why,
        component_id=row.component_id,
        metric_id=row.metric_id,
        metric_before=row.metric_before,
        metric_after=row.metric_after,
        baseline_id=row.baseline_id,
        better=metric.better if metric else None,
    )
