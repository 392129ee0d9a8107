"""The ledger: what the entries of one budget line add up to, exact to the last decimal."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext

from program.values import Invalid

KINDS = ("plan", "commitment", "release", "actual", "credit", "forecast")
INTENDED = ("plan", "forecast")  # no money has moved: these go with their line, the other kinds keep it
LARGEST = Decimal(10) ** 12
LARGEST_RATE = Decimal(10) ** 9
ZERO = Decimal(0)
EXACTLY = Context(prec=60)  # digits of an amount times a rate, and of their sums


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
        return self.amount if self.rate is None else EXACTLY.multiply(self.amount, self.rate)


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
    sums = {kind: exact_sum(e.in_line_currency for e in entries if e.kind == kind) for kind in KINDS}
    planned = sums["plan"] if any(entry.kind == "plan" for entry in entries) else None
    committed = exact_sum(open_commitments(entries).values())
    actual = EXACTLY.subtract(sums["actual"], sums["credit"])
    return Totals(planned, committed, actual, latest_forecast(entries), left(planned, committed, actual), len(entries))


def open_commitments(entries: Iterable[Entry]) -> dict[str, Decimal]:
    """Return what is still committed under each document of one line's entries, zero included."""
    opened: defaultdict[str, Decimal] = defaultdict(Decimal)
    used: defaultdict[str, Decimal] = defaultdict(Decimal)
    with localcontext(EXACTLY):
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


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of some amounts with all its digits."""
    with localcontext(EXACTLY):
        return sum(amounts, ZERO)


def left(planned: Decimal | None, committed: Decimal, actual: Decimal) -> Decimal | None:
    """Return what is still available of a plan; None without one."""
    return None if planned is None else EXACTLY.subtract(EXACTLY.subtract(planned, committed), actual)


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
    if entry.rate is not None and entry.rate > LARGEST_RATE:
        raise Invalid("rate", f"The rate {entry.rate} is above {LARGEST_RATE:,}, the most that is kept.")
    if entry.kind == "release" and not entry.against:
        raise Invalid("against", "A release names the document of the commitment that it gives back.")
    return entry
