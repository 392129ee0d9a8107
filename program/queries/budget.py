"""Reads of the budget: totals are added up by the database, exact to the last decimal."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, func, select, type_coerce
from sqlalchemy.orm import Session

from program import budget
from program.budget import ComponentTotals, Entry, LineTotals, Totals
from program.ledger import ZERO, left
from program.store.engine import reading
from program.store.tables import BudgetLine, Component, LedgerEntry

SCALE = -4  # of the amounts' column, which holds whole numbers of 1/10,000


def lines(program_id: str) -> list[LineTotals]:
    """Return a program's budget lines with their totals, in the order of components and names."""
    query = (
        select(BudgetLine, Component.name)
        .join(Component, Component.id == BudgetLine.component_id)
        .where(Component.program_id == program_id)
        .order_by(Component.catalog_id.is_(None), Component.catalog_id, Component.name, BudgetLine.name, BudgetLine.id)
    )
    with reading() as session:
        rows = session.execute(query).all()
        totals = _totals(session, program_id, {line.id: line.currency for line, _ in rows})
    return [_as_value(line, component, totals[line.id]) for line, component in rows]


def by_component(program_id: str) -> list[ComponentTotals]:
    """Return one row per component and currency; components without lines have none."""
    return budget.by_component(lines(program_id))


def entries(program_id: str, line_id: str) -> list[Entry]:
    """Return what is booked on a line, the newest first; empty for a line of another program."""
    table = LedgerEntry
    with reading() as session:
        rows = session.scalars(
            select(table)
            .where(table.program_id == program_id, table.line_id == line_id)
            .order_by(table.on.desc(), table.document, table.row, table.id)
        )
        return [_entry(row) for row in rows]


def _totals(session: Session, program_id: str, currencies: Mapping[str, str]) -> dict[str, Totals]:
    """
    Return every line's totals.

    A line with converted amounts is added up in Python: amount times rate outgrows the database's whole numbers.
    """
    committed, latest = _committed(session, program_id), _forecasts(session, program_id)
    found = {line_id: Totals(None, ZERO, ZERO, None, None, 0) for line_id in currencies}
    converted: dict[str, list[Entry]] = {}
    for line_id, plans, planned, actual, rated, count in session.execute(_sums(program_id)):
        plan, spent, open_ = _money(planned) if plans else None, _money(actual), committed.get(line_id, ZERO)
        found[line_id] = Totals(plan, open_, spent, latest.get(line_id), left(plan, open_, spent), count)
        if rated:
            converted[line_id] = []
    for row in session.scalars(select(LedgerEntry).where(LedgerEntry.line_id.in_(converted))):
        converted[row.line_id].append(_entry(row))
    return found | {line: budget.totals(rows, currency=currencies[line]) for line, rows in converted.items()}


def _sums(program_id: str) -> Any:
    kind = LedgerEntry.kind
    return (
        select(
            LedgerEntry.line_id,
            func.sum(case((kind == "plan", 1), else_=0)),
            _sum("plan"),
            _sum("actual") - _sum("credit"),
            func.count(LedgerEntry.rate),
            func.count(),
        )
        .where(LedgerEntry.program_id == program_id)
        .group_by(LedgerEntry.line_id)
    )


def _committed(session: Session, program_id: str) -> dict[str, Decimal]:
    """Return what is open per line: by document first, never below zero, then over the documents."""
    kind = LedgerEntry.kind
    document = case((kind == "commitment", LedgerEntry.document), else_=LedgerEntry.against).label("commitment")
    still = _sum("commitment") - _sum("release") - _sum("actual")
    documents = (
        select(LedgerEntry.line_id, document, case((still > 0, still), else_=0).label("still"))
        .where(LedgerEntry.program_id == program_id, kind.in_(("commitment", "release", "actual")))
        .group_by(LedgerEntry.line_id, document)
        .subquery()
    )
    query = (
        select(documents.c.line_id, func.sum(documents.c.still))
        .where(documents.c.commitment.is_not(None))
        .group_by(documents.c.line_id)
    )
    return {line_id: _money(amount) for line_id, amount in session.execute(query)}


def _forecasts(session: Session, program_id: str) -> dict[str, Decimal]:
    """Return each line's latest forecast; of several on its last day, the one program.budget takes."""
    table, forecast = LedgerEntry, (LedgerEntry.program_id == program_id, LedgerEntry.kind == "forecast")
    last = select(table.line_id, func.max(table.on).label("on")).where(*forecast).group_by(table.line_id).subquery()
    rows = session.scalars(
        select(table).join(last, (last.c.line_id == table.line_id) & (last.c.on == table.on)).where(*forecast)
    )
    candidates: dict[str, list[Entry]] = {}
    for row in rows:
        candidates.setdefault(row.line_id, []).append(_entry(row))
    latest = {line_id: budget.latest_forecast(found) for line_id, found in candidates.items()}
    return {line_id: amount for line_id, amount in latest.items() if amount is not None}


def _sum(kind: str) -> ColumnElement[int]:
    """The sum of one kind's amounts, as the whole numbers that the store keeps."""
    amount = type_coerce(LedgerEntry.amount, BigInteger)
    return func.sum(case((LedgerEntry.kind == kind, amount), else_=0))


def _money(whole: Any) -> Decimal:
    return Decimal(int(whole)).scaleb(SCALE)


def _entry(row: LedgerEntry) -> Entry:
    return Entry(
        id=row.id,
        line_id=row.line_id,
        kind=row.kind,
        on=row.on,
        amount=row.amount,
        currency=row.currency,
        document=row.document,
        row=row.row,
        against=row.against,
        rate=row.rate,
        source=row.source,
    )


def _as_value(line: BudgetLine, component: str, totals: Totals) -> LineTotals:
    return LineTotals(
        line_id=line.id,
        version=line.version,
        component_id=line.component_id,
        component_name=component,
        name=line.name,
        category=line.category,
        nature=line.nature,
        spending=line.spending,
        owner_id=line.owner_id,
        currency=line.currency,
        **vars(totals),
    )
