"""The overview: what to do next, in the order of the golden thread, and the program at one glance."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessments.library import load
from program.actions.assessments import add_answers, add_respondent, close_run, start_run
from program.actions.budget import add_line, set_forecast
from program.actions.components import add_component
from program.actions.decisions import add_assumption, add_decision
from program.actions.follow_ups import add_follow_up
from program.actions.influence import import_ties, set_tie
from program.actions.ownership import set_duty
from program.actions.risks import add_risk
from program.actions.stakeholders import add_stakeholder, move_stakeholder, set_stand_in
from program.proposed_risks import ProposedRisk
from program.queries import influence
from program.queries.overview import _open_waivers, overview
from program.queries.risks import proposals
from program.runs import GivenAnswer
from program.store.tables import GateDecision, UnmatchedRow
from program.store.unit_of_work import intend
from program.thread import ClosedGate, Facts, next_actions
from program.typed_ties import TypedTie
from program.values import Actor

TODAY = date(2026, 3, 2)
BRING_IN = "Bring in a file"
CALM = Facts(
    has_run=True,
    answers=9,
    gate=None,
    people=1,
    components=1,
    ownership_errors=[],
    unowned=[],
    late=[],
    over_budget=[],
    has_data=True,
)


def facts(**changed: Any) -> Facts:
    return Facts(**{**vars(CALM), **changed})


def test_nothing_to_do_is_nothing_to_say() -> None:
    assert next_actions(CALM) == ()


def test_at_most_three_in_the_order_of_the_thread() -> None:
    everything = facts(
        has_run=False,
        answers=0,
        gate=ClosedGate("mindset", "Culture", 0.5, "Organization and collaboration"),
        ownership_errors=["Ann and Bo are both accountable."],
        unowned=["Listening"],
        late=[("Listening", 3)],
        over_budget=["Listening: Tools"],
    )
    first = next_actions(everything)
    assert [action.page for action in first] == ["assess/take.py", "plan/components.py", "plan/components.py"]
    assert first[2].title == "Get “Listening” live or move its date"
    answered = next_actions(replace(everything, has_run=True, answers=9))
    assert [action.page for action in answered] == ["plan/components.py", "people/ownership.py", "people/ownership.py"]
    assert first[0].title == "Start the first assessment"
    assert first[1].why == (
        "At 0.5 of 4 it keeps mindset below its gate. “Organization and collaboration” would lift it."
    )


def test_each_cause_says_what_to_do() -> None:
    said = {
        "Answer the assessment": facts(answers=0),
        "Ask more people about mindset": facts(gate=ClosedGate("mindset", None, None, reason="Not enough answers.")),
        "Adopt the proposed components": facts(components=0),
        "Put people on the map": facts(people=0),
        "Mend the ownership matrix": facts(ownership_errors=["One.", "Two."]),
        "Name an owner of “Listening”": facts(unowned=["Listening"]),
        "Name the owners of 2 components": facts(unowned=["Listening", "Community"]),
        "Get “Listening” live or move its date": facts(late=[("Listening", 1), ("Community", 1)]),
        "Decide on “Listening: Tools”": facts(over_budget=["Listening: Tools"]),
        "Decide “Which tool?”": facts(undecided=[("Which tool?", 3), ("Who?", 1)]),
        "Name who owns the risk “No staff”": facts(unowned_risks=["No staff"]),
        "Follow up on “Ask legal”": facts(overdue=[("Ask legal", 1), ("Ask sales", 1)]),
        "Settle the waiver of “Listening”": facts(waivers=[("Listening", "Decided", False), ("Desk", "Live", True)]),
        "Look at 2 rows that are not booked": facts(unbooked=2),
        "Look at 1 row that is not booked": facts(unbooked=1),
        "Bring down the risk “No staff”": facts(grave_risks=["No staff", "No time"]),
        "Follow up on “Ask IT”": facts(soon=[("Ask IT", 0), ("Ask HR", 9)]),
        "Bring in a file": facts(has_data=False),
        "Plan more for people and change": facts(technology_heavy="Technology takes 90% of the plan."),
    }
    for title, cause in said.items():
        (action,) = next_actions(cause)
        assert action.title == title
        assert action.why.endswith(".")


RISK = ProposedRisk("cut_without_stand_in", "a", "Ann holds the network together.", "people/influence.py")


def test_a_proposed_risk_comes_after_the_errors_of_ownership_and_before_what_is_late() -> None:
    found = next_actions(
        facts(unowned=["Listening"], late=[("Listening", 3)], risks=[("Ann", RISK), ("Bo", RISK), ("Cy", RISK)])
    )
    assert [action.page for action in found] == ["people/ownership.py", "people/influence.py", "plan/components.py"]
    assert found[1].title == "Find a stand-in for Ann"
    assert found[1].why == "Ann holds the network together. 2 more risks are proposed."


def test_what_rests_on_ties_is_said_only_to_those_who_may_see_them(owner: Actor, program_id: str) -> None:
    item = add_component(owner, program_id=program_id, name="Listening")
    ann, bo, cy = (add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo", "Cy"))
    set_duty(owner, program_id=program_id, component_id=item, stakeholder_id=ann, letters="A/R", before="")
    start_run(owner, program_id=program_id, name="First")
    import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo), TypedTie(bo, cy)])
    given: dict[str, Any] = {"today": TODAY, "has_data": True}
    said = {may: overview(program_id, **given, may_see_ties=may).next_actions for may in (True, False)}
    assert [action.title for action in said[True]] == ["Answer the assessment", "Find a stand-in for Bo"]
    assert [action.title for action in said[False]] == ["Answer the assessment"]
    assert overview(program_id, **given).next_actions == said[False]


def test_what_was_agreed_comes_after_owners_and_before_proposals() -> None:
    everything = facts(
        unowned=["Listening"],
        overdue=[("Ask legal", 9)],
        unowned_risks=["No staff", "No time"],
        undecided=[("Which tool?", 1)],
        risks=[("Ann", RISK)],
    )
    assert [action.title for action in next_actions(everything)] == [
        "Name an owner of “Listening”",
        "Decide “Which tool?”",
        "Name who owns the risk “No staff”",
    ]
    agreed = next_actions(facts(overdue=[("Ask legal", 9)], risks=[("Ann", RISK)], late=[("Listening", 3)]))
    assert [action.page for action in agreed] == ["plan/decisions.py", "people/influence.py", "plan/components.py"]


def test_the_plan_says_what_waits_and_what_was_settled_is_not_proposed_again(owner: Actor, program_id: str) -> None:
    given: dict[str, Any] = {"program_id": program_id}
    ann = add_stakeholder(owner, name="Ann", **given)
    start_run(owner, name="First", **given)
    add_decision(owner, question="Which tool?", review_on=date(2026, 2, 27), **given)
    add_risk(owner, title="No staff", probability=5, impact=5, **given)
    add_risk(owner, title="No time", probability=5, impact=5, owner_id=ann, **given)
    for title, on in (("Ask legal", date(2026, 2, 20)), ("Ask sales", date(2026, 2, 10)), ("Ask IT", TODAY)):
        add_follow_up(owner, title=title, origin="workshop", due_on=on, **given)
    late = add_assumption(owner, text="They write", expires_on=date(2026, 2, 1), **given)
    found = overview(program_id, today=TODAY, has_data=True)
    assert [action.title for action in found.next_actions] == [
        "Answer the assessment",
        "Decide “Which tool?”",
        "Name who owns the risk “No staff”",
    ]
    assert found.next_actions[1].why == "It should have been decided 3 days ago."
    assert [each.title for each in found.overdue] == ["Ask sales", "Ask legal"]
    (proposed,) = proposals(program_id, today=TODAY, may_see_ties=False)
    assert (proposed.name, proposed.who) == ("They write", late)


def test_the_network_is_measured_again_only_when_ties_change(owner: Actor, program_id: str) -> None:
    people = [add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo", "Cy")]
    ann, bo, cy = people
    import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo), TypedTie(bo, cy)])

    def holes() -> list[str]:
        return [each.who for each in influence.risks(program_id, may_see_ties=True)]

    assert holes() == [bo]
    measured = influence._measured.cache_info().misses
    move = {"power": Decimal(9), "interest": Decimal(9)}
    move_stakeholder(owner, program_id=program_id, stakeholder_id=ann, version=1, **move)
    add_component(owner, program_id=program_id, name="Listening")
    assert holes() == [bo]
    assert influence._measured.cache_info().misses == measured
    set_stand_in(owner, program_id=program_id, stakeholder_id=bo, stand_in_id=ann)
    assert holes() == []
    set_stand_in(owner, program_id=program_id, stakeholder_id=bo, stand_in_id=ann, can=False, before=True)
    set_tie(owner, program_id=program_id, source_id=ann, target_id=cy, kind="advises", weight=1)
    assert holes() == []


def test_what_is_missing_comes_in_the_order_in_which_it_is_needed() -> None:
    nothing = facts(has_run=False, answers=0, people=0, components=0, has_data=False)
    assert [action.page for action in next_actions(nothing)] == [
        "assess/take.py",
        "people/stakeholders.py",
        "measure/sources.py",
    ]
    unowned = facts(people=0, unowned=["Listening"], late=[("Listening", 3)], has_data=False)
    assert [action.title for action in next_actions(unowned)] == [
        "Put people on the map",
        "Name an owner of “Listening”",
        "Get “Listening” live or move its date",
    ]


PRESSING: dict[str, Any] = {
    "undecided": [("Which tool?", 3)],
    "unowned_risks": ["No staff"],
    "overdue": [("Ask legal", 1)],
    "waivers": [("Listening", "Decided", False)],
    "late": [("Listening", 3)],
    "over_budget": ["Listening: Tools"],
    "unbooked": 2,
    "grave_risks": ["No time"],
    "soon": [("Ask IT", 9)],
}


@pytest.mark.parametrize("fact", PRESSING)
def test_without_an_assessment_what_presses_in_the_plan_is_told_before_files(fact: str) -> None:
    (told,) = next_actions(facts(**{fact: PRESSING[fact]}))
    unanswered = facts(has_run=False, answers=0, has_data=False, **{fact: PRESSING[fact]})
    assert [each.title for each in next_actions(unanswered)] == ["Start the first assessment", told.title, BRING_IN]
    crowded = replace(unanswered, people=0, unowned=["Listening"])
    assert [each.title for each in next_actions(crowded)] == [
        "Start the first assessment",
        "Put people on the map",
        told.title,
    ]


def test_the_plan_is_told_of_without_an_assessment(owner: Actor, program_id: str) -> None:
    given: dict[str, Any] = {"program_id": program_id}
    ann = add_stakeholder(owner, name="Ann", **given)
    add_risk(owner, title="No time", probability=5, impact=5, owner_id=ann, **given)
    add_risk(owner, title="No rain", probability=1, impact=5, owner_id=ann, **given)
    for title, days in (("Ask IT", 14), ("Ask HR", 15)):
        add_follow_up(owner, title=title, origin="workshop", due_on=TODAY + timedelta(days=days), **given)
    found = overview(program_id, today=TODAY, has_data=False)
    assert [action.title for action in found.next_actions] == [
        "Start the first assessment",
        "Bring down the risk “No time”",
        "Follow up on “Ask IT”",
    ]
    assert found.next_actions[2].why == "It is due in 14 days."
    assert [each.title for each in found.soon] == ["Ask IT"]
    assert found.planned


def test_a_waiver_without_an_end_and_one_past_it_are_told_until_they_are_settled(owner: Actor, program_id: str) -> None:
    for name, until in (("Desk", None), ("Listening", date(2026, 3, 1)), ("Tools", date(2026, 3, 2))):
        item = add_component(owner, program_id=program_id, name=name)
        with intend(owner, action="test.waive", needs="program.manage", program_id=program_id) as unit:
            on = {"decided_on": date(2026, 2, 1), "recorded_at": owner.now, "expires_on": until}
            said: dict[str, Any] = {"reason": "Now", "criteria": [], "waived": [], **on}
            unit.add(GateDecision(component_id=item, stage="decided", outcome="waive", **said))
    told = _open_waivers(program_id, proposals(program_id, today=TODAY, may_see_ties=False))
    assert [(name, ended) for name, _, ended in told] == [("Listening", True), ("Desk", False)]
    assert _open_waivers(program_id, [])[0][0] == "Desk"
    titles = [each.title for each in overview(program_id, today=TODAY, has_data=False).next_actions]
    assert titles == ["Start the first assessment", "Put people on the map", "Settle the waiver of “Listening”"]


def test_rows_that_are_not_booked_are_counted(owner: Actor, program_id: str) -> None:
    add_stakeholder(owner, program_id=program_id, name="Ann")
    with intend(owner, action="test.unmatched", needs="program.manage", program_id=program_id) as unit:
        for line, settled in ((1, None), (2, None), (3, owner.now)):
            row: dict[str, Any] = {"line": line, "fingerprint": f"{line}" * 64, "cells": {}, "reason": "Unknown line"}
            where: dict[str, Any] = {
                "program_id": program_id,
                "source": "erp",
                "file_name": "a.csv",
                "came_at": owner.now,
            }
            unit.add(UnmatchedRow(**row, **where, settled_at=settled))
    titles = [each.title for each in overview(program_id, today=TODAY, has_data=True).next_actions]
    assert titles == ["Start the first assessment", "Look at 2 rows that are not booked"]


def test_an_empty_program(program_id: str) -> None:
    found = overview(program_id, today=TODAY, has_data=False)
    assert (found.run, found.assessment, found.money, found.stakeholders) == (None, None, None, 0)
    assert found.money_reason == "No budget lines yet."
    assert found.components.total == 0
    assert [action.title for action in found.next_actions] == [
        "Start the first assessment",
        "Put people on the map",
        "Bring in a file",
    ]


def test_a_run_that_closed_without_answers_is_not_called_open(owner: Actor, program_id: str) -> None:
    run = start_run(owner, program_id=program_id, name="First")
    assert overview(program_id, today=TODAY, has_data=True).next_actions[0].title == "Answer the assessment"
    close_run(owner, program_id=program_id, run_id=run, version=1)
    assert overview(program_id, today=TODAY, has_data=True).next_actions[0].title == "Start the first assessment"


def test_a_program_with_problems(owner: Actor, program_id: str) -> None:
    run = start_run(owner, program_id=program_id, name="First")
    ann = add_respondent(owner, program_id=program_id, run_id=run, name="Ann", function="sales")
    given = [
        GivenAnswer(statement.id, "level", {"mindset": 1, "mechanism": 3, "strategy": 3}[statement.aspect])
        for statement in load().statements()
    ]
    given = [GivenAnswer(a.statement_id, "level", 0) if a.statement_id == "MI-CUL-1" else a for a in given]
    add_answers(owner, program_id=program_id, respondent_id=ann, answers=given)
    late = add_component(
        owner, program_id=program_id, name="Listening", due_on=date(2026, 2, 20), dimension_id="MI-CUL"
    )
    add_component(owner, program_id=program_id, name="Community")
    person = add_stakeholder(owner, program_id=program_id, name="Ann")
    set_duty(owner, program_id=program_id, component_id=late, stakeholder_id=person, letters="A/R", before="")
    line = add_line(owner, program_id=program_id, component_id=late, name="Tools", planned=Decimal(100))
    set_forecast(owner, program_id=program_id, line_id=line, on=TODAY, amount=Decimal(120))

    found = overview(program_id, today=TODAY, has_data=True)
    assert [action.title for action in found.next_actions] == [
        f"Work on “{load().dimension('MI-CUL').name}”",
        "Name an owner of “Community”",
        "Get “Listening” live or move its date",
    ]
    assert found.next_actions[0].why.endswith("“Listening” is planned to lift it.")
    assert found.assessment is not None
    assert found.assessment.readiness.start_with == "mindset"
    assert found.money is not None
    assert [found.money.planned, found.money.expected, found.money.currency] == [100, 120, "EUR"]
    assert [each.name for each in found.late] == ["Listening"]
    assert found.unowned == ("Community",)
    assert [each.name for each in found.over_budget] == ["Tools"]


def test_several_currencies_have_a_reason_and_no_total(owner: Actor, program_id: str) -> None:
    item = add_component(owner, program_id=program_id, name="Listening")
    for currency in ("EUR", "USD"):
        add_line(owner, program_id=program_id, component_id=item, name=currency, currency=currency)
    found = overview(program_id, today=TODAY, has_data=True)
    assert found.money is None
    assert found.money_reason == "The lines are in several currencies (EUR, USD), so they have no common total."
