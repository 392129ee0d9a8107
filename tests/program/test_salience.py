"""The classes of salience, by cases and by what they have in common."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from program.policy import load
from program.salience import CLASSES, salience

CASES = yaml.safe_load((Path(__file__).parents[1] / "spec" / "salience.yaml").read_text(encoding="utf-8"))


def known(value: Any) -> Decimal | None:
    return None if value == "?" else Decimal(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['power']}-{case['legitimacy']}-{case['urgency']}")
def test_spec(case: dict[str, Any]) -> None:
    found = salience(known(case["power"]), known(case["legitimacy"]), known(case["urgency"]), load().high_from)
    assert found == (None if case["class"] == "?" else case["class"])
    if found:
        assert CLASSES[found].kind == case["kind"]


def test_there_are_eight_classes_each_with_a_sentence_of_its_own() -> None:
    assert len(CLASSES) == 8
    assert len({each.sentence for each in CLASSES.values()}) == 8
    assert all(each.sentence.endswith(".") and each.sentence.startswith("The") for each in CLASSES.values())
