"""The people of the sample: each view of them has something to show, and honest problems."""

from datetime import timedelta

import pytest

from program.actions.sample import create
from program.queries.influence import influence, risks, ties
from program.queries.ownership import handovers, items, ladder, matrix
from program.queries.stakeholders import history, stakeholders, stand_ins, steps
from program.typed_ties import KINDS
from tests.conftest import NOW


@pytest.mark.usefixtures("store")
def test_every_view_of_people_has_something_to_show() -> None:
    made = create(now=NOW).program_id
    people, states = stakeholders(made), history(made)
    assert {tie.kind for tie in ties(made)} == set(KINDS)
    assert all(tie.on and tie.on < NOW.date() for tie in ties(made))
    last = {state.stakeholder_id: (state.power, state.interest, state.stance) for state in states}
    assert last == {who.id: (who.power, who.interest, who.stance) for who in people}
    assert states[0].at < states[-1].at - timedelta(days=150)
    assert len(states) > len(people)
    found = steps(made)
    assert {step.done_at is None for step in found} == {True, False}
    assert any(step.due_on and step.due_on < NOW.date() for step in found if step.done_at is None)
    assert len(stand_ins(made)) == 2
    assert [item.kind for item in items(made)].count("capability") == 3
    assert [item.scheme for item in items(made, "decision")].count("daci") == 1
    assert [each.code for each in matrix(made, "decision").errors] == ["no_responsible"]
    assert {rung.stage for rung in ladder(made)} == {"network", "team", "coordinator", None}
    assert len(handovers(made)) == 1


@pytest.mark.usefixtures("store")
def test_the_sponsor_reaches_every_resistant_person_and_the_risks_are_named() -> None:
    made = create(now=NOW).program_id
    names = {who.id: who.name for who in stakeholders(made)}
    found = influence(made)
    assert names[found.sponsor or ""] == "Tomas Rehn"
    assert {names[who] for who, path in found.sponsor_paths.items() if path} == {
        "Edda Moen",
        "Ivo Brandt",
        "Luc Perrin",
    }
    hidden = {risk.code for risk in risks(made, may_see_ties=False)}
    assert hidden == {"resistant_accountable", "powerful_without_duty"}
    assert {risk.code for risk in risks(made, may_see_ties=True)} > hidden
