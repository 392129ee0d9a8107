"""The fields of a form: what each asks with, and how its answer becomes a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from streamlit.delta_generator import DeltaGenerator

from pages.ui import text
from program.values import Invalid

DECIMALS = 4
LONG = 76  # pixels: two lines
_DOUBT = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_MONEY = re.compile(r"[0-9]{1,3}(,[0-9]{3})*(\.[0-9]+)?|[0-9]+(\.[0-9]+)?")


class Field(Protocol):
    """One question of a form; `name` is the action's argument."""

    @property
    def name(self) -> str: ...

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any: ...

    def read(self, raw: Any) -> Any: ...


@dataclass(frozen=True)
class Part:
    """A heading inside a form; the fields after it stand side by side in so many columns."""

    label: str
    columns: int = 2
    note: str = ""


@dataclass(frozen=True)
class Text:
    """A line of text, with `wide` across the form, or with `long` a paragraph; empty is None unless it is required."""

    name: str
    label: str
    required: bool = False
    long: bool = False
    most: int = 200
    hint: str = ""
    wide: bool = False

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        if self.long:
            return place.text_area(self.label, value or "", height=LONG, max_chars=self.most, key=key)
        return place.text_input(self.label, value or "", max_chars=self.most, key=key, placeholder=self.hint)

    def read(self, raw: Any) -> str | None:
        text = str(raw or "").strip()
        if self.required and not text:
            raise Invalid(self.name, f"{self.label} is empty. Enter it and save again.")
        return text or None


@dataclass(frozen=True)
class Choice:
    """One of some ids, each shown by its words; with `none` it may stay open."""

    name: str
    label: str
    options: Mapping[str, str] = field(hash=False)
    none: str = ""

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        ids = ["", *self.options] if self.none else list(self.options)
        start = ids.index(value) if value in ids else 0
        words = text.distinct({"": self.none, **self.options})
        return place.selectbox(self.label, ids, index=start, format_func=lambda each: words.get(each, each), key=key)

    def read(self, raw: Any) -> str | None:
        return raw or None


@dataclass(frozen=True)
class Day:
    """A date, or none."""

    name: str
    label: str
    required: bool = False

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        return place.date_input(self.label, value, key=key, format="YYYY-MM-DD")

    def read(self, raw: Any) -> date | None:
        if self.required and raw is None:
            raise Invalid(self.name, f"{self.label} is empty. Enter a date and save again.")
        return raw if isinstance(raw, date) else None


@dataclass(frozen=True)
class Scale:
    """A degree from 0 to 10 in tenths."""

    name: str
    label: str

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        start = 5.0 if value is None else float(value)
        return place.slider(self.label, 0.0, 10.0, start, 0.1, format="%.1f", key=key)

    def read(self, raw: Any) -> Decimal:
        return Decimal(f"{raw:.1f}")


@dataclass(frozen=True)
class Amount:
    """
    An amount, typed; unknown stays None, never zero.

    decimals: of a rate or another figure, how many it may have. Without, it is money: see `money`.
    """

    name: str
    label: str
    required: bool = False
    hint: str = "1,240.50"
    decimals: int | None = None

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        shown = "" if value is None else typed(value) if self.decimals is None else f"{value.normalize():,f}"
        return place.text_input(self.label, shown, max_chars=40, key=key, placeholder=self.hint)

    def read(self, raw: Any) -> Decimal | None:
        amount = money(str(raw or ""), name=self.name, label=self.label, decimals=self.decimals)
        if amount is None and self.required:
            raise Invalid(self.name, f"{self.label} is empty. Enter an amount such as {self.hint}.")
        return amount


def typed(amount: Decimal) -> str:
    """Return money as `money` reads it again: 12.345 with a fourth decimal, so that it is no thousands."""
    plain = f"{amount.normalize():,f}"
    return f"{amount:,.{DECIMALS}f}" if _DOUBT.fullmatch(plain) else plain


def money(text: str, *, name: str = "amount", label: str = "The amount", decimals: int | None = None) -> Decimal | None:
    """
    Return what somebody typed as an exact amount, None when they typed nothing.

    Commas part thousands and a point parts the decimals, of which the store keeps a few. decimals: how many there may
    be; None for money, where three digits after a point may be meant as thousands.
    Raises Invalid with one sentence for everything else, negative amounts, decimal commas and what can be read in two
    ways included.
    """
    entry, most = text.strip(), DECIMALS if decimals is None else decimals
    if not entry:
        return None
    if decimals is None and _DOUBT.fullmatch(entry):
        raise Invalid(name, f"{label} “{entry}” {_readings(entry)}")
    if not _MONEY.fullmatch(entry):
        raise Invalid(
            name,
            f"{label} “{entry}” is no amount. Enter digits such as 1,240.50: a point before the decimals, no sign.",
        )
    amount = Decimal(entry.replace(",", ""))
    if -int(amount.as_tuple().exponent) > most:
        raise Invalid(name, f"{label} “{entry}” has more than {most} decimals. Round it first.")
    return amount


def _readings(entry: str) -> str:
    """What an amount with points before three digits can mean, and how to write each."""
    thousands = entry.replace(".", ",")
    if entry.count(".") > 1:
        return f"has points where commas part the thousands. Write {thousands}."
    small = Decimal(entry)
    exact = f"{small:.2f}" if small == round(small, 2) else f"{small:.{DECIMALS}f}"
    return f"can mean {thousands} or {small.normalize():f}. Write {thousands} or {exact}."
