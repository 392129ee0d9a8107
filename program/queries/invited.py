"""Reads of somebody who came by a run's link: what is asked, and what this device answered. Nothing of others."""

from sqlalchemy import select

from assessments.library import Library
from program.queries.runs import answers_of, runs_where, views_of
from program.runs import Guest, Invitation, MyRespondent, SavedAnswer, SavedView
from program.store import tables
from program.store.devices import key_of, open_run_of, respondent_of
from program.store.engine import reading
from program.store.keeping import model_of
from program.values import Invalid, Missing


def invitation(invite: str) -> Invitation | None:
    """Return the run that a link leads to; None when it is closed, its link was stopped or its program is archived."""
    query = (
        select(tables.AssessmentRun.id, tables.Program.id, tables.Program.name, tables.Client.name)
        .join(tables.Program, tables.Program.id == tables.AssessmentRun.program_id)
        .join(tables.Client, tables.Client.id == tables.Program.client_id)
        .where(
            tables.AssessmentRun.invite == (invite or ""),
            tables.AssessmentRun.closed_at.is_(None),
            tables.Program.archived_at.is_(None),
        )
    )
    with reading() as session:
        row = session.execute(query).first()
    if row is None:
        return None
    run_id, *program = row
    found = runs_where(tables.AssessmentRun.id == run_id)
    return Invitation(found[0], *program) if found else None


def me(guest: Guest) -> MyRespondent | None:
    """Return the guest's own place in the run; None before taking part, or when no open run has this link."""
    found = _respondent(guest)
    return MyRespondent(found.id, found.version, found.function, found.name) if found else None


def my_answers(guest: Guest) -> dict[str, SavedAnswer]:
    """Return the guest's answers by statement id."""
    found = _respondent(guest)
    return answers_of(tables.Respondent.id == found.id) if found else {}


def my_views(guest: Guest) -> dict[tuple[str, str], SavedView]:
    """Return the guest's views by question and whom it is about."""
    found = _respondent(guest)
    return views_of(tables.Respondent.id == found.id) if found else {}


def library(guest: Guest) -> Library:
    """Return the statements that the guest's run asks. Raises Missing."""
    with reading() as session:
        run = session.scalar(open_run_of(guest.invite))
        if run is None:
            raise Missing("assessment run")
        return model_of(run)


def _respondent(guest: Guest) -> tables.Respondent | None:
    with reading() as session:
        run = session.scalar(open_run_of(guest.invite))
        if run is None or run.secret is None:
            return None
        try:
            return session.scalar(respondent_of(run.id, key_of(run.secret, guest.device)))
        except Invalid:  # no device's token: nobody took part with it
            return None
