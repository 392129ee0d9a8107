"""Budget: what the components may cost, what is ordered and spent, what the work is worth, and where it ends."""

import streamlit as st

from pages.ui import (
    budget_entries,
    budget_import,
    budget_lines,
    budget_months,
    budget_reads,
    budget_rules,
    cash_view,
    earned_view,
    forms,
    shell,
)
from pages.ui.budget_reads import CASH, EARNED, ENTRIES, IMPORT, LINES, MONTHS, RULES, VIEWS

visit = shell.open_page("Budget", needs="plan.read")
whole = budget_reads.asked(visit)
if not budget_reads.lines(whole):
    budget_lines.begin(visit, whole)
    st.stop()

above = st.container()
with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="budget_views"):
    view = forms.view(VIEWS, key="budget.view")
    asked = budget_reads.narrowed(visit, whole, view)

if view == LINES:
    budget_lines.show(visit, asked, above)
elif view == ENTRIES:
    budget_entries.show(asked, above)
elif view == MONTHS:
    budget_months.show(visit, asked, above)
elif view == EARNED:
    earned_view.show(visit, asked, above)
elif view == IMPORT:
    budget_import.show(visit, asked, above)
elif view == CASH:
    cash_view.show(visit, asked, above)
elif view == RULES:
    budget_rules.show(visit, asked, above)
