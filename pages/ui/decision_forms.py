"""What the decisions page asks about decisions and assumptions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import follow_ups, forms, shell, states, text
from pages.ui.decision_reads import WHOLE, Known
from pages.ui.fields import LONG, Choice, Day, Field, Text
from pages.ui.shell import Visit
from program.actions import decisions as actions
from program.decisions import STATES, Decision, Option, by_urgency, ranked

NOBODY = "Nobody yet"
Row = TypeVar("Row")


@dataclass(frozen=True)
class Options:
    """The options of a decision, one a line; what stands after a colon speaks for or against it."""

    name: str = "options"
    label: str = "Options, one a line; after a colon what speaks for or against it"

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        return place.text_area(self.label, written(value or ()), height=LONG + 24, max_chars=4000, key=key)

    def read(self, raw: Any) -> tuple[Option, ...]:
        lines = [line.partition(":") for line in str(raw or "").splitlines() if line.strip()]
        return tuple(Option(name.strip(), note.strip() or None) for name, _, note in lines)


def written(options: Iterable[Option]) -> str:
    """The options as somebody types them."""
    return "\n".join(f"{each.name}: {' '.join(each.note.split())}" if each.note else each.name for each in options)


def add(visit: Visit, known: Known) -> None:
    """Ask for a new question to decide."""
    if sent := forms.ask("decision.add", _fields(known), submit="Add the decision"):
        forms.add(sent, actions.add_decision, visit.actor, program_id=visit.program_id)


def edit(visit: Visit, known: Known) -> None:
    """Ask for one decision: what was decided while it is open, other values, and what follows from it."""
    one = _choose(known)
    given = {"program_id": visit.program_id, "decision_id": one.id}
    if one.open:
        _decide(visit, known, one)
    else:
        _decided(known, one)
    follow_ups.beside(visit, known.people, origin="decision", origin_id=one.id)
    with st.expander("Change the question", key=f"decision.more.{one.id}"):
        if sent := forms.ask(
            f"decision.{one.id}", _fields(known, made=not one.open), of=one, submit="Save", main=False
        ):
            forms.change(sent, actions.change_decision, visit.actor, **given)
        if not one.open and st.button("Open it again", key=f"decision.reopen.{one.id}"):
            forms.attempt(actions.reopen_decision, visit.actor, **given, version=one.version)


def add_assumption(visit: Visit, known: Known) -> None:
    """Ask for something that the plan takes for true."""
    if sent := forms.ask("assumption.add", _assumption_fields(known), submit="Add the assumption"):
        forms.add(sent, actions.add_assumption, visit.actor, program_id=visit.program_id)


def edit_assumption(visit: Visit, known: Known) -> None:
    """Ask whether one assumption still holds, and for other values."""
    ranks = by_urgency(known.assumptions, known.today)
    one = _one_of({each.id: each for each in ranks}, {each.id: each.text for each in ranks}, "Assumption", "assumption")
    given = {"program_id": visit.program_id, "assumption_id": one.id}
    asked = (Choice("state", "It", STATES), Day("expires_on", "Taken for true until"))
    if sent := forms.ask(f"assumption.check.{one.id}", asked, of=one, submit="Record the check"):
        forms.change(sent, actions.check_assumption, visit.actor, **given)
    follow_ups.beside(visit, known.people, origin="decision", origin_id=one.id)
    with st.expander("Change the assumption", key=f"assumption.more.{one.id}"):
        if sent := forms.ask(f"assumption.{one.id}", _assumption_fields(known), of=one, submit="Save", main=False):
            forms.change(sent, actions.change_assumption, visit.actor, **given)
        if st.button("Remove it", key=f"assumption.remove.{one.id}"):
            forms.attempt(actions.remove_assumption, visit.actor, **given, version=one.version)


def _decide(visit: Visit, known: Known, one: Decision) -> None:
    if not one.options:
        shell.note("A decision chooses between options. Write them down under “Change the question” first.")
        return
    names = {option.name: option.name for option in one.options}
    asked: tuple[Field, ...] = (
        Choice("chosen", "What was decided", names, none="Choose an option"),
        Choice("decider_id", "Who decided", known.people, none=NOBODY),
        Day("decided_on", "On", required=True),
        Day("review_on", "Look at it again on"),
        Text("dissent", "Who disagreed, and why", long=True, most=2000),
        Text("rests_on", "What it rests on", long=True, most=2000),
    )
    begin = {"decider_id": one.decider_id, "decided_on": known.today, "rests_on": one.rests_on, "dissent": one.dissent}
    noun = _deciding(one)
    if sent := forms.ask(noun, asked, begin=begin, submit="Record the decision", columns=4):
        given = {"program_id": visit.program_id, "decision_id": one.id, "version": one.version}
        forms.attempt(actions.decide, visit.actor, noun=noun, **given, **sent.values)


def _decided(known: Known, one: Decision) -> None:
    """Say what was decided, by whom, on which day, and who disagreed; at first, that it is saved."""
    who = known.people.get(one.decider_id or "", "somebody whom the record does not name")
    shell.title(one.chosen or text.UNKNOWN, f"Decided by {who} on {text.day(one.decided_on)}")
    shell.note(f"Who disagreed: {one.dissent}" if one.dissent else "The record does not say who disagreed.")
    if st.session_state.get(states.JUST_SAVED) == _deciding(one):
        st.html('<p class="gw-note" role="status"><span class="gw-good">✓ Saved</span></p>')


def _deciding(one: Decision) -> str:
    return f"decision.decide.{one.id}"


def _fields(known: Known, *, made: bool = False) -> tuple[Field, ...]:
    return (
        Text("question", "What is to be decided", required=True, wide=True, most=300),
        Choice("component_id", "Component", known.components, none=WHOLE),
        Choice("decider_id", "Who decided" if made else "Who decides", known.people, none=NOBODY),
        Options(),
        Day("review_on", "Look at it again on" if made else "To be decided by"),
        Text("rests_on", "What it rests on", long=True, most=2000),
        *((Text("dissent", "Who disagreed, and why", long=True, most=2000),) if made else ()),
    )


def _assumption_fields(known: Known) -> tuple[Field, ...]:
    return (
        Text("text", "What is taken for true", required=True, wide=True, most=1000),
        Choice("component_id", "Component", known.components, none=WHOLE),
        Choice("decision_id", "For the decision", known.questions, none="None in particular"),
        Choice("owner_id", "Who checks it", known.people, none=NOBODY),
        Day("expires_on", "Until"),
    )


def _choose(known: Known) -> Decision:
    ranks = ranked(known.decisions)
    return _one_of(
        {each.id: each for each in ranks}, {each.id: each.question for each in ranks}, "Decision", "decision"
    )


def _one_of(rows: Mapping[str, Row], names: Mapping[str, str], label: str, noun: str) -> Row:
    told = text.distinct(names)
    which = st.selectbox(
        label, list(told), format_func=told.__getitem__, key=f"{noun}.which", width=640, bind="query-params"
    )
    return rows[which]
