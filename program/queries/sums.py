"""Sums of the ledger by the database: whole numbers of 1/10,000, grouped by line, kind and rate; never row by row."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, select, type_coerce
from sqlalchemy.orm import Session

from program.ledger import EXACTLY, ZERO, Entry
from program.running_ledger import Order
from program.store.tables import BudgetLine, LedgerEntry

SCALE = -4  # of the amounts' column, which holds whole numbers of 1/10,000
HALF = 10**8  # an amount is summed in two parts, so that no number of entries outgrows the database's whole numbers
ON_ORDERS = ("commitment", "release", "actual")

Where = tuple[ColumnElement[bool], ...]
AMOUNT = type_coerce(LedgerEntry.amount, BigInteger)
DOCUMENT = case((LedgerEntry.kind == "commitment", LedgerEntry.document), else_=LedgerEntry.against)
ENTRY = (  # in the order of Entry's fields
    LedgerEntry.line_id, LedgerEntry.kind, LedgerEntry.on, LedgerEntry.amount, LedgerEntry.currency,
    LedgerEntry.document, LedgerEntry.row, LedgerEntry.against, LedgerEntry.rate, LedgerEntry.source,
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """What the entries of one kind and rate on a line add up to. amount: in the line's currency."""

    line_id: str
    kind: str
    rated: bool
    amount: Decimal
    entries: int


def booked(
    program_id: str,
    *,
    until: date | None = None,
    component_id: str | None = None,
    line_ids: Collection[str] | None = None,
) -> Where:
    """Return the condition on entries: of a program, up to the end of a day, of a component, of some lines."""
    where = [LedgerEntry.program_id == program_id]
    if until is not None:
        where.append(LedgerEntry.on <= until)
    if component_id is not None:
        where.append(LedgerEntry.line_id.in_(select(BudgetLine.id).where(BudgetLine.component_id == component_id)))
    if line_ids is not None:
        where.append(LedgerEntry.line_id.in_(line_ids))
    return tuple(where)


def by_kind(session: Session, where: Where) -> list[Group]:
    """Return the sums by line, kind and rate."""
    keys = LedgerEntry.line_id, LedgerEntry.kind, LedgerEntry.rate
    query = select(*keys, *halves(), func.count()).where(*where).group_by(*keys)
    return [
        Group(line_id, kind, rate is not None, _times(money(high, low), rate), count)
        for line_id, kind, rate, high, low, count in session.execute(query)
    ]


def open_unconverted(session: Session, where: Where) -> dict[str, Decimal]:
    """Return what is open per line without a rate: by document first, never below zero, then over the documents."""
    signed = case((LedgerEntry.kind == "commitment", AMOUNT), else_=-AMOUNT)
    still = func.sum(signed // HALF) * HALF + func.sum(signed % HALF)
    document = DOCUMENT.label("commitment")
    documents = (
        select(LedgerEntry.line_id, document, case((still > 0, still), else_=0).label("still"))
        .where(*where, LedgerEntry.kind.in_(ON_ORDERS), DOCUMENT.is_not(None))
        .group_by(LedgerEntry.line_id, document)
        .subquery()
    )
    low = documents.c.still % HALF
    high = (documents.c.still - low) // HALF
    query = select(documents.c.line_id, func.sum(high), func.sum(low)).group_by(documents.c.line_id)
    return {line_id: money(above, below) for line_id, above, below in session.execute(query)}


def orders(session: Session, where: Where) -> dict[tuple[str, str], Order]:
    """
    Return what was committed and used per line and document, in the line's currency.

    A document that nothing was committed under has entries against it all the same.
    """
    document, is_order = DOCUMENT.label("commitment"), (LedgerEntry.kind == "commitment").label("is_order")
    query = (
        select(LedgerEntry.line_id, document, is_order, LedgerEntry.rate, *halves())
        .where(*where, LedgerEntry.kind.in_(ON_ORDERS), DOCUMENT.is_not(None))
        .group_by(LedgerEntry.line_id, document, is_order, LedgerEntry.rate)
    )
    found: defaultdict[tuple[str, str], Order] = defaultdict(Order)
    for line_id, name, committed, rate, high, low in session.execute(query):
        amount, order = _times(money(high, low), rate), found[line_id, name]
        found[line_id, name] = (
            Order(EXACTLY.add(order.committed, amount), order.used)
            if committed
            else Order(order.committed, EXACTLY.add(order.used, amount))
        )
    return dict(found)


def last_forecasts(session: Session, where: Where) -> list[Entry]:
    """Return the forecasts of each line's last day that has any."""
    table, forecast = LedgerEntry, (*where, LedgerEntry.kind == "forecast")
    last = select(table.line_id, func.max(table.on).label("on")).where(*forecast).group_by(table.line_id).subquery()
    query = select(*ENTRY).join(last, and_(last.c.line_id == table.line_id, last.c.on == table.on)).where(*forecast)
    return [Entry(*row) for row in session.execute(query)]


def money(high: Any, low: Any) -> Decimal:
    """Return the amount of a sum in its two parts."""
    whole = int(high) * HALF + int(low)
    return Decimal(whole).scaleb(SCALE) if whole else ZERO


def halves(amount: ColumnElement[int] = AMOUNT) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Return the sum of an amount in its two parts, for `money`."""
    return func.sum(amount // HALF), func.sum(amount % HALF)


def _times(amount: Decimal, rate: Decimal | None) -> Decimal:
    return amount if rate is None else EXACTLY.multiply(amount, rate)
