"""The views of the decisions page: what each answers, and what one may do in it."""

import streamlit as st

from pages.ui import decision_changes as log
from pages.ui import decision_forms as asks
from pages.ui import decision_tables as shows
from pages.ui import follow_ups, shell
from pages.ui.decision_reads import ASSUMPTIONS, CHANGES, DECISIONS, FOLLOW_UPS, WHAT, Known, kept
from pages.ui.shell import Visit
from program import changes, decisions
from program.follow_ups import headline

READ, ADD = "Read", "Add"
DOES = {  # the key of what is done in a view, and the word for changing a row
    DECISIONS: ("decision.do", "Decide or edit"),
    ASSUMPTIONS: ("assumption.do", "Check or edit"),
    CHANGES: ("change.do", "Edit"),
    FOLLOW_UPS: ("follow_up.do", "Edit"),
}
READS = {DECISIONS: shows.show_decisions, ASSUMPTIONS: shows.show_assumptions, CHANGES: log.show}


def answer(known: Known, view: str) -> bool:
    """Draw a view's headline; return whether there is anything to show in it."""
    said = {
        DECISIONS: (known.decisions, decisions.headline(known.decisions, known.assumptions, known.today)),
        ASSUMPTIONS: (known.assumptions, decisions.assumptions_headline(known.assumptions, known.today)),
        CHANGES: (known.changes, changes.headline(known.changes)),
        FOLLOW_UPS: (known.follow_ups, headline(known.follow_ups, known.today)),
    }
    rows, sentence = said[view]
    if rows:
        shell.answer(sentence)
    else:
        shell.empty_then(sentence, what=WHAT[view], frame="bars")
    return bool(rows)


def draw(visit: Visit, known: Known, view: str, *, rows: bool) -> None:
    """Draw a view. rows: whether there is anything in it."""
    component_id = None
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        doing = _doing(visit, view, rows=rows)
        if doing == READ and view != FOLLOW_UPS:
            component_id = kept(known)
    if doing == READ and view == FOLLOW_UPS:
        follow_ups.draw(visit, known.people, known.follow_ups)
    elif doing == READ:
        READS[view](known, component_id)
    elif doing == ADD:
        _add(visit, known, view)
    elif doing:
        _edit(visit, known, view)


def _doing(visit: Visit, view: str, *, rows: bool) -> str:
    """What is done in the view: without the right to edit one reads; without rows one adds the first."""
    if not visit.may("plan.edit"):
        return READ if rows else ""
    if not rows:
        return ADD
    key, last = DOES[view]
    chosen = st.segmented_control(
        "Do",
        [READ, ADD, last],
        default=None if key in st.session_state else READ,
        required=True,
        key=key,
        label_visibility="collapsed",
        bind="query-params",
    )
    return chosen or READ


def _add(visit: Visit, known: Known, view: str) -> None:
    if view == FOLLOW_UPS:
        shell.note("One from a decision, an assumption or a risk is added beside it. This one comes from a workshop.")
        follow_ups.ask(visit, known.people, origin="workshop")
        return
    {DECISIONS: asks.add, ASSUMPTIONS: asks.add_assumption, CHANGES: log.add}[view](visit, known)


def _edit(visit: Visit, known: Known, view: str) -> None:
    if view == FOLLOW_UPS:
        follow_ups.edit(visit, known.people, known.follow_ups)
        return
    {DECISIONS: asks.edit, ASSUMPTIONS: asks.edit_assumption, CHANGES: log.edit}[view](visit, known)
