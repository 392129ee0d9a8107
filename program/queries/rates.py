"""Reads of the plan's rates, and of what other booking rates have moved."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import case, select

from program import rates
from program.budget import LineTotals
from program.queries import sums
from program.rates import Converted, FxSplit, PlanRate, Spent
from program.store import tables
from program.store.engine import reading
from program.store.tables import BudgetLine, LedgerEntry


def plan_rates(program_id: str) -> list[PlanRate]:
    """Return the plan's rates by currency."""
    table = tables.PlanRate
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.currency))
        return [PlanRate(row.id, row.version, row.currency, row.rate) for row in rows]


def by_currency(program_id: str) -> dict[str, Decimal]:
    """Return the rate of each currency into the program's own, which is 1; no entry for one without a plan rate."""
    return {each.currency: each.rate for each in plan_rates(program_id)} | {own_currency(program_id): Decimal(1)}


def own_currency(program_id: str) -> str:
    """Return the program's currency."""
    with reading() as session:
        return session.scalars(select(tables.Program.currency).where(tables.Program.id == program_id)).one()


def fx(program_id: str, *, until: date | None = None, component_id: str | None = None) -> list[FxSplit]:
    """
    Return one row per line that money was spent on: what it is by the plan's rates, and the effect of booking rates.

    Spent is what was paid less credits. until, component_id: as of program.queries.budget.lines.
    """
    signed = case((LedgerEntry.kind == "actual", sums.AMOUNT), else_=-sums.AMOUNT)
    keys = LedgerEntry.line_id, BudgetLine.currency, LedgerEntry.currency, LedgerEntry.rate
    query = (
        select(*keys, *sums.halves(signed))
        .join(BudgetLine, BudgetLine.id == LedgerEntry.line_id)
        .where(
            *sums.booked(program_id, until=until, component_id=component_id),
            LedgerEntry.kind.in_(("actual", "credit")),
        )
        .group_by(*keys)
        .order_by(*keys)
    )
    with reading() as session:
        spent = [
            Spent(line_id, into, currency, rate, sums.money(high, low))
            for line_id, into, currency, rate, high, low in session.execute(query)
        ]
    return rates.split(spent, by_currency(program_id))


def converted(program_id: str, lines: Sequence[LineTotals]) -> Converted:
    """Return the total of some of a program's lines in its currency by the plan's rates; unknown with the reason."""
    return rates.converted(lines, currency=own_currency(program_id), rates=by_currency(program_id))
