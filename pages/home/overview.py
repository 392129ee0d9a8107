"""Overview: how ready the program is, what to do next, what it costs, and whether engagement changed."""

import streamlit as st

from pages.ui import figures, overview, overview_news, readiness, results, shell

visit = shell.open_page("Overview", needs="program.read")
found = overview.found(visit)
shell.data_to(visit, figures.data_to(visit))

if found.assessment is None or found.run is None:
    answer, lead = overview.unanswered(found)
    shell.answer(answer)
    shell.lead(lead)
else:
    library = results.library(visit, found.run)
    shell.answer(readiness.headline(found.assessment.readiness, gates=library.gates))

figure, side = st.columns([7, 4], gap="large")
with figure:
    if found.assessment is None or found.run is None:
        overview.draw_unanswered(found)
    else:
        profile = visit.program.target_profile
        readiness.show(found.assessment.readiness, gates=library.gates, profile=profile, key="overview.house")
        readiness.as_table(found.assessment.readiness, gates=library.gates, profile=profile, key="overview.house")
with side:
    overview.next_actions(found.next_actions)
    with st.container(horizontal=True):
        overview.begin(found.next_actions)
        if found.assessment is not None:
            readiness.go_to_why(found.assessment.readiness)
    shell.note(overview.components_line(found.components, found.overdue))

overview.rule()
if found.assessment is not None or not found.planned:
    overview.draw_money(found.money, found.money_reason)
    overview.rule()
overview.draw_engagement(visit)
overview_news.draw(visit, found)
