"""What the actions of gates are given."""

from tests.program.acting_world import Case

CASES: dict[str, Case] = {
    "gates.add_gate_evidence": Case(
        "plan.edit",
        lambda w: {"component_id": w.component_id, "criterion": "listening", "note": "Forty calls, listened to in May"},
    ),
    "gates.remove_gate_evidence": Case("plan.edit", lambda w: {"evidence_id": w.gate_evidence_id, "version": 1}),
    "gates.decide_gate": Case(
        "plan.edit",
        lambda w: {
            "component_id": w.component_id,
            "version": 1,
            "outcome": "hold",
            "decider_id": w.stakeholder_id,
            "reason": "Nobody listens yet.",
        },
    ),
}
