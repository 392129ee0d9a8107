"""One component: from the low dimension that it lifts to its owner, money, dates, work, gate, metric and risks."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from data.metrics import catalog as metrics
from pages.ui import plan as words
from pages.ui import shell, tables, text
from pages.ui.component_choice import aspect_of
from pages.ui.component_reads import HERE, Plan, about, address
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program import catalog
from program.components import Component, is_late, is_live
from program.gates import Gate
from program.queries import objectives, roadmap, strategy, targets
from program.schedule import Cycle
from program.targets import Target

ORDER = ("Why", "What for", "Who", "Money", "Dates", "Work", "Gate", "Effect", "Risks", "Decisions")


@dataclass(frozen=True)
class Step:
    """One place of the thread: what it is about, what it says, a second line, and the address where it is settled."""

    about: str
    says: str
    note: str = ""
    tone: str = ""
    link: str = ""
    open: str = ""


def headline(component: Component, plan: Plan) -> str:
    """Return what a component lifts, who answers for it and whether it can go on, in one sentence."""
    gate, dimension = plan.gates[component.id], words.dimension_of(component)
    name = text.quoted(component.name)
    if dimension is None:
        begins = f"{name} names no part of the assessment that it should lift"
    elif gate.facts.score is None:
        begins = f"{name} should lift {dimension.short_name.lower()}, which has no score yet"
    else:
        begins = f"{name} should lift {dimension.short_name.lower()}, now {text.score_of(gate.facts.score)}"
    owners = plan.owners.get(component.id, ())
    owned = (
        f"{text.listed(owners)} {'answers' if len(owners) == 1 else 'answer'} for it" if owners else "nobody owns it"
    )
    return f"{begins}; {owned}, and {standing(gate)}."


def standing(gate: Gate) -> str:
    """Return how a gate stands, as the end of a sentence."""
    stage = text.quoted(catalog.STAGE_NAMES[gate.stage])
    if gate.held:
        return f"it {'was stopped' if gate.held == 'stop' else 'is on hold'} at {stage}"
    if gate.can_pass:
        return f"it can leave {stage}"
    return f"{text.plural(len(gate.open), 'criterion keeps', 'criteria keep')} it at {stage}"


def show(visit: Visit, plan: Plan, component: Component) -> None:
    """Draw the thread as a table: each row leads to the page where it is settled."""
    found = steps(visit, plan, component)
    rows = tuple(
        (
            tables.Cell(each.about, "muted"),
            tables.Cell(each.says, each.tone, note=each.note),
            tables.Cell(each.open, link=each.link) if each.link else tables.Cell(None),
        )
        for each in found
    )
    columns = (tables.Column("Thread"), tables.Column("Today"), tables.Column("Settled on", tables.blank))
    shell.note(origin(component))
    if component.goal:
        st.html(f'<p class="gw-what">{markup(component.goal)}</p>')
    tables.show(tables.Table(columns, rows, name="component_thread"), key="component.thread")


def origin(component: Component) -> str:
    """Return where a component comes from, with the catalog's words about it."""
    whence = f"Origin: {catalog.ORIGINS[component.origin].lower()}."
    return f"{catalog.load().component(component.catalog_id).description} {whence}" if component.catalog_id else whence


def steps(visit: Visit, plan: Plan, component: Component) -> list[Step]:
    """Return the thread of a component, in the order of ORDER."""
    gate = plan.gates[component.id]
    return [
        _why(visit, plan, component, gate),
        _objectives(visit, plan, component),
        _owner(visit, plan, component, gate),
        _money(visit, plan, component),
        _dates(visit, plan, component),
        _work(visit, plan, component, gate),
        _gate(visit, component, gate),
        _effect(visit, component),
        _risks(visit, plan, component, gate),
        _decisions(visit, plan, component, gate),
    ]


def _why(visit: Visit, plan: Plan, component: Component, gate: Gate) -> Step:
    aspect = aspect_of(component)
    link = about(visit, plan, component, "assess/results.py")
    if not aspect:
        edit = about(visit, plan, component, HERE)
        return Step("Why", "■ It names no part of the assessment", "Choose one under Edit.", "act", edit, "Edit")
    dimension = words.dimension_of(component)
    short = dimension.short_name if dimension else ""
    if gate.facts.score is None:
        return Step("Why", f"{short}: no score yet", gate.facts.unscored, "", link, "Results")
    low = gate.facts.score < gate.facts.target
    says = f"{short}: {text.score_of(gate.facts.score)}"
    note = f"{text.capital(aspect)}; the target is {gate.facts.target}"
    return Step("Why", f"▲ {says}" if low else f"✓ {says}", note, "watch" if low else "good", link, "Results")


def _objectives(visit: Visit, plan: Plan, component: Component) -> Step:
    served = {
        each.objective_id for each in strategy.contributions(visit.program_id) if each.component_id == component.id
    }
    named = [each.title for each in objectives.objectives(visit.program_id) if each.id in served]
    link = about(visit, plan, component, "plan/strategy.py")
    if not named:
        return Step("What for", "■ It serves no objective", tone="act", link=link, open="Strategy")
    return Step("What for", text.listed([text.quoted(each) for each in named]), link=link, open="Strategy")


def _owner(visit: Visit, plan: Plan, component: Component, gate: Gate) -> Step:
    link = about(visit, plan, component, "people/ownership.py")
    ladder = f"Ownership stands at {text.quoted(gate.facts.ladder)}" if gate.facts.ladder else "Not on the ladder yet"
    if owners := plan.owners.get(component.id):
        return Step("Who", text.listed(owners), ladder, "strong", link, "Ownership")
    return Step("Who", "■ Nobody answers for it", ladder, "act", link, "Ownership")


def _money(visit: Visit, plan: Plan, component: Component) -> Step:
    link = about(visit, plan, component, "plan/budget.py")
    sums = plan.money.get(component.id, ())
    if not sums:
        return Step("Money", "○ No budget line", tone="muted", link=link, open="Budget")
    says = "; ".join(
        f"{text.money_short(each.planned, each.currency)} planned, {text.money_short(each.actual, each.currency)} spent"
        for each in sums
    )
    over = [each for each in sums if each.planned is not None and each.expected > each.planned]
    note = "; ".join(
        f"ends {text.money_short(each.expected - (each.planned or 0), each.currency)} over its plan" for each in over
    )
    return Step("Money", f"▲ {says}" if over else says, text.capital(note), "watch" if over else "", link, "Budget")


def _dates(visit: Visit, plan: Plan, component: Component) -> Step:
    link = about(visit, plan, component, words.PAGE)
    known = (("starts", component.starts_on), ("due", component.due_on), ("live", component.live_on))
    says = text.capital(", ".join(f"{word} {text.day(day)}" for word, day in known if day)) or "○ No dates"
    if is_late(component, visit.today) and component.due_on:
        late = text.days((visit.today - component.due_on).days)
        return Step("Dates", f"■ {says}", f"{late} late", "act", link, "Edit")
    live = "It is live" if is_live(component, visit.today) else ""
    return Step("Dates", says, live, "" if component.due_on else "muted", link, "Edit")


def _work(visit: Visit, plan: Plan, component: Component, gate: Gate) -> Step:
    link = about(visit, plan, component, "plan/roadmap.py")
    count = gate.facts.activities
    if not count:
        return Step("Work", "○ Nothing on the roadmap", tone="muted", link=link, open="Roadmap")
    says = text.capital(text.plural(count, "activity", "activities"))
    try:
        placed = roadmap.roadmap(visit.program_id, today=visit.today).activities
    except Cycle:
        return Step("Work", f"■ {says}", "They wait for each other in a circle.", "act", link, "Roadmap")
    mine = [each for each in placed if each.activity.component_id == component.id]
    done = sum(each.done for each in mine)
    critical = sum(each.critical and not each.done for each in mine)
    ends = f"until {text.day(max(each.finish for each in mine))}" if mine else ""
    decides = f"; {critical} {'decides' if critical == 1 else 'decide'} the program's end" if critical else ""
    return Step("Work", f"{says}, {done} done, {ends}", text.capital(decides[2:]), link=link, open="Roadmap")


def _gate(visit: Visit, component: Component, gate: Gate) -> Step:
    link = address(visit, words.PAGE, component=component.id, component__view="Gate")
    cell = words.gate_cell(gate)
    note = f"Cannot pass because {gate.because}." if gate.open else ""
    stage = catalog.STAGE_NAMES[gate.stage]
    return Step("Gate", f"{cell.value} · {stage}", note, cell.tone, link, "Gate")


def _effect(visit: Visit, component: Component) -> Step:
    promised = [each for each in targets.targets(visit.program_id) if each.component_id == component.id]
    known = metrics()
    if not promised:
        link = address(visit, "measure/engagement.py")
        return Step("Effect", "○ No metric is promised", tone="muted", link=link, open="Engagement")
    link = address(visit, "measure/engagement.py", metric=known[promised[0].metric_id].name)
    return Step(
        "Effect", "; ".join(_promise(each, visit.program.currency) for each in promised), "", "", link, "Engagement"
    )


def _promise(target: Target, currency: str) -> str:
    metric = metrics()[target.metric_id]
    by = f" by {text.day(target.due_on)}" if target.due_on else ""
    return f"{metric.name}: {text.measured(target.target, metric.unit, currency=currency)}{by}"


def _risks(visit: Visit, plan: Plan, component: Component, gate: Gate) -> Step:
    link = about(visit, plan, component, "plan/risks.py")
    facts = gate.facts
    if not facts.risks:
        return Step("Risks", "○ None is named", tone="muted", link=link, open="Risks")
    says = text.capital(text.plural(facts.open_risks, "open risk", "open risks"))
    if facts.unowned_risks:
        return Step("Risks", f"▲ {says}", f"{facts.unowned_risks} without an owner", "watch", link, "Risks")
    return Step("Risks", says, "", "", link, "Risks")


def _decisions(visit: Visit, plan: Plan, component: Component, gate: Gate) -> Step:
    link = about(visit, plan, component, "plan/decisions.py")
    made, ahead = len(gate.facts.decisions), gate.facts.open_decisions
    if not made and not ahead:
        return Step("Decisions", "○ None on record", tone="muted", link=link, open="Decisions")
    says: Sequence[str] = [f"{made} made", *([f"{ahead} open"] if ahead else [])]
    return Step("Decisions", text.listed(says), link=link, open="Decisions")
