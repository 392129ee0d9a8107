"""The map of the register: drops saved or refused with both places, the grid, and what it says."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from pages.ui import grid, people, shell, sitemap, states, tables, text
from pages.ui.grid import Move
from pages.ui.register import CHOSEN, VIEW, Register
from pages.ui.shell import Visit
from program import stakeholders
from program.actions import stakeholders as actions
from program.proposed_risks import ProposedRisk
from program.stakeholders import QUADRANTS, Stakeholder
from program.values import Stale

GRID = "stakeholder.grid"
RISKS = 3


def save_drop(visit: Visit) -> None:
    """Save the drop that started this run, of one mark or several; when it is refused, say why and put them back."""
    with st.container(), shell.saving() as dropped:
        moves = grid.moved(key=GRID)
        if moves:
            try:
                actions.move_stakeholders(visit.actor, program_id=visit.program_id, moves=moves)
            except Stale as problem:
                grid.refuse(key=GRID)
                _both_places(problem, moves, visit.program.time_zone)
    if not dropped.done:
        grid.refuse(key=GRID)


def draw(visit: Visit, register: Register) -> None:
    """Draw the grid with its key, the widest gaps, whom to answer first and what could go wrong."""
    editable = visit.may("people.edit")
    figure, side = st.columns([7, 3], gap="large")
    with figure:
        grid.show(
            register.people,
            key=GRID,
            editable=editable,
            alt=stakeholders.headline(register.people),
            history=register.history,
            time_zone=visit.program.time_zone,
        )
    side.html(_said(register)[0])
    if asking := people.question(register.people):
        side.html(people.asks(asking))
        if editable:
            to_edit = {VIEW: "Edit", CHOSEN: asking.id}
            side.button(
                "Record the next step",
                type="primary",
                key="stakeholder.answer",
                on_click=st.session_state.update,
                args=(to_edit,),
            )
    first, wrong = st.columns([7, 3], gap="large")
    first.html(_said(register)[1])
    with wrong:
        _risks(register.risks if visit.may("influence.read") else register.open_risks)


@lru_cache(maxsize=32)
def _said(register: Register) -> tuple[str, str]:
    return people.key_and_gaps(register.people), people.answer_first(register.people)


def _risks(risks: Sequence[ProposedRisk]) -> None:
    """What could go wrong, and a button for each page on which to mend it."""
    if not risks:
        return
    st.html(people.risk_list(risks, most=RISKS))
    shown = dict.fromkeys(each.page for each in risks[:RISKS])
    with st.container(horizontal=True, gap="small"):
        for entry in sitemap.PAGES:
            if entry.file in shown and st.button(f"Open {entry.title}", key=f"stakeholder.{entry.url_path}"):
                st.switch_page(entry.file)


def _both_places(problem: Stale, moves: Sequence[Move], zone: str) -> None:
    """Say whose place changed meanwhile, with the reader's place and the one that is kept."""
    theirs = problem.theirs
    name = people.alone(str(theirs.get("name", problem.what)))
    (mine,) = [move for move in moves if move.stakeholder_id == theirs.get("id")] or moves[:1]
    now = Stakeholder("", 0, "", theirs["power"], theirs["interest"])
    wanted = Stakeholder("", 0, "", mine.power, mine.interest)
    when = f" since {text.moment(problem.changed_at, zone)}" if problem.changed_at else ""
    states.alert(
        f"{problem.changed_by or 'Somebody'} changed the entry of {name} while you were editing it",
        f"You dropped it at {_place(wanted)}. Theirs is at {_place(now)}{when}.",
        "The map shows theirs. Drop it again to keep yours.",
        kept=f"None of the {len(moves)} was moved." if len(moves) > 1 else "Nothing was moved.",
        sign="watch",
    )
    places = tables.Table(
        columns=(
            tables.Column("Place"),
            tables.Column("Power", people.tenths, number=True),
            tables.Column("Interest", people.tenths, number=True),
            tables.Column("Quadrant"),
        ),
        rows=tuple((whose, at.power, at.interest, _quadrant(at)) for whose, at in (("Yours", wanted), ("Theirs", now))),
    )
    st.html(tables.html(places), width=480)


def _place(at: Stakeholder) -> str:
    where = f"power {people.tenths(at.power)} and interest {people.tenths(at.interest)}"
    return f"{where} ({_quadrant(at).lower()})"


def _quadrant(at: Stakeholder) -> str:
    return QUADRANTS[stakeholders.quadrant(at)]
