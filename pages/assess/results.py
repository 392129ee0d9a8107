"""Results: where each aspect stands, who said so, and why the number is what it is."""

import streamlit as st

from assessments.functions import ASPECTS
from pages.ui import charts, readiness, results, shell, tables
from program.queries import assessments

visit = shell.open_page("Results", needs="assess.read")
run = assessments.latest_answered_run(visit.program_id)
if run is None:
    shell.empty(
        "Nobody has answered yet.",
        what="Results show every answer as a dot, the median, the target and the gap, and say why each number is so.",
        action="Answer the assessment",
        next_step="assess/take.py",
        frame="lines",
    )

assessed, library = results.assessed(visit, run)
profile = library.gates.targets.get(visit.program.target_profile) or next(iter(library.gates.targets.values()))
above = st.container()
ask, show_as = st.columns([7, 3], gap="large", vertical_alignment="bottom")
view = ask.segmented_control(
    "Aspect",
    ["readiness", *ASPECTS],
    default=assessed.readiness.start_with,
    required=True,
    format_func=str.capitalize,
    key="aspect",
    bind="query-params",
    label_visibility="collapsed",
)

if view not in ASPECTS:
    with above:
        shell.answer(readiness.headline(assessed.readiness, gates=library.gates))
    figure, side = st.columns([7, 4], gap="large")
    with show_as.container(horizontal_alignment="right"):
        shown = charts.switch("results.house")
    with figure:
        readiness.show(assessed.readiness, gates=library.gates, profile=profile.id, key="results.house", shown=shown)
    with side:
        readiness.why(assessed.readiness, gates=library.gates, versions=library.versions)
    st.stop()

score = assessed.aspects[view]
with above:
    shell.answer(results.headline(score, level=profile.level))
key = results.opened(score)
figure, side = st.columns([7, 3], gap="large")
with show_as.container(horizontal_alignment="right"):
    shown = charts.switch("results.figure")
with figure:
    if shown == charts.TABLE:
        tables.show(results.table(score, level=profile.level), key="results.table")
    else:
        results.draw(score, library, level=profile.level, key=key)
    shell.note(results.lead(score))
with side:
    by_id = {each.id: each for each in score.dimensions}
    chosen = st.selectbox(
        "Why this number",
        list(by_id),
        format_func=lambda each: by_id[each].short_name,
        key=key,
        label_visibility="collapsed",
    )
    dimension = by_id[chosen or next(iter(by_id))]
    leads_to = results.leads_to(visit, dimension.id)
    results.why(dimension, score, library, run, zone=visit.program.time_zone, leads_to=leads_to)
    with st.popover(f"Show the {len(dimension.answers) + len(dimension.left_out)} rows"):
        tables.show(results.answers(dimension), key="results.answers")
