"""Reads of assessment runs themselves: which there are, who takes part, and what each person gave."""

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from assessments import library as models
from assessments.library import Library
from program.runs import MyRespondent, PersonProgress, Progress, Run, SavedAnswer, SavedView
from program.store import tables
from program.store.engine import reading
from program.values import Missing

IN_RUN = tables.AssessmentRun.id == tables.Respondent.run_id


def runs(program_id: str) -> list[Run]:
    """Return a program's runs, the newest first."""
    return runs_where(tables.AssessmentRun.program_id == program_id)


def run(program_id: str, run_id: str) -> Run:
    """Return one run of a program. Raises Missing."""
    for found in runs_where(tables.AssessmentRun.program_id == program_id, tables.AssessmentRun.id == run_id):
        return found
    raise Missing("assessment run")


def latest_run(program_id: str) -> Run | None:
    """Return the run opened last."""
    return next(iter(runs(program_id)), None)


def latest_answered_run(program_id: str) -> Run | None:
    """Return the run opened last among those with an answer that may be read."""
    return next((found for found in runs(program_id) if found.readable and found.answers), None)


def runs_where(*where: ColumnElement[bool]) -> list[Run]:
    """Return the runs that fit, the newest first."""
    table = tables.AssessmentRun
    readable = or_(table.anonymous.is_(False), table.closed_at.is_not(None))
    people = select(func.count()).where(tables.Respondent.run_id == table.id)
    given = (
        select(func.count())
        .select_from(tables.Answer)
        .join(tables.Respondent, tables.Respondent.id == tables.Answer.respondent_id)
        .where(tables.Respondent.run_id == table.id)
    )
    columns = (table.id, table.version, table.name, table.form, table.model_version, table.model_sha256)
    more = (table.opened_at, table.closed_at, table.anonymous, table.invite)
    counts = _per_run(people).label("respondents"), case((readable, _per_run(given)), else_=0).label("answers")
    with reading() as session:
        rows = session.execute(
            select(*columns, *more, *counts).where(*where).order_by(table.opened_at.desc(), table.id)
        )
        return [Run(**row) for row in rows.mappings()]


def library(program_id: str, run_id: str) -> Library:
    """Return the model that a run was opened with. Raises Missing."""
    table = tables.AssessmentRun
    this = table.program_id == program_id, table.id == run_id
    with reading() as session:
        digest = session.scalar(select(table.model_sha256).where(*this))
        if digest is None:
            raise Missing("assessment run")
        if digest == models.load().sha256:
            return models.load()
        return models.from_snapshot(session.scalars(select(table.model_snapshot).where(*this)).one())


def my_respondent(program_id: str, run_id: str, user_id: str) -> MyRespondent | None:
    """Return a user's own place in a run, None before joining."""
    table = tables.Respondent
    query = (
        select(table.id, table.version, table.function, table.name)
        .join(tables.AssessmentRun, tables.AssessmentRun.id == table.run_id)
        .where(tables.AssessmentRun.program_id == program_id, table.run_id == run_id, table.user_id == user_id)
    )
    with reading() as session:
        row = session.execute(query).first()
    return MyRespondent(*row) if row else None


def my_answers(program_id: str, respondent_id: str) -> dict[str, SavedAnswer]:
    """Return a respondent's answers by statement id; empty for another program's, and for an anonymous one's."""
    return answers_of(tables.AssessmentRun.program_id == program_id, _named(respondent_id))


def my_views(program_id: str, respondent_id: str) -> dict[tuple[str, str], SavedView]:
    """Return a respondent's views by question and whom it is about; empty as `my_answers` is."""
    return views_of(tables.AssessmentRun.program_id == program_id, _named(respondent_id))


def answers_of(*where: ColumnElement[bool]) -> dict[str, SavedAnswer]:
    """Return the answers of the one respondent who fits, by statement id."""
    table = tables.Answer
    query = select(table).join(tables.Respondent, tables.Respondent.id == table.respondent_id)
    with reading() as session:
        rows = session.scalars(query.join(tables.AssessmentRun, IN_RUN).where(*where))
        return {row.statement_id: SavedAnswer(row.kind, row.level, row.reason, row.note, row.version) for row in rows}


def views_of(*where: ColumnElement[bool]) -> dict[tuple[str, str], SavedView]:
    """Return the views of the one respondent who fits, by question and whom it is about."""
    table = tables.PerspectiveAnswer
    query = select(table).join(tables.Respondent, tables.Respondent.id == table.respondent_id)
    with reading() as session:
        rows = session.scalars(query.join(tables.AssessmentRun, IN_RUN).where(*where))
        found = [SavedView(row.question_id, row.about, row.value, row.version) for row in rows]
    return {(view.question_id, view.about): view for view in found}


def progress(program_id: str, run_id: str) -> Progress:
    """Return how far a run is: by person, or of an anonymous run only how many take part. Raises Missing."""
    asked_by = run(program_id, run_id)
    asked = len(library(program_id, run_id).statements(asked_by.form))
    person, answer = tables.Respondent, tables.Answer
    query = (
        select(
            person.id, person.name, person.function, func.count(answer.id), person.user_id, person.key, person.version
        )
        .outerjoin(answer, answer.respondent_id == person.id)
        .where(person.run_id == run_id)
        .group_by(person.id, person.name, person.function, person.user_id, person.key, person.version)
        .order_by(person.name, person.id)
    )
    with reading() as session:
        rows = session.execute(query).all()
    people = tuple(
        PersonProgress(id_, name, function, given, by_link=user is None and key is not None, version=version)
        for id_, name, function, given, user, key, version in rows
    )
    hidden = asked_by.anonymous
    return Progress(
        asked=asked,
        people=() if hidden else people,
        joined=len(people),
        answered=sum(each.answered > 0 for each in people),
        finished=None if hidden else sum(each.answered >= asked for each in people),
    )


def _named(respondent_id: str) -> ColumnElement[bool]:
    return and_(tables.Respondent.id == respondent_id, tables.AssessmentRun.anonymous.is_(False))


def _per_run(query: Select[int]) -> ColumnElement[int]:
    return query.correlate(tables.AssessmentRun).scalar_subquery()
