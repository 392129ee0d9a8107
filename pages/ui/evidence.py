"""What shows a statement's level: what is asked for, what is attached, adding words, a link or a file, removing it."""

from functools import partial
from uuid import uuid4

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assessments.content import Statement
from assessments.functions import FUNCTIONS
from pages.ui import safe, states, text
from pages.ui.shell import Visit
from program.actions import evidence as actions
from program.queries import assessments as queries
from program.runs import EVIDENCE_LARGEST, EVIDENCE_TYPES, EvidenceItem, Run

MEGABYTE = 1_000_000


def link(visit: Visit, run: Run, statement: Statement, *, function: str | None) -> None:
    """Draw a statement's evidence behind one link. function: whose evidence is added here."""
    items = [each for each in queries.evidence(visit.program_id, run.id) if each.statement_id == statement.id]
    words = f"Evidence, {len(items)}" if items else "Evidence"
    with st.popover(words, type="tertiary", key=f"evidence.{statement.id}", width="content"):
        _inside(visit, run, statement, items, function)


def by_statement(visit: Visit, run: Run) -> None:
    """Let a facilitator attach evidence to any statement of a run that is answered elsewhere."""
    statements = {each.id: each for each in queries.library(visit.program_id, run.id).statements(run.form)}
    chosen = st.selectbox(
        "Statement",
        list(statements),
        index=None,
        format_func=lambda id_: f"{id_}: {statements[id_].text}",
        key="evidence.statement",
        placeholder="Choose a statement",
    )
    if chosen:
        items = [each for each in queries.evidence(visit.program_id, run.id) if each.statement_id == chosen]
        _inside(visit, run, statements[chosen], items, None)


def kind_words(kind: str) -> str:
    """Return a kind of evidence as people say it."""
    return text.capital(kind.replace("_", " "))


def _inside(visit: Visit, run: Run, statement: Statement, items: list[EvidenceItem], function: str | None) -> None:
    asks = "".join(
        f"<li><b>{safe.markup(kind_words(each.kind))}</b>: {safe.markup(each.ask)} "
        f'<span class="gw-note">Needed from level {each.needed_from_level}.</span></li>'
        for each in statement.evidence
    )
    st.html(f'<p class="gw-title">What shows it</p><ul class="gw-asked">{asks}</ul>')
    for item in items:
        _item(visit, item, mine=visit.may("assess.manage") or (function is not None and item.function == function))
    _add(visit, run, statement, function)


def _item(visit: Visit, item: EvidenceItem, *, mine: bool) -> None:
    whose = FUNCTIONS[item.function].name if item.function else "No function named"
    said = f"<p>{safe.markup(item.note)}</p>" if item.note else ""
    if item.link:
        address = safe.markup(item.link)
        said += f'<p><a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a></p>'
    head = f"<b>{safe.markup(kind_words(item.kind))}</b> · {safe.markup(whose)} · {text.day(item.added_at.date())}"
    st.html(f'<div class="gw-piece"><p class="gw-note">{head}</p>{said}</div>')
    with st.container(horizontal=True, gap="medium"):
        if item.file_name:
            st.download_button(
                f"{safe.plain(item.file_name)} ({text.number(item.size / MEGABYTE, decimals=1)} MB)",
                partial(_bytes, visit.program_id, item.id),
                file_name=item.file_name,
                mime=item.media_type,
                key=f"evidence.{item.id}.open",
                type="tertiary",
                on_click="ignore",
            )
        if mine:
            st.button("Remove", key=f"evidence.{item.id}.gone", type="tertiary", on_click=_remove, args=(visit, item))


def _bytes(program_id: str, evidence_id: str) -> bytes:
    return queries.evidence_file(program_id, evidence_id)[2]


def _add(visit: Visit, run: Run, statement: Statement, function: str | None) -> None:
    kinds = [each.kind for each in statement.evidence]
    key = f"evidence.{statement.id}"
    with st.form(f"{key}.form", border=False, clear_on_submit=True):
        kind = kinds[0]
        if len(kinds) > 1:
            kind = st.selectbox("Kind", kinds, format_func=kind_words, key=f"{key}.kind")
        note = st.text_input("In words", key=f"{key}.words", max_chars=1000)
        link = st.text_input("Link", key=f"{key}.link", max_chars=2000, placeholder="https://")
        file = st.file_uploader(
            "File",
            type=list(EVIDENCE_TYPES),
            max_upload_size=EVIDENCE_LARGEST // MEGABYTE,
            key=f"{key}.file",
        )
        whose = FUNCTIONS[function].name if function else ""
        st.caption(f"Kept as evidence of {whose}." if whose else "Kept without a function: this run is anonymous.")
        pressed = st.form_submit_button("Add this evidence", key=f"{key}.add")
    if pressed:
        _save(visit, run, statement, function, kind, note, link, file)


def _save(
    visit: Visit,
    run: Run,
    statement: Statement,
    function: str | None,
    kind: str,
    note: str,
    link: str,
    file: UploadedFile | None,
) -> None:
    once = st.session_state.setdefault(f"evidence.{statement.id}.intention", uuid4().hex)
    with states.saving() as saving:
        actions.add_evidence(
            visit.actor,
            program_id=visit.program_id,
            run_id=run.id,
            statement_id=statement.id,
            function=function,
            kind=kind,
            note=note or None,
            link=link or None,
            file_name=file.name if file else None,
            content=file.getvalue() if file else None,
            intention=once,
        )
    if saving.done:
        del st.session_state[f"evidence.{statement.id}.intention"]
        st.rerun()


def _remove(visit: Visit, item: EvidenceItem) -> None:
    with states.saving(later=True):
        actions.remove_evidence(visit.actor, program_id=visit.program_id, evidence_id=item.id, version=item.version)
