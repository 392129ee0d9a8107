"""What the grid and the matrix tell Python, and what they are told: drops, cells, and refusals."""

from decimal import Decimal
from typing import Any

import pytest
import streamlit as st

from pages.ui import fields, grid, matrix
from program.values import Invalid

DROP = {"id": "a" * 32, "power": "7.2", "interest": "3.0", "version": 4, "number": "s-1"}
CELL = {"component": "c", "person": "p", "before": "R", "letters": "A/R", "number": "s-2"}


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_without_a_drop_there_is_no_move(session: dict[str, Any]) -> None:
    assert grid.moved(key="g") is None
    assert matrix.changed(key="m") is None
    session["g"] = {}
    assert grid.moved(key="g") is None


def test_a_drop_becomes_an_exact_move(session: dict[str, Any]) -> None:
    session["g"] = {"moved": DROP}
    assert grid.moved(key="g") == grid.Move("a" * 32, power=Decimal("7.2"), interest=Decimal("3.0"), version=4)
    assert session["g.answered"] == "s-1"
    assert "g.refused" not in session


def test_a_refused_drop_is_named_so_that_its_mark_goes_back(session: dict[str, Any]) -> None:
    session["g"] = {"moved": DROP}
    grid.moved(key="g")
    grid.refuse(key="g")
    assert session["g.refused"] == "s-1"


@pytest.mark.parametrize("wrong", [{"power": "high"}, {"version": "new"}, {"interest": ""}])
def test_something_else_than_a_drop_is_refused(session: dict[str, Any], wrong: dict[str, Any]) -> None:
    session["g"] = {"moved": DROP | wrong}
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
