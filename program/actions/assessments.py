"""What members do in an assessment: open a run, invite, join it, answer, bring in answers, close it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from assessments.functions import FUNCTIONS
from assessments.library import Library
from program import fields
from program.runs import FORMS, GivenAnswer, GivenView, check_answer, new_invite, new_secret
from program.store.closing import forget_deleted, seal
from program.store.keeping import askable, drop_support, held_answers, held_views, keep_answer, keep_view, open_run
from program.store.models import library_of
from program.store.tables import AssessmentRun, Respondent
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid

BY_LINK = "This run is anonymous. Everybody answers it by its link, each on their own device."


def start_run(
    actor: Actor,
    *,
    program_id: str,
    name: str,
    form: str = "short",
    anonymous: bool = False,
    intention: str | None = None,
) -> str:
    """
    Open a run on the statements that the program uses now, and return its id. The run keeps its own copy of them.

    anonymous: nobody's answers carry a name, everybody answers by the run's link, and results appear when it is closed.
    """
    title, chosen = fields.name(name), fields.one_of(form, FORMS, "form")
    try:
        with intend(
            actor, action="run.start", needs="assess.manage", program_id=program_id, intention=intention
        ) as unit:
            model = library_of(unit.session, program_id)
            row = AssessmentRun(
                program_id=program_id,
                name=title,
                form=chosen,
                model_version=_version(model),
                model_sha256=model.sha256,
                model_snapshot=model.snapshot(),
                opened_at=actor.now,
                anonymous=anonymous,
                invite=new_invite() if anonymous else None,
                secret=new_secret() if anonymous else None,
            )
            unit.subject(unit.add(row).id, model=model.sha256, anonymous=anonymous)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def make_link(actor: Actor, *, program_id: str, run_id: str, version: int) -> str:
    """Give an open run a link for people without an account, and return its code; the one it has when it has one."""
    with intend(actor, action="run.link", needs="assess.manage", program_id=program_id) as unit:
        run = open_run(unit.get(AssessmentRun, run_id, version))
        run.invite, run.secret = run.invite or new_invite(), run.secret or new_secret()
        unit.subject(run_id)
        return run.invite


def stop_link(actor: Actor, *, program_id: str, run_id: str, version: int) -> int:
    """
    Take a named run's link away, and return the run's new version. What came by it stays.

    A later link is another one, and people find their answers again by it.

    Raises Invalid for an anonymous run, which nobody could answer any more.
    """
    with intend(actor, action="run.unlink", needs="assess.manage", program_id=program_id) as unit:
        run = open_run(unit.get(AssessmentRun, run_id, version))
        if run.anonymous:
            raise Invalid("run", "An anonymous run is answered by its link alone. Close the run to stop it.")
        return unit.change(AssessmentRun, run_id, None, invite=None)


def join_run(actor: Actor, *, program_id: str, run_id: str, function: str) -> str:
    """
    Take part in a named run as oneself and return the respondent's id, the same one each time.

    Joining again with another function corrects it. Raises Invalid when the run is closed or anonymous.
    """
    chosen = fields.one_of(function, tuple(FUNCTIONS), "function")
    with intend(actor, action="run.join", needs="assess.answer", program_id=program_id) as unit:
        _named(unit.get(AssessmentRun, run_id))
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
    note: str | None = None,
    version: int | None,
) -> int:
    """
    Keep one of one's own answers and return its version.

    version: of the answer as it was seen, None when there was none. The same answer again changes nothing.

    Raises Missing for somebody else's answers, Invalid when the run is closed or the answer is none, and Stale when
    it was changed elsewhere, on another device for example.
    """
    words = fields.text(reason, "reason"), fields.text(note, "note")
    given = check_answer(GivenAnswer(statement_id, kind, level, *words))
    with intend(actor, action="answer.save", needs="assess.answer", program_id=program_id) as unit:
        respondent = _own(unit, respondent_id)
        askable(open_run(unit.get(AssessmentRun, respondent.run_id)), [given])
        row = held_answers(unit, respondent_id).get(statement_id)
        return keep_answer(unit, respondent_id, given, row, version)


def save_view(
    actor: Actor,
    *,
    program_id: str,
    respondent_id: str,
    question_id: str,
    about: str,
    value: Mapping[str, Any],
    version: int | None,
) -> int:
    """
    Keep one's own answer to a perspective question and return its version.

    about, value: as assessments/perspective.py takes them. Raises as save_answer does.
    """
    given = GivenView(question_id, value, about)
    with intend(actor, action="view.save", needs="assess.answer", program_id=program_id) as unit:
        respondent = _own(unit, respondent_id)
        open_run(unit.get(AssessmentRun, respondent.run_id))
        row = held_views(unit, respondent_id).get((question_id, about))
        return keep_view(unit, respondent, given, row, version)


def add_respondent(
    actor: Actor, *, program_id: str, run_id: str, name: str, function: str, intention: str | None = None
) -> str:
    """Bring in somebody who answered elsewhere, and return the respondent's id."""
    called, chosen = fields.name(name), fields.one_of(function, tuple(FUNCTIONS), "function")
    try:
        with intend(
            actor, action="respondent.add", needs="assess.manage", program_id=program_id, intention=intention
        ) as unit:
            _named(unit.get(AssessmentRun, run_id))
            row = unit.add(Respondent(run_id=run_id, user_id=None, name=called, function=chosen))
            unit.subject(row.id, run=run_id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def remove_respondent(actor: Actor, *, program_id: str, respondent_id: str, version: int) -> None:
    """Take somebody out of an open named run, with everything they said in it."""
    with intend(actor, action="respondent.remove", needs="assess.manage", program_id=program_id) as unit:
        _named(unit.get(AssessmentRun, unit.get(Respondent, respondent_id, version).run_id))
        drop_support(unit, respondent_id)
        unit.remove(Respondent, respondent_id, version)


def add_answers(
    actor: Actor,
    *,
    program_id: str,
    respondent_id: str,
    answers: Sequence[GivenAnswer],
    views: Sequence[GivenView] = (),
    intention: str | None = None,
) -> int:
    """
    Bring in answers and views of a respondent without a user, and return how many. What was there is replaced.

    Raises Missing when the respondent is a user or came by a link: nobody answers for somebody who can.
    """
    given = [check_answer(answer) for answer in answers]
    try:
        with intend(
            actor, action="answer.bring", needs="assess.manage", program_id=program_id, intention=intention
        ) as unit:
            respondent = unit.get(Respondent, respondent_id)
            if respondent.user_id is not None or respondent.key is not None:
                raise unit.missing(Respondent, respondent_id)
            askable(_named(unit.get(AssessmentRun, respondent.run_id)), given)
            held, seen = held_answers(unit, respondent_id), held_views(unit, respondent_id)
            for answer in given:
                row = held.get(answer.statement_id)
                keep_answer(unit, respondent_id, answer, row, row.version if row else None)
            for view in views:
                was = seen.get((view.question_id, view.about))
                keep_view(unit, respondent, view, was, was.version if was else None)
            unit.subject(respondent_id, answers=len(given), views=len(views))
    except AlreadyDone:
        pass
    return len(given) + len(views)


def close_run(actor: Actor, *, program_id: str, run_id: str, version: int) -> int:
    """
    Close a run for good: it takes no more answers. Returns the new version.

    Its link ends, and with its secret goes whatever could tie an answer to a device.
    """
    with intend(actor, action="run.close", needs="assess.manage", program_id=program_id) as unit:
        run = open_run(unit.get(AssessmentRun, run_id, version))
        seal(unit.session, run)
        closed = unit.change(AssessmentRun, run_id, None, closed_at=actor.now)
    forget_deleted()
    return closed


def _named(run: AssessmentRun) -> AssessmentRun:
    """The run, when it is open and answered by name."""
    if open_run(run).anonymous:
        raise Invalid("run", BY_LINK)
    return run


def _own(unit: Unit, respondent_id: str) -> Respondent:
    respondent = unit.get(Respondent, respondent_id)
    if respondent.user_id != unit.actor.user_id:
        raise unit.missing(Respondent, respondent_id)
    return respondent


def _version(model: Library) -> str:
    versions = list(model.versions.values())
    return versions[0] if len(set(versions)) == 1 else " / ".join(versions)
