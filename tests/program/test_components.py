"""Components: late and live, adopted in one step, changed and removed, and what the answers propose."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program.access import Refused
from program.actions.assessments import add_answers, add_respondent, start_run
from program.actions.budget import add_line, book
from program.actions.components import add_component, adopt, change_component, remove_component
from program.actions.programs import change_program
from program.components import Component, counts, headline, is_late, social_without_transactions
from program.queries.components import components, proposals
from program.runs import GivenAnswer
from program.values import Actor, Invalid, Stale
from tests.program.making import component, later, person

TODAY = date(2026, 3, 2)
ONE = Component(id="a", version=1, catalog_id="C12", name="Listening", origin="essay", due_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("due_on", "live_on", "late"),
    [
        (None, None, False),
        (TODAY, None, False),
        (date(2026, 3, 1), None, True),
        (date(2026, 3, 1), TODAY, False),
        (date(2026, 3, 1), date(2026, 3, 3), True),
    ],
)
def test_late_is_due_before_today_and_not_live_by_today(due_on: date | None, live_on: date | None, late: bool) -> None:
    assert is_late(replace(ONE, due_on=due_on, live_on=live_on), TODAY) == late


def test_counts_hold_every_stage() -> None:
    found = counts([ONE, replace(ONE, stage="rebuilt", live_on=TODAY)], TODAY)
    assert (found.total, found.live, found.late) == (2, 1, 1)
    assert list(found.by_stage.values()) == [1, 0, 0, 0, 0, 0, 1]


def test_headlines() -> None:
    assert headline([], TODAY) == "The program has no components yet."
    assert headline([ONE], TODAY) == "Listening is 1 day late. The one component is not live yet."
    assert headline([replace(ONE, due_on=None)], TODAY) == "The one component is not live yet and not late."
    worse = replace(ONE, name="Community", due_on=date(2026, 2, 1))
    assert headline([ONE, worse], TODAY).startswith("2 components are late, Community by 29 days.")


def test_social_data_wants_the_transaction_history() -> None:
    assert social_without_transactions([ONE]) == [ONE]
    assert social_without_transactions([ONE, replace(ONE, catalog_id="C06")]) == []


def test_an_adopted_component_lifts_what_the_catalog_names_it_for_earliest(owner: Actor, program_id: str) -> None:
    adopt(owner, program_id=program_id, proposals=["C06", ("C12", "MI-VOC"), "C13", "C15"])
    found = {each.catalog_id: each.dimension_id for each in components(program_id)}
    assert found == {"C06": "ME-REC", "C12": "MI-VOC", "C13": "ME-INS", "C15": None}


def test_adopted_in_one_step_and_never_twice(owner: Actor, program_id: str) -> None:
    ids = adopt(owner, program_id=program_id, proposals=[("C12", "MI-VOC"), "C06"])
    assert adopt(owner, program_id=program_id, proposals=["C06", "C01"])[0] == ids[1]
    found = components(program_id)
    assert [(each.catalog_id, each.origin, each.dimension_id, each.stage) for each in found] == [
        ("C01", "framework", "MI-INT", "thought_through"),
        ("C06", "framework", "ME-REC", "thought_through"),
        ("C12", "essay", "MI-VOC", "thought_through"),
    ]


def test_one_unknown_component_adopts_none(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid, match="no component “C99”"):
        adopt(owner, program_id=program_id, proposals=["C01", "C99"])
    assert components(program_id) == []


def test_fault_55_adopting_twice_by_a_double_click_gives_the_same_ids(owner: Actor, program_id: str) -> None:
    once = adopt(owner, program_id=program_id, proposals=["C01", "C02"], intention="click")
    assert adopt(owner, program_id=program_id, proposals=["C01", "C02"], intention="click") == once
    assert len(components(program_id)) == 2


def test_a_name_is_taken_once(owner: Actor, program_id: str) -> None:
    first = component(owner, program_id, "Listening")
    with pytest.raises(Invalid, match="already has a component named “Listening”"):
        add_component(owner, program_id=program_id, name=" Listening ")
    second = component(owner, program_id, "Community")
    with pytest.raises(Invalid, match="already"):
        change_component(owner, program_id=program_id, component_id=second, version=1, name="Listening")
    assert change_component(owner, program_id=program_id, component_id=first, version=1, name="Listening") == 1


def test_changed_by_field_and_refused_when_stale(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id, pillar="service")
    change = {"program_id": program_id, "component_id": item}
    assert change_component(owner, **change, version=1, stage="decided", live_on=TODAY, goal=" Hear them ") == 2
    with pytest.raises(Stale):
        change_component(owner, **change, version=1, stage="budgeted")
    (found,) = components(program_id)
    assert (found.stage, found.live_on, found.goal, found.pillar) == ("decided", TODAY, "Hear them", "service")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"stage": "dreaming"}, "stage"),
        ({"pillar": "legal"}, "pillar"),
        ({"dimension_id": "MI-XXX"}, "dimension_id"),
        ({"starts_on": TODAY, "due_on": date(2026, 3, 1)}, "due_on"),
        ({"origin": "essay"}, "origin"),
    ],
)
def test_wrong_values_are_refused_by_field(owner: Actor, program_id: str, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_component(owner, program_id=program_id, name="X", **wrong)
    assert refused.value.field == field


def test_a_component_with_money_spent_on_it_stays(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    line = add_line(owner, program_id=program_id, component_id=item, name="Tools", planned=Decimal(5))
    movement: dict[str, Any] = {
        "kind": "actual",
        "on": TODAY,
        "amount": Decimal(1),
        "currency": "EUR",
        "document": "I-1",
    }
    book(owner, program_id=program_id, line_id=line, **movement)
    with pytest.raises(Invalid, match="1 entry of money"):
        remove_component(owner, program_id=program_id, component_id=item, version=1)
    planned_only = component(owner, program_id, "Community")
    add_line(owner, program_id=program_id, component_id=planned_only, name="Staff", planned=Decimal(5))
    remove_component(owner, program_id=program_id, component_id=planned_only, version=1)
    assert [each.name for each in components(program_id)] == ["Listening"]


def test_a_contributor_cannot_adopt(owner: Actor, program_id: str) -> None:
    with pytest.raises(Refused):
        adopt(person(owner, program_id, "contributor"), program_id=program_id, proposals=["C01"])


def answered(owner: Actor, program_id: str, levels: dict[str, int]) -> str:
    run = start_run(owner, program_id=program_id, name="First")
    respondent = add_respondent(owner, program_id=program_id, run_id=run, name="Ann", function="sales")
    given = [GivenAnswer(f"{dimension}-1", "level", level) for dimension, level in levels.items()]
    add_answers(owner, program_id=program_id, respondent_id=respondent, answers=given)
    return run


def test_low_dimensions_propose_the_lowest_first_and_each_component_once(owner: Actor, program_id: str) -> None:
    assert proposals(program_id) == []
    answered(owner, program_id, {"ME-REC": 1, "ME-IDN": 0, "MI-VOC": 1, "ST-LIS": 2, "MI-WIN": 3})
    adopt(owner, program_id=program_id, proposals=["C03"])
    found = proposals(program_id)
    assert [(each.catalog_id, each.dimension_id, each.adopted, each.alternative_id) for each in found] == [
        ("C06", "ME-IDN", False, None),
        ("C03", "MI-VOC", True, "C12"),
    ]
    assert found[0].reason == (
        f"“{found[0].dimension_name}” stands at 0.0 of 4 by one person; the target is 2. "
        "It counts for the mechanism gate."
    )
    change_program(owner, program_id=program_id, version=1, target_profile="company-wide")
    assert [each.catalog_id for each in proposals(program_id)] == ["C06", "C03", "C12"]


def test_a_new_run_without_answers_keeps_the_proposals_of_the_last(owner: Actor, program_id: str) -> None:
    answered(owner, program_id, {"ST-ADV": 0})
    start_run(later(owner, days=1), program_id=program_id, name="Second")
    assert [each.catalog_id for each in proposals(program_id)] == ["C11"]
