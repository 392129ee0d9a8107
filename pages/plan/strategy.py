"""Strategy: objectives, what works for them, what the team sees, use cases, and the vendors that could carry them."""

import streamlit as st

from pages.ui import (
    canvas,
    forms,
    shell,
    strategy,
    strategy_objectives,
    strategy_trace,
    strategy_use_cases,
    vendors,
)

visit = shell.open_page("Strategy", needs="plan.read")
plan = strategy.read(visit)

if plan.begun:
    above, place = st.container(), st.container()
else:
    place = shell.empty_then(strategy.answer(plan, "Objectives"), what=strategy.WHAT, frame="bars")
with place:
    view = forms.view(strategy.VIEWS, key="strategy.view")
if plan.begun:
    with above:
        shell.answer(strategy.answer(plan, view))
        if words := strategy.lead(plan, view):
            shell.lead(words)

if view == "Objectives":
    strategy_objectives.draw(plan, place)
elif view == "Trace":
    strategy_trace.draw(plan)
elif view == "Canvases":
    canvas.draw(plan)
elif view == "Use cases":
    strategy_use_cases.draw(plan)
else:
    vendors.draw(plan)
