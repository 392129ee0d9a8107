"""The kept what-ifs of a roadmap side by side: when each ends, what it costs, and how many gates it makes late."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.ui import forms, shell, tables, text
from pages.ui import roadmap as page
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program import scenarios
from program.actions import planning
from program.scenarios import Outcome, Scenario


def show(visit: Visit, plan: Plan, base: scenarios.Plan, kept: Sequence[Scenario]) -> None:
    """Draw the plan and every kept what-if as a row, and the removal of one."""
    shell.title("Scenarios side by side", "Each compared with the plan as it is today")
    with page.patience(plan):
        found = scenarios.side_by_side(base, kept)
    page.listed(as_table(plan, base, found, kept), key="roadmap.scenarios")
    if not visit.may("plan.edit"):
        return
    with st.popover("Remove a scenario"):
        names = text.distinct({each.id: each.name for each in kept})
        which = st.selectbox("Scenario", list(names), format_func=names.__getitem__, key="roadmap.scenario")
        if st.button("Remove", key="roadmap.scenario.remove") and which:
            version = next(each.version for each in kept if each.id == which)
            given = {"program_id": visit.program_id, "scenario_id": which, "version": version}
            forms.attempt(planning.remove_scenario, visit.actor, noun="scenario.remove", **given)


def as_table(plan: Plan, base: scenarios.Plan, found: Sequence[Outcome], kept: Sequence[Scenario]) -> tables.Table:
    """One row for the plan and for each scenario."""
    currencies = sorted({currency for each in found for currency in each.costs})
    said = ["As it is planned today", *(words(plan, base, each) for each in kept)]
    return tables.Table(
        columns=(
            tables.Column("Scenario"),
            tables.Column("Ends", text.day),
            tables.Column("Later, working d", lambda value: text.number(value, signed=True), number=True),
            tables.Column("Activities that move", text.number, number=True),
            tables.Column("Gates late", text.number, number=True),
            *(tables.Column(f"Planned cost, {each}", text.number, number=True) for each in currencies),
        ),
        rows=tuple(
            (
                tables.Cell(each.name, "strong", note=note),
                each.finish,
                each.finish_days,
                len(each.moved),
                len(each.late_gates),
                *(each.costs.get(currency) for currency in currencies),
            )
            for each, note in zip(found, said, strict=True)
        ),
        name="scenarios",
    )


def words(plan: Plan, base: scenarios.Plan, scenario: Scenario) -> str:
    """What a scenario changes, in words."""
    parts = [_words(plan, base, each) for each in scenario.changes]
    told = "; ".join(parts[:3]) + (f"; {len(parts) - 3} more" if len(parts) > 3 else "")
    return f"{told}. {scenario.note}" if scenario.note else told


def _words(plan: Plan, base: scenarios.Plan, change: Mapping[str, Any]) -> str:
    if "line_id" in change:
        line = next((each for each in base.lines if each.line_id == change["line_id"]), None)
        if line is None:
            return "a line that is gone costs something else"
        component = plan.components.get(line.component_id)
        whose = f"{component.name}, {line.name}" if component else line.name
        return f"{whose} costs {text.money(Decimal(change['cost']), line.currency)}"
    placed = plan.roadmap.by_id.get(change["activity_id"])
    name = placed.activity.name if placed else "an activity that is gone"
    if "delay" in change:
        return f"{name} {change['delay']} working days later"
    return f"{name} takes {change['duration']} working days"
