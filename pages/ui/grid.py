"""The power-interest grid: one mark per stakeholder, moved by pointer or arrow keys, the drop saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from program import policy
from program.stakeholders import QUADRANTS, Stakeholder, gap
from program.values import Invalid

HERE = Path(__file__).parent
_MARKUP = '<svg role="group"></svg><p class="status" role="status"></p>'
_mount = st.components.v2.component(
    "groundwork_grid",
    html=_MARKUP,
    css=(HERE / "grid.css").read_text("utf-8"),
    js=(HERE / "grid.js").read_text("utf-8"),
)


@dataclass(frozen=True)
class Move:
    """Where somebody was dropped, and the version of the stakeholder that was on the screen."""

    stakeholder_id: str
    power: Decimal
    interest: Decimal
    version: int


def moved(*, key: str) -> Move | None:
    """
    Return the drop that started this run, or None. To be read before the register is.

    Raises Invalid when the browser sent something else than a drop.
    """
    sent = dict(st.session_state.get(key) or {}).get("moved")
    if sent is None:
        return None
    st.session_state[f"{key}.answered"] = str(sent.get("number"))
    try:
        place = Decimal(str(sent["power"])), Decimal(str(sent["interest"]))
        return Move(str(sent["id"]), *place, version=int(sent["version"]))
    except (InvalidOperation, KeyError, ValueError) as problem:
        raise Invalid("power", "The new place could not be read. Move the mark again.") from problem


def refuse(*, key: str) -> None:
    """Tell the grid that its last drop was not saved, so that the mark goes back."""
    st.session_state[f"{key}.refused"] = st.session_state.get(f"{key}.answered")


def show(people: Sequence[Stakeholder], *, key: str, editable: bool, alt: str) -> None:
    """Draw the grid. alt: the answer of the figure in a sentence, for those who cannot see it."""
    data = {
        "people": [_mark(person) for person in people],
        "high": float(policy.load().high_from),
        "quadrants": dict(QUADRANTS),
        "editable": editable,
        "alt": alt,
        "session": st.session_state.setdefault(f"{key}.session", uuid4().hex),
        "answered": st.session_state.get(f"{key}.answered"),
        "refused": st.session_state.get(f"{key}.refused"),
    }
    _mount(key=key, data=data, on_moved_change=_nothing)


def _mark(person: Stakeholder) -> dict[str, Any]:
    return {
        "id": person.id,
        "version": person.version,
        "name": person.name,
        "role": person.title or person.function or "",
        "power": float(person.power),
        "interest": float(person.interest),
        "stance": person.stance,
        "wanted": person.wanted_stance,
        "gap": float(gap(person)),
    }


def _nothing() -> None:
    """A component keeps only the events that have a callback; the page reads the drop itself (moved)."""
