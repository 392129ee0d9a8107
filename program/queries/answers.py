"""Reads of what people answered, as the assessments take it."""

from itertools import count
from typing import Literal, cast

from sqlalchemy import select

from assessments.responses import Answer
from program.queries.runs import runs
from program.store import tables
from program.store.engine import reading
from program.values import Missing


def answers(program_id: str, run_id: str) -> list[Answer]:
    """
    Return a named run's answers as the assessments take them; empty for a run of another program.

    People of the same name stay two people. Raises Missing for an anonymous run: its answers are nobody's to read.
    """
    if any(found.id == run_id and found.anonymous for found in runs(program_id)):
        raise Missing("list of answers")
    return given(program_id, run_id)


def given(program_id: str, run_id: str) -> list[Answer]:
    """Return a run's answers whatever may be shown of them, for queries that see to it."""
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


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """Return what to call each person, so that two of the same name are told apart."""
    called: dict[str, str] = {}
    for id_, name in names.items():
        candidates = (name if number == 1 else f"{name} ({number})" for number in count(1))
        called[id_] = next(candidate for candidate in candidates if candidate not in called.values())
    return called
