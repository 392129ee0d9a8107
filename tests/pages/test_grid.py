"""What the grid and the matrix tell Python, and what they are told: drops, undone ones, cells, playback, refusals."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st

from pages.ui import fields, grid, matrix
from program.stakeholders import Stakeholder, State
from program.values import Invalid

ONE = {"id": "a" * 32, "power": "7.2", "interest": "3", "version": 4}
TWO = {"id": "b" * 32, "power": "0", "interest": "10", "version": 1}
DROP = {"number": "s-1", "undo": False, "moves": [ONE, TWO]}
CELL = {"component": "c", "person": "p", "before": "R", "letters": "A/R", "number": "s-2"}
BEGIN = datetime(2026, 10, 1, 23, 30, tzinfo=UTC)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


@pytest.fixture
def sent(session: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the grid hands to the browser."""
    handed: list[dict[str, Any]] = []
    monkeypatch.setattr(grid, "_mount", lambda **given: handed.append(given["data"]))
    assert session == {}
    return handed


def state(who: str, days: int, power: str, stance: str = "neutral") -> State:
    at = BEGIN + timedelta(days=days)
    return State(who, at, "Ida", Decimal(power), Decimal(5), None, None, stance, "supportive")


def test_without_a_drop_there_is_no_move(session: dict[str, Any]) -> None:
    assert grid.moved(key="g") == ()
    assert matrix.changed(key="m") is None
    session["g"] = {}
    assert grid.moved(key="g") == ()
    assert not grid.undoing(key="g")


def test_a_drop_becomes_exact_moves_of_everybody_in_it(session: dict[str, Any]) -> None:
    session["g"] = {"moved": DROP}
    assert grid.moved(key="g") == (
        grid.Move("a" * 32, power=Decimal("7.2"), interest=Decimal(3), version=4),
        grid.Move("b" * 32, power=Decimal(0), interest=Decimal(10), version=1),
    )
    assert session["g.answered"] == "s-1"
    assert "g.refused" not in session


def test_an_undone_move_comes_as_a_move_and_says_so(session: dict[str, Any]) -> None:
    session["g"] = {"moved": DROP | {"undo": True}}
    assert grid.undoing(key="g")
    assert len(grid.moved(key="g")) == 2


def test_a_refused_drop_is_named_so_that_its_marks_go_back(session: dict[str, Any]) -> None:
    session["g"] = {"moved": DROP}
    grid.moved(key="g")
    grid.refuse(key="g")
    assert session["g.refused"] == "s-1"


@pytest.mark.parametrize(
    "wrong",
    [
        [ONE | {"power": "high"}],
        [ONE | {"power": "NaN"}],
        [ONE | {"version": "new"}],
        [ONE | {"interest": ""}],
        [ONE, ONE],
        [{"id": "a"}],
        ["a"],
        [],
        None,
    ],
)
def test_something_else_than_a_drop_is_refused(session: dict[str, Any], wrong: Any) -> None:
    session["g"] = {"moved": DROP | {"moves": wrong}}
    with pytest.raises(Invalid):
        grid.moved(key="g")
    assert session["g.answered"] == "s-1"


def test_a_drop_without_its_fields_is_refused(session: dict[str, Any]) -> None:
    session["g"] = {"moved": {"number": "s-1"}}
    session["m"] = {"set": {"number": "s-2"}}
    with pytest.raises(Invalid):
        grid.moved(key="g")
    with pytest.raises(Invalid):
        matrix.changed(key="m")


def test_a_mark_says_what_is_known_and_where_they_are_wanted(sent: list[dict[str, Any]]) -> None:
    ivo = Stakeholder("i", 2, "Ivo", Decimal(9), Decimal(4), function="it", title="CIO", wanted_interest=Decimal(7))
    mara = Stakeholder("m", 1, "Mara", Decimal(5), Decimal(5), title="Chair", wanted_power=Decimal(5))
    grid.show([ivo, mara], key="g", editable=True, alt="Two people.")
    first, second = sent[0]["people"]
    assert (first["role"], first["called"], first["to"]) == ("IT", "Ivo, CIO, IT", (9.0, 7.0))
    assert (second["role"], second["called"], second["to"]) == ("Chair", "Mara, Chair", None)
    assert sent[0]["history"] == []


def test_playback_has_one_step_a_day_with_the_last_state_of_that_day(sent: list[dict[str, Any]]) -> None:
    history = [state("i", 9, "8", "resistant"), state("i", 0, "3"), state("i", 9, "9", "resistant"), state("m", 0, "5")]
    grid.show([], key="g", editable=False, alt="", history=history, time_zone="Europe/Berlin")
    first, last = sent[0]["history"]
    assert (first["day"], last["day"]) == ("2 Oct 2026", "11 Oct 2026")
    assert first["set"] == [
        ("i", 3.0, 5.0, "neutral", "supportive", 3.0),
        ("m", 5.0, 5.0, "neutral", "supportive", 5.0),
    ]
    assert last["set"] == [("i", 9.0, 5.0, "resistant", "supportive", 18.0)]


def test_a_long_history_keeps_its_latest_days_and_where_everybody_stood_before(sent: list[dict[str, Any]]) -> None:
    history = [state("early", 0, "1")] + [state("i", day, "3") for day in range(grid.MOST_STEPS + 5)]
    grid.show([], key="g", editable=False, alt="", history=history)
    frames = sent[0]["history"]
    assert len(frames) == grid.MOST_STEPS
    assert {each[0] for each in frames[0]["set"]} == {"early", "i"}
    assert [len(frame["set"]) for frame in frames[1:]] == [1] * (grid.MOST_STEPS - 1)


def test_a_cell_becomes_a_change(session: dict[str, Any]) -> None:
    session["m"] = {"set": CELL}
    assert matrix.changed(key="m") == matrix.Change("c", "p", before="R", letters="A/R")
    matrix.refuse(key="m")
    assert session["m.refused"] == "s-2"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1,240.50", "1240.50"), ("1240", "1240"), (" 0.1 ", "0.1"), ("1,000,000,000,000", "1000000000000")],
)
def test_fault_63_money_is_read_exactly(typed: str, amount: str) -> None:
    assert fields.money(typed) == Decimal(amount)


def test_fault_63_nothing_typed_is_unknown_and_not_zero() -> None:
    assert fields.money("  ") is None


@pytest.mark.parametrize("typed", ["1.240,50", "12,34", "-5", "NaN", "1e5", "Infinity", "€5", "1,2345", "five", "٣"])
def test_fault_63_anything_else_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        fields.money(typed, label="Planned")
    assert refused.value.sentence.startswith(f"Planned “{typed}” is no amount.")


def test_fault_63_more_decimals_than_the_store_keeps_are_refused() -> None:
    assert fields.money("0.1234") == Decimal("0.1234")
    with pytest.raises(Invalid, match="more than 4 decimals"):
        fields.money("0.12345")
