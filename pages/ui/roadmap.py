"""The roadmap page's parts: what it reads, what it answers with, and what it says while there is nothing."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessments import library
from pages.ui import shell, tables, text
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program import baselines, roadmap
from program.activity_cells import Known, known_of
from program.baselines import BaselineHead, Drift, Frozen
from program.catalog import PROPOSALS
from program.components import Component
from program.placing import PlacedActivity, Roadmap
from program.planning import Settings
from program.queries import components, stakeholders
from program.queries import roadmap as queries
from program.queries.revisions import revision
from program.schedule import Cycle

VIEWS = ("Plan", "Activities", "Why", "What if", "Baselines", "Forecast", "Calendar", "Exchange")
VIEW, ACTIVITY = "roadmap.view", "roadmap.activity"
KEPT = 32  # programs in memory
LISTED = 60  # rows of a table
MANY = 3_000  # activities that take about half a second to place
WIDE = ".gw-wide .gw-table th, .gw-wide .gw-table td {overflow-wrap:break-word}"
WHAT = (
    "A roadmap says which work has to be done for each component, how long it takes and what it waits for. From that "
    "follow the dates, the work that decides the end, and what a delay moves."
)
ASPECTS = {"mindset": "Mindset", "mechanism": "Mechanism", "strategy": "Strategy"}


@dataclass(frozen=True)
class Plan:
    """
    Everything the page shows: the roadmap as of today, and the newest baseline that it is compared with.

    people: names by id, equal ones told apart. known: what a file may name.
    """

    roadmap: Roadmap
    components: Mapping[str, Component]
    people: Mapping[str, str]
    known: Known
    settings: Settings
    heads: tuple[BaselineHead, ...]
    frozen: Frozen | None
    drift: Drift | None

    @property
    def names(self) -> dict[str, str]:
        """The names of the activities by id, equal ones told apart."""
        return text.distinct({each.id: each.activity.name for each in self.roadmap.activities})

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each activity in the order of the page, as links are written: 3 FS+2."""
        return {each.id: at for at, each in enumerate(self.roadmap.activities, start=1)}

    def component(self, placed: PlacedActivity) -> str:
        """The name of an activity's component, "" for none."""
        found = self.components.get(placed.activity.component_id or "")
        return found.name if found else ""

    def owner(self, placed: PlacedActivity) -> str:
        """The name of an activity's owner, "" for nobody."""
        return self.people.get(placed.activity.owner_id or "", "")


def read(visit: Visit) -> Plan:
    """Return the plan; read anew only when something in the program changed. Stops the page at a circle of links."""
    try:
        return read_for(visit.program_id, visit.today)
    except Cycle as problem:
        names = {each.id: each.name for each in queries.activities(visit.program_id)}
        circle = [names.get(each, each) for each in problem.members]
        shell.answer("The roadmap has no dates: some activities wait for each other.")
        shell.refuse(f"Remove one of these links: {' > '.join([*circle, circle[0]])}.", heading="A circle of links")


def read_for(program_id: str, today: date) -> Plan:
    """Return the plan as seen on a day. Raises program.schedule.Cycle."""
    return _plan(program_id, today, revision(program_id))


@lru_cache(maxsize=KEPT)
def _plan(program_id: str, today: date, revision: str) -> Plan:  # noqa: ARG001  a change is a new revision
    placed = queries.roadmap(program_id, today=today)
    heads = tuple(queries.baselines(program_id))
    frozen = queries.frozen(program_id, heads[0].id) if heads else None
    drift = baselines.drift(frozen, placed, *queries.scope(program_id)) if frozen else None
    found = {each.id: each for each in components.components(program_id)}
    people = {each.id: each.name for each in stakeholders.stakeholders(program_id)}
    return Plan(
        roadmap=placed,
        components=found,
        people=text.distinct(people),
        known=known_of({each.id: each.name for each in found.values()}, people),
        settings=queries.settings(program_id),
        heads=heads,
        frozen=frozen,
        drift=drift,
    )


def answer(plan: Plan) -> None:
    """Draw the headline: when the roadmap ends, how far that is from the baseline, and what decides it."""
    shell.answer(roadmap.headline(plan.roadmap, plan.drift))


def aspect(component: Component | None) -> str:
    """The aspect that a component lifts: of its dimension, else of the first one that proposes it; "" for none."""
    if component is None:
        return ""
    of = {each.id: str(each.aspect) for each in library.load().dimensions}
    if component.dimension_id in of:
        return of[component.dimension_id]
    proposing = (each for each, proposed in PROPOSALS.items() if component.catalog_id in proposed)
    return next((of[each] for each in proposing if each in of), "")


def open_why(activity_id: str) -> None:
    """Show why an activity stands where it does: for a callback."""
    st.session_state[VIEW] = "Why"
    st.session_state[ACTIVITY] = activity_id


def open_activities() -> None:
    """Show the activities to edit them: for a callback."""
    st.session_state[VIEW] = "Activities"


def open_what_if(activity_id: str) -> None:
    """Show what a delay of an activity moves: for a callback."""
    st.session_state[VIEW] = "What if"
    st.session_state[ACTIVITY] = activity_id


def choose(plan: Plan, *, open_only: bool = False) -> str:
    """Draw the choice of one activity, at first the one that holds up the end next; return its id."""
    shown = [each for each in plan.roadmap.activities if not (open_only and each.done)]
    told = plan.names
    names = {each.id: told[each.id] for each in shown}
    first = next((each.id for each in shown if each.critical and not each.activity.milestone), shown[0].id)
    if st.session_state.get(ACTIVITY, first) not in names:
        del st.session_state[ACTIVITY]
    return st.selectbox(
        "Activity",
        list(names),
        index=0 if ACTIVITY in st.session_state else list(names).index(first),
        format_func=names.__getitem__,
        key=ACTIVITY,
        width=480,
        bind="query-params",
    )


def patience(plan: Plan) -> AbstractContextManager[None]:
    """A line of words while many activities are placed anew; nothing for as few as are placed at once."""
    count = len(plan.roadmap.activities)
    return shell.working(f"Placing {text.number(count)} activities") if count >= MANY else nullcontext()


def listed(table: tables.Table, *, key: str, most: int = LISTED, download: bool = True) -> None:
    """Draw the first rows of a table, wide enough to be read on a phone too, and all of them as files."""
    shown = tables.Table(table.columns, table.rows[:most], table.name, table.total)
    st.html(f'<style>{WIDE}</style><div class="gw-wide">{tables.html(shown)}</div>')
    if len(table.rows) > most:
        note = f"The first {most} of {text.number(len(table.rows))} rows."
        shell.note(f"{note} The files hold all." if download else note)
    if download:
        tables.downloads(table, key=key)


def figures(place: DeltaGenerator, facts: Mapping[str, str]) -> None:
    """Draw some big figures side by side, each under its name."""
    cells = "".join(
        f'<div><dt class="gw-note">{markup(name)}</dt><dd class="gw-number" style="margin:0">{markup(shown)}</dd></div>'
        for name, shown in facts.items()
    )
    place.html(f'<dl style="display:flex;flex-wrap:wrap;gap:8px 48px;margin:0;padding:0">{cells}</dl>')
