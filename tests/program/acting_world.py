"""A program with one row of each kind, for the table of every action (acting.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from program.actions.assessments import add_respondent, join_run, start_run
from program.actions.budget import add_line
from program.actions.evidence import add_evidence
from program.actions.influence import set_tie
from program.actions.members import invite_member
from program.actions.objectives import add_objective
from program.actions.ownership import add_item, hand_over, set_duty
from program.actions.stakeholders import add_stakeholder, add_step
from program.actions.targets import set_target
from program.queries.influence import ties
from program.queries.members import members
from program.queries.targets import targets
from program.reports.exchange import export_program
from program.store.unit_of_work import intend
from program.values import Actor
from tests.program.filled_plan import fill_plan
from tests.program.making import component

DAY = date(2026, 3, 1)
SHOWN: dict[str, Any] = {
    "statement_id": "MI-VOC-1", "function": "it", "kind": "decision_log", "note": "Minutes of May"
}  # fmt: skip
OF_THE_PLAN = (
    "contribution", "canvas_note", "use_case", "vendor", "gate_evidence", "activity", "activity_link", "day_off",
    "baseline", "scenario", "plan_rate", "ledger_mapping", "unmatched_row", "benefit", "risk", "decision",
    "assumption", "change_record", "follow_up",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """
    A program with one row of each kind: their ids. mine: the respondent of whoever acts.
    other_id, second_id: another stakeholder and component.
    """

    home: Path
    program_id: str
    run_id: str
    respondent_id: str
    mine: str
    component_id: str
    second_id: str
    stakeholder_id: str
    other_id: str
    step_id: str
    tie_id: str
    item_id: str
    handover_id: str
    line_id: str
    objective_id: str
    target_id: str
    evidence_id: str
    membership_id: str
    user_id: str
    exported: bytes
    contribution_id: str
    canvas_note_id: str
    use_case_id: str
    vendor_id: str
    gate_evidence_id: str
    activity_id: str
    next_activity_id: str
    activity_link_id: str
    day_off_id: str
    draft_id: str
    baseline_id: str
    scenario_id: str
    plan_rate_id: str
    ledger_mapping_id: str
    unmatched_row_id: str
    benefit_id: str
    risk_id: str
    decision_id: str
    assumption_id: str
    change_record_id: str
    follow_up_id: str

    @property
    def accounts(self) -> Path:
        file = self.home / "accounts.csv"
        file.write_text("account_id,name\n007,Ann & Co\n")
        return file


def world(owner: Actor, program_id: str, home: Path) -> World:
    """Fill an empty program. The owner has joined its run, and a person without a user."""
    run_id = start_run(owner, program_id=program_id, name="Spring")
    component_id = component(owner, program_id)
    stakeholder_id = add_stakeholder(owner, program_id=program_id, name="Ada")
    other_id = add_stakeholder(owner, program_id=program_id, name="Cy")
    set_tie(owner, program_id=program_id, source_id=stakeholder_id, target_id=other_id, kind="advises", weight=2)
    (tie,) = ties(program_id)
    set_duty(
        owner, program_id=program_id, component_id=component_id, stakeholder_id=stakeholder_id, letters="A", before=""
    )
    set_target(owner, program_id=program_id, component_id=component_id, metric_id="win_rate", target=Decimal("0.6"))
    membership_id = invite_member(owner, program_id=program_id, email="ivy@example.com", name="Ivy", role="viewer")
    (target,) = targets(program_id)
    line_id = add_line(owner, program_id=program_id, component_id=component_id, name="Tools")
    with intend(owner, action="test.fill", needs="program.manage", program_id=program_id) as unit:
        plan = fill_plan(owner, unit, component_id, stakeholder_id, line_id)
    return World(
        home=home,
        program_id=program_id,
        run_id=run_id,
        respondent_id=add_respondent(owner, program_id=program_id, run_id=run_id, name="Ann", function="sales"),
        mine=join_run(owner, program_id=program_id, run_id=run_id, function="it"),
        component_id=component_id,
        second_id=component(owner, program_id, "Community desk"),
        stakeholder_id=stakeholder_id,
        other_id=other_id,
        step_id=add_step(owner, program_id=program_id, stakeholder_id=stakeholder_id, what="Have coffee"),
        tie_id=tie.id,
        item_id=add_item(owner, program_id=program_id, kind="decision", name="What may be said", scheme="daci"),
        handover_id=hand_over(owner, program_id=program_id, component_id=component_id, to_id=other_id, on=DAY),
        line_id=line_id,
        objective_id=add_objective(owner, program_id=program_id, title="Answer sooner"),
        target_id=target.id,
        evidence_id=add_evidence(owner, program_id=program_id, run_id=run_id, **SHOWN),
        membership_id=membership_id,
        user_id=next(member.user_id for member in members(program_id) if member.id == membership_id),
        exported=export_program(program_id),
        next_activity_id=plan["next_activity"],
        draft_id=plan["draft"],
        **{f"{table}_id": plan[table] for table in OF_THE_PLAN},
    )


@dataclass(frozen=True)
class Case:
    """The grant that an action needs, what it is given besides the program, and whether it acts on them all."""

    grant: str
    given: Callable[[World], dict[str, Any]]
    everywhere: bool = False
