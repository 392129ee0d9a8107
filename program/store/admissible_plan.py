"""What a row of the plan that comes in from a file may hold."""

from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from typing import Any

from program import (
    baselines,
    benefits,
    budget,
    budget_versions,
    canvases,
    catalog,
    controls,
    decisions,
    evidence,
    fields,
    follow_ups,
    gates,
    ledger_mapping,
    placing,
    progress,
    risks,
    scenarios,
    schedule,
    scorecard,
    use_cases,
)
from program.ledger import LARGEST
from program.proposed_risks import SUBJECTS

WORDS: Mapping[tuple[str, str], Collection[str]] = {
    ("activity", "stage"): catalog.STAGES,
    ("activity_link", "kind"): schedule.KINDS,
    ("assumption", "state"): decisions.STATES,
    ("budget_line", "recurrence"): budget.RECURRENCES,
    ("budget_version", "status"): budget_versions.STATUSES,
    ("canvas_note", "canvas"): canvases.CELLS,
    ("capability_weight", "capability"): scorecard.CAPABILITIES,
    ("component", "progress_rule"): progress.RULES,
    ("follow_up", "origin"): follow_ups.ORIGINS,
    ("gate_decision", "outcome"): gates.OUTCOMES,
    ("gate_decision", "stage"): catalog.STAGES,
    ("gate_evidence", "stage"): catalog.STAGES,
    ("risk", "response"): risks.RESPONSES,
    ("risk", "status"): risks.STATUSES,
    ("use_case", "catalog_id"): use_cases.IDS,
    ("vendor_score", "capability"): scorecard.CAPABILITIES,
}
MOST_MONTHS = 1_200
MONEY_DAYS = {"ledger_entry": "on", "budget_phase": "period", "benefit": "starts_on"}
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
    if column := MONEY_DAYS.get(table):
        fields.money_day(row[column], column)
    if table == "canvas_note" and row["cell"] not in canvases.CELLS[row["canvas"]]:
        raise ValueError(f"The canvas {row['canvas']} has no cell {row['cell']!r}.")
    if table == "budget_phase" and (row["period"].day != 1 or not 0 <= row["amount"] <= LARGEST):
        raise ValueError("It is no month with an amount from 0 on.")
    if table == "budget_version" and (row["status"] == "draft") != (row["approved_at"] is None):
        raise ValueError("A draft was approved by nobody, and every other version was approved on a day.")
    if refuse := MORE.get(table):
        refuse(row)


def refuse_circle(content: Mapping[str, list[dict[str, Any]]]) -> None:
    """Raise ValueError when activities of a file would wait for each other."""
    at = {str(row.get("id")): place for place, row in enumerate(content.get("activity", []))}
    links: dict[str, list[schedule.Link]] = {id_: [] for id_ in at}
    for row in content.get("activity_link", []):
        before, after = (str(row.get(name)) for name in ("predecessor_id", "successor_id"))
        if before in at and after in at:
            links[after].append(schedule.Link(at[before]))
    try:
        schedule.in_order([schedule.Activity(id_, id_, 0.0, tuple(waits)) for id_, waits in links.items()])
    except schedule.Cycle as problem:
        raise ValueError(f"{len(problem.members)} activities of the file wait for each other in a circle.") from problem


def _refuse_activity(row: Mapping[str, Any]) -> None:
    if wrong := placing.problem(row):
        raise ValueError(wrong[1])


def _refuse_activity_link(row: Mapping[str, Any]) -> None:
    if row["predecessor_id"] == row["successor_id"]:
        raise ValueError("It goes from an activity to itself.")
    if abs(row["lag"]) > placing.LONGEST:
        raise ValueError(f"A lag of {row['lag']} working days is longer than {placing.LONGEST:,}.")


def _refuse_baseline(row: Mapping[str, Any]) -> None:
    if sha256(row["content"].encode()).hexdigest() != row["sha256"]:
        raise ValueError("Its content is not what its checksum says; a baseline is never changed.")
    for phase in baselines.read(row["content"]).phases:
        fields.money_day(phase.period, "period")


def _refuse_benefit(row: Mapping[str, Any]) -> None:
    if wrong := benefits.problem(row):
        raise ValueError(wrong[1])
    if not 0 < row["monthly"] <= LARGEST:
        raise ValueError("A benefit brings an amount above 0 a month.")
    if row["ends_on"] is not None and row["ends_on"] < row["starts_on"]:
        raise ValueError("It would end before it starts.")


def _refuse_gate_evidence(row: Mapping[str, Any]) -> None:
    if row["criterion"] not in gates.criterion_ids(row["stage"]):
        raise ValueError(f"The gate of {row['stage']} does not ask for {row['criterion']!r}.")
    if row["link"] is not None and evidence.check_link(row["link"]) != row["link"]:
        raise ValueError("Its link has spaces around it.")
    if not (row["note"] or row["link"]):
        raise ValueError("It is empty.")


def _refuse_gate_decision(row: Mapping[str, Any]) -> None:
    told, waived = row["criteria"], row["waived"]
    if not isinstance(told, list) or not all(isinstance(each, dict) and {"id", "met"} <= set(each) for each in told):
        raise ValueError("Its criteria are no list of ids with whether each was met.")
    if not isinstance(waived, list) or not set(map(str, waived)) <= set(gates.criterion_ids(row["stage"])):
        raise ValueError(f"It waives what the gate of {row['stage']} does not ask for.")
    if (row["outcome"] == "waive") != bool(waived):
        raise ValueError("It waives something exactly when it passes with a waiver.")


def _refuse_decision(row: Mapping[str, Any]) -> None:
    if wrong := decisions.problem(row):
        raise ValueError(wrong)


def _refuse_risk(row: Mapping[str, Any]) -> None:
    if wrong := risks.problem(row):
        raise ValueError(wrong)
    if row["proposal"] is not None and row["proposal"].partition(":")[0] not in {*SUBJECTS, use_cases.PROPOSING}:
        raise ValueError(f"The program proposes nothing like {row['proposal']!r}.")


MORE: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "activity": _refuse_activity,
    "activity_link": _refuse_activity_link,
    "baseline": _refuse_baseline,
    "benefit": _refuse_benefit,
    "decision": _refuse_decision,
    "gate_decision": _refuse_gate_decision,
    "gate_evidence": _refuse_gate_evidence,
    "ledger_mapping": lambda row: ledger_mapping.from_content(row["content"]),
    "plan_setting": lambda row: controls.checked(row["control"]),
    "risk": _refuse_risk,
    "scenario": lambda row: scenarios.checked(row["changes"]),
}
