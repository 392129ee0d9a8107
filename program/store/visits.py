"""When somebody was last at a program: outside the audit, for looking changes nothing for anybody else."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import select

from program.policy import load
from program.store.engine import reading, writing_engine
from program.store.tables import LastVisit
from program.store.troubles import WritingSession, translated
from program.store.unit_of_work import hold_write_lock
from program.values import Actor, Unavailable

log = logging.getLogger("groundwork.visits")
NEAR = timedelta(minutes=5)  # how exactly the end of a visit is known; a look more often writes nothing


def visit(actor: Actor, program_id: str) -> datetime | None:
    """
    Remember that the actor is at a program now; return when their visit before this one ended, None for the first.

    A visit ends once they have not looked for the policy's minutes. One audit entry per look would bury what people
    did, and looking changes nothing that anybody else sees; so this alone writes beside the unit of work. When the
    store cannot be written now, nothing is remembered and the last known visit is returned.
    """
    mine = LastVisit.program_id == program_id, LastVisit.user_id == actor.user_id
    with reading() as session:
        known = session.scalars(select(LastVisit).where(*mine)).first()
    if known is not None and actor.now - known.at < NEAR:
        return known.before
    try:
        return _remember(actor, program_id)
    except Unavailable as problem:
        log.warning("a visit is not remembered: %s", problem)
        return known.before if known else None


def _remember(actor: Actor, program_id: str) -> datetime | None:
    mine = LastVisit.program_id == program_id, LastVisit.user_id == actor.user_id
    quiet = timedelta(minutes=load().visit_quiet_minutes)
    with translated(), WritingSession(writing_engine(), expire_on_commit=False) as session, session.begin():
        hold_write_lock(session.connection())
        row = session.scalars(select(LastVisit).where(*mine)).first()
        if row is None:
            row = LastVisit(program_id=program_id, user_id=actor.user_id, at=actor.now)
            session.add(row)
        elif actor.now > row.at:
            if actor.now - row.at > quiet:
                row.before = row.at
            row.at = actor.now
        return row.before
