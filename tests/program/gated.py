"""What meets the criteria of each gate, put into the store row by row."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from program.actions.gates import add_gate_evidence
from program.store import tables as t
from program.store.unit_of_work import Unit, intend
from program.values import Actor

SHOWN = {"thought_through": ("listening",), "tweaked": ("new_baseline",), "rebuilt": ("lessons",)}
TWO: list[dict[str, Any]] = [{"name": "Ours"}, {"name": "Theirs"}]


def meet(owner: Actor, program_id: str, component_id: str, stage: str, person: str) -> None:
    """Add what the gate of a stage looks at; not what people answer, nor what customers do."""
    with intend(owner, action="test.meet", needs="program.manage", program_id=program_id) as unit:
        MAKE[stage](unit, {"component_id": component_id, "program_id": program_id}, person)
    for criterion in SHOWN.get(stage, ()):
        add_gate_evidence(owner, program_id=program_id, component_id=component_id, criterion=criterion, note="Minutes")


def _today(unit: Unit) -> date:
    return unit.actor.now.date()


def _thought_through(unit: Unit, mine: dict[str, Any], _person: str) -> None:
    unit.get(t.Component, mine["component_id"]).goal = "They are heard."
    objective = unit.add(t.Objective(program_id=mine["program_id"], title="Hear everyone"))
    unit.add(t.Contribution(component_id=mine["component_id"], objective_id=objective.id))
    unit.add(t.Assumption(text="They write in public.", **mine))
    note = {"canvas": "swot", "cell": "strengths", "text": "We know them.", "objective_id": objective.id}
    unit.add(t.CanvasNote(program_id=mine["program_id"], **note))


def _decided(unit: Unit, mine: dict[str, Any], person: str) -> None:
    said = {"options": TWO, "chosen": "Ours", "decider_id": person, "dissent": "Nobody.", "decided_on": _today(unit)}
    unit.add(t.Decision(question="Which desk?", **said, **mine))
    unit.add(t.Duty(component_id=mine["component_id"], stakeholder_id=person, letter="A"))


def _budgeted(unit: Unit, mine: dict[str, Any], person: str) -> None:
    program_id, now = mine["program_id"], unit.actor.now
    version = unit.add(
        t.BudgetVersion(program_id=program_id, name="First", status="approved", made_at=now, approved_at=now)
    )
    for nature in ("labor", "non_labor"):
        line = unit.add(
            t.BudgetLine(
                component_id=mine["component_id"], name=nature, category="it", nature=nature, currency="EUR",
                owner_id=person,
            )
        )  # fmt: skip
        unit.add(t.BudgetPhase(version_id=version.id, line_id=line.id, period=date(2026, 2, 1), amount=Decimal(5)))
    unit.add(t.PlanSetting(program_id=program_id, reserve=Decimal(100)))


def _organized(unit: Unit, mine: dict[str, Any], person: str) -> None:
    unit.get(t.Component, mine["component_id"]).ownership_stage = "team"
    unit.add(t.Duty(component_id=mine["component_id"], stakeholder_id=person, letter="R"))
    first, second = (unit.add(t.Activity(name=name, duration=Decimal(5), **mine)) for name in ("Learn", "Build"))
    unit.add(t.ActivityLink(predecessor_id=first.id, successor_id=second.id))
    unit.add(t.Risk(title="Nobody answers", raised_on=_today(unit), owner_id=person, **mine))
    content = f'{{"components":[{{"id":"{mine["component_id"]}"}}]}}'
    digest = sha256(content.encode()).hexdigest()
    kept = {"name": "First", "made_at": unit.actor.now, "made_by": "Eva", "content": content, "sha256": digest}
    unit.add(t.Baseline(program_id=mine["program_id"], **kept))


def _followed_through(unit: Unit, mine: dict[str, Any], _person: str) -> None:
    line = next(each for each in unit.session.query(t.BudgetLine) if each.component_id == mine["component_id"])
    booked: dict[str, Any] = {"currency": "EUR", "document": "I-1", "row": "1", "source": "entered"}
    on = _today(unit) - timedelta(days=5)
    unit.add(
        t.LedgerEntry(program_id=mine["program_id"], line_id=line.id, kind="actual", on=on, amount=Decimal(3), **booked)
    )
    unit.add(t.MetricTarget(component_id=mine["component_id"], metric_id="win_rate", target=Decimal("0.6")))


def _tweaked(unit: Unit, mine: dict[str, Any], _person: str) -> None:
    moved = {"metric_id": "win_rate", "metric_before": Decimal("0.4"), "metric_after": Decimal("0.5")}
    unit.add(t.ChangeRecord(on=_today(unit), what="Two shifts", **moved, **mine))


def _rebuilt(unit: Unit, mine: dict[str, Any], person: str) -> None:
    said = {"options": TWO, "chosen": "Ours", "decider_id": person, "decided_on": _today(unit)}
    unit.add(t.Decision(question="Build it anew?", **said, **mine))


MAKE: dict[str, Callable[[Unit, dict[str, Any], str], None]] = {
    "thought_through": _thought_through,
    "decided": _decided,
    "budgeted": _budgeted,
    "organized": _organized,
    "followed_through": _followed_through,
    "tweaked": _tweaked,
    "rebuilt": _rebuilt,
}
