"""Money by month: amounts spread over months to the last cent, and months gathered into fiscal years."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_currency_precision

from program.values import Invalid

EVERY = {"monthly": 1, "quarterly": 3, "yearly": 12}
MOST_MONTHS = 1_200
Weight = Decimal | int


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def months(start: date, end: date) -> tuple[date, ...]:
    """Return the first days of the months from one day to another, both included. Raises Invalid."""
    first, last = month_of(start), month_of(end)
    if end < start:
        raise Invalid("end", "The last month is before the first.")
    if months_between(first, last) >= MOST_MONTHS:
        raise Invalid("end", f"From {first:%Y-%m} to {last:%Y-%m} there are more than {MOST_MONTHS:,} months.")
    found = [first]
    while found[-1] < last:
        found.append(next_month(found[-1]))
    return tuple(found)


def months_between(first: date, then: date) -> int:
    """Return how many months later a month is, negative when it is earlier."""
    return (then.year - first.year) * 12 + then.month - first.month


def due(recurrence: str, of: Sequence[date]) -> tuple[date, ...]:
    """Return those of some months in order in which a recurring cost falls due, the first of them always."""
    step = EVERY.get(recurrence)
    return tuple(of[:1] if step is None else of[::step])


def days_in(of: Sequence[date], start: date, end: date) -> tuple[int, ...]:
    """Return how many days of each month lie from one day to another, both included: weights for spread."""
    return tuple(max((min(end, next_month(month) - timedelta(days=1)) - max(start, month)).days + 1, 0) for month in of)


def decimals(currency: str) -> int:
    """Return how many decimals amounts in a currency have: 2 for EUR, 0 for JPY."""
    return int(get_currency_precision(currency))


def spread(
    total: Decimal, of: Sequence[date], weights: Sequence[Weight] | None = None, *, decimals: int = 2
) -> dict[date, Decimal]:
    """
    Return a total by month, exact to its last cent (largest remainder; of equal remainders the earlier month's).

    weights: how much each month counts, at least 0; all the same without. decimals: of the currency's smallest coin.

    Raises Invalid: without months, with weights that do not fit them or are all 0, with a total finer than the coin.
    """
    shares = _shares(of, weights)
    units = Fraction(total) * 10**decimals
    if units.denominator != 1:
        raise Invalid("total", f"The total {total} is finer than the smallest coin, which has {decimals} decimals.")
    sign, whole = (-1 if units < 0 else 1), abs(int(units))
    exact = [whole * share for share in shares]
    parts = [int(each) for each in exact]
    left = whole - sum(parts)
    for at in sorted(range(len(of)), key=lambda at: (parts[at] - exact[at], at))[:left]:
        parts[at] += 1
    return {month: Decimal(sign * part).scaleb(-decimals) for month, part in zip(of, parts, strict=True)}


def labor(days: Decimal, day_rate: Decimal, *, decimals: int = 2) -> Decimal:
    """Return what days of work cost at a rate, to the smallest coin (half to even)."""
    return Decimal(round(Fraction(days) * Fraction(day_rate) * 10**decimals)).scaleb(-decimals)


def fiscal_year(month: date, first_month: int) -> str:
    """Return the name of the fiscal year that a month lies in: 2026, or 2026/27 when it does not begin in January."""
    begins = month.year if month.month >= first_month else month.year - 1
    return str(begins) if first_month == 1 else f"{begins}/{(begins + 1) % 100:02d}"


def by_fiscal_year(phases: Mapping[date, Decimal], first_month: int) -> dict[str, Decimal]:
    """Return what some months add up to by fiscal year, in order."""
    years: defaultdict[str, Decimal] = defaultdict(Decimal)
    for month, amount in sorted(phases.items()):
        years[fiscal_year(month, first_month)] += amount
    return dict(years)


def _shares(of: Sequence[date], weights: Sequence[Weight] | None) -> list[Fraction]:
    if not of:
        raise Invalid("months", "There is no month to put money into.")
    if len(set(of)) < len(of):
        raise Invalid("months", "A month is named twice.")
    if weights is None:
        return [Fraction(1, len(of))] * len(of)
    if len(weights) != len(of):
        raise Invalid("weights", f"There are {len(weights)} weights for {len(of)} months.")
    if any((isinstance(each, Decimal) and not each.is_finite()) or each < 0 for each in weights):
        raise Invalid("weights", "A weight is no number from 0 on.")
    whole = sum(Fraction(each) for each in weights)
    if not whole:
        raise Invalid("weights", "Every weight is 0, so no month gets anything.")
    return [Fraction(each) / whole for each in weights]
