"""Metric targets: one for each component and metric."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program.actions.components import change_component
from program.actions.targets import remove_target, set_target
from program.queries.targets import targets
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component


def test_set_changed_and_taken_back(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    change_component(owner, program_id=program_id, component_id=item, version=1, live_on=date(2026, 2, 2))
    where: dict[str, Any] = {"program_id": program_id, "component_id": item, "metric_id": "first_response"}
    assert set_target(owner, **where, target=Decimal("4.0"), due_on=date(2026, 9, 1)) == 1
    assert set_target(owner, **where, target=Decimal(3), version=1) == 2
    (found,) = targets(program_id)
    assert [found.component_name, found.live_on] == ["Listening", date(2026, 2, 2)]
    assert [found.target, found.due_on] == [3, None]
    with pytest.raises(Stale):
        set_target(owner, **where, target=Decimal(5), version=1)
    remove_target(owner, program_id=program_id, target_id=found.id, version=2)
    assert targets(program_id) == []
    with pytest.raises(Missing):
        set_target(owner, **where, target=Decimal(5), version=2)
    assert targets(program_id) == []


def test_setting_the_same_twice_changes_nothing(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    where: dict[str, Any] = {"program_id": program_id, "component_id": item, "metric_id": "win_rate"}
    assert {set_target(owner, **where, target=Decimal("0.7")) for _ in range(2)} == {1}


def test_unknown_metrics_and_components_are_refused(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid):
        set_target(owner, program_id=program_id, component_id="x", metric_id="happiness", target=Decimal(1))
    with pytest.raises(Missing):
        set_target(owner, program_id=program_id, component_id="0" * 32, metric_id="win_rate", target=Decimal(1))
