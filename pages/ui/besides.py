"""What stands beside a statement's levels: the two other answers, its words, a note, and its evidence."""

import streamlit as st

from assessments.content import Statement
from pages.ui import evidence, safe, words
from pages.ui.sheet import Sheet, save
from pages.ui.view_fields import seed

KIND_WORDS = {"dont_know": "I don\N{RIGHT SINGLE QUOTATION MARK}t know", "na": "Does not apply"}
LONGEST_NOTE = 1000


def links(sheet: Sheet, statement: Statement) -> None:
    """Draw everything beside a statement as one row of links."""
    with st.container(horizontal=True, gap="medium"):
        other_answers(sheet, statement)
        words.link(statement, language=sheet.library.language, key=f"take.{statement.id}.words")
        if statement.id in sheet.answers and not sheet.run.anonymous:
            _note(sheet, statement)
        if sheet.visit is not None:
            evidence.link(sheet.visit, sheet.run, statement, function=sheet.me.function)


def other_answers(sheet: Sheet, statement: Statement) -> None:
    """Offer to say that one does not know, or why the statement does not apply."""
    saved = sheet.answers.get(statement.id)
    st.button(
        KIND_WORDS["dont_know"],
        key=f"take.{statement.id}.dont_know",
        type="tertiary",
        on_click=save,
        args=(sheet, statement, "dont_know"),
    )
    with st.popover(KIND_WORDS["na"], type="tertiary", key=f"take.{statement.id}.na"):
        reason = f"take.{statement.id}.reason"
        st.text_input("Why it does not apply to you", saved.reason if saved else "", key=reason, max_chars=300)
        if sheet.run.anonymous:
            st.caption("Your words are shown to nobody: they could tell who you are.")
        st.button(
            "Save",
            key=f"take.{statement.id}.na.save",
            on_click=lambda: save(sheet, statement, "na", reason=st.session_state[reason]),
        )


def _note(sheet: Sheet, statement: Statement) -> None:
    saved, key = sheet.answers[statement.id], f"take.{statement.id}.note"
    with st.popover("Change the note" if saved.note else "Add a note", type="tertiary", key=f"{key}.open"):
        seed(key, saved.note or "")
        st.text_area(
            "What your answer rests on",
            key=key,
            max_chars=LONGEST_NOTE,
            placeholder=safe.plain("For example who does it, and where it can be seen"),
            on_change=lambda: save(
                sheet, statement, saved.kind, level=saved.level, reason=saved.reason, note=st.session_state[key]
            ),
        )
        st.caption("Kept as soon as you leave the field. The members of this program can read it.")
