"""Runs of the assessment: starting one, taking part, closing it."""

from uuid import uuid4

import streamlit as st

from assessments import library as models
from assessments.functions import FUNCTIONS
from pages.ui import shell, text
from program.actions import assessments as actions
from program.runs import FORMS, Run


def join(visit: shell.Visit, run: Run) -> None:
    """Ask from which place in the company somebody answers, and let them in."""
    names = {function.id: function.name for function in FUNCTIONS.values()}
    with st.form("take.join", border=False):
        chosen = st.selectbox(
            "You answer as", list(names), format_func=names.__getitem__, key="take.function", width=360
        )
        st.caption(
            "Your answers are shown with your name to the members of this program. A consultant's are not counted."
        )
        pressed = st.form_submit_button("Begin", type="primary", key="take.begin")
    if pressed:
        with shell.saving() as saving:
            actions.join_run(visit.actor, program_id=visit.program_id, run_id=run.id, function=chosen)
        if saving.done:
            st.rerun()


def start(visit: shell.Visit) -> None:
    """Ask for a new run's name and form, and open it."""
    with st.form("run.start", border=False):
        name = st.text_input("Name", f"Assessment {text.month(visit.today)}", key="run.name", max_chars=200, width=480)
        form = _ask_form()
        pressed = st.form_submit_button("Start the assessment", type="primary", key="run.submit")
    if pressed:
        once = st.session_state.setdefault("run.intention", uuid4().hex)
        with shell.saving() as saving:
            actions.start_run(visit.actor, program_id=visit.program_id, name=name, form=form, intention=once)
        if saving.done:
            del st.session_state["run.intention"]
            st.rerun()


def close(visit: shell.Visit, run: Run) -> None:
    """Offer to close a run for good."""
    with st.popover("Close this run"):
        st.caption("It takes no more answers. A new run keeps its own answers.")
        if st.button("Close for good", key="run.close"):
            with shell.saving() as saving:
                actions.close_run(visit.actor, program_id=visit.program_id, run_id=run.id, version=run.version)
            if saving.done:
                st.rerun()


def _ask_form() -> str:
    asked = {form: len(models.load().statements("long" if form == "long" else "short")) for form in FORMS}
    words = {form: f"{FORMS[form]}: {asked[form]} statements, about {round(asked[form] / 2)} minutes" for form in FORMS}
    captions = ["One statement for each part; for a workshop.", "Every statement; for a steering team."]
    return st.radio("Form", list(FORMS), format_func=words.__getitem__, key="run.form", captions=captions)
