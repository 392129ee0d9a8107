"""Stakeholders: quadrants, gaps and headline, and what people do to the register."""

from dataclasses import replace
from decimal import Decimal

import pytest

from program.access import Refused
from program.actions.programs import archive_program, create_program
from program.actions.stakeholders import add_stakeholder, change_stakeholder, move_stakeholder, remove_stakeholder
from program.queries.stakeholders import stakeholders
from program.stakeholders import Stakeholder, gap, headline, largest_gaps, quadrant, steps
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import person

ANN = Stakeholder(id="a", version=1, name="Ann", power=Decimal(8), interest=Decimal(3), stance="resistant")


@pytest.mark.parametrize(
    ("power", "interest", "expected"),
    [
        ("6", "6", "manage_closely"),
        ("6", "5.99", "keep_satisfied"),
        ("5.99", "6", "keep_informed"),
        ("5.99", "5.99", "monitor"),
        ("0", "10", "keep_informed"),
    ],
)
def test_high_begins_at_six(power: str, interest: str, expected: str) -> None:
    assert quadrant(replace(ANN, power=Decimal(power), interest=Decimal(interest))) == expected


def test_the_gap_is_steps_times_power() -> None:
    assert steps(ANN) == 2
    assert gap(ANN) == 16
    assert gap(replace(ANN, stance="leading")) == 0


def test_the_largest_gap_comes_first_and_no_gap_not_at_all() -> None:
    bo = replace(ANN, id="b", name="Bo", power=Decimal(9))
    there = replace(ANN, id="c", name="Cy", stance="supportive")
    assert [each.name for each in largest_gaps([ANN, there, bo])] == ["Bo", "Ann"]


def test_headlines() -> None:
    there = replace(ANN, stance="supportive")
    assert headline([]) == "Nobody is on the map yet."
    assert headline([ANN]) == "The one powerful stakeholder is not where you need them: Ann, resistant now."
    assert headline([ANN, there]) == "1 of 2 powerful stakeholders is not where you need them: Ann, resistant now."
    bo = replace(ANN, id="b", name="Bo", power=Decimal(9))
    assert headline([ANN, bo]) == "2 of 2 powerful stakeholders are not where you need them, most of all Bo."
    assert headline([there]) == "The one stakeholder on the map stands where you need them."
    assert headline([there, there]) == "All 2 on the map stand where you need them."
    assert headline([replace(ANN, power=Decimal(2))]).startswith("Nobody on the map has much power yet.")
    assert headline([there, replace(ANN, power=Decimal(2))]).endswith("The largest gap left is Ann, resistant now.")


def test_added_changed_moved_and_removed(owner: Actor, program_id: str) -> None:
    id_ = add_stakeholder(owner, program_id=program_id, name="Ann", function="sales", wants="Fewer tools")
    version = change_stakeholder(
        owner, program_id=program_id, stakeholder_id=id_, version=1, stance="neutral", wants=""
    )
    where = {"power": Decimal("7.256"), "interest": Decimal(0)}
    version = move_stakeholder(owner, program_id=program_id, stakeholder_id=id_, version=version, **where)
    (found,) = stakeholders(program_id)
    assert [found.power, found.interest, found.stance, found.wants] == [Decimal("7.26"), 0, "neutral", None]
    assert (found.version, version) == (3, 3)
    remove_stakeholder(owner, program_id=program_id, stakeholder_id=id_, version=3)
    assert stakeholders(program_id) == []


def test_fault_55_the_same_form_sent_twice_adds_one(owner: Actor, program_id: str) -> None:
    ids = {add_stakeholder(owner, program_id=program_id, name="Ann", intention="form-1") for _ in range(2)}
    assert len(ids) == 1
    assert [each.id for each in stakeholders(program_id)] == [*ids]


def test_fault_3_a_stale_move_is_refused_with_both_versions(owner: Actor, program_id: str) -> None:
    id_ = add_stakeholder(owner, program_id=program_id, name="Ann")
    other = person(owner, program_id, "editor")
    move_stakeholder(other, program_id=program_id, stakeholder_id=id_, power=Decimal(9), interest=Decimal(1), version=1)
    with pytest.raises(Stale) as refused:
        move_stakeholder(
            owner, program_id=program_id, stakeholder_id=id_, power=Decimal(2), interest=Decimal(1), version=1
        )
    assert refused.value.differences == {"power": (Decimal(2), Decimal(9))}
    assert refused.value.changed_by == other.name
    assert stakeholders(program_id)[0].power == 9


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"power": Decimal("10.01")}, "power"),
        ({"interest": Decimal("-0.01")}, "interest"),
        ({"power": Decimal("NaN")}, "power"),
        ({"power": 3.2}, "power"),
        ({"stance": "angry"}, "stance"),
        ({"function": "boss"}, "function"),
        ({"shoe_size": 43}, "shoe_size"),
    ],
)
def test_wrong_values_are_refused_by_field(owner: Actor, program_id: str, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_stakeholder(owner, program_id=program_id, **{"name": "Ann", **wrong})  # type: ignore[arg-type]
    assert refused.value.field == field
    assert stakeholders(program_id) == []


@pytest.mark.parametrize(("role", "allowed"), [("viewer", False), ("contributor", False), ("editor", True)])
def test_only_editors_touch_the_register(owner: Actor, program_id: str, role: str, allowed: bool) -> None:
    who = person(owner, program_id, role)
    if allowed:
        assert add_stakeholder(who, program_id=program_id, name="Ann")
    else:
        with pytest.raises(Refused):
            add_stakeholder(who, program_id=program_id, name="Ann")
    assert len(stakeholders(program_id)) == allowed


def test_fault_51_a_stakeholder_of_another_program_is_missing(owner: Actor, program_id: str) -> None:
    starts_on = owner.now.date()
    elsewhere = create_program(
        owner, name="Other", client_name="Other", currency="EUR", time_zone="UTC", starts_on=starts_on
    )
    id_ = add_stakeholder(owner, program_id=elsewhere, name="Ann")
    with pytest.raises(Missing):
        remove_stakeholder(owner, program_id=program_id, stakeholder_id=id_, version=1)
    assert stakeholders(program_id) == []
    assert [each.name for each in stakeholders(elsewhere)] == ["Ann"]


def test_an_archived_program_takes_no_changes(owner: Actor, program_id: str) -> None:
    archive_program(owner, program_id=program_id, version=1)
    with pytest.raises(Invalid, match="archived"):
        add_stakeholder(owner, program_id=program_id, name="Ann")
