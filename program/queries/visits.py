"""What others changed in a program since a moment, counted by the database."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, select

from program.store.engine import reading
from program.store.tables import AuditEntry
from program.visits import Changed, News, news


def changed_since(program_id: str, since: datetime, *, role: str | None, but: str) -> list[News]:
    """
    Return what changed since a moment as sentences, the newest first, each of which the role may read.

    but: the user whose own changes are no news to them. Anonymous answers are never told.
    """
    entry = AuditEntry
    mine = entry.program_id == program_id, entry.at > since, entry.user_id != but
    rows = func.count(entry.subject_id.distinct())
    counted = select(entry.action, func.count(), rows, func.max(entry.at)).where(*mine).group_by(entry.action)
    with reading() as session:
        found = session.execute(counted).all()
        who: defaultdict[str, list[str]] = defaultdict(list)
        if found:
            names = select(entry.action, entry.user_name).where(*mine).distinct().order_by(entry.user_name)
            for action, name in session.execute(names):
                who[action].append(name)
    changed = [Changed(action, entries, some, at, tuple(who[action])) for action, entries, some, at in found]
    return news(changed, role=role)
