"""What is entered at a gate: evidence for a criterion, a decision with dissent or a waiver, a step back."""

from datetime import timedelta
from typing import Any

import streamlit as st

from pages.ui import forms, gates, shell, text
from pages.ui.component_reads import Plan
from pages.ui.fields import Choice, Day, Field, Text
from pages.ui.shell import Visit
from program import catalog
from program.actions import components
from program.actions import gates as actions
from program.components import Component
from program.gates import OUTCOMES, PASSING, Gate, let_pass
from program.policy import load

NOTHING = "Nothing is waived"


def evidence(visit: Visit, gate: Gate) -> None:
    """Draw what is attached to this gate with a way to take it back, and the form that attaches more."""
    words = {each.id: each.criterion.words for each in gate.criteria}
    wanting = [each.id for each in gate.criteria if each.criterion.judged != "fact" and not each.met]
    for each in (judged for judged in gate.criteria if judged.evidence):
        shell.title("", each.criterion.words)
        gates.show_evidence(each.evidence)
        for shown in each.evidence:
            key = f"gate.evidence.{shown.id}"
            if st.button(f"Take back the evidence of {text.day(shown.added_at.date())}", key=key):
                taken: dict[str, Any] = {"evidence_id": shown.id, "version": shown.version}
                forms.attempt(actions.remove_gate_evidence, visit.actor, program_id=visit.program_id, **taken)
    asked: tuple[Field, ...] = (
        Choice("criterion", "Shows that", words),
        Text("link", "Link", most=2000, hint="https://"),
        Text("note", "What shows it", long=True, most=2000),
    )
    noun, begin = f"gate.{gate.component_id}.evidence", {"criterion": next(iter(wanting), None)}
    if sent := forms.ask(noun, asked, begin=begin, submit="Attach it", main=False):
        forms.add(
            sent, actions.add_gate_evidence, visit.actor, program_id=visit.program_id, component_id=gate.component_id
        )


def decide(visit: Visit, plan: Plan, gate: Gate) -> None:
    """Draw the decision: what is decided, by whom, on which day, why, who disagreed, and what is let pass."""
    if not plan.people:
        shell.note("A gate is decided by somebody on the map, and nobody is there yet. Put people on the map first.")
        return
    outcome = _outcome(gate)
    fields = _fields(plan, gate, outcome)
    noun = f"gate.{gate.component_id}.{gate.stage}.{outcome}"
    until = visit.today + timedelta(days=load().waiver_days)
    begin = {"decided_on": visit.today, "decider_id": _likely(plan, gate), "expires_on": until}
    open_ = [each for each in gate.criteria if not each.met]
    waived: list[str] = []
    if outcome == "waive":
        chosen = st.multiselect(
            "Let pass though not met",
            [each.id for each in open_],
            format_func={each.id: each.criterion.words for each in open_}.__getitem__,
            wrap=True,
            placeholder=NOTHING,
            select_all=False,
            key=f"{noun}.waived",
        )
        waived = list(chosen)
        shell.note(let_pass(len(waived), len(gate.criteria)))
    sent = forms.ask(noun, fields, begin=begin, submit=_verb(outcome), columns=3)
    if sent:
        forms.attempt(
            actions.decide_gate,
            visit.actor,
            noun=noun,
            program_id=visit.program_id,
            component_id=gate.component_id,
            version=gate.version,
            outcome=outcome,
            waived=waived,
            home=visit.home,
            intention=sent.intention,
            **sent.values,
        )


def step_back(visit: Visit, component: Component) -> None:
    """Draw the way back to an earlier stage, for a mistake or a change of mind; its gates ask again."""
    earlier = catalog.STAGES[: catalog.STAGES.index(component.stage)]
    if not earlier:
        return
    with st.popover("Set it back"):
        st.caption("To an earlier stage, whose gate then asks again. What was decided stays on record.")
        to = st.selectbox("Stage", earlier, format_func=catalog.STAGE_NAMES.__getitem__, key="gate.back")
        if st.button("Set it back", key="gate.back.do") and to:
            forms.attempt(
                components.change_component,
                visit.actor,
                program_id=visit.program_id,
                component_id=component.id,
                version=component.version,
                stage=to,
            )


def _outcome(gate: Gate) -> str:
    ready = ["pass", "hold", "stop"] if gate.can_pass else ["hold", "waive", "stop"]
    return (
        st.selectbox(
            "Decision",
            ready,
            format_func=OUTCOMES.__getitem__,
            key=f"gate.outcome.{gate.component_id}.{gate.stage}.{len(ready)}.{gate.can_pass}",
            width=280,
        )
        or ready[0]
    )


def _fields(plan: Plan, gate: Gate, outcome: str) -> tuple[Field, ...]:
    people = {each.id: each.name for each in plan.people}
    ways = {each: catalog.STAGE_NAMES[each] for each in gate.next_stages}
    asked: list[Field] = [
        Choice("decider_id", "Who decides", people, none="Choose who decides"),
        Day("decided_on", "On", required=True),
    ]
    if outcome in PASSING and len(ways) > 1:
        asked.append(Choice("next_stage", "It goes on to", ways))
    if outcome == "waive":
        asked.append(Day("expires_on", "The waiver holds until", required=True))
    asked.append(Text("reason", "Why", required=True, long=True, most=2000))
    asked.append(Text("dissent", "Who disagreed, and why", long=True, most=2000))
    return tuple(asked)


def _likely(plan: Plan, gate: Gate) -> str | None:
    """Whoever answers for the component, as the first choice."""
    named = plan.owners.get(gate.component_id, ())
    return next((each.id for each in plan.people if each.name in named), None)


def _verb(outcome: str) -> str:
    return {"pass": "Pass the gate", "waive": "Pass with the waiver", "hold": "Put it on hold", "stop": "Stop it"}[
        outcome
    ]
