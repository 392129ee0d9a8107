"""Going on to another question brings its beginning into view, where the one before had been scrolled away."""

from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "groundwork_scrolling",
    html="<span hidden></span>",
    js=(Path(__file__).parent / "scrolling.js").read_text(encoding="utf-8"),
)


def to_begin_of(place: str) -> None:
    """Scroll to the bar above a question when another one is open than at the last run."""
    _mount(key="scrolling", height=1, data={"place": place})
