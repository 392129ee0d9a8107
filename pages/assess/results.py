"""Results: where each aspect stands, who said so, why the number is what it is, and what to do next."""

import streamlit as st

from assessments.functions import ASPECTS
from pages.ui import result_path, result_runs, result_trend, result_views, shell
from pages.ui.result_reads import assessed, of_run
from program.queries import assessments

visit = shell.open_page("Results", needs="assess.read")
run = result_runs.chosen(visit)
if run is None:
    shell.empty(
        "Nobody has answered yet.",
        what="Results show every answer, the median, the target and the gap, and say why each number is so.",
        action="Answer the assessment",
        next_step="assess/take.py",
        frame="lines",
    )
if not run.readable:
    result_runs.wait(visit, run)

found, library = assessed(visit, run)
above = st.container()
view, target = result_runs.controls(visit, run, library.gates, default=found.readiness.start_with)

if view == result_runs.READINESS:
    bands = of_run(assessments.bands, visit, run)
    with above:
        result_views.answer_readiness(found.readiness, library, bands)
    result_views.readiness_of(visit, run, found, library, target, bands)
elif view in ASPECTS:
    with above:
        result_views.answer_aspect(found.aspects[view], library, target)
    result_views.aspect_of(visit, run, found.aspects[view], library, target)
elif view == result_runs.TREND:
    over = result_trend.up_to(visit, run)
    with above:
        shell.answer(result_trend.headline(over))
        shell.lead(result_trend.lead(over))
    result_trend.show(visit, over, library, target)
else:
    path = of_run(assessments.path, visit, run)
    with above:
        shell.answer(result_path.headline(path))
        if lead := result_path.lead(path):
            shell.lead(lead)
    result_path.show(visit, path, library)
