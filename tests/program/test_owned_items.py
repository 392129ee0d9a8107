"""Ownership beyond the cell: schemes, capabilities and decisions, fixes in one click, the ladder, and handovers."""

from datetime import date
from typing import Any

import pytest

from program.actions import ownership as actions
from program.actions.components import change_component
from program.actions.stakeholders import add_stakeholder, remove_stakeholder
from program.ownership import Change, Fix
from program.queries.ownership import every_duty, handovers, items, ladder, load, matrix
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component

DAY = date(2026, 4, 1)


@pytest.fixture
def people(owner: Actor, program_id: str) -> list[str]:
    """Ann, Bo and Cy."""
    return [add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo", "Cy")]


def decide(owner: Actor, program_id: str, scheme: str = "daci") -> str:
    return actions.add_item(owner, program_id=program_id, kind="decision", name="Which channels", scheme=scheme)


def give(owner: Actor, program_id: str, item: str, who: str, letters: str, before: str = "") -> None:
    cell = {"stakeholder_id": who, "letters": letters, "before": before}
    kind = next(each.kind for each in items(program_id) if each.id == item)
    if kind == "component":
        actions.set_duty(owner, program_id=program_id, component_id=item, **cell)
    else:
        actions.set_item_duty(owner, program_id=program_id, item_id=item, **cell)


@pytest.mark.usefixtures("any_store")
def test_a_decision_has_its_own_matrix_and_its_own_rules(owner: Actor, program_id: str, people: list[str]) -> None:
    ann, bo, _ = people
    item = decide(owner, program_id)
    assert [each.code for each in matrix(program_id, "decision").errors] == ["empty_item"]
    give(owner, program_id, item, ann, "a/d")
    found = matrix(program_id, "decision")
    assert (found.letters, found.schemes, found.kind) == ({(item, ann): "D/A"}, {item: "daci"}, "decision")
    assert found.errors == []
    give(owner, program_id, item, bo, "A")
    assert [each.code for each in matrix(program_id, "decision").errors] == ["two_approvers"]
    with pytest.raises(Invalid):
        give(owner, program_id, item, bo, "R", before="A")
    assert matrix(program_id).components == []
    assert [(each.person, each.accountable, each.drives) for each in load(program_id)][:2] == [(ann, 1, 1), (bo, 1, 0)]


def test_items_are_named_once_renamed_and_removed_with_their_duties(
    owner: Actor, program_id: str, people: list[str]
) -> None:
    item = decide(owner, program_id)
    give(owner, program_id, item, people[0], "A")
    with pytest.raises(Invalid, match="already a decision"):
        decide(owner, program_id)
    other = actions.add_item(owner, program_id=program_id, kind="capability", name="Which channels")
    assert [(each.kind, each.scheme) for each in items(program_id)] == [("capability", "raci"), ("decision", "daci")]
    assert actions.rename_item(owner, program_id=program_id, item_id=other, name="Listening", version=1) == 2
    with pytest.raises(Stale):
        actions.rename_item(owner, program_id=program_id, item_id=other, name="Late", version=1)
    actions.remove_item(owner, program_id=program_id, item_id=item, version=1)
    assert every_duty(program_id) == []
    for wrong in ({"kind": "component"}, {"scheme": "rasci"}, {"name": " "}):
        with pytest.raises(Invalid):
            actions.add_item(owner, program_id=program_id, **{"kind": "decision", "name": "X", **wrong})


@pytest.mark.parametrize("kind", ["component", "decision"])
def test_a_scheme_waits_until_letters_of_the_other_are_gone(
    kind: str, owner: Actor, program_id: str, people: list[str]
) -> None:
    item = component(owner, program_id) if kind == "component" else decide(owner, program_id, "raci")
    give(owner, program_id, item, people[0], "A/R")

    def set_scheme(scheme: str, version: int, **more: Any) -> int:
        if kind == "component":
            return actions.set_scheme(
                owner, program_id=program_id, component_id=item, scheme=scheme, version=version, **more
            )
        return actions.set_item_scheme(
            owner, program_id=program_id, item_id=item, scheme=scheme, version=version, **more
        )

    with pytest.raises(Invalid, match="DACI does not have the letter R"):
        set_scheme("daci", 1)
    with pytest.raises(Stale):
        set_scheme("daci", 0, clear=True)
    assert matrix(program_id, kind).letters == {(item, people[0]): "A/R"}
    assert set_scheme("daci", 1, clear=True) == 2
    found = matrix(program_id, kind)
    assert found.letters == {(item, people[0]): "A"}
    assert [each.code for each in found.errors] == ["no_driver"]
    give(owner, program_id, item, people[0], "D/A", before="A")
    with pytest.raises(Invalid, match="RACI does not have the letter D"):
        set_scheme("raci", 2)


def test_every_fix_mends_what_it_was_proposed_for(owner: Actor, program_id: str, people: list[str]) -> None:
    listening, channels = component(owner, program_id), decide(owner, program_id)
    for who in people:
        give(owner, program_id, listening, who, "A")
    give(owner, program_id, channels, people[0], "C")
    for kind in ("component", "decision"):
        for _ in range(9):
            errors = matrix(program_id, kind).errors
            if not errors:
                break
            assert errors[0].fix is not None
            actions.apply_fix(owner, program_id=program_id, fix=errors[0].fix)
            left = [(each.code, each.item) for each in matrix(program_id, kind).errors]
            assert (errors[0].code, errors[0].item) not in left
        assert matrix(program_id, kind).errors == []


def test_fault_4_a_fix_of_a_cell_that_changed_since_changes_nothing(
    owner: Actor, program_id: str, people: list[str]
) -> None:
    ann, bo, _ = people
    item = component(owner, program_id)
    fix = Fix("Make both responsible", (Change(item, ann, "", "R"), Change(item, bo, "", "R")))
    give(owner, program_id, item, bo, "C")
    with pytest.raises(Stale) as refused:
        actions.apply_fix(owner, program_id=program_id, fix=fix)
    assert refused.value.differences == {"letters": ("R", "C")}
    assert matrix(program_id).letters == {(item, bo): "C"}
    for stranger in (Change(item, "f" * 32, "", "R"), Change("f" * 32, ann, "", "R")):
        with pytest.raises(Missing):
            actions.apply_fix(owner, program_id=program_id, fix=Fix("x", (stranger,)))
    with pytest.raises(Invalid):
        actions.apply_fix(owner, program_id=program_id, fix=Fix("x", ()))


def test_the_ladder_says_where_a_component_is_and_should_be(owner: Actor, program_id: str, people: list[str]) -> None:
    item = component(owner, program_id)
    give(owner, program_id, item, people[1], "A")
    one: dict[str, Any] = {"program_id": program_id, "component_id": item}
    assert actions.set_ladder(owner, **one, stage="network", wanted="coordinator", version=1) == 2
    (rung,) = ladder(program_id)
    assert (rung.stage, rung.wanted, rung.accountable, rung.version) == ("network", "coordinator", (people[1],), 2)
    with pytest.raises(Invalid):
        actions.set_ladder(owner, **one, stage="king", wanted=None, version=2)
    with pytest.raises(Stale):
        actions.set_ladder(owner, **one, stage="team", wanted=None, version=1)
    assert change_component(owner, **one, version=2, pillar="sales") == 3
    assert actions.set_ladder(owner, **one, stage=None, wanted=None, version=3) == 4
    assert ladder(program_id)[0].stage is None


@pytest.mark.usefixtures("any_store")
def test_a_handover_moves_the_a_and_nothing_else(owner: Actor, program_id: str, people: list[str]) -> None:
    ann, bo, _ = people
    item = component(owner, program_id)
    give(owner, program_id, item, ann, "A/R")
    give(owner, program_id, item, bo, "C")
    given: dict[str, Any] = {"program_id": program_id, "component_id": item}
    id_ = actions.hand_over(owner, **given, to_id=bo, on=DAY, note="After the summer")
    assert [(each.from_id, each.to_id, each.done_at) for each in handovers(program_id)] == [(ann, bo, None)]
    with pytest.raises(Invalid, match="planned already"):
        actions.hand_over(owner, **given, to_id=bo, on=DAY)
    assert actions.complete_hand_over(owner, program_id=program_id, handover_id=id_, version=1) == 2
    assert matrix(program_id).letters == {(item, ann): "R", (item, bo): "A/C"}
    assert handovers(program_id)[0].done_at == owner.now
    with pytest.raises(Invalid, match="done already"):
        actions.complete_hand_over(owner, program_id=program_id, handover_id=id_, version=2)
    with pytest.raises(Invalid, match="done"):
        actions.cancel_hand_over(owner, program_id=program_id, handover_id=id_, version=2)
    with pytest.raises(Invalid, match="already"):
        actions.hand_over(owner, **given, to_id=bo, on=DAY)


def test_a_handover_from_nobody_and_one_that_somebody_overtook(
    owner: Actor, program_id: str, people: list[str]
) -> None:
    ann, bo, cy = people
    item = component(owner, program_id)
    given: dict[str, Any] = {"program_id": program_id, "component_id": item}
    id_ = actions.hand_over(owner, **given, to_id=bo, on=DAY)
    give(owner, program_id, item, cy, "A")
    with pytest.raises(Stale) as refused:
        actions.complete_hand_over(owner, program_id=program_id, handover_id=id_, version=1)
    assert refused.value.differences == {"accountable": (None, "Cy")}
    give(owner, program_id, item, cy, "", before="A")
    actions.complete_hand_over(owner, program_id=program_id, handover_id=id_, version=1)
    assert matrix(program_id).letters == {(item, bo): "A"}
    give(owner, program_id, item, ann, "A")
    with pytest.raises(Invalid, match="2 people answer"):
        actions.hand_over(owner, **given, to_id=cy, on=DAY)


def test_whoever_is_removed_takes_what_they_should_get_along(owner: Actor, program_id: str, people: list[str]) -> None:
    ann, bo, _ = people
    first, second = component(owner, program_id), component(owner, program_id, "Community")
    give(owner, program_id, first, ann, "A")
    give(owner, program_id, second, bo, "A")
    for item, to in ((first, bo), (second, ann)):
        actions.hand_over(owner, program_id=program_id, component_id=item, to_id=to, on=DAY)
    remove_stakeholder(owner, program_id=program_id, stakeholder_id=ann, version=1)
    (left,) = handovers(program_id)
    assert (left.component_id, left.from_id, left.to_id) == (first, None, bo)
    actions.complete_hand_over(owner, program_id=program_id, handover_id=left.id, version=1)
    assert matrix(program_id).letters[first, bo] == "A"
    assert left.version == 1
