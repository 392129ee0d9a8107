"""Stakeholders: who has a say, where they stand, and where the program needs them."""

import streamlit as st

from pages.ui import (
    people,
    register,
    register_form,
    register_history,
    register_map,
    register_paste,
    register_table,
    shell,
)
from program import stakeholders

visit = shell.open_page("Stakeholders", needs="people.read")
editable = visit.may("people.edit")

register_map.save_drop(visit)
found = register.read(visit)
if found.people:
    shell.answer(stakeholders.headline(found.people))
    place = st.container()
else:
    place = shell.empty_then(stakeholders.headline(()), what=people.WHAT, frame="grid")

with place:
    view = register.view(found, editable=editable)
    if view == "Map":
        register_map.draw(visit, found)
    elif view == "Table":
        register_table.draw(found)
    elif view == "Paste":
        register_paste.draw(visit, found)
    elif view == "Add":
        register_form.add(visit, found)
    elif view == "Edit":
        register_form.edit(visit, found)
    elif view == "History":
        register_history.draw(visit, found)
