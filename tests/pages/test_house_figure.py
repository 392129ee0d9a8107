"""The house: level is height, unknown is dashed, and a sentence holds the six numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.library import load
from assessments.readiness import readiness
from pages.ui import house
from pages.ui import readiness as figure

GATES = load().gates
LEVEL = st.floats(min_value=0, max_value=4)


def drawn(mindset: float | None, mechanism: float | None, strategy: float | None) -> tuple[str, house.House]:
    result = readiness({"mindset": mindset, "mechanism": mechanism, "strategy": strategy}, gates=GATES)
    made = house.House(figure.floors(result, gates=GATES), 2.0, "pilot")
    return house.drawing(made), made


def heights(markup: str, fill: str) -> list[float]:
    return [float(found) for found in re.findall(rf'height="([\d.]+)" fill="{re.escape(fill)}"', markup)]


def test_the_worked_case_tool_first() -> None:
    markup, made = drawn(1.2, 3.4, 2.8)
    assert made.sentence == (
        "Strategy, the roof: 1.0 of 4 counts, 2.8 answered; the mindset gate must open first. "
        "Mechanism, the frame: 2.2 of 4 counts, 3.4 answered; at most mindset + 1. "
        "Mindset, the foundation: 1.2 of 4 counts, 1.2 answered; 0.8 below the level that opens the gates. "
        "Target 2, pilot."
    )
    assert 'role="img"' in markup
    assert "▲ 0.8 below the level that opens the gates" in markup


@given(LEVEL, LEVEL, LEVEL)
def test_height_is_level(mindset: float, mechanism: float, strategy: float) -> None:
    markup, made = drawn(mindset, mechanism, strategy)
    for floor in made.floors:
        solid, hatch = heights(markup, f"var(--gw-{floor.aspect})"), heights(markup, f"url(#gw-hatch-{floor.aspect})")
        assert solid == ([pytest.approx(floor.capped * house.COURSE, abs=1e-3)] if floor.capped else [])
        assert hatch == ([pytest.approx(floor.raw * house.COURSE, abs=1e-3)] if floor.raw else [])


def test_an_unknown_floor_is_dashed_and_not_zero() -> None:
    markup, made = drawn(2.5, None, 2.0)
    assert made.floors[1].capped is None
    assert markup.count("stroke-dasharray") == 1
    assert "Mechanism, the frame: n/a counts, n/a answered" in made.sentence


def test_the_table_has_the_same_numbers() -> None:
    _, made = drawn(1.2, 3.4, 2.8)
    rows = house.table(made.floors, target=2.0).rows
    assert [row[:4] for row in rows] == [
        ("Strategy", 1.0, 2.8, 2.0),
        ("Mechanism", 2.2, 3.4, 2.0),
        ("Mindset", 1.2, 1.2, 2.0),
    ]


def test_headlines_of_the_worked_cases() -> None:
    said = {
        name: figure.headline(
            readiness(dict(zip(("mindset", "mechanism", "strategy"), raw, strict=True)), gates=GATES), gates=GATES
        )
        for name, raw in {
            "tool-first": (1.2, 3.4, 2.8),
            "house in order": (2.6, 2.4, 2.0),
            "belief only": (3.5, 0.8, 2.5),
            "unknown": (3.5, None, 2.5),
            "nothing known": (None, None, None),
            "even": (3.0, 3.0, 3.0),
            "highest": (4.0, 4.0, 4.0),
        }.items()
    }
    assert said["tool-first"] == "Start with mindset. Another 0.8 there lifts readiness from 1.0 to 2.0 of 4."
    assert said["house in order"] == "Start with strategy. Another 0.4 there lifts readiness from 2.0 to 2.4 of 4."
    assert said["belief only"] == (
        "Start with mechanism. Another 1.2 there, and 0.2 in its lowest part, lifts readiness from 0.8 to 2.0 of 4."
    )
    assert said["unknown"].startswith("Readiness is not known yet.")
    assert said["nothing known"].endswith("The score of mindset, mechanism and strategy is unknown.")
    assert said["even"] == "Readiness is 3.0 of 4. No single aspect holds it back; raise them together."
    assert said["highest"] == "Readiness is 4.0 of 4. Every aspect is as high as it goes."
