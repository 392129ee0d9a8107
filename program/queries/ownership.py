"""Reads of the ownership matrix."""

from collections import defaultdict

from sqlalchemy import select

from assessments.functions import FUNCTIONS
from program import ownership
from program.ownership import Duty, Matrix
from program.queries.components import components
from program.queries.stakeholders import stakeholders
from program.store import tables
from program.store.engine import reading


def matrix(program_id: str) -> Matrix:
    """Return a program's matrix with its findings: broken rules first, then warnings."""
    items, people = components(program_id), stakeholders(program_id)
    held = duties(program_id)
    names = {item.id: item.name for item in items} | {person.id: person.name for person in people}
    found = ownership.findings([item.id for item in items], [person.id for person in people], held, names=names)
    asked = {function.id: function.name for function in FUNCTIONS.values() if function.asked}
    about_people = ownership.people_findings(people, held, functions=asked, names=names)
    powerful = {finding.person for finding in about_people if finding.code == "powerful_without_duty"}
    found = [f for f in found if not (f.code == "unassigned_person" and f.person in powerful)] + about_people
    letters: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for duty in held:
        letters[duty.item, duty.person].add(duty.letter)
    return Matrix(
        components=[(item.id, item.name) for item in items],
        people=[(person.id, person.name) for person in people],
        letters={cell: ownership.join_letters(given) for cell, given in letters.items()},
        findings=sorted(found, key=lambda finding: finding.severity != "error"),
    )


def duties(program_id: str) -> list[Duty]:
    """Return a program's duties; items are component ids, persons stakeholder ids."""
    table = tables.Duty
    query = (
        select(table.component_id, table.stakeholder_id, table.letter)
        .join(tables.Component, tables.Component.id == table.component_id)
        .join(tables.Stakeholder, tables.Stakeholder.id == table.stakeholder_id)
        .where(tables.Component.program_id == program_id)
        .order_by(tables.Component.name, tables.Stakeholder.name, table.stakeholder_id, table.letter)
    )
    with reading() as session:
        return [Duty(*row) for row in session.execute(query)]
