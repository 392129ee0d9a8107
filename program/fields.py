"""What people type, checked before it is stored: each check returns the value to keep or raises Invalid."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.numbers import is_currency

from program.values import Invalid

NAME_LENGTH = 200
TEXT_LENGTH = 10_000
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2089, 12, 31)  # a wrong century would make thousands of months

Check = Callable[[Any, str], Any]


def checked(given: Mapping[str, Any], checks: Mapping[str, Check], what: str) -> dict[str, Any]:
    """Return the values to keep, each by its field's check. Raises Invalid, also for a field that there is none of."""
    for field in given:
        if field not in checks:
            raise Invalid(field, f"There is no field “{field}” of {what}.")
    return {field: checks[field](value, field) for field, value in given.items()}


def optional_id(value: str | None, _field: str) -> str | None:
    """Return a row's id, or None when nothing was chosen; whether there is such a row, the store says."""
    return value or None


def optional_day(value: date | None, field: str) -> date | None:
    """Return a date, or None when none was chosen. Text is refused: what it means is the reader's to say."""
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise Invalid(field, f"The {_words(field)} is no date.")
    return value


def day(value: date, field: str) -> date:
    """Return a date."""
    if optional_day(value, field) is None:
        raise Invalid(field, f"The {_words(field)} is empty.")
    return value


def money_day(value: date, field: str) -> date:
    """Return a date on which money may move or fall due, from FIRST_DAY to LAST_DAY."""
    if not FIRST_DAY <= day(value, field) <= LAST_DAY:
        raise Invalid(field, f"{value.isoformat()} is not between {FIRST_DAY.year} and {LAST_DAY.year}.")
    return value


def zone(value: str, field: str = "time_zone") -> str:
    """Return a time zone of the IANA database."""
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise Invalid(field, f"“{value}” is no time zone; they look like Europe/Paris.") from problem


def name(value: str, field: str = "name", *, longest: int = NAME_LENGTH) -> str:
    """Return a name of one line, kept literally but for spaces around it. It must not be empty."""
    kept = value.strip()
    if not kept:
        raise Invalid(field, f"The {_words(field)} is empty.")
    if len(kept) > longest:
        raise Invalid(field, f"The {_words(field)} has {len(kept)} characters; {longest} is the most.")
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in kept):
        raise Invalid(field, f"The {_words(field)} holds a line break or another control character.")
    return kept


def optional_name(value: str | None, field: str, *, longest: int = NAME_LENGTH) -> str | None:
    """Return a name, or None when nothing was typed."""
    return name(value, field, longest=longest) if value and value.strip() else None


def text(value: str | None, field: str) -> str | None:
    """Return a text of any number of lines, or None when nothing was typed."""
    if value is None or not value.strip():
        return None
    if len(value) > TEXT_LENGTH:
        raise Invalid(field, f"The {_words(field)} has {len(value)} characters; {TEXT_LENGTH} is the most.")
    if any(letter == "\0" or unicodedata.category(letter) == "Cs" for letter in value):
        raise Invalid(field, f"The {_words(field)} holds a character that cannot be stored.")
    return value.strip()


def written(empty: str) -> Check:
    """Return the check of a text that must be there. empty: what is said when it is not."""

    def check(value: str | None, field: str) -> str:
        kept = text(value, field)
        if kept is None:
            raise Invalid(field, empty)
        return kept

    return check


def one_of(value: str, choices: Collection[str], field: str) -> str:
    """Return the value when it is one of the choices."""
    if value not in choices:
        raise Invalid(field, f"“{value}” is no {_words(field)}. Choose one of {', '.join(choices)}.")
    return value


def optional_one_of(value: str | None, choices: Collection[str], field: str) -> str | None:
    """Return the value when it is one of the choices, or None when nothing was chosen."""
    return one_of(value, choices, field) if value else None


def number(value: Decimal, field: str, *, decimals: int = 4) -> Decimal:
    """Return a number that the store keeps exactly. Floats are refused: they are not what was typed."""
    if not isinstance(value, Decimal | int):
        raise Invalid(field, f"The {_words(field)} is no exact number.")
    exact = Decimal(value)
    if not exact.is_finite():
        raise Invalid(field, f"The {_words(field)} is no number.")
    if exact.normalize().as_tuple().exponent < -decimals:  # type: ignore[operator]
        raise Invalid(field, f"The {_words(field)} {exact} has more than {decimals} decimals.")
    return exact


def position(value: Decimal, field: str, *, end: Decimal) -> Decimal:
    """Return a place on a scale from 0 to its end, to the hundredth."""
    if not isinstance(value, Decimal | int) or not Decimal(value).is_finite() or not 0 <= value <= end:
        raise Invalid(field, f"The {_words(field)} goes from 0 to {end}.")
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def currency(value: str, field: str = "currency") -> str:
    """Return a currency's code of three capital letters (ISO 4217)."""
    code = value.strip().upper()
    if not is_currency(code):
        raise Invalid(field, f"“{value}” is no currency. Use its three letters, as in USD.")
    return code


def in_order(first: date | None, then: date | None, field: str, sentence: str) -> None:
    """Raise Invalid with the sentence when the second date is before the first."""
    if first and then and then < first:
        raise Invalid(field, sentence)


def _words(field: str) -> str:
    return field.replace("_id", "").replace("_", " ")
