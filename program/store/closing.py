"""Closing a run: what tied answers to devices is destroyed, and in an anonymous run also what order could tell."""

from secrets import SystemRandom
from typing import Any, cast

from sqlalchemy import Table, delete, insert, inspect, select
from sqlalchemy.orm import Session

from program.runs import without_words
from program.store.engine import forget_deleted
from program.store.tables import Answer, AssessmentRun, Base, PerspectiveAnswer, Respondent, new_id

__all__ = ["forget_deleted", "seal"]
WORDS = {"reason": None, "note": None}  # nobody may read them once an anonymous run is closed, so they go


def seal(session: Session, run: AssessmentRun) -> None:
    """
    Destroy a run's secret and link, and in an anonymous run the keys of the devices and everybody's words.

    The rows of an anonymous run come back under new ids in an order of chance: neither ids, nor the order in the
    table, nor versions say who came when or changed what.
    """
    run.secret = run.invite = None
    session.flush()
    if run.anonymous:
        _shuffle(session, run.id)


def _shuffle(session: Session, run_id: str) -> None:
    people = select(Respondent.id).where(Respondent.run_id == run_id)
    respondents = _rows(session, Respondent, Respondent.run_id == run_id)
    answers = _rows(session, Answer, Answer.respondent_id.in_(people))
    views = _rows(session, PerspectiveAnswer, PerspectiveAnswer.respondent_id.in_(people))
    session.execute(delete(Respondent).where(Respondent.run_id == run_id))  # answers and views go along
    ids = {row["id"]: new_id() for row in respondents}
    _put(session, Respondent, [row | {"id": ids[row["id"]], "key": None} for row in respondents])
    for table, rows in ((Answer, [row | WORDS for row in answers]), (PerspectiveAnswer, [_wordless(v) for v in views])):
        _put(session, table, [row | {"id": new_id(), "respondent_id": ids[row["respondent_id"]]} for row in rows])
    session.expire_all()


def _rows(session: Session, table: type[Base], *where: Any) -> list[dict[str, Any]]:
    columns = [column.key for column in inspect(table).columns]
    return [{name: getattr(row, name) for name in columns} for row in session.scalars(select(table).where(*where))]


def _put(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    SystemRandom().shuffle(rows)
    if rows:
        session.execute(insert(cast(Table, table.__table__)), [row | {"version": 1} for row in rows])


def _wordless(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"value": without_words(row["value"])}
