"""Changing a component, and taking it out."""

from typing import Any

import streamlit as st

from pages.ui import forms, plan, text
from pages.ui.component_reads import OWNERSHIP, Plan, about, address
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program.actions import components as actions
from program.components import Component
from program.gates import Gate


def show(visit: Visit, read: Plan, component: Component, gate: Gate) -> None:
    """Draw the form of a component and the way to remove it."""
    ids: dict[str, Any] = {"program_id": visit.program_id, "component_id": component.id}
    if sent := forms.ask(f"component.{component.id}", plan.fields(gate), of=component, submit="Save", columns=3):
        forms.change(sent, actions.change_component, visit.actor, **ids)
    owned(visit, read, component)
    with st.popover("Remove the component"):
        st.caption("Its duties, targets, evidence and gate decisions go too. With money booked on it, it stays.")
        if st.button("Remove", key="component.remove"):
            forms.attempt(actions.remove_component, visit.actor, **ids, version=component.version)


def owned(visit: Visit, read: Plan, component: Component | None = None) -> None:
    """Say who answers for a component, or that this is said once it is there, and lead to where it is settled."""
    if component is None:
        said, link = "Who answers for it is said once it is there:", address(visit, OWNERSHIP)
    else:
        link, names = about(visit, read, component, OWNERSHIP), read.owners.get(component.id, ())
        verb = "answers" if len(names) == 1 else "answer"
        who = f"{text.listed(names)} {verb} for it." if names else "Nobody answers for it yet."
        said = f"{who} This is settled on"
    st.html(f'<p class="gw-note">{markup(said)} <a href="{markup(link)}" target="_self">Ownership</a></p>')
