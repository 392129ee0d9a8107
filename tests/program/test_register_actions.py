"""What else the register keeps: history, several moved at once, rows brought in, steps and stand-ins."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from program.actions import stakeholders as actions
from program.queries.stakeholders import history, stakeholders, stand_ins, steps
from program.register_file import RegisterRow, read_register
from program.stakeholders import STANCES, Placing
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import later, person


def add(owner: Actor, program_id: str, *names: str, **more: Any) -> list[str]:
    return [actions.add_stakeholder(owner, program_id=program_id, name=name, **more) for name in names]


def place(program_id: str) -> dict[str, tuple[str, str]]:
    return {who.name: (f"{who.power:.0f}", f"{who.interest:.0f}") for who in stakeholders(program_id)}


@pytest.mark.usefixtures("any_store")
def test_every_change_of_a_place_is_kept_with_who_made_it(owner: Actor, program_id: str) -> None:
    (ann,) = add(owner, program_id, "Ann", legitimacy=Decimal(4))
    editor = later(person(owner, program_id, "editor"), days=1)
    one: dict[str, Any] = {"program_id": program_id, "stakeholder_id": ann}
    actions.move_stakeholder(editor, **one, power=Decimal(8), interest=Decimal(2), version=1)
    actions.change_stakeholder(later(owner, days=2), **one, version=2, title="Head of sales")
    actions.change_stakeholder(later(owner, days=3), **one, version=3, stance="resistant", urgency=Decimal("6.5"))
    kept = history(program_id)
    told = [(each.by, str(each.power), str(each.legitimacy), str(each.urgency), each.stance) for each in kept]
    assert told == [
        (owner.name, "5.0000", "4.0000", "None", "unaware"),
        ("Bo Ek", "8.0000", "4.0000", "None", "unaware"),
        (owner.name, "8.0000", "4.0000", "6.5000", "resistant"),
    ]
    assert [each.at.day for each in kept] == [2, 3, 5]


def test_what_changes_nothing_and_what_changes_at_once_leave_one_state(owner: Actor, program_id: str) -> None:
    (ann,) = add(owner, program_id, "Ann")
    one: dict[str, Any] = {"program_id": program_id, "stakeholder_id": ann}
    actions.move_stakeholder(later(owner, days=1), **one, power=Decimal(5), interest=Decimal(5), version=1)
    assert len(history(program_id)) == 1
    for version, power in enumerate((7, 8), start=1):
        actions.move_stakeholder(owner, **one, power=Decimal(power), interest=Decimal(5), version=version)
    (state,) = history(program_id)
    assert state.power == 8


def test_a_clock_that_was_set_back_does_not_turn_the_order_around(owner: Actor, program_id: str) -> None:
    (ann,) = add(owner, program_id, "Ann")
    earlier = later(owner, days=-1)
    place: dict[str, Any] = {"power": Decimal(9), "interest": Decimal(9), "version": 1}
    actions.move_stakeholder(earlier, program_id=program_id, stakeholder_id=ann, **place)
    assert [each.power for each in history(program_id)] == [5, 9]


MOVES = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10), st.sampled_from(STANCES)), max_size=6)


@given(moves=MOVES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_last_state_is_where_somebody_stands_now(owner: Actor, program_id: str, moves: list[Any]) -> None:
    (ann,) = add(owner, program_id, "Ann")
    version = 1
    for hour, (power, interest, stance) in enumerate(moves):
        given = {"power": Decimal(power), "interest": Decimal(interest), "stance": stance}
        actor = later(owner, hours=hour % 3)
        one: dict[str, Any] = {"program_id": program_id, "stakeholder_id": ann, "version": version}
        version = actions.change_stakeholder(actor, **one, **given)
    last = [state for state in history(program_id) if state.stakeholder_id == ann][-1]
    now = next(who for who in stakeholders(program_id) if who.id == ann)
    assert (last.power, last.interest, last.stance) == (now.power, now.interest, now.stance)


def test_several_are_moved_at_once_and_moved_back(owner: Actor, program_id: str) -> None:
    ids = add(owner, program_id, "Ann", "Bo")
    moves = [Placing(each, Decimal(9), Decimal(1), 1) for each in ids]
    versions = actions.move_stakeholders(owner, program_id=program_id, moves=moves)
    assert versions == dict.fromkeys(ids, 2)
    assert set(place(program_id).values()) == {("9", "1")}
    back = [Placing(each, Decimal(5), Decimal(5), versions[each]) for each in ids]
    actions.move_stakeholders(owner, program_id=program_id, moves=back)
    assert set(place(program_id).values()) == {("5", "5")}


@pytest.mark.parametrize("wrong", ["twice", "nobody", "outside", "stranger"])
def test_a_wrong_move_moves_nobody(wrong: str, owner: Actor, program_id: str) -> None:
    ann, bo = add(owner, program_id, "Ann", "Bo")
    good, other = Placing(ann, Decimal(9), Decimal(1), 1), Placing(bo, Decimal(9), Decimal(1), 1)
    moves = {
        "twice": [good, good],
        "nobody": [],
        "outside": [good, replace(other, power=Decimal(11))],
        "stranger": [good, replace(other, stakeholder_id="f" * 32)],
    }[wrong]
    with pytest.raises(Missing if wrong == "stranger" else Invalid):
        actions.move_stakeholders(owner, program_id=program_id, moves=moves)
    assert set(place(program_id).values()) == {("5", "5")}
    assert len(history(program_id)) == 2


PASTED = "Name\tPower\tStance\tNext step\tSees\nann\t8\tresistant\tHave coffee\tA tool\nCy\t\tleading\t\t\n"


@pytest.mark.usefixtures("any_store")
def test_rows_add_the_new_and_change_the_named(owner: Actor, program_id: str) -> None:
    (ann,) = add(owner, program_id, "Ann", wants="Fewer tools")
    rows = read_register(PASTED, known=["Ann"])
    ids = actions.import_stakeholders(owner, program_id=program_id, rows=rows, intention="k")
    assert ids == actions.import_stakeholders(owner, program_id=program_id, rows=rows, intention="k")
    found = stakeholders(program_id)
    assert [who.id for who in found] == ids
    assert ids[0] == ann
    assert [(w.name, f"{w.power:.0f}", w.stance, w.wants, w.next_step, w.sees) for w in found] == [
        ("Ann", "8", "resistant", "Fewer tools", "Have coffee", "A tool"),
        ("Cy", "5", "leading", None, None, None),
    ]
    again = read_register(PASTED, known=["Ann", "Cy"])
    actions.import_stakeholders(owner, program_id=program_id, rows=again)
    assert [who.version for who in stakeholders(program_id)] == [who.version for who in found]


def test_rows_that_no_longer_fit_the_map_bring_in_nothing(owner: Actor, program_id: str) -> None:
    (ann,) = add(owner, program_id, "Ann")
    rows = [*read_register("Name\nDi\n"), *read_register(PASTED, known=["Ann"])]
    add(owner, program_id, "CY")
    before = stakeholders(program_id)
    with pytest.raises(Invalid, match="Line 3: Cy is on the map by now"):
        actions.import_stakeholders(owner, program_id=program_id, rows=rows)
    actions.remove_stakeholder(owner, program_id=program_id, stakeholder_id=ann, version=1)
    with pytest.raises(Invalid, match="Line 2: Ann is no longer on the map"):
        actions.import_stakeholders(owner, program_id=program_id, rows=rows)
    with pytest.raises(Invalid):
        actions.import_stakeholders(owner, program_id=program_id, rows=[])
    with pytest.raises(Invalid) as refused:
        actions.import_stakeholders(owner, program_id=program_id, rows=[RegisterRow(1, "Ed", None, {"power": "much"})])
    assert refused.value.field == "power"
    assert stakeholders(program_id) == [who for who in before if who.id != ann]


@pytest.mark.usefixtures("any_store")
def test_the_next_step_is_the_open_one_due_first(owner: Actor, program_id: str) -> None:
    ann, bo = add(owner, program_id, "Ann", "Bo")
    one = {"program_id": program_id, "stakeholder_id": ann}
    actions.add_step(owner, **one, what="Some day")
    second = actions.add_step(owner, **one, what="Have coffee", owner_id=bo, due_on=date(2026, 3, 9))
    assert stakeholders(program_id)[0].next_step == "Have coffee"
    version = actions.change_step(owner, program_id=program_id, step_id=second, version=1, what="Have tea")
    assert stakeholders(program_id)[0].next_step == "Have tea"
    version = actions.close_step(owner, program_id=program_id, step_id=second, version=version)
    assert stakeholders(program_id)[0].next_step == "Some day"
    assert [(step.what, step.owner_id, step.done_at) for step in steps(program_id)] == [
        ("Some day", None, None),
        ("Have tea", bo, owner.now),
    ]
    actions.close_step(owner, program_id=program_id, step_id=second, version=version, done=False)
    actions.remove_stakeholder(owner, program_id=program_id, stakeholder_id=bo, version=1)
    assert [(step.what, step.owner_id) for step in steps(program_id)] == [("Have tea", None), ("Some day", None)]


def test_the_register_writes_its_next_step(owner: Actor, program_id: str) -> None:
    (ann,) = add(owner, program_id, "Ann", next_step="Have coffee")
    one: dict[str, Any] = {"program_id": program_id, "stakeholder_id": ann}
    (step,) = steps(program_id)
    actions.change_step(owner, program_id=program_id, step_id=step.id, version=1, due_on=date(2026, 3, 9))
    assert actions.change_stakeholder(owner, **one, version=1, next_step="Have coffee") == 1
    assert actions.change_stakeholder(owner, **one, version=1, next_step="Have tea") == 2
    assert [(each.what, each.due_on) for each in steps(program_id)] == [("Have tea", date(2026, 3, 9))]
    with pytest.raises(Stale):
        actions.change_stakeholder(owner, **one, version=1, next_step="Have wine")
    assert actions.change_stakeholder(owner, **one, version=2, next_step=" ") == 3
    assert steps(program_id) == []


@pytest.mark.parametrize(("wrong", "field"), [({"what": " "}, "what"), ({"due_on": "soon"}, "due_on"), ({"x": 1}, "x")])
def test_a_wrong_step_is_refused_by_field(wrong: dict[str, Any], field: str, owner: Actor, program_id: str) -> None:
    (ann,) = add(owner, program_id, "Ann")
    with pytest.raises(Invalid) as refused:
        actions.add_step(owner, program_id=program_id, stakeholder_id=ann, **{"what": "Have coffee", **wrong})
    assert refused.value.field == field
    with pytest.raises(Missing):
        actions.add_step(owner, program_id=program_id, stakeholder_id=ann, what="Have coffee", owner_id="f" * 32)
    assert steps(program_id) == []


def test_who_could_take_over(owner: Actor, program_id: str) -> None:
    ann, bo, cy = add(owner, program_id, "Ann", "Bo", "Cy")
    one: dict[str, Any] = {"program_id": program_id, "stakeholder_id": ann}
    for each in (cy, bo, bo):
        actions.set_stand_in(owner, **one, stand_in_id=each)
    assert stand_ins(program_id) == {ann: [bo, cy]}
    actions.set_stand_in(owner, **one, stand_in_id=bo, can=False, before=True)
    with pytest.raises(Invalid):
        actions.set_stand_in(owner, **one, stand_in_id=ann)
    with pytest.raises(Stale):
        actions.set_stand_in(owner, **one, stand_in_id=cy, can=False, before=False)
    assert stand_ins(program_id) == {ann: [cy]}
    actions.remove_stakeholder(owner, program_id=program_id, stakeholder_id=cy, version=1)
    assert stand_ins(program_id) == {}
