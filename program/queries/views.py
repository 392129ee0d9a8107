"""Reads of the perspective questions: what people see, and what follows from it."""

from dataclasses import dataclass

from sqlalchemy import select

from assessments import perspective as questions
from assessments.perspective import OrderKept, Ownership, PerspectiveError, Positions, Ranking, Said, Shares, View
from program.queries.runs import library, run
from program.runs import SharedView, without_words
from program.store import tables
from program.store.engine import reading
from program.store.keeping import SUPPORTED
from program.values import Missing


@dataclass(frozen=True)
class Perspectives:
    """
    What a run's answers to the perspective questions say, by the questions' ids as assessments/perspective.py has them.

    people: how many counted people answered any. said: what people wrote, by question; empty for an anonymous run.
    """

    people: int
    positions: Positions
    ranking: Ranking
    errors: tuple[PerspectiveError, ...]
    ownership: Ownership
    wanted_owner: Shares
    aspects_named: Shares
    order_kept: OrderKept
    said: dict[str, tuple[Said, ...]]


def views(program_id: str, run_id: str) -> list[View]:
    """
    Return a named run's answers to the perspective questions.

    Raises Missing, also for an anonymous run: which views are one person's is nobody's to read.
    """
    if run(program_id, run_id).anonymous:
        raise Missing("list of views")
    return _given(program_id, run_id)


def _given(program_id: str, run_id: str) -> list[View]:
    """
    Return a run's views whatever may be shown of them; raises Missing.

    Of an anonymous run: none until it is closed, and then what was chosen, not what was written, nor in which order.
    """
    found = run(program_id, run_id)
    if not found.readable:
        return []
    table = tables.PerspectiveAnswer
    query = (
        select(tables.Respondent, table)
        .join(table, table.respondent_id == tables.Respondent.id)
        .where(tables.Respondent.run_id == run_id)
        .order_by(table.answered_at, table.id)
    )
    with reading() as session:
        rows = session.execute(query).all()
    return [
        View(
            respondent=person.id,
            function=person.function,
            question=view.question_id,
            about=view.about,
            value=without_words(view.value) if found.anonymous else view.value,
            answered_at=view.answered_at,
            id="" if found.anonymous else view.id,
        )
        for person, view in rows
    ]


def perspective(program_id: str, run_id: str) -> Perspectives:
    """Return what a run's views say; of an anonymous run only what may be shown of groups. Raises Missing."""
    found = _given(program_id, run_id)
    anonymous = run(program_id, run_id).anonymous
    minimum = library(program_id, run_id).gates.disclosure_minimum if anonymous else None
    asked = [question.id for question in questions.load().questions]
    return Perspectives(
        people=len({view.respondent for view in found if view.counted}),
        positions=questions.p1_by_role(found, minimum=minimum),
        ranking=questions.ranking(found, minimum=minimum),
        errors=questions.perspective_errors(found, minimum=minimum),
        ownership=questions.ownership(found, minimum=minimum),
        wanted_owner=questions.wanted_owner(found, minimum=minimum),
        aspects_named=questions.aspects_named(found, minimum=minimum),
        order_kept=questions.order_kept(found, minimum=minimum),
        said={} if anonymous else {id_: questions.said(found, id_) for id_ in asked},
    )


def others_gains(program_id: str, run_id: str, respondent_id: str) -> list[SharedView]:
    """
    Return what others in a named run wrote about gain, loss and fear, for a respondent of it to agree with.

    Without names, by function. Empty for an anonymous run. Raises Missing.
    """
    if run(program_id, run_id).anonymous:
        return []
    found = views(program_id, run_id)
    if respondent_id not in _people(run_id):
        return []
    support = {said.id: said.supporters for said in questions.said(found, SUPPORTED)}
    written = [view for view in found if view.question == SUPPORTED and view.respondent != respondent_id]
    return [SharedView(view.id, view.function, view.value, support.get(view.id, 0)) for view in written]


def _people(run_id: str) -> set[str]:
    with reading() as session:
        return set(session.scalars(select(tables.Respondent.id).where(tables.Respondent.run_id == run_id)))
