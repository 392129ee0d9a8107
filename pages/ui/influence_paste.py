"""Ties pasted as rows: looked at first, every problem by line, then all of them or none."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from pages.ui import forms, shell, states, tables, text
from pages.ui.influence_reads import Known
from pages.ui.shell import Visit
from program.actions.influence import import_ties
from program.pasted import MOST_ROWS
from program.table_file import BadTable, CellProblem
from program.tie_file import read_tie_rows
from program.typed_ties import KINDS, TypedTie

NOUN = "tie.import"
SHOWN = 50
MANY = 500  # rows from which on saving them is announced
HINT = "From\tTo\tTie\tWeight\nAnn Berg\tBo Ek\tinfluences\t3"
TAKES = (
    f"Copy the cells from a spreadsheet, or the text of a CSV file, {MOST_ROWS:,} rows at most. The columns: from, to, "
    f"tie ({', '.join(KINDS.values())}), weight (1 to 5), known from, date (2026-11-22). From and to are needed, by "
    "the names on the map. A tie that is there already takes the new weight."
)
CHANGES = {"new": "New", "changed": "Changes", "same": "As it is"}


def show(visit: Visit, known: Known) -> None:
    """Draw the field, and what its rows would do."""
    intention = forms.intention(NOUN)
    if st.session_state.get(states.JUST_SAVED) == NOUN:
        st.html('<p class="gw-note" role="status"><span class="gw-good">✓ Saved.</span> All rows are in.</p>')
    shell.title("Paste ties", TAKES)
    with st.form(f"tie.rows.{intention}", border=False):
        pasted = st.text_area(
            "Rows", height=200, key=f"tie.pasted.{intention}", placeholder=HINT, label_visibility="collapsed"
        )
        st.form_submit_button("Look at the rows", key=f"tie.look.{intention}")
    if not pasted.strip():
        return
    try:
        ties = _read(pasted, tuple(known.names.items()))
    except BadTable as problem:
        _refused(problem.problems)
        return
    _preview(known, ties)
    if st.button(f"Bring in {_ties(ties)}", type="primary", key="tie.import"):
        given = {"program_id": visit.program_id, "ties": ties, "intention": intention}
        if len(ties) < MANY:
            forms.attempt(import_ties, visit.actor, noun=NOUN, **given)
        else:
            with shell.working(f"Saving {_ties(ties)}"):
                forms.attempt(import_ties, visit.actor, noun=NOUN, **given)


def _refused(problems: Sequence[CellProblem]) -> None:
    lines = len({problem.line for problem in problems})
    shell.alert(
        f"{text.capital(text.plural(lines, 'line', 'lines'))} cannot be read",
        "Mend them in the field and look again.",
        kept="Nothing was saved, and your rows are still in the field.",
        sign="watch",
    )
    columns = (tables.Column("Line", number=True), tables.Column("Column", tables.blank), tables.Column("Reason"))
    rows = tuple((each.line, each.column, each.reason) for each in problems)
    tables.show(tables.Table(columns, rows[:SHOWN], "problems"), key="tie.problems", download=False)
    if len(rows) > SHOWN:
        shell.note(f"The first {SHOWN} of {text.number(len(rows))} problems. The files have all.")
        tables.downloads(tables.Table(columns, rows, "problems"), key="tie.problems")


def _preview(known: Known, ties: Sequence[TypedTie]) -> None:
    held = {tie.key: tie for tie in known.ties}
    does = [_does(tie, held.get(tie.key)) for tie in ties]
    counted = Counter(does)
    told = [f"{text.number(counted[each])} {words}" for each, words in _TOLD.items() if counted[each]]
    shell.title(f"{text.capital(_ties(ties))} to bring in", text.capital(", ".join(told)))
    ordered = sorted(zip(does, ties, strict=True), key=lambda each: list(CHANGES).index(each[0]))
    st.html(tables.html(_table(known, ordered[:SHOWN])))
    if len(ties) > SHOWN:
        shell.note(f"The first {SHOWN} of {text.number(len(ties))} ties.")


_TOLD = {"new": "new", "changed": "there already, changed by these rows", "same": "there already as they are"}


def _table(known: Known, rows: Sequence[tuple[str, TypedTie]]) -> tables.Table:
    names = ("Does", "From", "Tie", "To")
    return tables.Table(
        columns=(
            *(tables.Column(name) for name in names),
            tables.Column("Weight", number=True),
            tables.Column("Known from", tables.blank),
            tables.Column("Date", lambda value: "" if value is None else text.day(value)),
        ),
        rows=tuple(
            (
                CHANGES[does],
                known.names[tie.source],
                KINDS[tie.kind],
                known.names[tie.target],
                tie.weight,
                tie.known_from,
                tie.on,
            )
            for does, tie in rows
        ),
    )


def _does(tie: TypedTie, held: TypedTie | None) -> str:
    if held is None:
        return "new"
    said = [(tie.known_from, held.known_from), (tie.on, held.on)]
    same = tie.weight == held.weight and all(new in (None, old) for new, old in said)
    return "same" if same else "changed"


def _ties(ties: Sequence[TypedTie]) -> str:
    return text.plural(len(ties), "tie", "ties")


@lru_cache(maxsize=8)
def _read(pasted: str, people: tuple[tuple[str, str], ...]) -> tuple[TypedTie, ...]:
    return read_tie_rows(pasted, people=people)
