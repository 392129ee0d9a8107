"""How a ledger file is read: as it is, by a mapping that was kept, or by one that is made here."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui import forms, shell, text
from pages.ui.shell import Visit
from program.actions import ledger as actions
from program.ledger_mapping import (
    COLUMNS,
    DATE_FORMATS,
    DECIMALS,
    NEEDED,
    NEGATIVES,
    UNKNOWN_ORDERS,
    FileMapping,
    as_content,
    from_content,
    guess,
)
from program.pasted import same_name
from program.reconciling import SavedMapping
from program.values import Invalid

AS_IT_IS, NEW = "as it is", "new"
ACROSS = 3
ALWAYS = {"kind": ("actual", "commitment"), "row": ("1",)}
FIRST = ("line", "date", "amount", "document", "kind", "currency")  # the rest is seldom chosen
MORE = ("row", "against", "rate")
PLAIN_NUMBERS = {"": "As a plain number: 1200.50"}
NAMES = {
    "kind": "Kind of entry",
    "line": "Line",
    "date": "Date",
    "amount": "Amount",
    "currency": "Currency",
    "document": "Document",
    "row": "Row of the document",
    "against": "Against the order",
    "rate": "Rate",
}


def choose(visit: Visit, headings: Sequence[str], kept: Sequence[SavedMapping], key: str) -> FileMapping | None:
    """
    Draw the choice of how a file is read and return it.

    headings: of the file. key: another one for each file. Raises Invalid for a mapping that cannot be.
    """
    names = {AS_IT_IS: "Our own columns", **{each.id: each.name for each in kept}, NEW: "A new mapping"}
    start = list(names).index(_fitting(headings, kept))
    shown = text.distinct(names)
    way = st.selectbox(
        "Read it by", list(names), index=start, format_func=shown.__getitem__, key=f"{key}.way", width=360
    )
    if way == AS_IT_IS:
        shell.note(f"The columns are called {text.listed(NEEDED)}; against and rate may be there too.")
        return None
    saved = next((each for each in kept if each.id == way), None)
    if saved is not None:
        _keep_or_remove(visit, saved)
        return saved.mapping
    made = _made(visit, headings, key)
    if sent := forms.ask("mapping.add", (forms.Text("name", "Name of the mapping"),), submit="Keep it", main=False):
        forms.add(sent, actions.save_mapping, visit.actor, program_id=visit.program_id, content=as_content(made))
    return made


def _fitting(headings: Sequence[str], kept: Sequence[SavedMapping]) -> str:
    there = {same_name(each) for each in headings}
    if set(NEEDED) <= there <= set(COLUMNS):
        return AS_IT_IS
    fits = (each.id for each in kept if {same_name(name) for name in each.mapping.columns.values()} <= there)
    return next(fits, NEW)


def _keep_or_remove(visit: Visit, saved: SavedMapping) -> None:
    said = [f"{NAMES[ours].lower()} from “{theirs}”" for ours, theirs in saved.mapping.columns.items()]
    said += [f"{NAMES[ours].lower()} always “{word}”" for ours, word in saved.mapping.constants.items()]
    shell.note(f"It takes {text.listed(said)}.")
    with st.popover("Remove the mapping"):
        st.caption("What was read with it stays booked.")
        if st.button("Remove", key="mapping.remove"):
            one = {"program_id": visit.program_id, "mapping_id": saved.id}
            forms.attempt(actions.remove_mapping, visit.actor, **one, version=saved.version)


def _made(visit: Visit, headings: Sequence[str], key: str) -> FileMapping:
    found = {ours: f"column {heading}" for ours, heading in guess(each for each in headings if each).items()}
    always = {**ALWAYS, "currency": (visit.program.currency,)}
    ways: dict[str, str] = {}
    told: dict[str, str] = {}
    row = st.columns(ACROSS)
    for at, ours in enumerate(FIRST):
        ways[ours] = _way(row[at % ACROSS], ours, headings, always.get(ours, ()), found.get(ours), key)
    told["date_format"] = _choice(row[0], "Dates are written", {each: each for each in DATE_FORMATS}, f"{key}.dates")
    told["decimal"] = _choice(row[1], "Decimals have a", PLAIN_NUMBERS | DECIMALS, f"{key}.decimals")
    with st.expander("More columns"):
        row = st.columns(ACROSS)
        for at, ours in enumerate(MORE):
            ways[ours] = _way(row[at % ACROSS], ours, headings, always.get(ours, ()), found.get(ours), key)
        told["negative"] = _choice(row[0], "Amounts below zero", NEGATIVES, f"{key}.negative")
        told["unknown_order"] = _choice(row[1], "Costs of orders not booked", UNKNOWN_ORDERS, f"{key}.orders")
        words = _words(key)
    columns = {ours: way.removeprefix("column ") for ours, way in ways.items() if way.startswith("column ")}
    constants = {ours: way.removeprefix("always ") for ours, way in ways.items() if way.startswith("always ")}
    missing = [NAMES[each].lower() for each in NEEDED if each not in columns and each not in constants]
    if missing:
        raise Invalid("columns", f"Choose the column that holds the {text.listed(missing)}.")
    return from_content({"columns": columns, "constants": constants, **told, **words})


def _way(place: Any, ours: str, headings: Sequence[str], always: Sequence[str], found: str | None, key: str) -> str:
    """Draw the choice where one of our columns comes from and return it; empty when it is not in the file."""
    words = {"": "not in this file", **{f"column {each}": each for each in headings if each}}
    words |= {f"always {word}": f"always {word}" for word in always}
    begun = found or (f"always {always[0]}" if always else "")
    label = NAMES[ours] + (" (needed)" if ours in NEEDED else "")
    chosen = place.selectbox(
        label, list(words), index=list(words).index(begun), format_func=words.__getitem__, key=f"{key}.{ours}"
    )
    return str(chosen or "")


def _words(key: str) -> dict[str, Any]:
    """The file's own words for kinds and lines."""
    left, right = st.columns(2)
    asked = "One per line, as in: {}"
    kinds = left.text_area("Other words for kinds", key=f"{key}.kinds", placeholder=asked.format("IEH = actual"))
    lines = right.text_area("Other names of lines", key=f"{key}.lines", placeholder=asked.format("4711 = Licenses"))
    return {"kinds": _pairs(kinds or "", "kinds"), "lines": _pairs(lines or "", "lines")}


def _choice(place: Any, label: str, words: Mapping[str, str], key: str) -> str:
    return str(place.selectbox(label, list(words), format_func=words.__getitem__, key=key) or "")


def _pairs(typed: str, field: str) -> dict[str, str]:
    found = {}
    for line in typed.splitlines():
        theirs, equals, ours = line.rpartition("=")
        if not line.strip():
            continue
        if not equals:
            raise Invalid(field, f"“{line[:40]}” says nothing: write their word, an equals sign, and ours.")
        found[theirs.strip()] = ours.strip()
    return found
