"""The fields of the perspective questions: a place between two poles, an order of cards, a choice, own words."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from assessments.perspective import Choice
from pages.ui import safe

LONGEST = 2000
Keep = Callable[[dict[str, Any]], None]


def seed(key: str, value: object) -> None:
    """Show what is kept in a field, without disturbing one that shows it already: somebody may be typing there."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def between(poles: Sequence[Choice], label: str, position: int | None, *, key: str, keep: Keep) -> None:
    """Ask for one of two poles; once it is chosen, a slider says how near. keep: with {"position": 0 to 10}."""
    low, high = (pole.at or 0 for pole in poles)
    ends = {pole.at or 0: f"**{safe.plain(pole.name)}**  \n{safe.plain(pole.text)}" for pole in poles}
    nearer = None if position is None or 2 * position == low + high else (low if 2 * position < low + high else high)
    seed(f"{key}.pole", nearer)
    with st.container(key=f"take_answer_{key.replace('.', '_')}"):
        st.radio(
            safe.plain(label),
            list(ends),
            index=None,
            format_func=ends.__getitem__,
            key=f"{key}.pole",
            on_change=lambda: keep({"position": st.session_state[f"{key}.pole"]}),
            width="stretch",
        )
    if position is None:
        return
    seed(f"{key}.position", position)
    st.slider(
        f"How near? {low} is the first, {high} the second",
        low,
        high,
        key=f"{key}.position",
        on_change=lambda: keep({"position": st.session_state[f"{key}.position"]}),
    )


def ranked(cards: Sequence[Choice], label: str, order: Sequence[str] | None, *, key: str, keep: Keep) -> None:
    """Ask for an order by pressing the cards one after another; nothing stands first before somebody puts it there."""
    draft = f"{key}.draft"
    begun: list[str] = st.session_state.get(draft, list(order or ()))
    by_id = {card.id: card for card in cards}
    if begun:
        rows = "".join(f"<li>{safe.markup(by_id[card].name)}</li>" for card in begun)
        st.html(f'<ol class="gw-ranked" aria-label="{safe.markup(label)}">{rows}</ol>')
    left = [card for card in cards if card.id not in begun]
    if left:
        which = "fits best" if not begun else "comes next"
        st.html(f'<p class="gw-note" role="status">Press the card that {which}. {len(left)} left.</p>')
    with st.container(key=f"take_cards_{key.replace('.', '_')}"):
        for at, card in enumerate(left):
            st.button(
                f"**{safe.plain(card.name)}**: {safe.plain(card.text)}",
                key=f"{key}.card.{at}",
                on_click=partial(_put, draft, [*begun, card.id], list(by_id), keep),
                width="stretch",
            )
    if begun:
        with st.container(horizontal=True, gap="medium"):
            back = partial(_take_back, draft, begun)
            st.button("Take the last one back", key=f"{key}.back", type="tertiary", on_click=back)
            st.button("Begin anew", key=f"{key}.anew", type="tertiary", on_click=partial(_take_back, draft, []))


def chosen(label: str, options: Mapping[str, str], value: str | None, *, key: str, keep: Keep) -> None:
    """Ask for one of some options; none is chosen before somebody does. keep: with the last part of the key."""
    seed(key, value)
    st.selectbox(
        safe.plain(label),
        list(options),
        index=None,
        format_func=options.__getitem__,
        key=key,
        on_change=lambda: keep({_field(key): st.session_state[key]}),
        placeholder="Choose",
        width=360,
    )


def chosen_card(
    label: str, options: Sequence[Choice], more: Mapping[str, str], value: str | None, *, key: str, keep: Keep
) -> None:
    """Ask for one of some options that each have a sentence; more: options without one."""
    words = {each.id: f"**{safe.plain(each.name)}**  \n{safe.plain(each.text)}" for each in options}
    words |= {id_: f"**{safe.plain(name)}**" for id_, name in more.items()}
    seed(key, value)
    with st.container(key=f"take_answer_{key.replace('.', '_')}"):
        st.radio(
            safe.plain(label),
            list(words),
            index=None,
            format_func=words.__getitem__,
            key=key,
            on_change=lambda: keep({_field(key): st.session_state[key]}),
            width="stretch",
        )


def own_words(label: str, field: str, value: str, *, key: str, keep: Keep, lines: int = 2) -> None:
    """Ask for words; they are kept as soon as the field is left."""
    seed(key, value)

    def keep_words() -> None:
        keep({field: st.session_state[key]})

    if lines == 1:
        st.text_input(safe.plain(label), key=key, max_chars=200, on_change=keep_words)
    else:
        st.text_area(safe.plain(label), key=key, max_chars=LONGEST, on_change=keep_words, height=24 * lines + 32)


def _field(key: str) -> str:
    return key.rsplit(".", 1)[-1]


def _put(draft: str, begun: list[str], all_cards: list[str], keep: Keep) -> None:
    """The last card has only one place left, so it takes it; a whole order is kept at once."""
    left = [card for card in all_cards if card not in begun]
    order = begun + left if len(left) == 1 else begun
    if len(order) < len(all_cards):
        st.session_state[draft] = order
        return
    st.session_state.pop(draft, None)
    keep({"order": order})


def _take_back(draft: str, begun: list[str]) -> None:
    st.session_state[draft] = begun[:-1]
