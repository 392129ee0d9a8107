"""What people do to the ownership matrix."""

from sqlalchemy import select

from program.ownership import join_letters, split_letters
from program.store.tables import Component, Duty, Stakeholder
from program.store.unit_of_work import intend
from program.values import Actor, Stale


def set_duty(
    actor: Actor, *, program_id: str, component_id: str, stakeholder_id: str, letters: str, before: str
) -> None:
    """
    Give a stakeholder these duties on a component, and no others.

    letters: one cell of the matrix: "", "R", "A/R" and so on. before: the cell as the person saw it.

    Raises Stale when the cell holds something else by now, unless it already holds what is wanted.
    """
    wanted = split_letters(letters)
    with intend(actor, action="duty.set", needs="people.edit", program_id=program_id) as unit:
        unit.get(Component, component_id)
        unit.get(Stakeholder, stakeholder_id)
        cell = Duty.component_id == component_id, Duty.stakeholder_id == stakeholder_id
        held = {duty.letter: duty for duty in unit.session.scalars(select(Duty).where(*cell))}
        if set(held) not in ({*split_letters(before)}, {*wanted}):
            mine, theirs = {"letters": join_letters(wanted)}, {"letters": join_letters(held)}
            raise Stale("duty", mine, theirs)
        for letter in held.keys() - {*wanted}:
            unit.session.delete(held[letter])
        for letter in wanted:
            if letter not in held:
                unit.add(Duty(component_id=component_id, stakeholder_id=stakeholder_id, letter=letter))
        unit.subject(component_id, stakeholder=stakeholder_id, letters=join_letters(wanted))
