"""Benefits: money that the program should bring each month, as hoped and as far as its metric has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from program.ledger import ZERO
from program.phasing import MOST_MONTHS, month_of, months_between

DECIMALS = 4


@dataclass(frozen=True)
class Benefit:
    """
    One benefit. monthly: all of it, in its currency, from the month of starts_on to that of ends_on (None: no end).

    ramp_months: how many months it takes until all of it comes, in equal steps; 0: all of it at once.
    metric_from, metric_to: the metric's value at which nothing and all of it has come; either may be the higher.
    """

    id: str
    version: int
    name: str
    currency: str
    monthly: Decimal
    starts_on: date
    component_id: str | None = None
    component_name: str | None = None
    owner_id: str | None = None
    ramp_months: int = 0
    ends_on: date | None = None
    metric_id: str | None = None
    metric_from: Decimal | None = None
    metric_to: Decimal | None = None

    @property
    def measurable(self) -> bool:
        return self.metric_id is not None and None not in (self.metric_from, self.metric_to)


@dataclass(frozen=True)
class Uptake:
    """
    How much of a benefit has come by its metric, 0 to 1. None: unknown, and why.

    value, period: the metric's latest complete month. by_month: the months before, as far as they are known.
    """

    share: Decimal | None
    value: Decimal | None
    period: str | None
    by_month: Mapping[date, Decimal]
    reason: str = ""


NOT_MEASURED = Uptake(None, None, None, {}, "No metric tells how much of it has come.")


def hoped(benefit: Benefit, month: date) -> Decimal:
    """Return what a benefit should bring in a month, by its ramp."""
    return _money(benefit.monthly, ramp(benefit, month)) if runs(benefit, month) else ZERO


def measured(benefit: Benefit, month: date, uptake: Uptake) -> Decimal | None:
    """
    Return what a benefit brings in a month by its metric: as it was measured then, and after the latest value as then.

    None while its uptake is unknown, also in a month without a value before the latest one.
    """
    if not runs(benefit, month):
        return ZERO
    last = max(uptake.by_month, default=month)
    share = uptake.by_month.get(month_of(month), uptake.share if month_of(month) >= last else None)
    return None if share is None else _money(benefit.monthly, Fraction(share))


def runs(benefit: Benefit, month: date) -> bool:
    """Whether a benefit brings anything in a month at all."""
    after = benefit.ends_on is not None and month_of(month) > month_of(benefit.ends_on)
    return month_of(month) >= month_of(benefit.starts_on) and not after


def ramp(benefit: Benefit, month: date) -> Fraction:
    """Return how much of a benefit should come in a month that it runs in, 0 to 1."""
    passed = months_between(month_of(benefit.starts_on), month_of(month))
    return min(Fraction(passed + 1, benefit.ramp_months + 1), Fraction(1))


def uptake(benefit: Benefit, values: Sequence[tuple[str, Decimal | None]]) -> Uptake:
    """
    Return how much of a benefit has come by the values of its metric in complete months, "2026-03" each, in order.

    Below and above its two ends nothing and all of it has come.
    """
    if benefit.metric_from is None or benefit.metric_to is None:
        return NOT_MEASURED
    known = [(period, value) for period, value in values if value is not None]
    if not known:
        return Uptake(None, None, None, {}, "The metric has no complete month with a value yet.")
    shares = {
        date.fromisoformat(f"{period}-01"): _share(value, benefit.metric_from, benefit.metric_to)
        for period, value in known
    }
    period, value = known[-1]
    return Uptake(shares[date.fromisoformat(f"{period}-01")], value, period, shares)


def problem(values: Mapping[str, object]) -> tuple[str, str] | None:
    """Return the field and a sentence when the values of a benefit do not go together; None when they do."""
    ends = [values.get("metric_from"), values.get("metric_to")]
    if values.get("metric_id") is None and ends != [None, None]:
        return "metric_id", "Choose the metric that these two values are of."
    if values.get("metric_id") is not None and None in ends:
        return "metric_to", "A metric needs the value at which nothing and the value at which all of it has come."
    if ends[0] is not None and ends[0] == ends[1]:
        return "metric_to", "The values at which nothing and all of it has come are the same."
    months = values.get("ramp_months") or 0
    if not isinstance(months, int) or isinstance(months, bool) or not 0 <= months <= MOST_MONTHS:
        return "ramp_months", f"The ramp is a whole number of months from 0 to {MOST_MONTHS:,}."
    return None


def _share(value: Decimal, nothing: Decimal, everything: Decimal) -> Decimal:
    way = (Fraction(value) - Fraction(nothing)) / (Fraction(everything) - Fraction(nothing))
    return _exact(min(max(way, Fraction(0)), Fraction(1)), 6)


def _money(amount: Decimal, share: Fraction) -> Decimal:
    return _exact(Fraction(amount) * share, DECIMALS)


def _exact(value: Fraction, decimals: int) -> Decimal:
    return Decimal(round(value * 10**decimals)).scaleb(-decimals)
