"""Components: what the program is built of, where each stands, and what the assessment proposes."""

import streamlit as st

from pages.ui import forms, plan, shell, tables
from program import components
from program.actions import components as actions
from program.queries import components as queries
from program.queries import ownership, stakeholders

visit = shell.open_page("Components", needs="plan.read")
editable = visit.may("plan.edit")
built = queries.components(visit.program_id)
answer = components.headline(built, visit.today)

if built:
    shell.answer(answer)
else:
    shell.empty_then(answer, what=plan.WHAT, frame="bars")
views = [
    *(["Register"] if built else []),
    "Proposed",
    *(["Add"] if editable else []),
    *(["Edit"] if editable and built else []),
]
view = forms.view(views, key="component.view")

if view == "Register":
    duties = ownership.duties(visit.program_id)
    people = stakeholders.stakeholders(visit.program_id)
    tables.show(plan.register(built, duties, people, visit.today), key="component.register")
elif view == "Proposed":
    proposals = queries.proposals(visit.program_id)
    if proposals:
        tables.show(plan.proposed(proposals), key="component.proposed", download=False)
    else:
        shell.note("Nothing is proposed: no assessment has answers yet, or no dimension is below the target.")
        if st.button("Take the assessment", key="component.assess"):
            st.switch_page("assess/take.py")
    free = plan.choices(built)
    if editable and free:
        chosen = st.multiselect(
            "Adopt from the catalog",
            list(free),
            default=[each for each in plan.suggested(proposals) if each in free],
            format_func=free.__getitem__,
            key=f"component.chosen.{len(built)}",
        )
        if st.button(
            f"Adopt these {len(chosen)}" if chosen else "Adopt",
            type="primary",
            disabled=not chosen,
            key="component.adopt",
        ):
            forms.attempt(
                actions.adopt,
                visit.actor,
                noun="component.adopt",
                program_id=visit.program_id,
                proposals=plan.chosen(chosen, proposals),
                intention=forms.intention("component.adopt"),
            )
elif view == "Add":
    if sent := forms.ask("component.add", plan.FIELDS, submit="Add the component", columns=3):
        forms.add(sent, actions.add_component, visit.actor, program_id=visit.program_id)
elif view == "Edit":
    by_id = {each.id: each for each in built}
    which = st.selectbox(
        "Which", list(by_id), format_func=lambda each: by_id[each].name, key="component.which", width=480
    )
    one = {"program_id": visit.program_id, "component_id": which}
    if sent := forms.ask(f"component.{which}", plan.FIELDS, of=by_id[which], submit="Save", columns=3):
        forms.change(sent, actions.change_component, visit.actor, **one)
    with st.popover("Remove the component"):
        st.caption("Its duties and targets go too. With money booked on it, it stays.")
        if st.button("Remove", key="component.remove"):
            forms.attempt(actions.remove_component, visit.actor, **one, version=by_id[which].version)
