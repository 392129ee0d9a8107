"""The register as its pages read it: once for every change of the program, and between its views."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache

import streamlit as st

from pages.ui import forms, people, safe, text
from pages.ui.shell import Visit
from program.proposed_risks import ProposedRisk
from program.queries import changes, influence, revisions
from program.queries import stakeholders as queries
from program.queries.changes import Change
from program.stakeholders import Stakeholder, State, Step
from program.values import Actor

VIEW, CHOSEN, BEGIN = "stakeholder.view", "stakeholder.chosen", "stakeholder.begin"
GO, SAID = "stakeholder.go", "stakeholder.said"
LOOKING, EDITING = ("Map", "Table", "History"), ("Map", "Table", "Paste", "Add", "Edit", "History")
BEGINNING = {"Add one by one": "Add", "Paste rows": "Paste"}


@dataclass(frozen=True, eq=False)
class Register:
    """Everybody on a program's map as of one revision of the program; the rest is read when a view asks for it."""

    program_id: str
    people: tuple[Stakeholder, ...]

    @cached_property
    def by_id(self) -> dict[str, Stakeholder]:
        return {person.id: person for person in self.people}

    @cached_property
    def labels(self) -> dict[str, str]:
        """What to call everybody where one is chosen, by id: namesakes can be told apart."""
        names = Counter(person.name for person in self.people)
        called = {
            each.id: f"{each.name}, {role}" if names[each.name] > 1 and (role := people.role(each)) else each.name
            for each in self.people
        }
        return text.distinct(called)

    @cached_property
    def history(self) -> tuple[State, ...]:
        return tuple(queries.history(self.program_id))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return tuple(changes.changes(self.program_id))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(queries.steps(self.program_id))

    @cached_property
    def stand_ins(self) -> dict[str, list[str]]:
        return queries.stand_ins(self.program_id)

    @cached_property
    def risks(self) -> tuple[ProposedRisk, ...]:
        """Only for members who hold influence.read."""
        return tuple(influence.risks(self.program_id, may_see_ties=True))

    @cached_property
    def open_risks(self) -> tuple[ProposedRisk, ...]:
        """What may be said to everybody: nothing that rests on ties."""
        return tuple(influence.risks(self.program_id, may_see_ties=False))


def read(visit: Visit) -> Register:
    """Return the register; read anew only when something in the program changed."""
    return _read(visit.program_id, revisions.revision(visit.program_id))


@lru_cache(maxsize=32)
def _read(program_id: str, revision: str) -> Register:  # noqa: ARG001  a change is a new revision
    return Register(program_id, tuple(queries.stakeholders(program_id)))


def view(register: Register, *, editable: bool) -> str:
    """
    Draw the switch between the views and return the chosen one; also the words on what was just saved.

    Of an empty register the two ways to begin it, or "" for readers.
    """
    if not register.people:
        return _beginning() if editable else ""
    if GO in st.session_state:
        st.session_state[VIEW] = st.session_state.pop(GO)
    views = EDITING if editable else LOOKING
    if st.session_state.get(VIEW, views[0]) not in views:
        del st.session_state[VIEW]
    with st.container(horizontal=True, vertical_alignment="center"):  # beside: above, its going would move the map
        chosen = forms.view(views, key=VIEW)
        if said := st.session_state.pop(SAID, ""):
            note = f'<p class="gw-note" role="status"><span class="gw-good">✓ {safe.markup(said)}</span></p>'
            st.html(note, width="content")
    return chosen


def go(view: str, *, said: str = "") -> None:
    """Show a view at the next run, with a sentence on what was saved."""
    st.session_state[GO] = view
    if said:
        st.session_state[SAID] = said


def now(visit: Visit) -> Actor:
    """Whoever acts, at this moment: a callback runs with the visit of the run before, which may be an hour old."""
    return replace(visit.actor, now=datetime.now(UTC))


def _beginning() -> str:
    """The way to begin, which goes on once somebody is on the map."""
    chosen = BEGINNING[forms.view(tuple(BEGINNING), key=BEGIN)]
    go(chosen)
    return chosen
