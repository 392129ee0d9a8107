"""Money in several currencies: the plan's rates, what was spent by them, and what the rates alone have moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from program import fields
from program.budget import LineTotals, Total, total
from program.ledger import EXACTLY, LARGEST_RATE, ZERO, exact_sum
from program.values import Invalid

RATE_DECIMALS = 8
MONEY = ("planned", "committed", "actual", "forecast", "available")


@dataclass(frozen=True)
class PlanRate:
    """How much of the program's currency one unit of another is in the plan."""

    id: str
    version: int
    currency: str
    rate: Decimal


@dataclass(frozen=True)
class Spent:
    """What was spent on a line in one currency at one booking rate; None: the line's own currency."""

    line_id: str
    line_currency: str
    currency: str
    rate: Decimal | None
    amount: Decimal


@dataclass(frozen=True)
class FxSplit:
    """
    What was spent on a line, in its currency: booked = at_plan + effect, exactly.

    at_plan: by the plan's rates; effect: what other booking rates have added. None with the reason without a rate.
    """

    line_id: str
    currency: str
    booked: Decimal
    at_plan: Decimal | None
    effect: Decimal | None
    reason: str | None = None


@dataclass(frozen=True)
class Converted:
    """The total of lines in several currencies in the program's one, by the plan's rates; None with the reason."""

    total: Total | None
    reason: str | None = None


def checked(currency: str, rate: Decimal, *, own: str) -> tuple[str, Decimal]:
    """Return a currency and its plan rate. Raises Invalid: no currency, the program's own, a rate not above zero."""
    code, exact = fields.currency(currency), fields.number(rate, "rate", decimals=RATE_DECIMALS)
    if code == own:
        raise Invalid("currency", f"{own} is the program's own currency; its rate is 1.")
    if not 0 < exact <= LARGEST_RATE:
        raise Invalid("rate", f"The rate {exact} is not above zero and up to {LARGEST_RATE:,}.")
    return code, exact


def plan_rate(currency: str, into: str, rates: Mapping[str, Decimal]) -> Decimal | None:
    """
    Return how much of one currency a unit of another is in the plan; None when the plan has no rate for one of them.

    rates: into the program's currency, which itself is 1. Between two others the rate is kept to eight decimals, as
    every rate is.
    """
    if currency == into:
        return Decimal(1)
    if currency not in rates or into not in rates:
        return None
    if rates[into] == 1:
        return rates[currency]
    return EXACTLY.divide(rates[currency], rates[into]).quantize(Decimal(1).scaleb(-RATE_DECIMALS), ROUND_HALF_EVEN)


def split(spent: Sequence[Spent], rates: Mapping[str, Decimal]) -> list[FxSplit]:
    """Return one row per line: what was spent by the plan's rates, and what the booking rates add to it."""
    by_line: dict[str, list[Spent]] = {}
    for each in spent:
        by_line.setdefault(each.line_id, []).append(each)
    return [_split(line_id, rows, rates) for line_id, rows in by_line.items()]


def effect(splits: Iterable[FxSplit]) -> Decimal:
    """Return the effect of the booking rates on lines of one currency, as far as the plan has rates."""
    return exact_sum(each.effect for each in splits if each.effect is not None)


def converted(lines: Sequence[LineTotals], *, currency: str, rates: Mapping[str, Decimal]) -> Converted:
    """
    Return the lines' total in the program's currency.

    rates: into it, by currency. A total is unknown while one of the currencies has no plan rate.
    """
    if not lines:
        return Converted(None, "There are no budget lines.")
    missing = sorted({line.currency for line in lines} - set(rates) - {currency})
    if missing:
        which = f"{', '.join(missing[:-1])} and {missing[-1]}" if len(missing) > 1 else missing[0]
        return Converted(None, f"The plan has no rate from {which} into {currency}.")
    return Converted(total([in_currency(line, currency, rates) for line in lines]))


def in_currency(line: LineTotals, currency: str, rates: Mapping[str, Decimal]) -> LineTotals:
    """Return a line with its money in the program's currency. Raises KeyError without a rate."""
    if line.currency == currency:
        return line
    rate = rates[line.currency]
    money: dict[str, Any] = {name: _times(getattr(line, name), rate) for name in MONEY}
    return replace(line, currency=currency, **money)


def _times(amount: Decimal | None, rate: Decimal) -> Decimal | None:
    return None if amount is None else EXACTLY.multiply(amount, rate)


def _split(line_id: str, rows: Sequence[Spent], rates: Mapping[str, Decimal]) -> FxSplit:
    into = rows[0].line_currency
    booked = exact_sum(EXACTLY.multiply(row.amount, row.rate or Decimal(1)) for row in rows)
    planned = {row.currency: plan_rate(row.currency, into, rates) for row in rows}
    if missing := sorted(currency for currency, rate in planned.items() if rate is None):
        return FxSplit(line_id, into, booked, None, None, f"The plan has no rate from {missing[0]} into {into}.")
    at_plan = exact_sum(EXACTLY.multiply(row.amount, planned[row.currency] or ZERO) for row in rows)
    return FxSplit(line_id, into, booked, at_plan, EXACTLY.subtract(booked, at_plan))
