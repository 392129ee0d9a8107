"""Runs of the assessment: starting one, choosing one, taking part."""

from uuid import uuid4

import streamlit as st

from assessments.functions import FUNCTIONS
from pages.ui import shell, text
from program.actions import assessments as actions
from program.queries import assessments as queries
from program.queries.models import library_of
from program.runs import FORMS, Run

CHOSEN = "take.run"
PARAMETER = "run"
MODES = {"named": "Named", "anonymous": "Anonymous"}
MODE_WORDS = (
    "The members of this program see who said what.",
    "Nobody sees who said what; small functions are never shown, and results appear when the run is closed.",
)


def chosen(visit: shell.Visit) -> Run | None:
    """Return the run to answer: the one chosen among those that are open, else the newest; None before the first."""
    found = queries.runs(visit.program_id)
    by_id = {run.id: run for run in found if run.closed_at is None}
    if len(by_id) < 2:
        return next(iter(by_id.values()), found[0] if found else None)
    wanted = st.query_params.get(PARAMETER) or st.session_state.get(CHOSEN)
    run_id = wanted if wanted in by_id else next(iter(by_id))
    key = f"{CHOSEN}.{run_id}"
    words = {run.id: f"{run.name}, {'anonymous' if run.anonymous else 'named'}" for run in by_id.values()}
    st.selectbox(
        "Assessment",
        list(by_id),
        index=list(by_id).index(run_id),
        format_func=words.__getitem__,
        key=key,
        on_change=lambda: choose(st.session_state[key]),
        width=360,
    )
    return by_id[run_id]


def choose(run_id: str) -> None:
    """Make a run the one that is answered in this session."""
    st.session_state[CHOSEN] = run_id
    st.query_params[PARAMETER] = run_id


def join(visit: shell.Visit, run: Run) -> None:
    """Ask from which place in the company somebody answers, and let them in."""
    names = {function.id: function.name for function in FUNCTIONS.values()}
    with st.form("take.join", border=False):
        function = st.selectbox(
            "You answer as", list(names), format_func=names.__getitem__, key="take.function", width=360
        )
        st.caption(
            "Your answers are shown with your name to the members of this program. A consultant's are not counted."
        )
        pressed = st.form_submit_button("Begin", type="primary", key="take.begin")
    if pressed:
        with shell.saving() as saving:
            actions.join_run(visit.actor, program_id=visit.program_id, run_id=run.id, function=function)
        if saving.done:
            st.rerun()


def start(visit: shell.Visit, *, main: bool = True) -> None:
    """Ask for a new run's name, form and whether it is anonymous, and open it; main: nothing is more to the point."""
    with st.form("run.start", border=False):
        name = st.text_input("Name", f"Assessment {text.month(visit.today)}", key="run.name", max_chars=200, width=480)
        form = _ask_form(visit)
        mode = st.radio("Answers", list(MODES), format_func=MODES.__getitem__, key="run.mode", captions=MODE_WORDS)
        pressed = st.form_submit_button(
            "Start the assessment", type="primary" if main else "secondary", key="run.submit"
        )
    if pressed:
        once = st.session_state.setdefault("run.intention", uuid4().hex)
        with shell.saving() as saving:
            run_id = actions.start_run(
                visit.actor,
                program_id=visit.program_id,
                name=name,
                form=form,
                anonymous=mode == "anonymous",
                intention=once,
            )
        if saving.done:
            del st.session_state["run.intention"]
            choose(run_id)
            st.rerun()


def _ask_form(visit: shell.Visit) -> str:
    model = library_of(visit.program_id)
    asked = {form: len(model.statements("long" if form == "long" else "short")) for form in FORMS}
    words = {form: f"{FORMS[form]}: {asked[form]} statements, about {round(asked[form] / 2)} minutes" for form in FORMS}
    captions = ["One statement for each part; for a workshop.", "Every statement; for a steering team."]
    return st.radio("Form", list(FORMS), format_func=words.__getitem__, key="run.form", captions=captions)
