"""What somebody sees who is not in yet: sign in, claim the installation, or learn whom to ask."""

import time
from datetime import UTC, datetime

import streamlit as st

from pages.ui import safe, signing
from pages.ui.first_owner import TooManyTries, first_owner
from pages.ui.states import alert, answer, lead, saving
from program.actions import members
from program.queries import members as membership


def sign_in() -> None:
    """The page under every address for somebody who is not signed in, or whom nobody has invited."""
    if not st.user.is_logged_in:
        answer("Sign in to open Groundwork.")
        lead("Your company's sign-in tells Groundwork who you are. It does not see your password.")
        if st.button("Sign in", type="primary", key="sign_in.go"):
            st.login()
        return
    if first_owner.waiting() and not membership.has_owner():
        _claim()
    else:
        _not_invited()
    if st.button("Log out", key="sign_in.leave"):
        st.logout()


def account() -> None:
    """Who is signed in, and the way out."""
    answer(f"You are signed in as {signing.email() or signing.name()}.")
    if st.button("Log out", key="account.leave"):
        st.logout()


def _not_invited() -> None:
    answer("You have no membership here.")
    lead(
        f"You are signed in as {signing.email() or 'somebody without an email address'}. Ask an owner to give this "
        "address a membership on the members page, then reload this page."
    )
    if signing.email() and st.user.get("email_verified") is not True:
        st.caption(safe.plain("Your sign-in does not vouch for this address, so an invitation to it is not enough."))


def _claim() -> None:
    answer("This installation has no owner yet.")
    lead("Whoever started the server saw a one-time code in its output. Entering it makes you the owner.")
    with st.form("sign_in.claim", border=False):
        typed = st.text_input("One-time code", key="sign_in.code", autocomplete="off")
        pressed = st.form_submit_button("Become the owner", type="primary")
    if pressed:
        _try(typed)


def _try(typed: str) -> None:
    try:
        right = first_owner.consume(typed, at=time.monotonic())
    except TooManyTries:
        alert("Too many wrong codes", "Wait a minute, then try again.", sign="watch")
        return
    if not right:
        alert(
            "This is not the code", "Compare it with the server's output; it is printed at every start.", sign="watch"
        )
        return
    issuer, subject = signing.issuer_and_subject()
    with saving() as claim:
        members.claim_ownership(
            issuer=issuer, subject=subject, email=signing.email(), name=signing.name(), now=datetime.now(UTC)
        )
    if claim.done:
        st.rerun()
