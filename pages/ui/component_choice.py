"""Which component the page shows, and which of them the register keeps; both are in the address."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assessments.library import load
from pages.ui import text
from pages.ui.component_reads import Plan
from program import catalog
from program.components import Component

COMPONENT, DIMENSION, VIEW = "component", "dimension", "component.view"
ONE, PROPOSED, REGISTER = "Component", "Proposed", "Register"
NOBODY, NONE = "Nobody", "None"
WIDTH = 196


def arrive(plan: Plan) -> None:
    """Open what the address names by `component` or `dimension`, unless it names a view as well."""
    asked = {name: st.query_params.get(name, "") for name in (COMPONENT, DIMENSION)}
    lifts = next((each.id for each in plan.components if each.dimension_id == asked[DIMENSION]), "")
    if asked[DIMENSION] and lifts:
        asked[COMPONENT] = asked[COMPONENT] or lifts
        del st.query_params[DIMENSION]
        st.query_params[COMPONENT] = asked[COMPONENT]
    if VIEW in st.session_state or VIEW in st.query_params:
        return
    if asked[COMPONENT] in plan.by_id:
        st.session_state[VIEW] = ONE
    elif asked[DIMENSION] in catalog.PROPOSALS:
        st.session_state[VIEW] = PROPOSED


def pick(plan: Plan) -> Component:
    """Draw the choice of a component, at first the one that the address names, and return it."""
    wanted = st.query_params.get(COMPONENT, "")
    chosen = wanted if wanted in plan.by_id else plan.components[0].id
    key = f"component.which.{chosen}"
    st.selectbox(
        "Which",
        list(plan.names),
        index=list(plan.names).index(chosen),
        format_func=plan.names.__getitem__,
        key=key,
        width=480,
        on_change=lambda: st.query_params.__setitem__(COMPONENT, st.session_state[key]),
    )
    return plan.by_id[chosen]


def leave() -> None:
    """Forget which component was chosen: the register shows all of them."""
    if COMPONENT in st.query_params:
        del st.query_params[COMPONENT]


def dimension() -> str:
    """Return the dimension that the address names and nothing lifts yet; empty without one."""
    wanted = st.query_params.get(DIMENSION, "")
    return wanted if wanted in catalog.PROPOSALS else ""


def aspect_of(component: Component) -> str:
    """Return the aspect of the dimension that a component should lift; empty without one."""
    return next((each.aspect for each in load().dimensions if each.id == component.dimension_id), "")


def filtered(plan: Plan) -> tuple[Component, ...]:
    """Draw the filters of the register, and return the components that they keep."""
    owners = sorted({name for each in plan.owners.values() for name in each})
    with st.container(horizontal=True, gap="small"):
        stage = _ask("Stage", "stage", catalog.STAGE_NAMES)
        pillar = _ask("Pillar", "pillar", {**catalog.PILLARS, "": NONE})
        aspect = _ask("Aspect", "aspect", {**dict.fromkeys(("mindset", "mechanism", "strategy")), "": NONE})
        owner = _ask("Owner", "owner", {**dict.fromkeys(owners), "": NOBODY})
    kept: list[Component] = []
    for each in plan.components:
        of: Mapping[str, Sequence[Any]] = {
            "stage": [each.stage],
            "pillar": [each.pillar or ""],
            "aspect": [aspect_of(each)],
            "owner": plan.owners.get(each.id, ("",)),
        }
        asked = {"stage": stage, "pillar": pillar, "aspect": aspect, "owner": owner}
        if all(not those or set(those) & set(of[name]) for name, those in asked.items()):
            kept.append(each)
    return tuple(kept)


def _ask(label: str, key: str, choices: Mapping[str, str | None]) -> list[str]:
    """Draw one filter; a choice without words reads as its id. Nothing chosen keeps everything."""
    words = text.distinct({id_: said or text.capital(id_) for id_, said in choices.items()})
    asked = st.multiselect(label, list(words.values()), key=key, placeholder="All", width=WIDTH, bind="query-params")
    return [id_ for id_, said in words.items() if said in asked]
