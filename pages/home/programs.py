"""Programs: which there are, and starting, copying, exporting, archiving one."""

import streamlit as st

from pages.ui import programs, shell, tables
from program.queries import programs as queries

visitor = shell.open_house("Programs")
programs.open_made()
creates = visitor.may("program.create")
cards = queries.programs_of(visitor.actor.user_id)

if not cards:
    place = shell.empty_then(programs.headline(cards), what=programs.WHAT, frame="bars")
else:
    shell.answer(programs.headline(cards))
    place = st.container()
views = [*(["Programs"] if cards else []), *(["New", "Bring in a file"] if creates else []), "Archived"]
with place:
    view = st.segmented_control(
        "View", views, default=views[0], required=True, key="program.view", label_visibility="collapsed"
    )
    if view == "Programs":
        tables.show(programs.register(cards, here=shell.current(cards).id), key="program.register", download=False)
        programs.manage(visitor.actor, cards, may_create=creates)
    elif view == "New":
        programs.ask_new(visitor.actor, visitor.today)
    elif view == "Bring in a file":
        programs.bring_in(visitor.actor)
    else:
        programs.archived(visitor.actor, queries.programs_of(visitor.actor.user_id, archived=True))
    if not cards and not creates:
        shell.note("Ask an owner of this installation for a program, or to be invited to one.")
