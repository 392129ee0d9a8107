"""Ties entered by hand: in a matrix, the row influences the column, or drawn from mark to mark on a small map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from assessments.functions import FUNCTIONS
from pages.ui import shell, text
from program.stakeholders import Stakeholder
from program.typed_ties import KINDS
from program.values import Invalid

HERE = Path(__file__).parent
MOST = 60  # people in one matrix or map; more cells than a screen can hold help nobody
WEIGHTS = range(1, 6)
_BELOW = (
    '<div class="below"><p class="status" role="status"></p>'
    '<div class="weights" role="group" aria-label="Weight of the tie" hidden><span>Weight</span></div></div>'
)
_MATRIX = f'<div class="scroll"><table role="grid"></table></div>{_BELOW}'
_MAP = f'<svg role="group"></svg>{_BELOW}'


def _script(*names: str) -> str:
    return "\n".join((HERE / name).read_text("utf-8") for name in names)


_mount_matrix = st.components.v2.component(
    "groundwork_ties",
    html=_MATRIX,
    css=_script("tie_matrix.css"),
    js=_script("tie_sending.js", "tie_matrix.js"),
)
_mount_map = st.components.v2.component(
    "groundwork_tie_map",
    html=_MAP,
    css=_script("tie_matrix.css"),
    js=_script("grid_marks.js", "grid_names.js", "tie_sending.js", "tie_map.js"),
)


@dataclass(frozen=True)
class TieChange:
    """One tie: what it weighed when the reader saw it, and what they made of it; None is no tie."""

    source_id: str
    target_id: str
    kind: str
    before: int | None
    weight: int | None


def changed(*, key: str) -> TieChange | None:
    """
    Return the change that started this run, or None. To be read before the ties are.

    Raises Invalid when the browser sent something else than a change.
    """
    sent = dict(st.session_state.get(key) or {}).get("set")
    if sent is None:
        return None
    st.session_state[f"{key}.answered"] = str(sent.get("number"))
    try:
        ends = str(sent["source"]), str(sent["target"])
        change = TieChange(*ends, str(sent["kind"]), before=_weight(sent["before"]), weight=_weight(sent["weight"]))
    except (KeyError, ValueError) as problem:
        raise Invalid("weight", "The tie could not be read. Enter it again.") from problem
    if change.kind not in KINDS or change.source_id == change.target_id:
        raise Invalid("target", "A tie leads from one person to another. Enter it again.")
    return change


def refuse(*, key: str) -> None:
    """Tell the matrix or the map that its last change was not saved, so that the tie goes back."""
    st.session_state[f"{key}.refused"] = st.session_state.get(f"{key}.answered")


def show(
    people: Sequence[Stakeholder],
    ties: Mapping[tuple[str, str], int],
    *,
    key: str,
    kind: str = "influences",
    editable: bool,
) -> None:
    """Draw the matrix of one kind of tie. ties: the weight, 1 to 5, by the ids of source and target."""
    alt = f"Who {KINDS[kind]} whom: the row {KINDS[kind]} the column"
    _mount_matrix(
        key=key, data=_data(people, ties, key=key, kind=kind, editable=editable, alt=alt), on_set_change=_nothing
    )


def draw(
    people: Sequence[Stakeholder],
    ties: Mapping[tuple[str, str], int],
    *,
    key: str,
    kind: str = "influences",
    editable: bool,
) -> None:
    """Draw the map on which a drag from one mark to another makes a tie. Arguments as in show."""
    alt = f"A map of who {KINDS[kind]} whom, {text.plural(len(ties), 'tie', 'ties')} so far"
    _mount_map(
        key=key, data=_data(people, ties, key=key, kind=kind, editable=editable, alt=alt), on_set_change=_nothing
    )


def _data(
    people: Sequence[Stakeholder],
    ties: Mapping[tuple[str, str], int],
    *,
    key: str,
    kind: str,
    editable: bool,
    alt: str,
) -> dict[str, Any]:
    if len(people) > MOST:
        shell.note(f"The first {MOST} of {text.number(len(people))} people are here. Choose fewer, or use the list.")
    return {
        "people": [_person(person) for person in people[:MOST]],
        "ties": {f"{source}/{target}": weight for (source, target), weight in ties.items()},
        "kind": kind,
        "corner": f"{KINDS[kind].capitalize()} →",
        "editable": editable,
        "alt": alt,
        "session": st.session_state.setdefault(f"{key}.session", uuid4().hex),
        "answered": st.session_state.get(f"{key}.answered"),
        "refused": st.session_state.get(f"{key}.refused"),
    }


def _person(person: Stakeholder) -> dict[str, Any]:
    role = FUNCTIONS[person.function].name if person.function in FUNCTIONS else person.title or ""
    return {
        "id": person.id,
        "name": person.name,
        "role": role,
        "told": ", ".join(filter(None, (person.name, role, person.stance))),
        "stance": person.stance,
        "power": float(person.power),
        "interest": float(person.interest),
        "gap": 0,
    }


def _weight(sent: object) -> int | None:
    """Raises ValueError for anything but 1 to 5 and nothing."""
    if sent in ("", None):
        return None
    if (weight := int(str(sent))) not in WEIGHTS:
        raise ValueError(weight)
    return weight


def _nothing() -> None:
    """A component keeps only the events that have a callback; the page reads the change itself (changed)."""
