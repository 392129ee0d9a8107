"""A run's files: figures that are those of the commands, the model on every row, and nothing of a hidden person."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessments.library import load
from program.actions.assessments import add_answers, add_respondent
from program.actions.evidence import add_evidence
from program.queries import assessments as queries
from program.reports.assessment import answers_csv, document, ratings_csv, workbook
from program.runs import GivenAnswer
from program.values import Actor, Missing
from tests.pages.aligned import CAMPS, anonymous_run, named_run

ROOT = Path(__file__).resolve().parents[2]
HASH = load().sha256


def command(home: Path, *words: str) -> dict[str, Any]:
    line = [sys.executable, "-m", "program", *words, "--json"]
    env = os.environ | {"GROUNDWORK_HOME": str(home)}
    done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def told(program_id: str, run_id: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(document(program_id, run_id))
    return value


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    head, *found = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in found]


@pytest.fixture
def run_id(owner: Actor, program_id: str) -> str:
    """A named run of nine people, one of whom only observes, one says what does not apply, and one like a formula."""
    made = named_run(owner, program_id, views=True)
    for name, role in (("=SUM(A1)", "service"), ("Nora", "consultant")):
        person = add_respondent(owner, program_id=program_id, run_id=made, name=name, function=role)
        given = [GivenAnswer("MI-INT-1", "level", 4), GivenAnswer("MI-VOC-1", "na", reason="New, no history")]
        add_answers(owner, program_id=program_id, respondent_id=person, answers=given)
    return made


def test_the_answers_read_by_the_commands_give_the_same_figures(store: Path, program_id: str, run_id: str) -> None:
    file, ratings = store / "answers.csv", store / "ratings.csv"
    file.write_bytes(answers_csv(program_id, run_id))
    ratings.write_bytes(ratings_csv(program_id, run_id))
    found = told(program_id, run_id)
    for aspect in ("mindset", "mechanism", "strategy"):
        assert command(store, "score", str(file), "--assessment", aspect) == found["scores"][aspect]
    assert command(store, "readiness", str(file)) == found["readiness"]
    printed = command(store, "agreement", str(ratings), "--options", "5", "--first", "0")
    items = {item["id"]: item for item in printed["items"]}
    for statement in found["agreement"]["statements"]:
        item = items[statement["id"]]
        assert {key: statement[key] for key in item} == item
    assert {key: printed[key] for key in ("raters", "permutations", "seed")} == {
        key: found["agreement"][key] for key in ("raters", "permutations", "seed")
    }
    overall = found["agreement"]["overall"]
    assert {key: printed[key] for key in overall if key != "reasons"} == {
        key: value for key, value in overall.items() if key != "reasons"
    }


def test_every_row_of_every_sheet_names_the_run_and_the_model(program_id: str, run_id: str) -> None:
    content = workbook(program_id, run_id)
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names == [
        "Run", "Scores", "Dimensions", "Statements", "Roles", "Perspective", "Evidence", "How computed"
    ]  # fmt: skip
    hashes = {HASH, *(aspect.sha256 for aspect in load().aspects.values())}
    for name in names:
        for row in rows(content, name):
            assert row["Run"] == "Spring"
            assert row["Model version"]
            assert row["Model sha256"] in hashes
    by_id = {row["Dimension"]: row for row in rows(content, "Dimensions")}
    assert by_id["ME-IDN"]["Model"] == "scrm.mechanism"
    assert by_id["ME-IDN"]["Model sha256"] == load().aspects["mechanism"].sha256
    assert rows(content, "Scores")[-1]["Model sha256"] == HASH


def test_the_workbook_holds_the_values_of_the_queries(owner: Actor, program_id: str, run_id: str) -> None:
    add_evidence(
        owner, program_id=program_id, run_id=run_id, statement_id="MI-VOC-1", function="sales", kind="decision_log",
        link="https://example.com/log",
    )  # fmt: skip
    content = workbook(program_id, run_id)
    scored, aligned = queries.assessment(program_id, run_id), queries.alignment(program_id, run_id)
    scores = {row["Aspect"]: row for row in rows(content, "Scores")}
    assert scores["mindset"]["Answered"] == pytest.approx(scored.aspects["mindset"].score, abs=1e-12)
    assert scores["strategy"]["Counts"] == pytest.approx(scored.readiness.capped["strategy"], abs=1e-12)
    assert scores["readiness"]["Counts"] == pytest.approx(scored.readiness.readiness, abs=1e-12)
    statements = {row["Statement"]: row for row in rows(content, "Statements")}
    assert len(statements) == 23
    assert statements[CAMPS]["label"] == "two_camps"
    cells = {(row["Statement"], row["Role"]): row["Median"] for row in rows(content, "Roles")}
    expected = {(each.id, cell.role): cell.median for each in aligned.statements for cell in each.roles}
    assert cells == expected
    (evidence,) = rows(content, "Evidence")
    assert (evidence["Statement"], evidence["Link"]) == ("MI-VOC-1", "https://example.com/log")
    assert any(row["What"] == "cutoffs.agree" and row["Value"] == 0.7 for row in rows(content, "How computed"))


def test_an_anonymous_run_says_only_what_may_be_shown(owner: Actor, program_id: str) -> None:
    anonymous = anonymous_run(owner, program_id, {"it": 4, "sales": 5, "executive": 2})
    found = told(program_id, anonymous)
    for statement in found["agreement"]["statements"]:
        assert [cell["role"] for cell in statement["roles"]] == ["sales", "other roles"]
        assert statement["role_gap"] is None
    assert found["evidence"] is None
    assert not found["perspective"]["said"]
    whole = json.dumps(found)
    assert '"executive"' not in whole.replace('"executive": 0', "")
    content = workbook(program_id, anonymous)
    assert {row["Role"] for row in rows(content, "Roles")} == {"sales", "other roles"}
    assert "Evidence" not in openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert "Evidence" in openpyxl.load_workbook(io.BytesIO(workbook(program_id, anonymous, evidence=True))).sheetnames


@pytest.mark.parametrize("make", [answers_csv, ratings_csv])
def test_the_rows_of_an_anonymous_run_never_leave(owner: Actor, program_id: str, make: Any) -> None:
    anonymous = anonymous_run(owner, program_id, {"it": 5, "sales": 4})
    with pytest.raises(Missing):
        make(program_id, anonymous)


@pytest.mark.parametrize("make", [workbook, document])
def test_nothing_leaves_while_an_anonymous_run_is_open(owner: Actor, program_id: str, make: Any) -> None:
    anonymous = anonymous_run(owner, program_id, {"it": 5, "sales": 4}, closed=False)
    with pytest.raises(Missing):
        make(program_id, anonymous)


def test_a_run_that_nobody_answered_has_reasons_instead_of_figures(owner: Actor, program_id: str) -> None:
    empty = named_run(owner, program_id, roles=())
    found = told(program_id, empty)
    assert found["readiness"]["readiness"] is None
    assert found["agreement"]["raters"] == 0
    assert found["agreement"]["reasons"]
    assert workbook(program_id, empty)


def test_a_run_of_another_program_is_not_told(run_id: str) -> None:
    with pytest.raises(Missing):
        document("another", run_id)
