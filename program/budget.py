"""The budget: its lines with what is planned, committed, spent and expected, and what they add up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from program.ledger import (
    KINDS,
    LARGEST,
    ZERO,
    Entry,
    MixedCurrencies,
    Totals,
    check_entry,
    latest_forecast,
    left,
    open_commitments,
    totals,
)
from program.policy import Policy

__all__ = [
    "KINDS",
    "LARGEST",
    "NATURES",
    "RECURRENCES",
    "SPENDING",
    "ZERO",
    "ComponentTotals",
    "Entry",
    "LineTotals",
    "MixedCurrencies",
    "NoBudgetLines",
    "Total",
    "Totals",
    "by_component",
    "by_currency",
    "check_entry",
    "headline",
    "latest_forecast",
    "open_commitments",
    "technology_heavy",
    "total",
    "totals",
]

NATURES = {"labor": "Labor", "non_labor": "Other costs"}
SPENDING = {"opex": "Operating cost", "capex": "Investment"}
RECURRENCES = {"once": "Once", "monthly": "Every month", "quarterly": "Every quarter", "yearly": "Every year"}
TECHNOLOGY = "C07"
PEOPLE = ("C04", "C14")


class NoBudgetLines(ValueError):
    """There is nothing to add up: an empty budget has no total, not zero."""

    def __init__(self) -> None:
        super().__init__("There are no budget lines.")


@dataclass(frozen=True, kw_only=True)
class LineTotals(Totals):
    """A budget line with its totals."""

    line_id: str
    version: int
    component_id: str
    component_name: str
    name: str
    category: str
    nature: str
    spending: str
    currency: str
    owner_id: str | None = None
    recurrence: str = "once"
    days: Decimal | None = None
    day_rate: Decimal | None = None

    @property
    def id(self) -> str:
        return self.line_id

    @property
    def expected(self) -> Decimal:
        """What the line will cost: the forecast, and without one what is spent and committed."""
        return self.actual + self.committed if self.forecast is None else self.forecast

    @property
    def overrun(self) -> Decimal:
        """By how much the expected cost passes the plan; 0 when it does not, or nothing is planned."""
        return ZERO if self.planned is None else max(self.expected - self.planned, ZERO)

    @property
    def over_budget(self) -> bool:
        return self.overrun > 0


@dataclass(frozen=True)
class Total:
    """
    What several lines of one currency add up to.

    planned: of the lines that have a plan (None when none has); without_plan counts the others. available: the plan
    less everything committed and spent, also on lines without a plan.
    forecast: None unless every line has one; `expected` fills in what is spent and committed.
    """

    currency: str
    planned: Decimal | None
    committed: Decimal
    actual: Decimal
    forecast: Decimal | None
    available: Decimal | None
    expected: Decimal
    lines: int
    without_plan: int
    without_forecast: int


@dataclass(frozen=True, kw_only=True)
class ComponentTotals(Total):
    """What one component's lines of one currency add up to."""

    component_id: str
    name: str


def by_currency(lines: Iterable[LineTotals]) -> dict[str, list[LineTotals]]:
    """Return the lines of each currency, currencies in alphabetical order."""
    grouped: defaultdict[str, list[LineTotals]] = defaultdict(list)
    for line in lines:
        grouped[line.currency].append(line)
    return dict(sorted(grouped.items()))


def total(lines: Sequence[LineTotals]) -> Total:
    """
    Return the sum of some lines.

    Raises MixedCurrencies when they are not all in one currency, and NoBudgetLines when there are none.
    """
    if not lines:
        raise NoBudgetLines
    if len(currencies := {line.currency for line in lines}) > 1:
        raise MixedCurrencies(currencies)
    planned = [line.planned for line in lines if line.planned is not None]
    forecasts = [line.forecast for line in lines if line.forecast is not None]
    plan = sum(planned, ZERO) if planned else None
    committed = sum((line.committed for line in lines), ZERO)
    actual = sum((line.actual for line in lines), ZERO)
    return Total(
        currency=lines[0].currency,
        planned=plan,
        committed=committed,
        actual=actual,
        forecast=sum(forecasts, ZERO) if len(forecasts) == len(lines) else None,
        available=left(plan, committed, actual),
        expected=sum((line.expected for line in lines), ZERO),
        lines=len(lines),
        without_plan=len(lines) - len(planned),
        without_forecast=len(lines) - len(forecasts),
    )


def by_component(lines: Iterable[LineTotals]) -> list[ComponentTotals]:
    """Return one row per component and currency, in the order of the lines."""
    grouped: defaultdict[tuple[str, str, str], list[LineTotals]] = defaultdict(list)
    for line in lines:
        grouped[line.component_id, line.component_name, line.currency].append(line)
    return [
        ComponentTotals(component_id=component_id, name=name, **vars(total(members)))
        for (component_id, name, _), members in grouped.items()
    ]


def technology_heavy(lines: Sequence[LineTotals], catalog_ids: Mapping[str, str | None], policy: Policy) -> str | None:
    """
    Return a sentence when technology takes too much of the plan and people too little; None when it does not.

    catalog_ids: of the components, by component id. None too without a plan or with several currencies.
    """
    planned: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    for line in lines:
        planned[catalog_ids.get(line.component_id)] += line.planned or ZERO
    whole = sum(planned.values(), ZERO)
    if not whole or len({line.currency for line in lines}) > 1:
        return None
    technology = planned[TECHNOLOGY] / whole
    people = sum((planned[id_] for id_ in PEOPLE), ZERO) / whole
    if technology <= policy.technology_share or people >= policy.organization_share:
        return None
    return (
        f"Technology takes {technology:.0%} of the plan, organization and change {people:.0%}. "
        "Technology is a part of the program, but not the program."
    )


def headline(lines: Sequence[LineTotals]) -> str:
    """Return the one sentence that the budget answers with, without amounts."""
    if not lines:
        return "No money is planned yet."
    over = sorted((line for line in lines if line.over_budget), key=lambda line: (-line.overrun, line.name))
    unplanned = [line for line in lines if line.planned is None and line.entries]
    if len(over) == 1:
        return f"{over[0].component_name}: {over[0].name} will cost more than planned."
    if over:
        return f"{len(over)} of {len(lines)} lines will cost more than planned, “{over[0].name}” by the most."
    if unplanned:
        return f"Money moves on “{unplanned[0].name}”, but nothing is planned there."
    return "Every line stays within its plan."
