"""Files of earlier versions, brought to the shape of today's tables."""

from typing import Any

from program.parcel import Content
from program.store.tables import new_id

NEW_OF_STAKEHOLDER = (
    "legitimacy", "urgency", "wanted_power", "wanted_interest", "sees", "gain_customers", "gain_team", "gain_own"
)  # fmt: skip
NEW_OF_COMPONENT: dict[str, Any] = {"scheme": "raci", "ownership_stage": None, "wanted_ownership_stage": None}
NEW_OF_LINE: dict[str, Any] = {"recurrence": "once", "days": None, "day_rate": None}


def as_today(content: Content) -> Content:
    """Return the content of a program's file as today's version writes it; what is of today already stays as it is."""
    people, steps = content.get("stakeholder", []), content.get("engagement_step", [])
    parts = content.get("component", [])
    if any("next_step" in row for row in people):
        steps = [*steps, *(_step(row) for row in people if row.get("next_step"))]
        people = [_person(row) for row in people]
    if parts and not any("scheme" in row for row in parts):
        parts = [NEW_OF_COMPONENT | row for row in parts]
    lines = [NEW_OF_LINE | row for row in content.get("budget_line", [])]
    changed = {"stakeholder": people, "engagement_step": steps, "component": parts, "budget_line": lines}
    return content | {table: rows for table, rows in changed.items() if rows}


def _person(row: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(NEW_OF_STAKEHOLDER) | {name: value for name, value in row.items() if name != "next_step"}


def _step(row: dict[str, Any]) -> dict[str, Any]:
    """What was the next step with somebody, as a step."""
    return {
        "id": new_id(),
        "version": 1,
        "stakeholder_id": row.get("id"),
        "what": row["next_step"],
        "owner_id": None,
        "due_on": None,
        "done_at": None,
    }
