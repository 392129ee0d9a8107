"""The audit entries in the store: appended by the unit of work, never edited, verified as one chain."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from program import audit
from program.store.tables import AuditEntry, AuditHead
from program.values import Actor

FIELDS = [column.key for column in AuditEntry.__table__.columns]


def append(
    session: Session,
    actor: Actor,
    program_id: str | None,
    action: str,
    subject_id: str | None,
    detail: Mapping[str, Any],
    intention: str | None,
) -> None:
    """Add the next entry of the chain. The caller's transaction is the only writing one: no number is taken twice."""
    head = session.get(AuditHead, 1) or AuditHead(number=0, hash=audit.BEGINNING)
    content = {
        "number": head.number + 1,
        "at": actor.now,
        "user_id": actor.user_id,
        "user_name": actor.name,
        "program_id": program_id,
        "action": action,
        "subject_id": subject_id,
        "detail": json.loads(json.dumps(detail, default=str)),
        "intention": intention,
        "previous_hash": head.hash,
    }
    entry = AuditEntry(**content, hash=audit.digest(content))
    head.number, head.hash = entry.number, entry.hash
    session.add_all([entry, head])


def entries(session: Session) -> Iterator[audit.Entry]:
    """Every entry, oldest first."""
    rows = session.execute(select(*AuditEntry.__table__.columns).order_by(AuditEntry.number))
    return (audit.Entry(**dict(zip(FIELDS, row, strict=True))) for row in rows)


def verify(session: Session) -> list[str]:
    """One sentence for each break of the chain; none when every entry is as it was written and none is gone."""
    head = session.get(AuditHead, 1)
    return list(audit.breaks(entries(session), head.number if head else 0, head.hash if head else audit.BEGINNING))


def last_about(session: Session, subject_id: str) -> AuditEntry | None:
    about = select(AuditEntry).where(AuditEntry.subject_id == subject_id)
    return session.scalars(about.order_by(AuditEntry.number.desc()).limit(1)).first()


def with_intention(session: Session, intention: str) -> AuditEntry | None:
    return session.scalars(select(AuditEntry).where(AuditEntry.intention == intention)).first()
