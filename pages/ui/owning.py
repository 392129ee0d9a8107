"""The ownership page's parts: what it reads, what it saves, and what the matrix is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from pages.ui import ladder, matrix, shell, tables
from pages.ui.shell import Visit
from program import ownership
from program.actions import ownership as actions
from program.ownership import KINDS, SCHEMES, Duty, Load, Matrix
from program.queries import ownership as queries
from program.queries.budget import by_component
from program.queries.ownership import Item
from program.queries.revisions import revision
from program.queries.stakeholders import stakeholders
from program.stakeholders import Stakeholder
from program.values import Actor

VIEWS = ("Matrix", "People", "Ladder", "Handovers")
MATRIX, LADDER = "duty.matrix", "duty.ladder"
KEPT = 64  # programs in memory
WHAT = (
    "Every component has exactly one person who answers for it (A) and at least one who does the work (R); others are "
    "consulted before (C) or informed after (I). It takes components and people to say so."
)
ABOUT = {
    "component": "A component is a building block of the program. Choose some to say who owns what.",
    "capability": "A capability is what the company must be able to do, whichever component brings it about.",
    "decision": "A decision is a question that comes up again and that somebody must be able to close.",
}
_TABS = {several.capitalize(): kind for kind, (_, several) in KINDS.items()}


@dataclass(frozen=True)
class Owners:
    """Who owns what: the items of every kind, the people, the duties between them, and what each person carries."""

    items: tuple[Item, ...]
    people: tuple[Stakeholder, ...]
    duties: tuple[Duty, ...]
    loads: tuple[Load, ...]

    @property
    def names(self) -> dict[str, str]:
        return {item.id: item.name for item in self.items} | {person.id: person.name for person in self.people}

    @property
    def components(self) -> list[Item]:
        return [item for item in self.items if item.kind == "component"]


def read(visit: Visit) -> Owners:
    """Return the items and the people; read anew only when something in the program changed."""
    return _owners(visit.program_id, revision(visit.program_id))


def matrix_of(visit: Visit, kind: str) -> Matrix:
    """Return the matrix of one kind of items; read anew only when something in the program changed."""
    return _matrix(visit.program_id, kind, revision(visit.program_id))


@lru_cache(maxsize=KEPT)
def _owners(program_id: str, revision: str) -> Owners:  # noqa: ARG001  a change is a new revision
    people, duties = stakeholders(program_id), queries.every_duty(program_id)
    carried = ownership.loads([person.id for person in people], duties)
    return Owners(tuple(queries.items(program_id)), tuple(people), tuple(duties), tuple(carried))


@lru_cache(maxsize=KEPT)
def _matrix(program_id: str, kind: str, revision: str) -> Matrix:  # noqa: ARG001  a change is a new revision
    return queries.matrix(program_id, kind)


def save(visit: Visit) -> None:
    """Carry out what the matrix or the ladder sent, and tell it when that was refused."""
    with st.container(), shell.saving() as saved:
        if change := matrix.changed(key=MATRIX):
            carry_out(visit.actor, visit.program_id, change)
    if not saved.done:
        matrix.refuse(key=MATRIX)
    with st.container(), shell.saving() as stepped:
        if step := ladder.changed(key=LADDER):
            actions.set_ladder(visit.actor, program_id=visit.program_id, **vars(step))
    if not stepped.done:
        ladder.refuse(key=LADDER)


def carry_out(actor: Actor, program_id: str, change: matrix.Sent) -> None:
    """Carry out one change of the matrix as the action that it is."""
    match change:
        case matrix.Change():
            cell = {"stakeholder_id": change.stakeholder_id, "letters": change.letters, "before": change.before}
            if change.kind == "component":
                actions.set_duty(actor, program_id=program_id, component_id=change.component_id, **cell)
            else:
                actions.set_item_duty(actor, program_id=program_id, item_id=change.component_id, **cell)
        case matrix.SchemeChange(item_id, kind, scheme, version):
            if kind == "component":
                actions.set_scheme(
                    actor, program_id=program_id, component_id=item_id, scheme=scheme, version=version, translate=True
                )
            else:
                actions.set_item_scheme(
                    actor, program_id=program_id, item_id=item_id, scheme=scheme, version=version, translate=True
                )
        case matrix.Mend(fix, intention):
            actions.apply_fix(actor, program_id=program_id, fix=fix, intention=intention)
        case matrix.NewItem(kind, name, intention):
            actions.add_item(actor, program_id=program_id, kind=kind, name=name, intention=intention)
        case matrix.NewName(item_id, name, version):
            actions.rename_item(actor, program_id=program_id, item_id=item_id, name=name, version=version)
        case matrix.Removal(item_id, version):
            actions.remove_item(actor, program_id=program_id, item_id=item_id, version=version)


def need(owners: Owners) -> None:
    """Stop the page with the next step when there is nobody who could own something."""
    if owners.people:
        return
    empty = Matrix([(item.id, item.name) for item in owners.items], [], {}, [])
    shell.empty(
        ownership.headline(empty),
        what=WHAT,
        action="Put people on the map" if owners.items else "Choose the components",
        next_step="people/stakeholders.py" if owners.items else "plan/components.py",
        frame="grid",
    )


def need_components(owners: Owners, what: str) -> None:
    """Stop the page with the next step when a view of the components has none."""
    if not owners.components:
        headline = ownership.headline(Matrix([], [], {}, []))
        shell.empty(headline, what=what, action="Choose the components", next_step="plan/components.py")


def about() -> str:
    """Draw the switch of what the matrix is about, kept in the address, and return its kind."""
    key = "duty.about"
    first = None if key in st.session_state else next(iter(_TABS))
    chosen = st.segmented_control(
        "What the matrix is about",
        list(_TABS),
        default=first,
        required=True,
        key=key,
        label_visibility="collapsed",
        bind="query-params",
    )
    return _TABS.get(str(chosen), "component")


def answer(found: Matrix) -> None:
    """Draw the headline of a matrix and, while it is empty, what it would hold."""
    if found.kind == "component" and not found.components:
        shell.empty(
            ownership.headline(found),
            what=ABOUT["component"],
            action="Choose the components",
            next_step="plan/components.py",
        )
    shell.answer(ownership.headline(found))
    if not found.components:
        shell.lead(ABOUT[found.kind])


def as_table(found: Matrix) -> tables.Table:
    """One row per item with its rules, one column per person: the rows of the figure, for its files."""
    people: Sequence[tuple[str, str]] = found.people
    blank = [tables.Column(name, tables.blank) for _, name in people]
    return tables.Table(
        columns=(tables.Column(KINDS[found.kind][0].capitalize()), tables.Column("Rules"), *blank),
        rows=tuple(
            (name, SCHEMES[found.schemes[item]].name, *(found.letters.get((item, person)) for person, _ in people))
            for item, name in found.components
        ),
        name=f"ownership_{KINDS[found.kind][1]}",
    )


def shares(visit: Visit) -> dict[str, Decimal]:
    """Return each component's share of the planned money; empty without money, and with several currencies."""
    return _shares(visit.program_id, revision(visit.program_id))


@lru_cache(maxsize=KEPT)
def _shares(program_id: str, revision: str) -> dict[str, Decimal]:  # noqa: ARG001  a change is a new revision
    totals = by_component(program_id)
    planned = {each.component_id: each.planned for each in totals if each.planned is not None}
    whole = sum(planned.values(), Decimal(0))
    if whole <= 0 or len({each.currency for each in totals}) > 1:
        return {}
    return {component_id: money / whole for component_id, money in planned.items()}
