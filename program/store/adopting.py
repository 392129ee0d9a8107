"""Catalog entries on their way into a program, inside whatever intention brings them."""

from sqlalchemy import select

from program import catalog
from program.catalog import PROPOSALS
from program.store.tables import Component
from program.store.unit_of_work import Unit
from program.values import Invalid


def component(unit: Unit, catalog_id: str, *, dimension_id: str | None = None, goal: str | None = None) -> Component:
    """
    Return the program's component of a catalog entry, made when it is not there yet.

    dimension_id: what it should lift; without one that part of the assessment for which the catalog names it earliest.
    Raises Invalid when the catalog has no such entry, or another component has its name.
    """
    if earlier := held(unit, catalog_id):
        return earlier
    try:
        entry = catalog.load().component(catalog_id)
    except catalog.UnknownComponent as problem:
        raise Invalid("catalog_id", f"The catalog has no component “{catalog_id}”.") from problem
    free(unit, entry.name)
    row = Component(
        program_id=unit.program_id,
        catalog_id=catalog_id,
        name=entry.name,
        origin=entry.origin,
        dimension_id=dimension_id or lifts(catalog_id),
        goal=goal,
    )
    return unit.add(row)


def lifts(catalog_id: str) -> str | None:
    """Return the dimension for which the catalog names a component earliest; None when it names it for none."""
    named = [(ids.index(catalog_id), at, each) for at, (each, ids) in enumerate(PROPOSALS.items()) if catalog_id in ids]
    return min(named)[2] if named else None


def held(unit: Unit, catalog_id: str) -> Component | None:
    """Return the program's component of a catalog entry, if it is there."""
    mine = Component.program_id == unit.program_id, Component.catalog_id == catalog_id
    return unit.session.scalar(select(Component).where(*mine))


def free(unit: Unit, name: str) -> None:
    """Raise Invalid when the program has a component of this name."""
    taken = select(Component.id).where(Component.program_id == unit.program_id, Component.name == name)
    if unit.session.scalar(taken):
        raise Invalid("name", f"The program already has a component named “{name}”.")
