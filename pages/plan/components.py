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
    place = st.container()
else:
    place = shell.empty_then(answer, what=plan.WHAT, frame="bars")
views = [
    *(["Register"] if built else []),
    "Proposed",
    *(["Add"] if editable else []),
    *(["Edit"] if editable and built else []),
]
with place:
    view = forms.view(views, key="component.view")

if view == "Register":
    duties = ownership.duties(visit.program_id)
    people = stakeholders.stakeholders(visit.program_id)
    tables.show(plan.register(built, duties, people, visit.today), key="component.register")
elif view == "Proposed":
    proposals = queries.proposals(visit.program_id)
    free = plan.choices(built)
    with place:
        if not proposals:
            shell.note("Nothing is proposed: no assessment has answers yet, or no dimension is below the target.")
            if st.button("Take the assessment", type="primary", key="component.assess"):
                st.switch_page("assess/take.py")
        if editable and free:
            plan.adopt(visit, proposals, free)
    if proposals:
        tables.show(plan.proposed(proposals), key="component.proposed", download=False)
elif view == "Add":
    with place:
        sent = forms.ask("component.add", plan.FIELDS, submit="Add the component", columns=3)
    if sent:
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
