"""What shows a statement's level: attached to a run as words, a link or a file, and taken away again."""

from base64 import b64encode
from typing import Any

from sqlalchemy import func, select

from assessments.functions import FUNCTIONS
from program import fields
from program.access import Refused, may
from program.evidence import check_file, check_link
from program.runs import EVIDENCE_TOGETHER
from program.store.belonging import role_in
from program.store.keeping import model_of, open_run
from program.store.tables import AssessmentRun, Evidence, Respondent
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


def add_evidence(
    actor: Actor,
    *,
    program_id: str,
    run_id: str,
    statement_id: str,
    function: str | None,
    kind: str,
    note: str | None = None,
    link: str | None = None,
    file_name: str | None = None,
    content: bytes | None = None,
    intention: str | None = None,
) -> str:
    """
    Attach evidence to a statement of a run and return its id.

    function: whose evidence it is, None for nobody's in particular. kind: one that the statement asks for. At least one
    of note, link and content is given; content with a file_name of EVIDENCE_TYPES, which names its media type.

    Who answers a named run attaches for their own function while it is open; who leads assessments for any, also when
    it is closed: it never changes what was claimed. To an anonymous run only who leads attaches, and for no function.
    Raises Invalid, Refused and Missing.
    """
    chosen = fields.optional_one_of(function, tuple(FUNCTIONS), "function")
    values = _shown(note, link, file_name, content)
    try:
        with intend(
            actor, action="evidence.add", needs="assess.answer", program_id=program_id, intention=intention
        ) as unit:
            run = unit.get(AssessmentRun, run_id)
            _may_attach(unit, run, chosen)
            _asked(run, statement_id, kind)
            _room(unit, values["content"])
            of: dict[str, Any] = {"run_id": run_id, "statement_id": statement_id, "kind": kind, "function": chosen}
            made = Evidence(**of, **values, added_at=actor.now)
            unit.subject(unit.add(made).id, run=run_id, statement=statement_id)
            return made.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def remove_evidence(actor: Actor, *, program_id: str, evidence_id: str, version: int) -> None:
    """Take evidence away; who may attach it may. Raises Refused and Missing."""
    with intend(actor, action="evidence.remove", needs="assess.answer", program_id=program_id) as unit:
        row = unit.get(Evidence, evidence_id)
        _may_attach(unit, unit.get(AssessmentRun, row.run_id), row.function)
        unit.remove(Evidence, evidence_id, version)


def _shown(note: str | None, link: str | None, file_name: str | None, content: bytes | None) -> dict[str, str | None]:
    """Return the words, the link and the file as they are kept. Raises Invalid, also when there is none of them."""
    words, kept = fields.text(note, "note"), check_link(link) if link and link.strip() else None
    file = _file(file_name, content)
    if not (words or kept or file["content"]):
        raise Invalid("note", "Say what shows it, link to it, or attach a file.")
    return {"note": words, "link": kept, **file}


def _file(name: str | None, content: bytes | None) -> dict[str, str | None]:
    if content is None:
        return {"file_name": None, "media_type": None, "content": None}
    shown, kept_as = check_file(name or "", content)
    return {"file_name": shown, "media_type": kept_as, "content": b64encode(content).decode()}


def _may_attach(unit: Unit, run: AssessmentRun, function: str | None) -> None:
    if run.anonymous and function is not None:
        raise Invalid("function", "An anonymous run keeps evidence for no function: it could tell who gave it.")
    if may(role_in(unit.session, unit.actor.user_id, unit.program_id), "assess.manage"):
        return
    mine = Respondent.run_id == run.id, Respondent.user_id == unit.actor.user_id
    own = unit.session.scalar(select(Respondent.function).where(*mine))
    if run.anonymous or own is None or own != function:
        raise Refused("assess.manage")
    open_run(run)


def _asked(run: AssessmentRun, statement_id: str, kind: str) -> None:
    statements = {each.id: each for each in model_of(run).statements("long" if run.form == "long" else "short")}
    if statement_id not in statements:
        raise Invalid("statement_id", f"This run does not ask “{statement_id}”.")
    kinds = {evidence.kind for evidence in statements[statement_id].evidence}
    if kind not in kinds:
        raise Invalid("kind", f"“{kind}” is no evidence that {statement_id} asks for. It asks for {', '.join(kinds)}.")


def _room(unit: Unit, content: str | None) -> None:
    """Raise Invalid when the program's files would be more than its own file may hold."""
    if content is None:
        return
    of_program = select(AssessmentRun.id).where(AssessmentRun.program_id == unit.program_id)
    letters = select(func.coalesce(func.sum(func.length(Evidence.content)), 0)).where(Evidence.run_id.in_(of_program))
    held = (unit.session.scalar(letters) or 0) + len(content)
    if held * 3 // 4 > EVIDENCE_TOGETHER:
        most = EVIDENCE_TOGETHER // 1_000_000
        raise Invalid("file", f"The files of this program would be more than {most} MB together. Link to this one.")
