"""Reads of the budget: totals are added up by the database, exact to the last decimal, as of any day."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from program import budget
from program.budget import ComponentTotals, Entry, LineTotals, Totals
from program.ledger import EXACTLY, ZERO, exact_sum, left
from program.queries import sums
from program.store.engine import reading, url
from program.store.tables import AuditHead, BudgetLine, Component, LedgerEntry, PlanSetting

OF_LINES = (
    BudgetLine.id.label("line_id"),
    *(
        BudgetLine.__table__.c[name]
        for name in (field.name for field in fields(LineTotals))
        if name in BudgetLine.__table__.c and name != "id"
    ),
)
KEPT = 64
_KNOWN: dict[Hashable, tuple[LineTotals, ...]] = {}


def lines(program_id: str, *, until: date | None = None, component_id: str | None = None) -> list[LineTotals]:
    """
    Return a program's budget lines with their totals, in the order of components and names.

    until: what was booked up to the end of a day. component_id: the lines of one component.
    Added up once for each state of the store: whatever is written ends in the audit, whose head says which state it is.
    """
    with reading() as session:
        head = session.scalar(select(AuditHead.hash))
        key = url(), head, program_id, until, component_id
        found = _KNOWN.get(key) if head else None
        if found is None:
            found = tuple(lines_in(session, program_id, until=until, component_id=component_id))
            if len(_KNOWN) >= KEPT:
                _KNOWN.clear()
            _KNOWN[key] = found
        return list(found)


def by_component(
    program_id: str, *, until: date | None = None, component_id: str | None = None
) -> list[ComponentTotals]:
    """Return one row per component and currency; components without lines have none."""
    return budget.by_component(lines(program_id, until=until, component_id=component_id))


def entries(program_id: str, line_id: str, *, until: date | None = None) -> list[Entry]:
    """Return what is booked on a line, the newest first; empty for a line of another program."""
    table = LedgerEntry
    with reading() as session:
        rows = session.scalars(
            select(table)
            .where(table.line_id == line_id, *sums.booked(program_id, until=until))
            .order_by(table.on.desc(), table.document, table.row, table.id)
        )
        return [_entry(row) for row in rows]


def reserve(program_id: str) -> Decimal | None:
    """Return the management reserve in the program's currency, which is outside every line; None without one."""
    with reading() as session:
        found: Decimal | None = session.scalar(select(PlanSetting.reserve).where(PlanSetting.program_id == program_id))
        return found


def lines_in(
    session: Session, program_id: str, *, until: date | None = None, component_id: str | None = None
) -> list[LineTotals]:
    """Return the lines as a session sees them; else as `lines`."""
    query = (
        select(Component.name.label("component_name"), *OF_LINES)
        .join(Component, Component.id == BudgetLine.component_id)
        .where(Component.program_id == program_id, *([Component.id == component_id] if component_id else []))
        .order_by(Component.catalog_id.is_(None), Component.catalog_id, Component.name, BudgetLine.name, BudgetLine.id)
    )
    rows = session.execute(query).mappings().all()
    ids = [row["line_id"] for row in rows]
    totals = totals_in(session, sums.booked(program_id, until=until, component_id=component_id), ids)
    return [LineTotals(**row, **vars(totals[row["line_id"]])) for row in rows]


def totals_in(session: Session, where: sums.Where, line_ids: Sequence[str]) -> dict[str, Totals]:
    """Return the totals of each line by the entries of a condition; without any it is planned at None, not at zero."""
    grouped = sums.by_kind(session, where)
    committed = _open(session, where, {group.line_id for group in grouped if group.rated})
    latest = _forecasts(session, where) if any(group.kind == "forecast" for group in grouped) else {}
    of_line: defaultdict[str, list[sums.Group]] = defaultdict(list)
    for group in grouped:
        of_line[group.line_id].append(group)
    return {id_: _totals(of_line[id_], committed.get(id_, ZERO), latest.get(id_)) for id_ in line_ids}


def _totals(groups: Sequence[sums.Group], committed: Decimal, forecast: Decimal | None) -> Totals:
    of_kind: defaultdict[str, list[Decimal]] = defaultdict(list)
    for group in groups:
        of_kind[group.kind].append(group.amount)
    planned = exact_sum(of_kind["plan"]) if of_kind["plan"] else None
    actual = EXACTLY.subtract(exact_sum(of_kind["actual"]), exact_sum(of_kind["credit"]))
    count = sum(group.entries for group in groups)
    return Totals(planned, committed, actual, forecast, left(planned, committed, actual), count)


def _open(session: Session, where: sums.Where, converted: set[str]) -> dict[str, Decimal]:
    """Return what is still committed per line; the documents of lines with rates are multiplied out by rate."""
    if not converted:
        return sums.open_unconverted(session, where)
    here = LedgerEntry.line_id.in_(converted)
    found = sums.open_unconverted(session, (*where, ~here))
    for (line_id, _), order in sums.orders(session, (*where, here)).items():
        found[line_id] = EXACTLY.add(found.get(line_id, ZERO), order.open)
    return found


def _forecasts(session: Session, where: sums.Where) -> dict[str, Decimal]:
    """Return each line's latest forecast; of several on its last day, the one program.budget takes."""
    candidates: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sums.last_forecasts(session, where):
        candidates[entry.line_id].append(entry)
    latest = {line_id: budget.latest_forecast(found) for line_id, found in candidates.items()}
    return {line_id: amount for line_id, amount in latest.items() if amount is not None}


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
