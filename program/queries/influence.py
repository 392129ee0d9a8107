"""Reads of the ties between people, and what they say. Only for members who hold influence.read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import select

from program.influence import Influence
from program.influence import influence as read_ties
from program.proposed_risks import ProposedRisk, proposed_risks
from program.queries.components import components
from program.queries.ownership import duties, every_duty, items
from program.queries.stakeholders import stakeholders, stand_ins
from program.stakeholders import Stakeholder
from program.store import tables
from program.store.engine import reading
from program.typed_ties import TypedTie


@dataclass(frozen=True)
class TieRow(TypedTie):
    """A tie as it is kept; source and target are ids of stakeholders."""

    id: str = ""
    version: int = 1


def ties(program_id: str) -> list[TieRow]:
    """Return a program's ties, by the names of source and target."""
    table, person = tables.Tie, tables.Stakeholder
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id))
        found = [
            TieRow(row.source_id, row.target_id, row.kind, row.weight, row.known_from, row.on, row.id, row.version)
            for row in rows
        ]
        people = session.execute(select(person.id, person.name).where(person.program_id == program_id))
        names = {row.id: row.name for row in people}
    return sorted(found, key=lambda tie: (names[tie.source], names[tie.target], tie.kind, tie.id))


def influence(program_id: str, *, sponsor: str | None = None) -> Influence:
    """Return what the ties of a program say. sponsor: a stakeholder's id; without one, one is proposed."""
    return read_ties(
        stakeholders(program_id),
        ties(program_id),
        sponsor=sponsor,
        stand_ins=stand_ins(program_id),
        duties=duties(program_id),
        components={item.id: item.name for item in components(program_id)},
    )


def risks(program_id: str, *, may_see_ties: bool) -> list[ProposedRisk]:
    """
    Return the risks that people and their ties propose, the gravest first.

    may_see_ties: whether the reader holds influence.read; without it nothing is said that rests on ties.
    """
    people = stakeholders(program_id)
    return proposed_risks(
        people,
        every_duty(program_id),
        names={item.id: item.name for item in items(program_id)},
        influence=_of_ties(program_id, people) if may_see_ties else None,
    )


def _of_ties(program_id: str, people: Sequence[Stakeholder]) -> Influence:
    """What the ties say about who leaves a hole; measured again only when a tie, a stand-in or who is there changed."""
    covered = frozenset(person for person, others in stand_ins(program_id).items() if others)
    return _measured(tuple(person.id for person in people), tuple(ties(program_id)), covered)


@lru_cache(maxsize=8)
def _measured(people: tuple[str, ...], known: tuple[TypedTie, ...], covered: frozenset[str]) -> Influence:
    """The influence between people of whom nothing is known but their ids: over a second at 1,000 people."""
    nobody = [Stakeholder(each, 1, each, Decimal(0), Decimal(0)) for each in people]
    return read_ties(nobody, known, stand_ins={person: (person,) for person in covered})
