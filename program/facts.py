"""Facts: what the program knows about itself, so that a claimed level can be held against it (facts.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

FILE = Path(__file__).parent / "facts.yaml"


class Fact(BaseModel):
    """A fact's name, what it counts, and from where."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    unit: Literal["share", "hours", "days", "channels", "components", "coefficient"]
    meaning: str
    source: str
    since: date


@dataclass(frozen=True)
class FactValue:
    """
    What a fact says on a day.

    value: in the fact's unit, None while unknown, with the reason. sentence: the fact with its figure, else empty.
    as_of: the day that it speaks of.
    """

    id: str
    value: float | None
    unit: str
    sentence: str
    as_of: date
    reason: str = ""


@cache
def load() -> Mapping[str, Fact]:
    """Return the shipped facts by id, in the order of the file."""
    plain = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return MappingProxyType(TypeAdapter(dict[str, Fact]).validate_python(plain))


def share(id_: str, count: int, total: int, *, as_of: date, reason: str) -> FactValue:
    """Return a fact that is a share. reason: why it is unknown when there is nothing to have a share of."""
    if not total:
        return unknown(id_, reason, as_of=as_of)
    return FactValue(id_, count / total, "share", f"{load()[id_].name}: {count:,} of {total:,}.", as_of)


def figure(id_: str, value: float, *, as_of: date) -> FactValue:
    """Return a fact that is a number in its unit."""
    fact = load()[id_]
    words = f"{value:,.2f}" if fact.unit == "coefficient" else f"{value:,.1f}".removesuffix(".0")
    if fact.unit in ("hours", "days"):
        words += f" {fact.unit.removesuffix('s') if value == 1 else fact.unit}"
    return FactValue(id_, float(value), fact.unit, f"{fact.name}: {words}.", as_of)


def unknown(id_: str, reason: str, *, as_of: date) -> FactValue:
    """Return a fact that nobody knows; that is not zero."""
    return FactValue(id_, None, load()[id_].unit, "", as_of, reason)
