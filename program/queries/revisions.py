"""Whether anything in a program changed: the key under which pages keep what they computed."""

from sqlalchemy import select

from program.store.engine import reading
from program.store.tables import AuditEntry


def revision(program_id: str) -> str:
    """Return the hash of the program's last audit entry: every change makes a new one; "" before the first."""
    last = select(AuditEntry.hash).where(AuditEntry.program_id == program_id).order_by(AuditEntry.number.desc())
    with reading() as session:
        return session.scalars(last.limit(1)).first() or ""
