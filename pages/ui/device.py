"""
The device that somebody invited answers on: a random token in a cookie, and as a code to type on another device.

A device has another token for each run, so that somebody's code of one run opens nothing of theirs in another.
"""

from pathlib import Path

import streamlit as st

from program.runs import check_device, new_device
from program.values import Invalid

COOKIE = "gw_device"
HELD = "device.tokens"
YEAR = 365 * 24 * 60 * 60

_mount = st.components.v2.component(
    "groundwork_device",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "device.js").read_text(encoding="utf-8"),
)


def token(run_id: str) -> str:
    """
    Return this device's token for a run: the one of this session, else its cookie's, else a new one.

    The session goes first: the cookies that a session reads are those of the moment when it began.
    """
    held = _held().get(run_id)
    if held is None:
        held = _of_cookie(run_id) or new_device()
        become(run_id, held)
    return held


def remember(run_id: str) -> None:
    """Let the browser keep this device's token for a year, so that a refresh or the same link tomorrow goes on."""
    _mount(key="device.keep", height=1, data={"name": _cookie(run_id), "token": token(run_id), "seconds": YEAR})


def become(run_id: str, device: str) -> None:
    """Answer a run as another device from now on; the browser keeps that one at the next `remember`."""
    st.session_state[HELD] = {**_held(), run_id: device}


def start_anew(run_id: str) -> None:
    """Forget who answered a run here, for the next person on the same device."""
    become(run_id, new_device())


def _held() -> dict[str, str]:
    """The tokens of this session by run."""
    return dict(st.session_state.get(HELD, {}))


def _cookie(run_id: str) -> str:
    return f"{COOKIE}_{run_id[:12]}"


def _of_cookie(run_id: str) -> str | None:
    try:
        return check_device(st.context.cookies.get(_cookie(run_id), ""))
    except Invalid:
        return None
