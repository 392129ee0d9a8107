"""earned-value, finance and forecast through the command line: keys, figures, refusals."""

from pathlib import Path

import pytest

from tests.commands.running import printed, run

EARNED = [
    "pv", "ev", "ac", "bac", "sv", "cv", "spi", "cpi", "eac_cpi", "eac_budget", "eac_cpi_spi", "etc", "vac", "tcpi_bac",
    "earned_schedule", "sv_t", "spi_t", "ieac_t", "reasons",
]  # fmt: skip
AMOUNTS = ("--pv", "23000", "--ev", "20000", "--ac", "25000", "--bac", "120000")


def test_earned_value_of_four_amounts(home: Path) -> None:
    found = printed(home, "earned-value", *AMOUNTS)
    assert list(found) == EARNED
    assert (found["cpi"], found["eac_cpi"], found["vac"]) == (0.8, 150000, -30000)
    assert found["earned_schedule"] is None
    assert found["reasons"]["earned_schedule"]


def test_earned_value_of_a_file(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "periods.csv"
    file.write_text("period,planned_value,earned_value,actual_cost\n1,100,80,90\n2,200,150,190\n3,400,,\n")
    found = printed(home, "earned-value", str(file), "--at", "2")
    assert (found["earned_schedule"], found["spi_t"], found["ieac_t"]) == (1.5, 0.75, 4)
    refused = run(home, "earned-value", str(file), "--at", "3")
    assert (refused.returncode, refused.stderr) == (2, f"{file}: Period 3 has no earned value or no actual cost yet.\n")


@pytest.mark.parametrize("words", [("--pv", "1"), ("--pv", "IEH", *AMOUNTS[2:]), ("nowhere.csv", "--at", "1")])
def test_earned_value_refuses(home: Path, words: tuple[str, ...]) -> None:
    done = run(home, "earned-value", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_finance(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "flows.csv"
    file.write_text("period,amount\n0,-40000\n1,5000\n2,8000\n3,12000\n4,30000\n")
    found = printed(home, "finance", str(file), "--rate", "0.08")
    assert list(found) == ["npv", "npv_end_of_period", "irr", "irr_roots", "mirr", "payback", "reasons"]
    assert found["npv"] == pytest.approx(3065.22267, abs=5e-6)
    assert found["mirr"] is None
    file.write_text(
        "date,amount\n2008-01-01,-10000\n2008-03-01,2750\n2008-10-30,4250\n2009-02-15,3250\n2009-04-01,2750\n"
    )
    assert printed(home, "finance", str(file), "--rate", "0.09")["irr"] == pytest.approx(0.3733625, abs=5e-8)
    assert run(home, "finance", str(file), "--rate", "-2").returncode == 2


def test_forecast(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "estimates.csv"
    file.write_text("id,optimistic,likely,pessimistic,predecessors\nA,1,2,6,\nB,1,2,6,A\nC,1,1,2,A\n")
    found = printed(home, "forecast", str(file), "--seed", "3", "--runs", "2000")
    assert [row["id"] for row in found["activities"]] == ["A", "B", "C"]
    assert (found["runs"], found["seed"], found["activities"][0]["criticality"]) == (2000, 3, 1)
    assert found["p50"] < found["p80"] < found["p95"]
    assert found == printed(home, "forecast", str(file), "--seed", "3", "--runs", "2000")
    assert (
        printed(home, "forecast", str(file), "--seed", "3", "--runs", "9", "--distribution", "triangular")["mean"] > 3
    )
