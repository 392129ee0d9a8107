"""What others wrote about gain, loss and fear in a named run, for somebody to agree with."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assessments.functions import FUNCTIONS
from assessments.perspective import SUPPORT
from pages.ui import safe, states, text
from program.runs import SharedView

if TYPE_CHECKING:
    from pages.ui.views import Outlook

QUESTION = "P3"


def show(mine: "Outlook") -> None:
    """Draw others' points below one's own, once one has written one's own: nobody is led by what others say."""
    if not mine.answered(QUESTION):
        return
    others = mine.sheet.others()
    if not others:
        return
    states.title("What others wrote", "by function; agree where it is true for you too")
    for point in others:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"views.point.{point.id}"):
            with st.container(width="stretch"):
                st.html(_words(mine, point))
            agrees = bool(mine.value(SUPPORT, point.id).get("agrees"))
            st.button(
                "✓ I agree" if agrees else "I agree",
                key=f"views.agree.{point.id}",
                help="Press again to take it back" if agrees else None,
                on_click=partial(mine.keep, SUPPORT, point.id, {"agrees": not agrees}),
            )


def _words(mine: "Outlook", point: SharedView) -> str:
    labels = mine.model.question(QUESTION).fields
    said = "".join(
        f"<p><b>{safe.markup(label)}:</b> {safe.markup(point.value[field])}</p>"
        for field, label in labels.items()
        if point.value.get(field)
    )
    count = text.plural(point.support, "agrees", "agree") if point.support else "nobody has agreed yet"
    function = FUNCTIONS[point.function].name
    return f'<div class="gw-point"><p class="gw-note">{safe.markup(function)} · {count}</p>{said}</div>'
