"""Reads of the facts that gates look at: of all components in one number of statements, however many they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessments.library import load
from assessments.scoring import Assessment
from program import gates, policy
from program.budget import TECHNOLOGY, technology_heavy
from program.gate_facts import Facts
from program.gates import GateDecision
from program.ownership import STAGES as LADDER
from program.queries import assessments, budget, gate_parts
from program.queries.gate_trends import trends
from program.store import tables as t
from program.values import Missing

UNKNOWN = "The mindset gate is unknown: nobody has answered the assessment yet."


@dataclass(frozen=True)
class Said:
    """What the newest readable run says: names and scores by dimension id, and the mindset gate with its words."""

    mindset: bool | None = None
    words: str = UNKNOWN
    scores: Mapping[str, tuple[str, float | None]] = field(default_factory=dict)
    answered: bool = False


def mindset(program_id: str) -> Said:
    """Return what the newest readable run says; that nothing is known without one."""
    run = assessments.latest_answered_run(program_id)
    if run is None:
        return Said()
    found = assessments.assessment(program_id, run.id)
    rules = assessments.library(program_id, run.id).gates
    words = _gate_words(found, rules.threshold, rules.floor)
    scores = {each.id: (each.name, each.score) for each in found.dimensions}
    return Said(found.readiness.gates.get("mindset"), words, scores, answered=True)


def facts_of(
    session: Session,
    program_id: str,
    rows: Sequence[t.Component],
    *,
    today: date,
    home: Path | None,
    said: Said,
    passed: Mapping[str, Mapping[str, datetime]],
) -> dict[str, Facts]:
    """Return the facts of some components of a program by id. passed: as in Facts. Raises Missing."""
    query = select(t.Program.target_profile, t.Program.time_zone, t.Client.key)
    of = query.join(t.Client, t.Client.id == t.Program.client_id).where(t.Program.id == program_id)
    program = session.execute(of).one_or_none()
    if program is None:
        raise Missing("program")
    parts = [part(session, program_id) for part in gate_parts.PARTS]
    parts.append(gate_parts.money(session, program_id, today=today))
    promised = gate_parts.promised(session, program_id)
    going = trends(home, program.key, program.time_zone, {each for row in rows for each in promised.get(row.id, ())})
    name, held = gate_parts.baseline(session, program_id)
    same: dict[str, Any] = {
        **gate_parts.shared(session, program_id),
        "today": today,
        "target": int(load().gates.targets[program.target_profile].level),
        "fresh_days": policy.load().actuals_fresh_days,
        "mindset": said.mindset,
        "mindset_words": said.words,
        "baseline": name,
    }
    return {
        row.id: Facts(
            **same,
            **_own(row),
            **_score(row.dimension_id, said),
            **{key: value for part in parts for key, value in part.get(row.id, {}).items()},
            metrics=len(promised.get(row.id, ())),
            trends=tuple(going[each] for each in promised.get(row.id, ()) if each in going),
            in_baseline=row.id in held,
            passed=passed.get(row.id, {}),
        )
        for row in rows
    }


def technology(
    program_id: str,
    rows: Sequence[t.Component],
    history: Mapping[str, tuple[GateDecision, ...]],
    said: Said,
    today: date,
) -> dict[str, str | None]:
    """Return why the money of each technology component waits, by its id; None where it does not."""
    mine = [each.id for each in rows if each.catalog_id == TECHNOLOGY]
    if not mine:
        return {}
    heavy = technology_heavy(budget.lines(program_id), {each.id: each.catalog_id for each in rows}, policy.load())
    return {
        id_: gates.technology(
            mindset=said.mindset,
            words=said.words,
            waived=gates.waives_mindset(history.get(id_, ()), today),
            heavy=heavy,
        )
        for id_ in mine
    }


def _gate_words(found: Assessment, threshold: float, least: float) -> str:
    gate, score = found.readiness.gates.get("mindset"), found.readiness.raw["mindset"]
    floor = found.readiness.floors["mindset"]
    if gate is None or score is None or floor is None:
        reason = found.readiness.reasons.get("gates.mindset", "Too few answers are in.")
        return f"The mindset gate is unknown. {reason}"
    stands = f"Mindset stands at {score:.1f} of 4, its lowest gated part at {floor:.1f}"
    return f"{stands}." if gate else f"{stands}; its gate opens at {threshold:.1f} with none of them under {least:.1f}."


def _own(row: t.Component) -> dict[str, Any]:
    return {
        "catalog_id": row.catalog_id,
        "goal": bool((row.goal or "").strip()),
        "scheme": row.scheme,
        "ladder": LADDER.get(row.ownership_stage) if row.ownership_stage else None,
        "rule": row.progress_rule,
    }


def _score(dimension_id: str | None, said: Said) -> dict[str, Any]:
    if dimension_id is None:
        return {}
    if dimension_id in said.scores:
        name, score = said.scores[dimension_id]
        return {"dimension": name, "score": score, "unscored": f"“{name}” has no score yet."}
    known = {each.id: each.name for each in load().dimensions}
    asked = {"unscored": "The newest run of the assessment does not ask about it."} if said.answered else {}
    return {"dimension": known.get(dimension_id, dimension_id), **asked}
