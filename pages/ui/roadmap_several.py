"""Several activities of the roadmap at once: their component and their owner."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import forms, shell, text
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program.actions import roadmap as actions

KEEP, NONE = "keep", ""
NOUN = "activity.several"


def show(visit: Visit, plan: Plan) -> None:
    """Draw the choice of activities, of a component and of an owner, and the button that sets them."""
    shown = text.distinct(
        {each.id: f"{at} {each.activity.name}" for at, each in enumerate(plan.roadmap.activities, start=1)}
    )
    with st.expander("Change several at once", key="roadmap.several.open"):
        chosen = st.multiselect(
            "Activities",
            list(shown),
            format_func=shown.__getitem__,
            key=f"{forms.key_of(NOUN)}.which",
            placeholder="Choose activities",
        )
        one, two = st.columns(2, gap="medium")
        components = text.distinct({each.id: each.name for each in plan.components.values()})
        wanted = {
            "component_id": _choice(one, "Component of all", components, "No component"),
            "owner_id": _choice(two, "Owner of all", plan.people, "Nobody"),
        }
        changes = {name: value or None for name, value in wanted.items() if value != KEEP}
        held = plan.roadmap.by_id
        if st.button(
            f"Change {text.plural(len(chosen), 'activity', 'activities')}" if chosen else "Change them",
            key="roadmap.several",
            disabled=not chosen or not changes,
        ):
            versions = {each: held[each].activity.version for each in chosen}
            given = {"program_id": visit.program_id, "activities": versions, **changes}
            forms.attempt(actions.change_activities, visit.actor, noun=NOUN, **given)
        shell.note("All of them change, or none.")


def _choice(place: DeltaGenerator, label: str, names: Mapping[str, str], none: str) -> str:
    words = {KEEP: "As it is", NONE: none, **names}
    return place.selectbox(label, list(words), format_func=words.__getitem__, key=f"{forms.key_of(NOUN)}.{label}")
