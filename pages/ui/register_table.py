"""The register as a table: filtered, in parts or whole, sorted by its reader, and as files that come in again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.ui import people, shell, sortable, tables, text
from pages.ui.register import Register
from pages.ui.tables import Cell, Column
from program import stakeholders
from program.register_file import register_table
from program.salience import CLASSES
from program.stakeholders import QUADRANTS, Stakeholder, Step, gap

NOT_KNOWN = "Not known"
SALIENCE_WORDS = {found: CLASSES[found].name for found in people.URGENT}


@dataclass(frozen=True)
class Filter:
    """What the table may be narrowed by: its words, its choices by id, and what somebody is."""

    label: str
    choices: Mapping[str, str]
    of: Callable[[Stakeholder], str]


FILTERS = {
    "function": Filter("Function", people.FUNCTION_WORDS | {"": NOT_KNOWN}, lambda each: each.function or ""),
    "stance": Filter("Stance now", people.STANCE_WORDS, lambda each: each.stance),
    "quadrant": Filter("Quadrant", QUADRANTS, stakeholders.quadrant),
    "salience": Filter("Salience", SALIENCE_WORDS | {"": NOT_KNOWN}, lambda each: _salience(each) or ""),
}
RANKS = {
    "Stance now": list(people.STANCE_WORDS.values()),
    "Wanted": list(people.STANCE_WORDS.values()),
    "Salience": list(SALIENCE_WORDS.values()),
    "Quadrant": list(QUADRANTS.values()),
}
Fill = Callable[[Stakeholder], Any]
WHO: tuple[Column, Fill] = Column("Who"), lambda each: Cell(each.name, "strong", note=people.role(each))
FUNCTION: tuple[Column, Fill] = (
    Column("Function", tables.blank),
    lambda each: people.FUNCTION_WORDS.get(each.function or ""),
)
STANDING: tuple[tuple[Column, Fill], ...] = (
    (Column("Power", people.tenths, number=True), lambda each: each.power),
    (Column("Interest", people.tenths, number=True), lambda each: each.interest),
    (Column("Legitimacy", people.tenths, number=True), lambda each: each.legitimacy),
    (Column("Urgency", people.tenths, number=True), lambda each: each.urgency),
    (Column("Salience"), lambda each: SALIENCE_WORDS.get(_salience(each) or "")),
    (Column("Quadrant"), lambda each: QUADRANTS[stakeholders.quadrant(each)]),
    (Column("Stance now"), lambda each: people.STANCE_WORDS[each.stance]),
    (Column("Wanted"), lambda each: people.STANCE_WORDS[each.wanted_stance]),
    (Column("Gap", people.tenths, number=True), lambda each: gap(each)),
)
GAINS: tuple[tuple[Column, Fill], ...] = (
    (Column("In it for their customers", tables.blank), lambda each: each.gain_customers),
    (Column("For their team", tables.blank), lambda each: each.gain_team),
    (Column("For them", tables.blank), lambda each: each.gain_own),
    (Column("Sees in Social CRM", tables.blank), lambda each: each.sees),
    (Column("Wants or asks", tables.blank), lambda each: each.wants),
)
PARTS = ("Where they stand", "What is in it", "What comes next", "All fields")


def draw(register: Register) -> None:
    """Draw the filters, the table and its files."""
    part, kept = _choices(register)
    everybody = len(register.people)
    of = "" if len(kept) == everybody else f" of {everybody}"
    shell.note(f"{text.capital(text.plural(len(kept), 'person', 'people'))}{of}. Press a head to sort by it.")
    sortable.show(_html(register, kept, part), key="stakeholder.table", ranks=RANKS, wide=part == PARTS[3])
    header, rows = register_table([register.by_id[each] for each in kept])
    files = tables.Table(tuple(Column(name) for name in header), tuple(rows), name="stakeholders")
    tables.downloads(files, key="stakeholder.table")
    shell.note("The files hold the people shown here, in the columns that Paste takes in again.")


def _choices(register: Register) -> tuple[str, tuple[str, ...]]:
    """The part to show, and the ids of those whom every filter keeps."""
    chosen: dict[str, list[str]] = {}
    with st.container(horizontal=True, gap="small"):
        for name, each in FILTERS.items():
            words = list(each.choices.values())
            asked = st.multiselect(
                each.label, words, key=f"stakeholder.{name}", placeholder="All", width=156, bind="query-params"
            )
            chosen[name] = [id_ for id_, word in each.choices.items() if word in asked]
        part = st.selectbox("Columns", PARTS, key="stakeholder.part", width=156, bind="query-params")
    kept = tuple(
        person.id
        for person in register.people
        if all(not chosen[name] or each.of(person) in chosen[name] for name, each in FILTERS.items())
    )
    return part or PARTS[0], kept


@lru_cache(maxsize=32)
def _html(register: Register, kept: tuple[str, ...], part: str) -> str:
    columns = [WHO, *_columns(register, part)]
    rows = tuple(tuple(fill(register.by_id[each]) for _, fill in columns) for each in kept)
    return tables.html(tables.Table(tuple(column for column, _ in columns), rows))


def _columns(register: Register, part: str) -> Sequence[tuple[Column, Fill]]:
    if part == PARTS[0]:
        return FUNCTION, *STANDING
    if part == PARTS[1]:
        return GAINS
    if part == PARTS[2]:
        return _next(register)
    return FUNCTION, *STANDING, *GAINS, *_next(register)


def _next(register: Register) -> tuple[tuple[Column, Fill], ...]:
    ahead: dict[str, Step] = {}
    for step in register.steps:
        if step.done_at is None:
            ahead.setdefault(step.stakeholder_id, step)
    names = {person.id: person.name for person in register.people}

    def of(name: str) -> Fill:
        return lambda each: getattr(ahead.get(each.id), name, None)

    def stand_ins(each: Stakeholder) -> str:
        return ", ".join(names[other] for other in register.stand_ins.get(each.id, ()) if other in names)

    return (
        (Column("Contact", tables.blank), lambda each: each.contact),
        (Column("Next step", tables.blank), of("what")),
        (Column("Who does it", tables.blank), lambda each: names.get(of("owner_id")(each))),
        (Column("Due", lambda due: text.day(due) if due else ""), of("due_on")),
        (Column("Could stand in", tables.blank), stand_ins),
    )


def _salience(person: Stakeholder) -> str | None:
    found = people.salience_of(person)
    return found.id if found else None
