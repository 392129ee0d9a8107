"""Reads of what was spent by line and month, by the plan's rates; added up by the database."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, case, extract, func, select, type_coerce

from program.ledger import EXACTLY, ZERO
from program.queries import sums
from program.store.engine import reading
from program.store.tables import BudgetLine, Component, LedgerEntry

SPENT = ("actual", "credit")


@dataclass(frozen=True)
class Actuals:
    """
    What was spent, less credits, in the program's currency at plan rates.

    by_line: by line and month. unknown: the lines with an amount in a currency that the plan has no rate for, and the
    reason. component_of: the component of each line.
    """

    by_line: Mapping[str, Mapping[date, Decimal]]
    component_of: Mapping[str, str]
    unknown: Mapping[str, str] = field(default_factory=dict)


def actuals(program_id: str, *, rates: Mapping[str, Decimal], until: date) -> Actuals:
    """Return what was spent up to the end of a day. rates: into the program's currency, by currency."""
    table, amount = LedgerEntry, type_coerce(LedgerEntry.amount, BigInteger)
    signed = case((table.kind == "credit", -amount), else_=amount)
    year, month = extract("year", table.on), extract("month", table.on)
    keys = table.line_id, table.currency, year, month
    query = (
        select(*keys, func.sum(signed // sums.HALF), func.sum(signed % sums.HALF))
        .where(*sums.booked(program_id, until=until), table.kind.in_(SPENT))
        .group_by(*keys)
    )
    lines = select(BudgetLine.id, BudgetLine.component_id).join(Component, Component.id == BudgetLine.component_id)
    found: defaultdict[str, dict[date, Decimal]] = defaultdict(dict)
    unknown: dict[str, str] = {}
    with reading() as session:
        of = {row.id: row.component_id for row in session.execute(lines.where(Component.program_id == program_id))}
        for line_id, currency, in_year, in_month, high, low in session.execute(query):
            if currency not in rates:
                unknown[line_id] = f"The plan has no rate for {currency}."
                continue
            when = date(int(in_year), int(in_month), 1)
            earlier = found[line_id].get(when, ZERO)
            found[line_id][when] = EXACTLY.fma(sums.money(high, low), rates[currency], earlier)
    return Actuals(found, of, unknown)


def newest(program_id: str, *, until: date) -> date | None:
    """Return the day of the newest amount that was spent up to a day; None before any."""
    query = select(func.max(LedgerEntry.on)).where(*sums.booked(program_id, until=until), LedgerEntry.kind.in_(SPENT))
    with reading() as session:
        return session.scalar(query)
