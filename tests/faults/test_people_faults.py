"""Rows 3, 30, 50, 51, 53 and 55 at the people of a program; the number is the row of the table of faults."""

from decimal import Decimal
from typing import Any

import pytest

from program.access import Refused, may
from program.actions import influence, ownership, stakeholders
from program.actions.members import remove_member
from program.actions.programs import create_program
from program.ownership import Change, Fix
from program.queries.influence import ties
from program.queries.members import members
from program.queries.ownership import matrix
from program.queries.programs import role_of
from program.queries.stakeholders import history, steps
from program.queries.stakeholders import stakeholders as everybody
from program.register_file import RegisterRow
from program.stakeholders import Placing
from program.typed_ties import TypedTie
from program.values import Actor, Missing, Stale
from tests.program.making import component, later, person

HOSTILE = ["<script>alert(1)</script>", "=HYPERLINK(1)", "Robert'); DROP TABLE tie;--", "Ann \u202egpj.exe", "Zoë 💬"]


@pytest.fixture
def people(owner: Actor, program_id: str) -> list[str]:
    """Ann and Bo."""
    return [stakeholders.add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo")]


@pytest.fixture
def elsewhere(owner: Actor) -> str:
    """A program of another client, of the same owner."""
    values: dict[str, Any] = {"currency": "EUR", "time_zone": "UTC", "starts_on": owner.now.date()}
    return create_program(owner, name="Other", client_name="Other", **values)


@pytest.mark.usefixtures("any_store")
def test_fault_3_two_drag_the_same_person_and_the_second_sees_both_places(
    owner: Actor, program_id: str, people: list[str]
) -> None:
    """Whoever is second moved several at once; none of them moves."""
    ann, bo = people
    first = later(person(owner, program_id, "editor"), minutes=1)
    theirs = [Placing(bo, Decimal(3), Decimal(3), 1), Placing(ann, Decimal(9), Decimal(1), 1)]
    stakeholders.move_stakeholders(first, program_id=program_id, moves=theirs)
    second = later(owner, minutes=2)
    with pytest.raises(Stale) as refused:
        stakeholders.move_stakeholders(
            second,
            program_id=program_id,
            moves=[Placing(bo, Decimal(4), Decimal(4), 2), Placing(ann, Decimal(2), Decimal(2), 1)],
        )
    stale = refused.value
    assert stale.differences == {"power": (Decimal(2), Decimal(9)), "interest": (Decimal(2), Decimal(1))}
    assert (stale.theirs["name"], stale.changed_by, stale.changed_at) == ("Ann", "Bo Ek", first.now)
    assert "stakeholder (Ann) was changed by Bo Ek" in str(stale)
    assert [(who.name, int(who.power), int(who.interest)) for who in everybody(program_id)] == [
        ("Ann", 9, 1),
        ("Bo", 3, 3),
    ]
    assert {state.by for state in history(program_id)} == {owner.name, "Bo Ek"}


def test_fault_51_a_row_of_another_program_is_missing_however_deep_it_stands(
    owner: Actor, program_id: str, elsewhere: str, people: list[str]
) -> None:
    ann = people[0]
    eve = stakeholders.add_stakeholder(owner, program_id=elsewhere, name="Eve")
    theirs, ours = component(owner, elsewhere), component(owner, program_id)
    item = ownership.add_item(owner, program_id=elsewhere, kind="decision", name="Which channels")
    here: dict[str, Any] = {"program_id": program_id}

    def fix(thing: str, who: str) -> Fix:
        return Fix("x", (Change(thing, who, "", "R"),))

    attempts: list[Any] = [
        lambda: stakeholders.move_stakeholders(
            owner, **here, moves=[Placing(each, Decimal(1), Decimal(1), 1) for each in (ann, eve)]
        ),
        lambda: influence.import_ties(owner, **here, ties=[TypedTie(ann, people[1]), TypedTie(ann, eve)]),
        lambda: influence.import_ties(owner, **here, ties=[TypedTie(eve, ann)]),
        lambda: stakeholders.add_step(owner, **here, stakeholder_id=ann, what="Ask", owner_id=eve),
        lambda: ownership.apply_fix(owner, **here, fix=fix(theirs, ann)),
        lambda: ownership.apply_fix(owner, **here, fix=fix(item, ann)),
        lambda: ownership.apply_fix(owner, **here, fix=fix(ours, eve)),
    ]
    for attempt in attempts:
        with pytest.raises(Missing):
            attempt()
    assert (ties(program_id), steps(program_id), matrix(program_id).letters) == ([], [], {})
    assert {who.power for each in (program_id, elsewhere) for who in everybody(each)} == {Decimal(5)}


def test_fault_53_a_removed_member_is_refused_at_the_next_click(
    owner: Actor, program_id: str, people: list[str]
) -> None:
    ann, bo = people
    ida = person(owner, program_id, "facilitator")
    influence.set_tie(ida, program_id=program_id, source_id=ann, target_id=bo, kind="blocks")
    (gone,) = (member for member in members(program_id) if member.user_id == ida.user_id)
    remove_member(owner, program_id=program_id, membership_id=gone.id, version=1)
    assert not may(role_of(ida.user_id, program_id), "influence.read")
    (tie,) = ties(program_id)
    attempts: list[Any] = [
        lambda: influence.remove_tie(ida, program_id=program_id, tie_id=tie.id, version=1),
        lambda: stakeholders.move_stakeholders(
            ida, program_id=program_id, moves=[Placing(ann, Decimal(1), Decimal(1), 1)]
        ),
        lambda: stakeholders.import_stakeholders(ida, program_id=program_id, rows=[RegisterRow(1, "Cy", None, {})]),
    ]
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()
    assert len(ties(program_id)) == 1
    assert [who.name for who in everybody(program_id)] == ["Ann", "Bo"]


@pytest.mark.parametrize("name", HOSTILE)
def test_fault_30_words_about_people_are_kept_literally(
    name: str, owner: Actor, program_id: str, people: list[str]
) -> None:
    row = RegisterRow(1, name, None, {"sees": name, "gain_own": name, "next_step": name})
    (made,) = stakeholders.import_stakeholders(owner, program_id=program_id, rows=[row])
    influence.set_tie(owner, program_id=program_id, source_id=made, target_id=people[0], kind="blocks", known_from=name)
    ownership.add_item(owner, program_id=program_id, kind="decision", name=name)
    who = next(each for each in everybody(program_id) if each.id == made)
    assert (who.name, who.sees, who.gain_own, who.next_step) == (name,) * 4
    assert [tie.known_from for tie in ties(program_id)] == [name]
    assert [label for _, label in matrix(program_id, "decision").components] == [name]


@pytest.mark.usefixtures("any_store")
def test_fault_26_five_thousand_ties_come_in_at_once(owner: Actor, program_id: str) -> None:
    rows = [RegisterRow(at, f"Person {at}", None, {}) for at in range(72)]
    ids = stakeholders.import_stakeholders(owner, program_id=program_id, rows=rows)
    many = [TypedTie(a, b, "influences", 1 + len(a) % 5) for a in ids for b in ids if a != b][:5000]
    assert influence.import_ties(owner, program_id=program_id, ties=many) == 5000
    assert len(ties(program_id)) == 5000
