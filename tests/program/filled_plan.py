"""A row in every table of the plan."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from program.frozen import Frozen, FrozenActivity, as_json
from program.store import tables as t
from program.store.unit_of_work import Unit
from program.values import Actor

DAY = date(2026, 2, 3)


def fill_plan(owner: Actor, unit: Unit, component_id: str, stakeholder_id: str, line_id: str) -> dict[str, str]:
    """Add the rows to the program of the unit, and return their ids by table."""
    strategy = _strategy(owner, unit, component_id)
    work = _work(owner, unit, component_id, stakeholder_id, line_id)
    return strategy | work | _risks(owner, unit, component_id, stakeholder_id, work["baseline"])


def _strategy(owner: Actor, unit: Unit, component_id: str) -> dict[str, str]:
    mine = {"program_id": unit.program_id or ""}
    objective = unit.add(t.Objective(title="Answer everyone", **mine))
    vendor = unit.add(t.Vendor(name="Acme Listening", **mine))
    shown = {"note": "Notes of May", "added_by": "Eva", "added_at": owner.now}
    rows = (
        objective,
        vendor,
        unit.add(t.Contribution(component_id=component_id, objective_id=objective.id)),
        unit.add(t.CanvasNote(canvas="swot", cell="strengths", text="We know them", objective_id=objective.id, **mine)),
        unit.add(t.UseCase(title="Rapid response", adopted_at=owner.now, **mine)),
        unit.add(t.VendorScore(vendor_id=vendor.id, capability="communities", score=3)),
        unit.add(t.CapabilityWeight(capability="communities", weight=4, **mine)),
        unit.add(t.GateEvidence(component_id=component_id, stage="decided", criterion="options", **shown)),
        unit.add(
            t.GateDecision(
                component_id=component_id,
                stage="decided",
                outcome="pass",
                decided_on=DAY,
                recorded_at=owner.now,
                reason="It is clear.",
                criteria=[{"id": "options", "met": True}],
                waived=[],
            )
        ),
    )
    return {row.__tablename__: row.id for row in rows}


def _work(owner: Actor, unit: Unit, component_id: str, owner_id: str, line_id: str) -> dict[str, str]:
    mine = {"program_id": unit.program_id or ""}
    first = unit.add(t.Activity(name="Learn", duration=Decimal("2.5"), component_id=component_id, **mine))
    second = unit.add(t.Activity(name="Build", duration=Decimal(5), owner_id=owner_id, started_on=DAY, **mine))
    draft = unit.add(t.BudgetVersion(name="Draft", made_at=owner.now, **mine))
    later = unit.add(t.BudgetVersion(name="Next", made_at=owner.now, revision_of_id=draft.id, **mine))
    kept = FrozenActivity(first.id, "Learn", component_id, Decimal("2.5"), DAY, DAY)
    content = as_json(Frozen("First", DAY, "EUR", None, (kept,), (), (), ()))
    frozen = {"content": content, "sha256": sha256(content.encode()).hexdigest(), "made_by": "Eva"}
    rows = (
        first,
        draft,
        unit.add(t.PlanSetting(reserve=Decimal(500), control={"commitment": "stop"}, **mine)),
        unit.add(t.DayOff(on=DAY, name="Move", **mine)),
        unit.add(t.ActivityLink(predecessor_id=first.id, successor_id=second.id, lag=Decimal("-0.5"))),
        unit.add(t.BudgetPhase(version_id=later.id, line_id=line_id, period=date(2026, 2, 1), amount=Decimal("3.33"))),
        unit.add(t.Baseline(name="First", made_at=owner.now, **frozen, **mine)),
        unit.add(t.Scenario(name="Later", changes=[{"activity_id": first.id, "delay": "10"}], **mine)),
        unit.add(t.PlanRate(currency="USD", rate=Decimal("0.92"), **mine)),
        unit.add(t.LedgerMapping(name="SAP", content={"columns": {"amount": "Value"}}, **mine)),
        unit.add(
            t.UnmatchedRow(
                source="files",
                file_name="may.csv",
                line=4,
                cells={"amount": "x"},
                column="amount",
                reason="“x” is no amount.",
                fingerprint="f" * 64,
                came_at=owner.now,
                **mine,
            )
        ),
        unit.add(t.Benefit(name="Fewer calls", currency="EUR", monthly=Decimal(900), starts_on=DAY, **mine)),
    )
    return {row.__tablename__: row.id for row in rows} | {"next_activity": second.id, "draft": later.id}


def _risks(owner: Actor, unit: Unit, component_id: str, owner_id: str, baseline_id: str) -> dict[str, str]:
    mine = {"program_id": unit.program_id or ""}
    risk = unit.add(t.Risk(title="Nobody answers", raised_on=DAY, probability=3, impact=4, owner_id=owner_id, **mine))
    decision = unit.add(t.Decision(question="Which desk?", options=[{"name": "Ours"}], decided_on=DAY, **mine))
    change = {"on": DAY, "what": "Two shifts", "baseline_id": baseline_id}
    rows = (
        risk,
        decision,
        unit.add(t.Assumption(text="They write on weekdays", decision_id=decision.id, **mine)),
        unit.add(t.ChangeRecord(component_id=component_id, metric_before=Decimal("0.25"), **change, **mine)),
        unit.add(t.FollowUp(title="Ask again", origin="risk", origin_id=risk.id, done_at=owner.now, **mine)),
    )
    return {row.__tablename__: row.id for row in rows}
