"""Anonymous runs: what may be read of them when, and that nothing ties an answer to a device once they are closed."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from assessments.alignment import OTHER_ROLES
from assessments.disclosure import NOT_YET
from assessments.library import load
from assessments.scoring import assess
from program.actions import invited
from program.actions.assessments import add_respondent, join_run, make_link, start_run, stop_link
from program.actions.programs import duplicate_program, import_program
from program.parcel import unwrap
from program.queries import assessments
from program.queries.invited import invitation, me, my_answers, my_views
from program.reports.exchange import export_program, left_out
from program.store import audit
from program.store.devices import key_of
from program.store.engine import reading, reset
from program.store.tables import Answer, AssessmentRun, AuditEntry, PerspectiveAnswer, Respondent
from program.values import Actor, Invalid, Missing
from tests.program.inviting import ELEVEN, NINE, anonymous_run, close, everybody, guest, link_of, named_run, said
from tests.program.making import later

ROWS = (Respondent, Answer, PerspectiveAnswer)


def secret_of(run_id: str) -> str:
    with reading() as session:
        found = session.scalars(select(AssessmentRun.secret).where(AssessmentRun.id == run_id)).one()
    assert found is not None
    return found


def rows(table: type[Any]) -> list[dict[str, Any]]:
    with reading() as session:
        return [dict(row) for row in session.execute(select(*table.__table__.columns)).mappings()]


@pytest.mark.usefixtures("any_store")
def test_closing_destroys_what_ties_an_answer_to_a_device(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, NINE)
    invited.view(people[0], question_id="P2", about="", value={"text": "Faster help"}, version=None)
    secret = secret_of(run_id)
    keys = [key_of(secret, who.device) for who in people]
    assert sorted(row["key"] for row in rows(Respondent)) == sorted(keys)
    before = {row["id"] for table in ROWS for row in rows(table)}
    order = [row["statement_id"] for row in rows(Answer)]
    close(owner, program_id, run_id)
    (run,) = rows(AssessmentRun)
    assert (run["secret"], run["invite"]) == (None, None)
    after = {table: rows(table) for table in ROWS}
    assert [len(after[table]) for table in ROWS] == [9, 9 * 23, 1]
    assert {row["key"] for row in after[Respondent]} == {None}
    assert not before & {row["id"] for found in after.values() for row in found}
    assert {row["version"] for found in after.values() for row in found} == {1}
    assert {row["answered_at"] for table in ROWS[1:] for row in after[table]} == {owner.now}
    assert [row["statement_id"] for row in after[Answer]] != order
    stored = repr([after, run, rows(AuditEntry)])
    assert not [text for text in (secret, invite, *keys, *(who.device for who in people)) if text in stored]
    assert all(me(who) is None and my_answers(who) == {} and my_views(who) == {} for who in people)


def test_no_byte_of_the_files_holds_the_secret_or_a_key_after_closing(
    owner: Actor, program_id: str, store: Path
) -> None:
    """The database's file keeps no deleted rows, and its log is emptied."""
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, NINE)
    secret = secret_of(run_id)
    gone = [secret, invite, *(key_of(secret, who.device) for who in people)]
    old = [row["id"] for row in rows(Respondent)]

    def held(texts: list[str]) -> list[str]:
        everything = b"".join(path.read_bytes() for path in store.glob("groundwork.sqlite*"))
        return [text for text in texts if text.encode() in everything]

    assert held([*gone, *old]) == [*gone, *old]
    close(owner, program_id, run_id)
    assert held([*gone, *old]) == []
    assert held([run_id]) == [run_id]
    reset()
    with closing(sqlite3.connect(store / "groundwork.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.usefixtures("any_store")
def test_the_audit_says_that_somebody_answered_and_nothing_else(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    who = guest(invite, later(owner, hours=3))
    invited.take_part(who, function="sales")
    said(who, {"MI-VOC-1": 2})
    invited.view(who, question_id="P7", about="", value={"aspect": "mindset"}, version=None)
    with reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.subject_id == run_id)).all()[1:]
        assert audit.verify(session) == []
    told = {(e.at, e.user_id, e.user_name, e.program_id, e.action, str(e.detail), e.intention) for e in entries}
    assert told == {(owner.now, "", "anonymous", program_id, "run.answer", "{}", None)}
    assert len(entries) == 3


def test_no_log_line_names_a_device_a_link_or_a_respondent(
    owner: Actor, program_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    _, invite = anonymous_run(owner, program_id)
    caplog.set_level(logging.DEBUG)
    who = guest(invite, owner)
    with pytest.raises(Missing):
        said(who, {"MI-VOC-1": 2})
    respondent_id = invited.take_part(who, function="sales")
    with pytest.raises(Missing):
        invited.take_part(guest("wrong-link", owner), function="sales")
    told = "".join(record.getMessage() for record in caplog.records)
    assert told.count("missing") == 2
    assert not [text for text in (invite, "wrong-link", who.device, respondent_id) if text in told]


def test_neither_a_guest_nor_a_run_shows_its_secrets_when_it_is_printed(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    who = guest(invite, owner)
    told = repr([who, invitation(invite), assessments.run(program_id, run_id)])
    assert not [text for text in (invite, who.device) if text in told]


@pytest.mark.usefixtures("any_store")
def test_nothing_is_read_of_an_open_one_but_how_many_answered(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, NINE)
    invited.view(people[0], question_id="P7", about="", value={"aspect": "mindset"}, version=None)
    invited.take_part(guest(invite, owner), function="it")
    run = assessments.run(program_id, run_id)
    assert (run.readable, run.respondents, run.answers) == (False, 10, 0)
    assert assessments.latest_answered_run(program_id) is None
    assert assessments.comparable_runs(program_id, run_id) == []
    progress = assessments.progress(program_id, run_id)
    assert (progress.asked, progress.people, progress.joined, progress.answered, progress.finished) == (
        23, (), 10, 9, None
    )  # fmt: skip
    with pytest.raises(Missing):
        assessments.answers(program_id, run_id)
    found = assessments.assessment(program_id, run_id)
    assert {score.score for score in found.aspects.values()} | {d.n for d in found.dimensions} == {None, 0}
    assert {score.reasons["score"] for score in found.aspects.values()} == {NOT_YET}
    alignment = assessments.alignment(program_id, run_id)
    assert {(statement.item, statement.withheld) for statement in alignment.statements} == {(None, NOT_YET)}
    assert alignment.reasons == {"people": NOT_YET}
    with pytest.raises(Missing):
        assessments.views(program_id, run_id)
    assert assessments.perspective(program_id, run_id).people == 0
    assert set(assessments.bands(program_id, run_id).values()) == {None}
    path = assessments.path(program_id, run_id)
    assert (path.steps, path.readiness_before, path.reason) == ((), None, NOT_YET)
    levels = assessments.evidenced(program_id, run_id, today=owner.now.date(), facts={})
    assert {level.claimed for level in levels} == {None}
    for row in rows(Respondent):
        assert assessments.my_answers(program_id, row["id"]) == {}
        assert assessments.my_views(program_id, row["id"]) == {}


def test_one_with_two_functions_of_four_and_five_says_what_the_command_would(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    _, given = everybody(invite, owner, NINE)
    close(owner, program_id, run_id)
    expected, found = assess(given, load(), form="short"), assessments.assessment(program_id, run_id)
    assert [d.exact for d in found.dimensions] == [d.exact for d in expected.dimensions]
    assert found.readiness.readiness == expected.readiness.readiness
    assert {person.respondent + person.function for d in found.dimensions for person in d.people} == {""}
    statements = assessments.alignment(program_id, run_id).statements
    assert {tuple(cell.role for cell in each.roles) for each in statements} == {("sales", "service")}
    assert {tuple(cell.n for cell in each.roles) for each in statements} == {(4, 5)}
    assert [run.id for run in assessments.comparable_runs(program_id, run_id)] == [run_id]
    assert None not in assessments.bands(program_id, run_id).values()
    with pytest.raises(Missing):
        assessments.answers(program_id, run_id)


def test_fault_59_two_people_of_a_function_stay_hidden_also_by_subtraction(owner: Actor, program_id: str) -> None:
    """Of 4, 5 and 2 the two are pooled with the four: 5 of 11 leave 6."""
    run_id, invite = anonymous_run(owner, program_id)
    everybody(invite, owner, ELEVEN)
    close(owner, program_id, run_id)
    found = assessments.alignment(program_id, run_id)
    assert {tuple((cell.role, cell.n) for cell in each.roles) for each in found.statements} == {
        (("service", 5), (OTHER_ROLES, 6))
    }
    assert set(found.dont_know) == {"service"}


def test_fault_59_a_statement_of_three_people_is_withheld_with_all_that_it_could_be_told_from(
    owner: Actor, program_id: str
) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, NINE, ("MI-INT-1", "MI-CUL-1"))
    for who in people[:3]:
        said(who, {"MI-VOC-1": 3})
    close(owner, program_id, run_id)
    found = assessments.assessment(program_id, run_id)
    scores = {dimension.id: dimension for dimension in found.dimensions}
    assert scores["MI-INT"].score is not None
    assert (scores["MI-VOC"].score, scores["MI-VOC"].n, scores["MI-VOC"].answers) == (None, 0, ())
    assert (found.aspects["mindset"].score, found.readiness.readiness) == (None, None)
    (withheld,) = (e for e in assessments.alignment(program_id, run_id).statements if e.id == "MI-VOC-1")
    assert (withheld.item, withheld.counts) == (None, ())
    claimed = assessments.evidenced(program_id, run_id, today=owner.now.date(), facts={})
    assert {each.claimed for each in claimed if each.statement == "MI-VOC-1"} == {None}
    assert assessments.bands(program_id, run_id)["mindset"] is None
    assert not assessments.path(program_id, run_id).steps


def test_words_are_gone_when_it_is_closed_and_choices_stay(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, NINE, ("MI-VOC-1",))
    for number, who in enumerate(people):
        seen = {"position": number, "why": f"Word {number}"}
        assert invited.view(who, question_id="P1", about="", value=seen, version=None) == 1
        invited.answer(who, statement_id="ST-ADV-1", kind="na", reason=f"Word {number}", version=None)
    assert my_answers(people[2])["ST-ADV-1"].reason == "Word 2"
    close(owner, program_id, run_id)
    assert "Word" not in repr([rows(Answer), rows(PerspectiveAnswer)])
    assert {(row["value"]["why"], row["answered_at"]) for row in rows(PerspectiveAnswer)} == {("", owner.now)}
    found = assessments.perspective(program_id, run_id)
    assert found.positions.everyone is not None
    assert found.positions.everyone.positions == tuple(range(9))
    assert [(role.role, role.n) for role in found.positions.roles] == [("sales", 4), ("service", 5)]
    assert (found.people, found.said) == (9, {})


def test_everybody_answers_it_by_the_link(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    for attempt in (
        lambda: join_run(owner, program_id=program_id, run_id=run_id, function="it"),
        lambda: add_respondent(owner, program_id=program_id, run_id=run_id, name="Ann", function="it"),
        lambda: stop_link(owner, program_id=program_id, run_id=run_id, version=1),
    ):
        with pytest.raises(Invalid, match="by its link"):
            attempt()
    assert make_link(owner, program_id=program_id, run_id=run_id, version=1) == invite
    assert len(invite) >= 32
    who = guest(invite, owner)
    with pytest.raises(Invalid) as refused:
        invited.take_part(who, function="it", name="Ann")
    assert refused.value.field == "name"
    invited.take_part(who, function="it")
    with pytest.raises(Invalid) as refused:
        said(who, {"MI-VOC-1": 1}, note="I said so in May")
    assert refused.value.field == "note"


@pytest.mark.usefixtures("any_store")
def test_fault_59_a_file_of_the_program_leaves_it_out_and_says_so(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    everybody(invite, owner, NINE, ("MI-VOC-1",))
    named, link = named_run(owner, program_id)
    who = guest(link, owner)
    invited.take_part(who, function="sales", name="Ann")
    said(who, {"MI-VOC-1": 2})
    secret = secret_of(named)
    for closed in (False, True):
        if closed:
            close(owner, program_id, run_id)
        file = export_program(program_id)
        content = unwrap(file)
        assert [row["id"] for row in content["assessment_run"]] == [named]
        assert [len(content[name]) for name in ("respondent", "answer", "perspective_answer")] == [1, 1, 0]
        assert b'"left_out": {\n  "anonymous_runs": 1\n }' in file
        assert left_out(program_id).startswith("One anonymous run is left out")
        for word in (run_id, invite, link, secret, key_of(secret, who.device), who.device):
            assert word.encode() not in file
    made = import_program(owner, content=file)
    assert [run.name for run in assessments.runs(made)] == ["Spring"]
    assert left_out(made) == ""
    copy = duplicate_program(owner, program_id=program_id, name="Again", client_name="Beta")
    assert assessments.runs(copy) == []


def test_a_file_cannot_bring_one_in(owner: Actor, program_id: str) -> None:
    from program.parcel import wrap

    start_run(owner, program_id=program_id, name="Spring")
    content = unwrap(export_program(program_id))
    for column, value, sentence in (
        ("anonymous", True, "never part of a file"),
        ("secret", "0" * 64, "unknown column 'secret'"),
        ("invite", "x", "unknown column 'invite'"),
    ):
        row = content["assessment_run"][0] | {column: value}
        with pytest.raises(Invalid, match=sentence):
            import_program(owner, content=wrap(content | {"assessment_run": [row]}))
    older = [{name: value for name, value in content["assessment_run"][0].items() if name != "anonymous"}]
    made = import_program(owner, content=wrap(content | {"assessment_run": older}))
    assert [(run.anonymous, run.invite) for run in assessments.runs(made)] == [(False, None)]


def test_a_link_is_of_one_run(owner: Actor, program_id: str) -> None:
    first, second = anonymous_run(owner, program_id), anonymous_run(owner, program_id)
    assert first[1] != second[1]
    who = guest(first[1], owner)
    invited.take_part(who, function="it")
    assert me(guest(second[1], owner, who.device)) is None
    assert link_of(program_id, second[0]) == second[1]
