"""The words in a statement that not everybody knows, each with one plain sentence, behind one link."""

import streamlit as st

from assessments import glossary
from assessments.content import Statement
from pages.ui import safe, text


def link(statement: Statement, *, language: str, key: str) -> None:
    """Draw the link to the words of a statement and of its levels; nothing when all of them are plain."""
    found = glossary.terms_in("\n".join((statement.text, *statement.levels)), language)
    if not found:
        return
    with st.popover("Words", type="tertiary", key=key):
        rows = "".join(
            f"<dt>{safe.markup(text.capital(term.name))}</dt><dd>{safe.markup(term.meaning)}</dd>" for term in found
        )
        st.html(f'<dl class="gw-words" lang="{language}">{rows}</dl>')
