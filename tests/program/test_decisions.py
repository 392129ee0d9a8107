"""Decisions with options and dissent, assumptions with an end, and the change log that claims no cause."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import changes, decisions
from program.actions.changes import correct_change, record_change, remove_change
from program.actions.decisions import (
    add_assumption,
    add_decision,
    change_assumption,
    change_decision,
    check_assumption,
    decide,
    remove_assumption,
    reopen_decision,
)
from program.changes import ChangeRecord, move
from program.decisions import Assumption, Decision, Option
from program.queries.changes import change_records
from program.queries.decisions import assumptions
from program.queries.decisions import decisions as read
from program.store.admissible_plan import refuse_row
from program.values import Actor, Invalid, Stale
from tests.program.making import component

TODAY = date(2026, 3, 2)
OPTIONS = (Option("Ours", "Cheap to begin"), Option("Theirs"))
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 6, 1)))
VALUES = st.one_of(st.none(), st.decimals(0, 100, places=6))


def decision(**values: Any) -> Decision:
    return Decision(**{"id": "d", "version": 1, "question": "Which tool?", **values})


def assumption(**values: Any) -> Assumption:
    return Assumption(**{"id": "a", "version": 1, "text": "They write", **values})


def record(**values: Any) -> ChangeRecord:
    return ChangeRecord(**{"id": "c", "version": 1, "on": TODAY, "what": "Two shifts", "better": "higher", **values})


def test_a_decision_is_kept_with_its_options_dissent_and_what_it_rests_on(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)
    row_id = add_decision(
        owner, program_id=program_id, question="Which tool?", options=OPTIONS, component_id=made, rests_on="Two quotes"
    )
    (found,) = read(program_id)
    assert (found.open, found.options, found.component_id, found.rests_on) == (True, OPTIONS, made, "Two quotes")
    given: dict[str, Any] = {"dissent": "IT would wait.", "review_on": date(2026, 9, 1), "decided_on": TODAY}
    version = decide(owner, program_id=program_id, decision_id=row_id, version=1, chosen="Theirs", **given)
    (found,) = read(program_id)
    assert (found.chosen, found.dissent, found.decided_on) == ("Theirs", "IT would wait.", TODAY)
    assert (found.review_on, found.rests_on) == (date(2026, 9, 1), "Two quotes")
    reopen_decision(owner, program_id=program_id, decision_id=row_id, version=version)
    assert (read(program_id)[0].chosen, read(program_id)[0].open) == (None, True)


def test_a_decision_without_a_day_is_of_today_where_the_program_is(owner: Actor, program_id: str) -> None:
    row_id = add_decision(owner, program_id=program_id, question="Which?", options=OPTIONS, review_on=TODAY)
    late = Actor(owner.user_id, owner.name, owner.now.replace(hour=23, minute=30))  # half past midnight in Stockholm
    decide(late, program_id=program_id, decision_id=row_id, version=1, chosen="Ours")
    assert (read(program_id)[0].decided_on, read(program_id)[0].review_on) == (date(2026, 3, 3), None)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("chosen", {"chosen": "Wait"}),
        ("chosen", {"chosen": None}),
        ("decided_on", {"decided_on": date(2026, 3, 3)}),
        ("review_on", {"decided_on": TODAY, "review_on": date(2026, 3, 1)}),
        ("nothing", {"nothing": 1}),
    ],
)
def test_a_decision_that_cannot_be_is_refused(field: str, given: dict[str, Any], owner: Actor, program_id: str) -> None:
    row_id = add_decision(owner, program_id=program_id, question="Which?", options=OPTIONS)
    with pytest.raises(Invalid) as refused:
        decide(owner, program_id=program_id, decision_id=row_id, version=1, **{"chosen": "Ours", **given})
    assert refused.value.field == field
    assert read(program_id)[0].open


def test_options_are_named_once_and_what_was_chosen_stays_one(owner: Actor, program_id: str) -> None:
    for wrong in ((Option("Ours"), Option("Ours ")), (Option(" "),), tuple(Option(str(at)) for at in range(21))):
        with pytest.raises(Invalid):
            add_decision(owner, program_id=program_id, question="Which?", options=wrong)
    row_id = add_decision(owner, program_id=program_id, question="Which?", options=OPTIONS)
    one: dict[str, Any] = {"program_id": program_id, "decision_id": row_id}
    version = decide(owner, **one, version=1, chosen="Ours")
    with pytest.raises(Invalid, match=r"The options are Theirs\."):
        change_decision(owner, **one, version=version, options=(Option("Theirs"),))
    with pytest.raises(Stale):
        change_decision(owner, **one, version=1, options=OPTIONS)
    version = change_decision(owner, **one, version=version, options=(*OPTIONS, Option("Wait")), question="What?")
    assert [option.name for option in read(program_id)[0].options] == ["Ours", "Theirs", "Wait"]


FILED: dict[str, Any] = {"options": [{"name": "Ours"}, {"name": "Theirs", "note": "Dear"}], "chosen": "Ours"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": "Ours"},
        {"options": ["Ours"]},
        {"options": [{"name": ""}]},
        {"options": [{"name": "Ours", "note": 3}]},
        {"options": [{"name": "Ours", "cost": 3}]},
        {"options": [{"name": "Ours"}, {"name": "Ours"}]},
        {"chosen": "Wait"},
        {"decided_on": None},
    ],
)
def test_a_decision_of_a_file_holds_what_somebody_could_have_entered(wrong: dict[str, Any]) -> None:
    row = FILED | {"decided_on": TODAY}
    refuse_row("decision", row)
    with pytest.raises(ValueError, match=r"option"):
        refuse_row("decision", row | wrong)


def test_an_assumption_is_checked_prolonged_and_taken_out(owner: Actor, program_id: str) -> None:
    row_id = add_assumption(owner, program_id=program_id, text="They write", expires_on=date(2026, 3, 1))
    one: dict[str, Any] = {"program_id": program_id, "assumption_id": row_id}
    assert decisions.expired(assumptions(program_id)[0], TODAY)
    later = date(2026, 6, 1)
    version = check_assumption(owner, **one, version=1, state="holds", expires_on=later)
    (found,) = assumptions(program_id)
    assert (found.state, found.checked_on, found.expires_on) == ("holds", TODAY, later)
    version = change_assumption(owner, **one, version=version, text="They write at night")
    with pytest.raises(Invalid):
        check_assumption(owner, **one, version=version, state="perhaps")
    with pytest.raises(Invalid):
        change_assumption(owner, **one, version=version, text=" \n")
    remove_assumption(owner, **one, version=version)
    assert assumptions(program_id) == []


@given(st.lists(st.tuples(DAYS, DAYS), max_size=8))
def test_open_decisions_come_first_by_their_day(rows: list[tuple[date | None, date | None]]) -> None:
    ranked = decisions.ranked(decision(decided_on=on, review_on=review) for on, review in rows)
    states = [each.open for each in ranked]
    assert states == sorted(states, reverse=True)
    waiting = [each.review_on or date.max for each in ranked if each.open]
    made = [each.decided_on for each in ranked if each.decided_on]
    assert waiting == sorted(waiting)
    assert made == sorted(made, reverse=True)


def test_headlines_say_what_is_late_then_what_shakes() -> None:
    made = decision(chosen="Ours", decided_on=TODAY)
    late = decision(question="Who?", review_on=date(2026, 3, 1))
    weak = assumption(decision_id="d", state="broken")
    says = decisions.headline
    assert says([], [], TODAY) == "No decision has been written down yet."
    assert says([made, late], [weak], TODAY) == "“Who?” should have been decided 1 day ago."
    shaken = "“Which tool?” rests on an assumption that is broken or was not checked in time."
    assert says([made], [weak], TODAY) == shaken
    assert says([made], [assumption(decision_id="d", expires_on=date(2026, 3, 1))], TODAY) == shaken
    assert says([made], [assumption(state="broken")], TODAY) == "The one decision is made."
    assert says([made, decision(review_on=TODAY)], [], TODAY) == "1 of 2 decisions is open, and none is past its day."
    assert decisions.assumptions_headline([weak, assumption(expires_on=date(2026, 1, 1))], TODAY) == (
        "1 of 2 assumptions does not hold and 1 was not checked in time."
    )
    assert decisions.assumptions_headline([assumption()], TODAY) == "The one assumption is in date."


@given(VALUES, VALUES, st.sampled_from(["higher", "lower", None]))
def test_a_metric_moves_one_way_or_is_not_known(before: Any, after: Any, better: str | None) -> None:
    there = move(record(metric_before=before, metric_after=after, better=better))
    back = move(record(metric_before=after, metric_after=before, better=better))
    assert {"better": "worse", "worse": "better"}.get(there, there) == back
    assert (there == "unknown") == (before is None or after is None or better is None)
    assert there != "same" or before == after


def test_the_change_log_claims_no_cause() -> None:
    some = [record(metric_before=Decimal(1), metric_after=Decimal(at)) for at in (0, 1, 2, 3)]
    assert changes.headline([*some, record()]) == (
        "The metric is known before and after 4 of 5 changes: it stood better after 2, worse after 1 and the same "
        "after 1."
    )
    assert changes.headline([record()]) == (
        "One change is written down; of none is it known how its metric stood before and after."
    )
    assert changes.headline([some[3]]) == "One change is written down; its metric stood better after."
    assert "because" not in changes.headline(some)


def test_a_change_is_kept_and_corrected(owner: Actor, program_id: str) -> None:
    given: dict[str, Any] = {"metric_id": "first_response", "metric_before": Decimal("9.4")}
    row_id = record_change(owner, program_id=program_id, what="Two shifts", why="They waited", **given)
    (found,) = change_records(program_id)
    assert (found.on, found.what, found.metric_before, found.metric_after, found.better) == (
        TODAY, "Two shifts", Decimal("9.4"), None, "lower"
    )  # fmt: skip
    one: dict[str, Any] = {"program_id": program_id, "change_record_id": row_id}
    version = correct_change(owner, **one, version=1, metric_after=Decimal("5.1"))
    assert move(change_records(program_id)[0]) == "better"
    for field, wrong in (
        ("metric_id", {"metric_id": None}),
        ("metric_id", {"metric_id": "luck"}),
        ("on", {"on": date(2026, 3, 3)}),
        ("metric_after", {"metric_after": 5.1}),
        ("what", {"what": " "}),
    ):
        with pytest.raises(Invalid) as refused:
            correct_change(owner, **one, version=version, **wrong)
        assert refused.value.field == field
    remove_change(owner, **one, version=version)
    assert change_records(program_id) == []
