"""The door of the one page that needs no account: the link of an open run lets in, and nothing else does."""

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from pages.ui import device
from pages.ui.states import answer, explain_later, lead, unavailable
from program.queries import invited as queries
from program.runs import Guest, Invitation
from program.values import Unavailable

PARAMETER = "code"


@dataclass(frozen=True)
class Invited:
    """Somebody who opened a run's link: which device it is, and what the link opens. No program, no membership."""

    guest: Guest
    invitation: Invitation


def open_invitation() -> Invited:
    """
    Open the page of an invitation: the first statement of that page, with or without an account.

    Stops the page for a link that is wrong, was stopped, or whose run is closed; it does not say which.
    """
    code = st.query_params.get(PARAMETER, "")
    try:
        invitation = queries.invitation(code) if code else None
    except Unavailable as problem:
        answer("Groundwork cannot read its records.")
        unavailable(problem)
    if invitation is None:
        answer("This link is not open.")
        lead("Ask whoever sent it to you for a new one.")
        st.stop()
    explain_later()
    return Invited(Guest(invite=code, device=device.token(invitation.run.id), now=datetime.now(UTC)), invitation)
