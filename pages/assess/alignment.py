"""Alignment: where people agree, where roles see it differently, and what to talk about first."""

import streamlit as st

from pages.ui import alignment as aligned
from pages.ui import alignment_views as views
from pages.ui import result_runs, role_heat, shell, statement_rows, statement_why, tables

visit = shell.open_page("Alignment", needs="assess.read")
run = result_runs.chosen(visit)
if run is None:
    shell.empty(
        "Nobody has answered yet.",
        what="Alignment shows on which statements people agree, where they stand in two camps, and which roles see it "
        "differently, so that a meeting begins with what matters.",
        action="Answer the assessment",
        next_step="assess/take.py",
        frame="grid",
    )
if not run.readable:
    aligned.wait(visit, run)

above = st.container()
ask, shown_as, choose = st.columns([6, 2, 3], vertical_alignment="center")
view, as_table = aligned.view(ask), aligned.as_table(shown_as)
with choose:
    result_runs.choose(visit, run)
alignment, library = aligned.computed(visit, run), aligned.library(visit, run)

if view in views.SHOW:
    views.SHOW[view](visit, run, above, as_table=as_table)
    st.stop()

by_role = view == "Roles"
headline = role_heat.headline(alignment, library) if by_role else aligned.headline(alignment, library)
with above:
    shell.answer(headline)
    shell.lead(aligned.lead(alignment, run))
choice = statement_rows.choose(alignment)
found = statement_rows.statements(
    alignment, aspect=choice.aspect, label=choice.label, every=choice.every, by_gap=by_role
)
if not found:
    shell.note("No statement of this aspect is called so.")
elif as_table:
    tables.show(role_heat.table(found, library) if by_role else statement_rows.table(found, library), key="alignment")
elif by_role:
    role_heat.draw(found, alignment, library, run)
else:
    opened = statement_rows.opened(found)
    figure, side = st.columns([7, 3], gap="large")
    with figure:
        statement_rows.draw(found, alignment, library, label=headline, chosen=opened)
        shell.note(aligned.rests_on(alignment, library, run))
    with side.container(key="gw_follow"):
        statement_why.show(statement_rows.one(alignment, opened), alignment, library)
result_runs.exports(visit, run)
