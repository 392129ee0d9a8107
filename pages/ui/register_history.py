"""What changed about the people on the map, when and by whom."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

import streamlit as st

from pages.ui import people, shell, tables, text
from pages.ui.register import Register
from pages.ui.shell import Visit
from program.stakeholders import State

EVERYBODY = ""
SHOWN = 200
PLACE = ("power", "interest", "legitimacy", "urgency", "stance", "wanted_stance")
WHOSE = "stakeholder.whose"
Line = tuple[datetime, str, str, str]


def draw(visit: Visit, register: Register) -> None:
    """Draw whose history to see, and its lines, the newest first."""
    whose = st.selectbox(
        "Whose history",
        [EVERYBODY, *register.by_id],
        format_func=lambda each: register.labels.get(each, "Everybody"),
        key=WHOSE,
        width=480,
    )
    html, count = _table(register, whose or EVERYBODY, visit.program.time_zone)
    st.html(html)
    if count > SHOWN:
        shell.note(f"The newest {SHOWN} of {text.number(count)} changes.")
    shell.note("Of places and stances the values are kept; of other fields, that they changed. The map plays it back.")


@lru_cache(maxsize=64)
def _table(register: Register, whose: str, zone: str) -> tuple[str, int]:
    found = sorted((each for each in _lines(register) if whose in (EVERYBODY, each[1])), key=lambda each: each[0])[::-1]
    names = {person.id: person.name for person in register.people}
    columns = [tables.Column("When"), tables.Column("Who"), tables.Column("What changed"), tables.Column("By")]
    rows = tuple(
        (tables.Cell(text.moment(at, zone), "muted"), names[who], what, by or text.UNKNOWN)
        for at, who, what, by in found[:SHOWN]
    )
    return tables.html(tables.Table(tuple(columns), rows)), len(found)


def _lines(register: Register) -> Iterator[Line]:
    by_person: defaultdict[str, list[State]] = defaultdict(list)
    for state in register.history:
        by_person[state.stakeholder_id].append(state)
    for who, states in by_person.items():
        if who not in register.by_id:
            continue
        first = states[0]
        yield first.at, who, f"On the map: {_place(first)}", first.by
        for before, after in pairwise(states):
            yield after.at, who, _changed(before, after), after.by
    for change in register.changes:
        others = [people.field_name(field) for field in change.fields if field not in PLACE]
        if others and change.stakeholder_id in register.by_id:
            yield change.at, change.stakeholder_id, f"{text.listed(others)} changed", change.by


def _place(state: State) -> str:
    return (
        f"power {people.tenths(state.power)}, interest {people.tenths(state.interest)}, {state.stance}, "
        f"wanted {state.wanted_stance}"
    )


def _changed(before: State, after: State) -> str:
    fields = [name for name in PLACE if getattr(before, name) != getattr(after, name)]
    said = (
        f"{people.field_name(name)} {_shown(getattr(before, name))} → {_shown(getattr(after, name))}" for name in fields
    )
    return text.capital(", ".join(each.lower() for each in said)) or "Set again to the same"


def _shown(value: Any) -> str:
    if value is None:
        return "not known"
    return people.tenths(value) if isinstance(value, Decimal) else str(value)
