"""Rows pasted from a spreadsheet: read, shown as what they would change, and put on the map all together or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any, Self
from uuid import uuid4

import streamlit as st

from pages.ui import focus, pasting, people, register, shell, sortable, tables, text
from pages.ui.register import Register
from pages.ui.shell import Visit
from program.actions import stakeholders as actions
from program.register_file import COLUMNS, RegisterRow, read_register, read_register_lines
from program.table_file import BadTable

ROWS, PUT, FILE = "stakeholder.rows", "stakeholder.put", "stakeholder.file"
SEEN = "stakeholder.seen"
SHOWN = 100
HELP = (
    "Copy the rows in your spreadsheet, paste them here, press Ctrl + Enter, then Enter. One line is one person; the "
    "name is enough. With a header line the other columns come in any order."
)
VALUES = (
    f"Stance: {', '.join(people.STANCE_WORDS.values())}. Function: {', '.join(people.FUNCTION_WORDS.values())}. "
    "Numbers from 0 to 10. An empty cell means not known, and changes nothing about who is on the map."
)
BEGINNING = "What the rows do not say: power and interest begin in the middle, at 5.0; unaware, wanted supportive."


@dataclass(frozen=True)
class _Once:
    """What the rows would do, as it is shown now and as it was when the page was last drawn."""

    intention: str
    shown: str
    before: str

    @classmethod
    def of(cls, rows: Sequence[RegisterRow], changes: Sequence[Any]) -> Self:
        shown = sha256(repr((rows, changes)).encode()).hexdigest()
        intention, before = st.session_state.get(SEEN) or (uuid4().hex, "")
        return cls(intention if shown == before else uuid4().hex, shown, before)

    @property
    def was_seen(self) -> bool:
        return self.shown == self.before

    def keep(self) -> None:
        st.session_state[SEEN] = (self.intention, self.shown)


def draw(visit: Visit, of: Register) -> None:
    """Draw the text area, what its rows would change, and the button that does it."""
    shell.note(HELP)
    pasted = st.text_area("Rows from a spreadsheet", key=ROWS, height=180, placeholder="Ada Vik\nBo Holm\nSales team")
    with st.expander("The columns to copy, their values, or a file instead of pasting"):
        shell.note(f"{VALUES} The header to copy into the first row of a spreadsheet:")
        st.code("\t".join(COLUMNS), language=None, wrap_lines=True)
        upload = st.file_uploader("CSV or Excel file", type=pasting.TYPES, key=FILE, max_upload_size=5)
    known = [person.name for person in of.people]
    try:
        if pasted and pasted.strip():
            rows = read_register(pasted, known=known)
        elif upload is not None:
            rows = read_register_lines(pasting.lines_of_file(upload), known=known, name=upload.name)
        else:
            return
    except BadTable as problem:
        pasting.wrong(problem, what="These rows")
        return
    _preview(visit, of, rows)


def _preview(visit: Visit, of: Register, rows: Sequence[RegisterRow]) -> None:
    new = [row for row in rows if not row.is_update]
    changes = list(_changes(of, rows))
    changed = list(dict.fromkeys(name for name, *_ in changes))
    same = len(rows) - len(new) - len(changed)
    if not new and not changed:
        shell.note("Every row says what the map says already. Nothing would change.")
        return
    once = _Once.of(rows, changes)
    if st.button(_verb(len(new), len(changed)), type="primary", key=PUT):
        _put(visit, rows, once, said=_done(len(new), len(changed)))
    once.keep()
    focus.on(PUT, kind="button", once=once.shown, always=True, key="paste")
    if same:
        shell.note(f"{text.capital(text.plural(same, 'row says', 'rows say'))} what the map says already.")
    if changes:
        shell.title("What changes", f"{text.plural(len(changed), 'person', 'people')} on the map already")
        tables.show(_changed_table(changes), key="stakeholder.changed", download=False)
        _more(len(changes), "changes")
    if new:
        shell.title("Who is new", BEGINNING)
        sortable.show(tables.html(_new_table(new)), key="stakeholder.new", ranks={}, wide=True)
        _more(len(new), "people")


def _put(visit: Visit, rows: Sequence[RegisterRow], once: "_Once", *, said: str) -> None:
    """Put the rows on the map, as long as that does what the reader saw before pressing."""
    if not once.was_seen:
        shell.alert(
            "Look again before anything is saved",
            "The rows or the map changed since this was shown. Below is what the rows would do now; press again.",
            kept="Nothing was changed.",
            sign="watch",
        )
        return
    with shell.saving() as saving:
        actions.import_stakeholders(visit.actor, program_id=visit.program_id, rows=rows, intention=once.intention)
    if saving.done:
        for key in (ROWS, SEEN):
            st.session_state.pop(key, None)
        register.go("Map", said=said)
        st.rerun()


def _changes(of: Register, rows: Sequence[RegisterRow]) -> Iterator[tuple[str, str, Any, Any]]:
    """Name, field, what stands there and what would, for every field that changes."""
    by_name = {person.name: person for person in of.people}
    for row in rows:
        person = by_name.get(row.known_as or "")
        for field, value in row.values.items() if person else ():
            before = getattr(person, field)
            if before != value:
                yield row.known_as or "", field, before, value


def _changed_table(changes: Sequence[tuple[str, str, Any, Any]]) -> tables.Table:
    heads = ("Who", "Field", "Now", "Then")
    rows = tuple(
        (tables.Cell(name, "strong"), people.field_name(field), _shown(field, before), _shown(field, then))
        for name, field, before, then in changes[:SHOWN]
    )
    return tables.Table(tuple(tables.Column(head) for head in heads), rows, name="changes")


def _new_table(new: Sequence[RegisterRow]) -> tables.Table:
    said = [field for field in _order() if any(field in row.values for row in new)]
    numbers = {field for field in said if isinstance(_example(new, field), Decimal)}
    columns = (
        tables.Column("Who"),
        *(tables.Column(people.field_name(field), tables.blank, number=field in numbers) for field in said),
    )
    rows = tuple(
        (
            tables.Cell(row.name, "strong"),
            *(_shown(field, row.values[field]) if field in row.values else None for field in said),
        )
        for row in new[:SHOWN]
    )
    return tables.Table(columns, rows, name="new")


def _example(rows: Sequence[RegisterRow], field: str) -> Any:
    return next((row.values[field] for row in rows if field in row.values), None)


def _order() -> list[str]:
    return ["is_group" if column == "group" else column for column in COLUMNS if column != "name"]


def _shown(field: str, value: Any) -> str:
    if value is None:
        return text.UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return people.tenths(value)
    return {"function": people.FUNCTION_WORDS}.get(field, people.STANCE_WORDS).get(value, str(value))


def _verb(new: int, changed: int) -> str:
    put = f"Put {text.plural(new, 'person', 'people')} on the map"
    change = f"change {text.plural(changed, 'person', 'people')}"
    if new and changed:
        return f"{put} and change {changed}"
    return put if new else text.capital(change)


def _done(new: int, changed: int) -> str:
    put = f"{text.plural(new, 'person is', 'people are')} on the map" if new else ""
    change = f"{text.plural(changed, 'person was', 'people were')} changed" if changed else ""
    return text.listed([each for each in (put, change) if each]) + "."


def _more(count: int, what: str) -> None:
    if count > SHOWN:
        shell.note(f"The first {SHOWN} of {text.number(count)} {what}.")
