"""Risks: what may happen, which to answer first, what they may cost, and what the program proposes to add."""

import streamlit as st

from pages.ui import follow_ups, forms, risk_forms, risk_matrix, risk_reads, risk_table, shell

visit = shell.open_page("Risks", needs="plan.read")
editable = visit.may("plan.edit")
known = risk_reads.read(visit)

if known.risks:
    shell.answer(risk_reads.answer(known))
    shell.lead(risk_reads.lead(known))
    place = st.container()
else:
    place = shell.empty_then(risk_reads.answer(known), what=risk_reads.WHAT, frame="grid")
views = ["Matrix", "Register", "Proposed", *(["Add", "Edit"] if editable else [])]
if not known.risks:
    views = ["Add", "Proposed"] if editable and not risk_reads.proposals(visit) else ["Proposed", "Add"][: 1 + editable]
with place:
    view = forms.view(views, key="risk.view")

if view in ("Matrix", "Register"):
    some = risk_reads.filters(known)
    numbers = risk_reads.numbered(some)
    if view == "Matrix":
        figure, side = st.columns([7, 4], gap="large")
        with figure:
            shell.title("Open risks by probability and impact", risk_matrix.summary(some))
            risk_matrix.show(some, numbers, key="risk.matrix")
            shell.note("The same rows stand under Register, with their numbers, and as files.")
        with side:
            risk_table.look(some, numbers, known)
    else:
        risk_table.show(some, numbers, known)
elif view == "Proposed":
    with place:
        risk_forms.proposed(visit, known, risk_reads.proposals(visit))
elif view == "Add":
    with place:
        risk_forms.add(visit, known)
elif view == "Edit":
    one = risk_forms.choose(known)
    if one:
        risk_forms.edit(visit, known, one)
        follow_ups.beside(visit, known.people, origin="risk", origin_id=one.id)
