"""Who changed which fields of the people on the map, as the audit keeps it: names of fields, not what stood there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

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
