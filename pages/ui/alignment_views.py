"""The views of the alignment page that do not show statements: what people see, who owns it, what moved."""

from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessments import perspective as questions_of
from assessments.agreement.rounds import Moved
from assessments.ownership_stage import responsibility_without_authority
from assessments.perspective import Perspective
from pages.ui import alignment, moves, perspectives, shell, stages, tables
from pages.ui.result_reads import of_program, of_run
from pages.ui.shell import Visit
from program.queries import assessments as queries
from program.queries import budget, rounds
from program.queries.revisions import revision
from program.queries.views import Perspectives
from program.runs import Run


def show_views(visit: Visit, run: Run, above: DeltaGenerator, *, as_table: bool) -> None:
    """Draw the answers to the perspective questions."""
    found, questions = _perspectives(visit, run), questions_of.load()
    if not found.people:
        _nobody(above, "Nobody has said yet how they see it.")
        return
    with above:
        shell.answer(perspectives.headline(found))
    if as_table:
        tables.show(perspectives.positions_table(found), key="alignment.positions")
        tables.show(perspectives.errors_table(found), key="alignment.guesses")
    else:
        figure, side = st.columns([7, 3], gap="large")
        with figure:
            perspectives.positions(found, questions)
            perspectives.errors(found)
        with side:
            perspectives.side(found, questions)
    _cards(found, questions)
    perspectives.texts(found, questions, {} if run.anonymous else _names(visit, run))
    if run.anonymous:
        shell.note("What people wrote is not shown: this run is anonymous, and words give people away.")


def show_ownership(visit: Visit, run: Run, above: DeltaGenerator, *, as_table: bool) -> None:
    """Draw who leads today and who should, facts and aims apart."""
    found, questions = _perspectives(visit, run).ownership, questions_of.load()
    if found.current.everyone is None and not found.current.roles:
        _nobody(above, "Nobody has said yet who leads it.", found.current.reason)
        return
    headline = stages.headline(found, questions)
    with above:
        shell.answer(headline)
    authority = responsibility_without_authority(found, has_budget_line=bool(of_program(budget.lines, visit)))
    if as_table:
        tables.show(stages.table(found, questions), key="alignment.ownership")
        return
    figure, side = st.columns([7, 4], gap="large")
    with figure:
        shell.title(questions.question("OWN").text, "People by form of leadership")
        stages.draw(found, questions, alt=headline)
    with side:
        stages.disputes(found, authority)
    stages.show_roles(found, questions)
    shell.note(questions.credit)


def show_rounds(visit: Visit, run: Run, above: DeltaGenerator, *, as_table: bool) -> None:
    """Draw what moved since an earlier run."""
    earlier = of_run(rounds.earlier_runs, visit, run)
    if not earlier:
        with above:
            shell.answer("There is no earlier run to compare with.")
        shell.note(_why_none(run))
        return
    library = alignment.library(visit, run)
    before = moves.choose(earlier, visit.program.time_zone)
    changes = _moved(visit.program_id, run.id, before.id, revision(visit.program_id))
    evidenced = {each.statement_id for each in of_run(queries.evidence, visit, run)}
    headline = moves.headline(changes, before)
    with above:
        shell.answer(headline)
    if as_table:
        tables.show(moves.table(changes, library, evidenced=evidenced), key="alignment.rounds")
    else:
        moves.draw(changes, library, evidenced=evidenced, alt=headline)
    moves.note(changes, before, run)


@lru_cache(maxsize=64)
def _moved(program_id: str, run_id: str, earlier_id: str, revision: str) -> tuple[Moved, ...]:  # noqa: ARG001  every change is a new revision
    return rounds.moved(program_id, run_id, earlier_id)


def _why_none(run: Run) -> str:
    if run.anonymous:
        return "Rounds pair each person's answers, and nobody can do that in an anonymous run."
    return (
        "Ask the same statements again by name after a discussion: this view then shows what moved, and what moved it."
    )


def _perspectives(visit: Visit, run: Run) -> Perspectives:
    return of_run(queries.perspective, visit, run)


def _cards(found: Perspectives, questions: Perspective) -> None:
    table = perspectives.meanings(found, questions)
    if table is None:
        return
    shell.title(questions.question("P4").text, "Middle of the ranks, 1 is the best fit")
    tables.show(table, key="alignment.cards")


def _names(visit: Visit, run: Run) -> dict[str, str]:
    """The names of those who wrote something, by the answer."""
    people = {each.respondent_id: each.name for each in of_run(queries.progress, visit, run).people}
    written = of_run(queries.views, visit, run)
    return {view.id: people[view.respondent] for view in written if view.respondent in people}


def _nobody(above: DeltaGenerator, headline: str, reason: str = "") -> None:
    with above:
        shell.answer(headline)
    shell.note(reason or "The perspective questions follow the statements on the page Take and behind a run's link.")


SHOW = {"Views": show_views, "Ownership": show_ownership, "Rounds": show_rounds}
