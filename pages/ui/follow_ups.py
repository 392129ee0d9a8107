"""Follow-ups on the pages: the button that adds one beside what it comes from, the list, and its files."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui import forms, shell, tables, text
from pages.ui.fields import Choice, Day, Field, Text
from pages.ui.safe import markup
from pages.ui.shell import Visit
from pages.ui.tables import Cell, Column
from program.actions import follow_ups as actions
from program.follow_ups import ORIGINS, STATES, FollowUp, headline, state
from program.queries import follow_ups as queries
from program.queries import roadmap
from program.reports import calendar_file

NOBODY = "Nobody"
LISTED = 40  # with buttons; the rest stands in the table
TONES = {"overdue": "act", "soon": "watch"}
SIGNS = {"overdue": "■ Overdue", "soon": "▲ Due soon"}
SHOWN = ("Open", "Done", "All")
WHAT = (
    "A follow-up says who does what by when. It comes from a decision, a risk, a gate, a finding or a workshop, and "
    "stands on the overview once it is overdue."
)


def beside(visit: Visit, people: Mapping[str, str], *, origin: str, origin_id: str) -> None:
    """Draw what is to follow from one row, and, for who may, the button that adds another. people: names by id."""
    mine = [each for each in queries.follow_ups(visit.program_id) if each.origin_id == origin_id]
    editable = visit.may("plan.edit")
    if mine or editable:
        shell.title("Follow-ups", "" if mine else "None yet.")
    for each in mine:
        _one(visit, people, each, editable=editable)
    if editable:
        with st.popover("Add a follow-up", key=f"follow_up.beside.{origin_id}"):
            ask(visit, people, origin=origin, origin_id=origin_id)


def ask(visit: Visit, people: Mapping[str, str], *, origin: str, origin_id: str | None = None) -> None:
    """Ask for a follow-up of something. people: names by id."""
    noun = f"follow_up.add.{origin}.{origin_id or ''}"
    if sent := forms.ask(noun, _fields(people), submit="Add it", main=False):
        given = {"program_id": visit.program_id, "origin": origin, "origin_id": origin_id}
        forms.add(sent, actions.add_follow_up, visit.actor, **given)


def draw(visit: Visit, people: Mapping[str, str], found: Sequence[FollowUp]) -> None:
    """Draw the whole list with its filters, its files, and what one changes in it."""
    editable = visit.may("plan.edit")
    some = _filtered(people, found)
    shell.note(f"{text.capital(text.plural(len(some), 'follow-up', 'follow-ups'))} of {len(found)}.")
    for each in some[:LISTED]:
        _one(visit, people, each, editable=editable)
    if len(some) > LISTED:
        shell.note(f"{len(some) - LISTED} more stand in the files.")
    if some:
        with st.container(horizontal=True, gap="small"):
            with st.container(width="content"):
                tables.downloads(table(some, people, visit), key="follow_up.file")
            st.download_button(
                "Calendar (.ics)",
                lambda: calendar(visit, people, some),
                "follow-ups.ics",
                "text/calendar",
                key="follow_up.file.ics",
                on_click="ignore",
            )
        shell.note("The calendar holds what is open and has a day. Brought in again, it moves its entries.")


def calendar(visit: Visit, people: Mapping[str, str], some: Sequence[FollowUp]) -> bytes:
    """Some follow-ups as a calendar file."""
    return calendar_file.ics(
        roadmap.roadmap(visit.program_id, today=visit.today),
        some,
        name=f"{visit.program.name}: follow-ups",
        now=visit.actor.now,
        people=people,
        parts=("follow_ups",),
    )


def edit(visit: Visit, people: Mapping[str, str], found: Sequence[FollowUp]) -> None:
    """Ask for other values of one follow-up, or take it out."""
    by_id = {each.id: each for each in found}
    names = text.distinct({each.id: each.title for each in found})
    which = st.selectbox("Follow-up", list(names), format_func=names.__getitem__, key="follow_up.which", width=640)
    one = {"program_id": visit.program_id, "follow_up_id": which}
    if sent := forms.ask(f"follow_up.{which}", _fields(people), of=by_id[which], submit="Save"):
        forms.change(sent, actions.change_follow_up, visit.actor, **one)
    with st.popover("Remove it"):
        st.caption("Only what nobody has to do. What is done stays as done.")
        if st.button("Remove", key="follow_up.remove"):
            forms.attempt(actions.remove_follow_up, visit.actor, **one, version=by_id[which].version)


def table(some: Sequence[FollowUp], people: Mapping[str, str], visit: Visit) -> tables.Table:
    """One row per follow-up."""
    columns = ("What", "Who", "Due", "State", "Comes from", "Of", "Done")
    shows = {"Due": text.day, "Done": lambda at: tables.blank(at and text.moment(at, visit.program.time_zone))}
    rows = tuple(
        (
            Cell(each.title, "strong"),
            people.get(each.owner_id or "", NOBODY),
            each.due_on,
            STATES[state(each, visit.today)],
            ORIGINS[each.origin],
            each.from_what,
            each.done_at,
        )
        for each in some
    )
    return tables.Table(tuple(Column(name, shows.get(name, tables.blank)) for name in columns), rows, name="follow-ups")


def answer(found: Sequence[FollowUp], visit: Visit) -> str:
    """The page's one sentence about follow-ups."""
    return headline(found, visit.today)


def _fields(people: Mapping[str, str]) -> tuple[Field, ...]:
    return (
        Text("title", "What to do", required=True, wide=True, most=300),
        Choice("owner_id", "Who", people, none=NOBODY),
        Day("due_on", "By when"),
    )


def _filtered(people: Mapping[str, str], found: Sequence[FollowUp]) -> list[FollowUp]:
    owners = sorted({people.get(each.owner_id or "", NOBODY) for each in found})
    origins = [name for origin, name in ORIGINS.items() if any(each.origin == origin for each in found)]
    with st.container(horizontal=True, gap="small"):
        shown = st.selectbox("Show", SHOWN, key="follow_up.shown", width=120, bind="query-params")
        who = st.multiselect("Who", owners, key="follow_up.who", placeholder="All", width=200, bind="query-params")
        where = st.multiselect(
            "Comes from", origins, key="follow_up.origin", placeholder="All", width=200, bind="query-params"
        )
    return [
        each
        for each in found
        if shown in ("All", "Done" if each.done_at else "Open")
        and (not who or people.get(each.owner_id or "", NOBODY) in who)
        and (not where or ORIGINS[each.origin] in where)
    ]


def _one(visit: Visit, people: Mapping[str, str], each: FollowUp, *, editable: bool) -> None:
    """One follow-up: what, who and by when, where it comes from, and the button that says it is done."""
    stands = state(each, visit.today)
    sign = f'<span class="gw-{TONES[stands]}">{SIGNS[stands]}</span> ' if stands in TONES else ""
    done = f"done {text.moment(each.done_at, visit.program.time_zone)}"
    when = done if each.done_at else f"by {text.day(each.due_on)}" if each.due_on else "no date"
    origin = f"{ORIGINS[each.origin]}: {each.from_what}" if each.from_what else ORIGINS[each.origin]
    facts = " · ".join(markup(part) for part in (people.get(each.owner_id or "", NOBODY), when, origin))
    dim = ' class="gw-dim"' if each.done_at else ""
    said = f'<p style="margin:0;line-height:1.45;overflow-wrap:anywhere"><b{dim}>{markup(each.title)}</b></p>'
    words, press = st.columns([6, 1], vertical_alignment="center", width=900)
    words.html(f'{said}<p class="gw-note">{sign}{facts}</p>')
    if editable:
        one: dict[str, Any] = {"program_id": visit.program_id, "follow_up_id": each.id, "version": each.version}
        if each.done_at is None and press.button("Done", key=f"follow_up.done.{each.id}"):
            forms.attempt(actions.complete_follow_up, visit.actor, **one)
        if each.done_at and press.button("Not done", key=f"follow_up.undo.{each.id}", type="tertiary"):
            forms.attempt(actions.reopen_follow_up, visit.actor, **one)
