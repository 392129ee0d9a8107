"""What the actions of budget versions and benefits are given."""

from datetime import date
from decimal import Decimal

from program.budget_versions import Phase
from tests.program.acting_world import Case

MONTH = date(2026, 3, 1)
CASES: dict[str, Case] = {
    "versions.make_version": Case("money.edit", lambda w: {"name": "Revised", "revision_of": w.draft_id}),
    "versions.change_version": Case(
        "money.edit", lambda w: {"version_id": w.draft_id, "version": 1, "name": "Second draft"}
    ),
    "versions.set_phases": Case(
        "money.edit",
        lambda w: {"version_id": w.draft_id, "version": 1, "changes": [Phase(w.line_id, MONTH, Decimal(5))]},
    ),
    "versions.spread_line": Case(
        "money.edit",
        lambda w: {
            "version_id": w.draft_id,
            "version": 1,
            "line_id": w.line_id,
            "total": Decimal(100),
            "start": MONTH,
            "end": date(2026, 5, 31),
        },
    ),
    "versions.spread_plans": Case("money.edit", lambda w: {"version_id": w.draft_id, "version": 1}),
    "versions.approve_version": Case("money.edit", lambda w: {"version_id": w.draft_id, "version": 1}),
    "versions.remove_draft": Case("money.edit", lambda w: {"version_id": w.draft_id, "version": 1}),
    "benefits.add_benefit": Case(
        "money.edit",
        lambda w: {
            "name": "Fewer returns",
            "monthly": Decimal(100),
            "starts_on": MONTH,
            "component_id": w.component_id,
            "owner_id": w.stakeholder_id,
        },
    ),
    "benefits.change_benefit": Case(
        "money.edit", lambda w: {"benefit_id": w.benefit_id, "version": 1, "monthly": Decimal(700)}
    ),
    "benefits.remove_benefit": Case("money.edit", lambda w: {"benefit_id": w.benefit_id, "version": 1}),
}
