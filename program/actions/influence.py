"""What people do to the ties between stakeholders. They are about named employees: only facilitators and owners may."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from program import fields, policy
from program.store.tables import Stakeholder, Tie
from program.store.unit_of_work import Unit, intend
from program.typed_ties import KINDS, TypedTie
from program.values import Actor, AlreadyDone, Invalid, Missing


def set_tie(
    actor: Actor,
    *,
    program_id: str,
    source_id: str,
    target_id: str,
    kind: str,
    weight: int = 1,
    known_from: str | None = None,
    on: date | None = None,
    version: int | None = None,
) -> int:
    """
    Say that one person influences, reports to, advises or blocks another, and how strongly; return the tie's version.

    kind: of typed_ties.KINDS. known_from: how we know; on: the day it was true. version: of the tie as it was seen,
    None when there was none. Raises Stale when it is another by now, and Missing when it was taken back.
    """
    values = _checked(TypedTie(source_id, target_id, kind, weight, known_from, on))
    with intend(actor, action="tie.set", needs="influence.edit", program_id=program_id) as unit:
        for person in (source_id, target_id):
            unit.get(Stakeholder, person)
        mine = Tie.source_id == source_id, Tie.target_id == target_id, Tie.kind == kind
        row = unit.session.scalar(select(Tie).where(*mine))
        if row is None and version is not None:
            raise Missing("tie")
        if row is None:
            row = unit.add(Tie(program_id=program_id, source_id=source_id, target_id=target_id, kind=kind, **values))
            unit.subject(row.id)
            return row.version
        if row.version != version and any(getattr(row, name) != value for name, value in values.items()):
            raise unit.stale(row, values)
        return unit.change(Tie, row.id, row.version, **values)


def remove_tie(actor: Actor, *, program_id: str, tie_id: str, version: int) -> None:
    """Take a tie back."""
    with intend(actor, action="tie.remove", needs="influence.edit", program_id=program_id) as unit:
        unit.remove(Tie, tie_id, version)


def import_ties(actor: Actor, *, program_id: str, ties: Sequence[TypedTie], intention: str | None = None) -> int:
    """
    Bring in ties between people who are given by id, all of them or none; return how many came in.

    A tie that is there already gets the new weight, and keeps its origin and its day where none are given. The same
    rows again change nothing.
    """
    if not ties:
        raise Invalid("ties", "There are no ties to bring in.")
    if len({tie.key for tie in ties}) < len(ties):
        raise Invalid("ties", "A tie is among them twice.")
    checked = [(tie, _checked(tie)) for tie in ties]
    try:
        with intend(
            actor, action="tie.import", needs="influence.edit", program_id=program_id, intention=intention
        ) as unit:
            added = _bring_in(unit, program_id, checked)
            unit.subject(program_id, added=added, changed=len(ties) - added)
    except AlreadyDone:
        pass
    return len(ties)


def _bring_in(unit: Unit, program_id: str, checked: Sequence[tuple[TypedTie, dict[str, Any]]]) -> int:
    people = set(unit.session.scalars(select(Stakeholder.id).where(Stakeholder.program_id == program_id)))
    rows = unit.session.scalars(select(Tie).where(Tie.program_id == program_id))
    held = {(row.source_id, row.target_id, row.kind): row for row in rows}
    added = []
    for tie, values in checked:
        for person in (tie.source, tie.target):
            if person not in people:
                raise unit.missing(Stakeholder, person)
        if row := held.get(tie.key):
            for name, value in values.items():
                if value is not None and getattr(row, name) != value:
                    setattr(row, name, value)
        else:
            ends = {"source_id": tie.source, "target_id": tie.target}
            added.append(Tie(program_id=program_id, kind=tie.kind, **ends, **values))
    unit.session.add_all(added)
    unit.session.flush()
    return len(added)


def _checked(tie: TypedTie) -> dict[str, Any]:
    """Weight, origin and day of a tie that may be kept. Raises Invalid with the field."""
    fields.one_of(tie.kind, tuple(KINDS), "kind")
    if tie.source == tie.target:
        raise Invalid("target_id", "A tie goes from one person to another, not to themselves.")
    rules = policy.load()
    least, most = rules.tie_weight_least, rules.tie_weight_most
    if type(tie.weight) is not int or not least <= tie.weight <= most:
        raise Invalid("weight", f"The weight is a whole number from {least} to {most}.")
    return {
        "weight": tie.weight,
        "known_from": fields.text(tie.known_from, "known_from"),
        "on": fields.optional_day(tie.on, "on"),
    }
