"""Objectives: added, changed, removed; owners and metrics must exist."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program.access import Refused
from program.actions.objectives import add_objective, change_objective, remove_objective
from program.actions.stakeholders import add_stakeholder, remove_stakeholder
from program.queries.objectives import objectives
from program.values import Actor, Invalid, Missing
from tests.program.making import person


def test_added_changed_and_removed(owner: Actor, program_id: str) -> None:
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    target: dict[str, Any] = {"metric_id": "win_rate", "target": Decimal("0.65")}
    id_ = add_objective(owner, program_id=program_id, title="Win more", owner_id=ann, **target)
    due_on = date(2026, 12, 31)
    assert change_objective(owner, program_id=program_id, objective_id=id_, version=1, due_on=due_on) == 2
    (found,) = objectives(program_id)
    assert (found.title, found.owner_id, found.target, found.due_on) == ("Win more", ann, Decimal("0.65"), due_on)
    remove_stakeholder(owner, program_id=program_id, stakeholder_id=ann, version=1)
    assert objectives(program_id)[0].owner_id is None
    remove_objective(owner, program_id=program_id, objective_id=id_, version=2)
    assert objectives(program_id) == []


def test_those_due_first_come_first_and_undated_last(owner: Actor, program_id: str) -> None:
    for title, due_on in (("never", None), ("late", date(2027, 1, 1)), ("soon", date(2026, 4, 1))):
        add_objective(owner, program_id=program_id, title=title, due_on=due_on)
    assert [each.title for each in objectives(program_id)] == ["soon", "late", "never"]


def test_wrong_values_strangers_and_viewers_are_refused(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid):
        add_objective(owner, program_id=program_id, title=" ")
    with pytest.raises(Invalid):
        add_objective(owner, program_id=program_id, title="Win", metric_id="happiness")
    with pytest.raises(Invalid):
        add_objective(owner, program_id=program_id, title="Win", target=Decimal("0.1234567"))
    with pytest.raises(Missing):
        add_objective(owner, program_id=program_id, title="Win", owner_id="0" * 32)
    with pytest.raises(Refused):
        add_objective(person(owner, program_id, "viewer"), program_id=program_id, title="Win")
    assert objectives(program_id) == []
