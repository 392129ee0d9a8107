"""What people do in an assessment: open a run, join it, answer, close it."""

from collections.abc import Sequence

from sqlalchemy import select

from assessments import library
from assessments.functions import FUNCTIONS
from assessments.library import Library
from program import fields
from program.runs import FORMS, GivenAnswer, check_answer
from program.store.tables import Answer, AssessmentRun, Respondent
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


def start_run(actor: Actor, *, program_id: str, name: str, form: str = "short", intention: str | None = None) -> str:
    """Open a run on the model as it is now, and return its id. The run keeps its own copy of the model."""
    title, chosen, model = fields.name(name), fields.one_of(form, FORMS, "form"), library.load()
    try:
        with intend(
            actor, action="run.start", needs="assess.manage", program_id=program_id, intention=intention
        ) as unit:
            row = AssessmentRun(
                program_id=program_id,
                name=title,
                form=chosen,
                model_version=_version(model),
                model_sha256=model.sha256,
                model_snapshot=model.snapshot(),
                opened_at=actor.now,
            )
            unit.subject(unit.add(row).id, model=model.sha256)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def join_run(actor: Actor, *, program_id: str, run_id: str, function: str) -> str:
    """
    Take part in a run as oneself and return the respondent's id, the same one each time.

    Joining again with another function corrects it. Raises Invalid when the run is closed.
    """
    chosen = fields.one_of(function, tuple(FUNCTIONS), "function")
    with intend(actor, action="run.join", needs="assess.answer", program_id=program_id) as unit:
        _open(unit.get(AssessmentRun, run_id))
        mine = Respondent.run_id == run_id, Respondent.user_id == actor.user_id
        row = unit.session.scalar(select(Respondent).where(*mine))
        if row is None:
            row = unit.add(Respondent(run_id=run_id, user_id=actor.user_id, name=actor.name, function=chosen))
        row.function = chosen
        unit.subject(row.id, run=run_id)
        return row.id


def save_answer(
    actor: Actor,
    *,
    program_id: str,
    respondent_id: str,
    statement_id: str,
    kind: str,
    level: int | None = None,
    reason: str | None = None,
    version: int | None,
) -> int:
    """
    Keep one of one's own answers and return its version.

    version: of the answer as it was seen, None when there was none. The same answer again changes nothing.

    Raises Missing for somebody else's answers, Invalid when the run is closed or the answer is none, and Stale when
    it was changed elsewhere, on another device for example.
    """
    given = check_answer(GivenAnswer(statement_id, kind, level, fields.text(reason, "reason")))
    with intend(actor, action="answer.save", needs="assess.answer", program_id=program_id) as unit:
        respondent = unit.get(Respondent, respondent_id)
        if respondent.user_id != actor.user_id:
            raise unit.missing(Respondent, respondent_id)
        _askable(_open(unit.get(AssessmentRun, respondent.run_id)), [given])
        row = _held(unit, respondent_id).get(statement_id)
        return _keep(unit, respondent_id, given, row, version)


def add_respondent(
    actor: Actor, *, program_id: str, run_id: str, name: str, function: str, intention: str | None = None
) -> str:
    """Bring in somebody who answered elsewhere, and return the respondent's id."""
    called, chosen = fields.name(name), fields.one_of(function, tuple(FUNCTIONS), "function")
    try:
        with intend(
            actor, action="respondent.add", needs="assess.manage", program_id=program_id, intention=intention
        ) as unit:
            _open(unit.get(AssessmentRun, run_id))
            row = unit.add(Respondent(run_id=run_id, user_id=None, name=called, function=chosen))
            unit.subject(row.id, run=run_id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def add_answers(
    actor: Actor,
    *,
    program_id: str,
    respondent_id: str,
    answers: Sequence[GivenAnswer],
    intention: str | None = None,
) -> int:
    """
    Bring in answers of a respondent without a user, and return how many there were. What was there is replaced.

    Raises Missing when the respondent is a user: nobody answers for somebody who can.
    """
    given = [check_answer(answer) for answer in answers]
    try:
        with intend(
            actor, action="answer.bring", needs="assess.manage", program_id=program_id, intention=intention
        ) as unit:
            respondent = unit.get(Respondent, respondent_id)
            if respondent.user_id is not None:
                raise unit.missing(Respondent, respondent_id)
            _askable(_open(unit.get(AssessmentRun, respondent.run_id)), given)
            held = _held(unit, respondent_id)
            for answer in given:
                row = held.get(answer.statement_id)
                _keep(unit, respondent_id, answer, row, row.version if row else None)
            unit.subject(respondent_id, answers=len(given))
            return len(given)
    except AlreadyDone:
        return len(given)


def close_run(actor: Actor, *, program_id: str, run_id: str, version: int) -> int:
    """Close a run for good: it takes no more answers. Returns the new version."""
    with intend(actor, action="run.close", needs="assess.manage", program_id=program_id) as unit:
        _open(unit.get(AssessmentRun, run_id, version))
        return unit.change(AssessmentRun, run_id, version, closed_at=actor.now)


def _open(run: AssessmentRun) -> AssessmentRun:
    if run.closed_at is not None:
        raise Invalid("run", "This run is closed. It takes no more answers.")
    return run


def _askable(run: AssessmentRun, answers: Sequence[GivenAnswer]) -> None:
    """Raise Invalid for a statement that the run's form does not ask: the form decides what counts as covered."""
    model = library.from_snapshot(run.model_snapshot) if run.model_sha256 != library.load().sha256 else library.load()
    asked = {statement.id for statement in model.statements("long" if run.form == "long" else "short")}
    for answer in answers:
        if answer.statement_id not in asked:
            raise Invalid("statement_id", f"This run does not ask “{answer.statement_id}”.")


def _held(unit: Unit, respondent_id: str) -> dict[str, Answer]:
    """The respondent's answers as they are now, by statement."""
    mine = select(Answer).where(Answer.respondent_id == respondent_id)
    return {row.statement_id: row for row in unit.session.scalars(mine)}


def _keep(unit: Unit, respondent_id: str, given: GivenAnswer, row: Answer | None, version: int | None) -> int:
    values = {"kind": given.kind, "level": given.level, "reason": given.reason}
    if row is None:
        row = Answer(respondent_id=respondent_id, statement_id=given.statement_id, answered_at=unit.actor.now, **values)
        unit.subject(unit.add(row).id, statement=given.statement_id)
        return row.version
    unit.subject(row.id, statement=given.statement_id)
    if all(getattr(row, field) == value for field, value in values.items()):
        return row.version
    if row.version != version:
        raise unit.stale(row, values)
    return unit.change(Answer, row.id, version, **values, answered_at=unit.actor.now)


def _version(model: Library) -> str:
    versions = list(model.versions.values())
    return versions[0] if len(set(versions)) == 1 else " / ".join(versions)
