"""Reads of the ownership: the matrix of each kind of item, what people carry, the ladder, and the handovers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Select, select

from assessments.functions import FUNCTIONS
from program import catalog, ownership
from program.components import Component
from program.ownership import Duty, Finding, Load, Matrix
from program.queries.budget import by_component
from program.queries.components import components
from program.queries.stakeholders import stakeholders
from program.stakeholders import Stakeholder
from program.store import tables
from program.store.engine import reading


@dataclass(frozen=True)
class Item:
    """Something that has owners. kind: of ownership.KINDS; scheme: raci or daci."""

    id: str
    version: int
    kind: str
    name: str
    scheme: str


@dataclass(frozen=True)
class Rung:
    """Where a component stands on the ownership ladder, of ownership.STAGES, and who answers for it, by id."""

    component_id: str
    version: int
    name: str
    stage: str | None
    wanted: str | None
    accountable: tuple[str, ...]


@dataclass(frozen=True)
class Handover:
    """A component that goes from one stakeholder to another on a day. done_at: None while it is ahead."""

    id: str
    version: int
    component_id: str
    from_id: str | None
    to_id: str
    on: date
    done_at: datetime | None
    note: str | None


def matrix(program_id: str, kind: str = "component") -> Matrix:
    """
    Return a program's matrix of one kind of items with its findings: broken rules first, then warnings.

    Findings about people look at the duties of all kinds and stand with the first kind that has items.
    """
    everything, people = items(program_id), stakeholders(program_id)
    held = every_duty(program_id)
    shown = [item for item in everything if item.kind == kind]
    ids = {item.id for item in shown}
    found = _findings(everything, people, held, _theirs(components(program_id), people))
    if kind == "component":
        found += _ladder(program_id, people, held)
    first = next((item.kind for item in everything), kind) == kind
    found = [each for each in found if (each.item in ids if each.item else first)]
    schemes = {item.id: item.scheme for item in shown}
    letters: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for duty in held:
        if duty.item in ids:
            letters[duty.item, duty.person].add(duty.letter)
    cells = {cell: ownership.join_letters(given, schemes[cell[0]]) for cell, given in letters.items()}
    return Matrix(
        components=[(item.id, item.name) for item in shown],
        people=[(person.id, person.name) for person in people],
        letters={cell: joined for cell, joined in cells.items() if joined},
        findings=sorted(found, key=lambda finding: finding.severity != "error"),
        kind=kind,
        schemes=schemes,
    )


def load(program_id: str) -> list[Load]:
    """Return what each person carries on items of all kinds, in the order of their names."""
    people = [person.id for person in stakeholders(program_id)]
    return ownership.loads(people, every_duty(program_id))


def ladder(program_id: str) -> list[Rung]:
    """Return where each component stands on the ownership ladder."""
    answers: defaultdict[str, list[str]] = defaultdict(list)
    for duty in duties(program_id):
        if duty.letter == "A":
            answers[duty.item].append(duty.person)
    return [
        Rung(item.id, item.version, item.name, item.ownership_stage, item.wanted_ownership_stage, (*answers[item.id],))
        for item in components(program_id)
    ]


def handovers(program_id: str) -> list[Handover]:
    """Return the handovers ahead, the next one first, then those done, the last one first."""
    table = tables.Handover
    query = select(table).join(tables.Component, tables.Component.id == table.component_id)
    with reading() as session:
        found = [
            Handover(row.id, row.version, row.component_id, row.from_id, row.to_id, row.on, row.done_at, row.note)
            for row in session.scalars(query.where(tables.Component.program_id == program_id))
        ]
    ahead = sorted((each for each in found if each.done_at is None), key=lambda each: (each.on, each.id))
    done = sorted(((each.done_at, each.id, each) for each in found if each.done_at), reverse=True)
    return [*ahead, *(each for _, _, each in done)]


def items(program_id: str, kind: str | None = None) -> list[Item]:
    """Return what has owners, of one kind or of all: components first, then capabilities, then decisions, by name."""
    table = tables.OwnedItem
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.name, table.id))
        own = [Item(row.id, row.version, row.kind, row.name, row.scheme) for row in rows]
    parts = [Item(part.id, part.version, "component", part.name, part.scheme) for part in components(program_id)]
    kinds = list(ownership.KINDS)
    found = [*parts, *sorted(own, key=lambda item: kinds.index(item.kind))]
    return [item for item in found if kind in (None, item.kind)]


def duties(program_id: str) -> list[Duty]:
    """Return the duties on components; items are component ids, persons stakeholder ids."""
    table = tables.Duty
    query = (
        select(table.component_id, table.stakeholder_id, table.letter)
        .join(tables.Component, tables.Component.id == table.component_id)
        .join(tables.Stakeholder, tables.Stakeholder.id == table.stakeholder_id)
        .where(tables.Component.program_id == program_id)
        .order_by(tables.Component.name, tables.Stakeholder.name, table.stakeholder_id, table.letter)
    )
    return _duties(query)


def every_duty(program_id: str) -> list[Duty]:
    """Return the duties on components, capabilities and decisions."""
    table = tables.ItemDuty
    query = (
        select(table.item_id, table.stakeholder_id, table.letter)
        .join(tables.OwnedItem, tables.OwnedItem.id == table.item_id)
        .join(tables.Stakeholder, tables.Stakeholder.id == table.stakeholder_id)
        .where(tables.OwnedItem.program_id == program_id)
        .order_by(tables.OwnedItem.name, tables.Stakeholder.name, table.stakeholder_id, table.letter)
    )
    return [*duties(program_id), *_duties(query)]


def _duties(query: Select[str, str, str]) -> list[Duty]:
    with reading() as session:
        return [Duty(*row) for row in session.execute(query)]


def _theirs(built: Sequence[Component], people: Sequence[Stakeholder]) -> dict[str, list[str]]:
    """The people of the function whose each component of the catalog is, by component id."""
    functions = {each.id: each.function for each in catalog.load().components}
    return {
        one.id: [each.id for each in people if each.function == functions[one.catalog_id]]
        for one in built
        if one.catalog_id in functions
    }


def _findings(
    shown: Sequence[Item],
    people: Sequence[Stakeholder],
    held: Sequence[Duty],
    theirs: Mapping[str, Collection[str]],
) -> list[Finding]:
    names = {item.id: item.name for item in shown} | {person.id: person.name for person in people}
    schemes = {item.id: item.scheme for item in shown}
    resistant = [person.id for person in people if person.stance == "resistant"]
    found = ownership.findings(
        [item.id for item in shown],
        [each.id for each in people],
        held,
        names=names,
        schemes=schemes,
        unfit=resistant,
        theirs=theirs,
    )
    asked = {function.id: function.name for function in FUNCTIONS.values() if function.asked}
    about_people = ownership.people_findings(people, held, functions=asked, names=names, schemes=schemes)
    powerful = {finding.person for finding in about_people if finding.code == "powerful_without_duty"}
    return [f for f in found if not (f.code == "unassigned_person" and f.person in powerful)] + about_people


def _ladder(program_id: str, people: Sequence[Stakeholder], held: Sequence[Duty]) -> list[Finding]:
    stages = {item.id: item.ownership_stage for item in components(program_id)}
    if "network" not in stages.values():
        return []
    names = {person.id: person.name for person in people}
    return ownership.ladder_findings(held, stages, _planned(program_id), names=names)


def _planned(program_id: str) -> Mapping[str, Decimal]:
    """The money planned for each component; empty when there are several currencies."""
    totals = by_component(program_id)
    if len({total.currency for total in totals}) != 1:
        return {}
    return {total.component_id: total.planned for total in totals if total.planned is not None}
