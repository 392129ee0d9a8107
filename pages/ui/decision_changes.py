"""The change log: what was changed, how its metric stood before and after, and what may be said of it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from data.metrics import catalog
from pages.ui import forms, shell, tables, text
from pages.ui.decision_reads import WHOLE, Known, metrics
from pages.ui.fields import Amount, Choice, Day, Field, Text
from pages.ui.shell import Visit
from pages.ui.tables import Cell, Column
from program.actions import changes as actions
from program.changes import CAUTION, MOVES, ChangeRecord, after_action, move

SIGNS = {"better": "✓ Better since", "worse": "▲ Worse since", "same": "No move", "unknown": "○ Not known"}
TONES = {"better": "good", "worse": "watch"}


def show(known: Known, component_id: str | None) -> None:
    """Draw the change log of a component, or all, with what may be said after it."""
    some = [each for each in known.changes if component_id in (None, each.component_id)]
    if not some:
        shell.note("No change is about this component.")
        return
    log, side = st.columns([7, 3], gap="large")
    with log:
        tables.show(table(some, known), key="change.table")
    with side:
        _after(some)


def add(visit: Visit, known: Known) -> None:
    """Ask for what was changed."""
    begin = {"on": known.today}
    if sent := forms.ask("change.add", _fields(known), begin=begin, submit="Record the change", columns=3):
        forms.add(sent, actions.record_change, visit.actor, program_id=visit.program_id)


def edit(visit: Visit, known: Known) -> None:
    """Ask for other values of one record, such as how the metric stands by now."""
    by_id = {each.id: each for each in known.changes}
    names = text.distinct({each.id: f"{text.day(each.on)}: {each.what}" for each in known.changes})
    which = st.selectbox("Change", list(names), format_func=names.__getitem__, key="change.which", width=640)
    one = {"program_id": visit.program_id, "change_record_id": which}
    if sent := forms.ask(f"change.{which}", _fields(known), of=by_id[which], submit="Save", columns=3):
        forms.change(sent, actions.correct_change, visit.actor, **one)
    with st.popover("Remove it"):
        st.caption("Only what was never changed.")
        if st.button("Remove", key="change.remove"):
            forms.attempt(actions.remove_change, visit.actor, **one, version=by_id[which].version)


def table(some: Sequence[ChangeRecord], known: Known) -> tables.Table:
    """One row per change, the newest first."""
    columns = (
        Column("What was changed"),
        Column("On", text.day),
        Column("Why", tables.blank),
        Column("Metric", tables.blank),
        Column("Before", tables.plain, number=True),
        Column("After", tables.plain, number=True),
        Column("Stands"),
    )
    return tables.Table(columns, tuple(_row(each, known) for each in some), name="changes")


def _row(each: ChangeRecord, known: Known) -> tuple[Any, ...]:
    metric = catalog().get(each.metric_id or "")
    stands = move(each)
    show = partial(text.measured, unit=metric.unit, currency=known.currency) if metric else text.number
    return (
        Cell(each.what, "strong", note=known.component(each)),
        Cell(each.on, "muted"),
        each.why,
        metric.name if metric else None,
        show(each.metric_before),
        show(each.metric_after),
        Cell(SIGNS[stands], TONES.get(stands, "")),
    )


def _after(some: Sequence[ChangeRecord]) -> None:
    found = after_action(some)
    facts = [
        ("Changes", text.number(found.changes)),
        ("Metric known", f"before and after {found.measured}"),
        *((MOVES[kind], text.number(getattr(found, kind))) for kind in ("better", "worse", "same")),
    ]
    shell.why("Which changes worked", CAUTION, facts, leads_to="Measure, Engagement: did it change against a control?")


def _fields(known: Known) -> tuple[Field, ...]:
    return (
        Text("what", "What was changed", required=True, wide=True, most=1000),
        Day("on", "On", required=True),
        Choice("component_id", "Component", known.components, none=WHOLE),
        Choice("metric_id", "Metric that it was for", metrics(), none="None"),
        Amount("metric_before", "Before, in its unit", hint="0.24 for 24%", decimals=6),
        Amount("metric_after", "After, in its unit", hint="0.31 for 31%", decimals=6),
        Text("why", "Why", long=True, most=2000),
    )
