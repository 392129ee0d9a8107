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
    """An amount of money, typed; unknown stays None, never zero."""

    name: str
    label: str
    required: bool = False
    hint: str = "1,240.50"
    decimals: int = DECIMALS

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        shown = "" if value is None else f"{value.normalize():,f}"
        return place.text_input(self.label, shown, max_chars=40, key=key, placeholder=self.hint)

    def read(self, raw: Any) -> Decimal | None:
        amount = money(str(raw or ""), name=self.name, label=self.label, decimals=self.decimals)
        if amount is None and self.required:
            raise Invalid(self.name, f"{self.label} is empty. Enter an amount such as {self.hint}.")
        return amount


def money(text: str, *, name: str = "amount", label: str = "The amount", decimals: int = DECIMALS) -> Decimal | None:
    """
    Return what somebody typed as an exact amount, None when they typed nothing.

    Commas part thousands and a point parts the decimals, of which the store keeps a few.
    Raises Invalid with one sentence for everything else, negative amounts and decimal commas included.
    """
    typed = text.strip()
    if not typed:
        return None
    if not _MONEY.fullmatch(typed):
        raise Invalid(
            name,
            f"{label} “{typed}” is no amount. Enter digits such as 1,240.50: a point before the decimals, no sign.",
        )
    amount = Decimal(typed.replace(",", ""))
    if -int(amount.as_tuple().exponent) > decimals:
        raise Invalid(name, f"{label} “{typed}” has more than {decimals} decimals. Round it first.")
    return amount
