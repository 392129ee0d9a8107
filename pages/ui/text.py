"""How values read: money, numbers, shares, dates and times. The only place that rounds."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_currency, format_decimal

MINUS = "\N{MINUS SIGN}"
UNKNOWN = "n/a"
ENOUGH_FOR_PERCENT = 100
SHORT_FROM = 10_000
Value = Decimal | float | int

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LAST_DIGIT = re.compile(r"(\d)(?=\D*$)")


def number(value: Value | None, *, decimals: int = 0, signed: bool = False, locale: str = "en_US") -> str:
    """1,240 or, signed, +78; a value that rounds to nothing has no sign."""
    if value is None or math.isnan(value):
        return UNKNOWN
    return _number(_rounded(value, decimals), decimals, signed, locale)


def money(amount: Value | None, currency: str, *, locale: str = "en_US", signed: bool = False) -> str:
    """€1,240: whole units."""
    return UNKNOWN if amount is None else _money(_rounded(amount, 0), currency, locale, signed, "")


def money_exact(amount: Decimal | None, currency: str, *, locale: str = "en_US") -> str:
    """€1,240.50: to the smallest coin, for rows of the ledger."""
    return UNKNOWN if amount is None else _signs(format_currency(amount, currency, locale=locale))


def money_short(amount: Value | None, currency: str, *, locale: str = "en_US", signed: bool = False) -> str:
    """€497k and €1,318k from 10,000 up, whole units below."""
    if amount is None:
        return UNKNOWN
    if abs(_exact(amount)) < SHORT_FROM:
        return _money(_rounded(amount, 0), currency, locale, signed, "")
    return _money(_rounded(_exact(amount) / 1000, 0), currency, locale, signed, "k")


def thousands(amount: Value | None, *, signed: bool = False) -> str:
    """1,240 for 1,240,000, where the head of a table says thousand."""
    return UNKNOWN if amount is None else number(_exact(amount) / 1000, signed=signed)


def score(value: float | None) -> str:
    """1.8"""
    return number(value, decimals=1)


def score_of(value: float | None, *, top: int = 4) -> str:
    """1.8 of 4"""
    return UNKNOWN if value is None else f"{score(value)} of {top}"


def ratio(value: Value | None) -> str:
    """0.91"""
    return number(value, decimals=2)


def share(numerator: Value | None, denominator: Value | None) -> str:
    """23% from a hundred up, "7 of 31" below, n/a of nothing."""
    if numerator is None or not denominator:
        return UNKNOWN
    if denominator < ENOUGH_FOR_PERCENT:
        return f"{number(numerator)} of {number(denominator)}"
    return percent(float(numerator) / float(denominator))


def percent(value: Value | None, *, decimals: int = 0) -> str:
    """23% of a value from 0 to 1."""
    return UNKNOWN if value is None else f"{number(_exact(value) * 100, decimals=decimals)}%"


def points(difference: Value | None) -> str:
    """+11 pts: the difference of two shares from 0 to 1."""
    return UNKNOWN if difference is None else f"{number(_exact(difference) * 100, signed=True)} pts"


def interval(low: Value | None, high: Value | None, *, decimals: int = 1, signed: bool = False) -> str:
    """95% 3.0 to 4.4"""
    if low is None or high is None:
        return UNKNOWN
    return f"95% {number(low, decimals=decimals, signed=signed)} to {number(high, decimals=decimals, signed=signed)}"


def day(value: date | None) -> str:
    """20 Nov 2026"""
    return UNKNOWN if value is None else f"{day_short(value)} {value.year}"


def day_short(value: date | None) -> str:
    """20 Nov"""
    return UNKNOWN if value is None else f"{value.day} {_MONTHS[value.month - 1]}"


def month(period: str | date | None) -> str:
    """Nov 2026, of a date or of a period like 2026-11; a week, named by its Monday, reads 16 Nov 2026."""
    if period is None:
        return UNKNOWN
    if isinstance(period, date):
        return f"{_MONTHS[period.month - 1]} {period.year}"
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return f"{_MONTHS[int(period[5:]) - 1]} {period[:4]}"
    return day(date.fromisoformat(period)) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", period) else period


def moment(value: datetime | None, zone: str) -> str:
    """20 Nov 2026, 06:12 in a program's time zone."""
    if value is None:
        return UNKNOWN
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def days(value: Value | None) -> str:
    """14 d"""
    return UNKNOWN if value is None else f"{number(value)} d"


def hours(value: Value | None) -> str:
    """5.4 h, and minutes under an hour: 24 min."""
    if value is None:
        return UNKNOWN
    return f"{number(_exact(value) * 60)} min" if 0 < abs(_exact(value)) < 1 else f"{number(value, decimals=1)} h"


def measured(value: Value | None, unit: str, *, currency: str = "USD", n: int | None = None) -> str:
    """
    Format a metric's value by the unit of its catalog entry.

    n: the denominator of a share; under a hundred the share reads "7 of 31".
    """
    if value is None:
        return UNKNOWN
    if unit == "share":
        return percent(value) if n is None else share(round(float(value) * n), n)
    if unit == "currency":
        return money_short(value, currency)
    return {"days": days, "hours": hours}.get(unit, number)(value)


def unavailable(reason: str) -> str:
    """n/a: too few answers"""
    return f"{UNKNOWN}: {reason}"


def plural(count: int, one: str, many: str) -> str:
    """3 people, 1 person, no people"""
    return f"{number(count) if count else 'no'} {one if count == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """a, b and c"""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """The names by id, equal ones numbered: a list to choose from tells its entries apart by their words alone."""
    taken: set[str] = set()
    told: dict[str, str] = {}
    for id_, name in names.items():
        numbered = (name if at == 1 else f"{name} ({at})" for at in count(1))
        told[id_] = next(each for each in numbered if each not in taken)
        taken.add(told[id_])
    return told


def quoted(words: str) -> str:
    """“words”"""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def _exact(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _rounded(value: Value, decimals: int) -> Decimal:
    exact = _exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return exact if exact else abs(exact)


@lru_cache(maxsize=4096)
def _number(value: Decimal, decimals: int, signed: bool, locale: str) -> str:
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return _signs(format_decimal(value, format=pattern, locale=locale), positive=signed and value > 0)


@lru_cache(maxsize=4096)
def _money(amount: Decimal, currency: str, locale: str, signed: bool, unit: str) -> str:
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
    written = format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)
    return _signs(_LAST_DIGIT.sub(rf"\1{unit}", written), positive=signed and amount > 0)


def _signs(written: str, *, positive: bool = False) -> str:
    return ("+" if positive else "") + written.replace("-", MINUS)
