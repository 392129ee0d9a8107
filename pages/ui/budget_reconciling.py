"""What does not reconcile: rows that could not be booked, orders overspent or long open, costs without an order."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui import forms, shell, tables, text
from pages.ui.fields import Text
from pages.ui.shell import Visit
from pages.ui.tables import Column
from program.actions import ledger as actions
from program.budget import LineTotals
from program.reconciling import Reconciliation, Unmatched

SHOWN = 50


def headline(found: Reconciliation, lines: Sequence[LineTotals]) -> str:
    """Return what waits for somebody, the most pressing first; lines: of the program."""
    parts = []
    if found.unmatched_count:
        parts.append(text.plural(found.unmatched_count, "row could not be booked", "rows could not be booked"))
    if found.overspent:
        parts.append(text.plural(len(found.overspent), "order is overspent", "orders are overspent"))
    if found.old:
        parts.append(
            f"{text.plural(len(found.old), 'order is', 'orders are')} open without a movement in "
            f"{found.older_than} days"
        )
    if parts:
        return f"{text.capital(text.listed(parts))}."
    moved = any(line.actual or line.committed for line in lines)
    return "Everything in the ledger goes together." if moved else "No order is open and nothing is spent yet."


def show(visit: Visit, found: Reconciliation) -> None:
    """Draw each kind of what does not go together, and the form that settles a row."""
    if found.unmatched:
        shell.title("Rows to settle", "Book them by hand or in the next file, or say why they are not booked")
        tables.show(_unmatched(found, visit.program.time_zone), key="reconciliation.rows")
        if visit.may("money.edit"):
            _settle(visit, found.unmatched)
    if found.overspent:
        shell.title("Orders overspent", "More was invoiced or released than ordered, in the currency of the line")
        amounts = _amounts("Ordered", "Invoiced or released", "Over")
        over = [(each.line, each.document, each.committed, each.used, each.over) for each in found.overspent]
        _listed("overspent orders", (*_named("Line", "Document"), *amounts), over)
    if found.old:
        shell.title("Orders long open", f"No movement in {found.older_than} days: release what is not due any more")
        last = Column("Last movement", text.day)
        old = [(each.line, each.document, each.open, each.since) for each in found.old]
        _listed("orders long open", (*_named("Line", "Document"), *_amounts("Open"), last), old)
    if found.unordered_count:
        count = text.plural(found.unordered_count, "cost names", "costs name")
        shell.note(f"{text.capital(count)} no order that is booked on its line. That may be as it should.")


def _listed(name: str, columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> None:
    key = f"reconciliation.{name.replace(' ', '_')}"
    tables.show(tables.Table(tuple(columns), tuple(rows[:SHOWN]), name=name), key=key, download=False)
    tables.downloads(tables.Table(tuple(columns), tuple(rows), name=name), key=key)


def _named(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _amounts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, lambda amount: text.number(amount, decimals=2), number=True) for name in names)


def _unmatched(found: Reconciliation, zone: str) -> tables.Table:
    columns = (
        Column("File"),
        Column("Line", text.number, number=True),
        Column("Column", tables.blank),
        Column("Value", tables.blank),
        Column("Reason"),
        Column("Came", lambda at: text.moment(at, zone)),
    )
    rows = tuple(
        (each.file_name, each.line, each.column, each.value, each.reason, each.came_at) for each in found.unmatched
    )
    more = found.unmatched_count - len(rows)
    caption = f"The newest {len(rows)}; {text.number(more)} more wait." if more > 0 else ""
    return tables.Table(columns, rows, name="rows to settle", caption=caption)


def _settle(visit: Visit, rows: Sequence[Unmatched]) -> None:
    names = text.distinct({each.id: f"{each.file_name}, line {each.line}: {each.reason}" for each in rows})
    chosen = st.selectbox(
        "Row to settle", list(names), format_func=names.__getitem__, key="reconciliation.row", filter_mode="contains"
    )
    row = next((each for each in rows if each.id == chosen), rows[0])
    cells = ", ".join(f"{name} {value}" for name, value in row.cells.items() if value)
    shell.note(f"The row says: {cells}")
    fields = (Text("how", "How it was settled", required=True, most=500, hint="Booked by hand as INV-77", wide=True),)
    if sent := forms.ask(f"settle.{row.id}", fields, submit="Settle the row", main=False):
        one: dict[str, Any] = {"program_id": visit.program_id, "row_id": row.id, "version": row.version}
        forms.attempt(actions.settle_row, visit.actor, noun=sent.noun, **one, **sent.values)
