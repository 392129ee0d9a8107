"""Take: answer the assessment, one statement at a time or all in a list; every answer is kept at once."""

import streamlit as st

from pages.ui import answering, asking, leading, runs, shell
from pages.ui import sheet as sheets
from program.queries import assessments as queries

visit = shell.open_page("Take", needs="assess.read")
run = runs.chosen(visit)
leads = visit.may("assess.manage")

if run is None and not leads:
    shell.empty(
        "No assessment is open yet.",
        what="A facilitator or an owner of this program starts one. Then everybody says what is so; the short form "
        "takes about twelve minutes.",
    )
if run is None:
    place = shell.empty_then(
        "No assessment is open yet.",
        what="Each person says what is so, in 23 or 87 statements with five described levels. The answers show whether "
        "mindset, mechanism and strategy carry the program, and which component to begin with.",
        frame="lines",
    )
    with place:
        runs.start(visit)
    st.stop()
if run.closed_at is not None:
    shell.answer(f"“{run.name}” is closed. It takes no more answers.")
    answering.to_results()
    if leads:
        shell.title("Start the next one")
        runs.start(visit)
    st.stop()

me = queries.my_respondent(visit.program_id, run.id, visit.actor.user_id)
if not visit.may("assess.answer"):
    shell.answer("You read this program; you do not answer for it.")
    shell.note("An owner can make you a contributor on the members page.")
    answering.to_results()
elif run.anonymous:
    shell.answer(f"“{run.name}” is anonymous. Everybody answers it by its link.")
    shell.lead("It opens beside this page and does not know your account; results appear here when it is closed.")
    st.link_button("Answer by the link", leading.address(run), type="primary", key="take.by_link")
elif me is None:
    shell.answer(f"Answer “{run.name}”: what is so, not what should be.")
    shell.lead("You can stop at any time and go on later; every answer is kept as soon as it is given.")
    runs.join(visit, run)
else:
    asking.show(sheets.of_member(visit, run, me))
if leads:
    leading.lead(visit, run)
