"""Budget: what the components may cost, what is ordered and spent, and where it ends."""

import streamlit as st

from pages.ui import forms, ledger, shell, svg, tables
from program import budget
from program.actions import budget as actions
from program.queries import budget as queries
from program.queries import components

visit = shell.open_page("Budget", needs="plan.read")
editable = visit.may("money.edit")
lines = queries.lines(visit.program_id)
whole = ledger.added_up(lines)
start = {"currency": visit.program.currency, "on": visit.today, "kind": "actual"}

if lines:
    shell.answer(ledger.headline(lines, whole))
    views = ["Lines", "Entries", *(["Add a line", "Book an entry", "Edit a line"] if editable else [])]
    view = forms.view(views, key="budget.view")
    place = st.container()
else:
    place = shell.empty_then(budget.headline(lines), what=ledger.WHAT, frame="bars")
    view = "Add a line" if editable else ""

if view == "Lines":
    for currency, some in budget.by_currency(lines).items():
        drawn = ledger.drawing(some, whole or budget.total(some))
        svg.draw(drawn, key=f"budget.lines.{currency}", style=ledger.STYLE)
    if whole:
        shell.note(ledger.missing(whole))
    else:
        shell.note(
            "Amounts in different currencies are not added up. Book entries with a rate on lines of one currency."
        )
elif view == "Add a line":
    built = {each.id: each.name for each in components.components(visit.program_id)}
    with place:
        if not built:
            shell.note("A line belongs to a component, and there is none yet.")
            if st.button("Choose the components", type="primary", key="budget.components"):
                st.switch_page("plan/components.py")
        elif sent := forms.ask("budget.add", ledger.line_fields(built), begin=start, submit="Add the line", columns=3):
            forms.add(sent, actions.add_line, visit.actor, program_id=visit.program_id)
elif view == "Book an entry":
    if sent := forms.ask("budget.book", ledger.entry_fields(lines), begin=start, submit="Book it", columns=3):
        forms.add(sent, actions.book, visit.actor, program_id=visit.program_id)
elif view in ("Entries", "Edit a line"):
    by_id = {each.line_id: each for each in lines}
    which = st.selectbox(
        "Line",
        list(by_id),
        format_func=lambda each: f"{by_id[each].component_name}: {by_id[each].name}",
        key="budget.line",
        width=480,
    )
    one = {"program_id": visit.program_id, "line_id": which}
    if view == "Entries":
        tables.show(ledger.entry_table(queries.entries(**one), by_id[which].currency), key="budget.entries")
    else:
        if sent := forms.ask(f"budget.{which}", ledger.EDIT_FIELDS, of=by_id[which], submit="Save", columns=3):
            forms.change(sent, actions.change_line, visit.actor, **one)
        with st.popover("Remove the line"):
            st.caption("Only while nothing is ordered or spent on it.")
            if st.button("Remove", key="budget.remove"):
                forms.attempt(actions.remove_line, visit.actor, **one, version=by_id[which].version)
