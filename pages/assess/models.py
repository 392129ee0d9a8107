"""Statements: what is asked, in which version, and how a version of one's own follows it."""

import streamlit as st

from pages.ui import forms, model_changes, models, shell
from pages.ui.result_reads import of_program

visit = shell.open_page("Statements", needs="assess.read")
shown = of_program(models.shown, visit, visit.program.time_zone)

shell.answer(shown.headline)
shell.lead(shown.lead)
brings = [model_changes.BRING_IN] if visit.may("assess.manage") else []
view = forms.view([models.IN_USE, *brings, models.COMPARE, models.TRANSLATIONS], key="statements")

if view == model_changes.BRING_IN:
    model_changes.explain()
    upload = st.file_uploader("Model file", type=model_changes.TYPES, max_upload_size=1, key="statements.file")
    if upload is not None:
        model_changes.propose(visit, upload)
    st.stop()
if view == models.TRANSLATIONS:
    models.translations(visit)
    st.stop()

if view == models.COMPARE:
    models.compare(visit, models.choose_aspect())
    st.stop()
st.html(shown.register)
models.statements(visit, models.choose_aspect())
