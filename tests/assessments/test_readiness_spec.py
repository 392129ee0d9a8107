"""Runs tests/spec/readiness.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assessments.library import load
from assessments.readiness import readiness

CASES = yaml.safe_load((Path(__file__).parents[1] / "spec" / "readiness.yaml").read_text())


@pytest.mark.parametrize("case", [pytest.param(case, id=case["title"]) for case in CASES])
def test_readiness(case: dict[str, Any]) -> None:
    result = readiness(case["scores"], case.get("floors"), gates=load().gates, coverage=case.get("coverage"))
    assert result.gates == case["gates"]
    assert result.capped == pytest.approx(case["counts"])
    assert result.readiness == pytest.approx(case["readiness"])
    assert result.start_with == case["start_with"]
    assert result.mean == pytest.approx(case["mean"], abs=0.005)
    assert [cap.rule for cap in result.caps] == case["caps"]


def test_the_mean_ranks_tool_first_highest_and_the_rule_ranks_house_in_order_highest() -> None:
    four = [(case["title"], readiness(case["scores"], gates=load().gates)) for case in CASES[:4]]
    assert max(four, key=lambda case: case[1].mean or 0)[0].startswith("Tool-first")
    assert max(four, key=lambda case: case[1].readiness or 0)[0].startswith("House in order")
