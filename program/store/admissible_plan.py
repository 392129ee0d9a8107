"""What a row of the plan that comes in from a file may hold."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from program import (
    budget,
    budget_versions,
    catalog,
    decisions,
    follow_ups,
    gates,
    progress,
    risks,
    schedule,
    strategy,
)

WORDS: Mapping[tuple[str, str], Collection[str]] = {
    ("activity", "stage"): catalog.STAGES,
    ("activity_link", "kind"): schedule.KINDS,
    ("assumption", "state"): decisions.STATES,
    ("budget_line", "recurrence"): budget.RECURRENCES,
    ("budget_version", "status"): budget_versions.STATUSES,
    ("capability_weight", "capability"): strategy.CAPABILITIES,
    ("component", "progress_rule"): progress.RULES,
    ("follow_up", "origin"): follow_ups.ORIGINS,
    ("gate_decision", "outcome"): gates.OUTCOMES,
    ("gate_decision", "stage"): catalog.STAGES,
    ("gate_evidence", "stage"): catalog.STAGES,
    ("risk", "response"): risks.RESPONSES,
    ("risk", "status"): risks.STATUSES,
    ("vendor_score", "capability"): strategy.CAPABILITIES,
}
MOST_MONTHS = 1_200
RANGES: Mapping[tuple[str, str], tuple[int, int]] = {
    ("activity", "percent"): (0, 100),
    ("benefit", "ramp_months"): (0, MOST_MONTHS),
    ("capability_weight", "weight"): (0, 5),
    ("plan_setting", "fiscal_year_start"): (1, 12),
    ("vendor_score", "score"): (0, 4),
    **{
        ("risk", column): risks.LEVELS
        for column in ("probability", "impact", "residual_probability", "residual_impact")
    },
}


def refuse_row(table: str, row: Mapping[str, Any]) -> None:
    """Raise ValueError with a sentence when the values of a row do not go together as people could have entered."""
    if table == "baseline" and sha256(row["content"].encode()).hexdigest() != row["sha256"]:
        raise ValueError("Its content is not what its checksum says; a baseline is never changed.")
    if table == "activity_link" and row["predecessor_id"] == row["successor_id"]:
        raise ValueError("It goes from an activity to itself.")
