"""The What if view of the roadmap: what one activity's delay or length moves at once, kept under a name if wanted."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import forms, roadmap_cash, roadmap_moves, roadmap_scenarios, shell, text
from pages.ui import roadmap as page
from pages.ui.fields import Text
from pages.ui.roadmap import Plan
from pages.ui.shell import Visit
from program import roadmap, scenarios
from program.actions import planning
from program.baselines import FrozenPhase
from program.placing import LONGEST, PlacedActivity
from program.queries import roadmap as queries
from program.queries import versions
from program.queries.revisions import revision
from program.scenarios import Outcome, Scenario

NOTHING = ""
WEEKS_2 = 10
LISTED = 40
SAVE = (Text("name", "Name", required=True, hint="Supplier two weeks late"), Text("note", "Note", most=1000))


def show(visit: Visit, plan: Plan, above: DeltaGenerator) -> None:
    """Draw the question, its answer as the headline, and what moves: dates, gates, cash; then the kept what-ifs."""
    base, kept = base_of(visit, plan), queries.scenarios(visit.program_id)
    asked = _asked(plan, kept)
    if asked is None:
        with above:
            page.answer(plan)
        shell.note("Everything on the roadmap is done, so nothing can be later.")
        return
    changes, about = asked
    with page.patience(plan):
        found = scenarios.outcome(base, "What if", changes, planned=plan.roadmap)
    with above:
        shell.answer(headline(plan, found, about, changes))
    page.figures(st.container(), figures(plan, found))
    left, right = st.columns([7, 5], gap="large")
    with left:
        roadmap_moves.moves(plan, found)
    with right:
        roadmap_moves.gates(plan, found)
    roadmap_cash.show(base, scenarios.outcome(base, "Plan", (), planned=plan.roadmap), found)
    if visit.may("plan.edit") and changes:
        _save(visit, changes)
    if kept:
        roadmap_scenarios.show(visit, plan, base, kept)


def base_of(visit: Visit, plan: Plan) -> scenarios.Plan:
    """What scenarios change: the activities, the money by month of the budget approved last, and the due days."""
    return _base(visit.program_id, visit.today, revision(visit.program_id), plan)


def headline(plan: Plan, found: Outcome, placed: PlacedActivity, changes: Sequence[Mapping[str, Any]]) -> str:
    """What would come of the change, as a sentence."""
    finish = plan.roadmap.finish
    if not changes:
        return f"Nothing is changed yet: the roadmap ends on {text.day(finish)}."
    condition = _condition(placed, changes)
    if not found.finish_days:
        others = len([each for each in found.moved if each != placed.id])
        also = f", though {text.plural(others, 'other activity moves', 'other activities move')}" if others else ""
        return f"{condition}, the end stays on {text.day(finish)}{also}."
    days = roadmap.working_days(abs(found.finish_days))
    way = "later" if found.finish_days > 0 else "sooner"
    return f"{condition}, the roadmap ends {days} {way}, on {text.day(found.finish)}."


def _condition(placed: PlacedActivity, changes: Sequence[Mapping[str, Any]]) -> str:
    """If "Match" is 10 working days late and takes 20."""
    own = {
        key: each[key]
        for each in changes
        if each.get("activity_id") == placed.id
        for key in ("delay", "duration")
        if key in each
    }
    parts = []
    if "delay" in own:
        parts.append(f"starts {roadmap.working_days(float(own['delay']))} late")
    if "duration" in own:
        parts.append(f"takes {roadmap.working_days(float(own['duration']))}")
    if len(own) < len(changes):
        return f"With the scenario{' and this change' if own else ''}"
    return f"If {text.quoted(placed.activity.name)} {' and '.join(parts)}"


def figures(plan: Plan, found: Outcome) -> dict[str, str]:
    """The end as planned and then, how many activities move, and how many gates become late."""
    return {
        "Planned end": text.day(plan.roadmap.finish),
        "End with the change": text.day(found.finish),
        "Activities that move": text.number(len(found.moved)),
        "Gates that become late": text.number(len(roadmap_moves.newly_late(found))),
    }


@lru_cache(maxsize=16)
def _base_parts(program_id: str, revision: str) -> tuple[tuple[Any, ...], tuple[FrozenPhase, ...]]:  # noqa: ARG001
    version = versions.approved(program_id)
    months = versions.phases(program_id, version.id) if version else []
    phases = tuple(FrozenPhase(each.line_id, each.period, each.amount) for each in months if each.amount is not None)
    return queries.scope(program_id)[1], phases


def _base(program_id: str, today: date, revision: str, plan: Plan) -> scenarios.Plan:
    lines, phases = _base_parts(program_id, revision)
    return scenarios.Plan(
        activities=[each.activity for each in plan.roadmap.activities],
        calendar=queries.calendar(program_id),
        today=today,
        lines=lines,
        phases=phases,
        due={each.id: each.due_on for each in plan.components.values() if each.due_on},
    )


def _asked(plan: Plan, kept: Sequence[Scenario]) -> tuple[list[dict[str, Any]], PlacedActivity] | None:
    """The changes that are asked for, and the activity that they are about; None when all is done."""
    if all(each.done for each in plan.roadmap.activities):
        return None
    one, two, three, four = st.columns([4, 2, 2, 3], gap="medium")
    with one:
        which = page.choose(plan, open_only=True)
    placed = plan.roadmap.by_id[which]
    own = placed.activity.duration
    with two:
        delay = st.number_input(
            "Delay, working days", 0, int(LONGEST), WEEKS_2, key="roadmap.delay", bind="query-params"
        )
    with three:
        length = st.number_input(
            "Duration, working days",
            0.0,
            float(LONGEST),
            float(own),
            step=1.0,
            format="%g",
            key=f"roadmap.duration.{which}.{own}",
        )
    with four:
        under = _on_top_of(kept)
    changes = [dict(each) for each in under.changes if each.get("activity_id") != which] if under else []
    if delay:
        changes.append({"activity_id": which, "delay": str(delay)})
    wanted = own if length is None else Decimal(str(round(length, 4)))
    if wanted != own:
        changes.append({"activity_id": which, "duration": f"{wanted.normalize():f}"})
    return changes, placed


def _on_top_of(kept: Sequence[Scenario]) -> Scenario | None:
    names = text.distinct({NOTHING: "The plan", **{each.id: each.name for each in kept}})
    if len(names) == 1:
        return None
    if st.session_state.get("roadmap.base", NOTHING) not in names:
        del st.session_state["roadmap.base"]
    chosen = st.selectbox(
        "On top of", list(names), format_func=names.__getitem__, key="roadmap.base", bind="query-params"
    )
    return next((each for each in kept if each.id == chosen), None)


def _save(visit: Visit, changes: Sequence[Mapping[str, Any]]) -> None:
    shell.title("Keep this what-if", "Under a name, to compare it with others")
    if sent := forms.ask("scenario.add", SAVE, submit="Save the scenario", columns=2):
        forms.add(sent, planning.save_scenario, visit.actor, program_id=visit.program_id, changes=list(changes))
