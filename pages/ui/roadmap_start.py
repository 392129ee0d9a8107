"""The roadmap while it is empty: one activity by hand, or one of each component that has dates."""

from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import forms, roadmap_edit, roadmap_exchange, shell, tables, text
from pages.ui.roadmap import WHAT, Plan
from pages.ui.shell import Visit
from program import roadmap
from program.actions import roadmap as actions
from program.activity_rows import ActivityRow
from program.calendars import WorkingCalendar
from program.components import Component, is_live

BEGUN, ACTIVITY, FILE = "roadmap.begun", "activity", "file"


def show(visit: Visit, plan: Plan) -> None:
    """Draw what is missing and the next step: a form, or one press for all components with dates."""
    place = shell.empty_then(roadmap.headline(plan.roadmap), what=WHAT, frame="bars")
    if not visit.may("plan.edit"):
        return
    if not plan.components:
        _components_first(place)
    dated = [each for each in plan.components.values() if each.starts_on and each.due_on]
    begun = st.session_state.get(BEGUN) or ("" if dated else ACTIVITY)
    with place:
        if not begun:
            _offer(visit, plan, dated)
        elif begun == ACTIVITY:
            roadmap_edit.add(visit, plan)
            st.button("Bring in a file", key="roadmap.begin.file", on_click=_begin, args=(FILE,))
        else:
            roadmap_exchange.bring_in(visit, plan)
            st.button("Plan the first activity", key="roadmap.begin.first", on_click=_begin, args=(ACTIVITY,))


def rows(components: list[Component], plan: Plan, visit: Visit) -> list[ActivityRow]:
    """One activity per component from its start to its due day; those that are live are done."""
    return [
        ActivityRow(
            line=at,
            key=each.id,
            name=each.name,
            duration=duration(each, plan.roadmap.calendar),
            values={"component_id": each.id, **_values(each, visit)},
        )
        for at, each in enumerate(sorted(components, key=lambda each: (str(each.starts_on), each.name)), start=1)
    ]


def duration(component: Component, calendar: WorkingCalendar) -> Decimal:
    """The working days from a component's start to its due day, both included."""
    if component.starts_on is None or component.due_on is None:
        return Decimal(0)
    return Decimal(max(1, calendar.number_after(component.due_on) - calendar.number(component.starts_on)))


def _values(component: Component, visit: Visit) -> dict[str, object]:
    if is_live(component, visit.today):
        return {"percent": Decimal(100), "started_on": component.starts_on, "finished_on": component.live_on}
    return {"not_before": component.starts_on}


def _offer(visit: Visit, plan: Plan, dated: list[Component]) -> None:
    with st.container(horizontal=True):
        if st.button("Make an activity of each component", type="primary", key="roadmap.make"):
            forms.attempt(
                actions.import_activities,
                visit.actor,
                noun="roadmap.make",
                program_id=visit.program_id,
                rows=rows(dated, plan, visit),
                intention=forms.intention("roadmap.make"),
            )
        st.button("Plan the first activity", key="roadmap.first", on_click=_begin, args=(ACTIVITY,))
        st.button("Bring in a file", key="roadmap.file.first", on_click=_begin, args=(FILE,))
    shell.title(f"{text.plural(len(dated), 'component has', 'components have')} a start and a due date")
    st.html(tables.html(_suggested(dated, plan)))
    if left := len(plan.components) - len(dated):
        shell.note(f"{text.plural(left, 'component has', 'components have')} no dates and would be left out.")


def _begin(how: str) -> None:
    st.session_state[BEGUN] = how


def _suggested(dated: list[Component], plan: Plan) -> tables.Table:
    return tables.Table(
        columns=(
            tables.Column("Component"),
            tables.Column("Starts", text.day),
            tables.Column("Due", text.day),
            tables.Column("Working days", text.number, number=True),
        ),
        rows=tuple(
            (each.name, each.starts_on, each.due_on, duration(each, plan.roadmap.calendar))
            for each in sorted(dated, key=lambda each: (str(each.starts_on), each.name))
        ),
        name="suggested",
    )


def _components_first(place: DeltaGenerator) -> None:
    with place:
        shell.note("An activity may stand alone; with components, the roadmap can be read by aspect and by money.")
        if st.button("Choose the components", key="roadmap.components"):
            st.switch_page("plan/components.py")
