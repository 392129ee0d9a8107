"""How the columns and cells of somebody's file become ledger entries: a mapping, saved once and used again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from program import fields
from program.ledger import KINDS, LARGEST, LARGEST_RATE
from program.pasted import plain, same_name
from program.values import Invalid

COLUMNS = ("kind", "line", "date", "amount", "currency", "document", "row", "against", "rate")
NEEDED = COLUMNS[:7]
DATE_FORMATS = {
    "YYYY-MM-DD": "%Y-%m-%d",
    "DD.MM.YYYY": "%d.%m.%Y",
    "DD/MM/YYYY": "%d/%m/%Y",
    "MM/DD/YYYY": "%m/%d/%Y",
    "YYYYMMDD": "%Y%m%d",
}
DECIMALS = {".": "Point, as in 1,200.50", ",": "Comma, as in 1.200,50"}
NEGATIVES = {"refuse": "Name them as wrong", "credit": "A negative actual is a credit"}
UNKNOWN_ORDERS = {"refuse": "Name them as wrong", "keep": "Book them as a cost without an order"}
HEADINGS = {
    "line": (
        "budget line", "budget item", "line", "line name", "line item", "cost line", "budget", "account", "cost type",
    ),
    "date": (
        "date", "invoice date", "posting date", "booking date", "document date", "doc date", "entry date",
        "voucher date", "payment date", "paid on", "day",
    ),
    "amount": (
        "amount", "net amount", "amount net", "invoice amount", "net", "value", "cost", "sum", "total", "price",
        "gross amount", "gross",
    ),
    "document": (
        "document", "document no", "document number", "doc", "doc no", "doc number", "invoice", "invoice no",
        "invoice number", "invoice id", "voucher", "voucher no", "voucher number", "receipt", "receipt no",
        "bill", "bill no", "reference", "reference no", "ref", "ref no",
    ),
    "kind": ("kind", "kind of entry", "entry type", "transaction type", "document type", "doc type", "type"),
    "currency": ("currency", "currency code", "curr", "cur", "ccy"),
    "row": ("row", "row of the document", "document row", "position", "pos", "item no", "line no", "line number"),
    "against": (
        "against", "order", "order no", "order number", "purchase order", "purchase order no", "po", "po no",
        "po number", "commitment", "contract", "contract no",
    ),
    "rate": ("rate", "exchange rate", "fx rate", "conversion rate"),
}  # fmt: skip
MONEY_DECIMALS, RATE_DECIMALS = 4, 8
BETWEEN_THOUSANDS = (" ", "\u00a0", "\u202f", "'", "\u2019")
SHOWN = 40  # characters of a cell in a reason
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class FileMapping:
    """
    columns: our column -> the file's heading. constants: our column -> what stands in every row.
    date_format, decimal: keys of DATE_FORMATS and DECIMALS; a date written as 2026-12-25 is always read.
    negative, unknown_order: what happens to amounts below zero, and to actuals against an order that is not booked.
    kinds, lines: the file's words -> ours.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    date_format: str = "YYYY-MM-DD"
    decimal: str | None = None
    negative: str = "refuse"
    unknown_order: str = "refuse"
    kinds: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)

    def kind(self, text: str) -> str:
        """Return the kind of entry that a cell means."""
        meant = {same_name(word): kind for word, kind in self.kinds.items()}.get(same_name(text), plain(text))
        if meant not in KINDS:
            raise Invalid("kind", f"“{text[:SHOWN]}” is no kind of entry. Use one of {', '.join(KINDS)}.")
        return meant

    def line(self, text: str) -> str:
        """Return the name of the line that a cell means."""
        return self.lines.get(text, text)

    def day(self, text: str) -> date:
        """Return the day of a cell."""
        pattern = "%Y-%m-%d" if _ISO.fullmatch(text) else DATE_FORMATS[self.date_format]
        try:
            if pattern == "%Y-%m-%d" and not _ISO.fullmatch(text):
                raise ValueError
            found = datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            example = date(2026, 12, 25).strftime(DATE_FORMATS[self.date_format])
            raise Invalid("date", f"“{text[:SHOWN]}” is no date. Write it as {example}.") from None
        return fields.money_day(found, "date")

    def amount(self, text: str) -> Decimal:
        """Return the amount of a cell, below zero too."""
        found = self._number(text, "amount")
        if abs(found) > LARGEST:
            raise Invalid("amount", f"The amount {text[:SHOWN]} is above {LARGEST:,}, the most that is kept.")
        return fields.number(found, "amount", decimals=MONEY_DECIMALS)

    def rate(self, text: str) -> Decimal | None:
        """Return the rate of a cell; None when it is empty."""
        if not text:
            return None
        found = self._number(text, "rate")
        if not 0 < found <= LARGEST_RATE:
            raise Invalid("rate", f"The rate {text[:SHOWN]} is not above zero and up to {LARGEST_RATE:,}.")
        return fields.number(found, "rate", decimals=RATE_DECIMALS)

    def _number(self, text: str, column: str) -> Decimal:
        unsigned = f"-{text[:-1].rstrip()}" if text.endswith("-") else text
        if self.decimal is not None:
            unsigned = _ungrouped(unsigned, self.decimal)
        if not _PLAIN.fullmatch(unsigned):
            example = "1200,50" if self.decimal == "," else "1200.50"
            raise Invalid(column, f"“{text[:SHOWN]}” is no {column}. Write it as {example}.")
        return Decimal(unsigned)


AS_IT_IS = FileMapping()


def guess(headings: Iterable[str]) -> dict[str, str]:
    """Return our columns -> the headings of a file that most likely mean them; each heading means one column."""
    spelled: dict[str, str] = {}
    for heading in headings:
        spelled.setdefault(_bare(heading), heading)
    found: dict[str, str] = {}
    for ours, words in HEADINGS.items():
        if word := next((each for each in words if each in spelled), None):
            found[ours] = spelled.pop(word)
    return found


def _bare(heading: str) -> str:
    """A heading without case and marks: Invoice_No. and Invoice # are invoice no."""
    words = re.sub(r"[\W_]+", " ", heading.replace("#", " no ")).strip()
    return same_name(words)


def from_content(content: Mapping[str, Any]) -> FileMapping:
    """
    Return the mapping that is kept as this content. Raises Invalid with the field for what is none.

    Columns may be missing: whether a file can be read with it, its reading says.
    """
    if not isinstance(content, Mapping):
        raise Invalid("content", "The mapping is no list of names and values.")
    known = set(FileMapping.__dataclass_fields__)
    if unknown := sorted(set(content) - known):
        raise Invalid(unknown[0], f"There is no “{unknown[0]}” in a mapping. Use {', '.join(sorted(known))}.")
    words = {key: _words(content.get(key), key) for key in ("columns", "constants", "kinds", "lines")}
    for key in ("columns", "constants"):
        for column in words[key]:
            fields.one_of(column, COLUMNS, key)
    if both := sorted(set(words["columns"]) & set(words["constants"])):
        raise Invalid("constants", f"“{both[0]}” is a column of the file and a constant. It can be one of them.")
    for kind in words["kinds"].values():
        fields.one_of(kind, KINDS, "kinds")
    return FileMapping(
        **words,
        date_format=fields.one_of(content.get("date_format", "YYYY-MM-DD"), DATE_FORMATS, "date_format"),
        decimal=fields.optional_one_of(content.get("decimal") or "", DECIMALS, "decimal"),
        negative=fields.one_of(content.get("negative", "refuse"), NEGATIVES, "negative"),
        unknown_order=fields.one_of(content.get("unknown_order", "refuse"), UNKNOWN_ORDERS, "unknown_order"),
    )


def as_content(mapping: FileMapping) -> dict[str, Any]:
    """Return the mapping as it is kept: without what it leaves as it is."""
    kept = {name: dict(value) if isinstance(value, Mapping) else value for name, value in vars(mapping).items()}
    return {name: value for name, value in kept.items() if value and value != getattr(AS_IT_IS, name)}


def _words(given: Any, field_name: str) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(each, str) for pair in given.items() for each in pair):
        raise Invalid(field_name, f"The {field_name} are no list of names and values.")
    return {key.strip(): fields.name(value, field_name) for key, value in given.items() if value.strip()}


def _ungrouped(text: str, decimal: str) -> str:
    """The text with a decimal point and without marks between thousands; nothing when those stand elsewhere."""
    group = "," if decimal == "." else "."
    whole, _, rest = text.partition(decimal)
    for mark in (group, *BETWEEN_THOUSANDS):
        if re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(mark)}\d{{3}})+", whole, re.ASCII):
            whole = whole.replace(mark, "")
            break
    if "." in whole:
        return ""
    return f"{whole}.{rest}" if decimal in text else whole
