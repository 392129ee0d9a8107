"""schedule: a published plan through the command line with dates, and files that it refuses."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.commands import running

KEYS = [
    "id", "early_start", "early_finish", "late_start", "late_finish", "total_slack", "free_slack", "critical", "start",
    "finish",
]  # fmt: skip
P3 = "id,name,duration,predecessors\nA,,6,\nB,,2,A\nC,,2,A\nD,,3,B\nF,,2,C\nE,,4,D;F\nG,,1,E\nM,Done,0,G\n"


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return running.run(home, "schedule", *words)


def test_a_plan_with_dates(home: Path, tmp_path: Path) -> None:
    plan, holidays = tmp_path / "plan.csv", tmp_path / "holidays.csv"
    plan.write_text(P3)
    holidays.write_text("date,name\n2026-12-25,Christmas\n")
    done = run(home, str(plan), "--start", "2026-12-21", "--holidays", str(holidays), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    rows = {row["id"]: row for row in found["activities"]}
    assert found["duration"] == 16
    assert list(rows["A"]) == KEYS
    assert [name for name, row in rows.items() if row["critical"]] == ["A", "B", "D", "E", "G", "M"]
    assert (rows["A"]["start"], rows["A"]["finish"]) == ("2026-12-21", "2026-12-29")
    assert (rows["B"]["start"], rows["G"]["finish"]) == ("2026-12-30", "2027-01-12")
    assert rows["M"]["start"] == rows["M"]["finish"] == rows["G"]["finish"]


def test_without_a_start_there_are_no_dates(home: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(P3)
    rows = json.loads(run(home, str(plan), "--json").stdout)["activities"]
    assert {(row["start"], row["finish"]) for row in rows} == {(None, None)}


def test_a_cycle_is_named_and_nothing_is_printed(home: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("id,name,duration,predecessors\nA,,1,B\nB,,1,A\n")
    done = run(home, str(plan))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{plan}: These activities wait for each other: ")
