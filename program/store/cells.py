"""One cell of the ownership matrix in the store: what somebody holds on a component, a capability or a decision."""

from typing import Any, TypeAlias

from sqlalchemy import Select, select

from program.duties import SCHEMES, join_letters, split_letters, translated
from program.store.tables import Component, Duty, ItemDuty, OwnedItem, Stakeholder
from program.store.unit_of_work import Unit
from program.values import Invalid, Stale

Owned: TypeAlias = Component | OwnedItem


def item(unit: Unit, item_id: str) -> Owned:
    """Return the component, capability or decision of this id. Raises Missing."""
    if unit.session.get(OwnedItem, item_id) is not None:
        return unit.get(OwnedItem, item_id)
    return unit.get(Component, item_id)


def put(unit: Unit, of: Owned, stakeholder_id: str, *, letters: str, before: str) -> str:
    """
    Let a cell hold these letters and no others, and return them in order.

    Raises Invalid for letters of another scheme, Missing for a stranger, and Stale when the cell holds something else
    than before, unless it already holds what is wanted.
    """
    wanted, seen = split_letters(letters, of.scheme), split_letters(before, of.scheme)
    unit.get(Stakeholder, stakeholder_id)
    held = {duty.letter: duty for duty in unit.session.scalars(_duties(of, stakeholder_id))}
    if set(held) not in ({*seen}, {*wanted}):
        raise Stale("duty", {"letters": join_letters(wanted, of.scheme)}, {"letters": join_letters(held, of.scheme)})
    for letter in held.keys() - {*wanted}:
        unit.session.delete(held[letter])
    for letter in wanted:
        if letter not in held:
            unit.add(_duty(of, stakeholder_id, letter))
    unit.session.flush()
    return join_letters(wanted, of.scheme)


def letters(unit: Unit, of: Owned, stakeholder_id: str) -> str:
    """Return what a cell holds."""
    return join_letters((duty.letter for duty in unit.session.scalars(_duties(of, stakeholder_id))), of.scheme)


def holders(unit: Unit, of: Owned, letter: str) -> list[str]:
    """Return who holds a letter on an item, by id."""
    return sorted(duty.stakeholder_id for duty in unit.session.scalars(_duties(of)) if duty.letter == letter)


def leave(unit: Unit, of: Owned, scheme: str, *, clear: bool, translate: bool = False) -> None:
    """
    Take away the letters that another scheme does not have. Raises Invalid when there are any, unless told to.

    translate: put what a letter is called in that scheme in its place first: who does the work drives.
    """
    if translate:
        _translate(unit, of, scheme)
    foreign = [duty for duty in unit.session.scalars(_duties(of)) if duty.letter not in SCHEMES[scheme].letters]
    if foreign and not clear:
        held = ", ".join(sorted({duty.letter for duty in foreign}))
        name = SCHEMES[scheme].name
        raise Invalid("scheme", f"{name} does not have the letter {held}, which people hold here. Clear it first.")
    for duty in foreign:
        unit.session.delete(duty)
    unit.session.flush()


def _translate(unit: Unit, of: Owned, scheme: str) -> None:
    duties = unit.session.scalars(_duties(of)).all()
    held = {(duty.stakeholder_id, duty.letter) for duty in duties}
    for duty in duties:
        letter = translated(duty.letter, to=scheme)
        if letter in ("", duty.letter):
            continue
        if (duty.stakeholder_id, letter) not in held:
            unit.add(_duty(of, duty.stakeholder_id, letter))
        unit.session.delete(duty)
    unit.session.flush()


def _duties(of: Owned, stakeholder_id: str | None = None) -> Select[Any]:
    table, key = (Duty, Duty.component_id) if isinstance(of, Component) else (ItemDuty, ItemDuty.item_id)
    query = select(table).where(key == of.id)
    return query if stakeholder_id is None else query.where(table.stakeholder_id == stakeholder_id)


def _duty(of: Owned, stakeholder_id: str, letter: str) -> Duty | ItemDuty:
    if isinstance(of, Component):
        return Duty(component_id=of.id, stakeholder_id=stakeholder_id, letter=letter)
    return ItemDuty(item_id=of.id, stakeholder_id=stakeholder_id, letter=letter)
