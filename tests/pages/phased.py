"""A small program with money by month, work and a baseline, for the views of the budget page."""

from datetime import date
from decimal import Decimal
from typing import Any

from streamlit.testing.v1 import AppTest

from program.actions import baselines, budget, roadmap, versions
from program.budget_versions import Phase
from program.phasing import months
from program.queries import roadmap as plans
from program.values import Actor
from tests.pages.opening import run
from tests.program.making import component

PAGE = "plan/budget.py"
JAN, APR = date(2026, 1, 1), date(2026, 4, 1)


def planned(owner: Actor, program_id: str, name: str = "Listening") -> tuple[str, str, str]:
    """A component with a line of 1,000 a month from January to April, approved, and an activity of ten days."""
    part = component(owner, program_id, name)
    line_id = budget.add_line(owner, program_id=program_id, component_id=part, name="Tools")
    work = roadmap.add_activity(owner, program_id=program_id, name="Build", component_id=part, duration=Decimal(10))
    given: dict[str, Any] = {"program_id": program_id, "version_id": draft(owner, program_id, f"For {name}")}
    changes = [Phase(line_id, month, Decimal(1000)) for month in months(JAN, APR)]
    versions.set_phases(owner, version=1, changes=changes, **given)
    versions.approve_version(owner, version=2, on=JAN, **given)
    return part, line_id, work


def under_way(owner: Actor, program_id: str, *, percent: int, paid: int) -> None:
    """The same with a baseline, so much of the work done and so much paid in January."""
    _, line_id, work = planned(owner, program_id)
    baselines.make_baseline(owner, program_id=program_id, name="First")
    (seen,) = (each.version for each in plans.activities(program_id) if each.id == work)
    done: dict[str, Any] = {"percent": Decimal(percent), "started_on": date(2026, 1, 12)}
    roadmap.record_progress(owner, program_id=program_id, activity_id=work, version=seen, **done)
    pay(owner, program_id, line_id, paid)


def pay(owner: Actor, program_id: str, line_id: str, paid: int) -> None:
    given: dict[str, Any] = {"kind": "actual", "currency": "EUR", "document": f"INV-{paid}", "on": date(2026, 1, 20)}
    budget.book(owner, program_id=program_id, line_id=line_id, amount=Decimal(paid), **given)


def draft(owner: Actor, program_id: str, name: str = "Draft", **more: Any) -> str:
    return versions.make_version(owner, program_id=program_id, name=name, **more)


def view(test: AppTest, name: str) -> AppTest:
    """Press the view, or the task within it, of that name."""
    switches: Any = test.get("button_group")
    (switch,) = (each for each in switches if name in each.options)
    switch.set_value(name)
    return run(test)
