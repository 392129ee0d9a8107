"""Stakeholders: who has a say, where they stand, and where the program needs them."""

import streamlit as st

from pages.ui import forms, grid, people, shell, tables
from program import stakeholders
from program.actions import stakeholders as actions
from program.queries import stakeholders as queries

visit = shell.open_page("Stakeholders", needs="people.read")
GRID = "stakeholder.grid"
editable = visit.may("people.edit")

with st.container(), shell.saving() as dropped:
    if moves := grid.moved(key=GRID):
        actions.move_stakeholders(visit.actor, program_id=visit.program_id, moves=moves)
if not dropped.done:
    grid.refuse(key=GRID)

register = queries.stakeholders(visit.program_id)
if not register:
    place = shell.empty_then(stakeholders.headline(register), what=people.WHAT, frame="grid")
    view = "Add" if editable else ""
else:
    shell.answer(stakeholders.headline(register))
    views = ["Map", "Table", "Add", "Edit"] if editable else ["Map", "Table"]
    view = forms.view(views, key="stakeholder.view")
    place = st.container()

if view == "Map":
    figure, side = st.columns([7, 3], gap="large")
    with figure:
        grid.show(register, key=GRID, editable=editable, alt=stakeholders.headline(register))
    side.html(people.key_and_gaps(register))
    if asking := people.question(register):
        side.html(people.asks(asking))
        if editable:
            side.button(
                "Record the next step",
                type="primary",
                key="stakeholder.answer",
                on_click=st.session_state.update,
                args=({"stakeholder.view": "Edit", "stakeholder.chosen": asking.id},),
            )
elif view == "Table":
    tables.show(people.register(register), key="stakeholder.table")
elif view == "Add":
    with place:
        sent = forms.ask("stakeholder.add", people.FIELDS, begin=people.BEGIN, submit="Put on the map")
    if sent:
        forms.add(sent, actions.add_stakeholder, visit.actor, program_id=visit.program_id)
elif view == "Edit":
    by_id = {person.id: person for person in register}
    chosen = st.selectbox(
        "Who", list(by_id), format_func=lambda each: by_id[each].name, key="stakeholder.chosen", width=480
    )
    one = {"program_id": visit.program_id, "stakeholder_id": chosen}
    if sent := forms.ask(f"stakeholder.{chosen}", people.FIELDS, of=by_id[chosen], submit="Save"):
        forms.change(sent, actions.change_stakeholder, visit.actor, **one)
    with st.popover("Remove from the map"):
        st.caption("Duties on components go too.")
        if st.button("Remove", key="stakeholder.remove"):
            forms.attempt(actions.remove_stakeholder, visit.actor, **one, version=by_id[chosen].version)
