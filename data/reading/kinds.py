"""Kinds of values: how text becomes a typed value, said in SQL so that whole columns are parsed at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

ValueType = Literal["text", "int", "decimal", "bool", "date", "datetime", "json"]

ISO = "iso"
EXCEL, UNIX, UNIX_MS = "excel", "unix", "unix_ms"
_DAYS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d",
    "%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%m-%y", "%m-%d-%y",
    "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%d. %B %Y",
)  # fmt: skip
_TIMES = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%H:%M:%S.%f")
DATE_FORMATS = ("%Y-%m-%d", *_DAYS, "%Y%m%d")
DATETIME_FORMATS = (
    ISO,
    "%a %b %d %H:%M:%S %z %Y",
    "%a, %d %b %Y %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S %z",
    *(f"{day} {time}" for day in _DAYS for time in _TIMES),
)
BY_NAME_ONLY = (EXCEL, UNIX, UNIX_MS)  # plain numbers: dates only where a map says so
FIRST_YEAR = 1000  # "25" is no year

_ISO = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?)? ?(Z|[+-]\d{2}(:?\d{2})?)?"
_OFFSET = r".*\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)"
_WORD = r"[[:alpha:]][[:alpha:] _./#!?-]*|#[A-Z/0!?]+|-+|\?+"
TRUE_WORDS, FALSE_WORDS = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
ROUNDED = r"[0-9](\.[0-9]+)?[eE]\+[0-9]{2,}"


@dataclass(frozen=True)
class Kind:
    """
    A type and how it is written.

    format: of a date or datetime, as in strptime, or `iso`, `excel` (serial days), `unix`, `unix_ms`.
    decimal: the decimal mark of numbers. zone: where times without an offset were written (IANA name).
    day_zone: where the midnight lies that a day without a time becomes.
    """

    type: ValueType
    format: str | None = None
    decimal: str | None = None
    zone: str = "UTC"
    day_zone: str = "UTC"


def example_of(format_: str) -> str:
    """Return how a date or time looks in a format, for people."""
    moment = datetime(2026, 11, 22, 18, 12, 45, tzinfo=UTC)
    match format_:
        case "iso":
            return f"{moment.date()} or {moment:%Y-%m-%dT%H:%M:%SZ}"
        case "excel":
            return "46348, as spreadsheets count days"
        case "unix" | "unix_ms":
            return f"{moment.timestamp() * (1 if format_ == UNIX else 1000):.0f}"
    return moment.strftime(format_)


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def among(text: str, words: Iterable[str]) -> str:
    """
    Return the SQL of: a text is one of some words; false when there are none.

    Not written as IN, which becomes a join when it is long, made for every row and every question about the rows.
    """
    cases = " ".join(f"WHEN {quoted(word)} THEN true" for word in words)
    return f"CASE {text} {cases} ELSE false END" if cases else "false"


def value_sql(text: str, kind: Kind) -> str:
    """Return the SQL of a typed value, null where the text is no such value."""
    match kind.type:
        case "text":
            return text
        case "json":
            return f"CASE WHEN json_valid({text}) THEN {text} END"
        case "int":
            return _integer(text, kind.decimal or ".")
        case "decimal":
            return _decimal(text, kind.decimal or ".")
        case "bool":
            return _boolean(text)
        case "date":
            return _date(text, kind.format or "%Y-%m-%d")
        case "datetime":
            return _datetime(text, kind.format or ISO, kind.zone, kind.day_zone)


def code_word_sql(text: str, kind: Kind) -> str:
    """Return the SQL of: this stands in a number column but is a word (`n/a`, `IEH`), so the number is unknown."""
    return f"regexp_full_match(trim({text}), {quoted(_WORD)})" if kind.type in ("int", "decimal") else "false"


def rounded_sql(text: str) -> str:
    """Return the SQL of: a number written like 5.70306e+17, whose last digits a spreadsheet dropped."""
    return f"CASE WHEN contains({text}, '+') THEN regexp_full_match(trim({text}), {quoted(ROUNDED)}) ELSE false END"


def _grouped(mark: str) -> tuple[str, str, str]:
    group, point = (",", r"\.") if mark == "." else (r"\.", ",")
    return rf"([0-9]+|[1-9][0-9]{{0,2}}({group}[0-9]{{3}})+)", point, group.strip("\\")


def _integer(text: str, mark: str) -> str:
    whole, point, group = _grouped(mark)
    pattern = rf"[+-]?{whole}({point}0+)?"
    bare = f"split_part(replace(trim({text}), {quoted(group)}, ''), {quoted(mark)}, 1)"
    plain = f"TRY_CAST({text} AS BIGINT)"
    return (
        f"CASE WHEN CAST({plain} AS VARCHAR) = {text} THEN {plain}"
        f" WHEN regexp_full_match(trim({text}), {quoted(pattern)}) THEN TRY_CAST({bare} AS BIGINT) END"
    )


def _decimal(text: str, mark: str) -> str:
    whole, point, group = _grouped(mark)
    pattern = rf"[+-]?{whole}?({point}[0-9]*)?([eE][+-]?[0-9]{{1,2}})?"
    bare = f"replace(replace(trim({text}), {quoted(group)}, ''), {quoted(mark)}, '.')"
    slow = f"WHEN regexp_full_match(trim({text}), {quoted(pattern)}) THEN TRY_CAST({bare} AS DECIMAL(18, 4))"
    plain = f"TRY_CAST({text} AS DECIMAL(18, 4))"
    fast = f"WHEN NOT contains({text}, '_') AND {plain} IS NOT NULL THEN {plain}" if mark == "." else ""
    return f"CASE {fast} {slow} END"


def _boolean(text: str) -> str:
    word = f"lower(trim({text}))"
    lenient = f"CASE WHEN {among(word, TRUE_WORDS)} THEN true WHEN {among(word, FALSE_WORDS)} THEN false END"
    return f"CASE {text} WHEN 'true' THEN true WHEN 'false' THEN false ELSE {lenient} END"


def _date(text: str, format_: str) -> str:
    if format_ in (ISO, *BY_NAME_ONLY) or "%z" in format_:
        return f"CAST({_datetime(text, format_, 'UTC', 'UTC')} AS DATE)"
    return f"CAST({_moment(text, format_)} AS DATE)"


def midnight_sql(day: str, zone: str) -> str:
    """Return the SQL of the moment at which a day begins in a time zone."""
    return f"timezone({quoted(zone)}, CAST({day} AS TIMESTAMP))"


def _datetime(text: str, format_: str, zone: str, day_zone: str) -> str:
    match format_:
        case "iso":
            return _iso(text, zone, day_zone)
        case "excel":
            days = f"TRY_CAST(trim({text}) AS DOUBLE)"
            moment = f"TIMESTAMP '1899-12-30' + to_microseconds(CAST(round({days} * 86400) * 1000000 AS BIGINT))"
            where = f"CASE WHEN {days} = floor({days}) THEN {quoted(day_zone)} ELSE {quoted(zone)} END"
            return f"CASE WHEN {days} BETWEEN 1 AND 2958465 THEN timezone({where}, {moment}) END"
        case "unix" | "unix_ms":
            unit = 1_000_000 if format_ == "unix" else 1_000
            moment = f"CAST(round(TRY_CAST(trim({text}) AS DOUBLE) * {unit}) AS BIGINT)"
            return f"(TIMESTAMPTZ '1970-01-01 00:00:00+00' + to_microseconds({moment}))"
    moment = _moment(text, format_)
    timed = any(code in format_ for code in ("%H", "%I"))
    return moment if "%z" in format_ else f"timezone({quoted(zone if timed else day_zone)}, {moment})"


def _moment(text: str, format_: str) -> str:
    parsed = f"try_strptime(trim({text}), {quoted(format_)})"
    return f"CASE WHEN year({parsed}) >= {FIRST_YEAR} THEN {parsed} END"


def _iso(text: str, zone: str, day_zone: str) -> str:
    written = f"replace(trim({text}), ',', '.')"
    aware = f"TRY_CAST({written} AS TIMESTAMPTZ)"
    if zone != "UTC":
        local = f"timezone({quoted(zone)}, TRY_CAST({written} AS TIMESTAMP))"
        aware = f"CASE WHEN regexp_full_match(trim({text}), {quoted(_OFFSET)}) THEN {aware} ELSE {local} END"
    usual = f"{text} LIKE '____-__-__T__:__:__Z'"  # told without the pattern, three times as fast
    day = f"WHEN length(trim({text})) = 10 THEN {midnight_sql(f'TRY_CAST(trim({text}) AS DATE)', day_zone)}"
    rest = f"WHEN regexp_full_match(trim({text}), {quoted(_ISO)}) THEN {aware}"
    return f"CASE WHEN {usual} THEN {aware} {day} {rest} END"


def shown_sql(value: str, kind_type: ValueType) -> str:
    """Return the SQL of a typed value as text for people and JSON; times in UTC."""
    if kind_type == "datetime":
        return f"strftime({value} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
    return f"left(CAST({value} AS VARCHAR), 200)"
