"""What people do to the stakeholder register."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from program.pasted import same_name
from program.register_file import RegisterRow
from program.stakeholders import Move, Placing
from program.store import people
from program.store.engine import reading
from program.store.people import MIDDLE
from program.store.tables import EngagementStep, Stakeholder, StandIn
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid, Stale


class _OnMap:
    """Who is on the map before rows come in: ids by name, and the names as `same_name` spells them."""

    def __init__(self, unit: Unit, program_id: str) -> None:
        query = select(Stakeholder.name, Stakeholder.id).where(Stakeholder.program_id == program_id)
        self.ids: dict[str, list[str]] = {}
        for row in unit.session.execute(query):
            self.ids.setdefault(row.name, []).append(row.id)
        self.spelled = {same_name(name) for name in self.ids}


def add_stakeholder(
    actor: Actor,
    *,
    program_id: str,
    name: str,
    power: Decimal = MIDDLE,
    interest: Decimal = MIDDLE,
    intention: str | None = None,
    **more: Any,
) -> str:
    """
    Put a person or a group on the map and return its id.

    more: any other field of program.stakeholders.Stakeholder; next_step becomes an engagement step. Raises Invalid with
    the field.
    """
    values = people.checked({"name": name, "power": power, "interest": interest, **more})
    try:
        with intend(
            actor, action="stakeholder.add", needs="people.edit", program_id=program_id, intention=intention
        ) as unit:
            row_id = people.put(unit, program_id, values)
            unit.subject(row_id)
            return row_id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_stakeholder(actor: Actor, *, program_id: str, stakeholder_id: str, version: int, **changes: Any) -> int:
    """
    Change some fields and return the new version. Raises Stale when somebody else changed the row since.

    next_step: becomes the text of the open step due first; without a text that step goes.
    """
    values = people.checked(changes)
    with intend(actor, action="stakeholder.change", needs="people.edit", program_id=program_id) as unit:
        return people.change(unit, stakeholder_id, version, values)


def move_stakeholder(
    actor: Actor, *, program_id: str, stakeholder_id: str, power: Decimal, interest: Decimal, version: int
) -> int:
    """Move somebody on the power-interest grid and return the new version."""
    move = Placing(stakeholder_id, power, interest, version)
    with intend(actor, action="stakeholder.move", needs="people.edit", program_id=program_id) as unit:
        return _move(unit, move)


def move_stakeholders(
    actor: Actor, *, program_id: str, moves: Sequence[Move], intention: str | None = None
) -> dict[str, int]:
    """
    Move several people at once, or none of them; return their new versions by id.

    To undo it, move them back. Raises Stale for the first whom somebody else changed since, with both places and,
    in `theirs`, the name.
    """
    ids = [move.stakeholder_id for move in moves]
    if not ids or len(set(ids)) < len(ids):
        raise Invalid("moves", "Move at least one person, and each of them once.")
    try:
        with intend(
            actor, action="stakeholder.move", needs="people.edit", program_id=program_id, intention=intention
        ) as unit:
            versions = {move.stakeholder_id: _move(unit, move) for move in moves}
            unit.subject(ids[0], moved=ids)
            return versions
    except AlreadyDone:
        return _versions(program_id, ids)


def import_stakeholders(
    actor: Actor, *, program_id: str, rows: Sequence[RegisterRow], intention: str | None = None
) -> list[str]:
    """
    Bring in the rows of a register, all of them or none, and return the ids in their order.

    Rows that name somebody on the map change what they say about them; the others add somebody. Raises Invalid, by
    line, when the map changed since the rows were read.
    """
    if not rows:
        raise Invalid("rows", "There are no rows to bring in.")
    checked = [(row, people.checked({"name": row.known_as or row.name, **row.values})) for row in rows]
    try:
        with intend(
            actor, action="stakeholder.import", needs="people.edit", program_id=program_id, intention=intention
        ) as unit:
            on_map = _OnMap(unit, program_id)
            ids = [_bring_in(unit, program_id, row, values, on_map) for row, values in checked]
            updates = sum(row.is_update for row in rows)
            unit.subject(ids[0], added=len(ids) - updates, changed=updates)
            return ids
    except AlreadyDone:
        return _ids(program_id, [row.known_as or row.name for row in rows])


def remove_stakeholder(actor: Actor, *, program_id: str, stakeholder_id: str, version: int) -> None:
    """Take somebody off the map, with their duties, ties, steps, stand-ins and history."""
    with intend(actor, action="stakeholder.remove", needs="people.edit", program_id=program_id) as unit:
        unit.remove(Stakeholder, stakeholder_id, version)


def set_stand_in(
    actor: Actor, *, program_id: str, stakeholder_id: str, stand_in_id: str, can: bool = True, before: bool = False
) -> None:
    """
    Say whether one person could take over from another. before: what the reader saw.

    Raises Stale when somebody else said otherwise since.
    """
    with intend(actor, action="stand_in.set", needs="people.edit", program_id=program_id) as unit:
        unit.get(Stakeholder, stakeholder_id)
        unit.get(Stakeholder, stand_in_id)
        if stakeholder_id == stand_in_id:
            raise Invalid("stand_in_id", "Nobody can stand in for themselves.")
        pair = StandIn.stakeholder_id == stakeholder_id, StandIn.stand_in_id == stand_in_id
        held = unit.session.scalar(select(StandIn).where(*pair))
        if (held is not None) not in (before, can):
            raise Stale("stand-in", {"can": can}, {"can": held is not None})
        if can and held is None:
            unit.add(StandIn(stakeholder_id=stakeholder_id, stand_in_id=stand_in_id))
        elif held is not None and not can:
            unit.session.delete(held)
        unit.subject(stakeholder_id, stand_in=stand_in_id, can=can)


def add_step(
    actor: Actor, *, program_id: str, stakeholder_id: str, what: str, intention: str | None = None, **more: Any
) -> str:
    """Plan an engagement step with somebody and return its id. more: owner_id (a stakeholder), due_on."""
    values = people.checked_step({"what": what, **more})
    try:
        with intend(actor, action="step.add", needs="people.edit", program_id=program_id, intention=intention) as unit:
            unit.get(Stakeholder, stakeholder_id)
            _know_owner(unit, values)
            row = unit.add(EngagementStep(stakeholder_id=stakeholder_id, **values))
            unit.subject(row.id, stakeholder=stakeholder_id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_step(actor: Actor, *, program_id: str, step_id: str, version: int, **changes: Any) -> int:
    """Change what, owner_id or due_on of a step and return its new version."""
    values = people.checked_step(changes)
    with intend(actor, action="step.change", needs="people.edit", program_id=program_id) as unit:
        _know_owner(unit, values)
        return unit.change(EngagementStep, step_id, version, **values)


def close_step(actor: Actor, *, program_id: str, step_id: str, version: int, done: bool = True) -> int:
    """Say that a step is done now, or that it is not, and return its new version."""
    with intend(actor, action="step.close", needs="people.edit", program_id=program_id) as unit:
        return unit.change(EngagementStep, step_id, version, done_at=actor.now if done else None)


def _move(unit: Unit, move: Move) -> int:
    values = people.checked({"power": move.power, "interest": move.interest})
    return people.change(unit, move.stakeholder_id, move.version, values)


def _know_owner(unit: Unit, values: dict[str, Any]) -> None:
    if values.get("owner_id"):
        unit.get(Stakeholder, values["owner_id"])


def _bring_in(unit: Unit, program_id: str, row: RegisterRow, values: dict[str, Any], on_map: _OnMap) -> str:
    if row.known_as is None:
        if same_name(row.name) in on_map.spelled:
            raise Invalid("rows", f"Line {row.line}: {row.name} is on the map by now. Read the rows again.")
        return people.put(unit, program_id, values)
    meant = on_map.ids.get(row.known_as, [])
    if len(meant) != 1:
        how = "is on the map more than once by now" if meant else "is no longer on the map"
        raise Invalid("rows", f"Line {row.line}: {row.known_as} {how}. Read the rows again.")
    people.change(unit, meant[0], None, values)
    return meant[0]


def _versions(program_id: str, ids: Sequence[str]) -> dict[str, int]:
    mine = Stakeholder.program_id == program_id, Stakeholder.id.in_(ids)
    with reading() as session:
        found = {
            row.id: row.version for row in session.execute(select(Stakeholder.id, Stakeholder.version).where(*mine))
        }
    return {row_id: found[row_id] for row_id in ids if row_id in found}


def _ids(program_id: str, names: Sequence[str]) -> list[str]:
    mine = Stakeholder.program_id == program_id, Stakeholder.name.in_(names)
    with reading() as session:
        found = {row.name: row.id for row in session.execute(select(Stakeholder.name, Stakeholder.id).where(*mine))}
    return [found[name] for name in names if name in found]
