"""What the programs page asks and shows: the register, the fields of a program, and what can be done with one."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from assessments import library
from pages.ui import forms, shell, tables, text
from pages.ui.fields import Choice, Day, Text
from program.access import may
from program.actions import programs as actions
from program.queries.programs import ProgramCard
from program.reports.exchange import export_program, left_out
from program.values import Actor

MOST_BYTES = 20_000_000
MADE = "program.made"
WHAT = (
    "A program holds one client's assessments, people, components, money and measured engagement. Start with its name "
    "and client; everything else can follow in any order."
)


@cache
def new_fields() -> tuple[Text | Choice | Day, ...]:
    """Return what a new program is asked for."""
    zones = {zone: zone.replace("_", " ") for zone in sorted(available_timezones())}
    return (
        Text("name", "Program", required=True, hint="Answer in the open"),
        Text("client_name", "Client", required=True, hint="Alder & Finch"),
        Text("currency", "Currency", required=True, most=3, hint="USD"),
        Choice("time_zone", "Time zone", zones),
        Day("starts_on", "Starts", required=True),
    )


@cache
def change_fields() -> tuple[Text | Choice | Day, ...]:
    """Return what of a program can be changed."""
    targets = library.load().gates.targets
    profiles = {target.id: f"{target.name}: level {target.level} everywhere" for target in targets.values()}
    zones = {zone: zone.replace("_", " ") for zone in sorted(available_timezones())}
    return (
        Text("name", "Program", required=True),
        Choice("target_profile", "Target", profiles),
        Text("currency", "Currency", required=True, most=3),
        Choice("time_zone", "Time zone", zones),
        Day("starts_on", "Starts", required=True),
    )


COPY_FIELDS = (Text("name", "Name of the copy", required=True), Text("client_name", "Client", required=True))


def headline(cards: Sequence[ProgramCard]) -> str:
    """Return how many programs there are, in a sentence."""
    if not cards:
        return "There is no program yet."
    if len(cards) == 1:
        return f"You have one program: {cards[0].name}."
    clients = len({card.client_name for card in cards})
    return f"You have {len(cards)} programs for {text.plural(clients, 'client', 'clients')}."


def register(cards: Sequence[ProgramCard], *, here: str = "") -> tables.Table:
    """Return one row per program. here: the id of the one that is open."""
    heads = ("Program", "Client", "Your role", "Starts", "Target", "Currency", "Time zone")
    columns = tuple(tables.Column(head, text.day if head == "Starts" else tables.plain) for head in heads)
    rows = tuple(
        (
            tables.Cell(card.name, "strong", note=_note(card, here)),
            card.client_name,
            card.role,
            card.starts_on,
            card.target_profile,
            card.currency,
            card.time_zone,
        )
        for card in cards
    )
    return tables.Table(columns, rows, name="programs")


def _note(card: ProgramCard, here: str) -> str:
    return ", ".join([*(["open now"] if card.id == here else []), *(["sample"] if card.is_sample else [])])


def ask_new(actor: Actor, today: date, *, client_name: str = "") -> None:
    """Ask for a new program in one form, make it and open it."""
    begin = {"currency": "USD", "time_zone": _zone(), "starts_on": today, "client_name": client_name}
    if sent := forms.ask("program.new", new_fields(), begin=begin, submit="Start the program"):
        forms.add(sent, _create, actor)


def manage(actor: Actor, cards: Sequence[ProgramCard], *, may_create: bool) -> None:
    """Draw what can be done with one program: open, change, copy, take out, put away."""
    by_id, here = {card.id: card for card in cards}, shell.current(cards).id
    names = text.distinct({card.id: card.name for card in cards})
    chosen = st.selectbox(
        "Program",
        list(names),
        index=list(names).index(here),
        format_func=names.__getitem__,
        key=f"program.chosen.{here}",
        width=420,
    )
    card = by_id[chosen]
    owns = may(card.role, "program.manage")
    with st.container(horizontal=True):
        if st.button("Open", type="primary", key="program.open"):
            _open(card.id)
        if owns:
            st.download_button(
                "Export",
                lambda: export_program(card.id),
                f"{card.client_key}_program.json",
                "application/json",
                key="program.export",
                on_click="ignore",
                help="One file with everything that was entered, people included",
            )
    if owns:
        if missing := left_out(card.id):
            st.caption(f"Export: {missing}")
        with st.expander("Change"):
            if sent := forms.ask(f"program.{card.id}", change_fields(), of=card, submit="Save"):
                forms.change(sent, actions.change_program, actor, program_id=card.id)
    if may_create:
        with st.expander("Duplicate as a template"):
            st.caption(
                "Components, budget lines, objectives, targets and your own statements go along; people, answers and "
                "entries do not."
            )
            begin = {"name": f"{card.name} (copy)", "client_name": card.client_name}
            if sent := forms.ask(f"program.copy.{card.id}", COPY_FIELDS, begin=begin, submit="Duplicate"):
                forms.add(sent, _duplicate, actor, program_id=card.id)
    if owns:
        _archive(actor, card)


def bring_in(actor: Actor) -> None:
    """Ask for a program file and bring it in under new ids."""
    file = st.file_uploader("Program file", type=["json"], key="program.file")
    if file is None:
        shell.note("The file that Export makes, from this or another installation. Nothing here is overwritten.")
        return
    if file.size > MOST_BYTES:
        shell.alert("This file is too large", f"A program file has at most {MOST_BYTES // 10**6} MB.", sign="watch")
    elif st.button("Bring it in", type="primary", key="program.import"):
        once = forms.intention(f"program.import.{file.file_id}")
        forms.attempt(_import, actor, noun=f"program.import.{file.file_id}", content=file.getvalue(), intention=once)


def archived(actor: Actor, cards: Sequence[ProgramCard]) -> None:
    """Draw the archived programs and the way back."""
    if not cards:
        shell.note("No program is archived.")
        return
    tables.show(register(cards), key="program.archived")
    by_id = {card.id: card for card in cards if may(card.role, "program.manage")}
    if by_id:
        chosen = st.selectbox("Program", list(by_id), format_func=lambda each: by_id[each].name, key="program.back")
        if st.button("Bring it back", key="program.unarchive"):
            forms.attempt(actions.unarchive_program, actor, program_id=chosen, version=by_id[chosen].version)


def _archive(actor: Actor, card: ProgramCard) -> None:
    with st.popover("Archive"):
        st.caption("It can be read under Archived and brought back; until then nothing in it changes.")
        if st.button("Archive it", key="program.archive"):
            forms.attempt(actions.archive_program, actor, program_id=card.id, version=card.version)


def open_made() -> None:
    """Open the program that was started, copied or brought in a moment ago."""
    if made := st.session_state.pop(MADE, None):
        _open(made)


def _create(actor: Actor, **given: Any) -> None:
    st.session_state[MADE] = actions.create_program(actor, **given)


def _duplicate(actor: Actor, **given: Any) -> None:
    st.session_state[MADE] = actions.duplicate_program(actor, **given)


def _import(actor: Actor, **given: Any) -> None:
    st.session_state[MADE] = actions.import_program(actor, **given)


def _open(program_id: str) -> None:
    shell.choose(program_id)
    st.switch_page("home/overview.py", query_params={"program": program_id})


def _zone() -> str:
    zone = st.context.timezone
    return zone if zone in available_timezones() else "UTC"
