"""Answering an assessment: one statement at a time or all in a list, every answer kept as soon as it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import streamlit as st

from assessments.content import Statement
from assessments.functions import ASPECTS
from assessments.library import Library
from pages.ui import keys, safe, shell, text
from program.actions import assessments as actions
from program.queries import assessments as queries
from program.runs import MyRespondent, Run, SavedAnswer

PLACE = "take.place"
WAYS = ("One at a time", "List")
KIND_WORDS = {"dont_know": "I don\N{RIGHT SINGLE QUOTATION MARK}t know", "na": "Does not apply"}
STYLE = """
<style>
[class*=st-key-take_answer] [role=radiogroup] {gap:8px;width:100%;align-items:stretch}
[class*=st-key-take_answer] [role=radiogroup]>* {width:100%}
[class*=st-key-take_answer] [role=radiogroup] label {border:1px solid var(--gw-rule);border-radius:4px;margin:0;
 padding:9px 14px;width:100%;min-height:44px;align-items:flex-start}
[class*=st-key-take_answer] .stRadio, [class*=st-key-take_answer] .stRadio>div {width:100%}
[class*=st-key-take_answer] [role=radiogroup] label:has(input:checked) {border:2px solid var(--gw-ink);
 padding:8px 13px;background:var(--gw-surface)}
.st-key-take_on>* {flex:1 1 0!important;min-width:0}
@media (max-width:640px) {.st-key-take_on>:nth-child(3) {flex-basis:100%!important}}
.gw-progress {height:4px;background:var(--gw-rule);margin:4px 0 0} .gw-progress i {display:block;height:4px}
.gw-statement {font-family:"Source Serif",Georgia,serif;font-size:1.375rem;line-height:1.3;margin:0;padding:0;
 font-weight:500;color:var(--gw-ink);max-width:46ch}
.gw-dimension {font-size:.875rem;font-weight:600;margin:0}
</style>
"""


@dataclass(frozen=True)
class Sheet:
    """One person's way through a run: the statements in order and what was answered so far."""

    visit: shell.Visit
    run: Run
    me: MyRespondent
    library: Library
    statements: tuple[Statement, ...]
    answers: Mapping[str, SavedAnswer]

    @property
    def done(self) -> int:
        """How many statements have an answer of any kind."""
        return sum(statement.id in self.answers for statement in self.statements)

    @property
    def parts(self) -> dict[str, list[Statement]]:
        """The statements of each dimension; one each in the short form."""
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(statement.dimension, []).append(statement)
        return found


def sheet(visit: shell.Visit, run: Run, me: MyRespondent) -> Sheet:
    """Return what somebody is asked in a run, mindset first, and what they answered."""
    library = queries.library(visit.program_id, run.id)
    return Sheet(visit, run, me, library, library.statements(run.form), queries.my_answers(visit.program_id, me.id))


def headline(sheet: Sheet) -> str:
    """Return how far somebody is, in a sentence."""
    asked = len(sheet.statements)
    left = text.plural(asked - sheet.done, "statement", "statements")
    if sheet.done == asked:
        return f"You answered all {asked} statements. Change them until the run closes."
    if not sheet.done:
        return f"{text.capital(left)}. Say what is so, not what should be."
    return f"{sheet.done} of {asked} answered. {text.capital(left)} to go."


def one_at_a_time(sheet: Sheet) -> None:
    """Draw the statement that is open, its five anchors, and the way back and on."""
    place = _place(sheet)
    statement = sheet.statements[place]
    dimension = sheet.library.dimension(statement.dimension)
    share = 100 * sheet.done / len(sheet.statements)
    st.html(
        f'{STYLE}<p class="gw-note">Statement {place + 1} of {len(sheet.statements)}</p><div class="gw-progress" '
        f'role="progressbar" aria-label="Answered" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share:.0f}">'
        f'<i style="width:{share:.0f}%;background:var(--gw-{statement.aspect})"></i></div>'
    )
    st.html(
        f'<p class="gw-dimension" style="color:var(--gw-{statement.aspect}-text)">{statement.aspect.capitalize()} · '
        f'{safe.markup(dimension.short_name)}</p><h2 class="gw-statement">{safe.markup(statement.text)}</h2>'
    )
    with st.container(key="take_answer"):
        _anchors(sheet, statement)
    _other_answers(sheet, statement)
    _saved(sheet, statement)
    _back_and_on(sheet, place)
    _another_part(sheet, statement)
    keys.listen(key="take.keys", on_level=partial(_keep_level, sheet, statement))


def in_a_list(sheet: Sheet) -> None:
    """Draw every statement with its anchors, by aspect; each answer is kept as soon as it is chosen."""
    st.html(STYLE)
    parts = sheet.parts
    for aspect in ASPECTS:
        mine = [each for each in sheet.statements if each.aspect == aspect]
        done = sum(each.id in sheet.answers for each in mine)
        words = f"{aspect.capitalize()}, {done} of {len(mine)} answered"
        st.html(f'<h2 class="gw-title" style="color:var(--gw-{aspect}-text)">{words}</h2>')
        for statement in mine:
            if len(parts[statement.dimension]) > 1 and statement is parts[statement.dimension][0]:
                _part_title(sheet, statement)
            with st.container(key=f"take_answer_{statement.id}"):
                st.html(f'<h3 class="gw-title">{safe.markup(statement.text)}</h3>')
                _anchors(sheet, statement)
                _other_answers(sheet, statement)
                if statement.id in sheet.answers and sheet.answers[statement.id].kind != "level":
                    _saved(sheet, statement)
    if sheet.done:
        to_results(main=sheet.done == len(sheet.statements), width="stretch", key="take.results_below")


def _place(sheet: Sheet) -> int:
    """The statement that is open: the one asked for, else the first without an answer."""
    ids = [each.id for each in sheet.statements]
    asked_for = st.session_state.get(PLACE)
    if asked_for in ids:
        return ids.index(asked_for)
    first = next((at for at, each in enumerate(ids) if each not in sheet.answers), 0)
    st.session_state[PLACE] = ids[first]
    return first


def _anchors(sheet: Sheet, statement: Statement) -> None:
    saved = sheet.answers.get(statement.id)
    key = f"take.{statement.id}"
    words = {level: f"**{level}**  {safe.plain(anchor)}" for level, anchor in enumerate(statement.levels)}
    st.session_state[key] = saved.level if saved and saved.kind == "level" else None
    st.radio(
        safe.plain(statement.text),
        list(words),
        index=None,
        format_func=words.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=lambda: _keep(sheet, statement, "level", level=st.session_state[key]),
        width="stretch",
    )


def _other_answers(sheet: Sheet, statement: Statement) -> None:
    saved = sheet.answers.get(statement.id)
    with st.container(horizontal=True, gap="medium"):
        st.button(
            KIND_WORDS["dont_know"],
            key=f"take.{statement.id}.dont_know",
            type="tertiary",
            on_click=_keep,
            args=(sheet, statement, "dont_know"),
        )
        with st.popover(KIND_WORDS["na"], type="tertiary", key=f"take.{statement.id}.na"):
            reason = f"take.{statement.id}.reason"
            st.text_input("Why it does not apply to you", saved.reason if saved else "", key=reason, max_chars=300)
            st.button(
                "Save",
                key=f"take.{statement.id}.na.save",
                on_click=lambda: _keep(sheet, statement, "na", reason=st.session_state[reason]),
            )


def _saved(sheet: Sheet, statement: Statement) -> None:
    saved = sheet.answers.get(statement.id)
    if saved is None:
        st.html('<p class="gw-note" role="status">Not answered yet. Press 0 to 4, or choose.</p>')
        return
    said = "" if saved.kind == "level" else f" “{KIND_WORDS[saved.kind]}”"
    why = f": {saved.reason}" if saved.kind == "na" and saved.reason else ""
    st.html(f'<p class="gw-note" role="status"><span class="gw-good">✓ Saved</span>{safe.markup(said + why)}</p>')


def _back_and_on(sheet: Sheet, place: int) -> None:
    ids = [each.id for each in sheet.statements]
    before, after = ids[max(place - 1, 0)], ids[min(place + 1, len(ids) - 1)]
    last, finished = place + 1 == len(ids), sheet.done == len(ids)
    with st.container(horizontal=True, key="take_on"):
        st.button("Back", key="take.back", disabled=place == 0, on_click=_go, args=(before,), width="stretch")
        if not (last and sheet.done):
            st.button(
                "Next",
                key="take.next",
                type="secondary" if finished else "primary",
                disabled=last,
                on_click=_go,
                args=(after,),
                width="stretch",
            )
        if sheet.done:
            to_results(main=finished or last, width="stretch")


def _another_part(sheet: Sheet, statement: Statement) -> None:
    """Offer the dimensions of the long form, so that nobody presses through 87 statements to come back to one."""
    parts = sheet.parts
    if len(parts) == len(sheet.statements):
        return

    def go() -> None:
        part = parts[st.session_state["take.part"]]
        _go(next((each.id for each in part if each.id not in sheet.answers), part[0].id))

    st.session_state["take.part"] = statement.dimension
    st.selectbox("Go to", list(parts), format_func=partial(_part_words, sheet), key="take.part", on_change=go)


def _part_title(sheet: Sheet, statement: Statement) -> None:
    words = safe.markup(_part_words(sheet, statement.dimension))
    st.html(f'<p class="gw-dimension" style="color:var(--gw-{statement.aspect}-text)">{words}</p>')


def _part_words(sheet: Sheet, dimension: str) -> str:
    part = sheet.parts[dimension]
    name = f"{part[0].aspect.capitalize()} · {sheet.library.dimension(dimension).short_name}"
    return f"{name}, {sum(each.id in sheet.answers for each in part)} of {len(part)} answered"


def to_results(
    *, main: bool = True, width: Literal["content", "stretch"] = "content", key: str = "take.results"
) -> None:
    """Draw the button that opens the results; main: nothing else on the page is more to the point."""
    if st.button("See the results", key=key, type="primary" if main else "secondary", width=width):
        st.switch_page("assess/results.py")


def _go(statement_id: str) -> None:
    st.session_state[PLACE] = statement_id


def _keep_level(sheet: Sheet, statement: Statement, level: int) -> None:
    _keep(sheet, statement, "level", level=level)


def _keep(
    sheet: Sheet, statement: Statement, kind: str, *, level: int | None = None, reason: str | None = None
) -> None:
    saved = sheet.answers.get(statement.id)
    with shell.saving(later=True):
        actions.save_answer(
            sheet.visit.actor,
            program_id=sheet.visit.program_id,
            respondent_id=sheet.me.id,
            statement_id=statement.id,
            kind=kind,
            level=level,
            reason=reason,
            version=saved.version if saved else None,
        )
