"""Answers and views on their way into the store, whoever gives them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from assessments import library, perspective
from assessments.library import Library
from program.runs import CLOSED, GivenAnswer, GivenView
from program.store.tables import Answer, AssessmentRun, PerspectiveAnswer, Respondent
from program.store.unit_of_work import Unit
from program.values import Invalid

SUPPORTED = "P3"  # the question that perspective.SUPPORT is about


def open_run(run: AssessmentRun) -> AssessmentRun:
    """Return a run that takes answers. Raises Invalid."""
    if run.closed_at is not None:
        raise Invalid("run", CLOSED)
    return run


def model_of(run: AssessmentRun) -> Library:
    """Return the statements that a run was opened with."""
    shipped = library.load()
    return shipped if run.model_sha256 == shipped.sha256 else library.from_snapshot(run.model_snapshot)


def askable(run: AssessmentRun, answers: Sequence[GivenAnswer]) -> None:
    """Raise Invalid for a statement that the run's form does not ask: the form decides what counts as covered."""
    asked = {statement.id for statement in model_of(run).statements("long" if run.form == "long" else "short")}
    for answer in answers:
        if answer.statement_id not in asked:
            raise Invalid("statement_id", f"This run does not ask “{answer.statement_id}”.")
        if run.anonymous and answer.note:
            raise Invalid("note", "An anonymous run keeps no notes: your words could tell who you are.")


def held_answers(unit: Unit, respondent_id: str) -> dict[str, Answer]:
    """Return a respondent's answers as they are now, by statement."""
    mine = select(Answer).where(Answer.respondent_id == respondent_id)
    return {row.statement_id: row for row in unit.session.scalars(mine)}


def held_views(unit: Unit, respondent_id: str) -> dict[tuple[str, str], PerspectiveAnswer]:
    """Return a respondent's views as they are now, by question and whom it is about."""
    mine = select(PerspectiveAnswer).where(PerspectiveAnswer.respondent_id == respondent_id)
    return {(row.question_id, row.about): row for row in unit.session.scalars(mine)}


def keep_answer(unit: Unit, respondent_id: str, given: GivenAnswer, row: Answer | None, version: int | None) -> int:
    """Write an answer over the row of the version that was seen; return its version now. Raises Stale."""
    values = {"kind": given.kind, "level": given.level, "reason": given.reason, "note": given.note}
    made = Answer(respondent_id=respondent_id, statement_id=given.statement_id, **values)
    return _keep(unit, made, row, values, version, statement=given.statement_id)


def keep_view(
    unit: Unit, respondent: Respondent, given: GivenView, row: PerspectiveAnswer | None, version: int | None
) -> int:
    """Write a view over the row of the version that was seen; return its version now. Raises Invalid and Stale."""
    values = {"value": _viewed(unit, respondent, given)}
    made = PerspectiveAnswer(respondent_id=respondent.id, question_id=given.question_id, about=given.about, **values)
    return _keep(unit, made, row, values, version, question=given.question_id)


def _keep(
    unit: Unit,
    made: Answer | PerspectiveAnswer,
    row: Answer | PerspectiveAnswer | None,
    values: Mapping[str, Any],
    version: int | None,
    **detail: str,
) -> int:
    if row is None:
        made.answered_at = unit.actor.now
        unit.subject(unit.add(made).id, **detail)
        return made.version
    unit.subject(row.id, **detail)
    if all(getattr(row, field) == value for field, value in values.items()):
        return row.version
    if row.version != version:
        raise unit.stale(row, dict(values))
    at = {"answered_at": unit.actor.now} if isinstance(row, Answer) else {}  # of a view, what was said first counts
    return unit.change(type(row), row.id, version, **values, **at)


def drop_support(unit: Unit, respondent_id: str) -> None:
    """Take away that others agree with what somebody wrote, who leaves: no view may point to one that is gone."""
    written = select(PerspectiveAnswer.id).where(PerspectiveAnswer.respondent_id == respondent_id)
    agreeing = PerspectiveAnswer.question_id == perspective.SUPPORT, PerspectiveAnswer.about.in_(written)
    unit.session.execute(delete(PerspectiveAnswer).where(*agreeing), execution_options={"synchronize_session": False})


def _viewed(unit: Unit, respondent: Respondent, given: GivenView) -> dict[str, Any]:
    try:
        value = perspective.check(given.question_id, given.about, given.value)
    except perspective.BadView as problem:
        raise Invalid(problem.field, problem.sentence) from problem
    if given.question_id == perspective.SUPPORT:
        _supportable(unit, respondent, given.about)
    return dict(value)


def _supportable(unit: Unit, respondent: Respondent, answer_id: str) -> None:
    """Raise Missing unless it is what somebody else wrote in the same named run."""
    row = unit.session.get(PerspectiveAnswer, answer_id)
    writer = unit.session.get(Respondent, row.respondent_id) if row and row.question_id == SUPPORTED else None
    run = unit.session.get_one(AssessmentRun, respondent.run_id)
    if writer is None or writer.run_id != run.id or writer.id == respondent.id or run.anonymous:
        raise unit.missing(PerspectiveAnswer, answer_id)
