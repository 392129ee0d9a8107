"""What people do at gates: show what a criterion asks for, and decide."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from program import fields, gates
from program.catalog import STAGE_NAMES
from program.evidence import check_link
from program.gates import PASSING, Gate
from program.queries import gates as queries
from program.store.plan_rows import today
from program.store.tables import Component, GateDecision, GateEvidence, Stakeholder
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


def add_gate_evidence(
    actor: Actor,
    *,
    program_id: str,
    component_id: str,
    criterion: str,
    note: str | None = None,
    link: str | None = None,
    stage: str | None = None,
    intention: str | None = None,
) -> str:
    """
    Attach what shows that a component meets a criterion, and return its id.

    stage: whose gate asks for it, the component's own without one. A note, a link, or both. Raises Invalid.
    """
    shown = {"note": fields.text(note, "note"), "link": check_link(link) if link and link.strip() else None}
    if not any(shown.values()):
        raise Invalid("note", "Write what shows it, or give a link to it.")
    try:
        with intend(
            actor, action="gate.add_evidence", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            component = unit.get(Component, component_id)
            at = fields.one_of(stage or component.stage, gates.NEXT, "stage")
            asked = [each.id for each in gates.criteria(at, component.catalog_id)]
            values = {"stage": at, "criterion": fields.one_of(criterion, asked, "criterion")}
            made = GateEvidence(component_id=component_id, added_by=actor.name, added_at=actor.now, **values, **shown)
            unit.subject(unit.add(made).id, component=component_id, **values)
            return made.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def remove_gate_evidence(actor: Actor, *, program_id: str, evidence_id: str, version: int) -> None:
    """Take evidence away. What was decided by it stays as it was decided."""
    with intend(actor, action="gate.remove_evidence", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(GateEvidence, evidence_id, version)


def decide_gate(
    actor: Actor,
    *,
    program_id: str,
    component_id: str,
    version: int,
    outcome: str,
    decider_id: str | None,
    reason: str | None,
    dissent: str | None = None,
    decided_on: date | None = None,
    waived: Sequence[str] = (),
    expires_on: date | None = None,
    next_stage: str | None = None,
    home: Path | None = None,
    intention: str | None = None,
) -> str:
    """
    Record what somebody decided at the gate of a component's stage, and return the decision's id.

    outcome: pass or waive moves the component to next_stage (the first of gates.NEXT without one); hold and stop leave
    it. version: of the component as it was seen. waived: the ids of criteria that are let pass though not met, with
    the reason, until expires_on, which every waiver has. decided_on: today without one. home: the folder of the
    warehouse, for metrics.

    The criteria are judged here and kept as they stand. Raises Invalid: passing while one is not met and not waived by
    name, waiving one that is met, nobody named who decides, no reason, a day ahead.
    """
    fields.one_of(outcome, gates.OUTCOMES, "outcome")
    values: dict[str, Any] = {"outcome": outcome, **_signed(decider_id, reason, dissent)}
    try:
        with intend(actor, action="gate.decide", needs="plan.edit", program_id=program_id, intention=intention) as unit:
            component = unit.get(Component, component_id, version, mine={"stage": outcome})
            unit.get(Stakeholder, values["decider_id"])
            values |= _dated(decided_on, expires_on, today(unit), outcome)
            gate = queries.gate(program_id, component_id, today=today(unit), home=home)
            values["waived"] = _waived(gate, outcome, list(dict.fromkeys(waived)))
            stage, to = component.stage, _next(gate, outcome, next_stage)
            if to is not None:
                unit.change(Component, component_id, version, stage=to)
            return _record(unit, gate, stage, to, values)
    except AlreadyDone as earlier:
        return earlier.subject_id


def _record(unit: Unit, gate: Gate, stage: str, to: str | None, values: dict[str, Any]) -> str:
    criteria = [{"id": each.id, "met": each.met, "sentence": each.sentence} for each in gate.criteria]
    row = GateDecision(
        component_id=gate.component_id, stage=stage, recorded_at=unit.actor.now, criteria=criteria, **values
    )
    made = unit.add(row)
    unit.subject(made.id, component=gate.component_id, stage=stage, to=to, outcome=made.outcome, waived=made.waived)
    return made.id


def _signed(decider_id: str | None, reason: str | None, dissent: str | None) -> dict[str, Any]:
    if not decider_id:
        raise Invalid("decider_id", "Say who decides. A gate is passed, held or stopped by somebody.")
    words = fields.text(reason, "reason")
    if words is None:
        raise Invalid("reason", "Write why. A decision without a reason cannot be understood later.")
    return {"decider_id": decider_id, "reason": words, "dissent": fields.text(dissent, "dissent")}


def _dated(decided_on: date | None, expires_on: date | None, today: date, outcome: str) -> dict[str, Any]:
    on = fields.optional_day(decided_on, "decided_on") or today
    until = fields.optional_day(expires_on, "expires_on")
    if on > today:
        raise Invalid("decided_on", "The day of the decision is ahead. Record it when it is taken.")
    if until and outcome != "waive":
        raise Invalid("expires_on", "Only a waiver runs out. Leave its day empty.")
    if until is None and outcome == "waive":
        raise Invalid("expires_on", "Say until which day the waiver holds. What is let pass is looked at again then.")
    fields.in_order(on, until, "expires_on", "The waiver runs out before it is given.")
    fields.in_order(today, until, "expires_on", "The waiver has run out by today, so it lets nothing pass.")
    return {"decided_on": on, "expires_on": until}


def _waived(gate: Gate, outcome: str, waived: list[str]) -> list[str]:
    """The criteria to let pass. Raises Invalid when they are not just those that keep the gate from being passed."""
    if outcome not in PASSING:
        if waived:
            raise Invalid("waived", "Only passing with a waiver lets a criterion pass. Choose it, or waive nothing.")
        return []
    ids = [each.id for each in gate.criteria]
    for each in waived:
        fields.one_of(each, ids, "criterion")
    if outcome == "pass" and waived:
        raise Invalid("outcome", "This passes with a waiver. Choose that, so that it is told apart later.")
    if sentence := gates.missing(gate.open, waived):
        raise Invalid("waived", f"{sentence} Meet it first, or pass with a waiver that names it.")
    met = [each.criterion.words for each in gate.criteria if each.met and each.id in waived]
    if met:
        raise Invalid("waived", f"This is met and needs no waiver: {' '.join(met)}")
    if outcome == "waive" and not waived:
        raise Invalid("waived", "Every criterion is met, so there is nothing to waive. Choose to pass.")
    return waived


def _next(gate: Gate, outcome: str, wanted: str | None) -> str | None:
    if outcome not in PASSING:
        return None
    to = wanted or gate.next_stages[0]
    if to not in gate.next_stages:
        ways = " or ".join(f"“{STAGE_NAMES[each]}”" for each in gate.next_stages)
        raise Invalid("next_stage", f"From “{STAGE_NAMES[gate.stage]}” it goes on to {ways}.")
    return to
