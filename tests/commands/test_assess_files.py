"""score and readiness on one file of answers to all three aspects, every expected figure worked out by hand."""

import csv
from pathlib import Path

import pytest

from assessments.library import load
from tests.commands.running import printed, run

ANN = {"mindset": "3", "mechanism": "2", "strategy": "3", "ST-ADV-1": "na"}
BO = {"mindset": "2", "mechanism": "3", "strategy": "4", "ME-REC-1": "0", "ME-IDN-1": "4", "ST-LIS-1": "dont_know"}
CY = {"mindset": "0", "mechanism": "0", "strategy": "0"}  # a consultant: observes, never counted
PEOPLE = (("Ann", "sales", ANN), ("Bo", "it", BO), ("Cy", "consultant", CY))
MECHANISM = (1.0 + 1.5 + 6 * 2.5) / 8  # ME-REC of 2 and 0; ME-IDN of 2 and of 4 that counts 1; the others of 2 and 3
STRATEGY = (6 * 3.5 + 3 + 4) / 8  # ST-LIS is Ann's alone, ST-ADV Bo's


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """The 12-minute form, answered by two people who count and one who does not."""
    file = tmp_path / "answers.csv"
    with file.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["statement", "respondent", "role", "answer", "reason"])
        for name, role, given in PEOPLE:
            for statement in load().statements("short"):
                answer = given.get(statement.id, given[statement.aspect])
                writer.writerow([statement.id, name, role, answer, "We have none." if answer == "na" else ""])
    return file


@pytest.mark.parametrize(
    ("aspect", "score", "others"),
    [("mindset", 2.5, 48), ("mechanism", MECHANISM, 45), ("strategy", STRATEGY, 45)],
)
def test_score_takes_its_aspect_and_counts_the_rest(
    home: Path, answers: Path, aspect: str, score: float, others: int
) -> None:
    found = printed(home, "score", str(answers), "--assessment", aspect)
    assert found["score"] == pytest.approx(score, abs=1e-12)
    assert (found["assessment"], found["version"]) == (aspect, load().versions[aspect])
    assert (found["n"], found["coverage"], found["other_aspects"]) == (2, 1.0, others)


def test_score_shows_caps_and_unknowns_by_dimension(home: Path, answers: Path) -> None:
    dimensions = {
        each["id"]: each
        for aspect in ("mechanism", "strategy")
        for each in printed(home, "score", str(answers), "--assessment", aspect)["dimensions"]
    }
    assert (dimensions["ME-REC"]["score"], dimensions["ME-IDN"]["score"]) == (1.0, 1.5)
    unknown = {"score": 3.0, "n": 1, "dont_know": 0.5, "na": 0.0, "coverage": 1.0}
    assert dimensions["ST-LIS"] == {"id": "ST-LIS", **unknown}
    assert dimensions["ST-ADV"] == {"id": "ST-ADV", **unknown, "score": 4.0, "dont_know": 0.0, "na": 0.5}


def test_readiness_of_a_file_is_the_gate_rule_on_its_scores_and_floors(home: Path, answers: Path) -> None:
    found = printed(home, "readiness", str(answers))
    assert found["raw"] == pytest.approx({"mindset": 2.5, "mechanism": MECHANISM, "strategy": STRATEGY})
    assert found["floors"] == {"mindset": 2.5, "mechanism": 1.0}
    assert found["gates"] == {"mindset": True, "mechanism": True}
    assert found["capped"] == pytest.approx({"mindset": 2.5, "mechanism": MECHANISM, "strategy": MECHANISM + 1})
    assert found["readiness"] == pytest.approx(MECHANISM)
    assert found["imbalance"] == pytest.approx(STRATEGY - MECHANISM)
    assert found["start_with"] == "strategy"
    (cap,) = found["caps"]
    assert (cap["aspect"], cap["rule"]) == ("strategy", "strategy_above_lower")
    assert (cap["from"], cap["to"]) == pytest.approx((STRATEGY, MECHANISM + 1))


def test_the_scores_of_a_file_give_the_readiness_of_the_file(home: Path, answers: Path) -> None:
    """The three `score` runs, put into `readiness --scores --floors`, say what `readiness FILE` says."""
    scored = {aspect: printed(home, "score", str(answers), "--assessment", aspect) for aspect in load().aspects}
    scores = ",".join(f"{aspect}={found['score']!r}" for aspect, found in scored.items())
    floors = ",".join(f"{aspect}={scored[aspect]['floor']!r}" for aspect in ("mindset", "mechanism"))
    typed = printed(home, "readiness", "--scores", scores, "--floors", floors)
    assert typed == printed(home, "readiness", str(answers))


def test_a_file_without_an_aspect_has_no_readiness_and_says_why(home: Path, answers: Path) -> None:
    rows = answers.read_text(encoding="utf-8").splitlines(keepends=True)
    answers.write_text("".join(row for row in rows if not row.startswith("ME-")), encoding="utf-8")
    found = printed(home, "readiness", str(answers))
    assert (found["raw"]["mechanism"], found["gates"]["mechanism"], found["readiness"]) == (None, None, None)
    assert found["capped"] == {"mindset": 2.5, "mechanism": None, "strategy": None}
    assert found["start_with"] == "mechanism"
    assert found["reasons"]["readiness"] == "The score of mechanism is unknown."
    done = run(home, "readiness", str(answers))
    assert done.stdout.startswith("Readiness n/a of 4. Start with mechanism.")


def test_a_reason_that_is_missing_is_named_by_line_and_column(home: Path, answers: Path) -> None:
    answers.write_text(answers.read_text(encoding="utf-8").replace("We have none.", ""), encoding="utf-8")
    line = 1 + [statement.id for statement in load().statements("short")].index("ST-ADV-1") + 1
    done = run(home, "readiness", str(answers))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"answers.csv, line {line}, column reason" in done.stderr
