"""The forms of the vendor scorecard: the weights, a vendor, and what is known of it."""

from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import forms, shell, strategy
from pages.ui.fields import Choice, Field, Text
from pages.ui.strategy import Plan
from program import scorecard
from program.actions import vendors as actions
from program.scorecard import LEVELS, MOST_WEIGHT, Mark, Vendor, Weight
from program.values import Actor

WEIGHTS, NEW = "weights", ""
LEVEL_WORDS = {str(level): words for level, words in LEVELS.items()}
WEIGHT_WORDS = {"0": "0, does not matter", **{str(each): str(each) for each in range(1, MOST_WEIGHT)}}
WEIGHT_WORDS[str(MOST_WEIGHT)] = f"{MOST_WEIGHT}, matters most"
ABOUT = (
    Text("name", "Vendor", required=True),
    Text("note", "Note", most=2000),
)


@dataclass(frozen=True)
class Seen:
    """The versions that a form of several rows began with; nothing is drawn for it."""

    name: str = "seen"

    def show(self, _place: DeltaGenerator, _key: str, value: Any) -> Any:
        return value

    def read(self, raw: Any) -> Any:
        return raw


def form(plan: Plan) -> None:
    """Draw the form that was chosen: a new vendor, the weights, or a vendor's card."""
    choices = {NEW: "A new vendor", WEIGHTS: "The weights", **{each.id: each.name for each in plan.vendors}}
    shell.title("Add or change")
    which = strategy.chosen("What", choices, key="vendor.which")
    visit = plan.visit
    if which == NEW:
        if sent := forms.ask("vendor.add", ABOUT, submit="Add the vendor"):
            forms.add(sent, actions.add_vendor, visit.actor, program_id=visit.program_id)
    elif which == WEIGHTS:
        if sent := forms.ask("weights", _weight_fields(), begin=_weighed(plan), submit="Save the weights", columns=3):
            forms.add(sent, weigh, visit.actor, program_id=visit.program_id)
    else:
        _card(plan, next(each for each in plan.vendors if each.id == which))


def weigh(actor: Actor, *, program_id: str, intention: str, seen: dict[str, int | None], **given: str | None) -> None:
    """Save the weights as they were chosen, each over the version that the form began with."""
    weights = [Weight(each, _whole(given[each]), seen[each]) for each in scorecard.CAPABILITIES]
    actions.weigh_capabilities(actor, program_id=program_id, weights=weights, intention=intention)


def mark(
    actor: Actor,
    *,
    program_id: str,
    vendor_id: str,
    intention: str,
    seen: dict[str, int | None],
    **given: str | None,
) -> None:
    """Save what is known of a vendor, each mark over the version that the form began with."""
    marks = [
        Mark(each, _whole(given[f"score.{each}"]), given[f"evidence.{each}"], seen[each])
        for each in scorecard.CAPABILITIES
    ]
    actions.score_vendor(actor, program_id=program_id, vendor_id=vendor_id, marks=marks, intention=intention)


def _card(plan: Plan, vendor: Vendor) -> None:
    visit = plan.visit
    one = {"program_id": visit.program_id, "vendor_id": vendor.id}
    noun = f"marks.{vendor.id}"
    if sent := forms.ask(noun, _mark_fields(), begin=_marked(vendor), submit="Save the scores", columns=2):
        forms.add(sent, mark, visit.actor, **one)
    with st.expander("Rename or take off"):
        if sent := forms.ask(f"vendor.{vendor.id}", ABOUT, of=vendor, submit="Save", main=False):
            forms.change(sent, actions.change_vendor, visit.actor, **one)
        if st.button("Take off the scorecard", key="vendor.remove"):
            forms.attempt(actions.remove_vendor, visit.actor, **one, version=vendor.version)


def _weight_fields() -> tuple[Field, ...]:
    named = scorecard.load().values()
    return (*(Choice(each.id, each.name, WEIGHT_WORDS, none="Not said") for each in named), Seen())


def _weighed(plan: Plan) -> dict[str, Any]:
    begun = {each.capability: _words(each.weight) for each in plan.weights}
    return {**begun, "seen": {each.capability: each.version for each in plan.weights}}


def _mark_fields() -> tuple[Field, ...]:
    fields: list[Field] = []
    for each in scorecard.load().values():
        fields.append(Choice(f"score.{each.id}", each.name, LEVEL_WORDS, none="Not known"))
        fields.append(Text(f"evidence.{each.id}", f"What shows it: {each.name.lower()}", most=2000))
    return (*fields, Seen())


def _marked(vendor: Vendor) -> dict[str, Any]:
    begun: dict[str, Any] = {"seen": {each.capability: each.version for each in vendor.marks}}
    for each in vendor.marks:
        begun |= {f"score.{each.capability}": _words(each.score), f"evidence.{each.capability}": each.evidence}
    return begun


def _words(value: int | None) -> str | None:
    return None if value is None else str(value)


def _whole(value: str | None) -> int | None:
    return None if value is None else int(value)
