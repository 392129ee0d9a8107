"""The command line: one JSON object, one line for an error, and the codes 0, 1, 2 and 3."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKED = [
    ("mindset=1.2,mechanism=3.4,strategy=2.8", "mindset", (1.2, 2.2, 1.0), 1.0),
    ("mindset=2.6,mechanism=2.4,strategy=2.0", "strategy", (2.6, 2.4, 2.0), 2.0),
    ("mindset=3.5,mechanism=0.8,strategy=2.5", "mechanism", (3.5, 0.8, 1.0), 0.8),
    ("mindset=1.0,mechanism=1.0,strategy=3.8", "mindset", (1.0, 1.0, 1.0), 1.0),
]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(home: Path) -> Run:
    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"GROUNDWORK_HOME": str(home)}
        words = [sys.executable, "-m", "program", *arguments]
        return subprocess.run(
            words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return command


def answered(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    value: dict[str, Any] = json.loads(done.stdout)
    return value


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert len(done.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(("scores", "start_with", "capped", "result"), WORKED)
def test_the_worked_cases_of_the_gate_rule(
    run: Run, scores: str, start_with: str, capped: tuple[float, ...], result: float
) -> None:
    value = answered(run("readiness", "--scores", scores, "--json"))
    assert value["start_with"] == start_with
    assert tuple(value["capped"].values()) == pytest.approx(capped)
    assert value["readiness"] == pytest.approx(result)


def test_scores_that_are_no_numbers_are_refused_in_one_line(run: Run) -> None:
    refused(run("readiness", "--scores", "mindset=two,mechanism=1,strategy=1"), "--scores", "two")


def test_an_unknown_command_is_bad_input(run: Run) -> None:
    refused(run("readyness"), "readyness")


def test_score_names_file_line_and_column_of_a_bad_answer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("respondent,role,statement,answer\nAnn,sales,MI-INT-1,5\n")
    refused(run("score", str(file), "--assessment", "mindset"), "answers.csv", "line 2", "answer", "5")


def test_score_says_n_and_coverage_by_dimension(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(
        "respondent,role,statement,answer\nAnn,sales,MI-INT-1,3\nBo,it,MI-INT-1,2\nCy,it,MI-INT-1,dont_know\n"
    )
    value = answered(run("score", str(file), "--assessment", "mindset", "--json"))
    intent = next(each for each in value["dimensions"] if each["id"] == "MI-INT")
    assert intent["score"] == 2.5
    assert intent["n"] == 2
    assert intent["dont_know"] == pytest.approx(1 / 3)
    assert next(each for each in value["dimensions"] if each["id"] == "MI-VOC")["score"] is None


def test_raci_finds_two_accountable_people(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "raci.csv"
    file.write_text("item,person,duty\nDesk,Ann,A\nDesk,Bo,A/R\n")
    value = answered(run("raci", str(file), "--json"))
    assert [(each["code"], each["item"]) for each in value["findings"]] == [("two_accountable", "Desk")]


def test_import_of_nothing_readable_exits_2(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,name,created_at\n1,Ann,not a date\n")
    refused(run("import", str(file), "--as", "account", "--client", "test"), "accounts.csv", "line 2", "created_at")


def test_import_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,name\n007,Ann & Co\n008,Bo & Co\n")
    first = answered(run("import", str(file), "--as", "account", "--client", "test", "--json"))
    again = answered(run("import", str(file), "--as", "account", "--client", "test", "--json"))
    assert (first["read"], first["accepted"], first["unchanged"]) == (2, 2, 0)
    assert (again["read"], again["accepted"], again["unchanged"]) == (2, 0, 2)


def test_several_files_are_one_object_that_names_each(run: Run, tmp_path: Path) -> None:
    for name, ids in (("one.csv", "1\n2\n"), ("two.csv", "2\n3\n")):
        (tmp_path / name).write_text(f"account_id\n{ids}")
    files = [str(tmp_path / name) for name in ("one.csv", "two.csv")]
    value = answered(run("import", *files, "--as", "account", "--client", "test", "--json"))
    assert (value["read"], value["accepted"], value["unchanged"]) == (4, 3, 1)
    assert [each["accepted"] for each in value["files"]] == [2, 1]
    assert {column["file"] for column in value["columns"]} == {"one.csv", "two.csv"}


def test_a_dry_run_leaves_no_trace(run: Run, tmp_path: Path, home: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,name\n007,Ann & Co\n")
    value = answered(run("import", str(file), "--as", "account", "--client", "test", "--dry-run", "--json"))
    assert value["accepted"] == 1
    assert not list((home / "warehouse").glob("test/canonical/**/*.parquet"))


def test_a_client_name_is_never_a_path(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,name\n007,Ann & Co\n")
    refused(run("import", str(file), "--as", "account", "--client", "../../etc"), "../../etc")
    refused(run("metrics", "win_rate", "--client", "../../etc"), "../../etc")


def test_an_unknown_metric_and_an_unknown_column_are_named(run: Run) -> None:
    refused(run("metrics", "win_rat", "--client", "test"), "win_rat")
    refused(run("metrics", "win_rate", "--client", "test", "--by", "agent.shoe_size"), "shoe_size")


def test_demo_fills_every_page_and_check_finds_it_sound(run: Run) -> None:
    counts = answered(run("demo", "--json"))["counts"]
    assert counts["interaction"] > 15_000
    assert counts["contact"] >= 2_000
    assert counts["component"] >= 8
    again = answered(run("demo", "--json"))["counts"]
    assert again == counts
    assert run("check").returncode == 0


def test_backup_and_restore_give_the_same_counts(run: Run, tmp_path: Path) -> None:
    assert run("demo").returncode == 0
    file = tmp_path / "groundwork.zip"
    written = answered(run("backup", str(file), "--json"))
    environment = os.environ | {"GROUNDWORK_HOME": str(tmp_path / "elsewhere")}
    words = [sys.executable, "-m", "program", "restore", str(file), "--json"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert written["tables"]["stakeholder"]["rows"] > 5
    assert written["files"]
    assert answered(done) == written
    words = [sys.executable, "-m", "program", "check"]
    assert (
        subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False).returncode == 0
    )
