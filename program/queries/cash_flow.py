"""Reads of the cash flow and of what the program is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from program import cash_flow as flows
from program import policy
from program import worth as worths
from program.budget import LineTotals
from program.cash_flow import CashFlow, CostLine, Income
from program.queries import actuals, benefits, budget, roadmap, versions
from program.queries import rates as plan_rates
from program.queries.actuals import Actuals
from program.store.engine import reading
from program.store.tables import Client, Program
from program.values import Missing
from program.worth import Worth


@dataclass(frozen=True)
class Worths:
    """What the program is worth as it was planned and hoped, and as it is expected by what was measured."""

    planned: Worth
    expected: Worth


def cash_flow(program_id: str, *, today: date, home: Path | None) -> CashFlow:
    """
    Return what leaves and comes in by month, as seen on a day, in the program's currency at plan rates.

    home: the folder that holds the client's warehouse, from which uptake is measured; None leaves it unknown.
    Raises Missing.
    """
    query = select(Program.currency, Program.time_zone, Client.key).join(Client, Client.id == Program.client_id)
    with reading() as session:
        found = session.execute(query.where(Program.id == program_id)).one_or_none()
    if found is None:
        raise Missing("program")
    currency, time_zone, client = found
    rates = plan_rates.by_currency(program_id)
    spent = actuals.actuals(program_id, rates=rates, until=today)
    version = versions.approved(program_id)
    phased = versions.phased_lines(program_id, version.id) if version else []
    phases = {line.line_id: line.phases for line in phased}
    costs = [
        _cost(line, rates.get(line.currency), phases.get(line.line_id, {}), spent)
        for line in budget.lines(program_id, until=today)
    ]
    come = benefits.uptakes(program_id, home=home, client=client, time_zone=time_zone)
    incomes = [Income(each, come[each.id], rates.get(each.currency)) for each in benefits.benefits(program_id)]
    return flows.cash_flow(
        costs,
        incomes,
        currency=currency,
        today=today,
        horizon=policy.load().worth_months,
        approved=version is not None,
    )


def _cost(line: LineTotals, rate: Decimal | None, phases: Mapping[date, Decimal], spent: Actuals) -> CostLine:
    return CostLine(
        name=line.name,
        currency=line.currency,
        rate=rate,
        phases=phases,
        planned=line.planned,
        committed=line.committed,
        actual=line.actual,
        forecast=line.forecast,
        spent=None if line.line_id in spent.unknown else spent.by_line.get(line.line_id, {}),
    )


def worth(program_id: str, *, today: date, home: Path | None) -> Worths:
    """Return what the program is worth by the rates that it set. Raises Missing."""
    flow, settings = cash_flow(program_id, today=today, home=home), roadmap.settings(program_id)
    return Worths(worths.as_planned(flow, settings), worths.as_expected(flow, settings))
