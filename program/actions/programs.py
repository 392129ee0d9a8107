"""Programs: new, changed, duplicated as a template, archived, brought in from a file."""

import re
import unicodedata
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from sqlalchemy import select

from assessments import library
from program import fields
from program.catalog import STAGES
from program.parcel import unwrap
from program.store import repricing
from program.store.belonging import role_in
from program.store.copying import TEMPLATE, checked, content_of, put
from program.store.tables import Client, Membership, Program
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid

TEMPLATE_STAGE = {"live_on": None, "stage": STAGES[0], "ownership_stage": None}


def create_program(
    actor: Actor,
    *,
    name: str,
    client_name: str,
    currency: str,
    time_zone: str,
    starts_on: date,
    client_key: str | None = None,
    is_sample: bool = False,
    intention: str | None = None,
) -> str:
    """
    Make a program, and its client when there is none of that name; its maker owns it. Return its id.

    client_key: the name of the client's warehouse folder, for a new client; made from the name when None.
    """
    values = _checked({"name": name, "currency": currency, "time_zone": time_zone, "starts_on": starts_on})
    try:
        with _creating(actor, "program.create", intention) as unit:
            client = _client(unit, client_name, values["currency"], values["time_zone"], client_key)
            return _found(unit, Program(client_id=client.id, is_sample=is_sample, **values))
    except AlreadyDone as earlier:
        return earlier.subject_id


def duplicate_program(
    actor: Actor, *, program_id: str, name: str, client_name: str, intention: str | None = None
) -> str:
    """
    Make a program from another one as a template; return its id.

    Components, capabilities, decisions, budget lines, objectives, targets and the program's own statements go along;
    people, their ties and duties, answers and money do not, and every component starts at the first stage.
    """
    values = _checked({"name": name})
    try:
        with _creating(actor, "program.duplicate", intention) as unit:
            source = unit.session.get(Program, program_id)
            if source is None or role_in(unit.session, actor.user_id, program_id) is None:
                raise unit.missing(Program, program_id)
            client = _client(unit, client_name, source.currency, source.time_zone)
            kept = {each: getattr(source, each) for each in ("currency", "time_zone", "starts_on", "target_profile")}
            made = _found(unit, Program(client_id=client.id, **values, **kept), source=program_id)
            content = content_of(unit.session, program_id, TEMPLATE)
            for row in content["component"]:
                row |= TEMPLATE_STAGE
            put(unit.session, made, content)
            return made
    except AlreadyDone as earlier:
        return earlier.subject_id


def import_program(actor: Actor, *, content: bytes, intention: str | None = None) -> str:
    """
    Bring in a program from a file, people included, under new ids; return its id.

    Raises Invalid with a sentence when the file is of another format, was changed, or holds what does not fit.
    """
    tables = unwrap(content)
    program, client = (_only(tables, name) for name in ("program", "client"))
    said, row = checked(Client, 1, client), checked(Program, 1, program)
    values = _checked({name: row[name] for name in CHECKS})
    try:
        with _creating(actor, "program.import", intention) as unit:
            owner = _client(unit, said["name"], said["currency"], said["time_zone"])
            made = _found(unit, Program(client_id=owner.id, **values))
            unit.subject(made, **put(unit.session, made, tables))
            return made
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_program(actor: Actor, *, program_id: str, version: int, **changes: Any) -> int:
    """
    Change name, target_profile, currency, time_zone or starts_on; return the new version.

    Of the budget lines in the old currency, those without money follow a new one. Raises Invalid when there is money in
    the old one (entries, months, day rates, the reserve, plan rates, costs of risks, benefits): no sum becomes another
    currency's by a new name, and none is converted in silence.
    """
    values = _checked(changes)
    with intend(actor, action="program.change", needs="program.manage", program_id=program_id) as unit:
        old = unit.get(Program, program_id, version, mine=values).currency
        new = values.get("currency", old)
        moved = repricing.follow(unit, program_id, old, new) if new != old else 0
        changed = unit.change(Program, program_id, version, **values)
        if moved:
            unit.subject(program_id, lines=moved)
        return changed


def archive_program(actor: Actor, *, program_id: str, version: int) -> int:
    """Put a program away: it can be read, and not be changed until it is brought back. Return the new version."""
    with intend(actor, action="program.archive", needs="program.manage", program_id=program_id) as unit:
        return unit.change(Program, program_id, version, archived_at=actor.now)


def unarchive_program(actor: Actor, *, program_id: str, version: int) -> int:
    """Bring an archived program back into use; return the new version."""
    with intend(actor, action="program.unarchive", needs="program.manage", program_id=program_id) as unit:
        return unit.change(Program, program_id, version, archived_at=None)


def _creating(actor: Actor, action: str, intention: str | None) -> AbstractContextManager[Unit]:
    return intend(actor, action=action, needs="program.create", program_id=None, intention=intention)


def _found(unit: Unit, program: Program, **detail: Any) -> str:
    program.created_at = unit.actor.now
    unit.add(program)
    unit.add(Membership(user_id=unit.actor.user_id, program_id=program.id, role="owner"))
    unit.subject(program.id, **detail)
    return program.id


def _client(unit: Unit, name: str, currency: str, time_zone: str, key: str | None = None) -> Client:
    """The client of that name, or a new one with a key that is free."""
    wanted = fields.name(name, "client_name")
    for known in unit.session.scalars(select(Client)):  # compared here: SQLite lowers only the letters of ASCII
        if known.name.casefold() == wanted.casefold():
            return known
    made = Client(name=wanted, currency=currency, time_zone=time_zone, created_at=unit.actor.now)
    made.key = _free_key(key or wanted, set(unit.session.scalars(select(Client.key))))
    return unit.add(made)


def _free_key(name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:48] or "client"
    return next(key for key in (stem, *(f"{stem}_{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    return fields.checked(given, CHECKS, "a program")


def _target_profile(value: str, field: str) -> str:
    return fields.one_of(value, tuple(library.load().gates.targets), field)


CHECKS: dict[str, fields.Check] = {
    "name": fields.name,
    "target_profile": _target_profile,
    "currency": fields.currency,
    "time_zone": fields.zone,
    "starts_on": fields.day,
}


def _only(tables: dict[str, list[dict[str, Any]]], name: str) -> dict[str, Any]:
    rows = tables.get(name, [])
    if len(rows) != 1:
        raise Invalid("file", f"This program file holds {len(rows)} rows of {name} where there must be one.")
    return rows[0]
