"""Components: what the program is built of, what each may leave its stage for, and what the assessment proposes."""

import streamlit as st

from pages.ui import (
    component_adopt,
    component_choice,
    component_edit,
    component_reads,
    component_thread,
    forms,
    gates,
    gates_forms,
    plan,
    shell,
)
from program import components
from program.actions import components as actions
from program.queries import components as queries

visit = shell.open_page("Components", needs="plan.read")
editable = visit.may("plan.edit")
read = component_reads.read(visit)
built = read.components
component_choice.arrive(read)

if built:
    place = st.container()
else:
    place = shell.empty_then(components.headline(built, visit.today), what=plan.WHAT, frame="bars")
above = place.container()
with place:
    view = forms.view(plan.views(built, editable=editable), key=component_choice.VIEW)

if built and view in (plan.ONE, plan.GATE, plan.EDIT):
    one = component_choice.pick(read)
    gate = read.gates[one.id]

if view == plan.REGISTER:
    component_choice.leave()
    kept = component_choice.filtered(read)
    plan.show_register(visit, read, kept, key="component.register")
    shell.note(plan.counted(read, kept))
elif view == plan.ONE:
    component_thread.show(visit, read, one)
elif view == plan.GATE:
    gates.show(visit, read, gate)
    if editable:
        plan.side_by_side(
            ("Evidence", gates_forms.evidence, (visit, gate)), ("Decide", gates_forms.decide, (visit, read, gate))
        )
        gates_forms.step_back(visit, one)
    gates.after(visit, read, gate)
elif view == plan.PROPOSED:
    proposals = queries.proposals(visit.program_id)
    with place:
        component_adopt.show(visit, read, proposals, editable=editable)
elif view == plan.ADD:
    with place:
        sent = forms.ask("component.add", plan.NEW_FIELDS, submit="Add the component", columns=3)
        component_edit.owned(visit, read)
    if sent:
        forms.add(sent, actions.add_component, visit.actor, program_id=visit.program_id)
elif view == plan.EDIT:
    component_edit.show(visit, read, one, gate)

if built:
    with above:
        if view in (plan.ONE, plan.EDIT):
            shell.answer(component_thread.headline(one, read))
        elif view == plan.GATE:
            gates.answer(gate)
        elif view == plan.PROPOSED:
            shell.answer(component_adopt.headline(proposals))
        else:
            shell.answer(components.headline(built, visit.today))
            if view == plan.REGISTER:
                shell.lead(gates.overview(read))
                plan.findings(built)
