"""The metric catalog: what is measured, how, from where, and who owns the definition."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from data.canonical import TABLES, Table

CATALOG = Path(__file__).with_name("catalog.yaml")
Kind = Literal["ratio", "share", "count", "sum", "median"]


class MetricError(ValueError):
    """A question about a metric cannot be answered as asked; the text says why."""


class UnknownMetric(MetricError):
    """The catalog has no such metric."""


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Group(Entry):
    """A column that people split a metric by; `table.column` is one foreign key away."""

    column: str
    name: str


class Variant(Entry):
    id: str
    name: str
    definition: str


class Parameter(Entry):
    id: str
    name: str
    value: int
    unit: str


class Metric(Entry):
    """
    One metric.

    kind: ratio (numerator / denominator), share (of the period's total), count, sum, median.
    also: further tables its rows come from. counts_people: its n is a number of customers.
    empty: the reason to show where there is no value.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    version: str
    question: str
    definition: str
    numerator: str | None = None
    denominator: str | None = None
    unit: str
    kind: Kind
    counts_people: bool = False
    interval: str
    table: str
    also: list[str] = []
    date: str
    better: Literal["higher", "lower"] | None
    owner: str
    source: str
    empty: str
    groups: list[Group]
    variants: list[Variant] = []
    parameters: list[Parameter] = []

    @model_validator(mode="after")
    def names_what_exists(self) -> "Metric":
        for table in (self.table, *self.also):
            if table not in TABLES:
                raise ValueError(f"metric {self.id}: there is no table {table!r}")
        if TABLES[self.table].column(self.date) is None:
            raise ValueError(f"metric {self.id}: table {self.table} has no column {self.date!r}")
        if (self.kind in ("ratio", "share")) != (self.denominator is not None):
            raise ValueError(f"metric {self.id}: a ratio names its denominator, and only a ratio")
        if (self.kind == "median") != (self.numerator is None):
            raise ValueError(f"metric {self.id}: all but a median name their numerator")
        return self

    @property
    def source_table(self) -> Table:
        return TABLES[self.table]

    def variant(self, chosen: str | None) -> str | None:
        """Return the variant to use: the chosen one, else the first, None where a metric has none."""
        known = [variant.id for variant in self.variants]
        if chosen is None:
            return known[0] if known else None
        if chosen not in known:
            raise MetricError(f"{self.id} has no variant {chosen!r}. {_known(known, 'It has no variants.')}")
        return chosen


class Catalog(Entry):
    metrics: list[Metric]

    @model_validator(mode="after")
    def every_id_once(self) -> "Catalog":
        ids = [metric.id for metric in self.metrics]
        if len(set(ids)) < len(ids):
            raise ValueError("a metric id stands twice")
        return self


@cache
def catalog() -> Mapping[str, Metric]:
    """Return every metric by its id, in the order of the catalog."""
    entries = Catalog.model_validate(yaml.safe_load(CATALOG.read_text(encoding="utf-8")))
    return MappingProxyType({metric.id: metric for metric in entries.metrics})


def find(metric_id: str) -> Metric:
    try:
        return catalog()[metric_id]
    except KeyError:
        raise UnknownMetric(f"There is no metric {metric_id!r}. {_known(list(catalog()), '')}") from None


def _known(ids: list[str], none: str) -> str:
    return f"There is: {', '.join(ids)}." if ids else none
