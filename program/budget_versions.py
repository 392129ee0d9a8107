"""Versions of the budget: money by line and month, drafted, approved, and kept as a baseline."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from program import phasing
from program.ledger import LARGEST, ZERO

STATUSES = {"draft": "Draft", "approved": "Approved", "baseline": "Baseline"}


@dataclass(frozen=True)
class Version:
    """
    One version of the budget. totals: by currency, of every line's months; empty while there are none.

    lines: how many have months. revision_of_id: the version that it was copied from.
    """

    id: str
    version: int
    name: str
    status: str
    revision_of_id: str | None
    note: str | None
    made_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    lines: int = 0
    totals: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def locked(self) -> bool:
        return self.status != "draft"


@dataclass(frozen=True)
class Phase:
    """What a line may cost in a month, in the line's currency; None takes the month out. period: its first day."""

    line_id: str
    period: date
    amount: Decimal | None


@dataclass(frozen=True)
class PhasedLine:
    """A line of the budget as one version has it. total: of its months; None without any, which is not zero."""

    line_id: str
    component_id: str
    component_name: str
    name: str
    nature: str
    spending: str
    recurrence: str
    currency: str
    phases: Mapping[date, Decimal]

    @property
    def id(self) -> str:
        return self.line_id

    @property
    def total(self) -> Decimal | None:
        return sum(self.phases.values(), ZERO) if self.phases else None


@dataclass(frozen=True)
class Difference:
    """One line in two versions. None: the version has no month of it. months: those whose amounts differ."""

    line_id: str
    component_name: str
    name: str
    currency: str
    before: Decimal | None
    after: Decimal | None
    months: tuple[date, ...]

    @property
    def change(self) -> Decimal:
        """How much more the line may cost; a line that comes or goes counts whole."""
        return (self.after or ZERO) - (self.before or ZERO)


def problem(amount: Decimal, period: date, currency: str) -> str | None:
    """Return what is wrong with a month's amount in its line's currency; None when nothing is."""
    if period.day != 1:
        return f"{period} is no first day of a month."
    if not amount.is_finite() or not 0 <= amount <= LARGEST:
        return f"The amount {amount} is not between 0 and {LARGEST:,}."
    if amount != round(amount, phasing.decimals(currency)):
        return f"The amount {amount} is finer than the smallest coin of {currency}."
    return None


def totals(lines: Iterable[PhasedLine]) -> dict[str, Decimal]:
    """Return what some lines' months add up to, by currency in alphabetical order."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.total is not None:
            found[line.currency] += line.total
    return dict(sorted(found.items()))


def by_month(lines: Iterable[PhasedLine], currency: str) -> dict[date, Decimal]:
    """Return what the lines of one currency may cost by month, in order."""
    found: defaultdict[date, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.currency == currency:
            for month, amount in line.phases.items():
                found[month] += amount
    return dict(sorted(found.items()))


def compare(before: Sequence[PhasedLine], after: Sequence[PhasedLine]) -> list[Difference]:
    """Return the lines that differ between two versions, in the order of the second, then those it lacks."""
    first, second = ({line.line_id: line for line in lines if line.phases} for lines in (before, after))
    found = []
    for line_id in [*second, *(each for each in first if each not in second)]:
        line = second.get(line_id) or first[line_id]
        old, new = (side[line_id].phases if line_id in side else {} for side in (first, second))
        changed = tuple(month for month in sorted({*old, *new}) if old.get(month) != new.get(month))
        if changed:
            was, becomes = (side[line_id].total if line_id in side else None for side in (first, second))
            found.append(Difference(line_id, line.component_name, line.name, line.currency, was, becomes, changed))
    return found
