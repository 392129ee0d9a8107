"""Forms: one opening of a form saves once, and what two people changed at the same time is shown, never lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import shell, states
from pages.ui.fields import Amount, Choice, Day, Field, Part, Scale, Text, money
from program.values import Actor, Stale

__all__ = [
    "Amount",
    "Choice",
    "Day",
    "Field",
    "Part",
    "Scale",
    "Sent",
    "Text",
    "add",
    "ask",
    "attempt",
    "change",
    "money",
    "view",
]


@dataclass(frozen=True)
class _Opening:
    """One opening of a form: the keys of its fields, what they began with, and which version that was."""

    key: str
    intention: str
    begun: dict[str, Any]
    version: int


@dataclass(frozen=True)
class Sent:
    """What somebody entered. The intention is the same however often the button was pressed."""

    noun: str
    values: dict[str, Any]
    intention: str
    version: int


def ask(
    noun: str,
    fields: Sequence[Field | Part],
    *,
    submit: str,
    of: object = None,
    begin: Mapping[str, Any] | None = None,
    columns: int = 2,
    main: bool = True,
) -> Sent | None:
    """
    Draw a form and return what was entered when its button was pressed and every field could be read.

    noun: what the form is about, one per row that it edits ("stakeholder.add").
    of: the row to change (it has `version` and an attribute for every field), or None for a new one.
    begin: what some fields of a new one hold at first.
    columns: how many fields stand side by side, until a Part says otherwise.
    main: whether its button is the first thing to press on the page.
    """
    asked = [each for each in fields if not isinstance(each, Part)]
    opening = _opening(noun, asked, of, begin)
    with st.form(opening.key, border=False):
        raw = {
            each.name: each.show(place, f"{opening.key}.{each.name}", opening.begun.get(each.name))
            for each, place in _placed(fields, columns)
        }
        kind: Literal["primary", "secondary"] = "primary" if main else "secondary"
        pressed = st.form_submit_button(submit, type=kind, key=f"{opening.key}.submit")
    if not pressed:
        if st.session_state.get(states.JUST_SAVED) == noun:
            st.html('<p class="gw-note" role="status"><span class="gw-good">✓ Saved</span></p>')
        return None
    values: dict[str, Any] = {}
    with shell.saving() as reading:
        values = {each.name: each.read(raw[each.name]) for each in asked}
    return Sent(noun, values, opening.intention, opening.version) if reading.done else None


def add(sent: Sent, action: Callable[..., Any], actor: Actor, /, **given: Any) -> None:
    """Carry out an action that makes a row, then begin the form anew."""
    attempt(action, actor, noun=sent.noun, intention=sent.intention, **given, **sent.values)


def change(sent: Sent, action: Callable[..., Any], actor: Actor, /, **given: Any) -> None:
    """Carry out an action that changes the version of a row which the form began with."""
    attempt(action, actor, noun=sent.noun, version=sent.version, **given, **sent.values)


def attempt(action: Callable[..., Any], actor: Actor, /, *, noun: str = "", **given: Any) -> None:
    """
    Carry out an action and run the page again; when it is refused, say so and keep what was typed.

    A conflict opens the form again with what the other person saved, and both versions above the page.
    """
    with shell.saving() as saving:
        try:
            action(actor, **given)
        except Stale as problem:
            st.session_state[states.LATER] = problem
    if saving.done:
        st.session_state.pop(f"form.{noun}", None)
        st.session_state[states.SAVED] = noun
        st.rerun()


def view(views: Sequence[str], *, key: str) -> str:
    """Draw the switch between the views of a page, the first at first; which one is shown is in the address too."""
    first = None if key in st.session_state else views[0]
    chosen = st.segmented_control(
        "View", views, default=first, required=True, key=key, label_visibility="collapsed", bind="query-params"
    )
    return chosen or views[0]


def key_of(noun: str) -> str:
    """Return what the keys of an open form's fields begin with: another one for each opening."""
    return _opening(noun).key


def intention(noun: str) -> str:
    """Return the key of an intention without fields, until `attempt` has carried it out."""
    return _opening(noun).intention


def _placed(fields: Sequence[Field | Part], columns: int) -> Iterator[tuple[Field, DeltaGenerator]]:
    """Each field with its place: row by row, so that the Tab key goes through them as they are read."""
    free: list[DeltaGenerator] = []
    for each in fields:
        if isinstance(each, Part):
            columns, free = each.columns, []
            states.title(each.label, each.note)
        elif isinstance(each, Text) and (each.long or each.wide):
            free = []
            yield each, st.container()
        else:
            free = free or list(st.columns(columns, gap="medium"))
            yield each, free.pop(0)


def _opening(
    noun: str, fields: Sequence[Field] = (), of: object = None, begin: Mapping[str, Any] | None = None
) -> _Opening:
    """The form as it was opened; one that left the screen in between is opened anew."""
    held: _Opening | None = st.session_state.get(f"form.{noun}")
    if held and (not fields or f"{held.key}.{fields[0].name}" in st.session_state):
        return held
    begun = dict(begin or {}) if of is None else {each.name: getattr(of, each.name) for each in fields}
    once = uuid4().hex
    opening = _Opening(f"{noun}.{once}", once, begun, getattr(of, "version", 0))
    st.session_state[f"form.{noun}"] = opening
    return opening
