"""Metrics for pages, kept by client, dataset version and filters, so that a rerun computes nothing anew."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from data.metrics import Metric
from pages.ui import text
from pages.ui.shell import Visit
from program.engagement import Measured
from program.queries import engagement, sources

SPANS = {12: "Last 12", 24: "Last 24", 0: "All"}  # months back that can be chosen
CHOICES = 20  # values of a group that can be chosen
KEPT = 512  # results in memory; the oldest goes first


def measured(
    visit: Visit,
    metric_id: str,
    *,
    split: str | None = None,
    where: Mapping[str, str] | None = None,
    date_from: date | None = None,
    variant: str | None = None,
) -> Measured:
    """Return one metric by month for the visit's client; arguments as in program.queries.engagement.measured."""
    client = visit.program.client_key
    return _measured(
        str(visit.home),
        client,
        sources.version(visit.home, client),
        metric_id,
        visit.program.time_zone,
        split,
        tuple(sorted((where or {}).items())),
        date_from,
        variant,
        visit.may("measure.rows"),
    )


def data_to(visit: Visit) -> date | None:
    """Return the last day that the client's data covers; None before any was brought in."""
    client = visit.program.client_key
    return _data_to(str(visit.home), client, sources.version(visit.home, client), visit.program.time_zone)


def values_of(visit: Visit, metric_id: str, column: str) -> tuple[str, ...]:
    """Return the values of a column, the most frequent first."""
    client = visit.program.client_key
    version = sources.version(visit.home, client)
    return _values_of(str(visit.home), client, version, metric_id, column)


def choices(visit: Visit, metric: Metric) -> dict[str, str]:
    """
    Return what a metric may be restricted to: "column=value" and how it reads, the most frequent of each group.

    Nothing for readers who may not open rows where people are counted.
    """
    if metric.counts_people and not visit.may("measure.rows"):
        return {}
    return {
        f"{group.column}={value}": f"{group.name}: {engagement.word(metric.id, group.column, value)}"
        for group in metric.groups
        for value in values_of(visit, metric.id, group.column)[:CHOICES]
    }


def filters(visit: Visit, metric_id: str, *, only: str | None, months: int | None) -> dict[str, Any]:
    """Return the arguments of `measured` for a chosen "column=value" and a number of months back (0: all)."""
    column, _, value = (only or "").partition("=")
    where = {column: value} if column else {}
    data_to = measured(visit, metric_id).data_to
    if not months or data_to is None:
        return {"where": where}
    first = data_to.year * 12 + data_to.month - months
    return {"where": where, "date_from": date(first // 12, first % 12 + 1, 1)}


def source_line(visit: Visit, metric: Metric) -> str:
    """Return which files a metric rests on and when they were brought in."""
    zone = visit.program.time_zone
    found = [
        f"{each.table.replace('_', ' ')} of {each.source}, {text.number(each.rows)} rows, brought in "
        f"{text.moment(each.extracted_at, zone)}"
        for each in sources.imported(visit.home, visit.program.client_key)
        if each.table in (metric.table, *metric.also)
    ]
    return text.capital("; ".join(found)) + "." if found else "Nothing was brought in for this metric yet."


@st.cache_data(show_spinner="Counting", max_entries=KEPT)
def _measured(
    home: str,
    client: str,
    version: int,  # noqa: ARG001  a new dataset is a new figure
    metric_id: str,
    time_zone: str,
    split: str | None,
    where: tuple[tuple[str, str], ...],
    date_from: date | None,
    variant: str | None,
    may_open_rows: bool,
) -> Measured:
    return engagement.measured(
        Path(home),
        client,
        metric_id,
        time_zone=time_zone,
        split=split,
        where=dict(where),
        date_from=date_from,
        variant=variant,
        may_open_rows=may_open_rows,
    )


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _data_to(home: str, client: str, version: int, time_zone: str) -> date | None:  # noqa: ARG001
    return engagement.data_to(Path(home), client, time_zone=time_zone)


@st.cache_data(show_spinner=False, max_entries=KEPT)
def _values_of(home: str, client: str, version: int, metric_id: str, column: str) -> tuple[str, ...]:  # noqa: ARG001
    return engagement.values_of(Path(home), client, metric_id, column)
