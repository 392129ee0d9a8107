"""The only way to write: one intention, one transaction, one audit entry, access checked inside."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from program.access import Refused, may
from program.runs import Guest
from program.store import audit, devices
from program.store.belonging import program_of, role_in
from program.store.engine import writing_engine
from program.store.tables import AssessmentRun, Base, Program, Respondent
from program.store.troubles import WritingSession, translated
from program.values import Actor, AlreadyDone, Invalid, Missing, Stale

log = logging.getLogger("groundwork.access")
Row = TypeVar("Row", bound=Base)
WRITE_LOCK = 7_340_021  # PostgreSQL's advisory lock for "one writer at a time"; SQLite has its own
UNTOLD = frozenset({"invite", "secret", "key", "content"})  # columns that no refusal of a save shows
ANONYMOUS = "anonymous"
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Unit:
    """One intention on its way into the store."""

    def __init__(self, session: Session, actor: Actor, program_id: str | None) -> None:
        self.session = session
        self.actor = actor
        self.program_id = program_id
        self.subject_id: str | None = None
        self.detail: dict[str, Any] = {}

    def subject(self, subject_id: str, **detail: Any) -> None:
        """Name the row this intention is about. The detail stays for ever: no names, no contacts, no free text."""
        self.subject_id = subject_id
        self.detail.update(detail)

    def get(
        self, table: type[Row], row_id: str, version: int | None = None, *, mine: dict[str, Any] | None = None
    ) -> Row:
        """
        Return a row of this unit's program.

        version: the version the person saw; mine: what they want to save, for the comparison when it is refused.

        Raises Missing when the row is not there or belongs elsewhere, Stale when the version is another.
        """
        row = self.session.get(table, row_id)
        if row is None or (self.program_id and program_of(self.session, row) != self.program_id):
            raise self.missing(table, row_id)
        if version is not None and version != getattr(row, "version", version):
            raise self.stale(row, mine or {})
        return row

    def change(self, table: type[Row], row_id: str, version: int | None, **fields: Any) -> int:
        """Set some fields of a row and make it the subject; return its new version, the old one if nothing differs."""
        row = self.get(table, row_id, version, mine=fields)
        changed = [name for name, value in fields.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, fields[name])
        self.session.flush()
        self.subject(row_id, fields=changed)
        return int(getattr(row, "version", 1))

    def add(self, row: Row) -> Row:
        """Put a new row into the store now, so that it has its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def remove(self, table: type[Row], row_id: str, version: int | None = None) -> None:
        """Delete a row, and make it the subject."""
        self.session.delete(self.get(table, row_id, version))
        self.session.flush()
        self.subject(row_id)

    def missing(self, table: type[Base], row_id: str) -> Missing:
        """Return the answer to somebody who asked for a row that is not there or not theirs, and log that they did."""
        name = table.__tablename__.replace("_", " ")
        log.warning("missing: user %r, %s %r, program %r", self.actor.user_id, name, row_id, self.program_id)
        return Missing(name)

    def stale(self, row: Base, mine: dict[str, Any]) -> Stale:
        """Return the refusal of a save, with both versions and who changed the row."""
        columns = [column.key for column in inspect(type(row)).columns]
        theirs = {name: getattr(row, name) for name in columns if name not in UNTOLD}
        last = audit.last_about(self.session, theirs["id"])
        by, at = (last.user_name, last.at) if last else (None, None)
        return Stale(row.__tablename__.replace("_", " "), mine, theirs, by, at)


class GuestUnit(Unit):
    """One intention of somebody who came by a run's link: nothing but their own answers to that run is theirs."""

    def __init__(self, session: Session, guest: Guest, run: AssessmentRun, key: str) -> None:
        at = run.opened_at if run.anonymous else guest.now
        super().__init__(session, Actor("", ANONYMOUS if run.anonymous else "invited", at), run.program_id)
        self.run = run
        self.key = key
        self.respondent = session.scalar(devices.respondent_of(run.id, key))
        if self.respondent is not None:
            self.act_as(self.respondent)

    def act_as(self, respondent: Respondent) -> None:
        """Sign what follows with the name that a named run asked for."""
        if not self.run.anonymous:
            self.actor = Actor(respondent.id, respondent.name, self.actor.now)

    def mine(self) -> Respondent:
        """Return the guest's own place in the run. Raises Missing before they take part."""
        if self.respondent is None:
            log.warning("missing: an unknown device, run %r", self.run.id)
            raise Missing("respondent")
        return self.respondent


@contextmanager
def intend(
    actor: Actor, *, action: str, needs: str, program_id: str | None, intention: str | None = None
) -> Iterator[Unit]:
    """
    Carry out one intention: everything inside is saved together with its audit entry, or not at all.

    needs: the grant, checked in the program, or without a program in the whole installation.
    intention: a key that a form keeps while it is open; the second time it is seen, AlreadyDone is raised.

    Raises Refused, Missing (no such program), Stale, AlreadyDone, Invalid (archived) and Unavailable.
    """
    with _transaction(actor, action, program_id) as unit:
        _allow(unit, needs)
        _once(unit, action, intention)
        yield unit
        unit.session.flush()
        audit.append(unit.session, actor, program_id, action, unit.subject_id, unit.detail, intention)


@contextmanager
def intend_as_guest(guest: Guest, *, action: str) -> Iterator[GuestUnit]:
    """
    Carry out one intention of somebody who came by a run's link.

    Of an anonymous run the audit says only that somebody did something in it, at no time but the run's own.

    Raises Missing (no open run has this link), Invalid (archived, or no device's token), Stale and Unavailable.
    """
    with _transaction(Actor("", ANONYMOUS, guest.now), action, None) as unknown:
        unit = _welcome(unknown.session, guest)
        yield unit
        unit.session.flush()
        said = ("run.answer", unit.run.id, {}) if unit.run.anonymous else (action, unit.subject_id, unit.detail)
        audit.append(unit.session, unit.actor, unit.program_id, *said, None)


@contextmanager
def arrive(actor: Actor, *, action: str) -> Iterator[Unit]:
    """An intention of somebody who has no membership yet: signing in. Only program.actions.members uses it."""
    with _transaction(actor, action, None) as unit:
        yield unit
        unit.session.flush()
        audit.append(unit.session, actor, None, action, unit.subject_id, unit.detail, None)


def hold_write_lock(connection: Connection) -> None:
    """Wait until no other transaction writes, so that what is read now is still true when it is written."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITE_LOCK})


@contextmanager
def _transaction(actor: Actor, action: str, program_id: str | None) -> Iterator[Unit]:
    if _writing.get():
        raise RuntimeError(f"{action} was started inside another intention; one intention is one transaction.")
    token = _writing.set(True)
    try:
        with translated(), WritingSession(writing_engine(), expire_on_commit=False) as session, session.begin():
            hold_write_lock(session.connection())
            yield Unit(session, actor, program_id)
    finally:
        _writing.reset(token)


def _allow(unit: Unit, needs: str) -> None:
    session, user_id, program_id = unit.session, unit.actor.user_id, unit.program_id
    if not may(role_in(session, user_id, program_id), needs):
        log.warning("refused: user %r, grant %r, program %r", user_id, needs, program_id)
        raise Refused(needs)
    program = session.get(Program, program_id) if program_id else None
    if program_id and program is None:
        raise Missing("program")
    if program and needs != "program.manage":
        _in_use(program)


def _in_use(program: Program) -> None:
    if program.archived_at:
        raise Invalid("program", "This program is archived. Bring it back before you change it.")


def _welcome(session: Session, guest: Guest) -> GuestUnit:
    run = session.scalar(devices.open_run_of(guest.invite))
    if run is None or run.secret is None:
        log.warning("missing: no open run has the link that was used")
        raise Missing("assessment run")
    _in_use(session.get_one(Program, run.program_id))
    return GuestUnit(session, guest, run, devices.key_of(run.secret, guest.device))


def _once(unit: Unit, action: str, intention: str | None) -> None:
    earlier = audit.with_intention(unit.session, intention) if intention else None
    if earlier is None:
        return
    if (earlier.user_id, earlier.program_id, earlier.action) != (unit.actor.user_id, unit.program_id, action):
        raise Invalid("intention", "This form was already used for something else. Open it again.")
    raise AlreadyDone(earlier.subject_id)
