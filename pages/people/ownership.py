"""Ownership: who answers for each component, who does the work, who is asked and who is told."""

import streamlit as st

from pages.ui import matrix, people, shell, tables
from program import ownership
from program.actions import ownership as actions
from program.queries import ownership as queries

visit = shell.open_page("Ownership", needs="people.read")
MATRIX = "duty.matrix"
editable = visit.may("people.edit")

with st.container(), shell.saving() as saved:
    if change := matrix.changed(key=MATRIX):
        actions.set_duty(visit.actor, program_id=visit.program_id, **vars(change))
if not saved.done:
    matrix.refuse(key=MATRIX)

duties = queries.matrix(visit.program_id)
if not duties.components or not duties.people:
    missing = "plan/components.py" if not duties.components else "people/stakeholders.py"
    shell.empty(
        ownership.headline(duties),
        what="Every component has exactly one person who answers for it (A) and at least one who does the work (R); "
        "others are consulted before (C) or informed after (I). It takes components and people to say so.",
        action="Choose the components" if not duties.components else "Put people on the map",
        next_step=missing,
        frame="grid",
    )

shell.answer(ownership.headline(duties))
shell.note("A answers for it · R does the work · C is asked before · I is told after")
matrix.show(duties, key=MATRIX, editable=editable)
if duties.findings:
    shell.title("What to mend", people.count_findings(duties))
    tables.show(people.finding_table(duties.findings), key="duty.findings")
else:
    shell.note("Every rule of the matrix holds.")
