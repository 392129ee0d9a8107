"""Gates in the store: what they read, what passes them, what is refused, and what stays on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from program.actions.budget import add_line, book
from program.actions.components import adopt, change_component
from program.actions.gates import add_gate_evidence, decide_gate, remove_gate_evidence
from program.actions.stakeholders import add_stakeholder
from program.catalog import STAGES
from program.gates import Gate
from program.queries import gates as queries
from program.queries.components import components
from program.store import tables as t
from program.store.admissible_plan import refuse_row
from program.store.engine import engine_at, reading, url
from program.store.unit_of_work import intend
from program.values import Actor, Invalid, Missing, Stale
from tests.pages.answered import answered_run
from tests.program import measured
from tests.program.gated import meet
from tests.program.making import component, later

TODAY = date(2026, 3, 2)
PAST = date(2026, 2, 1)


def gate(program_id: str, component_id: str, home: Path | None = None, *, today: date = TODAY) -> Gate:
    return queries.gate(program_id, component_id, today=today, home=home)


def judged(found: Gate) -> dict[str, bool | None]:
    return {each.id: each.met for each in found.criteria}


def decide(owner: Actor, program_id: str, component_id: str, outcome: str, person: str, **more: Any) -> str:
    (version,) = (each.version for each in components(program_id) if each.id == component_id)
    said = {"outcome": outcome, "decider_id": person, "reason": "So it is.", "version": version}
    said |= {"expires_on": owner.now.date() + timedelta(days=90)} if outcome == "waive" else {}
    return decide_gate(owner, program_id=program_id, component_id=component_id, **{**said, **more})


def stage_of(program_id: str, component_id: str) -> str:
    return next(each.stage for each in components(program_id) if each.id == component_id)


@pytest.fixture
def person(owner: Actor, program_id: str) -> str:
    return add_stakeholder(owner, program_id=program_id, name="Ida Holm")


@pytest.fixture
def listening(owner: Actor, program_id: str) -> str:
    (made,) = adopt(owner, program_id=program_id, proposals=[("C12", "MI-VOC")])
    return made


@contextmanager
def counted() -> Iterator[list[str]]:
    said: list[str] = []

    def note(*given: Any) -> None:
        said.append(given[2])

    watched = engine_at(url())
    event.listen(watched, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(watched, "before_cursor_execute", note)


def test_a_new_component_has_shown_nothing_and_says_why(program_id: str, listening: str) -> None:
    found = gate(program_id, listening)
    assert (found.stage, found.can_pass, found.next_stages) == ("thought_through", False, ("decided",))
    assert judged(found) == {
        "purpose": False, "need": None, "assumptions": False, "strategy": False, "perspectives": None,
        "listening": False,
    }  # fmt: skip
    assert found.because.startswith("it has no goal yet; nobody has answered the assessment yet; ")


def test_all_stages_as_a_loop_each_passed_by_what_the_program_holds(
    owner: Actor, program_id: str, listening: str, person: str, home: Path
) -> None:
    """What people answer and customers do is not in this program, so those criteria are waived by name."""
    waived = {"thought_through": ["need", "perspectives"], "decided": ["mindset"], "followed_through": ["trend"]}
    way = [*STAGES[:6], "followed_through", "tweaked", "rebuilt"]
    for at, stage in enumerate(way):
        assert stage_of(program_id, listening) == stage
        now = later(owner, days=at)
        if stage not in way[:at] or stage == "tweaked":
            meet(now, program_id, listening, stage, person)
        found = gate(program_id, listening, home, today=TODAY + timedelta(days=at))
        assert {each.id for each in found.open} == set(waived.get(stage, [])), stage
        outcome = "waive" if waived.get(stage) else "pass"
        to = "rebuilt" if way[at + 1 : at + 2] == ["rebuilt"] else None
        decide(now, program_id, listening, outcome, person, waived=waived.get(stage, ()), next_stage=to, home=home)
    assert stage_of(program_id, listening) == "thought_through"
    history = gate(program_id, listening).history
    assert [each.stage for each in reversed(history)] == way
    assert [each.to for each in reversed(history)] == [*way[1:], "thought_through"]
    again = judged(gate(program_id, listening, today=date(2026, 3, 20)))
    assert (again["purpose"], again["listening"]) == (True, False)


def test_passing_with_open_criteria_is_refused_and_names_them(
    owner: Actor, program_id: str, listening: str, person: str
) -> None:
    with pytest.raises(Invalid, match=r"cannot pass because it has no goal yet; .* nothing is attached yet") as refused:
        decide(owner, program_id, listening, "pass", person)
    assert refused.value.field == "waived"
    with pytest.raises(Invalid, match="cannot pass because nobody has answered"):
        decide(owner, program_id, listening, "waive", person, waived=["purpose", "assumptions", "strategy"])
    assert stage_of(program_id, listening) == "thought_through"
    assert gate(program_id, listening).history == ()


def test_a_waiver_names_what_is_let_pass_and_nothing_else(
    owner: Actor, program_id: str, listening: str, person: str
) -> None:
    meet(owner, program_id, listening, "thought_through", person)
    both = ["need", "perspectives"]
    with pytest.raises(Invalid, match="is met and needs no waiver: What will be different"):
        decide(owner, program_id, listening, "waive", person, waived=[*both, "purpose"])
    with pytest.raises(Invalid, match="Choose that"):
        decide(owner, program_id, listening, "pass", person, waived=both)
    with pytest.raises(Invalid, match="is no criterion"):
        decide(owner, program_id, listening, "waive", person, waived=[*both, "mindset"])
    until = TODAY + timedelta(days=30)
    decide(owner, program_id, listening, "waive", person, waived=both, dissent="Bo: too early", expires_on=until)
    found = gate(program_id, listening)
    (made,) = found.history
    assert (made.outcome, made.waived, made.dissent) == ("waive", tuple(both), "Bo: too early")
    assert {each["id"]: each["met"] for each in made.criteria}["need"] is None
    assert [(each.criterion.id, each.expired) for each in found.waivers] == [("need", False), ("perspectives", False)]
    assert [each.met for each in found.waivers] == [None, None]
    assert all(each.expired for each in gate(program_id, listening, today=until + timedelta(days=1)).waivers)
    with reading() as session:
        last = session.scalars(select(t.AuditEntry).order_by(t.AuditEntry.number.desc()).limit(1)).one()
    assert (last.action, last.detail["waived"], last.detail["to"]) == ("gate.decide", both, "decided")
    assert "too early" not in str(last.detail)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": "perhaps"}, "outcome"),
        ({"decider_id": None}, "decider_id"),
        ({"reason": "  "}, "reason"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"expires_on": TODAY}, "expires_on"),
        ({"waived": ["purpose"]}, "waived"),
        ({"outcome": "waive", "waived": ["need"], "expires_on": None}, "expires_on"),
        ({"outcome": "waive", "waived": ["need"], "expires_on": TODAY - timedelta(days=1)}, "expires_on"),
        ({"outcome": "waive", "waived": ["need"], "decided_on": PAST, "expires_on": PAST}, "expires_on"),
    ],
)
def test_a_decision_is_signed_reasoned_and_dated(
    owner: Actor, program_id: str, listening: str, person: str, wrong: dict[str, Any], field: str
) -> None:
    outcome = wrong.get("outcome", "hold")
    with pytest.raises(Invalid) as refused:
        decide(owner, program_id, listening, outcome, person, **{k: v for k, v in wrong.items() if k != "outcome"})
    assert refused.value.field == field
    assert gate(program_id, listening).history == ()


def test_hold_and_stop_leave_the_stage_and_the_last_word_counts(
    owner: Actor, program_id: str, listening: str, person: str
) -> None:
    decide(owner, program_id, listening, "hold", person)
    assert gate(program_id, listening).held == "hold"
    decide(later(owner, days=1), program_id, listening, "stop", person)
    assert gate(program_id, listening).sentence == "“Listening and response” was stopped at “Thought through”."
    assert stage_of(program_id, listening) == "thought_through"
    assert [each.to for each in gate(program_id, listening).history] == [None, None]


def test_only_a_stage_that_follows_is_gone_on_to(owner: Actor, program_id: str, listening: str, person: str) -> None:
    meet(owner, program_id, listening, "thought_through", person)
    waived = {"waived": ["need", "perspectives"]}
    with pytest.raises(Invalid, match="it goes on to “Decided”"):
        decide(owner, program_id, listening, "waive", person, next_stage="budgeted", **waived)
    decide(owner, program_id, listening, "waive", person, **waived)
    (held,) = components(program_id)
    ids: dict[str, Any] = {"program_id": program_id, "component_id": listening, "version": held.version}
    with pytest.raises(Invalid, match="by passing its gate"):
        change_component(owner, **ids, stage="budgeted")
    change_component(owner, **ids, stage="thought_through")
    assert stage_of(program_id, listening) == "thought_through"


def test_fault_3_two_people_at_one_gate_decide_once(owner: Actor, program_id: str, listening: str, person: str) -> None:
    meet(owner, program_id, listening, "thought_through", person)
    (seen,) = (each.version for each in components(program_id))
    waived = {"waived": ["need", "perspectives"], "version": seen}
    decide(owner, program_id, listening, "waive", person, **waived)
    with pytest.raises(Stale):
        decide(owner, program_id, listening, "waive", person, **waived)
    assert len(gate(program_id, listening).history) == 1


def test_evidence_is_for_a_criterion_of_the_gate_by_words_or_a_link(
    owner: Actor, program_id: str, listening: str
) -> None:
    of: dict[str, Any] = {"program_id": program_id, "component_id": listening}
    for wrong, field in (
        ({"criterion": "listening"}, "note"),
        ({"criterion": "listening", "note": " \n"}, "note"),
        ({"criterion": "listening", "link": "javascript:alert(1)"}, "link"),
        ({"criterion": "mindset", "note": "Notes"}, "criterion"),
        ({"criterion": "technology", "note": "Notes", "stage": "budgeted"}, "criterion"),
        ({"criterion": "listening", "note": "Notes", "stage": "dreaming"}, "stage"),
    ):
        with pytest.raises(Invalid) as refused:
            add_gate_evidence(owner, **of, **wrong)
        assert refused.value.field == field
    made = add_gate_evidence(owner, **of, criterion="listening", link=" https://example.com/calls ")
    (shown,) = (each for each in gate(program_id, listening).criteria if each.id == "listening")
    assert (shown.met, shown.evidence[0].link, shown.evidence[0].added_by) == (
        True, "https://example.com/calls", owner.name
    )  # fmt: skip
    remove_gate_evidence(owner, program_id=program_id, evidence_id=made, version=1)
    assert judged(gate(program_id, listening))["listening"] is False


def test_the_assessment_counts_by_its_score_and_its_mindset_gate(
    owner: Actor, program_id: str, listening: str, person: str
) -> None:
    answered_run(owner, program_id)
    found = gate(program_id, listening)
    assert judged(found)["need"] is True
    assert "stands at 1.0 of 4; the target is" in next(each.sentence for each in found.criteria if each.id == "need")
    assert judged(found)["perspectives"] is False
    change_component(owner, program_id=program_id, component_id=listening, version=1, stage="decided")
    meet(owner, program_id, listening, "decided", person)
    found = gate(program_id, listening)
    assert [each.id for each in found.open] == ["mindset"]
    assert found.sentence.startswith(
        "“Listening and response” cannot leave “Decided” because mindset stands at 1.0 of 4, its lowest gated part at "
    )


def test_the_trend_is_read_from_the_customer_data(
    owner: Actor, program_id: str, listening: str, person: str, home: Path
) -> None:
    for stage in ("budgeted", "organized", "followed_through"):
        meet(owner, program_id, listening, stage, person)
    change_component(owner, program_id=program_id, component_id=listening, version=2, stage="followed_through")
    by = {
        "trend": judged(gate(program_id, listening))["trend"],
        "none": judged(gate(program_id, listening, home))["trend"],
    }
    assert by == {"trend": None, "none": None}
    with reading() as session:
        client = session.scalars(select(t.Client.key)).one()
    measured.deals(home, client)
    found = gate(program_id, listening, home)
    (trend,) = (each for each in found.criteria if each.id == "trend")
    assert trend.met
    assert trend.sentence == "Win rate is 67% in Nov 2025, after 67% in Aug 2025."
    assert found.can_pass


def test_technology_money_waits_until_mindset_opens_or_is_waived(owner: Actor, program_id: str, person: str) -> None:
    assert queries.technology_money(program_id) is None
    (tools,) = adopt(owner, program_id=program_id, proposals=["C07"])
    assert "nobody has answered the assessment yet" in str(queries.technology_money(program_id))
    answered_run(owner, program_id)
    said = str(queries.technology_money(program_id))
    assert said.startswith("Technology money waits: mindset stands at 1.0 of 4")
    change_component(owner, program_id=program_id, component_id=tools, version=1, stage="decided")
    meet(owner, program_id, tools, "decided", person)
    until = TODAY + timedelta(days=10)
    decide(owner, program_id, tools, "waive", person, waived=["mindset"], expires_on=until)
    assert queries.technology_money(program_id, today=TODAY) is None
    assert queries.technology_money(program_id, today=until + timedelta(days=1)) == said
    add_line(owner, program_id=program_id, component_id=tools, name="Licenses", planned=Decimal(100))
    assert "Technology takes 100% of the plan" in str(queries.technology_money(program_id, today=TODAY))
    (asked,) = (each for each in gate(program_id, tools).criteria if each.id == "technology")
    assert (asked.met, asked.sentence) == (False, queries.technology_money(program_id, today=TODAY))


def test_a_cost_dated_ahead_is_no_fresh_actual(owner: Actor, program_id: str, listening: str) -> None:
    change_component(owner, program_id=program_id, component_id=listening, version=1, stage="followed_through")
    line_id = add_line(owner, program_id=program_id, component_id=listening, name="Tools")
    cost: dict[str, Any] = {"kind": "actual", "amount": Decimal(1), "currency": "EUR", "document": "I-1"}
    book(owner, program_id=program_id, line_id=line_id, on=TODAY + timedelta(days=1), **cost)
    met = {
        day: each.met
        for day in (TODAY, TODAY + timedelta(days=1))
        for each in gate(program_id, listening, today=day).criteria
        if each.id == "actuals"
    }
    assert met == {TODAY: None, TODAY + timedelta(days=1): True}


def test_gates_of_many_components_take_as_many_statements_as_of_two(owner: Actor, program_id: str) -> None:
    for name in ("One", "Two"):
        component(owner, program_id, name)
    answered_run(owner, program_id)
    queries.gates(program_id, today=TODAY)
    with counted() as few:
        queries.gates(program_id, today=TODAY)
    with intend(owner, action="test.many", needs="program.manage", program_id=program_id) as unit:
        for at in range(60):
            made = unit.add(t.Component(program_id=program_id, name=f"C{at:03}", origin="own"))
            unit.add(t.Decision(program_id=program_id, component_id=made.id, question="Q", options=[]))
    with counted() as many:
        found = queries.gates(program_id, today=TODAY)
    assert len(found) == 62
    assert len(many) == len(few) < 60


def test_another_programs_component_has_no_gate_here(program_id: str) -> None:
    with pytest.raises(Missing):
        gate(program_id, "f" * 32)
    with pytest.raises(Missing):
        queries.gates("f" * 32, today=TODAY)


SHOWN = {"stage": "decided", "criterion": "options", "note": "Notes", "link": None}
MADE = {"stage": "decided", "outcome": "waive", "criteria": [{"id": "options", "met": False}], "waived": ["options"]}


@pytest.mark.parametrize(
    ("table", "row", "wrong"),
    [
        ("gate_evidence", SHOWN, {"criterion": "listening"}),
        ("gate_evidence", SHOWN, {"note": None}),
        ("gate_evidence", SHOWN, {"link": "javascript:alert(1)"}),
        ("gate_decision", MADE, {"waived": []}),
        ("gate_decision", MADE, {"waived": ["purpose"]}),
        ("gate_decision", MADE, {"outcome": "pass"}),
        ("gate_decision", MADE, {"criteria": "all"}),
        ("gate_decision", MADE, {"criteria": [{"id": "options"}]}),
        ("gate_decision", MADE, {"waived": {"options": 1}}),
    ],
)
def test_a_file_brings_in_only_what_people_could_have_entered(
    table: str, row: dict[str, Any], wrong: dict[str, Any]
) -> None:
    refuse_row(table, row)
    with pytest.raises(ValueError, match=r"\.$"):
        refuse_row(table, row | wrong)
