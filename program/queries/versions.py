"""Reads of the budget's versions."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Select, func, select, type_coerce

from program import budget_versions
from program.budget_versions import Difference, Phase, PhasedLine, Version
from program.queries import sums
from program.store.engine import reading
from program.store.tables import BudgetLine, BudgetPhase, BudgetVersion, Component
from program.values import Missing


def versions(program_id: str) -> list[Version]:
    """Return a program's budget versions, the newest first, with what they add up to by currency."""
    mine = BudgetVersion.program_id == program_id
    query = select(BudgetVersion).where(mine)
    with reading() as session:
        rows = session.scalars(query.order_by(BudgetVersion.made_at.desc(), BudgetVersion.name)).all()
        totals: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
        lines: defaultdict[str, int] = defaultdict(int)
        for version_id, currency, high, low, count in session.execute(_sums(program_id)):
            totals[version_id][currency] = sums.money(high, low)
            lines[version_id] += count
    return [_as_value(row, lines[row.id], totals[row.id]) for row in rows]


def approved(program_id: str) -> Version | None:
    """Return the version approved last; None before any was."""
    found = [each for each in versions(program_id) if each.locked and each.approved_at]
    return max(found, key=lambda each: (each.approved_at, each.made_at, each.id), default=None)


def phases(program_id: str, version_id: str) -> list[Phase]:
    """Return a version's months by line and month. Raises Missing when the program has no such version."""
    query = select(BudgetPhase.line_id, BudgetPhase.period, BudgetPhase.amount)
    with reading() as session:
        _there(session.get(BudgetVersion, version_id), program_id)
        rows = session.execute(
            query.where(BudgetPhase.version_id == version_id).order_by(BudgetPhase.line_id, BudgetPhase.period)
        )
        return [Phase(*row) for row in rows]


def phased_lines(program_id: str, version_id: str) -> list[PhasedLine]:
    """
    Return every budget line of a program as a version has it, also those without any month in it.

    In the order of components and names. Raises Missing when the program has no such version.
    """
    found: defaultdict[str, dict[date, Decimal]] = defaultdict(dict)
    for phase in phases(program_id, version_id):
        if phase.amount is not None:
            found[phase.line_id][phase.period] = phase.amount
    query = (
        select(BudgetLine, Component.name)
        .join(Component, Component.id == BudgetLine.component_id)
        .where(Component.program_id == program_id)
        .order_by(Component.catalog_id.is_(None), Component.catalog_id, Component.name, BudgetLine.name, BudgetLine.id)
    )
    with reading() as session:
        return [_phased(line, component, found[line.id]) for line, component in session.execute(query)]


def compare(program_id: str, before_id: str, after_id: str) -> list[Difference]:
    """Return the lines whose months differ between two versions. Raises Missing."""
    return budget_versions.compare(phased_lines(program_id, before_id), phased_lines(program_id, after_id))


def _sums(program_id: str) -> Select[str, str, int, int, int]:
    return (
        select(
            BudgetPhase.version_id,
            BudgetLine.currency,
            *sums.halves(type_coerce(BudgetPhase.amount, BigInteger)),
            func.count(BudgetPhase.line_id.distinct()),
        )
        .join(BudgetVersion, BudgetVersion.id == BudgetPhase.version_id)
        .join(BudgetLine, BudgetLine.id == BudgetPhase.line_id)
        .where(BudgetVersion.program_id == program_id)
        .group_by(BudgetPhase.version_id, BudgetLine.currency)
        .order_by(BudgetLine.currency)
    )


def _there(row: BudgetVersion | None, program_id: str) -> None:
    if row is None or row.program_id != program_id:
        raise Missing("budget version")


def _phased(line: BudgetLine, component: str, phases: Mapping[date, Decimal]) -> PhasedLine:
    return PhasedLine(
        line_id=line.id,
        component_id=line.component_id,
        component_name=component,
        name=line.name,
        nature=line.nature,
        spending=line.spending,
        recurrence=line.recurrence,
        currency=line.currency,
        phases=phases,
    )


def _as_value(row: BudgetVersion, lines: int, totals: Mapping[str, Decimal]) -> Version:
    return Version(
        id=row.id,
        version=row.version,
        name=row.name,
        status=row.status,
        revision_of_id=row.revision_of_id,
        note=row.note,
        made_at=row.made_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        lines=lines,
        totals=totals,
    )
