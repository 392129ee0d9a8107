"""What people do to the vendor scorecard: vendors, what is known of their capabilities, and how much each matters."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from program import fields
from program.scorecard import CAPABILITIES, MOST_WEIGHT, TOP, Mark, Weight
from program.store.tables import CapabilityWeight, Vendor, VendorScore
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


def add_vendor(
    actor: Actor, *, program_id: str, name: str, note: str | None = None, intention: str | None = None
) -> str:
    """Put a vendor on the scorecard and return its id. Raises Invalid when the name is taken."""
    values = _checked({"name": name, "note": note})
    try:
        with intend(actor, action="vendor.add", needs="plan.edit", program_id=program_id, intention=intention) as unit:
            _free(unit, values["name"])
            row = unit.add(Vendor(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_vendor(actor: Actor, *, program_id: str, vendor_id: str, version: int, **changes: Any) -> int:
    """Change a vendor's name or note and return the new version."""
    values = _checked(changes)
    with intend(actor, action="vendor.change", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(Vendor, vendor_id, version, mine=values)
        if values.get("name", row.name) != row.name:
            _free(unit, values["name"])
        return unit.change(Vendor, vendor_id, version, **values)


def remove_vendor(actor: Actor, *, program_id: str, vendor_id: str, version: int) -> None:
    """Take a vendor off the scorecard, with its scores and their evidence."""
    with intend(actor, action="vendor.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(Vendor, vendor_id, version)


def score_vendor(
    actor: Actor, *, program_id: str, vendor_id: str, marks: Sequence[Mark], intention: str | None = None
) -> None:
    """
    Say what is known of some capabilities of a vendor, all at once or not at all; None is unknown, not zero.

    Each mark carries the version that was seen. Raises Stale for the first that somebody else changed since.
    """
    kept = [_mark(mark) for mark in marks]
    _once(marks)
    try:
        with intend(
            actor, action="vendor.score", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            unit.get(Vendor, vendor_id)
            for mark in kept:
                mine = VendorScore.vendor_id == vendor_id, VendorScore.capability == mark.capability
                row = unit.session.scalar(select(VendorScore).where(*mine))
                values = {"score": mark.score, "evidence": mark.evidence}
                if row is not None:
                    _change(unit, row, mark.version, values)
                elif any(value is not None for value in values.values()):
                    unit.add(VendorScore(vendor_id=vendor_id, capability=mark.capability, **values))
            unit.subject(vendor_id, capabilities=[mark.capability for mark in kept])
    except AlreadyDone:
        return


def weigh_capabilities(
    actor: Actor, *, program_id: str, weights: Sequence[Weight], intention: str | None = None
) -> None:
    """
    Say how much some capabilities matter, all at once or not at all; None takes what was said back.

    Each weight carries the version that was seen. Raises Stale for the first that somebody else changed since.
    """
    _once(weights)
    for each in weights:
        _within(each.weight, MOST_WEIGHT, "weight")
    try:
        with intend(
            actor, action="capability.weigh", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            for each in weights:
                _weigh(unit, each)
            unit.subject(program_id, capabilities=[each.capability for each in weights])
    except AlreadyDone:
        return


def _weigh(unit: Unit, wanted: Weight) -> None:
    table = CapabilityWeight
    mine = table.program_id == unit.program_id, table.capability == wanted.capability
    row = unit.session.scalar(select(table).where(*mine))
    if row is None:
        if wanted.weight is not None:
            unit.add(table(program_id=unit.program_id, capability=wanted.capability, weight=wanted.weight))
        return
    if wanted.weight is None:
        if wanted.version != row.version:
            raise unit.stale(row, {"weight": None})
        unit.remove(table, row.id, wanted.version)
        return
    _change(unit, row, wanted.version, {"weight": wanted.weight})


def _change(unit: Unit, row: VendorScore | CapabilityWeight, version: int | None, values: dict[str, Any]) -> None:
    """Change a row when something differs. Raises Stale when it is another by now than was seen."""
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    if row.version != version:
        raise unit.stale(row, values)
    unit.change(type(row), row.id, version, **values)


def _once(given: Sequence[Mark] | Sequence[Weight]) -> None:
    named = [each.capability for each in given]
    if not named or len(set(named)) < len(named):
        raise Invalid("capability", "Name at least one capability, and each of them once.")
    for each in named:
        fields.one_of(each, CAPABILITIES, "capability")


def _mark(mark: Mark) -> Mark:
    _within(mark.score, TOP, "score")
    return Mark(mark.capability, mark.score, fields.text(mark.evidence, "evidence"), mark.version)


def _within(value: int | None, top: int, field: str) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= top):
        raise Invalid(field, f"The {field} is a whole number from 0 to {top}, or left open while it is unknown.")


def _free(unit: Unit, name: str) -> None:
    if unit.session.scalar(select(Vendor.id).where(Vendor.program_id == unit.program_id, Vendor.name == name)):
        raise Invalid("name", f"The scorecard already has a vendor named “{name}”.")


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    return fields.checked(given, {"name": fields.name, "note": fields.text}, "a vendor")
