"""Statements: what is asked, in which version, and how a version of one's own follows it."""

import streamlit as st

from pages.ui import forms, model_changes, models, shell
from program.queries import models as queries

visit = shell.open_page("Statements", needs="assess.read")
in_use = queries.in_use(visit.program_id)

shell.answer(models.headline(in_use))
shell.lead(models.lead(in_use))
brings = [model_changes.BRING_IN] if visit.may("assess.manage") else []
view = forms.view([models.IN_USE, *brings, models.COMPARE, models.TRANSLATIONS], key="statements")

if view == model_changes.BRING_IN:
    model_changes.explain()
    upload = st.file_uploader("Model file", type=model_changes.TYPES, max_upload_size=1, key="statements.file")
    if upload is not None:
        model_changes.propose(visit, upload)
    st.stop()
if view == models.TRANSLATIONS:
    models.translations(in_use)
    st.stop()

if view == models.COMPARE:
    models.compare(queries.versions(visit.program_id, models.choose_aspect()))
    st.stop()
models.register(in_use, visit)
models.statements(in_use, models.choose_aspect())
