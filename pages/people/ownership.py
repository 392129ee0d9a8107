"""Ownership: who answers for what, how much each person carries, how components are owned, and what changes hands."""

import streamlit as st

from pages.ui import follow_ups, forms, handover, ladder, loads, matrix, owning, shell, tables
from program.queries import ownership

visit = shell.open_page("Ownership", needs="people.read")
editable = visit.may("people.edit")
owning.save(visit)
owners = owning.read(visit)
owning.need(owners)

above = st.container()
with st.container(horizontal=True, gap="medium"):
    view = forms.view(owning.VIEWS, key="duty.view")
    kind = owning.about() if view == "Matrix" else "component"

if view == "Matrix":
    found = owning.matrix_of(visit, kind)
    with above:
        owning.answer(found)
    here = st.query_params.get("component", "")
    matrix.show(found, owners.items, owners.people, owners.loads, key=owning.MATRIX, editable=editable, here=here)
    tables.downloads(owning.as_table(found), key="duty.file")
    if found.findings and visit.may("plan.edit"):
        with st.popover("Add a follow-up of a finding"):
            follow_ups.ask(visit, {each.id: each.name for each in owners.people}, origin="finding")
elif view == "People":
    function, who = loads.filters(owners)
    carried = loads.shown(owners, function)
    with above:
        shell.answer(loads.headline(carried, owners))
    if who:
        tables.show(loads.one_person(owners, who), key="duty.one")
    else:
        tables.show(loads.as_table(carried, owners), key="duty.loads")
    shell.note(loads.KEY)
    if risks := loads.risks(owners):
        loads.show_risks(risks)
elif view == "Ladder":
    with above:
        owning.need_components(owners, ladder.WHAT)
    rungs = ownership.ladder(visit.program_id)
    findings = [each for each in owning.matrix_of(visit, kind).findings if each.code == "network_owner"]
    with above:
        shell.answer(ladder.headline(rungs, findings, owners.names))
    ladder.alerts(findings)
    ladder.show(rungs, owning.shares(visit), owners.names, key=owning.LADDER, editable=editable)
    ladder.stages()
    tables.downloads(ladder.as_table(rungs, owners.names), key="ladder.file")
else:
    with above:
        owning.need_components(owners, handover.WHAT)
    handovers = ownership.handovers(visit.program_id)
    with above:
        shell.answer(handover.headline(handovers, owners.names, visit.today))
    handover.ahead(visit, handovers, owners.names)
    handover.done(handovers, owners.names, visit.program.time_zone)
    if editable:
        handover.plan(visit, owners)
