"""Ties as they are kept: one by one, many at once, only by those who lead, and gone with the people they are about."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program.access import Refused
from program.actions.influence import import_ties, remove_tie, set_tie
from program.actions.ownership import set_duty
from program.actions.stakeholders import add_stakeholder, remove_stakeholder, set_stand_in
from program.queries.influence import influence, risks, ties
from program.typed_ties import TypedTie
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component, person

DAY = date(2026, 2, 3)


@pytest.fixture
def people(owner: Actor, program_id: str) -> list[str]:
    """Ann, Bo, Cy and Di."""
    names = ("Ann", "Bo", "Cy", "Di")
    return [add_stakeholder(owner, program_id=program_id, name=name) for name in names]


def told(program_id: str) -> list[tuple[str, int, str | None, date | None]]:
    return [(tie.kind, tie.weight, tie.known_from, tie.on) for tie in ties(program_id)]


@pytest.mark.usefixtures("any_store")
def test_a_tie_is_set_changed_and_taken_back(owner: Actor, program_id: str, people: list[str]) -> None:
    tie: dict[str, Any] = {"program_id": program_id, "source_id": people[0], "target_id": people[1], "kind": "advises"}
    assert set_tie(owner, **tie, weight=3, known_from=" Ann says so ", on=DAY) == 1
    assert told(program_id) == [("advises", 3, "Ann says so", DAY)]
    assert set_tie(owner, **tie, weight=3, known_from="Ann says so", on=DAY) == 1
    with pytest.raises(Stale) as refused:
        set_tie(owner, **tie, weight=5)
    assert refused.value.theirs["weight"] == 3
    assert set_tie(owner, **tie, weight=5, version=1) == 2
    assert told(program_id) == [("advises", 5, None, None)]
    set_tie(owner, **tie | {"kind": "blocks"})
    set_tie(owner, **tie | {"source_id": people[1], "target_id": people[0]})
    (first, *_) = ties(program_id)
    remove_tie(owner, program_id=program_id, tie_id=first.id, version=2)
    assert [(tie.source, tie.kind) for tie in ties(program_id)] == [(people[0], "blocks"), (people[1], "advises")]
    with pytest.raises(Missing):
        set_tie(owner, **tie, weight=5, version=2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "likes"}, "kind"),
        ({"weight": 0}, "weight"),
        ({"weight": 6}, "weight"),
        ({"weight": -1}, "weight"),
        ({"weight": 2.5}, "weight"),
        ({"weight": "3"}, "weight"),
        ({"weight": True}, "weight"),
        ({"known_from": "x" * 10_001}, "known_from"),
        ({"on": "today"}, "on"),
    ],
)
def test_a_wrong_tie_is_refused_by_field(
    wrong: dict[str, Any], field: str, owner: Actor, program_id: str, people: list[str]
) -> None:
    given = {"source_id": people[0], "target_id": people[1], "kind": "advises", "weight": 2, **wrong}
    with pytest.raises(Invalid) as refused:
        set_tie(owner, program_id=program_id, **given)
    assert refused.value.field == field
    names = {"source_id": "source", "target_id": "target"}
    with pytest.raises(Invalid):
        import_ties(owner, program_id=program_id, ties=[TypedTie(**{names.get(k, k): v for k, v in given.items()})])
    assert ties(program_id) == []


def test_a_tie_to_oneself_and_to_a_stranger_are_refused(owner: Actor, program_id: str, people: list[str]) -> None:
    ann = people[0]
    for target, problem in ((ann, Invalid), ("f" * 32, Missing)):
        with pytest.raises(problem):
            set_tie(owner, program_id=program_id, source_id=ann, target_id=target, kind="blocks")
        with pytest.raises(problem):
            import_ties(owner, program_id=program_id, ties=[TypedTie(people[1], ann), TypedTie(ann, target)])
    assert ties(program_id) == []


@pytest.mark.usefixtures("any_store")
def test_many_ties_come_in_at_once_and_again(owner: Actor, program_id: str, people: list[str]) -> None:
    ann, bo, cy, _ = people
    rows = [TypedTie(ann, bo, "reports_to", 2, "Chart", DAY), TypedTie(cy, bo, "reports_to", 4)]
    assert import_ties(owner, program_id=program_id, ties=rows, intention="k") == 2
    assert import_ties(owner, program_id=program_id, ties=rows[:1], intention="k") == 1  # a second click
    assert import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo, "reports_to", 5), *rows[1:]]) == 2
    assert told(program_id) == [("reports_to", 5, "Chart", DAY), ("reports_to", 4, None, None)]
    assert [tie.version for tie in ties(program_id)] == [2, 1]
    with pytest.raises(Invalid, match="twice"):
        import_ties(owner, program_id=program_id, ties=[rows[0], rows[0]])
    with pytest.raises(Invalid, match="no ties"):
        import_ties(owner, program_id=program_id, ties=[])


@pytest.mark.parametrize("role", ["viewer", "contributor", "editor", "facilitator"])
def test_only_those_who_lead_write_ties(role: str, owner: Actor, program_id: str, people: list[str]) -> None:
    who = person(owner, program_id, role)
    rows = [TypedTie(people[0], people[1])]
    if role == "facilitator":
        assert import_ties(who, program_id=program_id, ties=rows) == 1
    else:
        with pytest.raises(Refused):
            import_ties(who, program_id=program_id, ties=rows)
    assert len(ties(program_id)) == (role == "facilitator")


@pytest.mark.usefixtures("any_store")
def test_ties_go_with_either_of_their_people(owner: Actor, program_id: str, people: list[str]) -> None:
    ann, bo, cy, di = people
    import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo), TypedTie(bo, cy), TypedTie(cy, di)])
    remove_stakeholder(owner, program_id=program_id, stakeholder_id=bo, version=1)
    assert [(tie.source, tie.target) for tie in ties(program_id)] == [(cy, di)]


def test_the_ties_say_who_holds_the_network_together(owner: Actor, program_id: str, people: list[str]) -> None:
    ann, bo, cy, di = people
    import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo), TypedTie(bo, cy), TypedTie(bo, di)])
    set_duty(
        owner,
        program_id=program_id,
        component_id=component(owner, program_id),
        stakeholder_id=cy,
        letters="A/R",
        before="",
    )
    found = influence(program_id, sponsor=ann)
    assert found.cut_without_stand_in == (bo,)
    assert (found.sponsor, found.coverage.share) == (ann, 1.0)
    assert [risk.who for risk in risks(program_id, may_see_ties=True)] == [bo]
    assert risks(program_id, may_see_ties=False) == []
    set_stand_in(owner, program_id=program_id, stakeholder_id=bo, stand_in_id=di)
    assert influence(program_id).cut_without_stand_in == ()
    assert [risk.code for risk in risks(program_id, may_see_ties=True)] == []


def test_a_resistant_accountable_is_a_risk_for_every_reader(owner: Actor, program_id: str) -> None:
    luc = add_stakeholder(owner, program_id=program_id, name="Luc", stance="resistant", power=Decimal(8))
    item = component(owner, program_id)
    set_duty(owner, program_id=program_id, component_id=item, stakeholder_id=luc, letters="A/R", before="")
    assert [risk.code for risk in risks(program_id, may_see_ties=False)] == ["resistant_accountable"]
