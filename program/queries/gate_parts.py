"""Reads of what the tables hold for gates: fields of Facts by component, each in a statement or two for all of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from assessments.functions import FUNCTIONS
from program.gate_facts import Changed, Decided, Evidence
from program.store import tables as t

Fields = Mapping[str, Mapping[str, Any]]
APPROVED = ("approved", "baseline")
MILESTONE = 0
_ID = re.compile(r"[0-9a-f]{32}")


def strategy(session: Session, program_id: str) -> Fields:
    """Assumptions, objectives, and the notes of canvases that lead to the component, directly or by an objective."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"assumptions": 0, "objectives": 0, "notes": 0})
    about = func.coalesce(t.Assumption.component_id, t.Decision.component_id)
    taken = (
        select(about, func.count())
        .outerjoin(t.Decision, t.Decision.id == t.Assumption.decision_id)
        .where(t.Assumption.program_id == program_id, about.is_not(None))
        .group_by(about)
    )
    for id_, count in session.execute(taken):
        found[id_]["assumptions"] = count
    notes = select(t.CanvasNote.id, t.CanvasNote.component_id, t.CanvasNote.objective_id)
    direct: defaultdict[str, set[str]] = defaultdict(set)
    by_objective: defaultdict[str, set[str]] = defaultdict(set)
    for note, component, objective in session.execute(notes.where(t.CanvasNote.program_id == program_id)):
        if component:
            direct[component].add(note)
        if objective:
            by_objective[objective].add(note)
    serves = (
        select(t.Contribution.component_id, t.Contribution.objective_id)
        .join(t.Component, t.Component.id == t.Contribution.component_id)
        .where(t.Component.program_id == program_id)
    )
    for component, objective in session.execute(serves):
        found[component]["objectives"] += 1
        direct[component] |= by_objective[objective]
    for component, those in direct.items():
        found[component]["notes"] = len(those)
    return found


def decisions(session: Session, program_id: str) -> Fields:
    """The closed decision records, and how many are open."""
    table = t.Decision
    query = select(table.component_id, table.decided_on, table.options, table.chosen, table.dissent)
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"decisions": (), "open_decisions": 0})
    mine = table.program_id == program_id, table.component_id.is_not(None)
    for id_, on, options, chosen, dissent in session.execute(query.where(*mine).order_by(table.decided_on, table.id)):
        if on is None:
            found[str(id_)]["open_decisions"] += 1
        else:
            made = Decided(on, len(options), chosen=bool(chosen), dissent=bool((dissent or "").strip()))
            found[str(id_)]["decisions"] += (made,)
    return found


def money(session: Session, program_id: str, *, today: date) -> Fields:
    """
    The budget lines: planned by month or not, of which nature, in which currency, whose, and when last charged up to
    today.
    """
    version = session.scalar(
        select(t.BudgetVersion.id)
        .where(t.BudgetVersion.program_id == program_id, t.BudgetVersion.status.in_(APPROVED))
        .order_by(t.BudgetVersion.approved_at.desc(), t.BudgetVersion.made_at.desc(), t.BudgetVersion.id)
        .limit(1)
    )
    in_months = select(t.BudgetPhase.line_id).where(t.BudgetPhase.version_id == version).distinct()
    phased = set(session.scalars(in_months)) if version else set()
    booked = (
        select(t.LedgerEntry.line_id, t.LedgerEntry.kind, func.max(t.LedgerEntry.on))
        .where(t.LedgerEntry.program_id == program_id)
        .where(or_(t.LedgerEntry.kind == "plan", and_(t.LedgerEntry.kind == "actual", t.LedgerEntry.on <= today)))
        .group_by(t.LedgerEntry.line_id, t.LedgerEntry.kind)
    )
    last = {(line, kind): on for line, kind, on in session.execute(booked)}
    rated = set(session.scalars(select(t.PlanRate.currency).where(t.PlanRate.program_id == program_id)))
    rated |= set(session.scalars(select(t.Program.currency).where(t.Program.id == program_id)))
    line = t.BudgetLine
    query = (
        select(line.component_id, line.id, line.nature, line.currency, line.owner_id)
        .join(t.Component, t.Component.id == line.component_id)
        .where(t.Component.program_id == program_id)
    )
    of: defaultdict[str, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        of[row.component_id].append(row)
    return {
        id_: {
            "lines": len(rows),
            "phased": sum(row.id in phased for row in rows) if version else None,
            "natures": tuple(sorted({row.nature for row in rows})),
            "unrated": tuple(sorted({row.currency for row in rows} - rated)),
            "unowned_lines": sum(row.owner_id is None for row in rows),
            "planned_lines": sum((row.id, "plan") in last for row in rows),
            "last_actual": max((last[row.id, "actual"] for row in rows if (row.id, "actual") in last), default=None),
        }
        for id_, rows in of.items()
    }


def duties(session: Session, program_id: str) -> Fields:
    """How many people hold each letter."""
    query = (
        select(t.Duty.component_id, t.Duty.letter, func.count(t.Duty.stakeholder_id.distinct()))
        .join(t.Component, t.Component.id == t.Duty.component_id)
        .where(t.Component.program_id == program_id)
        .group_by(t.Duty.component_id, t.Duty.letter)
    )
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"holders": {}})
    for id_, letter, count in session.execute(query):
        found[id_]["holders"][letter] = count
    return found


def work(session: Session, program_id: str) -> Fields:
    """The activities, those of them that a link ties to another one, and the milestones."""
    ends = (
        select(t.ActivityLink.predecessor_id, t.ActivityLink.successor_id)
        .join(t.Activity, t.Activity.id == t.ActivityLink.successor_id)
        .where(t.Activity.program_id == program_id)
    )
    tied = {each for pair in session.execute(ends) for each in pair}
    mine = t.Activity.program_id == program_id, t.Activity.component_id.is_not(None)
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"activities": 0, "waiting": 0, "milestones": 0})
    for component, id_, days in session.execute(
        select(t.Activity.component_id, t.Activity.id, t.Activity.duration).where(*mine)
    ):
        held = found[str(component)]
        held["activities"] += 1
        held["waiting"] += id_ in tied
        held["milestones"] += days == MILESTONE
    return found


def risks(session: Session, program_id: str) -> Fields:
    """The risks but for those found to be none, the open ones, and those of them without an owner."""
    table = t.Risk
    query = select(table.component_id, table.status, table.owner_id)
    mine = table.program_id == program_id, table.component_id.is_not(None), table.status != "dismissed"
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"risks": 0, "open_risks": 0, "unowned_risks": 0})
    for id_, status, owner in session.execute(query.where(*mine)):
        held = found[str(id_)]
        held["risks"] += 1
        held["open_risks"] += status == "open"
        held["unowned_risks"] += status == "open" and owner is None
    return found


def changes(session: Session, program_id: str) -> Fields:
    """The change records."""
    table = t.ChangeRecord
    query = select(table.component_id, table.on, table.metric_id, table.metric_before, table.metric_after)
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"changes": ()})
    mine = table.program_id == program_id, table.component_id.is_not(None)
    rows = session.execute(query.add_columns(table.baseline_id).where(*mine).order_by(table.on, table.id))
    for id_, on, metric, before, after, baseline in rows:
        named = metric is not None
        moved = named and before is not None and after is not None and before != after
        found[str(id_)]["changes"] += (Changed(on, metric=named, moved=moved, baseline=baseline is not None),)
    return found


def evidence(session: Session, program_id: str) -> Fields:
    """What people attached, in the order in which they did."""
    table = t.GateEvidence
    query = (
        select(table)
        .join(t.Component, t.Component.id == table.component_id)
        .where(t.Component.program_id == program_id)
        .order_by(table.added_at, table.id)
    )
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: {"evidence": ()})
    for row in session.scalars(query):
        shown = Evidence(row.id, row.version, row.stage, row.criterion, row.note, row.link, row.added_by, row.added_at)
        found[row.component_id]["evidence"] += (shown,)
    return found


def promised(session: Session, program_id: str) -> dict[str, tuple[str, ...]]:
    """The ids of the metrics that each component promises a value of."""
    table = t.MetricTarget
    query = select(table.component_id, table.metric_id).join(t.Component, t.Component.id == table.component_id)
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for id_, metric in session.execute(query.where(t.Component.program_id == program_id).order_by(table.metric_id)):
        found[id_] += (metric,)
    return dict(found)


def baseline(session: Session, program_id: str) -> tuple[str | None, frozenset[str]]:
    """The name of the newest baseline, and every id that it holds."""
    table = t.Baseline
    newest = select(table.name, table.content).where(table.program_id == program_id)
    row = session.execute(newest.order_by(table.made_at.desc(), table.id).limit(1)).first()
    return (row.name, frozenset(_ID.findall(row.content))) if row else (None, frozenset())


def shared(session: Session, program_id: str) -> dict[str, Any]:
    """What is the same for every component: the reserve, and of how many functions people gave their view."""
    reserve = session.scalar(select(t.PlanSetting.reserve).where(t.PlanSetting.program_id == program_id))
    run = t.AssessmentRun
    readable = or_(run.anonymous.is_(False), run.closed_at.is_not(None))
    asked = select(func.count()).select_from(run).where(run.program_id == program_id, readable)
    counted = [each.id for each in FUNCTIONS.values() if each.counted]
    given = (
        select(func.count(t.Respondent.function.distinct()))
        .join(t.PerspectiveAnswer, t.PerspectiveAnswer.respondent_id == t.Respondent.id)
        .join(run, run.id == t.Respondent.run_id)
        .where(and_(run.program_id == program_id, readable, t.Respondent.function.in_(counted)))
    )
    functions = session.scalar(given) if session.scalar(asked) else None
    return {"reserve": reserve is not None and reserve > 0, "functions": functions}


PARTS: tuple[Callable[[Session, str], Fields], ...] = (
    strategy,
    decisions,
    duties,
    work,
    risks,
    changes,
    evidence,
)
