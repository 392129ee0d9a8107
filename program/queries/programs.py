"""The programs a user may open, and what they may do in each."""

import logging
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from program.access import highest
from program.store.belonging import memberships, role_in
from program.store.engine import reading
from program.store.tables import Client, Program
from program.values import Missing

log = logging.getLogger("groundwork.access")


@dataclass(frozen=True)
class ProgramCard:
    """A program as its user sees it: `role` is the user's, `client_key` names the client's warehouse."""

    id: str
    name: str
    client_name: str
    client_key: str
    currency: str
    time_zone: str
    starts_on: date
    is_sample: bool
    archived: bool
    role: str
    version: int
    target_profile: str


def programs_of(user_id: str, *, archived: bool = False) -> list[ProgramCard]:
    """The programs in use (or the archived ones) that a user is a member of, by client and name."""
    wanted = select(Program, Client).join(Client, Client.id == Program.client_id)
    wanted = wanted.where(Program.archived_at.is_not(None) if archived else Program.archived_at.is_(None))
    with reading() as session:
        mine = memberships(session, user_id)
        if all(place is not None for place, _ in mine):
            wanted = wanted.where(Program.id.in_([place for place, _ in mine]))
        found = session.execute(wanted.order_by(Client.name, Program.name, Program.id)).all()
    roles = {row.id: highest([role for place, role in mine if place in (None, row.id)]) for row, _ in found}
    return [_card(row, client, roles[row.id] or "") for row, client in found]


def program(user_id: str, program_id: str) -> ProgramCard:
    """One program. Raises Missing when it is not there or the user is no member of it: the same answer for both."""
    with reading() as session:
        role = role_in(session, user_id, program_id)
        row = session.get(Program, program_id) if role else None
        client = session.get(Client, row.client_id) if row else None
        if role is None or row is None or client is None:
            log.warning("missing: user %r, program %r", user_id, program_id)
            raise Missing("program")
        return _card(row, client, role)


def role_of(user_id: str, program_id: str | None) -> str | None:
    """What a user may do in a program, or without one in the whole installation; None for a stranger."""
    with reading() as session:
        return role_in(session, user_id, program_id)


def _card(row: Program, client: Client, role: str) -> ProgramCard:
    return ProgramCard(
        id=row.id,
        name=row.name,
        client_name=client.name,
        client_key=client.key,
        currency=row.currency,
        time_zone=row.time_zone,
        starts_on=row.starts_on,
        is_sample=row.is_sample,
        archived=row.archived_at is not None,
        role=role,
        version=row.version,
        target_profile=row.target_profile,
    )
