"""The cases in tests/spec/metrics: what each metric counts, on tables small enough to check by hand."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.metrics import catalog, measure
from data.warehouse import open_warehouse
from tests.data.metric_cases import write_tables

SPEC = Path(__file__).parents[1] / "spec" / "metrics"
CASES = [case for file in sorted(SPEC.glob("*.yaml")) for case in yaml.safe_load(file.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    write_tables(tmp_path, case["tables"])
    with open_warehouse(tmp_path, "tiny") as warehouse:
        rows = measure(warehouse, case["metric"], **case.get("ask", {})).rows

    shown = [{key: row.get(key) for key in wanted} for row, wanted in zip(rows, case["rows"], strict=True)]
    assert shown == [{key: _number(key, value) for key, value in wanted.items()} for wanted in case["rows"]]


def test_every_metric_has_a_case() -> None:
    assert {case["metric"] for case in CASES} == set(catalog())


def _number(key: str, value: Any) -> Any:
    if key in ("numerator", "value") and isinstance(value, str):
        return Decimal(value)
    return pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
