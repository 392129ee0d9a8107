"""What the components page asks and shows: fields, the register with owners, and what is proposed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from assessments.content import Dimension
from assessments.library import load
from pages.ui import shell, tables, text
from pages.ui.component_choice import ONE, PROPOSED, REGISTER
from pages.ui.component_reads import Plan, address
from pages.ui.fields import Choice, Day, Field, Text
from pages.ui.shell import Visit
from program import catalog, progress
from program.components import TRANSACTION_HISTORY, Component, is_late, is_live, social_without_transactions
from program.gates import Gate

__all__ = ["ADD", "EDIT", "GATE", "ONE", "PROPOSED", "REGISTER"]

PAGE = "plan/components.py"
GATE, ADD, EDIT = "Gate", "Add", "Edit"
_LIFTS = {each.id: f"{each.short_name} · {each.aspect}" for each in load().dimensions}
_FIELDS = (
    Text("name", "Name", required=True),
    Choice("pillar", "Pillar", catalog.PILLARS, none="None"),
    Choice("dimension_id", "Lifts this part of the assessment", _LIFTS, none="None"),
    Day("starts_on", "Starts"),
    Day("due_on", "Due"),
    Day("live_on", "Live on"),
    Choice("progress_rule", "How much of it is done, by", progress.RULES),
)
_GOAL = Text("goal", "Goal: what is different for customers when it is there", long=True, most=2000)
FIELDS = (*_FIELDS, _GOAL)
NEW_FIELDS = (*_FIELDS, Choice("stage", "Stage today", catalog.STAGE_NAMES), _GOAL)
WHAT = (
    "A component is a building block of the program with an owner, money and dates. Low dimensions of the assessment "
    "propose some of the 15 in the catalog; each says whether it comes from the essay, a published framework or us."
)


def views(components: Sequence[Component], *, editable: bool) -> list[str]:
    """The views of the page: those of single components only once there are some."""
    held = [REGISTER, ONE, GATE] if components else []
    return [*held, PROPOSED, *([ADD] if editable else []), *([EDIT] if editable and components else [])]


def fields(gate: Gate) -> tuple[Field, ...]:
    """What may be edited: the stage by hand only until a gate was decided on."""
    return FIELDS if gate.history else NEW_FIELDS


def counted(plan: Plan, kept: Sequence[Component]) -> str:
    """How many components the filters keep, and what the columns mean."""
    every = len(plan.components)
    of = f"{len(kept)} of {text.plural(every, 'component', 'components')}" if len(kept) < every else ""
    of = of or text.capital(text.plural(every, "component", "components"))
    return f"{of}. The gate counts the criteria that keep a component in its stage; its name leads to all about it."


def side_by_side(*parts: tuple[str, Callable[..., None], tuple[Any, ...]]) -> None:
    """Draw some parts beside each other, each under its title."""
    for place, (name, draw, given) in zip(st.columns(len(parts), gap="large"), parts, strict=True):
        with place:
            shell.title(name)
            draw(*given)


def show_register(visit: Visit, plan: Plan, components: Sequence[Component], *, key: str) -> None:
    """Draw the register; its files say besides where each component comes from."""
    drawn = register(visit, plan, components)
    tables.show(drawn, key=key, download=False)
    rows = tuple((*row, catalog.ORIGINS[each.origin]) for row, each in zip(drawn.rows, components, strict=True))
    tables.downloads(replace(drawn, columns=(*drawn.columns, tables.Column("Origin")), rows=rows), key=key)


def register(visit: Visit, plan: Plan, components: Sequence[Component]) -> tables.Table:
    """One row per component with what it lifts, its stage and gate, its owner, money and dates, the late ones said."""
    currency = visit.program.currency
    return tables.Table(
        columns=(
            tables.Column("Component"),
            tables.Column("Lifts", tables.blank),
            tables.Column("Stage"),
            tables.Column("Gate"),
            tables.Column("Owner"),
            tables.Column(f"Planned, {currency}", text.number, number=True),
            tables.Column("Spent", text.number, number=True),
            tables.Column("Starts", text.day),
            tables.Column("Due", text.day),
            tables.Column("Live on", text.day),
            tables.Column("State"),
        ),
        rows=tuple(_row(visit, plan, each) for each in components),
        name="components",
    )


def _row(visit: Visit, plan: Plan, each: Component) -> tuple[object, ...]:
    gate, dimension = plan.gates[each.id], dimension_of(each)
    mine = next((sums for sums in plan.money.get(each.id, ()) if sums.currency == visit.program.currency), None)
    others = [sums for sums in plan.money.get(each.id, ()) if sums is not mine]
    also = "; ".join(text.money_short(sums.planned, sums.currency) for sums in others)
    return (
        tables.Cell(
            each.name,
            "strong",
            note=catalog.PILLARS[each.pillar] if each.pillar else "",
            link=address(visit, PAGE, component=each.id, component__view="Component"),
        ),
        tables.Cell(dimension.short_name, note=_score(gate)) if dimension else tables.Cell(None),
        _stage(each.stage),
        gate_cell(gate, link=address(visit, PAGE, component=each.id, component__view="Gate")),
        text.listed(plan.owners[each.id]) if each.id in plan.owners else tables.Cell("■ nobody", "act"),
        tables.Cell(mine.planned if mine else None, note=f"and {also}" if also else ""),
        mine.actual if mine else None,
        each.starts_on,
        each.due_on,
        each.live_on,
        _state(each, visit.today),
    )


def gate_cell(gate: Gate, *, link: str = "") -> tables.Cell:
    """How a gate stands: passable, so many criteria open, or held by a decision."""
    if gate.held:
        word, tone = {"stop": ("■ stopped", "act"), "hold": ("▲ on hold", "watch")}[gate.held]
        return tables.Cell(word, tone, link=link)
    expired = sum(each.expired for each in gate.waivers)
    note = text.capital(text.plural(expired, "waiver ran out", "waivers ran out")) if expired else ""
    if gate.can_pass:
        return tables.Cell("✓ can pass", "good", note=note, link=link)
    of = f"{len(gate.open)} of {len(gate.criteria)} open"
    return tables.Cell(f"▲ {of}" if gate.met else f"○ {of}", "watch" if gate.met else "", note=note, link=link)


def dimension_of(component: Component) -> Dimension | None:
    """The part of the assessment that a component should lift."""
    return next((each for each in load().dimensions if each.id == component.dimension_id), None)


def _score(gate: Gate) -> str:
    return f"{text.score_of(gate.facts.score)} today" if gate.facts.score is not None else "no score yet"


def findings(components: Sequence[Component]) -> None:
    """Say which components gather social data while nothing keeps the record of transactions."""
    if bare := social_without_transactions(components):
        named = text.listed([text.quoted(each.name) for each in bare])
        wanted = text.quoted(catalog.load().component(TRANSACTION_HISTORY).name)
        shell.alert(
            "Social data without a record of transactions",
            f"{named} {'gathers' if len(bare) == 1 else 'gather'} what customers say, but nothing keeps what they "
            f"bought. What customers say never replaces that record. Adopt {wanted} under Proposed.",
            sign="watch",
        )


def _stage(stage: str) -> tables.Cell:
    step = list(catalog.STAGE_NAMES).index(stage) + 1
    return tables.Cell(catalog.STAGE_NAMES[stage], note=f"step {step} of {len(catalog.STAGE_NAMES)}")


def _state(component: Component, today: date) -> tables.Cell:
    if is_late(component, today) and component.due_on:
        return tables.Cell(f"■ {text.days((today - component.due_on).days)} late", "act")
    return tables.Cell("✓ live", "good") if is_live(component, today) else tables.Cell("○ planned", "muted")
