"""Follow-ups, and what others changed since the last visit: sentences without values, for those who may read them."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program import actions
from program.access import ROLES, may
from program.actions.assessments import add_respondent, start_run
from program.actions.budget import add_line
from program.actions.components import change_component
from program.actions.decisions import add_decision
from program.actions.follow_ups import (
    add_follow_up,
    change_follow_up,
    complete_follow_up,
    remove_follow_up,
    reopen_follow_up,
)
from program.actions.influence import import_ties
from program.actions.risks import add_risk
from program.actions.stakeholders import add_stakeholder
from program.follow_ups import ORIGINS, FollowUp, headline, overdue, ranked, state
from program.policy import load
from program.queries.follow_ups import follow_ups
from program.queries.visits import changed_since
from program.store import visits
from program.store.engine import reading
from program.store.tables import AuditEntry
from program.typed_ties import TypedTie
from program.values import Actor, Invalid, Missing
from program.visits import NOUNS, UNTOLD, Changed, news
from tests.conftest import NOW
from tests.program.making import component, person

TODAY = date(2026, 3, 2)
QUIET = timedelta(minutes=load().visit_quiet_minutes)


def follow_up(**values: Any) -> FollowUp:
    return FollowUp(**{"id": "f", "version": 1, "title": "Ask legal", "origin": "decision", **values})


@given(
    st.lists(
        st.builds(
            follow_up,
            origin=st.sampled_from(list(ORIGINS)),
            due_on=st.one_of(st.none(), st.dates(date(2026, 2, 1), date(2026, 4, 1))),
            done_at=st.sampled_from([None, NOW, NOW + timedelta(1)]),
        ),
        max_size=8,
    )
)
def test_each_follow_up_stands_in_one_state(some: list[FollowUp]) -> None:
    late = overdue(some, TODAY)
    assert all(each.done_at is None and each.due_on and each.due_on < TODAY for each in late)
    assert len(late) == [state(each, TODAY) for each in some].count("overdue")
    assert [each.due_on for each in late] == sorted(each.due_on for each in late if each.due_on)
    assert len(ranked(some)) == len(some)
    still = [each.done_at is None for each in ranked(some)]
    assert still == sorted(still, reverse=True)


def test_what_is_due_today_is_due_soon_and_not_overdue() -> None:
    soon = load().due_soon_days
    days: dict[date | None, str] = {TODAY - timedelta(1): "overdue", TODAY: "soon", TODAY + timedelta(soon): "soon"}
    days |= {TODAY + timedelta(soon + 1): "later", None: "undated"}
    assert {day: state(follow_up(due_on=day), TODAY) for day in days} == days
    assert state(follow_up(due_on=date(2026, 1, 1), done_at=NOW), TODAY) == "done"


def test_headlines() -> None:
    late = follow_up(due_on=date(2026, 2, 28))
    assert headline([], TODAY) == "Nothing has been agreed to follow up yet."
    assert headline([late], TODAY) == "“Ask legal” is 2 days overdue."
    assert headline([late, late], TODAY) == "“Ask legal” is 2 days overdue, and 1 more."
    assert headline([follow_up(done_at=NOW)], TODAY) == "Everything that was agreed is done."
    assert headline([follow_up()], TODAY) == "One follow-up is open, none overdue. 1 has no owner."


def test_a_follow_up_knows_where_it_comes_from(owner: Actor, program_id: str) -> None:
    question = add_decision(owner, program_id=program_id, question="Which tool?")
    danger = add_risk(owner, program_id=program_id, title="No staff")
    desk = component(owner, program_id, "Desk")
    for origin, row in (
        ("decision", question),
        ("risk", danger),
        ("gate", desk),
        ("finding", desk),
        ("workshop", None),
    ):
        add_follow_up(owner, program_id=program_id, title=origin, origin=origin, origin_id=row)
    told = {each.title: each.from_what for each in follow_ups(program_id)}
    assert told == {
        "decision": "Which tool?", "risk": "No staff", "gate": "Desk", "finding": "Desk", "workshop": None
    }  # fmt: skip
    for origin, wrong in (("risk", question), ("decision", desk), ("gate", "f" * 32), ("workshop", danger)):
        with pytest.raises(Missing):
            add_follow_up(owner, program_id=program_id, title="No", origin=origin, origin_id=wrong)
    with pytest.raises(Invalid):
        add_follow_up(owner, program_id=program_id, title="No", origin="gossip")


def test_a_follow_up_is_done_opened_again_and_taken_out(owner: Actor, program_id: str) -> None:
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    given: dict[str, Any] = {"title": "Ask legal", "origin": "workshop", "due_on": TODAY}
    row_id = add_follow_up(owner, program_id=program_id, **given)
    one: dict[str, Any] = {"program_id": program_id, "follow_up_id": row_id}
    version = change_follow_up(owner, **one, version=1, owner_id=ann, due_on=None)
    version = complete_follow_up(owner, **one, version=version)
    assert [(each.owner_id, each.due_on, each.done_at) for each in follow_ups(program_id)] == [(ann, None, NOW)]
    assert follow_ups(program_id, only_open=True) == []
    version = reopen_follow_up(owner, **one, version=version)
    with pytest.raises(Invalid, match="no field"):
        change_follow_up(owner, **one, version=version, origin="risk")
    remove_follow_up(owner, **one, version=version)
    assert follow_ups(program_id) == []


def at(actor: Actor, later: timedelta) -> Actor:
    return Actor(actor.user_id, actor.name, NOW + later)


@pytest.mark.usefixtures("any_store")
def test_a_visit_ends_when_nobody_looked_for_a_while_and_leaves_no_audit_entry(owner: Actor, program_id: str) -> None:
    def entries() -> int:
        with reading() as session:
            return session.query(AuditEntry).count()

    before = entries()
    assert visits.visit(owner, program_id) is None
    assert visits.visit(at(owner, timedelta(minutes=20)), program_id) is None
    gone = timedelta(minutes=20) + QUIET + timedelta(seconds=1)
    assert visits.visit(at(owner, gone), program_id) == NOW + timedelta(minutes=20)
    assert visits.visit(at(owner, gone + timedelta(minutes=1)), program_id) == NOW + timedelta(minutes=20)
    assert visits.visit(at(owner, timedelta()), program_id) == NOW + timedelta(minutes=20)
    assert visits.visit(person(owner, program_id, "viewer"), program_id) is None
    assert entries() == before + 1  # of the person who was invited


@pytest.mark.usefixtures("any_store")
def test_only_what_others_changed_since_then_is_news(owner: Actor, program_id: str) -> None:
    editor = person(owner, program_id, "editor")
    desk = component(editor, program_id, "Desk")
    since = NOW + timedelta(hours=1)
    later = at(editor, timedelta(hours=2))
    for goal in ("One", "Two"):
        version = 1 if goal == "One" else 2
        change_component(later, program_id=program_id, component_id=desk, version=version, goal=goal)
    add_line(later, program_id=program_id, component_id=desk, name="Secret line")
    add_risk(at(owner, timedelta(hours=3)), program_id=program_id, title="No staff")
    told = changed_since(program_id, since, role="viewer", but=owner.user_id)
    assert {each.sentence: each.page for each in told} == {
        "1 component was changed.": "plan/components.py",
        "1 budget line was added.": "plan/budget.py",
    }
    assert {each.who for each in told} == {(editor.name,)}
    mine = changed_since(program_id, since, role="viewer", but=editor.user_id)
    assert [each.sentence for each in mine] == ["1 risk was added."]
    assert changed_since(program_id, NOW + timedelta(hours=3), role="owner", but="") == []


def test_ties_are_news_only_to_those_who_may_see_them_and_answers_to_nobody(owner: Actor, program_id: str) -> None:
    ann, bo = (add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo"))
    import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo)])
    run_id = start_run(owner, program_id=program_id, name="Named")
    add_respondent(owner, program_id=program_id, run_id=run_id, name="Cy", function="sales")
    start_run(owner, program_id=program_id, name="Nameless", anonymous=True)
    said = {
        role: " ".join(each.sentence for each in changed_since(program_id, NOW - QUIET, role=role, but=""))
        for role in (*ROLES, None)
    }
    for role, words in said.items():
        assert ("Ties were imported." in words) == may(role, "influence.read"), role
        assert "answer" not in words
        assert "respondent" not in words
    assert "2 assessment runs were started." in said["viewer"]
    assert said[None] == ""


def test_an_anonymous_answer_is_never_told() -> None:
    for action in ("run.answer", "run.join", "answer.save", "view.save", "respondent.add", "gossip.spread"):
        assert news([Changed(action, 5, 5, NOW)], role="owner") == []


@given(st.sampled_from(sorted(NOUNS)), st.sampled_from(ROLES), st.integers(1, 3))
def test_a_role_reads_no_news_of_what_it_may_not_read(noun: str, role: str, rows: int) -> None:
    told = news([Changed(f"{noun}.add", 9, rows, NOW, ("Ann",))], role=role)
    assert bool(told) == may(role, NOUNS[noun].needs)
    assert all(each.sentence.startswith(f"{rows} ") for each in told)
    assert all(each.who == (("Ann",) if NOUNS[noun].named else ()) for each in told)


def test_every_action_is_told_or_kept_silent_on_purpose() -> None:
    """A new kind of row has to be put into NOUNS or UNTOLD of program/visits.py."""
    folder = Path(actions.__file__).parent
    found = {name for file in folder.glob("*.py") for name in re.findall(r'action="([a-z_]+)\.', file.read_text())}
    assert {"risk", "ledger", "tie"} <= found
    assert found - set(NOUNS) - UNTOLD == set()


def test_what_one_entry_did_to_many_rows_is_not_counted() -> None:
    told = news([Changed("stakeholder.import", 1, 1, NOW), Changed("component.adopt", 1, 1, NOW)], role="viewer")
    assert [each.sentence for each in told] == ["People and groups were imported.", "Components were adopted."]


def test_actions_on_one_noun_with_one_verb_are_one_sentence() -> None:
    found = news(
        [
            Changed("duty.set", 3, 2, NOW, ("Ann",)),
            Changed("item_duty.set", 1, 1, NOW + timedelta(1), ("Bo",)),
            Changed("ledger.book", 3, 1, NOW - timedelta(1)),
        ],
        role="owner",
    )
    assert [each.sentence for each in found] == ["3 duties were changed.", "3 entries of money were booked."]
    assert (found[0].who, found[0].last_at) == (("Bo", "Ann"), NOW + timedelta(1))
