"""Reads of the ledger's files: how they are mapped, which rows are not booked, and what does not reconcile."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from program import policy
from program.budget import TECHNOLOGY
from program.ledger import Entry
from program.ledger_import import Held, Key
from program.ledger_mapping import from_content
from program.queries import sums
from program.queries.budget import lines_in, totals_in
from program.reconciling import OldOrder, Overspent, Reconciliation, SavedMapping, Unmatched, Unordered
from program.running_ledger import KnownLine, Running
from program.store.engine import reading
from program.store.tables import BudgetLine, Component, LedgerEntry, LedgerMapping, PlanSetting, UnmatchedRow

MOST = 500  # rows of one kind that a reconciliation lists; all are counted


def mappings(program_id: str) -> list[SavedMapping]:
    """Return the program's saved mappings by name."""
    table = LedgerMapping
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.name, table.id))
        return [SavedMapping(row.id, row.version, row.name, from_content(row.content)) for row in rows]


def unmatched(program_id: str, *, settled: bool = False, most: int | None = None) -> list[Unmatched]:
    """Return the rows that could not be booked, the newest files first; settled: with those that were settled."""
    table = UnmatchedRow
    query = select(table).where(table.program_id == program_id)
    if not settled:
        query = query.where(table.settled_at.is_(None))
    with reading() as session:
        rows = session.scalars(query.order_by(table.came_at.desc(), table.file_name, table.line, table.id).limit(most))
        return [_unmatched(row) for row in rows]


def unmatched_count(program_id: str) -> int:
    """Return how many rows wait for somebody to look at them."""
    table = UnmatchedRow
    with reading() as session:
        open_ = table.program_id == program_id, table.settled_at.is_(None)
        return session.scalar(select(func.count()).where(*open_)) or 0


def reconciliation(program_id: str, *, today: date, older_than: int | None = None) -> Reconciliation:
    """
    Return what does not reconcile: rows not booked, orders overspent, costs without an order, orders long open.

    older_than: days since an order's last movement; the policy's without one. Of each kind MOST are listed.
    """
    days = policy.load().order_days if older_than is None else older_than
    with reading() as session:
        labels = _labels(session, program_id)
        orders = sums.orders(session, sums.booked(program_id))
        overspent = [
            Overspent(line_id, labels[line_id], document, order.committed, order.used)
            for (line_id, document), order in orders.items()
            if order.committed and order.used > order.committed
        ]
        open_ = {key: order.open for key, order in orders.items() if order.open > 0}
        last = _last_days(session, program_id)
        old = [
            OldOrder(line_id, labels[line_id], document, amount, last[line_id, document])
            for (line_id, document), amount in open_.items()
            if last[line_id, document] < today - timedelta(days=days)
        ]
        unordered, count = _unordered(session, program_id)
    return Reconciliation(
        unmatched=tuple(unmatched(program_id, most=MOST)),
        unmatched_count=unmatched_count(program_id),
        overspent=tuple(sorted(overspent, key=lambda each: (-each.over, each.line, each.document))),
        old=tuple(sorted(old, key=lambda each: (each.since, each.line, each.document))),
        unordered=tuple(Unordered(labels[entry.line_id], entry) for entry in unordered),
        unordered_count=count,
        older_than=days,
    )


def component_names(program_id: str) -> dict[str, str]:
    """Return the names of the program's components by id."""
    with reading() as session:
        rows = session.execute(select(Component.id, Component.name).where(Component.program_id == program_id))
        return {row.id: row.name for row in rows}


def held_in(session: Session, program_id: str, source: str, *, today: date) -> Held:
    """Return what a file of a source comes in to, as a session sees it."""
    return Held(
        known_lines(session, program_id),
        sums.orders(session, sums.booked(program_id)),
        _booked(session, program_id, source),
        control_in(session, program_id),
        waiting_in(session, program_id, today),
    )


def known_lines(session: Session, program_id: str) -> list[KnownLine]:
    """Return the lines with what is planned and spent on them."""
    return [
        KnownLine(
            line.line_id,
            line.component_id,
            line.component_name,
            line.name,
            line.currency,
            line.planned,
            line.actual,
        )
        for line in lines_in(session, program_id)
    ]


def running_in(session: Session, program_id: str, line_id: str, *, today: date) -> Running:
    """Return one line as the next entry comes in to it, as a session sees it."""
    where = sums.booked(program_id, line_ids=[line_id])
    totals = totals_in(session, where, [line_id])[line_id]
    query = select(BudgetLine.component_id, Component.name, BudgetLine.name, BudgetLine.currency)
    query = query.join(Component, Component.id == BudgetLine.component_id).where(BudgetLine.id == line_id)
    line = KnownLine(line_id, *session.execute(query).one(), planned=totals.planned, actual=totals.actual)
    waiting = waiting_in(session, program_id, today, line.component_id)
    return Running([line], sums.orders(session, where), control_in(session, program_id), waiting)


def control_in(session: Session, program_id: str) -> Mapping[str, Any]:
    """Return what happens over budget, by kind of entry."""
    return session.scalar(select(PlanSetting.control).where(PlanSetting.program_id == program_id)) or {}


def waiting_in(session: Session, program_id: str, today: date, only: str | None = None) -> dict[str, str]:
    """Return why money of the technology component waits, by its id; nothing when it does not. only: a component."""
    technology = select(Component.id).where(Component.program_id == program_id, Component.catalog_id == TECHNOLOGY)
    ids = [id_ for id_ in session.scalars(technology) if only in (None, id_)]
    if not ids:
        return {}
    from program.queries.gates import technology_money  # what judges a gate takes a second to load

    reason = technology_money(program_id, today=today)
    return dict.fromkeys(ids, reason) if reason else {}


def _booked(session: Session, program_id: str, source: str) -> dict[Key, Entry]:
    table = LedgerEntry
    query = select(*sums.ENTRY).where(table.program_id == program_id, table.source == source)
    found = (Entry(*row) for row in session.execute(query))
    return {(entry.document, entry.row, entry.kind): entry for entry in found}


def _labels(session: Session, program_id: str) -> dict[str, str]:
    query = (
        select(BudgetLine.id, Component.name, BudgetLine.name)
        .join(Component, Component.id == BudgetLine.component_id)
        .where(Component.program_id == program_id)
    )
    return {id_: f"{component}: {name}" for id_, component, name in session.execute(query)}


def _last_days(session: Session, program_id: str) -> dict[tuple[str, str], date]:
    """The last day on which something was booked on each document of a line."""
    document = sums.DOCUMENT.label("commitment")
    query = (
        select(LedgerEntry.line_id, document, func.max(LedgerEntry.on))
        .where(*sums.booked(program_id), LedgerEntry.kind.in_(sums.ON_ORDERS), sums.DOCUMENT.is_not(None))
        .group_by(LedgerEntry.line_id, document)
    )
    return {(line_id, name): on for line_id, name, on in session.execute(query)}


def _unordered(session: Session, program_id: str) -> tuple[Sequence[Entry], int]:
    """Costs that name no order, or one that is not booked on their line, the newest first; and how many they are."""
    table = LedgerEntry
    orders = select(table.line_id, table.document).where(table.program_id == program_id, table.kind == "commitment")
    loose = or_(table.against.is_(None), tuple_(table.line_id, table.against).not_in(orders))
    wanted = table.program_id == program_id, table.kind == "actual", loose
    rows = session.execute(select(*sums.ENTRY).where(*wanted).order_by(table.on.desc(), table.id).limit(MOST))
    return [Entry(*row) for row in rows], session.scalar(select(func.count()).where(*wanted)) or 0


def _unmatched(row: UnmatchedRow) -> Unmatched:
    return Unmatched(
        id=row.id,
        version=row.version,
        source=row.source,
        file_name=row.file_name,
        line=row.line,
        cells=row.cells,
        column=row.column,
        reason=row.reason,
        came_at=row.came_at,
        settled_at=row.settled_at,
        settled_how=row.settled_how,
    )
