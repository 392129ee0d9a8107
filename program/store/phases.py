"""The months of a budget version as they are written."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm.attributes import flag_modified

from program import budget, budget_versions, fields, phasing
from program.budget_versions import Phase
from program.ledger import ZERO
from program.store import booking
from program.store.tables import BudgetLine, BudgetPhase, BudgetVersion, Component
from program.store.unit_of_work import Unit
from program.values import Invalid

SOURCE = "budget version"


def draft(unit: Unit, version_id: str, version: int, *, mine: dict[str, Any] | None = None) -> BudgetVersion:
    """Return a version that may be changed. Raises Missing, Stale, and Invalid when it is no draft."""
    row = unit.get(BudgetVersion, version_id, version, mine=mine)
    if row.status != "draft":
        status = budget_versions.STATUSES[row.status].lower()
        reason = f"“{row.name}” is {status} and stays as it is. Make a revision of it and change that."
        raise Invalid("version", reason)
    return row


def free(unit: Unit, program_id: str, name: str) -> None:
    """Raise Invalid when a version of the program has the name already."""
    taken = BudgetVersion.program_id == program_id, BudgetVersion.name == name
    if unit.session.scalar(select(BudgetVersion.id).where(*taken)):
        raise Invalid("name", f"The program already has a budget version named “{name}”.")


def copy(unit: Unit, source: BudgetVersion, target: BudgetVersion) -> int:
    """Give a version the months of another, and return how many."""
    rows = unit.session.scalars(select(BudgetPhase).where(BudgetPhase.version_id == source.id)).all()
    unit.session.add_all(
        BudgetPhase(version_id=target.id, line_id=row.line_id, period=row.period, amount=row.amount) for row in rows
    )
    unit.session.flush()
    return len(rows)


def as_changed(unit: Unit, row: BudgetVersion) -> int:
    """Give a draft a new version and return it: who edits it now saw other months."""
    flag_modified(row, "name")
    unit.session.flush()
    return row.version


def put(unit: Unit, row: BudgetVersion, changes: Sequence[Phase]) -> int:
    """Set, add and take out months, and return how many differ now. Raises Invalid and Missing."""
    if len({(each.line_id, each.period) for each in changes}) < len(changes):
        raise Invalid("period", "A month of a line is named twice.")
    there = {(each.line_id, each.period): each for each in _of(unit, row.id)}
    lines = {line_id: unit.get(BudgetLine, line_id) for line_id in dict.fromkeys(each.line_id for each in changes)}
    changed = 0
    for each in changes:
        old = there.get((each.line_id, each.period))
        if each.amount is None:
            changed += old is not None
            if old is not None:
                unit.session.delete(there.pop((each.line_id, each.period)))
            continue
        amount = _amount(each, lines[each.line_id])
        if old is None:
            made = BudgetPhase(version_id=row.id, line_id=each.line_id, period=each.period, amount=amount)
            unit.session.add(made)
            there[each.line_id, each.period] = made
        changed += old is None or old.amount != amount
        there[each.line_id, each.period].amount = amount
    unit.session.flush()
    return changed


def replace(unit: Unit, row: BudgetVersion, line: BudgetLine, phases: Mapping[date, Decimal]) -> int:
    """Make these the months of a line, and return how many differ now."""
    gone = [Phase(line.id, each.period, None) for each in _of(unit, row.id, line.id) if each.period not in phases]
    return put(unit, row, [*gone, *(Phase(line.id, period, amount) for period, amount in phases.items())])


def months_of(
    unit: Unit, line: BudgetLine, start: date | None, end: date | None, recurrence: str | None
) -> tuple[date, ...]:
    """Return the months in which a line's money falls due. Raises Invalid when nobody knows from when to when."""
    if recurrence:
        fields.one_of(recurrence, budget.RECURRENCES, "recurrence")
    component = unit.get(Component, line.component_id)
    first, last = start or component.starts_on, end or component.due_on
    for day, field, word in ((first, "start", "start"), (last, "end", "due date")):
        if day is None:
            raise Invalid(field, f"“{component.name}” has no {word}. Say over which months to spread “{line.name}”.")
        fields.money_day(day, field)
    worked = line.nature == "labor" and line.recurrence == "once"
    every = recurrence or ("monthly" if worked else line.recurrence)
    return phasing.due(every, phasing.months(first, last))  # type: ignore[arg-type]


def spread(
    unit: Unit,
    row: BudgetVersion,
    line: BudgetLine,
    total: Decimal | None,
    over: Sequence[date],
    weights: Sequence[Decimal] | None,
) -> dict[date, Decimal]:
    """Return a line's total by month. Raises Invalid when there is none or it is wrong."""
    whole = _total(unit, row, line) if total is None else fields.number(total, "total")
    if whole is None:
        raise Invalid("total", f"“{line.name}” has no plan yet. Say how much to spread.")
    if not 0 <= whole <= budget.LARGEST:
        raise Invalid("total", f"The total {whole} is not between 0 and {budget.LARGEST:,}.")
    return phasing.spread(whole, over, weights, decimals=phasing.decimals(line.currency))


def spread_if_known(unit: Unit, row: BudgetVersion, line: BudgetLine) -> int:
    """Spread a line over its component's months where its amount and they are known; return how many months changed."""
    try:
        wanted = spread(unit, row, line, None, months_of(unit, line, None, None, None), None)
    except Invalid:
        return 0
    return replace(unit, row, line, wanted)


def approvable(unit: Unit, row: BudgetVersion) -> list[tuple[BudgetLine, Decimal]]:
    """Return a draft's lines with what their months add up to. Raises Invalid when it cannot be approved."""
    sums: dict[str, Decimal] = {}
    lines: dict[str, BudgetLine] = {}
    for each in _of(unit, row.id):
        if each.line_id not in lines:
            lines[each.line_id] = unit.get(BudgetLine, each.line_id)
        _amount(Phase(each.line_id, each.period, each.amount), lines[each.line_id])
        sums[each.line_id] = sums.get(each.line_id, ZERO) + each.amount
    if not sums:
        raise Invalid("version", f"“{row.name}” has no month with money yet, so there is nothing to approve.")
    return [(lines[line_id], total) for line_id, total in sums.items()]


def approved_with(unit: Unit, *where: ColumnElement[bool]) -> str | None:
    """Return the name of the version approved last that has months of the lines; None when none has."""
    query = select(BudgetVersion.name).join(BudgetPhase, BudgetPhase.version_id == BudgetVersion.id)
    locked = query.join(BudgetLine, BudgetLine.id == BudgetPhase.line_id).where(BudgetVersion.status != "draft", *where)
    return unit.session.scalars(locked.order_by(BudgetVersion.approved_at.desc()).limit(1)).first()


def _total(unit: Unit, row: BudgetVersion, line: BudgetLine) -> Decimal | None:
    drafted = [each.amount for each in _of(unit, row.id, line.id)]
    if drafted:
        return sum(drafted, ZERO)
    if line.days is not None and line.day_rate is not None:
        return phasing.labor(line.days, line.day_rate, decimals=phasing.decimals(line.currency))
    return booking.planned(unit, line.id)


def _of(unit: Unit, version_id: str, line_id: str | None = None) -> Sequence[BudgetPhase]:
    query = select(BudgetPhase).where(BudgetPhase.version_id == version_id)
    if line_id:
        query = query.where(BudgetPhase.line_id == line_id)
    return unit.session.scalars(query.order_by(BudgetPhase.line_id, BudgetPhase.period)).all()


def _amount(phase: Phase, line: BudgetLine) -> Decimal:
    """The amount of a month as it may be kept. Raises Invalid with the line and the month."""
    amount = fields.number(phase.amount or ZERO, "amount")
    if wrong := budget_versions.problem(amount, fields.money_day(phase.period, "period"), line.currency):
        raise Invalid("amount", f"{line.name}, {phase.period:%Y-%m}: {wrong}")
    return amount
