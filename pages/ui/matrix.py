"""The RACI matrix: components by people, one choice per cell, each change saved by itself."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from program.ownership import Finding, Matrix
from program.values import Invalid

HERE = Path(__file__).parent
_MARKUP = '<div class="scroll"><table></table></div><p class="status" role="status"></p>'
_mount = st.components.v2.component(
    "groundwork_matrix",
    html=_MARKUP,
    css=(HERE / "matrix.css").read_text("utf-8"),
    js=(HERE / "matrix.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class Change:
    """One cell: what it was when the reader saw it, and what they made of it."""

    component_id: str
    stakeholder_id: str
    before: str
    letters: str


def changed(*, key: str) -> Change | None:
    """
    Return the change that started this run, or None. To be read before the matrix is.

    Raises Invalid when the browser sent something else than a change.
    """
    sent = dict(st.session_state.get(key) or {}).get("set")
    if sent is None:
        return None
    st.session_state[f"{key}.answered"] = str(sent.get("number"))
    try:
        return Change(*(str(sent[name]) for name in ("component", "person", "before", "letters")))
    except KeyError as problem:
        raise Invalid("duty", "The change could not be read. Choose the duty again.") from problem


def refuse(*, key: str) -> None:
    """Tell the matrix that its last change was not saved, so that the cell goes back."""
    st.session_state[f"{key}.refused"] = st.session_state.get(f"{key}.answered")


def show(matrix: Matrix, *, key: str, editable: bool) -> None:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in matrix.findings:
        found[finding.item or ""].append(finding)
    load = defaultdict[str, Counter[str]](Counter)
    for (_, person), letters in matrix.letters.items():
        load[person].update(letters.split("/"))
    data = {
        "components": [_row(each, name, found[each]) for each, name in matrix.components],
        "people": [{"id": each, "name": name, "load": _load(load[each])} for each, name in matrix.people],
        "letters": {f"{component}/{person}": letters for (component, person), letters in matrix.letters.items()},
        "editable": editable,
        "session": st.session_state.setdefault(f"{key}.session", uuid4().hex),
        "answered": st.session_state.get(f"{key}.answered"),
        "refused": st.session_state.get(f"{key}.refused"),
    }
    _mount(key=key, data=data, on_set_change=_nothing)


def _row(component_id: str, name: str, findings: list[Finding]) -> dict[str, Any]:
    severities = {finding.severity for finding in findings}
    return {
        "id": component_id,
        "name": name,
        "worst": next((each for each in ("error", "warning") if each in severities), ""),
        "told": " ".join(finding.sentence for finding in findings),
    }


def _load(letters: Counter[str]) -> str:
    """The one number a person's load is judged by, then the rest: "2 A · 3 R"."""
    return " · ".join(f"{letters[letter]} {letter}" for letter in "AR" if letters[letter]) or "none"


def _nothing() -> None:
    """A component keeps only the events that have a callback; the page reads the change itself (changed)."""
