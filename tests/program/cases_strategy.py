"""What the actions of strategy are given."""

from decimal import Decimal

from program.scorecard import Mark, Weight
from tests.program.acting_world import Case

CASES: dict[str, Case] = {
    "strategy.contribute": Case(
        "plan.edit", lambda w: {"component_id": w.second_id, "objective_id": w.objective_id}
    ),
    "strategy.stop_contributing": Case("plan.edit", lambda w: {"contribution_id": w.contribution_id, "version": 1}),
    "strategy.add_note": Case(
        "plan.edit",
        lambda w: {
            "canvas": "swot", "cell": "threats", "text": "They leave", "objective_id": w.objective_id,
            "component_id": w.component_id,
        },
    ),
    "strategy.change_note": Case(
        "plan.edit", lambda w: {"note_id": w.canvas_note_id, "version": 1, "component_id": w.component_id}
    ),
    "strategy.remove_note": Case("plan.edit", lambda w: {"note_id": w.canvas_note_id, "version": 1}),
    "strategy.add_use_case": Case("plan.edit", lambda _: {"title": "Letters", "catalog_id": "service_peers"}),
    "strategy.change_use_case": Case(
        "plan.edit", lambda w: {"use_case_id": w.use_case_id, "version": 1, "description": "At once."}
    ),
    "strategy.remove_use_case": Case("plan.edit", lambda w: {"use_case_id": w.use_case_id, "version": 1}),
    "strategy.adopt_use_case": Case(
        "plan.edit",
        lambda w: {
            "catalog_id": "service_response", "objective_id": w.objective_id,
            "targets": {"unanswered": Decimal("0.1")},
        },
    ),
    "vendors.add_vendor": Case("plan.edit", lambda _: {"name": "Other Listening"}),
    "vendors.change_vendor": Case("plan.edit", lambda w: {"vendor_id": w.vendor_id, "version": 1, "name": "Acme"}),
    "vendors.remove_vendor": Case("plan.edit", lambda w: {"vendor_id": w.vendor_id, "version": 1}),
    "vendors.score_vendor": Case(
        "plan.edit",
        lambda w: {"vendor_id": w.vendor_id, "marks": [Mark("communities", 1, "Shown", 1), Mark("data_use", 2)]},
    ),
    "vendors.weigh_capabilities": Case(
        "plan.edit", lambda _: {"weights": [Weight("communities", 5, 1), Weight("data_use", 2)]}
    ),
}  # fmt: skip
