"""Ledger files on their way in: read, tried without booking, booked; and what does not reconcile afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.ui import budget_reading, budget_reads, budget_reconciling, pasting, shell, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.safe import markup
from pages.ui.shell import Visit
from pages.ui.tables import Column
from program.actions import ledger as actions
from program.budget import LineTotals
from program.ledger_file import LedgerFile, RejectedRow, fingerprint, read_ledger_lines
from program.ledger_import import LedgerImport
from program.ledger_mapping import FileMapping
from program.ledger_path import ZIPPED
from program.ledger_workbook import workbook_lines
from program.pasted import cell_text
from program.table_file import BadTable
from program.values import Actor, Invalid

TRIED, DONE = "ledger.tried", "ledger.done"
SHOWN = 50
MOST_MB = 20


@dataclass(frozen=True)
class Wanted:
    """What is to be done with a file."""

    file: LedgerFile
    name: str
    source: str
    component_id: str | None
    create_lines: bool

    def carry_out(self, actor: Actor, program_id: str, *, dry_run: bool, intention: str | None = None) -> LedgerImport:
        """Book its rows, or only say what would come of each."""
        return actions.import_entries(
            actor,
            program_id=program_id,
            rows=self.file.rows,
            rejected=self.file.rejected,
            source=self.source,
            file_name=self.name,
            component_id=self.component_id,
            create_lines=self.create_lines,
            dry_run=dry_run,
            intention=intention,
        )


def show(visit: Visit, asked: Asked, above: DeltaGenerator) -> None:
    """Draw the way in for a file, and what waits to be settled."""
    found = budget_reads.reconciliation(asked, visit.today)
    with above:
        shell.answer(budget_reconciling.headline(found, budget_reads.lines(asked)))
    if visit.may("money.edit"):
        bring_in(visit, asked)
    budget_reconciling.show(visit, found)


def bring_in(visit: Visit, asked: Asked) -> None:
    """Draw the way in for a file: what it would do, then the button that books it."""
    shell.title("Bring in a ledger file", "CSV or Excel; nothing is booked before you have seen what would be")
    upload = st.file_uploader(
        "Ledger file", type=pasting.TYPES, key="ledger.file", label_visibility="collapsed", max_upload_size=MOST_MB
    )
    if done := st.session_state.pop(DONE, None):
        _done(done)
    if upload is None:
        return
    top = st.container()
    key = f"ledger.{sha256(upload.getvalue()).hexdigest()[:12]}"
    try:
        wanted = _wanted(visit, asked, upload, key)
    except BadTable as problem:
        with top:
            pasting.wrong(problem, what="This file")
        return
    except Invalid as problem:
        top.html(f'<p class="gw-note" role="alert"><span class="gw-watch">▲ {markup(problem.sentence)}</span></p>')
        return
    _try(visit, asked, wanted)


def _wanted(visit: Visit, asked: Asked, upload: UploadedFile, key: str) -> Wanted:
    lines = _lines(upload)
    headings = [cell_text(each) for each in lines[0][1]] if lines else []
    mapping = budget_reading.choose(visit, headings, budget_reads.mappings(asked), key)
    known = budget_reads.names(asked)
    first, second, third = st.columns([2, 3, 2], vertical_alignment="bottom")
    source = first.text_input(
        "Name of the source", "files", key="ledger.source", help="A row is known by its source, document, row and kind."
    )
    component_id = second.selectbox(
        "Lines without a component are of",
        ["", *known],
        format_func=lambda each: known.get(each, "any component, when the name is unmistakable"),
        key=f"{key}.component",
    )
    create = third.checkbox("Plan rows make lines that are missing", key=f"{key}.create")
    file = _read(lines, upload.name, mapping)
    return Wanted(file, upload.name, source or "files", component_id or None, bool(create))


def _lines(upload: UploadedFile) -> list[tuple[int, Sequence[object]]]:
    """A workbook says which cells are numbers: those are read as they are, whatever marks the mapping reads."""
    if not upload.getvalue().startswith(ZIPPED):
        return list(pasting.lines_of_file(upload))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        path.write_bytes(upload.getvalue())
        return list(workbook_lines(path, upload.name))


def _read(lines: Sequence[tuple[int, Sequence[object]]], name: str, mapping: FileMapping | None) -> LedgerFile:
    return read_ledger_lines(lines, name=name, mapping=mapping)


def _try(visit: Visit, asked: Asked, wanted: Wanted) -> None:
    """What would come of the file is found once for one state of the program; its intention stays the same."""
    state = sha256(repr((asked, wanted)).encode()).hexdigest()
    held = st.session_state.get(TRIED)
    if not held or held[0] != state:
        with shell.saving() as trying:
            count = text.number(len(wanted.file.rows) + len(wanted.file.rejected))
            with shell.working(f"Trying {count} rows"):
                result = wanted.carry_out(visit.actor, visit.program_id, dry_run=True)
        if not trying.done:
            return
        held = st.session_state[TRIED] = (state, result, uuid4().hex)
    _, result, intention = held
    kept = budget_reads.kept_rows(asked, wanted.source)
    new = [row for row in result.rejected if fingerprint(row.cells) not in kept]
    _outcome(asked, result, wanted.name, new=len(new))
    if not result.accepted and not new:
        rest = ", and those that cannot be booked are kept already" if result.rejected else ""
        shell.note(f"Nothing is new: the rows that can be booked are there{rest}.")
        return
    label = f"Book {text.plural(result.accepted, 'row', 'rows')}"
    words = label if result.accepted else f"Keep {text.plural(len(new), 'row', 'rows')} to settle"
    if st.button(words, type="primary", key="ledger.book"):
        with shell.saving() as booking:
            booked = wanted.carry_out(visit.actor, visit.program_id, dry_run=False, intention=intention)
        if booking.done:
            st.session_state[DONE] = (wanted.name, booked)
            st.session_state.pop(TRIED, None)
            st.rerun()


def _counts(result: LedgerImport, verb: str) -> str:
    made = f", {text.plural(len(result.made), 'line', 'lines')} made" if result.made else ""
    return (
        f"{text.number(result.accepted)} {verb}, {text.number(result.skipped)} there already, "
        f"{text.number(len(result.rejected))} rejected{made}."
    )


def _outcome(asked: Asked, result: LedgerImport, name: str, *, new: int) -> None:
    shell.title(f"What would come of {name}", _counts(result, "to book"))
    for warning in result.warnings[:SHOWN]:
        st.html(f'<p class="gw-note"><span class="gw-watch">▲ {markup(warning)}</span></p>')
    if result.names and result.accepted:
        tables.show(changes(budget_reads.lines(asked), result), key="ledger.changes", download=False)
    _rejected(result.rejected, new=new)


def changes(before: Sequence[LineTotals], result: LedgerImport) -> tables.Table:
    """The lines that the file speaks of, as they are and as they would be."""
    old = {each.line_id: each for each in before}
    names = ("Planned", "Committed", "Actual", "Available")
    columns = (
        Column("Line"),
        Column("In the file", tables.blank),
        Column("Currency"),
        *(Column(name, lambda amount: text.number(amount, decimals=2), number=True) for name in names),
    )
    rows = []
    for line in result.lines:
        if line.line_id not in result.names:
            continue
        was = old.get(line.line_id)
        said = result.names[line.line_id]
        cells = [_moved(was, line, name.lower()) for name in names]
        label = f"{line.component_name}: {line.name}"
        rows.append((label, said if said not in (label, line.name) else None, line.currency, *cells))
    return tables.Table(columns, tuple(rows), name="ledger changes")


def _moved(was: LineTotals | None, now: LineTotals, name: str) -> tables.Cell:
    amount = getattr(now, name)
    if was is None:
        return tables.Cell(amount, note="new line")
    old = getattr(was, name)
    return tables.Cell(amount, note="" if old == amount else f"was {text.number(old, decimals=2)}")


def _rejected(rows: Sequence[RejectedRow], *, new: int) -> None:
    if not rows:
        return
    kept = "They are kept already" if not new else f"{text.number(new)} will be kept below until they are settled"
    shell.title(f"{text.plural(len(rows), 'row', 'rows')} cannot be booked", kept)
    columns = (
        Column("Line", text.number, number=True),
        Column("Column", tables.blank),
        Column("Value", tables.blank),
        Column("Reason"),
    )
    found = tuple((each.line, each.column, each.value, each.reason) for each in rows)
    tables.show(tables.Table(columns, found[:SHOWN], name="rejected"), key="ledger.rejected", download=False)
    tables.downloads(tables.Table(columns, found, name="rejected rows"), key="ledger.rejected")


def _done(done: tuple[str, LedgerImport]) -> None:
    name, result = done
    st.html(
        f'<p class="gw-note" role="status"><span class="gw-good">✓ {markup(name)}:</span> '
        f"{markup(_counts(result, 'booked'))}</p>"
    )
