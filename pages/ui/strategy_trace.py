"""The trace: which component is there for which objective, and what the golden thread does not reach."""

from functools import partial

import streamlit as st

from pages.ui import shell, states, svg, tables, text
from pages.ui.safe import markup
from pages.ui.strategy import Plan
from pages.ui.tables import Cell, Column
from program.actions import strategy as actions
from program.strategy import Trace

STYLE = """
.scroll {overflow:auto;max-height:44rem;padding:2px}
table {border-collapse:separate;border-spacing:0;font-size:.9375rem;line-height:1.35;color:var(--gw-ink)}
th, td {border-bottom:1px solid var(--gw-rule);padding:4px 8px;font-weight:400;text-align:left}
th:first-child {position:sticky;left:0;z-index:1;background:var(--gw-page);padding-left:0;min-width:9rem;
 max-width:15rem;overflow-wrap:anywhere}
thead th {font-size:.8125rem;font-weight:600;color:var(--gw-muted);border-bottom:1px solid var(--gw-gray);
 vertical-align:bottom;min-width:7.5rem;max-width:11rem;overflow-wrap:anywhere}
td {text-align:center}
td i {display:inline-grid;place-items:center;width:32px;height:32px;border-radius:4px;font-style:normal}
td i::before {content:"";width:14px;height:14px;border-radius:50%;box-sizing:border-box}
td i.on::before {background:var(--gw-ink)}
td i.off::before {border:1.5px solid var(--gw-gray)}
td i.off[data-pick]:hover::before, td i.off[data-pick]:focus::before {border-color:var(--gw-ink)}
.act {color:var(--gw-act-text);font-weight:600;white-space:nowrap;font-size:.875rem}
@media (pointer:coarse) {td i {width:44px;height:44px}}
"""
KEY = "strategy.links"


def draw(plan: Plan) -> None:
    """Draw the links with what they do not reach beside them."""
    if not plan.trace.components:
        shell.note("There is no component yet, so nothing works for an objective.")
        if st.button("Choose the components", type="primary", key="strategy.components"):
            st.switch_page("plan/components.py")
        return
    if plan.trace.objectives:
        shell.title("What is there for what", "filled: it is there for it; hollow: it is not")
        on_pick = partial(toggle, plan) if plan.editable else None
        svg.draw(drawing(plan.trace, editable=plan.editable), key=KEY, style=STYLE, on_pick=on_pick)
        tables.downloads(as_table(plan.trace), key="strategy.trace")
        if plan.editable:
            shell.note("Press a circle, or reach it by Tab and press Enter, to link or part the two.")
    shell.title("What the thread does not reach")
    if plan.trace.orphans:
        tables.show(orphans(plan.trace), key="strategy.orphans")
    else:
        shell.note("Nothing: every component serves an objective, and every objective can be measured and is owned.")


def drawing(trace: Trace, *, editable: bool) -> str:
    """The components by the objectives, as a table; where it may be changed each cell is a box to check."""
    heads = "".join(f'<th scope="col">{markup(goal.title)}</th>' for goal in trace.objectives)
    rows = "".join(_row(trace, component.id, component.name, editable=editable) for component in trace.components)
    head = f'<tr><th scope="col">Component</th>{heads}</tr>'
    return f'<div class="scroll"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def toggle(plan: Plan, picked: str) -> None:
    """Link a component and an objective, or part them. A problem is shown by the next run."""
    component_id, _, objective_id = picked.partition("|")
    visit, held = plan.visit, plan.trace.of(component_id, objective_id)
    with states.saving(later=True):
        if held is None:
            pair = {"component_id": component_id, "objective_id": objective_id}
            actions.contribute(visit.actor, program_id=visit.program_id, **pair)
        else:
            actions.stop_contributing(
                visit.actor, program_id=visit.program_id, contribution_id=held.id, version=held.version
            )


def as_table(trace: Trace) -> tables.Table:
    """The same cells for the files."""
    goals = text.distinct({goal.id: goal.title for goal in trace.objectives})
    rows = tuple(
        (component.name, *("yes" if trace.of(component.id, goal) else "no" for goal in goals))
        for component in trace.components
    )
    return tables.Table((Column("Component"), *(Column(each) for each in goals.values())), rows, name="trace")


def orphans(trace: Trace) -> tables.Table:
    """What is missing, of what, and what to do next."""
    return tables.Table(
        columns=(Column("What"), Column("Missing"), Column("Next step")),
        rows=tuple(
            (Cell(each.name, "strong", note=each.kind), text.listed(each.missing_words), each.next_step)
            for each in trace.orphans
        ),
        name="orphans",
    )


def _row(trace: Trace, component_id: str, name: str, *, editable: bool) -> str:
    cells = "".join(_cell(trace, component_id, goal.id, f"{name}: {goal.title}", editable) for goal in trace.objectives)
    adrift = "" if trace.objectives_of(component_id) else '<br><span class="act">■ serves none</span>'
    return f'<tr><th scope="row">{markup(name)}{adrift}</th>{cells}</tr>'


def _cell(trace: Trace, component_id: str, objective_id: str, label: str, editable: bool) -> str:
    on = trace.of(component_id, objective_id) is not None
    state = "on" if on else "off"
    if not editable:
        return f'<td><i class="{state}" role="img" aria-label="{"yes" if on else "no"}"></i></td>'
    pick = svg.attributes(
        class_=state,
        data_pick=f"{component_id}|{objective_id}",
        tabindex=0,
        role="checkbox",
        aria_checked="true" if on else "false",
        aria_label=label,
    )
    return f"<td><i{pick}></i></td>"
