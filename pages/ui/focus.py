"""Where the keyboard goes on after something was saved or read: to the next field or the next button."""

from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "groundwork_focus",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "focus.js").read_text(encoding="utf-8"),
)


def on(widget: str, *, kind: str, once: str, always: bool, key: str) -> None:
    """
    Move the focus to a widget.

    widget: its key. kind: input, textarea or button. once: the reason, which moves the focus one time only.
    always: also away from where the keyboard is at work.
    """
    place = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in widget)
    _mount(key=key, height=1, data={"at": f".st-key-{place} {kind}", "once": once, "always": always})
