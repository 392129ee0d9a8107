"""Reads of evidence: what shows the statements' levels, and what level it shows."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from assessments import evidence as evidences
from assessments.disclosure import groups_by_statement
from assessments.evidence import EvidencedLevel, KnownFact
from program.queries.answers import given
from program.queries.runs import library, run
from program.runs import EvidenceItem
from program.store import tables
from program.store.engine import reading
from program.values import Missing


def evidence(program_id: str, run_id: str) -> list[EvidenceItem]:
    """Return a run's evidence by statement, the oldest first. Raises Missing."""
    run(program_id, run_id)
    table = tables.Evidence
    length = func.length(func.rtrim(func.coalesce(table.content, ""), "="))  # of base64: four letters hold three bytes
    columns = (table.id, table.version, table.statement_id, table.function, table.kind, table.note, table.link)
    more = (table.file_name, table.media_type, length.label("size"), table.added_at)
    query = select(*columns, *more).where(table.run_id == run_id)
    with reading() as session:
        rows = session.execute(query.order_by(table.statement_id, table.added_at, table.id)).mappings().all()
    return [EvidenceItem(**{**row, "size": row["size"] * 3 // 4}) for row in rows]


def evidence_file(program_id: str, evidence_id: str) -> tuple[str, str, bytes]:
    """Return name, media type and bytes of a piece of evidence that is a file. Raises Missing."""
    table = tables.Evidence
    query = (
        select(table.file_name, table.media_type, table.content)
        .join(tables.AssessmentRun, tables.AssessmentRun.id == table.run_id)
        .where(tables.AssessmentRun.program_id == program_id, table.id == evidence_id, table.content.is_not(None))
    )
    with reading() as session:
        row = session.execute(query).first()
    if row is None:
        raise Missing("evidence")
    name, media_type, content = row
    return name or "", media_type or "", b64decode(content or "")


def evidenced(
    program_id: str, run_id: str, *, today: date, facts: Mapping[str, KnownFact]
) -> tuple[EvidencedLevel, ...]:
    """
    Return the claimed and the shown level of each statement that the run asks. Raises Missing.

    today: evidence added later is left out. facts: by id, of the same day. Of an anonymous run nothing is claimed
    until it is closed, and then where everybody's answers together may be shown.
    """
    found, model = run(program_id, run_id), library(program_id, run_id)
    answers = given(program_id, run_id) if found.readable else []
    if found.anonymous:
        groups = groups_by_statement(answers, minimum=model.gates.disclosure_minimum)
        answers = [answer for answer in answers if answer.counted and groups[answer.statement].total]
    attached: dict[str, set[str]] = defaultdict(set)
    for item in evidence(program_id, run_id):
        if item.added_at.date() <= today:
            attached[item.statement_id].add(item.kind)
    claimed = evidences.claims(answers, model, form=found.form)
    return evidences.evidenced_levels(claimed, model, attached=attached, facts=facts)
