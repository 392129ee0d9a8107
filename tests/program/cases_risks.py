"""What the actions of risks, decisions and follow-ups are given."""

from datetime import date
from decimal import Decimal

from program.decisions import Option
from tests.program.acting_world import Case

DAY = date(2026, 3, 1)
CASES: dict[str, Case] = {
    "risks.add_risk": Case(
        "plan.edit",
        lambda w: {
            "title": "The desk is not staffed", "component_id": w.component_id, "owner_id": w.stakeholder_id,
            "probability": 4, "impact": 5, "cost": Decimal("12000.50"),
        },
    ),
    "risks.change_risk": Case(
        "plan.edit", lambda w: {"risk_id": w.risk_id, "version": 1, "owner_id": w.other_id, "probability": 2}
    ),
    "risks.close_risk": Case("plan.edit", lambda w: {"risk_id": w.risk_id, "version": 1, "status": "happened"}),
    "risks.reopen_risk": Case("plan.edit", lambda w: {"risk_id": w.risk_id, "version": 1}),
    "risks.accept_proposal": Case(
        "plan.edit",
        lambda w: {
            "proposal": f"powerful_without_duty:{w.other_id}", "title": "Cy has no duty", "owner_id": w.stakeholder_id
        },
    ),
    "risks.dismiss_proposal": Case(
        "plan.edit",
        lambda w: {
            "proposal": f"assumption_overdue:{w.assumption_id}", "title": "Nobody checked", "reason": "It was checked."
        },
    ),
    "decisions.add_decision": Case(
        "plan.edit",
        lambda w: {
            "question": "Which tool?", "options": [Option("Ours"), Option("Theirs", "Dear")],
            "component_id": w.component_id, "decider_id": w.stakeholder_id,
        },
    ),
    "decisions.change_decision": Case(
        "plan.edit", lambda w: {"decision_id": w.decision_id, "version": 1, "dissent": "Cy would rather wait."}
    ),
    "decisions.decide": Case(
        "plan.edit",
        lambda w: {
            "decision_id": w.decision_id, "version": 1, "chosen": "Ours", "decided_on": DAY,
            "decider_id": w.stakeholder_id,
        },
    ),
    "decisions.reopen_decision": Case("plan.edit", lambda w: {"decision_id": w.decision_id, "version": 1}),
    "decisions.add_assumption": Case(
        "plan.edit",
        lambda w: {"text": "Half of them write", "decision_id": w.decision_id, "owner_id": w.stakeholder_id},
    ),
    "decisions.change_assumption": Case(
        "plan.edit",
        lambda w: {"assumption_id": w.assumption_id, "version": 1, "expires_on": DAY, "component_id": w.component_id},
    ),
    "decisions.check_assumption": Case(
        "plan.edit", lambda w: {"assumption_id": w.assumption_id, "version": 1, "state": "holds"}
    ),
    "decisions.remove_assumption": Case("plan.edit", lambda w: {"assumption_id": w.assumption_id, "version": 1}),
    "changes.record_change": Case(
        "plan.edit",
        lambda w: {
            "what": "Three shifts", "on": DAY, "component_id": w.component_id, "baseline_id": w.baseline_id,
            "metric_id": "win_rate", "metric_before": Decimal("0.2"),
        },
    ),
    "changes.correct_change": Case(
        "plan.edit",
        lambda w: {"change_record_id": w.change_record_id, "version": 1, "what": "Two shifts", "metric_id": "win_rate"},
    ),
    "changes.remove_change": Case("plan.edit", lambda w: {"change_record_id": w.change_record_id, "version": 1}),
    "follow_ups.add_follow_up": Case(
        "plan.edit",
        lambda w: {
            "title": "Ask legal", "origin": "decision", "origin_id": w.decision_id, "owner_id": w.stakeholder_id,
            "due_on": DAY,
        },
    ),
    "follow_ups.change_follow_up": Case(
        "plan.edit", lambda w: {"follow_up_id": w.follow_up_id, "version": 1, "owner_id": w.other_id}
    ),
    "follow_ups.complete_follow_up": Case("plan.edit", lambda w: {"follow_up_id": w.follow_up_id, "version": 1}),
    "follow_ups.reopen_follow_up": Case("plan.edit", lambda w: {"follow_up_id": w.follow_up_id, "version": 1}),
    "follow_ups.remove_follow_up": Case("plan.edit", lambda w: {"follow_up_id": w.follow_up_id, "version": 1}),
}  # fmt: skip
