"""Changing a component, and taking it out."""

from typing import Any

import streamlit as st

from pages.ui import forms, plan
from pages.ui.shell import Visit
from program.actions import components as actions
from program.components import Component
from program.gates import Gate


def show(visit: Visit, component: Component, gate: Gate) -> None:
    """Draw the form of a component and the way to remove it."""
    ids: dict[str, Any] = {"program_id": visit.program_id, "component_id": component.id}
    if sent := forms.ask(f"component.{component.id}", plan.fields(gate), of=component, submit="Save", columns=3):
        forms.change(sent, actions.change_component, visit.actor, **ids)
    with st.popover("Remove the component"):
        st.caption("Its duties, targets, evidence and gate decisions go too. With money booked on it, it stays.")
        if st.button("Remove", key="component.remove"):
            forms.attempt(actions.remove_component, visit.actor, **ids, version=component.version)
