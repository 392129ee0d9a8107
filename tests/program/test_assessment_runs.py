"""Assessment runs: opened, joined, answered, closed; what they say is computed with their own copy of the model."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from assessments.library import load
from program.access import Refused
from program.actions.assessments import (
    add_answers,
    add_respondent,
    close_run,
    join_run,
    save_answer,
    save_view,
    start_run,
)
from program.actions.programs import create_program
from program.queries import assessments
from program.runs import GivenAnswer, SavedAnswer
from program.store.engine import writing_engine
from program.store.tables import AssessmentRun
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import later, person


@pytest.fixture
def run_id(owner: Actor, program_id: str) -> str:
    return start_run(owner, program_id=program_id, name="Spring")


def save(actor: Actor, program_id: str, respondent_id: str, **answer: Any) -> int:
    given: dict[str, Any] = {"statement_id": "MI-VOC-1", "kind": "level", "version": None, **answer}
    return save_answer(actor, program_id=program_id, respondent_id=respondent_id, **given)


def test_a_run_keeps_the_version_and_a_copy_of_the_model(owner: Actor, program_id: str, run_id: str) -> None:
    found = assessments.run(program_id, run_id)
    assert (found.name, found.form, found.model_sha256, found.closed_at) == ("Spring", "short", load().sha256, None)
    assert (found.opened_at, found.respondents, found.answers) == (owner.now, 0, 0)
    assert assessments.library(program_id, run_id).sha256 == load().sha256


def test_fault_55_a_double_click_starts_one_run(owner: Actor, program_id: str) -> None:
    ids = {start_run(owner, program_id=program_id, name="Spring", intention="x") for _ in range(2)}
    assert [run.id for run in assessments.runs(program_id)] == [*ids]


def test_joining_again_is_the_same_place_and_corrects_the_function(owner: Actor, program_id: str, run_id: str) -> None:
    assert assessments.my_respondent(program_id, run_id, owner.user_id) is None
    first = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    assert join_run(owner, program_id=program_id, run_id=run_id, function="it") == first
    mine = assessments.my_respondent(program_id, run_id, owner.user_id)
    assert mine is not None
    assert (mine.id, mine.function) == (first, "it")


def test_answers_are_saved_one_by_one_and_resumed(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    assert save(owner, program_id, me, level=2) == 1
    assert save(owner, program_id, me, level=3, version=1) == 2
    assert save(owner, program_id, me, statement_id="ME-REC-1", kind="dont_know") == 1
    assert save(owner, program_id, me, statement_id="ST-ADV-1", kind="na", reason=" No rewards ") == 1
    assert assessments.my_answers(program_id, me) == {
        "MI-VOC-1": SavedAnswer("level", 3, None, None, 2),
        "ME-REC-1": SavedAnswer("dont_know", None, None, None, 1),
        "ST-ADV-1": SavedAnswer("na", None, "No rewards", None, 1),
    }
    assert assessments.run(program_id, run_id).answers == 3


def test_fault_3_an_answer_changed_on_another_device_is_refused(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    save(owner, program_id, me, level=2)
    assert save(owner, program_id, me, level=2) == 1
    with pytest.raises(Stale) as refused:
        save(owner, program_id, me, level=4)
    assert refused.value.differences == {"level": (4, 2)}
    assert assessments.my_answers(program_id, me)["MI-VOC-1"].level == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"level": 5}, "level"),
        ({"level": None}, "level"),
        ({"kind": "dont_know", "level": 1}, "level"),
        ({"kind": "na"}, "reason"),
        ({"kind": "na", "reason": "  "}, "reason"),
        ({"kind": "maybe"}, "kind"),
        ({"level": 1, "statement_id": "MI-XXX-1"}, "statement_id"),
    ],
)
def test_what_is_no_answer_is_refused(
    owner: Actor, program_id: str, run_id: str, wrong: dict[str, Any], field: str
) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    with pytest.raises(Invalid) as refused:
        save(owner, program_id, me, **wrong)
    assert refused.value.field == field
    assert assessments.my_answers(program_id, me) == {}


def test_nobody_answers_for_somebody_else(owner: Actor, program_id: str, run_id: str) -> None:
    other = person(owner, program_id, "contributor")
    theirs = join_run(other, program_id=program_id, run_id=run_id, function="service")
    with pytest.raises(Missing):
        save(owner, program_id, theirs, level=1)
    with pytest.raises(Missing):
        add_answers(owner, program_id=program_id, respondent_id=theirs, answers=[GivenAnswer("MI-VOC-1", "level", 1)])
    assert assessments.my_answers(program_id, theirs) == {}


def test_who_may_do_what(owner: Actor, program_id: str, run_id: str) -> None:
    with pytest.raises(Refused):
        join_run(person(owner, program_id, "viewer"), program_id=program_id, run_id=run_id, function="it")
    with pytest.raises(Refused):
        start_run(person(owner, program_id, "editor"), program_id=program_id, name="Mine")
    assert start_run(person(owner, program_id, "facilitator"), program_id=program_id, name="Ours")


def test_a_closed_run_takes_nothing_more(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    close_run(owner, program_id=program_id, run_id=run_id, version=1)
    assert assessments.run(program_id, run_id).closed_at == owner.now
    for attempt in (
        lambda: save(owner, program_id, me, level=1),
        lambda: join_run(owner, program_id=program_id, run_id=run_id, function="it"),
        lambda: add_respondent(owner, program_id=program_id, run_id=run_id, name="Bo", function="it"),
        lambda: close_run(owner, program_id=program_id, run_id=run_id, version=2),
    ):
        with pytest.raises(Invalid, match="closed"):
            attempt()


def test_fault_51_a_run_of_another_program_is_missing(owner: Actor, run_id: str) -> None:
    elsewhere = create_program(
        owner, name="Other", client_name="Other", currency="EUR", time_zone="UTC", starts_on=date(2026, 1, 1)
    )
    with pytest.raises(Missing):
        join_run(owner, program_id=elsewhere, run_id=run_id, function="it")
    with pytest.raises(Missing):
        assessments.run(elsewhere, run_id)
    assert assessments.runs(elsewhere) == []


def test_fault_51_nothing_of_a_run_is_read_through_another_program(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    save(owner, program_id, me, level=2)
    assert (len(assessments.answers(program_id, run_id)), len(assessments.my_answers(program_id, me))) == (1, 1)
    elsewhere = create_program(
        owner, name="Other", client_name="Other", currency="EUR", time_zone="UTC", starts_on=date(2026, 1, 1)
    )
    assert assessments.answers(elsewhere, run_id) == []
    assert assessments.my_answers(elsewhere, me) == {}
    assert assessments.my_respondent(elsewhere, run_id, owner.user_id) is None
    for read in (assessments.library, assessments.assessment):
        with pytest.raises(Missing):
            read(elsewhere, run_id)


def test_notes_are_kept_with_the_answer(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    assert save(owner, program_id, me, level=2, note=" Since May ") == 1
    assert save(owner, program_id, me, level=2, note="Since May") == 1
    assert save(owner, program_id, me, level=2, note="Since June", version=1) == 2
    assert [answer.note for answer in assessments.answers(program_id, run_id)] == ["Since June"]


def test_views_are_saved_one_by_one_and_resumed(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    whose: dict[str, Any] = {"program_id": program_id, "respondent_id": me}
    for about, position in (("service", 3), ("it", 8)):
        guess: dict[str, Any] = {"question_id": "P5", "about": about, "value": {"position": position}}
        assert save_view(owner, **whose, **guess, version=None) == 1
        assert save_view(owner, **whose, **guess, version=None) == 1
    assert save_view(owner, **whose, question_id="P5", about="it", value={"position": 7}, version=1) == 2
    with pytest.raises(Stale) as refused:
        save_view(owner, **whose, question_id="P5", about="it", value={"position": 9}, version=1)
    assert refused.value.differences == {"value": ({"position": 9, "order": None}, {"position": 7, "order": None})}
    assert {key: view.value["position"] for key, view in assessments.my_views(program_id, me).items()} == {
        ("P5", "service"): 3,
        ("P5", "it"): 7,
    }
    assert len(assessments.views(program_id, run_id)) == 2
    close_run(owner, program_id=program_id, run_id=run_id, version=1)
    with pytest.raises(Invalid, match="closed"):
        save_view(owner, **whose, question_id="P7", about="", value={"aspect": "mindset"}, version=None)


def test_progress_names_everybody_who_takes_part(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    save(owner, program_id, me, level=2)
    add_respondent(owner, program_id=program_id, run_id=run_id, name="Ann", function="it")
    found = assessments.progress(program_id, run_id)
    assert (found.asked, found.joined, found.answered, found.finished) == (23, 2, 1, 0)
    assert [(each.name, each.function, each.answered, each.by_link) for each in found.people] == [
        ("Ann", "it", 0, False),
        (owner.name, "sales", 1, False),
    ]


@pytest.mark.parametrize(
    ("version", "stands"),
    [
        ("1.0.0", True),
        ("1.9.9", True),
        ("1.2.0 / 1.0.1 / 1.0.0 / 1.0.0", True),
        ("1.0.0 / 2.0.0 / 1.0.0 / 1.0.0", False),
        ("2.0.0", False),
        ("1.0.0 / 1.0.0 / 1.0.0 / 2.0.0", True),
    ],
)
def test_runs_stand_beside_each_other_on_the_same_major_version(
    owner: Actor, program_id: str, run_id: str, version: str, stands: bool
) -> None:
    second = start_run(later(owner, days=30), program_id=program_id, name="Summer")
    for id_ in (run_id, second):
        save(owner, program_id, join_run(owner, program_id=program_id, run_id=id_, function="sales"), level=2)
    with writing_engine().begin() as connection:
        connection.execute(update(AssessmentRun).where(AssessmentRun.id == run_id).values(model_version=version))
    expected = [run_id, second] if stands else [second]
    assert [run.id for run in assessments.comparable_runs(program_id, second)] == expected


def set_form(run_id: str, form: str) -> None:
    with writing_engine().begin() as connection:
        connection.execute(update(AssessmentRun).where(AssessmentRun.id == run_id).values(form=form))


def test_a_run_takes_answers_to_what_its_form_asks(owner: Actor, program_id: str, run_id: str) -> None:
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    with pytest.raises(Invalid, match="does not ask “MI-INT-2”"):
        save(owner, program_id, me, statement_id="MI-INT-2", level=1)
    set_form(run_id, "long")
    assert save(owner, program_id, me, statement_id="MI-INT-2", level=1) == 1


def test_a_long_run_is_not_covered_by_the_short_forms_statements(owner: Actor, program_id: str, run_id: str) -> None:
    ann = add_respondent(owner, program_id=program_id, run_id=run_id, name="Ann", function="sales")
    given = [GivenAnswer(statement.id, "level", 3) for statement in load().statements("short")]
    add_answers(owner, program_id=program_id, respondent_id=ann, answers=given)
    assert assessments.assessment(program_id, run_id).readiness.gates == {"mindset": True, "mechanism": True}
    set_form(run_id, "long")
    found = assessments.assessment(program_id, run_id)
    assert (found.aspects["mindset"].answered, found.aspects["mindset"].asked) == (7, 24)
    assert found.readiness.gates == {"mindset": None, "mechanism": None}
    assert "29% of the mindset statements are answered" in found.readiness.reasons["gates.mindset"]


def test_answers_of_people_with_one_name_are_two_peoples(owner: Actor, program_id: str, run_id: str) -> None:
    for level in (1, 3):
        ann = add_respondent(owner, program_id=program_id, run_id=run_id, name="Ann", function="sales")
        given = [GivenAnswer("MI-VOC-1", "level", level)]
        assert add_answers(owner, program_id=program_id, respondent_id=ann, answers=given) == 1
    assert (
        sorted((answer.respondent, answer.level) for answer in assessments.answers(program_id, run_id))[0][0] == "Ann"
    )
    scores = {dimension.id: dimension for dimension in assessments.assessment(program_id, run_id).dimensions}
    assert (scores["MI-VOC"].score, scores["MI-VOC"].n) == (2, 2)
    assert scores["MI-INT"].score is None


def test_bringing_answers_again_replaces_them(owner: Actor, program_id: str, run_id: str) -> None:
    ann = add_respondent(owner, program_id=program_id, run_id=run_id, name="Ann", function="sales")
    for level in (1, 3):
        given = [GivenAnswer("MI-VOC-1", "level", level)]
        add_answers(owner, program_id=program_id, respondent_id=ann, answers=given)
    assert [answer.level for answer in assessments.answers(program_id, run_id)] == [3]


def test_an_old_run_is_judged_by_the_model_it_was_opened_with(program_id: str, run_id: str) -> None:
    snapshot = load().snapshot()
    statement = snapshot["mindset"]["dimensions"][0]["statements"][0]
    statement["text"]["en"] = "As it was worded then."
    with writing_engine().begin() as connection:
        connection.execute(update(AssessmentRun).values(model_snapshot=snapshot, model_sha256="0" * 64))
    assert assessments.library(program_id, run_id).statement(statement["id"]).text == "As it was worded then."
    assert load().statement(statement["id"]).text != "As it was worded then."
    assert assessments.assessment(program_id, run_id).readiness.start_with == "mindset"


def test_the_latest_run_and_the_latest_with_answers(owner: Actor, program_id: str, run_id: str) -> None:
    second = start_run(later(owner, days=30), program_id=program_id, name="Summer")
    assert assessments.latest_answered_run(program_id) is None
    me = join_run(owner, program_id=program_id, run_id=run_id, function="sales")
    save(owner, program_id, me, level=2)
    latest, answered = assessments.latest_run(program_id), assessments.latest_answered_run(program_id)
    assert latest is not None
    assert answered is not None
    assert (latest.id, answered.id) == (second, run_id)
