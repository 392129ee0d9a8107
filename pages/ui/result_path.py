"""From gap to plan: the fewest steps that open the next gate, and the component that carries each."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessments.functions import ASPECTS
from assessments.library import Library
from assessments.path import Path, Step
from pages.ui import forms, safe, shell, tables, text
from pages.ui.result_reads import of_program
from pages.ui.shell import Visit
from program import catalog
from program.actions import components as actions
from program.catalog import CatalogComponent
from program.components import Component
from program.queries import components

HOW = (
    "A step is one statement, one level up: everybody who answered less answers that level, and all is scored anew. "
    "The figures say what would follow from that, not that it will."
)
SPELLED = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True)
class Carrier:
    """What could carry a step: a component that the program has, or one of the catalog that it may adopt."""

    planned: Component | None = None
    proposed: CatalogComponent | None = None


def headline(path: Path) -> str:
    """Return how many steps there are to the next gate, and what they bring."""
    if not path.steps:
        return f"No step to take next. {path.reason}"
    last = path.steps[-1]
    does = f"{'opens' if len(path.steps) == 1 else 'open'} the {path.opens} gate"
    if path.opens is None:
        does = f"{'lifts' if len(path.steps) == 1 else 'lift'} {path.aspect} up to the next aspect"
    before, after = text.score(path.readiness_before), text.score_of(last.readiness)
    return f"{_count(path)} {does}. Readiness {_goes(before, after)}."


def lead(path: Path) -> str:
    """Return whether the path is proven to be the shortest."""
    if not path.steps:
        return ""
    if path.exact:
        return "No way is shorter: all were compared."
    return "There were too many ways to compare them all, so a shorter one may exist."


def show(visit: Visit, path: Path, library: Library) -> None:
    """Draw the steps as a list, each with its goal, what readiness is after it, and its component."""
    planned = of_program(components.components, visit)
    offered: set[str] = set()
    for number, step in enumerate(path.steps, start=1):
        st.html('<div style="border-top:1px solid var(--gw-rule)"></div>')
        what, then, whose = st.columns([11, 4, 6], gap="large")
        what.html(_what(number, step, library))
        then.html(_then(step, path, path.steps[number - 2] if number > 1 else None))
        with whose:
            carrier = carrier_of(step, planned)
            if carrier.proposed is not None and carrier.proposed.id in offered:
                shell.note(f"Carried by {text.quoted(carrier.proposed.name)}, proposed above.")
            else:
                _carrier(visit, step, carrier, number)
            offered |= {carrier.proposed.id} if carrier.proposed else set()
    if path.steps:
        shell.note(HOW)
        tables.downloads(table(path, library), key="results.path")


def table(path: Path, library: Library) -> tables.Table:
    """Return the steps as a table to take along."""
    names = ("Step", "Statement", "Dimension", "From", "To", "Goal", "Readiness after", *map(str.capitalize, ASPECTS))
    shows = (*[tables.plain] * 6, *[text.score] * 4)
    numbers = (0, 3, 4, 6, 7, 8, 9)
    pairs = zip(names, shows, strict=True)
    columns = tuple(tables.Column(*each, number=at in numbers) for at, each in enumerate(pairs))
    rows = tuple(
        (
            number,
            tables.Cell(library.statement(each.statement).text, note=each.statement),
            library.dimension(each.dimension).short_name,
            each.from_level,
            each.to_level,
            each.goal,
            each.readiness,
            *(each.scores[aspect] for aspect in ASPECTS),
        )
        for number, each in enumerate(path.steps, start=1)
    )
    return tables.Table(columns, rows, name="next_steps")


def carrier_of(step: Step, planned: Sequence[Component]) -> Carrier:
    """Return the component that lifts a step's dimension, else the first of the catalog's that the program lacks."""
    wanted = catalog.PROPOSALS.get(step.dimension, ())
    held = {each.catalog_id: each for each in planned if each.catalog_id}
    mine = next((each for each in planned if each.dimension_id == step.dimension), None)
    if mine is not None:
        return Carrier(planned=mine)
    if free := [each for each in wanted if each not in held]:
        return Carrier(proposed=catalog.load().component(free[0]))
    return Carrier(planned=next((held[each] for each in wanted), None))


def _what(number: int, step: Step, library: Library) -> str:
    statement, levels = library.statement(step.statement), library.scale
    part = library.dimension(step.dimension)
    gated = ", which the gate looks at" if part.gated else ""
    from_, to = (f"{level} {levels[level]}" for level in (step.from_level, step.to_level))
    return (
        '<div style="display:flex;gap:16px"><span style="font-family:\'Source Serif\',Georgia,serif;font-size:1.375rem;'
        f'line-height:1.2;color:var(--gw-{safe.markup(part.aspect)}-text)">{number}</span><div>'
        f'<h2 class="gw-title">{safe.markup(statement.text)}</h2>'
        f'<p class="gw-note">{safe.markup(statement.id)} · {safe.markup(part.short_name)}{gated}</p>'
        f'<p style="margin:8px 0 0;line-height:1.5">From {safe.markup(from_)} to <b>{safe.markup(to)}</b>: '
        f"{safe.markup(text.quoted(step.goal))}</p></div></div>"
    )


def _then(step: Step, path: Path, before: Step | None) -> str:
    """What follows from a step and those before it: readiness, and which aspect comes next."""
    was = path.readiness_before if before is None else before.readiness
    head = "Readiness stays at" if was == step.readiness else f"Readiness from {text.score(was)} to"
    own = "" if path.aspect is None else f"{path.aspect.capitalize()} {text.score(step.scores[path.aspect])}. "
    opened = before is not None and before.start_with != step.start_with
    next_ = f"Then start with {step.start_with}." if opened or step is path.steps[-1] else ""
    return (
        f'<p class="gw-note">{head}</p><p class="gw-number" style="margin:0">{text.score(step.readiness)}</p>'
        f'<p class="gw-note">{safe.markup(own + next_)}</p>'
    )


def _carrier(visit: Visit, step: Step, carrier: Carrier, number: int) -> None:
    """Draw the component that carries a step: one that is planned opens the plan, one that is not can be adopted."""
    if carrier.planned is not None:
        shell.note(f"Component {text.quoted(carrier.planned.name)} is planned for this.")
        if st.button("Open the plan", key=f"results.plan.{number}"):
            st.switch_page("plan/components.py", query_params={"component": carrier.planned.id})
        return
    if carrier.proposed is None:
        shell.note("The catalog has no component for this part. Add one of your own on the components page.")
        return
    entry = carrier.proposed
    st.html(
        f'<p class="gw-note"><b style="color:var(--gw-ink)">{safe.markup(entry.name)}</b><br>'
        f"{safe.markup(entry.description)} {safe.markup(catalog.ORIGINS[entry.origin])}.</p>"
    )
    noun = f"results.adopt.{entry.id}"
    if visit.may("plan.edit") and st.button("Adopt with this goal", key=noun):
        forms.attempt(
            actions.adopt,
            visit.actor,
            noun=noun,
            program_id=visit.program_id,
            proposals=[(entry.id, step.dimension)],
            goal=step.goal,
            intention=forms.intention(noun),
        )


def _count(path: Path) -> str:
    number = len(path.steps)
    return f"{SPELLED[number] if number < len(SPELLED) else number} step{'' if number == 1 else 's'}"


def _goes(before: str, after: str) -> str:
    return f"stays at {after}" if after.startswith(f"{before} ") else f"goes from {before} to {after}"
