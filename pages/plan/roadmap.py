"""Roadmap: what is done when, what decides the end, how far it is from the baseline, and what a delay would move."""

import streamlit as st

from pages.ui import (
    forms,
    roadmap,
    roadmap_baselines,
    roadmap_calendar,
    roadmap_edit,
    roadmap_exchange,
    roadmap_forecast,
    roadmap_plan,
    roadmap_start,
    roadmap_what_if,
    roadmap_why,
    shell,
)

visit = shell.open_page("Roadmap", needs="plan.read")
plan = roadmap.read(visit)

if not plan.roadmap.activities:
    roadmap_start.show(visit, plan)
    st.stop()

above = st.container()
view = forms.view(roadmap.VIEWS, key=roadmap.VIEW)
if view != "What if":
    with above:
        roadmap.answer(plan)

if view == "Plan":
    roadmap_plan.show(plan)
elif view == "Activities":
    roadmap_edit.show(visit, plan)
elif view == "Why":
    roadmap_why.show(plan)
elif view == "What if":
    roadmap_what_if.show(visit, plan, above)
elif view == "Baselines":
    roadmap_baselines.show(visit, plan)
elif view == "Forecast":
    roadmap_forecast.show(visit, plan)
elif view == "Calendar":
    roadmap_calendar.show(visit, plan)
else:
    roadmap_exchange.show(visit, plan)
