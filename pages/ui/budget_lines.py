"""The lines of the budget: what they add up to, and how one is added, changed and taken out."""

from datetime import date
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import budget_import, budget_reads, budget_words, forms, ledger, shell, states, svg, tables, text
from pages.ui.budget_reads import IMPORT, Asked
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program import budget, controls
from program.actions import budget as actions
from program.budget import LineTotals, Total

SEE, ADD, EDIT, BOOK = TASKS = "The lines", "Add a line", "Edit a line", "Book an entry"
BEGIN = ADD, IMPORT
BOOKED = "budget.booked"  # the line and the kind of the entry that was booked last
SHOWN = 40  # lines beside each other; of more, the components


def begin(visit: Visit, whole: Asked) -> None:
    """Draw the empty state with the form of the first line, and the way in for a file that makes lines."""
    place = shell.empty_then(budget.headline(()), what=ledger.WHAT, frame="bars")
    known = budget_reads.names(whole)
    if not visit.may("money.edit"):
        return
    with place:
        if known and forms.view(BEGIN, key="budget.begin") == ADD:
            add(visit, whole)
        elif known:
            budget_import.bring_in(visit, whole)
        if known:
            return
        shell.note("A line belongs to a component, and there is none yet.")
        if st.button("Choose the components", type="primary", key="budget.components"):
            st.switch_page("plan/components.py")


def show(visit: Visit, asked: Asked, above: DeltaGenerator) -> None:
    """Draw the lines, or the form that was asked for."""
    lines = budget_reads.lines(asked)
    with above:
        shell.answer(answer(asked))
    task = _task() if visit.may("money.edit") else SEE
    if task == ADD:
        add(visit, asked)
    elif task == BOOK:
        book(visit, lines)
    elif task == EDIT:
        _edit(visit, lines)
    else:
        _see(asked, lines, visit.today)


@lru_cache(maxsize=budget_reads.KEPT)
def answer(asked: Asked) -> str:
    """Return the headline of the lines asked for."""
    lines = budget_reads.lines(asked)
    if not lines:
        return f"{asked.subject or 'The program'} has no budget line."
    return budget_words.headline(lines, total(asked), asked.subject)


def total(asked: Asked) -> Total | None:
    """Return what the lines add up to: in their one currency, else in the program's by the plan's rates."""
    return budget_words.added_up(budget_reads.lines(asked)) or budget_reads.converted(asked).total


def add(visit: Visit, asked: Asked) -> None:
    """Draw the form of a new line."""
    start = {"currency": visit.program.currency, "on": visit.today, "component_id": asked.component_id}
    fields = ledger.line_fields(budget_reads.names(asked))
    if sent := forms.ask("budget.add", fields, begin=start, submit="Add the line", columns=3):
        forms.add(sent, actions.add_line, visit.actor, program_id=visit.program_id)


def book(visit: Visit, lines: tuple[LineTotals, ...]) -> None:
    """Draw the form of a ledger entry."""
    if not lines:
        shell.note("An entry is booked on a line, and this choice has none.")
        return
    start = {"currency": lines[0].currency, "on": visit.today, "kind": "actual"}
    fields = ledger.entry_fields(budget_reads.line_names(lines))
    _warn(lines)
    if sent := forms.ask("budget.book", fields, begin=start, submit="Book it", columns=3):
        st.session_state[BOOKED] = sent.values["line_id"], sent.values["kind"]
        forms.add(sent, actions.book, visit.actor, program_id=visit.program_id)


def _warn(lines: tuple[LineTotals, ...]) -> None:
    """Say that what was just booked has taken its line over the plan."""
    line_id, kind = st.session_state.get(BOOKED, ("", ""))
    line = next((each for each in lines if each.line_id == line_id), None)
    if st.session_state.get(states.JUST_SAVED) != "budget.book" or line is None or kind not in controls.CONTROLLED:
        return
    if line.available is not None and line.available < 0:
        said = controls.sentence(f"“{line.component_name}: {line.name}”", -line.available, line.currency)
        st.html(f'<p class="gw-note" role="status"><span class="gw-watch">▲</span> {markup(said)}</p>')


def choose(lines: tuple[LineTotals, ...]) -> LineTotals | None:
    """Draw the choice of one line and return it; None when there is none."""
    if not lines:
        shell.note("This choice has no budget line.")
        return None
    names, by_id = budget_reads.line_names(lines), {each.line_id: each for each in lines}
    chosen = st.selectbox("Line", list(names), format_func=names.__getitem__, key="budget.line", width=480)
    return by_id.get(chosen or "", lines[0])


def _task() -> str:
    return (
        st.segmented_control(
            "Do",
            TASKS,
            default=None if "budget.task" in st.session_state else SEE,
            required=True,
            key="budget.task",
            label_visibility="collapsed",
            bind="query-params",
        )
        or SEE
    )


def _see(asked: Asked, lines: tuple[LineTotals, ...], today: date) -> None:
    if not lines:
        return
    for currency, drawn in _drawings(asked).items():
        svg.draw(drawn, key=f"budget.lines.{currency}", style=ledger.STYLE)
    if sentence := budget_reads.technology_money(asked, today):
        st.html(f'<p class="gw-note"><span class="gw-watch">▲</span> {markup(sentence)}</p>')
    for sentence in _notes(asked):
        shell.note(sentence)
    tables.downloads(ledger.file_table(lines), key="budget.files")


@lru_cache(maxsize=budget_reads.KEPT)
def _drawings(asked: Asked) -> dict[str, str]:
    lines = budget_reads.lines(asked)
    grouped = _grouped(asked)
    return {
        currency: ledger.drawing(budget.by_component(some) if grouped else some, budget.total(some))
        for currency, some in budget.by_currency(lines).items()
    }


@lru_cache(maxsize=budget_reads.KEPT)
def _notes(asked: Asked) -> list[str]:
    """What the table leaves out or keeps apart: unknown amounts, other currencies, exchange, the reserve."""
    lines, settings = budget_reads.lines(asked), budget_reads.settings(asked)
    mixed, whole = budget_words.added_up(lines) is None, total(asked)
    said = [budget_words.missing(whole)] if whole else []
    if mixed and whole:
        code = whole.currency
        said.append(f"All lines together at the rates of the plan, {code}: {budget_words.summed(whole)}.")
    elif mixed:
        said.append(f"Amounts in different currencies are not added up. {budget_reads.converted(asked).reason or ''}")
    said += budget_words.exchange(budget_reads.fx(asked))
    if settings.reserve is not None and asked.component_id is None:
        said.append(f"A reserve of {text.money(settings.reserve, settings.currency)} is outside these lines.")
    if _grouped(asked):
        count = text.number(len(lines))
        said.append(f"{count} lines, added up by component: choose one to see its lines. The files hold every line.")
    return said


def _grouped(asked: Asked) -> bool:
    return len(budget_reads.lines(asked)) > SHOWN and asked.component_id is None


def _edit(visit: Visit, lines: tuple[LineTotals, ...]) -> None:
    line = choose(lines)
    if line is None:
        return
    one = {"program_id": visit.program_id, "line_id": line.line_id}
    if sent := forms.ask(f"budget.{line.line_id}", ledger.EDIT_FIELDS, of=line, submit="Save", columns=3):
        forms.change(sent, actions.change_line, visit.actor, **one)
    with st.popover("Remove the line"):
        st.caption("Only while nothing is ordered or spent on it.")
        if st.button("Remove", key="budget.remove"):
            forms.attempt(actions.remove_line, visit.actor, **one, version=line.version)
