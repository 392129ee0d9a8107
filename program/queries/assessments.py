"""Reads of assessment runs: who answered, what they said, and what follows from it."""

from itertools import count
from typing import Literal, cast

from sqlalchemy import ColumnElement, Select, func, select

from assessments import library as models
from assessments.library import Library
from assessments.responses import Answer
from assessments.scoring import Assessment, assess
from program.runs import MyRespondent, Run, SavedAnswer
from program.store import tables
from program.store.engine import reading
from program.values import Missing


def runs(program_id: str) -> list[Run]:
    """Return a program's runs, the newest first."""
    return _runs(tables.AssessmentRun.program_id == program_id)


def run(program_id: str, run_id: str) -> Run:
    """Return one run of a program. Raises Missing."""
    for found in _runs(tables.AssessmentRun.program_id == program_id, tables.AssessmentRun.id == run_id):
        return found
    raise Missing("assessment run")


def latest_run(program_id: str) -> Run | None:
    """Return the run opened last."""
    return next(iter(runs(program_id)), None)


def latest_answered_run(program_id: str) -> Run | None:
    """Return the run opened last among those with an answer."""
    return next((found for found in runs(program_id) if found.answers), None)


def my_respondent(program_id: str, run_id: str, user_id: str) -> MyRespondent | None:
    """Return a user's own place in a run, None before joining."""
    table = tables.Respondent
    query = (
        select(table.id, table.version, table.function)
        .join(tables.AssessmentRun, tables.AssessmentRun.id == table.run_id)
        .where(tables.AssessmentRun.program_id == program_id, table.run_id == run_id, table.user_id == user_id)
    )
    with reading() as session:
        row = session.execute(query).first()
    return MyRespondent(*row) if row else None


def my_answers(program_id: str, respondent_id: str) -> dict[str, SavedAnswer]:
    """Return a respondent's answers by statement id; empty for a respondent of another program."""
    table = tables.Answer
    query = (
        select(table)
        .join(tables.Respondent, tables.Respondent.id == table.respondent_id)
        .join(tables.AssessmentRun, tables.AssessmentRun.id == tables.Respondent.run_id)
        .where(tables.AssessmentRun.program_id == program_id, table.respondent_id == respondent_id)
    )
    with reading() as session:
        rows = session.scalars(query)
        return {row.statement_id: SavedAnswer(row.kind, row.level, row.reason, row.version) for row in rows}


def answers(program_id: str, run_id: str) -> list[Answer]:
    """
    Return a run's answers as the assessments take them; empty for a run of another program.

    People of the same name stay two people.
    """
    query = (
        select(tables.Respondent, tables.Answer)
        .join(tables.Answer, tables.Answer.respondent_id == tables.Respondent.id)
        .join(tables.AssessmentRun, tables.AssessmentRun.id == tables.Respondent.run_id)
        .where(tables.AssessmentRun.program_id == program_id, tables.Respondent.run_id == run_id)
        .order_by(tables.Respondent.name, tables.Respondent.id, tables.Answer.statement_id)
    )
    with reading() as session:
        rows = session.execute(query).all()
    called = _distinct({person.id: person.name for person, _ in rows})
    return [
        Answer(
            respondent=called[person.id],
            function=person.function,
            statement=answer.statement_id,
            level=answer.level,
            kind=cast(Literal["level", "dont_know", "na"], answer.kind),
            reason=answer.reason or "",
            note=answer.note or "",
        )
        for person, answer in rows
    ]


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


def assessment(program_id: str, run_id: str) -> Assessment:
    """Return what a run's answers say, by the model and the form that it was opened with. Raises Missing."""
    form = run(program_id, run_id).form
    return assess(answers(program_id, run_id), library(program_id, run_id), form=form)


def _runs(*where: ColumnElement[bool]) -> list[Run]:
    table = tables.AssessmentRun
    people = select(func.count()).where(tables.Respondent.run_id == table.id)
    given = (
        select(func.count())
        .select_from(tables.Answer)
        .join(tables.Respondent, tables.Respondent.id == tables.Answer.respondent_id)
        .where(tables.Respondent.run_id == table.id)
    )
    counts = (_per_run(people).label("respondents"), _per_run(given).label("answers"))
    columns = (table.id, table.version, table.name, table.form, table.model_version, table.model_sha256)
    times = (table.opened_at, table.closed_at)
    with reading() as session:
        rows = session.execute(
            select(*columns, *times, *counts).where(*where).order_by(table.opened_at.desc(), table.id)
        )
        return [Run(**row) for row in rows.mappings()]


def _per_run(query: Select[int]) -> ColumnElement[int]:
    return query.correlate(tables.AssessmentRun).scalar_subquery()


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """Return what to call each person, so that two of the same name are told apart."""
    called: dict[str, str] = {}
    for id_, name in names.items():
        candidates = (name if number == 1 else f"{name} ({number})" for number in count(1))
        called[id_] = next(candidate for candidate in candidates if candidate not in called.values())
    return called
