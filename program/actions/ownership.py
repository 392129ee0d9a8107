"""What people do to the ownership: duties, items that have owners, the ladder, and handovers."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from program import fields
from program.ownership import KINDS, SCHEMES, STAGES, Fix
from program.store import cells
from program.store.tables import Component, Handover, OwnedItem, Stakeholder
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid, Stale


def set_duty(
    actor: Actor, *, program_id: str, component_id: str, stakeholder_id: str, letters: str, before: str
) -> None:
    """
    Give a stakeholder these duties on a component, and no others.

    letters: one cell of the matrix in the letters of the component's scheme: "", "R", "A/R" and so on. before: the
    cell as the person saw it.

    Raises Stale when the cell holds something else by now, unless it already holds what is wanted.
    """
    with intend(actor, action="duty.set", needs="people.edit", program_id=program_id) as unit:
        item = unit.get(Component, component_id)
        wanted = cells.put(unit, item, stakeholder_id, letters=letters, before=before)
        unit.subject(component_id, stakeholder=stakeholder_id, letters=wanted)


def set_item_duty(
    actor: Actor, *, program_id: str, item_id: str, stakeholder_id: str, letters: str, before: str
) -> None:
    """Give a stakeholder these duties on a capability or a decision, and no others; else as set_duty."""
    with intend(actor, action="item_duty.set", needs="people.edit", program_id=program_id) as unit:
        item = unit.get(OwnedItem, item_id)
        wanted = cells.put(unit, item, stakeholder_id, letters=letters, before=before)
        unit.subject(item_id, stakeholder=stakeholder_id, letters=wanted)


def apply_fix(actor: Actor, *, program_id: str, fix: Fix, intention: str | None = None) -> None:
    """
    Carry out what a finding proposes, on items of any kind, all of it or nothing.

    Raises Stale when a cell no longer holds what it held when the finding was made.
    """
    if not fix.changes:
        raise Invalid("fix", "There is nothing to change.")
    try:
        with intend(actor, action="duty.fix", needs="people.edit", program_id=program_id, intention=intention) as unit:
            for change in fix.changes:
                item = cells.item(unit, change.item)
                cells.put(unit, item, change.person, letters=change.letters, before=change.before)
            unit.subject(fix.changes[0].item, cells=[[each.item, each.person, each.letters] for each in fix.changes])
    except AlreadyDone:
        return


def set_scheme(
    actor: Actor,
    *,
    program_id: str,
    component_id: str,
    scheme: str,
    version: int,
    clear: bool = False,
    translate: bool = False,
) -> int:
    """
    Let RACI or DACI hold for a component, and return its new version.

    clear: whether letters that the scheme does not have are taken away; without it they are a reason to refuse.
    translate: whether they become what they are called in the scheme: who does the work drives, and the other way.
    """
    fields.one_of(scheme, tuple(SCHEMES), "scheme")
    with intend(actor, action="component.scheme", needs="people.edit", program_id=program_id) as unit:
        row = unit.get(Component, component_id, version, mine={"scheme": scheme})
        cells.leave(unit, row, scheme, clear=clear, translate=translate)
        return unit.change(Component, component_id, version, scheme=scheme)


def set_item_scheme(
    actor: Actor,
    *,
    program_id: str,
    item_id: str,
    scheme: str,
    version: int,
    clear: bool = False,
    translate: bool = False,
) -> int:
    """Let RACI or DACI hold for a capability or a decision; else as set_scheme."""
    fields.one_of(scheme, tuple(SCHEMES), "scheme")
    with intend(actor, action="owned_item.scheme", needs="people.edit", program_id=program_id) as unit:
        row = unit.get(OwnedItem, item_id, version, mine={"scheme": scheme})
        cells.leave(unit, row, scheme, clear=clear, translate=translate)
        return unit.change(OwnedItem, item_id, version, scheme=scheme)


def add_item(
    actor: Actor, *, program_id: str, kind: str, name: str, scheme: str = "raci", intention: str | None = None
) -> str:
    """Add a capability or a decision that people own, and return its id. Raises Invalid when the name is taken."""
    values = {
        "kind": fields.one_of(kind, [each for each in KINDS if each != "component"], "kind"),
        "name": fields.name(name),
        "scheme": fields.one_of(scheme, tuple(SCHEMES), "scheme"),
    }
    try:
        with intend(
            actor, action="owned_item.add", needs="people.edit", program_id=program_id, intention=intention
        ) as unit:
            _free(unit, program_id, kind, values["name"])
            row = unit.add(OwnedItem(program_id=program_id, **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def rename_item(actor: Actor, *, program_id: str, item_id: str, name: str, version: int) -> int:
    """Give a capability or a decision another name and return its new version."""
    kept = fields.name(name)
    with intend(actor, action="owned_item.rename", needs="people.edit", program_id=program_id) as unit:
        row = unit.get(OwnedItem, item_id, version, mine={"name": kept})
        if kept != row.name:
            _free(unit, program_id, row.kind, kept)
        return unit.change(OwnedItem, item_id, version, name=kept)


def remove_item(actor: Actor, *, program_id: str, item_id: str, version: int) -> None:
    """Take a capability or a decision out, with its duties."""
    with intend(actor, action="owned_item.remove", needs="people.edit", program_id=program_id) as unit:
        unit.remove(OwnedItem, item_id, version)


def set_ladder(
    actor: Actor, *, program_id: str, component_id: str, stage: str | None, wanted: str | None, version: int
) -> int:
    """Say on which stage of the ownership ladder a component is and should be; return its new version."""
    values = {
        "ownership_stage": fields.optional_one_of(stage, tuple(STAGES), "stage"),
        "wanted_ownership_stage": fields.optional_one_of(wanted, tuple(STAGES), "wanted"),
    }
    with intend(actor, action="component.ladder", needs="people.edit", program_id=program_id) as unit:
        return unit.change(Component, component_id, version, **values)


def hand_over(
    actor: Actor,
    *,
    program_id: str,
    component_id: str,
    to_id: str,
    on: date,
    note: str | None = None,
    intention: str | None = None,
) -> str:
    """Plan that a component goes from whoever answers for it to somebody else on a day; return the handover's id."""
    values = {"on": fields.day(on, "on"), "note": fields.text(note, "note")}
    try:
        with intend(
            actor, action="handover.add", needs="people.edit", program_id=program_id, intention=intention
        ) as unit:
            component = unit.get(Component, component_id)
            unit.get(Stakeholder, to_id)
            from_id = _accountable(unit, component)
            if from_id == to_id:
                raise Invalid("to_id", "They answer for it already.")
            _only_one(unit, component)
            row = unit.add(Handover(component_id=component_id, from_id=from_id, to_id=to_id, **values))
            unit.subject(row.id, component=component_id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def complete_hand_over(actor: Actor, *, program_id: str, handover_id: str, version: int) -> int:
    """
    Carry out a handover: the A of its component moves from the one to the other. Return the handover's new version.

    Raises Stale when somebody else answers for the component by now.
    """
    with intend(actor, action="handover.done", needs="people.edit", program_id=program_id) as unit:
        row = unit.get(Handover, handover_id, version)
        if row.done_at is not None:
            raise Invalid("handover", "This handover is done already.")
        component = unit.get(Component, row.component_id)
        holder = _accountable(unit, component)
        if holder not in (row.from_id, row.to_id):
            answers = unit.get(Stakeholder, holder).name if holder else None
            raise Stale("handover", {"accountable": _name(unit, row.from_id)}, {"accountable": answers})
        for person, change in _moves(holder, row.to_id):
            held = cells.letters(unit, component, person)
            wanted = {*held.split("/"), "A"} if change == "take" else {*held.split("/")} - {"A"}
            cells.put(unit, component, person, letters="/".join(sorted(wanted - {""})), before=held)
        return unit.change(Handover, handover_id, version, done_at=actor.now)


def cancel_hand_over(actor: Actor, *, program_id: str, handover_id: str, version: int) -> None:
    """Take back a handover that was planned; one that is done stays in the record."""
    with intend(actor, action="handover.remove", needs="people.edit", program_id=program_id) as unit:
        if unit.get(Handover, handover_id, version).done_at is not None:
            raise Invalid("handover", "This handover is done. Plan another one back.")
        unit.remove(Handover, handover_id, version)


def _moves(holder: str | None, to_id: str) -> Iterator[tuple[str, str]]:
    if holder is not None and holder != to_id:
        yield holder, "give"
    yield to_id, "take"


def _accountable(unit: Unit, component: Component) -> str | None:
    holders = cells.holders(unit, component, "A")
    if len(holders) > 1:
        raise Invalid("component", f"{len(holders)} people answer for it. Leave it one of them first.")
    return holders[0] if holders else None


def _only_one(unit: Unit, component: Component) -> None:
    ahead = select(Handover.id).where(Handover.component_id == component.id, Handover.done_at.is_(None))
    if unit.session.scalar(ahead):
        raise Invalid("component", "A handover of it is planned already. Carry it out or cancel it first.")


def _name(unit: Unit, stakeholder_id: str | None) -> str | None:
    return unit.get(Stakeholder, stakeholder_id).name if stakeholder_id else None


def _free(unit: Unit, program_id: str, kind: str, name: str) -> None:
    same = OwnedItem.program_id == program_id, OwnedItem.kind == kind, OwnedItem.name == name
    if unit.session.scalar(select(OwnedItem.id).where(*same)):
        raise Invalid("name", f"There is already a {kind} named “{name}”.")
