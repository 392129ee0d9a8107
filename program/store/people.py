"""Stakeholders as they are changed: every change of their place leaves a state, and what comes next is a step."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from assessments.functions import FUNCTIONS
from program import fields, policy
from program.stakeholders import STANCES
from program.store.tables import EngagementStep, Program, Stakeholder, StakeholderState
from program.store.unit_of_work import Unit
from program.values import Invalid, Stale

PLACE = ("power", "interest", "legitimacy", "urgency", "stance", "wanted_stance")
CONTACT_LENGTH = 320
MIDDLE = Decimal(5)  # of power and interest, for somebody who was placed nowhere
NEXT = "next_step"


def put(unit: Unit, program_id: str, values: dict[str, Any]) -> str:
    """Put somebody on the map, with the state they begin in and their next step; return their id."""
    place = {"power": MIDDLE, "interest": MIDDLE} | {name: value for name, value in values.items() if name != NEXT}
    row = unit.add(Stakeholder(program_id=program_id, **place))
    _record(unit, row)
    _set_next_step(unit, row, values.get(NEXT))
    return row.id


def change(unit: Unit, stakeholder_id: str, version: int | None, values: dict[str, Any]) -> int:
    """
    Set some fields of a stakeholder, who becomes the subject; return the new version.

    Raises Stale, naming who it is and who changed them.
    """
    row = unit.get(Stakeholder, stakeholder_id)
    if version is not None and version != row.version:
        raise _stale(unit, row, values)
    changed = [name for name, value in values.items() if name != NEXT and getattr(row, name) != value]
    if set(changed) & set(PLACE) and _last(unit, row.id) is None:
        _record_beginning(unit, row)
    for name in changed:
        setattr(row, name, values[name])
    if NEXT in values and _set_next_step(unit, row, values[NEXT]):
        changed.append(NEXT)
        flag_modified(row, "name")  # so that the version tells whoever has the old step before them
    unit.session.flush()
    if set(changed) & set(PLACE):
        _record(unit, row)
    unit.subject(row.id, fields=changed)
    return row.version


def checked(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a stakeholder to keep. Raises Invalid with the field."""
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "is_group": lambda value, _field: bool(value),
        "function": lambda value, field: fields.optional_one_of(value, tuple(FUNCTIONS), field),
        "title": fields.optional_name,
        "contact": lambda value, field: fields.optional_name(value, field, longest=CONTACT_LENGTH),
        "stance": lambda value, field: fields.one_of(value, STANCES, field),
        "wanted_stance": lambda value, field: fields.one_of(value, STANCES, field),
        **dict.fromkeys(("power", "interest"), _position),
        **dict.fromkeys(("legitimacy", "urgency", "wanted_power", "wanted_interest"), _optional_position),
        **dict.fromkeys(("sees", "gain_customers", "gain_team", "gain_own", "wants", NEXT), fields.text),
    }
    return fields.checked(given, checks, "a stakeholder")


def checked_step(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an engagement step to keep. Raises Invalid with the field."""
    checks: dict[str, fields.Check] = {"what": _what, "owner_id": fields.optional_id, "due_on": fields.optional_day}
    return fields.checked(given, checks, "a step")


def _set_next_step(unit: Unit, row: Stakeholder, what: str | None) -> bool:
    """Make this the text of the open step due first; without a text that step goes. Tell whether anything changed."""
    mine = EngagementStep.stakeholder_id == row.id, EngagementStep.done_at.is_(None)
    order = EngagementStep.due_on.is_(None), EngagementStep.due_on, EngagementStep.id
    ahead = unit.session.scalars(select(EngagementStep).where(*mine).order_by(*order)).first()
    if what == (ahead.what if ahead else None):
        return False
    if ahead is None:
        unit.add(EngagementStep(stakeholder_id=row.id, what=what))
    elif what is None:
        unit.session.delete(ahead)
    else:
        ahead.what = what
    return True


def _record(unit: Unit, row: Stakeholder) -> None:
    """Keep where somebody stands from now on. What they said in the same instant is replaced: it never showed."""
    now, last = unit.actor.now, _last(unit, row.id)
    if last is not None and last.at == now:
        for name in PLACE:
            setattr(last, name, getattr(row, name))
        last.by = unit.actor.name
        return
    if last is not None and last.at > now:
        now = last.at + timedelta(microseconds=1)  # a clock that was set back does not turn the order around
    place = {name: getattr(row, name) for name in PLACE}
    unit.add(StakeholderState(stakeholder_id=row.id, at=now, by=unit.actor.name, **place))


def _record_beginning(unit: Unit, row: Stakeholder) -> None:
    """Keep where somebody stood before their first change that is kept."""
    made = unit.session.get_one(Program, row.program_id).created_at
    if made < unit.actor.now:
        place = {name: getattr(row, name) for name in PLACE}
        unit.add(StakeholderState(stakeholder_id=row.id, at=made, by="", **place))


def _last(unit: Unit, stakeholder_id: str) -> StakeholderState | None:
    states = select(StakeholderState).where(StakeholderState.stakeholder_id == stakeholder_id)
    return unit.session.scalars(states.order_by(StakeholderState.at.desc()).limit(1)).first()


def _stale(unit: Unit, row: Stakeholder, mine: dict[str, Any]) -> Stale:
    """The refusal of a change: of several people moved at once only the states say by whom each was moved."""
    refused = unit.stale(row, mine)
    last = _last(unit, row.id)
    by, at = refused.changed_by, refused.changed_at
    if last is not None and (at is None or last.at >= at):
        by, at = last.by or None, last.at
    return Stale(f"stakeholder ({row.name})", mine, refused.theirs, by, at)


def _what(value: str, field: str) -> str:
    kept = fields.text(value, field)
    if kept is None:
        raise Invalid(field, "Say what to do.")
    return kept


def _position(value: Decimal, field: str) -> Decimal:
    return fields.position(value, field, end=policy.load().scale_end)


def _optional_position(value: Decimal | None, field: str) -> Decimal | None:
    return None if value is None else _position(value, field)
