"""Every page begins here: who is asking, for which program, and may they; then the headline."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import safe, signing, sitemap, text
from pages.ui.invitation import Invited, open_invitation
from pages.ui.states import (
    alert,
    answer,
    begin,
    empty,
    empty_then,
    explain_later,
    lead,
    note,
    refuse,
    saving,
    title,
    unavailable,
    why,
    working,
)
from program.access import may
from program.queries import programs
from program.queries.programs import ProgramCard
from program.store.engine import home
from program.values import Actor, Unavailable

__all__ = [
    "Invited",
    "Visit",
    "Visitor",
    "alert",
    "answer",
    "begin",
    "data_to",
    "empty",
    "empty_then",
    "lead",
    "note",
    "open_house",
    "open_invitation",
    "open_page",
    "refuse",
    "saving",
    "title",
    "unavailable",
    "why",
    "working",
]

log = logging.getLogger("groundwork.access")
CHOSEN = "shell.program"


@dataclass(frozen=True)
class Eyebrow:
    """The line over the headline: where it stands and what it says."""

    place: DeltaGenerator
    parts: tuple[str, ...]

    def show(self, *more: str) -> None:
        """Draw the line, with more at its end."""
        line = " &nbsp;·&nbsp; ".join([*self.parts, *(safe.markup(each) for each in more)])
        self.place.html(f'<p class="gw-eyebrow">{line}</p>')


@dataclass(frozen=True)
class Visitor:
    """Somebody at a page that needs no program; `role` is what they are in the whole installation, often None."""

    actor: Actor
    role: str | None
    today: date
    home: Path

    def may(self, grant: str) -> bool:
        return may(self.role, grant)


@dataclass(frozen=True)
class Visit:
    """Somebody at a page of one program; `today` is the day in the program's time zone."""

    actor: Actor
    program: ProgramCard
    program_id: str
    role: str
    today: date
    home: Path
    eyebrow: Eyebrow = field(compare=False, repr=False)

    def may(self, grant: str) -> bool:
        return may(self.role, grant)


def open_house(page: str) -> Visitor:
    """Open a page that needs no program, for anybody who is signed in: the programs page."""
    actor = _actor()
    _eyebrow(page)
    if not programs.programs_of(actor.user_id):
        _stop_strangers(actor)
    explain_later()
    return Visitor(actor=actor, role=programs.role_of(actor.user_id, None), today=datetime.now(UTC).date(), home=home())


def open_page(page: str, *, needs: str) -> Visit:
    """
    Open a page of the chosen program: the first statement of every page. Stops the page when the reader may not.

    page: its name as in the navigation. needs: the grant it takes.
    """
    actor = _actor()
    try:
        cards = programs.programs_of(actor.user_id)
    except Unavailable as problem:
        answer("Groundwork cannot read its records.")
        unavailable(problem)
    if not cards:
        _eyebrow(page)
        _stop_strangers(actor)
        empty(
            "There is no program yet.",
            what="A program holds one client's assessments, people, components and money. Every page shows one.",
            action="Start a program",
            next_step="home/programs.py",
        )
    chosen = _chosen(actor, cards)
    eyebrow = _eyebrow(page, chosen, cards)
    if not may(chosen.role, needs):
        log.warning("refused: user %s, grant %s, program %s", actor.user_id, needs, chosen.id)
        answer("You may not see this page.")
        refuse(
            "Your membership in this program does not include it. An owner can change that on the members page.",
            heading="Your membership does not allow this",
        )
    explain_later()
    today = datetime.now(UTC).astimezone(ZoneInfo(chosen.time_zone)).date()
    return Visit(actor, chosen, chosen.id, role=str(chosen.role), today=today, home=home(), eyebrow=eyebrow)


def data_to(visit: Visit, day: date | None) -> None:
    """Say over the headline up to which day the page's data goes; nothing when there is none."""
    if day:
        visit.eyebrow.show(f"data to {text.day(day)}")


def arrive() -> Actor | None:
    """Whoever is signed in and active now, for the router; says so and stops when the store cannot tell."""
    try:
        return signing.principal()
    except Unavailable as problem:
        answer("Groundwork cannot read its records.")
        unavailable(problem)


def _actor() -> Actor:
    """The same for a page: without anybody it stops, also when it was reached around the router."""
    actor = arrive()
    if actor is None:
        answer("Sign in to go on.")
        st.stop()
    return actor


def _stop_strangers(actor: Actor) -> None:
    """Somebody whose last membership was taken away is told so, and sees nothing else."""
    if programs.role_of(actor.user_id, None) is None and not programs.programs_of(actor.user_id, archived=True):
        answer("You have no membership here.")
        refuse("Ask an owner to give you one on the members page, then reload this page.", heading="Not a member")


def _chosen(actor: Actor, cards: list[ProgramCard]) -> ProgramCard:
    """The program named in the address, else the one of this session, else the first that is no sample."""
    by_id = {card.id: card for card in cards}
    wanted = st.query_params.get("program")
    if wanted is not None and wanted not in by_id:
        log.warning("refused: user %s asked for program %r", actor.user_id, wanted[:64])
        answer("There is no such program.")
        refuse(
            "The address names a program that does not exist or that you are not a member of. Choose one on the "
            "programs page.",
            heading="Not found",
        )
    card = current(cards)
    st.session_state[CHOSEN] = card.id
    if wanted != card.id:
        st.query_params["program"] = card.id
    return card


def current(cards: Sequence[ProgramCard]) -> ProgramCard:
    """The program of the address, else of this session, else the first that is no sample."""
    ready = st.query_params.get("program") or st.session_state.get(CHOSEN)
    first = next((each for each in cards if not each.is_sample), cards[0])
    return next((each for each in cards if each.id == ready), first)


def choose(program_id: str) -> None:
    """Make a program the chosen one of this session, as after creating it."""
    st.session_state[CHOSEN] = program_id
    st.query_params["program"] = program_id


def _eyebrow(page: str, card: ProgramCard | None = None, cards: list[ProgramCard] | None = None) -> Eyebrow:
    section = sitemap.section_of(page)
    crumbs = f"<b>{safe.markup(page)}</b>"
    if section:
        crumbs = f"{safe.markup(section)} &rsaquo; {crumbs}"
    parts = [crumbs]
    if card is not None:
        parts += [safe.markup(card.name), safe.markup(card.client_name)]
    if card is None or cards is None or len(cards) == 1:
        eyebrow = Eyebrow(st.empty(), tuple(parts))
    else:
        words, chooser = st.columns([4, 1], vertical_alignment="center")
        eyebrow = Eyebrow(words.empty(), tuple(parts))
        _chooser(chooser, card, cards)
    eyebrow.show()
    if card is not None and card.is_sample:
        st.html(
            '<p class="gw-banner"><b>Sample program.</b> The company, its people and its figures are invented. '
            "Start your own under Program &rsaquo; Programs.</p>"
        )
    return eyebrow


def _chooser(place: DeltaGenerator, card: ProgramCard, cards: list[ProgramCard]) -> None:
    names = text.distinct({each.id: f"{each.name} · {each.client_name}" for each in cards})
    key = f"{CHOSEN}.{card.id}"
    place.selectbox(
        "Program",
        list(names),
        index=list(names).index(card.id),
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=lambda: choose(st.session_state[key]),
    )
