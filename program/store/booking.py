"""Money as it is booked: entries that are never changed, and plans that are corrected by a difference."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm.attributes import flag_modified

from program import fields, ledger
from program.ledger import Entry
from program.store import plan_rows
from program.store.tables import BudgetLine, LedgerEntry
from program.store.unit_of_work import Unit
from program.values import Invalid

ENTERED = "entered"


def book(unit: Unit, program_id: str, entry: Entry) -> str:
    """
    Book a checked entry and return its id; booked before (source, document, row, kind), the earlier one's.

    It becomes the unit's subject. Raises Invalid when the earlier entry says something else.
    """
    earlier = unit.session.scalar(select(LedgerEntry).where(*_same(program_id, entry)))
    if earlier is not None:
        unit.subject(earlier.id, already=True)
        if _content(earlier) != _content(entry):
            place = f"{entry.kind} {entry.document}, row {entry.row}"
            reason = f"The {place} from {entry.source} is already booked with other content. Entries are never changed."
            raise Invalid("row", reason)
        return earlier.id
    row = unit.add(LedgerEntry(program_id=program_id, **{k: v for k, v in vars(entry).items() if k != "id"}))
    unit.subject(row.id, line=entry.line_id, kind=entry.kind)
    return row.id


def plan(
    unit: Unit,
    program_id: str,
    line: BudgetLine,
    amount: Decimal,
    on: date | None = None,
    *,
    document: str | None = None,
    source: str = ENTERED,
) -> bool:
    """
    Book what brings a line's plan to the amount, and return whether there was anything to book.

    on: today without one. document: what the plan rests on. A first plan of zero is booked too: it is known.
    """
    wanted = fields.number(amount, "planned")
    if not 0 <= wanted <= ledger.LARGEST:
        raise Invalid("planned", f"The plan {wanted} is not between 0 and {ledger.LARGEST:,}.")
    now = planned(unit, line.id)
    if now == wanted:
        return False
    paper = document or f"plan {line.id}"
    row, day = next_row(unit, program_id, paper), fields.money_day(on or plan_rows.today(unit), "on")
    change = wanted - (now or 0)
    book(unit, program_id, Entry(line.id, "plan", day, change, line.currency, paper, row, source=source))
    return True


def planned(unit: Unit, line_id: str) -> Decimal | None:
    """Return a line's plan in its currency; None without one, which is not zero."""
    plans = select(LedgerEntry).where(LedgerEntry.line_id == line_id, LedgerEntry.kind == "plan")
    amounts = [entry.amount * (entry.rate or 1) for entry in unit.session.scalars(plans)]
    return sum(amounts, ledger.ZERO) if amounts else None


def next_row(unit: Unit, program_id: str, document: str) -> str:
    """Return the number of the row that is booked next under a document."""
    made = LedgerEntry.program_id == program_id, LedgerEntry.document == document
    return str((unit.session.scalar(select(func.count()).where(*made)) or 0) + 1)


def as_changed(unit: Unit, line: BudgetLine) -> int:
    """Give the line a new version and return it: who edits it now saw another plan, and their save would undo this."""
    flag_modified(line, "name")
    unit.session.flush()
    return line.version


def _same(program_id: str, entry: Entry) -> tuple[ColumnElement[bool], ...]:
    table = LedgerEntry
    return (
        table.program_id == program_id,
        table.source == entry.source,
        table.document == entry.document,
        table.row == entry.row,
        table.kind == entry.kind,
    )


def _content(entry: Entry | LedgerEntry) -> tuple[Any, ...]:
    return entry.line_id, entry.on, entry.amount, entry.currency, entry.rate, entry.against
