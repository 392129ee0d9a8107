"""What somebody sees who came by a run's link: what it is and what becomes of the answers, then the questions."""

from datetime import UTC, datetime

import streamlit as st

from assessments.functions import FUNCTIONS
from pages.ui import answer_style, device, safe, states
from pages.ui.invitation import Invited
from pages.ui.sheet import Sheet
from program.actions import invited as actions
from program.queries import invited as queries
from program.runs import Guest, parse_code, resume_code

CODE = "invited.code"
FUNCTION_IDS = {function.name: function.id for function in FUNCTIONS.values()}


def eyebrow(invited: Invited) -> None:
    """Draw over the headline which assessment this is, and of whom."""
    invitation = invited.invitation
    parts = (f"<b>{safe.markup(invitation.run.name)}</b>", safe.markup(invitation.program_name))
    line = " &nbsp;·&nbsp; ".join((*parts, safe.markup(invitation.client_name)))
    st.html(f'<p class="gw-eyebrow">{line}</p>')


def welcome(invited: Invited) -> None:
    """Draw the first screen: what is asked, what becomes of it, who one is; or the code from another device."""
    invitation = invited.invitation
    asked = len(queries.library(invited.guest).statements(invitation.run.form))
    states.answer(f"{invitation.client_name} asks you what is so, not what should be.")
    states.lead(
        f"{asked} statements, about {round(asked / 2)} minutes, then a few questions on what you see. Every answer is "
        "kept at once; stop and go on when you like."
    )
    with st.container(width=760):
        _promise(invited)
        _take_part(invited)
        _go_on_with_code(invited)


def devices(invited: Invited, sheet: Sheet) -> None:
    """Draw who answers here, the code to go on on another device, and the way for the next person on this one."""
    called = FUNCTIONS[sheet.me.function].name
    who = f"{sheet.me.name}, {called}" if sheet.me.name else called
    states.note(f"You answer as {who}.")
    with st.container(horizontal=True, gap="small", key="invited_devices"):
        with st.popover("Go on on another device", type="tertiary", key="invited.elsewhere"):
            st.html("<p>Open the same link there, choose “Go on with your code”, and enter:</p>")
            st.code(resume_code(invited.guest.device), language=None, wrap_lines=True)
            st.caption("Whoever has this code can read and change your answers.")
        with st.popover("Somebody else answers here", type="tertiary", key="invited.next"):
            st.caption("Write your code down first to come back. This device forgets you; your answers stay.")
            run_id = invited.invitation.run.id
            st.button("Begin anew on this device", key="invited.anew", on_click=_next_person, args=(run_id,))


def _promise(invited: Invited) -> None:
    """Say what becomes of the answers, as it is and with its limits."""
    if not invited.invitation.run.anonymous:
        _promised("Named", ["The members of this program see your answers with your name and function."])
        return
    minimum = queries.library(invited.guest).gates.disclosure_minimum
    _promised(
        "Anonymous",
        [
            "Nobody, not even the owner, sees who said what. No name is asked, and no time of day is kept.",
            f"A function with fewer than {minimum} people is never shown.",
            "Results appear when it is closed. Then the key that ties your answers to this device is destroyed, with "
            "any words you typed.",
        ],
        "The limit: while it is open, and in copies made then, whoever runs the server could with effort tie answers "
        "to a device.",
    )


def _promised(head: str, sentences: list[str], limit: str = "") -> None:
    points = "".join(f"<p>{safe.markup(each)}</p>" for each in sentences)
    tail = f'<p class="gw-note">{safe.markup(limit)}</p>' if limit else ""
    st.html(f'{answer_style.STYLE}<section class="gw-why gw-promise"><h2>{head}</h2>{points}{tail}</section>')


def _take_part(invited: Invited) -> None:
    with st.form("invited.join", border=False):
        name = None
        if not invited.invitation.run.anonymous:
            name = st.text_input("Your name", key="invited.name", max_chars=200, autocomplete="name", width=360)
        with st.container(key="invited_function"):
            function = st.pills("You answer as", list(FUNCTION_IDS), key="invited.function")
        st.caption("A consultant's answers are not counted.")
        pressed = st.form_submit_button("Begin", type="primary", key="invited.begin", width=360)
    if not pressed:
        return
    if function is None:
        states.alert("Choose your function", "It says from which place in the company you answer.", sign="watch")
        return
    with states.saving() as saving:
        actions.take_part(invited.guest, function=FUNCTION_IDS[function], name=name)
    if saving.done:
        st.rerun()


def _go_on_with_code(invited: Invited) -> None:
    with st.expander("Go on with your code", key="invited.resume"), st.form("invited.resume.form", border=False):
        st.caption("You began on another device. It shows the code under “Go on on another device”.")
        typed = st.text_input("Your code", key=CODE, max_chars=100, autocomplete="off")
        pressed = st.form_submit_button("Go on", key="invited.resume.go")
    if not pressed:
        return
    with states.saving() as saving:
        found = parse_code(typed)
    if not saving.done:
        return
    guest = Guest(invite=invited.guest.invite, device=found, now=datetime.now(UTC))
    if queries.me(guest) is None:
        states.alert(
            "No answers are kept under this code",
            "Compare it with the other device; it belongs to one assessment's link.",
            sign="watch",
        )
        return
    device.become(invited.invitation.run.id, found)
    st.rerun()


def _next_person(run_id: str) -> None:
    """Leave nothing of the person before in this browser's session but the link's code."""
    for key in [key for key in st.session_state if str(key).startswith(("take.", "views.", "invited."))]:
        del st.session_state[key]
    device.start_anew(run_id)
