"""What the influence page reads: the rows when something in the program changed, the measures when these rows did."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import streamlit as st

from assessments.functions import FUNCTIONS
from pages.ui import shell, text
from pages.ui.shell import Visit
from program import departure, typed_ties
from program.departure import Departure
from program.duties import Duty
from program.influence import Influence, influence, proposed_sponsor
from program.queries import components, ownership, stakeholders
from program.queries import influence as queries
from program.queries.influence import TieRow
from program.queries.revisions import revision
from program.stakeholders import Stakeholder

SLOW = 300  # people from which on the measures take so long that a line says so
SPONSOR = "influence.sponsor"
LONGEST = 60  # letters of a name in a headline

Paths = Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Known:
    """What is on record. components: names by id. stamp: the same while the measures are, whatever else changed."""

    program_id: str
    people: tuple[Stakeholder, ...]
    ties: tuple[TieRow, ...]
    stand_ins: Mapping[str, Sequence[str]]
    duties: tuple[Duty, ...]
    components: Mapping[str, str]

    @cached_property
    def stamp(self) -> int:
        backups = tuple((who, tuple(others)) for who, others in self.stand_ins.items())
        return hash((self.people, self.ties, backups, self.duties, tuple(self.components.items())))

    @cached_property
    def by_id(self) -> dict[str, Stakeholder]:
        return {person.id: person for person in self.people}

    @cached_property
    def names(self) -> dict[str, str]:
        return {person.id: person.name for person in self.people}

    @cached_property
    def labels(self) -> dict[str, str]:
        """What to call each in a list to choose from: who shares a name is told apart by their place, or counted."""
        shared = Counter(self.names.values())
        labels: dict[str, str] = {}
        taken = set[str]()
        for person in self.people:
            label = f"{person.name}, {role(person)}" if shared[person.name] > 1 and role(person) else person.name
            number = 1
            while (called := label if number == 1 else f"{label} ({number})") in taken:
                number += 1
            labels[person.id] = called
            taken.add(called)
        return labels

    @cached_property
    def functions(self) -> dict[str, str | None]:
        return {person.id: person.function for person in self.people}

    @cached_property
    def resistant(self) -> tuple[str, ...]:
        return tuple(person.id for person in self.people if person.stance == "resistant")

    @property
    def tied(self) -> set[str]:
        return {end for tie in self.ties for end in (tie.source, tie.target)}


def known(visit: Visit) -> Known:
    """Return what is on record of the chosen program. Only for a visit that holds influence.read."""
    return _known(visit.program_id, revision(visit.program_id))


def measured(found: Known) -> Influence:
    """Return what the ties say; a line of words stands on the page while many are measured."""
    if len(found.people) < SLOW:
        return _measured(found.program_id, found.stamp, found)
    people, ties = text.number(len(found.people)), text.plural(len(found.ties), "tie", "ties")
    with shell.working(f"Measuring {ties} between {people} people"):
        return _measured(found.program_id, found.stamp, found)


def sponsor(found: Known) -> str | None:
    """Return whom the reader chose as the sponsor, else who is proposed."""
    chosen = st.session_state.get(SPONSOR)
    return str(chosen) if chosen in found.by_id else proposed_sponsor(found.people)


def paths(found: Known) -> Paths:
    """Return the sponsor's way to each other resistant person, None without one; empty without a sponsor."""
    begin = sponsor(found)
    return _paths(found.program_id, found.stamp, begin, found) if begin else {}


def leaving(found: Known, person: str) -> Departure:
    """Return what changes when a person leaves."""
    return _leaving(found.program_id, found.stamp, person, sponsor(found), found)


def role(person: Stakeholder) -> str:
    """The title, else the function; "" when neither is known."""
    return person.title or (FUNCTIONS[person.function].name if person.function in FUNCTIONS else "")


def short(name: str) -> str:
    """A name as it stands in a headline."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


@st.cache_resource(max_entries=32, show_spinner=False)
def _known(program_id: str, revision: str) -> Known:  # noqa: ARG001  every change is a new revision
    people = tuple(stakeholders.stakeholders(program_id))
    ids = {person.id for person in people}  # somebody may join or leave between two reads
    return Known(
        program_id=program_id,
        people=people,
        ties=tuple(tie for tie in queries.ties(program_id) if {tie.source, tie.target} <= ids),
        stand_ins=stakeholders.stand_ins(program_id),
        duties=tuple(ownership.duties(program_id)),
        components={item.id: item.name for item in components.components(program_id)},
    )


@st.cache_resource(max_entries=32, show_spinner=False)
def _measured(program_id: str, stamp: int, _found: Known) -> Influence:  # noqa: ARG001  the first two name the third
    return influence(
        _found.people,
        _found.ties,
        stand_ins=_found.stand_ins,
        duties=_found.duties,
        components=_found.components,
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _paths(program_id: str, stamp: int, begin: str, _found: Known) -> Paths:  # noqa: ARG001  as above
    reached = typed_ties.sponsor_paths(_found.ties, begin)
    ways = {who: tuple(reached[who]) if who in reached else None for who in _found.resistant if who != begin}
    return cast(Paths, ways)


@st.cache_resource(max_entries=256, show_spinner=False)
def _leaving(program_id: str, stamp: int, person: str, begin: str | None, _found: Known) -> Departure:  # noqa: ARG001
    return departure.without(_found.ties, person, sponsor=begin, resistant=_found.resistant)
