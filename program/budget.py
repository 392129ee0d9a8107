"""The budget: what is planned, committed, spent and expected, line by line, exact to the last decimal."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from program.values import Invalid

KINDS = ("plan", "commitment", "release", "actual", "credit", "forecast")
NATURES = {"labor": "Labor", "non_labor": "Other costs"}
SPENDING = {"opex": "Operating cost", "capex": "Investment"}
LARGEST = Decimal(10) ** 12
ZERO = Decimal(0)


class NoBudgetLines(ValueError):
    """There is nothing to add up: an empty budget has no total, not zero."""

    def __init__(self) -> None:
        super().__init__("There are no budget lines.")


class MixedCurrencies(ValueError):
    """Lines in several currencies have no common total."""

    def __init__(self, currencies: Iterable[str]) -> None:
        self.currencies = tuple(sorted(set(currencies)))
        super().__init__(", ".join(self.currencies))


@dataclass(frozen=True)
class Entry:
    """
    One movement of money on a line.

    kind: one of KINDS. amount: in `currency`; rate: how much of the line's currency one unit of it is, None when it
    is the line's own. against: the document of the commitment that a release, an actual or a credit belongs to.
    Only corrections of a plan are negative.
    """

    line_id: str
    kind: str
    on: date
    amount: Decimal
    currency: str
    document: str
    row: str = "1"
    against: str | None = None
    rate: Decimal | None = None
    source: str = "entered"
    id: str | None = None

    @property
    def in_line_currency(self) -> Decimal:
        return self.amount if self.rate is None else self.amount * self.rate


@dataclass(frozen=True)
class Totals:
    """
    What the entries of one line add up to, in the line's currency.

    planned, available: None when nothing is planned; forecast: None when nothing is forecast. None is not zero.
    """

    planned: Decimal | None
    committed: Decimal
    actual: Decimal
    forecast: Decimal | None
    available: Decimal | None
    entries: int


@dataclass(frozen=True)
class LineTotals:
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
    planned: Decimal | None
    committed: Decimal
    actual: Decimal
    forecast: Decimal | None
    available: Decimal | None
    entries: int
    owner_id: str | None = None

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


@dataclass(frozen=True)
class ComponentTotals:
    """What one component's lines of one currency add up to; the figures are as in Total."""

    component_id: str
    name: str
    currency: str
    planned: Decimal | None
    committed: Decimal
    actual: Decimal
    forecast: Decimal | None
    available: Decimal | None
    expected: Decimal
    lines: int


def totals(entries: Sequence[Entry], *, currency: str) -> Totals:
    """
    Return what the entries of one line add up to. Their order does not matter.

    The open commitment of a document is what was committed under it, less releases and actuals against it, and never
    below zero: more spent than committed is over-spending, not a negative commitment. A credit lowers what was spent
    and does not reopen a commitment.

    Raises MixedCurrencies when an entry is in another currency than the line and has no rate.
    """
    foreign = {entry.currency for entry in entries if entry.currency != currency and entry.rate is None}
    if foreign:
        raise MixedCurrencies({currency, *foreign})
    sums = {kind: sum((e.in_line_currency for e in entries if e.kind == kind), ZERO) for kind in KINDS}
    planned = sums["plan"] if any(entry.kind == "plan" for entry in entries) else None
    committed = sum(open_commitments(entries).values(), ZERO)
    actual = sums["actual"] - sums["credit"]
    return Totals(planned, committed, actual, latest_forecast(entries), _rest(planned, committed, actual), len(entries))


def open_commitments(entries: Iterable[Entry]) -> dict[str, Decimal]:
    """Return what is still committed under each document of one line's entries, zero included."""
    opened: defaultdict[str, Decimal] = defaultdict(Decimal)
    used: defaultdict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        if entry.kind == "commitment":
            opened[entry.document] += entry.in_line_currency
        elif entry.kind in ("release", "actual") and entry.against:
            used[entry.against] += entry.in_line_currency
    return {document: max(amount - used[document], ZERO) for document, amount in opened.items()}


def latest_forecast(entries: Iterable[Entry]) -> Decimal | None:
    """Return the amount of the latest forecast: by date, then by document and row. None without one."""
    forecasts = [entry for entry in entries if entry.kind == "forecast"]
    return max(forecasts, key=_recency).in_line_currency if forecasts else None


def _recency(entry: Entry) -> tuple[date, int, str, str, str]:
    number = int(entry.row) if entry.row.isascii() and entry.row.isdigit() else -1
    return entry.on, number, entry.row, entry.document, entry.source


def _rest(planned: Decimal | None, committed: Decimal, actual: Decimal) -> Decimal | None:
    return None if planned is None else planned - committed - actual


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
        available=_rest(plan, committed, actual),
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
    rows = []
    for (component_id, name, currency), members in grouped.items():
        t = total(members)
        figures = (t.planned, t.committed, t.actual, t.forecast, t.available, t.expected, t.lines)
        rows.append(ComponentTotals(component_id, name, currency, *figures))
    return rows


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


def check_entry(entry: Entry, line_currency: str) -> Entry:
    """
    Return the entry when it may be booked.

    Raises Invalid with the field: an unknown kind, an amount that is no number, not above zero or above LARGEST, a
    foreign currency without a rate, a release that names no commitment.
    """
    if entry.kind not in KINDS:
        raise Invalid("kind", f"“{entry.kind}” is no kind of entry. Use one of {', '.join(KINDS)}.")
    if not entry.amount.is_finite():
        raise Invalid("amount", "The amount is no number.")
    if entry.amount <= 0:
        raise Invalid("amount", f"The amount {entry.amount} is not above zero. A refund is booked as a credit.")
    if entry.amount > LARGEST:
        raise Invalid("amount", f"The amount {entry.amount} is above {LARGEST:,}, the most that is kept.")
    if entry.currency != line_currency and entry.rate is None:
        reason = f"The line is in {line_currency}. An amount in {entry.currency} needs a rate."
        raise Invalid("currency", reason)
    if entry.currency == line_currency and entry.rate not in (None, 1):
        raise Invalid("rate", f"The entry is in the line's own currency {line_currency}; a rate has no meaning.")
    if entry.rate is not None and (not entry.rate.is_finite() or entry.rate <= 0):
        raise Invalid("rate", "The rate is no number above zero.")
    if entry.kind == "release" and not entry.against:
        raise Invalid("against", "A release names the document of the commitment that it gives back.")
    return entry
