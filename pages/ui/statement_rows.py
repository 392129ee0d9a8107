"""The statements of a run as rows: which are shown, which one is open, and the same as a table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessments.alignment import Alignment, StatementAlignment, contested
from assessments.functions import ASPECTS
from assessments.library import Library
from pages.ui import contested as rows
from pages.ui import svg, tables, text, verdicts
from pages.ui.verdicts import VERDICTS

FIRST = 23  # as many as the short form has; the rest comes when it is asked for
CHOSEN = "alignment.statement"


def statements(
    alignment: Alignment, *, aspect: str = "", label: str = "", every: bool = True, by_gap: bool = False
) -> tuple[StatementAlignment, ...]:
    """Return the statements of an aspect and a label, the most contested first, or those whose roles lie apart."""
    found = [
        each
        for each in ordered(alignment)
        if aspect in ("", each.aspect) and (not label or (each.item is not None and each.item.label == label))
    ]
    if by_gap:
        found = sorted(found, key=lambda each: -(each.item.roles.gap or 0.0) if each.item else 1.0)
    return tuple(found if every else found[:FIRST])


def one(alignment: Alignment, statement_id: str) -> StatementAlignment:
    """Return one statement."""
    return next(each for each in alignment.statements if each.id == statement_id)


def ordered(alignment: Alignment) -> tuple[StatementAlignment, ...]:
    """Return every statement: the contested ones first, then the others in the order of the model."""
    first = contested(alignment)
    placed = {each.id for each in first}
    return (*first, *(each for each in alignment.statements if each.id not in placed))


@dataclass(frozen=True)
class Choice:
    """Which statements are wanted, "" for any, and whether all of them."""

    aspect: str
    label: str
    every: bool


def choose(alignment: Alignment) -> Choice:
    """Draw the choice of an aspect, a label and how many statements."""
    by_aspect, by_label, how_many, _ = st.columns([2, 3, 2, 2])
    aspect = _ask(
        by_aspect, "Aspect", {"": "All three aspects"} | {each: each.capitalize() for each in ASPECTS}, "aspect"
    )
    counts = Counter(each.item.label for each in alignment.statements if each.item is not None)
    labels = {each: f"{VERDICTS[each].word} ({counts[each]})" for each in VERDICTS if counts[each]}
    label = _ask(by_label, "Agreement", {"": "Agreed on or not"} | labels, "label")
    total = len(statements(alignment, aspect=aspect, label=label))
    ways = {"first": f"The first {FIRST}", "all": f"All {total}"}
    every = total <= FIRST or _ask(how_many, "Statements shown", ways, "every") == "all"
    return Choice(aspect, label, every)


def _ask(place: DeltaGenerator, name: str, options: dict[str, str], key: str) -> str:
    chosen = place.selectbox(
        name, list(options), format_func=options.__getitem__, key=f"alignment.{key}", label_visibility="collapsed"
    )
    return chosen or next(iter(options))


def opened(shown: Sequence[StatementAlignment]) -> str:
    """Return the statement whose why is open; at first the most contested one."""
    if st.session_state.get(CHOSEN) not in {each.id for each in shown}:
        st.session_state[CHOSEN] = shown[0].id
    return str(st.session_state[CHOSEN])


def draw(
    shown: Sequence[StatementAlignment], alignment: Alignment, library: Library, *, label: str, chosen: str
) -> None:
    """Draw the statements as rows; picking one, by click or keyboard, opens its why."""
    made = [row(each, library) for each in shown]
    dots = alignment.raters <= rows.ONE_DOT_EACH
    drawing = rows.drawing(made, levels=library.scale, chosen=chosen, dots=dots, label=label)
    pick = partial(st.session_state.__setitem__, CHOSEN)
    svg.draw(drawing, key="alignment.rows", style=rows.STYLE, on_pick=pick)


def row(each: StatementAlignment, library: Library) -> rows.Row:
    """Return a statement as a row of the figure."""
    item = each.item
    return rows.Row(
        id=each.id,
        name=library.dimension(each.dimension).short_name,
        statement=library.statement(each.id).text,
        aspect=each.aspect,
        counts=each.counts if item is not None else (),
        median=None if item is None or item.label == "two_camps" else item.median,
        verdict=verdicts.verdict(item),
        remark=_remark(each),
    )


def table(shown: Sequence[StatementAlignment], library: Library) -> tables.Table:
    """Return the rows behind the figure, with the figures of agreement."""
    heads = ("Statement", "Agreement", "People", *map(str, range(len(library.scale))))
    columns = tuple(tables.Column(head, number=at > 1) for at, head in enumerate(heads))
    columns += tuple(tables.Column(head, show, number=True) for head, show in FIGURES)
    return tables.Table(columns, tuple(_cells(each, library) for each in shown), name="alignment_statements")


def whole_or_half(value: float | None) -> str:
    """A median: whole, or a half."""
    return text.number(value, decimals=0 if value is None or value == int(value) else 1)


def _cells(each: StatementAlignment, library: Library) -> tuple[object, ...]:
    item, words = each.item, library.statement(each.id).text
    name = tables.Cell(words, note=f"{each.id} · {library.dimension(each.dimension).short_name}")
    if item is None:
        return (name, verdicts.WITHHELD.word, *[None] * 16)
    figures = (item.iqr, item.mean, item.rwg, item.rwg_critical, item.average_deviation, item.van_der_eijk)
    unsettled = item.label == "two_camps"
    median = None if unsettled else item.median
    said = verdicts.verdict(item).word
    return (name, said, item.n, *each.counts, median, *figures, item.roles.gap, item.roles.p_bh, item.dont_know)


def _two(value: float | None) -> str:
    return text.number(value, decimals=2)


FIGURES = (
    ("Median", whole_or_half),
    *((head, _two) for head in ("IQR", "Mean", "rwg", "rwg needed", "AD", "A", "Role gap", "p adjusted")),
    ("Don't know", text.percent),
)


def _remark(each: StatementAlignment) -> str:
    item = each.item
    if item is None:
        return each.withheld
    people = text.plural(item.n, "person", "people")
    if item.label == "two_camps":
        return f"unsettled, {people}"
    if item.label == "roles_differ":
        return f"{whole_or_half(item.roles.gap)} apart, {people}"
    if item.label == "nobody_owns_the_facts":
        return f"{text.percent(item.dont_know)} don't know"
    return people
