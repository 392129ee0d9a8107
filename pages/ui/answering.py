"""Answering an assessment: one statement at a time or all in a list, every answer kept as soon as it is given."""

from functools import partial
from typing import Literal

import streamlit as st

from assessments.content import Statement
from assessments.functions import ASPECTS
from pages.ui import answer_style, besides, keys, safe, scrolling, text
from pages.ui.besides import KIND_WORDS
from pages.ui.sheet import Sheet, save

PLACE = "take.place"
SHOW = "take.show"
LIST = "List"
VIEWS = "What do you see?"
WAYS = ("One at a time", LIST, VIEWS)


def headline(sheet: Sheet) -> str:
    """Return how far somebody is, in a sentence."""
    asked = len(sheet.statements)
    left = text.plural(asked - sheet.done, "statement", "statements")
    if sheet.complete:
        return f"You answered all {asked} statements. Change them until the run closes."
    if not sheet.done:
        return f"{text.capital(left)}. Say what is so, not what should be."
    return f"{sheet.done} of {asked} answered. {text.capital(left)} to go."


def chosen_way() -> str:
    """The way of answering that is open."""
    return str(st.session_state.get(SHOW, WAYS[0]))


def switch() -> None:
    """Draw the switch between the ways of answering."""
    st.segmented_control("Show", WAYS, default=WAYS[0], required=True, key=SHOW, label_visibility="collapsed")


def one_at_a_time(sheet: Sheet) -> None:
    """Draw the statement that is open, its five anchors, and the way back and on."""
    place = _place(sheet)
    statement = sheet.statements[place]
    with st.container(key="take_keys"):  # before the statement is seen: a key pressed then must not answer another one
        keys.listen(key="take.keys", on_level=partial(_keep_level, sheet, statement))
    words = f"Statement {place + 1} of {len(sheet.statements)}"
    answer_style.progress(words, sheet.done, len(sheet.statements), color=statement.aspect)
    dimension = sheet.library.dimension(statement.dimension)
    st.html(
        f'<p class="gw-dimension" style="color:var(--gw-{statement.aspect}-text)">{statement.aspect.capitalize()} · '
        f'<span lang="{sheet.library.language}">{safe.markup(dimension.short_name)}</span></p>'
        f'<h2 class="gw-statement" lang="{sheet.library.language}">{safe.markup(statement.text)}</h2>'
    )
    with st.container(key="take_answer"):
        _anchors(sheet, statement)
    besides.links(sheet, statement)
    _saved(sheet, statement)
    _back_and_on(sheet, place)
    _another_part(sheet, statement)
    scrolling.to_begin_of(statement.id)


def in_a_list(sheet: Sheet) -> None:
    """Draw every statement with its anchors, by aspect; each answer is kept as soon as it is chosen."""
    st.html(answer_style.STYLE)
    parts = sheet.parts
    for aspect in ASPECTS:
        mine = [each for each in sheet.statements if each.aspect == aspect]
        done = sum(each.id in sheet.answers for each in mine)
        words = f"{aspect.capitalize()}, {done} of {len(mine)} answered"
        st.html(f'<h2 class="gw-title" style="color:var(--gw-{aspect}-text)">{words}</h2>')
        for statement in mine:
            if sheet.parted and statement is parts[statement.dimension][0]:
                _part_title(sheet, statement)
            with st.container(key=f"take_answer_{statement.id}"):
                words = safe.markup(statement.text)
                st.html(f'<h3 class="gw-title" lang="{sheet.library.language}">{words}</h3>')
                _anchors(sheet, statement)
                with st.container(horizontal=True, gap="medium"):
                    besides.other_answers(sheet, statement)
                if statement.id in sheet.answers and sheet.answers[statement.id].kind != "level":
                    _saved(sheet, statement)
    if sheet.done:
        _onward(sheet, main=sheet.complete, key="below")


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
        on_change=lambda: _keep_chosen(sheet, statement, st.session_state[key]),
        width="stretch",
    )


def _saved(sheet: Sheet, statement: Statement) -> None:
    saved = sheet.answers.get(statement.id)
    if saved is None:
        st.html('<p class="gw-note" role="status">Not answered yet. Press 0 to 4, or choose.</p>')
        return
    said = "" if saved.kind == "level" else f" “{KIND_WORDS[saved.kind]}”"
    why = f": {saved.reason}" if saved.kind == "na" and saved.reason else ""
    noted = f" · Note: {saved.note}" if saved.note else ""
    words = safe.markup(said + why + noted)
    st.html(f'<p class="gw-note" role="status"><span class="gw-good">✓ Saved</span>{words}</p>')


def _back_and_on(sheet: Sheet, place: int) -> None:
    ids = [each.id for each in sheet.statements]
    before, after = ids[max(place - 1, 0)], ids[min(place + 1, len(ids) - 1)]
    last = place + 1 == len(ids)
    with st.container(horizontal=True, key="take_on"):
        st.button("Back", key="take.back", disabled=place == 0, on_click=_go, args=(before,), width="stretch")
        if not (last and sheet.done):
            st.button(
                "Next",
                key="take.next",
                type="secondary" if sheet.complete else "primary",
                disabled=last,
                on_click=_go,
                args=(after,),
                width="stretch",
            )
        if sheet.done:
            _onward(sheet, main=sheet.complete or last)


def _onward(sheet: Sheet, *, main: bool, key: str = "on") -> None:
    """Lead on: to what people see when everything is answered; a member may look at the results at any time."""
    if sheet.complete or main:
        st.button(
            VIEWS,
            key=f"take.views_{key}",
            type="primary" if main else "secondary",
            on_click=_show,
            args=(VIEWS,),
            width="stretch",
        )
    if sheet.visit is not None:
        to_results(main=False, width="stretch", key=f"take.results_{key}")


def _another_part(sheet: Sheet, statement: Statement) -> None:
    """Offer the dimensions of the long form, so that nobody presses through 87 statements to come back to one."""
    if not sheet.parted:
        return
    parts = sheet.parts

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


def _show(way: str) -> None:
    st.session_state[SHOW] = way


def _keep_chosen(sheet: Sheet, statement: Statement, level: int | None) -> None:
    """Keep a level that was chosen; None is a page left before it showed what a key had answered, and no choice."""
    if level is not None:
        save(sheet, statement, "level", level=level)


def _keep_level(sheet: Sheet, statement: Statement, level: int) -> None:
    save(sheet, statement, "level", level=level)
