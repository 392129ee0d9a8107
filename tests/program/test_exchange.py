"""One program as a file: out, in again, and what is refused."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from time import process_time
from typing import Any

import pytest

from program.actions.assessments import add_answers, add_respondent, remove_respondent, start_run
from program.actions.programs import import_program
from program.parcel import unwrap, wrap
from program.queries.assessments import others_gains, perspective, runs, views
from program.queries.components import components
from program.queries.programs import program, programs_of
from program.queries.stakeholders import history, stakeholders
from program.reports.exchange import export_program
from program.runs import GivenView
from program.values import Actor, Invalid
from tests.program.filled import fill

NO_REFERENCES = {"catalog_id", "dimension_id", "metric_id", "question_id", "statement_id"}
REFERENCES = {"id", "version", "created_at", "user_id", "run_id", "line_id", "sha256"}
TWO_ROWS = {"activity", "budget_version", "objective", "stakeholder"}
ID = re.compile(r"[0-9a-f]{32}")


def without_ids(content: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The content with every reference replaced by whether there is one."""

    def told(name: str, value: object) -> object:
        if name.endswith("_id") and name not in NO_REFERENCES:
            return value is not None
        return json.loads(ID.sub("", json.dumps(value))) if name in ("content", "changes") else value

    return {
        table: sorted(
            ({name: told(name, value) for name, value in row.items() if name not in REFERENCES} for row in rows),
            key=json.dumps,
        )
        for table, rows in content.items()
    }


@pytest.fixture
def file(owner: Actor, program_id: str) -> bytes:
    fill(owner, program_id)
    return export_program(program_id)


@pytest.mark.usefixtures("any_store")
def test_a_program_comes_back_whole_under_new_ids(owner: Actor, program_id: str, file: bytes) -> None:
    made = import_program(owner, content=file, intention="k")
    assert made == import_program(owner, content=file, intention="k")
    assert made != program_id
    assert program(owner.user_id, made).client_name == "Lindqvist Outdoor"
    before, after = unwrap(file), unwrap(export_program(made))
    assert {table for table, rows in after.items() if len(rows) != 1} == TWO_ROWS
    assert without_ids(after) == without_ids(before)
    assert {row["id"] for rows in before.values() for row in rows} & {
        row["id"] for table, rows in after.items() for row in rows if table != "client"
    } == set()
    assert after["respondent"][0]["user_id"] is None
    named = [row["id"] for row in after["activity"] if row["name"] == "Learn"]
    (frozen,), (later,), (step,) = after["baseline"], after["scenario"], after["follow_up"]
    assert [each["id"] for each in json.loads(frozen["content"])["activities"]] == named
    assert (later["changes"][0]["activity_id"], step["origin_id"]) == (named[0], after["risk"][0]["id"])
    assert frozen["sha256"] == sha256(frozen["content"].encode()).hexdigest()
    assert sorted(row["revision_of_id"] for row in after["budget_version"] if row["revision_of_id"]) == [
        row["id"] for row in after["budget_version"] if row["name"] == "Draft"
    ]


def test_who_agrees_with_a_view_agrees_with_its_copy(owner: Actor, program_id: str) -> None:
    run_id = start_run(owner, program_id=program_id, name="Spring")
    gain = GivenView("P3", {"gain": "Fewer repeat calls"})
    for name, said in (("Ann", [gain]), ("Bo", [])):
        ids = add_respondent(owner, program_id=program_id, run_id=run_id, name=name, function="sales")
        add_answers(owner, program_id=program_id, respondent_id=ids, answers=[], views=said)
    (shared,) = others_gains(program_id, run_id, ids)
    agrees = GivenView("P3.support", {"agrees": True}, about=shared.id)
    add_answers(owner, program_id=program_id, respondent_id=ids, answers=[], views=[agrees])
    for _ in range(5):  # rows come by id, so in any order
        made = import_program(owner, content=export_program(program_id))
        (copied,) = runs(made)
        assert [text.supporters for text in perspective(made, copied.id).said["P3"]] == [1]
    content = unwrap(export_program(program_id))
    content["perspective_answer"] = [row for row in content["perspective_answer"] if row["question_id"] != "P3"]
    with pytest.raises(Invalid, match="agrees with one that is not in the file"):
        import_program(owner, content=wrap(content))


def test_a_program_comes_back_after_somebody_left_with_whom_others_agreed(owner: Actor, program_id: str) -> None:
    run_id = start_run(owner, program_id=program_id, name="Spring")
    gain = GivenView("P3", {"gain": "Fewer repeat calls"})
    ann, bo = (
        add_respondent(owner, program_id=program_id, run_id=run_id, name=name, function="sales")
        for name in ("Ann", "Bo")
    )
    add_answers(owner, program_id=program_id, respondent_id=ann, answers=[], views=[gain])
    (shared,) = others_gains(program_id, run_id, bo)
    both = [gain, GivenView("P3.support", {"agrees": True}, about=shared.id)]
    add_answers(owner, program_id=program_id, respondent_id=bo, answers=[], views=both)
    remove_respondent(owner, program_id=program_id, respondent_id=ann, version=1)
    assert [view.question for view in views(program_id, run_id)] == ["P3"]
    made = import_program(owner, content=export_program(program_id))
    (copied,) = runs(made)
    assert [text.texts["gain"] for text in perspective(made, copied.id).said["P3"]] == ["Fewer repeat calls"]


def test_a_file_of_before_steps_and_schemes_still_comes_in(owner: Actor, file: bytes) -> None:
    content = unwrap(file)
    newer = {"stakeholder_state", "engagement_step", "stand_in", "tie", "owned_item", "item_duty", "handover"}
    content = {table: rows for table, rows in content.items() if table not in newer}
    for row in content["stakeholder"]:
        for name in ("legitimacy", "urgency", "wanted_power", "wanted_interest", "sees"):
            del row[name]
        for name in ("gain_customers", "gain_team", "gain_own"):
            del row[name]
        row["next_step"] = "Have coffee" if row["name"] == "Ada" else None
    for row in content["component"]:
        for name in ("scheme", "ownership_stage", "wanted_ownership_stage"):
            del row[name]
    made = import_program(owner, content=wrap(content))
    assert [(who.name, who.next_step, who.sees) for who in stakeholders(made)] == [
        ("Ada", "Have coffee", None),
        ("Bo", None, None),
    ]
    assert [part.scheme for part in components(made)] == ["raci"]
    assert {state.by for state in history(made)} == {""}
    del content["stakeholder"][0]["power"]
    with pytest.raises(Invalid, match="no column 'power'"):
        import_program(owner, content=wrap(content))


def test_the_same_program_is_the_same_file(program_id: str, file: bytes) -> None:
    assert export_program(program_id) == file


def edit_row(table: str, column: str, value: object) -> Callable[[dict[str, Any]], None]:
    def edit(content: dict[str, Any]) -> None:
        content[table][0][column] = value

    return edit


def wait_in_a_circle(content: dict[str, Any]) -> None:
    (link,) = content["activity_link"]
    ends = {"predecessor_id": link["successor_id"], "successor_id": link["predecessor_id"]}
    content["activity_link"].append({**link, "id": "c" * 32, **ends})


def tie_to_oneself(content: dict[str, Any]) -> None:
    content["tie"][0]["target_id"] = content["tie"][0]["source_id"]


def drop_column(content: dict[str, Any]) -> None:
    del content["component"][0]["stage"]


def drop_program(content: dict[str, Any]) -> None:
    content["program"] = []


def add_table(content: dict[str, Any]) -> None:
    content["user"] = [{"email": "eve@example.com"}]


def add_twice(content: dict[str, Any]) -> None:
    content["component"].append({**content["component"][0], "id": "a" * 32})


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (edit_row("stakeholder", "power", "a lot"), "stakeholder 1, column 'power': 'a lot' is no amount"),
        (edit_row("stakeholder", "power", 62.5), "62.5 is no amount"),
        (edit_row("stakeholder", "power", "NaN"), "no amount"),
        (edit_row("stakeholder", "name", None), "it is empty"),
        (edit_row("stakeholder", "name", ["x"]), "is no text"),
        (edit_row("stakeholder", "name", "x" * 201), "200 characters"),
        (edit_row("stakeholder", "is_group", "no"), "is no yes or no"),
        (edit_row("stakeholder", "shoe_size", 43), "unknown column 'shoe_size'"),
        (edit_row("answer", "level", True), "True is no whole number"),
        (edit_row("answer", "answered_at", "2026-01-01T00:00:00"), "no time zone"),
        (edit_row("ledger_entry", "on", "31/12/2026"), "is no date"),
        (edit_row("duty", "component_id", "b" * 32), "refers by 'component_id' to a row that is not in the file"),
        (edit_row("program", "currency", "EURO"), "3 characters"),
        (edit_row("program", "time_zone", "Mars/Olympus"), "no time zone"),
        (edit_row("stakeholder", "function", "wizard"), "'wizard' is none of executive"),
        (edit_row("stakeholder", "power", "11.0000"), "11.0000 is not from 0 to 10"),
        (edit_row("component", "stage", "live"), "'live' is none of"),
        (edit_row("answer", "level", 5), "5 is not from 0 to 4"),
        (edit_row("answer", "statement_id", "MI-XXX-1"), "answer 1 is to 'MI-XXX-1'"),
        (edit_row("assessment_run", "model_snapshot", {"mindset": {}}), "no assessment model that can be read"),
        (edit_row("perspective_answer", "value", {"position": 11}), "perspective answer 1: The position is a whole"),
        (edit_row("perspective_answer", "value", "<script>"), "has no fields"),
        (edit_row("perspective_answer", "question_id", "P9"), "There is no question P9"),
        (edit_row("published_model", "content", {}), "published model 1: It holds no statements that can be read"),
        (edit_row("published_model", "sha256", "0" * 64), "are not those of its content"),
        (edit_row("published_model", "aspect", "strategy"), "are not those of its content"),
        (wait_in_a_circle, "2 activities of the file wait for each other in a circle"),
        (tie_to_oneself, "tie 1: It goes from somebody to themselves"),
        (edit_row("tie", "weight", 6), "6 is not from 1 to 5"),
        (edit_row("tie", "kind", "likes"), "'likes' is none of influences"),
        (edit_row("tie", "target_id", "b" * 32), "refers by 'target_id' to a row that is not in the file"),
        (edit_row("stand_in", "stakeholder_id", "b" * 32), "not in the file"),
        (edit_row("stakeholder", "urgency", "11"), "11 is not from 0 to 10"),
        (edit_row("stakeholder_state", "stance", "angry"), "'angry' is none of"),
        (edit_row("engagement_step", "what", None), "it is empty"),
        (edit_row("component", "ownership_stage", "king"), "'king' is none of network"),
        (edit_row("component", "scheme", "rasci"), "'rasci' is none of raci"),
        (edit_row("owned_item", "kind", "component"), "'component' is none of capability"),
        (edit_row("item_duty", "letter", "R"), "item duty 1 is 'R', which DACI has not"),
        (edit_row("duty", "letter", "D"), "duty 1 is 'D', which RACI has not"),
        (edit_row("handover", "on", "soon"), "is no date"),
        (drop_column, "no column 'stage'"),
        (drop_program, "0 rows of program"),
        (add_table, "no table 'user'"),
        (add_twice, "already a component"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_stays(
    edit: Callable[[dict[str, Any]], None], said: str, owner: Actor, file: bytes
) -> None:
    content = unwrap(file)
    edit(content)
    with pytest.raises(Invalid, match=said):
        import_program(owner, content=wrap(content))
    assert len(programs_of(owner.user_id)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1, 2]", "does not say that it is one"),
        (b'{"format": "groundwork-program", "version": 2}', "version 2; version 1 is read"),
        (b'{"format": "groundwork-program", "version": 1, "content": {"program": [1]}}', "no tables"),
        (
            b'{"format": "groundwork-program", "version": 1, "content": {"a": [{"b": NaN}]}}',
            "neither text",
        ),
    ],
)
def test_another_file_is_refused(content: bytes, said: str, owner: Actor) -> None:
    with pytest.raises(Invalid, match=said):
        import_program(owner, content=content)


def test_a_file_that_was_edited_is_refused(owner: Actor, file: bytes) -> None:
    whole = json.loads(file)
    whole["content"]["ledger_entry"][0]["amount"] = "9999.0000"
    with pytest.raises(Invalid, match="checksum does not fit"):
        import_program(owner, content=json.dumps(whole).encode())


def test_a_long_row_of_revisions_comes_in_as_fast_as_other_versions(owner: Actor, file: bytes) -> None:
    """Each of 1,000 versions revises the one before, and the last stands first in the file."""
    content = unwrap(file)
    row = content["budget_version"][0] | {"status": "draft", "approved_at": None, "approved_by": None}
    before = [None, *(f"{number:032x}" for number in range(999))]
    chain = [{**row, "id": f"{at:032x}", "name": f"V{at}", "revision_of_id": of} for at, of in enumerate(before)]
    content |= {"budget_version": chain[::-1], "budget_phase": []}
    started = process_time()
    made = import_program(owner, content=wrap(content))
    assert process_time() - started < 5
    rows = unwrap(export_program(made))["budget_version"]
    assert sum(row["revision_of_id"] is None for row in rows) == 1
