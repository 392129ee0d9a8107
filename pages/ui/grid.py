"""The power-interest grid: one mark per stakeholder, moved by pointer or keys, several at once; drops saved, undone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import streamlit as st

from assessments.functions import FUNCTIONS
from pages.ui import text
from program import policy
from program.stakeholders import QUADRANTS, STANCES, Stakeholder, State, gap
from program.values import Invalid

HERE = Path(__file__).parent
SCRIPTS = ("grid_marks.js", "grid_names.js", "grid_time.js", "grid_drops.js", "grid_hands.js", "grid.js")
MOST_STEPS = 200  # days of a playback; of a longer history the latest
_MARKUP = """
<div class="figure"><svg role="group" aria-describedby="gw-grid-told"></svg>
<p class="told" id="gw-grid-told">Arrow keys move a mark by a tenth, with Shift by one. Space chooses several, Enter
drops, Escape puts back, Control and Z undoes the last move.</p>
<div class="time" role="group" aria-label="Playback" hidden><button class="play" type="button">Play</button>
<button class="back" type="button" aria-label="One step back">←</button>
<button class="on" type="button" aria-label="One step on">→</button>
<input type="range" min="0" max="0" step="1" aria-label="Date shown"><output></output></div>
<div class="below"><p class="status" role="status"></p><div class="tools" hidden>
<button class="several" type="button" aria-pressed="false">Choose several</button>
<button class="undo" type="button" aria-disabled="true">Undo the last move</button></div></div>
<p class="hidden"></p></div>
"""
_mount = st.components.v2.component(
    "groundwork_grid",
    html=_MARKUP,
    css=(HERE / "grid.css").read_text("utf-8"),
    js="\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS),
)


@dataclass(frozen=True)
class Move:
    """Where somebody was dropped, and the version of the stakeholder that was on the screen."""

    stakeholder_id: str
    power: Decimal
    interest: Decimal
    version: int


def moved(*, key: str) -> tuple[Move, ...]:
    """
    Return the moves of the drop that started this run, most often one or none. To be read before the register is.

    An undone move comes the same way, as a move back. Raises Invalid when the browser sent something else than a drop.
    """
    sent = _sent(key)
    if not sent:
        return ()
    st.session_state[f"{key}.answered"] = str(sent.get("number"))
    try:
        moves = tuple(_move(each) for each in sent["moves"])
    except (AttributeError, InvalidOperation, KeyError, TypeError, ValueError) as problem:
        raise Invalid("power", "The new place could not be read. Move the mark again.") from problem
    if not moves or len({move.stakeholder_id for move in moves}) < len(moves):
        raise Invalid("power", "The new place could not be read. Move the mark again.")
    return moves


def undoing(*, key: str) -> bool:
    """Tell whether the drop that started this run takes back an earlier one."""
    return bool(_sent(key).get("undo"))


def refuse(*, key: str) -> None:
    """Tell the grid that its last drop was not saved, so that every mark of it goes back."""
    st.session_state[f"{key}.refused"] = st.session_state.get(f"{key}.answered")


def show(
    people: Sequence[Stakeholder],
    *,
    key: str,
    editable: bool,
    alt: str,
    history: Sequence[State] = (),
    time_zone: str = "UTC",
) -> None:
    """
    Draw the grid.

    alt: the answer of the figure in a sentence, for those who cannot see it. history: the recorded states; with two
    days of them or more, a slider plays them, a step a day of the time zone, and nothing can be moved until it is back
    at now.
    """
    data = {
        "people": [_mark(person) for person in people],
        "history": list(_frames(history, time_zone)),
        "high": float(policy.load().high_from),
        "quadrants": dict(QUADRANTS),
        "editable": editable,
        "alt": alt,
        "key": key,
        "session": st.session_state.setdefault(f"{key}.session", uuid4().hex),
        "answered": st.session_state.get(f"{key}.answered"),
        "refused": st.session_state.get(f"{key}.refused"),
    }
    _mount(key=key, data=data, on_moved_change=_nothing)


def _sent(key: str) -> dict[str, Any]:
    return dict(dict(st.session_state.get(key) or {}).get("moved") or {})


def _move(sent: Mapping[str, Any]) -> Move:
    power, interest = Decimal(str(sent["power"])), Decimal(str(sent["interest"]))
    if not (power.is_finite() and interest.is_finite()):
        raise ValueError
    return Move(str(sent["id"]), power, interest, version=int(sent["version"]))


def _mark(person: Stakeholder) -> dict[str, Any]:
    function = FUNCTIONS[person.function].name if person.function in FUNCTIONS else ""
    return {
        "id": person.id,
        "version": person.version,
        "name": person.name,
        "role": function or person.title or "",
        "called": ", ".join(filter(None, (person.name, person.title, function))),
        "power": float(person.power),
        "interest": float(person.interest),
        "stance": person.stance,
        "wanted": person.wanted_stance,
        "gap": float(gap(person)),
        "to": _wanted_place(person),
    }


def _wanted_place(person: Stakeholder) -> tuple[float, float] | None:
    """Where they are wanted; None where that is where they are."""
    power = person.power if person.wanted_power is None else person.wanted_power
    interest = person.interest if person.wanted_interest is None else person.wanted_interest
    return None if (power, interest) == (person.power, person.interest) else (float(power), float(interest))


def _frames(history: Sequence[State], time_zone: str) -> Iterator[dict[str, Any]]:
    """One step per day on which something changed: the day, and the last state of each who changed on it."""
    zone = ZoneInfo(time_zone)
    ordered = sorted(history, key=lambda state: state.at)
    days = [(day, list(states)) for day, states in groupby(ordered, key=lambda state: state.at.astimezone(zone).date())]
    start = max(len(days) - MOST_STEPS, 0)
    for at, (day, states) in enumerate(days):
        if at < start:
            continue
        seen = [state for _, each in days[: at + 1] for state in each] if at == start else states
        last = {state.stakeholder_id: state for state in seen}
        yield {"day": text.day(day), "set": [_state(state) for state in last.values()]}


def _state(state: State) -> tuple[str, float, float, str, str, float]:
    """Id, power, interest, stance, wanted stance, gap."""
    short = max(STANCES.index(state.wanted_stance) - STANCES.index(state.stance), 0)
    places = float(state.power), float(state.interest)
    return (state.stakeholder_id, *places, state.stance, state.wanted_stance, short * places[0])


def _nothing() -> None:
    """A component keeps only the events that have a callback; the page reads the drop itself (moved)."""
