"""The fields of each perspective question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assessments.functions import ASPECTS, FUNCTIONS
from assessments.perspective import DONT_KNOW, Question
from pages.ui import safe, states, text, view_fields
from pages.ui.view_fields import Keep, seed

if TYPE_CHECKING:
    from pages.ui.views import Outlook

ABOUT = "views.about"
COUNTED = {id_: function.name for id_, function in FUNCTIONS.items() if function.counted}
ASPECT_WORDS: dict[str, str] = {aspect: aspect.capitalize() for aspect in ASPECTS}


def ask(mine: Outlook, question: Question) -> str | None:
    """Draw a question's fields and return whom the answer is about, "" for most; None when that is not chosen yet."""
    about = _about(mine) if question.id == "P5" else ""
    if about is not None:
        FIELDS[question.id](mine, question, about)
    return about


def _key(question: Question, about: str, field: str) -> str:
    return f"views.{question.id}{about}.{field}"


def _keeping(mine: Outlook, question: Question, about: str = "") -> Keep:
    return partial(mine.keep, question.id, about)


def _p1(mine: Outlook, question: Question, about: str) -> None:
    _between(mine, question, about)
    if mine.words and mine.answered(question.id):
        _words(mine, question, "why")


def _in_words(mine: Outlook, question: Question, about: str) -> None:
    for field in question.fields:
        _words(mine, question, field, about)


def _p4(mine: Outlook, question: Question, about: str) -> None:
    view_fields.ranked(
        mine.model.cards,
        question.fields["order"],
        mine.value(question.id, about).get("order"),
        key=_key(question, about, "order"),
        keep=_keeping(mine, question, about),
    )


def _p5(mine: Outlook, question: Question, about: str) -> None:
    _between(mine, question, about)
    if mine.value(question.id, about):
        with st.expander(safe.plain(question.fields["order"]), key="views.P5.cards"):
            _p4(mine, question, about)


def _p6(mine: Outlook, question: Question, about: str) -> None:
    value, key = mine.value(question.id, about).get("function"), _key(question, about, "function")
    view_fields.chosen(question.fields["function"], COUNTED, value, key=key, keep=_keeping(mine, question))
    if mine.words:
        _words(mine, question, "who", lines=1)


def _p7(mine: Outlook, question: Question, about: str) -> None:
    value, key = mine.value(question.id, about).get("aspect"), _key(question, about, "aspect")
    view_fields.chosen(question.fields["aspect"], ASPECT_WORDS, value, key=key, keep=_keeping(mine, question))


def _own(mine: Outlook, question: Question, about: str) -> None:
    """Who leads now and later: kept when both are said, because one without the other settles no dispute."""
    keys = {field: _key(question, about, field) for field in ("current", "future")}
    value = {field: st.session_state.get(key) for field, key in keys.items()} | mine.value(question.id, about)

    def keep_both(change: dict[str, object]) -> None:
        both = {field: st.session_state.get(key) for field, key in keys.items()} | change
        if all(both.values()):
            mine.keep(question.id, about, both)

    for column, (field, key) in zip(st.columns(2, gap="medium"), keys.items(), strict=True):
        with column:
            more = {DONT_KNOW: mine.model.dont_know}
            label = question.fields[field]
            view_fields.chosen_card(label, mine.model.stages, more, value[field], key=key, keep=keep_both)
    if not mine.value(question.id, about):
        states.note("Kept when both are chosen.")
    elif mine.words:
        _words(mine, question, "name", lines=1)
        _mandate(mine, question)
        _words(mine, question, "budget_line", lines=1)
    states.note(mine.model.credit)


def _mandate(mine: Outlook, question: Question) -> None:
    key, kept = _key(question, "", "mandated_on"), mine.value(question.id).get("mandated_on")
    seed(key, date.fromisoformat(kept) if kept else None)

    def keep() -> None:
        given = st.session_state[key]
        mine.keep(question.id, "", {"mandated_on": given.isoformat() if given else None})

    label = safe.plain(question.fields["mandated_on"])
    st.date_input(label, key=key, format="YYYY-MM-DD", min_value=date(1990, 1, 1), on_change=keep, width=240)


def _between(mine: Outlook, question: Question, about: str) -> None:
    view_fields.between(
        mine.model.poles,
        question.fields["position"],
        mine.value(question.id, about).get("position"),
        key=_key(question, about, "between"),
        keep=_keeping(mine, question, about),
    )


def _words(mine: Outlook, question: Question, field: str, about: str = "", *, lines: int = 2) -> None:
    key, value = _key(question, about, field), mine.value(question.id, about).get(field) or ""
    keep = _keeping(mine, question, about)
    view_fields.own_words(question.fields[field], field, value, key=key, keep=keep, lines=lines)


def _about(mine: Outlook) -> str | None:
    """Ask which other function is guessed; None before one is chosen."""
    others = {id_: name for id_, name in COUNTED.items() if id_ != mine.sheet.me.function}
    guessed = [others[about] for of, about in mine.saved if of == "P5" and about in others]
    chosen: str | None = st.selectbox(
        "Which function?", list(others), index=None, format_func=others.__getitem__, key=ABOUT, placeholder="Choose one"
    )
    if guessed:
        states.note(f"You guessed for {text.listed(guessed)}. You can go on with another function.")
    return chosen


FIELDS: dict[str, Callable[[Outlook, Question, str], None]] = {
    "P1": _p1,
    "P2": _in_words,
    "P3": _in_words,
    "P4": _p4,
    "P5": _p5,
    "P6": _p6,
    "P7": _p7,
    "OWN": _own,
}
