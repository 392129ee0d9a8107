"""What the actions of the roadmap are given."""

from decimal import Decimal

from program.activity_rows import ActivityRow, RowLink
from program.placing import Waiting
from tests.program.acting_world import DAY, Case

ROWS = [
    ActivityRow(2, "A", "Learn", Decimal(3)),
    ActivityRow(3, "B", "Tell", Decimal(1), (RowLink("A", "FS", Decimal("0.5")),)),
]
CASES: dict[str, Case] = {
    "roadmap.add_activity": Case(
        "plan.edit",
        lambda w: {
            "name": "Launch", "duration": Decimal(0), "after": w.activity_id, "component_id": w.component_id,
            "owner_id": w.stakeholder_id,
        },
    ),
    "roadmap.change_activity": Case(
        "plan.edit", lambda w: {"activity_id": w.activity_id, "version": 1, "duration": Decimal(4)}
    ),
    "roadmap.change_activities": Case(
        "plan.edit",
        lambda w: {
            "activities": {w.activity_id: 1, w.next_activity_id: 1}, "component_id": w.component_id,
            "owner_id": w.stakeholder_id,
        },
    ),
    "roadmap.remove_activity": Case(
        "plan.edit", lambda w: {"activity_id": w.activity_id, "version": 1, "bridge": True}
    ),
    "roadmap.record_progress": Case(
        "plan.edit", lambda w: {"activity_id": w.activity_id, "version": 1, "percent": Decimal(40)}
    ),
    "links.link": Case(
        "plan.edit",
        lambda w: {
            "predecessor_id": w.activity_id, "successor_id": w.next_activity_id, "kind": "SS", "lag": Decimal("1.5")
        },
    ),
    "links.change_link": Case(
        "plan.edit", lambda w: {"link_id": w.activity_link_id, "version": 1, "lag": Decimal(2)}
    ),
    "links.unlink": Case("plan.edit", lambda w: {"link_id": w.activity_link_id, "version": 1}),
    "links.set_links": Case(
        "plan.edit",
        lambda w: {
            "activity_id": w.next_activity_id, "seen": {w.activity_link_id: 1},
            "wanted": [Waiting(w.activity_id, "SS", Decimal(2))],
        },
    ),
    "baselines.make_baseline": Case("plan.edit", lambda _: {"name": "Second"}),
    "planning.set_settings": Case("money.edit", lambda _: {"version": 1, "reserve": Decimal(900)}),
    "planning.add_day_off": Case("plan.edit", lambda _: {"on": DAY, "name": "Stocktaking"}),
    "planning.remove_day_off": Case("plan.edit", lambda w: {"day_off_id": w.day_off_id, "version": 1}),
    "planning.save_scenario": Case(
        "plan.edit",
        lambda w: {
            "name": "Slow",
            "changes": [{"activity_id": w.activity_id, "delay": "2"}, {"line_id": w.line_id, "cost": "9"}],
        },
    ),
    "planning.change_scenario": Case(
        "plan.edit", lambda w: {"scenario_id": w.scenario_id, "version": 1, "note": "If Ann is away"}
    ),
    "planning.remove_scenario": Case("plan.edit", lambda w: {"scenario_id": w.scenario_id, "version": 1}),
    "roadmap.import_activities": Case("plan.edit", lambda _: {"rows": ROWS}),
}  # fmt: skip
