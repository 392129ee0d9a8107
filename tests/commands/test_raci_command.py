"""raci: rows of our own for each of the eight findings, and files that it refuses."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from program.commands import main
from program.raci import KEYS
from tests.commands import running

FIVE = ["Bo", "Cy", "Di", "Ed", "Flo"]
CASES: dict[str, tuple[list[str], dict[str, Any]]] = {
    "two_accountable": (
        ["Listening post,Ann,A/R", "Listening post,Bo,A"],
        {
            "item": "Listening post",
            "person": None,
            "severity": "error",
            "sentence": "Ann and Bo are both accountable for “Listening post”. Exactly one person can be.",
        },
    ),
    "no_accountable": (
        ["Help forum,Ann,R", "Help forum,Bo,C"],
        {
            "item": "Help forum",
            "person": None,
            "severity": "error",
            "sentence": "Nobody is accountable for “Help forum”.",
        },
    ),
    "no_responsible": (
        ["Help forum,Ann,A", "Help forum,Bo,I"],
        {
            "item": "Help forum",
            "person": None,
            "severity": "error",
            "sentence": "Nobody is responsible for the work on “Help forum”.",
        },
    ),
    "empty_item": (
        ["Customer record,,"],
        {
            "item": "Customer record",
            "person": None,
            "severity": "error",
            "sentence": "Nobody has a duty on “Customer record”.",
        },
    ),
    "only_informed": (
        ["Customer record,Ann,C", "Customer record,Bo,I"],
        {
            "item": "Customer record",
            "person": None,
            "severity": "error",
            "sentence": "“Customer record” has people to ask or to tell, but nobody who does it or answers for it.",
        },
    ),
    "unassigned_person": (
        ["Help forum,Ann,A/R", ",Bo,"],
        {"item": None, "person": "Bo", "severity": "warning", "sentence": "Bo has no duty yet."},
    ),
    "overload": (
        [f"Campaign {number},Ann,A/R" for number in range(1, 7)],
        {
            "item": None,
            "person": "Ann",
            "severity": "warning",
            "sentence": "Ann is accountable for 6 items. More than 5 is too many to follow.",
        },
    ),
    "slow_decision": (
        ["Reply rules,Ann,A/R", *(f"Reply rules,{name},C" for name in FIVE)],
        {
            "item": "Reply rules",
            "person": None,
            "severity": "warning",
            "sentence": "5 people are consulted on “Reply rules”. More than 4 slow it down.",
        },
    ),
}


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return running.run(home, "raci", *words)


def written(folder: Path, rows: list[str]) -> Path:
    file = folder / "raci.csv"
    file.write_text("\n".join(["item,person,duty", *rows]), encoding="utf-8")
    return file


@pytest.mark.parametrize("code", CASES)
def test_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str) -> None:
    rows, wanted = CASES[code]
    with pytest.raises(SystemExit) as left:
        main(["raci", str(written(tmp_path, rows)), "--json"])
    assert not left.value.code
    assert json.loads(capsys.readouterr().out) == {"findings": [{"code": code, **wanted}]}


def test_all_eight_in_one_file_come_items_first(home: Path, tmp_path: Path) -> None:
    rows = [
        "Listening post,Ann,A/R", "Listening post,Bo,A",
        "Help forum,Ann,R",
        "Shop chat,Ann,A",
        "Customer record,,",
        "Newsletter,Ann,C",
        *(f"Campaign {number},Ann,A/R" for number in range(1, 5)),
        "Reply rules,Bo,A/R", *(f"Reply rules,{name},C" for name in (*FIVE[1:], "Gil")),
        ",Hal,",
    ]  # fmt: skip
    done = run(home, str(written(tmp_path, rows)), "--json")
    found = json.loads(done.stdout)["findings"]
    assert [(each["code"], each["item"] or each["person"]) for each in found] == [
        ("two_accountable", "Listening post"),
        ("no_accountable", "Help forum"),
        ("no_responsible", "Shop chat"),
        ("empty_item", "Customer record"),
        ("only_informed", "Newsletter"),
        ("slow_decision", "Reply rules"),
        ("overload", "Ann"),
        ("unassigned_person", "Hal"),
    ]
    assert {tuple(each) for each in found} == {KEYS}


def test_for_a_person_each_finding_is_a_line(home: Path, tmp_path: Path) -> None:
    done = run(home, str(written(tmp_path, ["Help forum,Ann,A/R", ",Bo,"])))
    assert (done.returncode, done.stdout) == (0, "warning  Bo has no duty yet.\n")
    done = run(home, str(written(tmp_path, ["Help forum,Ann,A/R"])))
    assert (done.returncode, done.stdout) == (0, "Nothing to mend.\n")


def test_a_letter_that_is_none_is_refused_by_file_line_and_column(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path, ["Help forum,Ann,A/R", "Help forum,Bo,D"])
    done = run(home, str(file), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    said = "“D” is no duty. Use R, A, C, I or several with a slash, as in A/R."
    assert done.stderr == f"{file}, line 3, column duty: {said}\n"
