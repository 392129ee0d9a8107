"""What the matrix and the map of ties tell Python, and what they are told."""

from decimal import Decimal
from typing import Any

import pytest
import streamlit as st

from pages.ui import shell, tie_matrix
from program.stakeholders import Stakeholder
from program.values import Invalid

SENT = {"source": "a", "target": "b", "kind": "influences", "before": "", "weight": "4", "number": "s-1"}


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_without_a_change_there_is_none(session: dict[str, Any]) -> None:
    assert tie_matrix.changed(key="t") is None
    session["t"] = {"set": None}
    assert tie_matrix.changed(key="t") is None


def test_a_cell_becomes_a_change_with_what_was_seen_before(session: dict[str, Any]) -> None:
    session["t"] = {"set": SENT}
    assert tie_matrix.changed(key="t") == tie_matrix.TieChange("a", "b", "influences", before=None, weight=4)
    assert session["t.answered"] == "s-1"
    session["t"] = {"set": SENT | {"before": "4", "weight": ""}}
    assert tie_matrix.changed(key="t") == tie_matrix.TieChange("a", "b", "influences", before=4, weight=None)
    tie_matrix.refuse(key="t")
    assert session["t.refused"] == "s-1"


@pytest.mark.parametrize(
    "wrong",
    [{"weight": "6"}, {"weight": "0"}, {"weight": "-1"}, {"weight": "strong"}, {"kind": "loves"}, {"target": "a"}],
)
def test_a_weight_kind_or_end_that_cannot_be_is_refused(session: dict[str, Any], wrong: dict[str, str]) -> None:
    session["t"] = {"set": SENT | wrong}
    with pytest.raises(Invalid):
        tie_matrix.changed(key="t")


def test_a_change_without_its_fields_is_refused(session: dict[str, Any]) -> None:
    session["t"] = {"set": {"number": "s-1"}}
    with pytest.raises(Invalid):
        tie_matrix.changed(key="t")


@pytest.mark.parametrize("mount", ["_mount_matrix", "_mount_map"])
def test_no_more_people_than_a_screen_holds_and_it_is_said(
    session: dict[str, Any], monkeypatch: pytest.MonkeyPatch, mount: str
) -> None:
    handed: list[dict[str, Any]] = []
    said: list[str] = []
    monkeypatch.setattr(tie_matrix, mount, lambda **given: handed.append(given["data"]))
    monkeypatch.setattr(shell, "note", said.append)
    people = [Stakeholder(str(n), 1, f"P{n}", Decimal(5), Decimal(5)) for n in range(200)]
    make = tie_matrix.show if mount == "_mount_matrix" else tie_matrix.draw
    make(people, {("0", "1"): 3}, key="t", kind="reports_to", editable=True)
    assert len(handed[0]["people"]) == tie_matrix.MOST
    assert handed[0]["ties"] == {"0/1": 3}
    assert handed[0]["corner"] == "Reports to →"
    assert said == ["The first 60 of 200 people are here. Choose fewer, or use the list."]
    assert "t.session" in session
