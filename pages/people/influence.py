"""Influence: who influences whom, who holds the network together, and how the sponsor reaches the resistant."""

import streamlit as st

from pages.ui import (
    forms,
    influence_answers,
    influence_entry,
    influence_groups,
    influence_network,
    influence_reads,
    influence_sponsor,
    shell,
)

visit = shell.open_page("Influence", needs="influence.read")
influence_entry.save(visit)
known = influence_reads.known(visit)
if len(known.people) < 2:
    shell.empty(
        influence_answers.few_people(known),
        what=influence_answers.WHAT_IS_A_TIE,
        action="Put people on the map",
        next_step="people/stakeholders.py",
        frame="grid",
    )
if not known.ties:
    st.session_state.setdefault("influence.view", "Ties")  # the first tie must not lead away from where it is entered

above = st.container()
view = forms.view(["Network", "Sponsor", "Ties", "Groups"], key="influence.view")
if view == "Network":
    influence_network.show(visit, known, above)
elif view == "Sponsor":
    influence_sponsor.show(known, above)
elif view == "Groups":
    influence_groups.show(known, above)
else:
    influence_entry.show(visit, known, above)
shell.note("Ties are about named people: only facilitators and owners of this program see this page.")
