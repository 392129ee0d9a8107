"""Decisions: what was decided and why, what is taken for true, what was changed, and who does what next."""

import streamlit as st

from pages.ui import decision_reads, decisions, forms, shell

visit = shell.open_page("Decisions", needs="plan.read")
known = decision_reads.read(visit)
above = st.container()
view = forms.view(decision_reads.VIEWS, key="decision.view")
with above:
    rows = decisions.answer(known, view)
decisions.draw(visit, known, view, rows=rows)
