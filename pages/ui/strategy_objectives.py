"""Objectives: who answers, which figure shows it, where it should be and where it is now."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.metrics import catalog
from pages.ui import forms, shell, strategy, tables, text
from pages.ui.fields import Choice, Day, Field, Text
from pages.ui.strategy import Plan
from pages.ui.tables import Cell, Column
from program.actions import objectives as actions
from program.objectives import Objective
from program.values import Invalid

UNITS = {"share": "share, as 65%", "currency": "money", "hours": "hours", "days": "days"}
_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%?)")


@dataclass(frozen=True)
class Figure:
    """A figure in a metric's unit; a share may be typed as 65% or 0.65. Nothing typed is None, never zero."""

    name: str
    label: str
    hint: str = "65% or 4"

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        shown = "" if value is None else f"{value.normalize():f}"
        return place.text_input(self.label, shown, max_chars=40, key=key, placeholder=self.hint)

    def read(self, raw: Any) -> Decimal | None:
        typed = str(raw or "").strip()
        if not typed:
            return None
        found = _FIGURE.fullmatch(typed)
        if not found:
            raise Invalid(self.name, f"{self.label} “{typed}” is no figure. Enter digits such as 4, 1,240.5 or 65%.")
        whole, decimals, percent = found.groups()
        value = Decimal(whole.replace(",", "") + (decimals or ""))
        return value / 100 if percent else value


def draw(plan: Plan, place: DeltaGenerator) -> None:
    """Draw the objectives, and the form for one. place: where the form stands while there is none."""
    if plan.trace.objectives:
        st.html(tables.html(shown(plan)))
        tables.downloads(raw(plan), key="strategy.objectives")
        shell.note(
            "Now: the last complete month of the client's data. ○ not yet: measured, and not at the target. "
            "Components are given to an objective under Trace."
        )
    if plan.editable:
        with place if not plan.trace.objectives else st.container():
            _form(plan)


def shown(plan: Plan) -> tables.Table:
    """One row per objective, figures in their units."""
    heads = ("Objective", "Answers for it", "Metric", "Target", "Now", "State", "Due", "Components")
    return tables.Table(
        columns=tuple(Column(each, number=each in ("Target", "Now")) for each in heads),
        rows=tuple(_row(plan, goal) for goal in plan.trace.objectives),
        name="objectives",
    )


def raw(plan: Plan) -> tables.Table:
    """The same rows for the files, figures as numbers with their unit beside them."""
    heads = ("Objective", "Answers for it", "Metric", "Unit", "Target", "Now", "Month", "State", "Due", "Components")
    rows = []
    for goal in plan.trace.objectives:
        row = _row(plan, goal)
        current = plan.now.get(goal.metric_id or "")
        month = current.month if current else None
        unit = catalog()[goal.metric_id].unit if goal.metric_id else None
        target = None if goal.target is None else Decimal(f"{goal.target.normalize():f}")
        figures = (unit, target, month.value if month else None, month.period if month else None)
        rows.append((row[0], plan.people.get(goal.owner_id or ""), row[2], *figures, row[5], goal.due_on, row[7]))
    return tables.Table(tuple(Column(each) for each in heads), tuple(rows), name="objectives")


def _row(plan: Plan, goal: Objective) -> tuple[Any, ...]:
    metric = catalog().get(goal.metric_id or "")
    current = plan.now.get(goal.metric_id or "")
    serving = [each.name for each in plan.trace.components_of(goal.id)]
    owner = plan.people.get(goal.owner_id or "")
    return (
        Cell(goal.title, "strong"),
        owner or Cell("■ nobody", "act"),
        metric.name if metric else Cell("■ none", "act"),
        _target(plan, goal),
        Cell(current.shown, note=current.when) if current else None,
        _state(plan, goal),
        _due(plan, goal),
        text.listed(serving) if serving else Cell("■ none", "act"),
    )


def _target(plan: Plan, goal: Objective) -> Any:
    if goal.target is None:
        return Cell("■ none", "act") if goal.metric_id else None
    if goal.metric_id is None:
        return f"{goal.target.normalize():f}"
    current = plan.now[goal.metric_id].measured
    currency = (current.currency if current else None) or plan.visit.program.currency
    return text.measured(goal.target, catalog()[goal.metric_id].unit, currency=currency)


def _due(plan: Plan, goal: Objective) -> Any:
    """The day, marked when it is past: before today, or before the program begins at all."""
    if goal.due_on is None:
        return None
    if goal.due_on < plan.visit.program.starts_on:
        return Cell(text.day(goal.due_on), "watch", note="past: before the program starts")
    return Cell(text.day(goal.due_on), note="past" if goal.due_on < plan.visit.today else "")


def _state(plan: Plan, goal: Objective) -> Cell:
    found = strategy.kept(plan, goal)
    if found is None:
        return Cell("○ cannot tell", "muted")
    if found:
        return Cell("✓ reached", "good")
    late = goal.due_on is not None and goal.due_on < plan.visit.today
    return Cell("■ missed", "act") if late else Cell("○ not yet", "muted")


def _form(plan: Plan) -> None:
    goals = {"": "A new objective", **plan.goals}
    shell.title("Add or change an objective" if plan.goals else "Add the first objective")
    which = strategy.chosen("Which objective", goals, key="strategy.objective") if plan.goals else ""
    visit = plan.visit
    if not plan.people:
        shell.note("Nobody is on the map, so nobody can answer for an objective yet.")
        if st.button("Put people on the map first", type="tertiary", key="strategy.people"):
            st.switch_page("people/stakeholders.py")
    if not which:
        if sent := forms.ask("objective.add", _fields(plan), submit="Add the objective", columns=2):
            forms.add(sent, actions.add_objective, visit.actor, program_id=visit.program_id)
        return
    goal = next(each for each in plan.trace.objectives if each.id == which)
    one = {"program_id": visit.program_id, "objective_id": which}
    if sent := forms.ask(f"objective.{which}", _fields(plan), of=goal, submit="Save", columns=2):
        forms.change(sent, actions.change_objective, visit.actor, **one)
    with st.popover("Remove the objective"):
        st.caption("Its links to components go too; notes that led to it lead nowhere then.")
        if st.button("Remove", key="strategy.remove"):
            forms.attempt(actions.remove_objective, visit.actor, **one, version=goal.version)


def _fields(plan: Plan) -> tuple[Field, ...]:
    metrics = {each.id: f"{each.name} ({UNITS.get(each.unit, each.unit)})" for each in catalog().values()}
    return (
        Text("title", "What should be different for customers", required=True, most=300, wide=True),
        Choice("owner_id", "Answers for it", plan.people, none="Nobody yet"),
        Choice("metric_id", "Metric", metrics, none="None yet"),
        Figure("target", "Target, in the metric's unit"),
        Day("due_on", "Due"),
    )
