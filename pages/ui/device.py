"""The device that somebody invited answers on: a random token in a cookie, and as a code to type on another device."""

from pathlib import Path

import streamlit as st

from program.runs import check_device, new_device
from program.values import Invalid

COOKIE = "gw_device"
HELD = "device.token"
YEAR = 365 * 24 * 60 * 60

_mount = st.components.v2.component(
    "groundwork_device",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "device.js").read_text(encoding="utf-8"),
)


def token() -> str:
    """
    Return this device's token: the one of this session, else its cookie's, else a new one.

    The session goes first: the cookies that a session reads are those of the moment when it began.
    """
    held = st.session_state.get(HELD)
    if held is None:
        held = _of_cookie() or new_device()
        st.session_state[HELD] = held
    return str(held)


def remember() -> None:
    """Let the browser keep this device's token for a year, so that a refresh or the same link tomorrow goes on."""
    _mount(key="device.keep", height=1, data={"name": COOKIE, "token": token(), "seconds": YEAR})


def become(device: str) -> None:
    """Answer as another device from now on; the browser keeps that one at the next `remember`."""
    st.session_state[HELD] = device


def start_anew() -> None:
    """Forget who answered here, for the next person on the same device."""
    become(new_device())


def _of_cookie() -> str | None:
    try:
        return check_device(st.context.cookies.get(COOKIE, ""))
    except Invalid:
        return None
