"""Ties in a list: a form to add one, the table, and one to change or take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import forms, shell, tables, text
from pages.ui.fields import Choice, Day, Text
from pages.ui.influence_reads import Known
from pages.ui.shell import Visit
from program.actions import influence as actions
from program.queries.influence import TieRow
from program.typed_ties import KINDS
from program.values import Actor, Invalid

SHOWN = 200  # rows on the page; the files hold all
WEIGHTS = {1: "1, weak", 2: "2", 3: "3", 4: "4", 5: "5, strong"}
LAST = "tie.last"  # of whom a tie was entered last: the next one is often theirs
BEGIN = {"kind": "influences", "weight": 3}


@dataclass(frozen=True)
class Weight:
    """How strong a tie is."""

    name: str
    label: str

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        start = list(WEIGHTS).index(value) if value in WEIGHTS else 0
        return place.selectbox(self.label, list(WEIGHTS), index=start, format_func=WEIGHTS.__getitem__, key=key)

    def read(self, raw: Any) -> int:
        return int(raw)


ABOUT = (
    Weight("weight", "Weight"),
    Text("known_from", "Known from", hint="Interview, chart, workshop"),
    Day("on", "Date"),
)


def show(visit: Visit, known: Known, *, editable: bool) -> None:
    """Draw the form, the list, and the tie that is to be changed."""
    if editable:
        _add(visit, known)
    if not known.ties:
        return
    whose, which = st.columns(2, gap="medium")
    only = whose.selectbox(
        "Ties of",
        [each for each in known.by_id if each in known.tied],
        index=None,
        format_func=lambda each: known.labels.get(each, each),
        placeholder="Everybody",
        key="tie.of",
    )
    listed = [tie for tie in known.ties if only in (None, tie.source, tie.target)]
    shell.title(text.capital(text.plural(len(listed), "tie", "ties")))
    if editable:
        _change(visit, known, listed[:SHOWN], which)
    rows = table(known, listed)
    st.html(tables.html(tables.Table(rows.columns, rows.rows[:SHOWN], rows.name)))
    if len(listed) > SHOWN:
        count = text.number(len(listed))
        shell.note(f"The first {SHOWN} of {count} ties. Choose a person to see theirs; the files have all.")
    tables.downloads(rows, key="tie.list")


def table(known: Known, ties: Sequence[TieRow]) -> tables.Table:
    """The ties under the headings that Paste takes back."""
    return tables.Table(
        columns=(
            tables.Column("From"),
            tables.Column("Tie"),
            tables.Column("To"),
            tables.Column("Weight", number=True),
            tables.Column("Known from", tables.blank),
            tables.Column("Date", _day),
        ),
        rows=tuple(
            (
                tables.Cell(known.names[tie.source], "strong"),
                KINDS[tie.kind],
                known.names[tie.target],
                tie.weight,
                tie.known_from,
                tie.on,
            )
            for tie in ties
        ),
        name="ties",
    )


def add_tie(actor: Actor, *, program_id: str, known: Known, intention: str, **tie: Any) -> None:  # noqa: ARG001
    """Make a tie between two people. Raises Invalid when one of them is not chosen, and for one that is there."""
    if not tie["source_id"] or not tie["target_id"]:
        raise Invalid("source_id", "A tie takes two people. Choose who and whom.")
    there = next((each for each in known.ties if each.key == (tie["source_id"], tie["target_id"], tie["kind"])), None)
    if there is not None:
        raise Invalid("target_id", f"{_called(known, there)} is in the list already. Change it there.")
    actions.set_tie(actor, program_id=program_id, **tie)
    st.session_state[LAST] = tie["source_id"]


def _add(visit: Visit, known: Known) -> None:
    shell.title("Add a tie")
    fields = (
        Choice("source_id", "Who", known.labels, none="Choose"),
        Choice("kind", "Tie", KINDS),
        Choice("target_id", "Whom", known.labels, none="Choose"),
        *ABOUT,
    )
    begin = BEGIN | {"source_id": st.session_state.get(LAST)}
    if sent := forms.ask("tie.add", fields, begin=begin, columns=3, submit="Add the tie"):
        forms.add(sent, add_tie, visit.actor, program_id=visit.program_id, known=known)


def _change(visit: Visit, known: Known, ties: Sequence[TieRow], place: DeltaGenerator) -> None:
    by_id = {tie.id: tie for tie in ties}
    chosen = place.selectbox(
        "Change a tie",
        list(by_id),
        index=None,
        format_func=lambda each: _called(known, by_id[each]) if each in by_id else each,
        placeholder="Choose one",
        key="tie.chosen",
    )
    if chosen not in by_id:
        return
    tie = by_id[chosen]
    shell.note(_called(known, tie))
    one = {"program_id": visit.program_id, "source_id": tie.source, "target_id": tie.target, "kind": tie.kind}
    if sent := forms.ask(f"tie.{tie.id}", ABOUT, of=tie, columns=3, submit="Save"):
        forms.change(sent, actions.set_tie, visit.actor, **one)
    if st.button("Take this tie back", key="tie.remove"):
        forms.attempt(actions.remove_tie, visit.actor, program_id=visit.program_id, tie_id=tie.id, version=tie.version)


def _called(known: Known, tie: TieRow) -> str:
    return f"{known.names[tie.source]} {KINDS[tie.kind]} {known.names[tie.target]}, weight {tie.weight}"


def _day(value: date | None) -> str:
    return "" if value is None else text.day(value)
