"""The ownership matrix: set cell by cell, and what is found about the people in it."""

from decimal import Decimal

import pytest

from program.access import Refused
from program.actions.components import adopt
from program.actions.ownership import set_duty
from program.actions.stakeholders import add_stakeholder
from program.ownership import Duty, headline, people_findings
from program.queries.ownership import matrix
from program.stakeholders import Stakeholder
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component, person

FUNCTIONS = {"sales": "Sales", "it": "IT"}


def who(id_: str, function: str | None = None, power: int = 5, stance: str = "neutral") -> Stakeholder:
    return Stakeholder(
        id=id_, version=1, name=id_.title(), power=Decimal(power), interest=Decimal(5), function=function, stance=stance
    )


def test_power_without_a_duty_resistance_and_an_absent_function_are_found() -> None:
    people = [who("ann", "sales", stance="resistant"), who("bo", "it", power=6), who("cy", power=5)]
    found = people_findings(people, [Duty("c", "ann", "A")], functions=FUNCTIONS, names={"c": "Listening"})
    assert [(each.code, each.item, each.person) for each in found] == [
        ("powerful_without_duty", None, "bo"),
        ("resistant_accountable", "c", "ann"),
        ("function_absent", None, None),
    ]
    assert found[1].sentence == "Ann is accountable for “Listening” and resistant. That is a risk."
    assert found[2].sentence == "Nobody from IT has a duty."


def test_nothing_is_found_about_people_before_the_first_duty() -> None:
    assert people_findings([who("bo", power=9)], [], functions=FUNCTIONS, names={}) == []


def test_cells_are_set_changed_and_emptied(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    cell = {"program_id": program_id, "component_id": item, "stakeholder_id": ann}
    assert headline(matrix(program_id)) == "1 of 1 component has no accountable owner: Listening."
    set_duty(owner, **cell, letters="R/A", before="")
    found = matrix(program_id)
    assert found.letters == {(item, ann): "A/R"}
    assert found.errors == []
    assert headline(found) == "Every component has one accountable owner and somebody who does the work."
    set_duty(owner, **cell, letters="C", before="A/R")
    assert matrix(program_id).unowned == [item]
    set_duty(owner, **cell, letters="", before="C")
    assert matrix(program_id).letters == {}


def test_fault_4_a_cell_changed_by_somebody_else_is_refused_unless_it_says_the_same(
    owner: Actor, program_id: str
) -> None:
    item = component(owner, program_id)
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    cell = {"program_id": program_id, "component_id": item, "stakeholder_id": ann}
    set_duty(owner, **cell, letters="A", before="")
    set_duty(owner, **cell, letters="A", before="")
    with pytest.raises(Stale) as refused:
        set_duty(owner, **cell, letters="R", before="")
    assert refused.value.differences == {"letters": ("R", "A")}
    assert matrix(program_id).letters == {(item, ann): "A"}


def test_a_component_of_the_catalog_is_proposed_to_its_function(owner: Actor, program_id: str) -> None:
    adopt(owner, program_id=program_id, proposals=["C03"])
    add_stakeholder(owner, program_id=program_id, name="Ada", function="finance")
    service = add_stakeholder(owner, program_id=program_id, name="Bo", function="service")
    (fix,) = (each.fix for each in matrix(program_id).findings if each.code == "empty_item")
    assert fix is not None
    assert [each.person for each in fix.changes] == [service]


def test_errors_come_first_and_names_stand_in_the_sentences(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    people = [add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo", "Cy")]
    for each in people[:2]:
        set_duty(owner, program_id=program_id, component_id=item, stakeholder_id=each, letters="A/R", before="")
    found = matrix(program_id).findings
    assert found[0].sentence == "Ann and Bo are both accountable for “Listening”. Exactly one person can be."
    assert [each.severity for each in found] == ["error"] + ["warning"] * (len(found) - 1)
    assert ("unassigned_person", people[2]) in [(each.code, each.person) for each in found]


def test_two_people_of_one_name_stay_two(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    for _ in range(2):
        ann = add_stakeholder(owner, program_id=program_id, name="Ann")
        set_duty(owner, program_id=program_id, component_id=item, stakeholder_id=ann, letters="A/R", before="")
    assert [each.code for each in matrix(program_id).errors] == ["two_accountable"]


def test_a_wrong_letter_a_viewer_and_a_stranger_are_refused(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    cell = {"program_id": program_id, "component_id": item, "before": ""}
    with pytest.raises(Invalid):
        set_duty(owner, **cell, stakeholder_id=ann, letters="Z")
    with pytest.raises(Missing):
        set_duty(owner, **cell, stakeholder_id="0" * 32, letters="A")
    with pytest.raises(Refused):
        set_duty(person(owner, program_id, "viewer"), **cell, stakeholder_id=ann, letters="A")
    assert matrix(program_id).letters == {}
