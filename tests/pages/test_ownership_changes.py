"""What the matrix and the ladder send, carried out as the actions they are; and the command's findings on the page."""

import json
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from pages.ui import ladder, matrix, owning
from program.commands import main
from program.queries import ownership as queries
from program.values import Actor, Invalid, Stale
from tests.commands.test_raci_command import CASES
from tests.pages.opening import open_local
from tests.pages.owned import PAGE, Drawn, fill

COMMAND_CODES = set(CASES)  # the page knows the people as well, and finds more


def on_page(drawn: Drawn) -> list[dict[str, Any]]:
    """The page's findings in the command's words: names in the place of ids."""
    data = drawn.matrix
    names = {each["id"]: each["name"] for each in [*data["components"], *data["people"]]}
    keys = ("code", "item", "person", "severity", "sentence")
    found = [each for each in data["findings"] if each["code"] in COMMAND_CODES]
    return [{key: names.get(each[key], each[key]) for key in keys} for each in found]


@pytest.mark.parametrize("code", CASES)
def test_the_page_finds_what_the_command_finds(
    owner: Actor,
    program_id: str,
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows, drawn = CASES[code][0], Drawn(monkeypatch)
    fill(owner, program_id, rows)
    if not any(row.split(",")[1] for row in rows):
        fill(owner, program_id, [",Ann,"])
        rows = [*rows, ",Ann,"]
    open_local(PAGE)
    file = tmp_path / "raci.csv"
    file.write_text("\n".join(["item,person,duty", *rows]), encoding="utf-8")
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["raci", str(file), "--json"])
    said = json.loads(capsys.readouterr().out)["findings"]
    assert code in {each["code"] for each in said}
    assert on_page(drawn) == said


@pytest.fixture
def forum(owner: Actor, program_id: str) -> dict[str, str]:
    return fill(owner, program_id, ["Help forum,Ann,A/R", "Help forum,Bo,R", "Help forum,Cy,C"])


def test_other_rules_translate_the_letters(owner: Actor, program_id: str, forum: dict[str, str]) -> None:
    item = forum["Help forum"]
    owning.carry_out(owner, program_id, matrix.SchemeChange(item, "component", "daci", 1))
    shown = queries.matrix(program_id)
    assert [shown.letters[item, forum[name]] for name in ("Ann", "Bo", "Cy")] == ["D/A", "D", "C"]
    (two,) = (each for each in shown.findings if each.code == "two_drivers")
    assert two.fix is not None
    owning.carry_out(owner, program_id, matrix.Mend(two.fix, "once"))
    assert not queries.matrix(program_id).errors
    (version,) = (each.version for each in queries.items(program_id))
    owning.carry_out(owner, program_id, matrix.SchemeChange(item, "component", "raci", version))
    back = queries.matrix(program_id)
    assert "D" not in "".join(back.letters.values())
    assert not back.errors


def test_a_fix_that_is_stale_changes_nothing_and_shows_both(
    owner: Actor, program_id: str, forum: dict[str, str]
) -> None:
    owning.carry_out(owner, program_id, matrix.Change(forum["Help forum"], forum["Ann"], "A/R", "R"))
    (seen,) = (each for each in queries.matrix(program_id).findings if each.code == "no_accountable")
    assert seen.fix is not None
    (change,) = seen.fix.changes
    owning.carry_out(owner, program_id, matrix.Change(change.item, change.person, change.before, "I"))
    with pytest.raises(Stale) as refused:
        owning.carry_out(owner, program_id, matrix.Mend(seen.fix, "once"))
    assert refused.value.differences == {"letters": (change.letters, "I")}
    assert queries.matrix(program_id).letters[change.item, change.person] == "I"


def test_a_decision_is_added_once_renamed_owned_and_removed(
    owner: Actor, program_id: str, forum: dict[str, str]
) -> None:
    for _ in range(2):
        owning.carry_out(owner, program_id, matrix.NewItem("decision", "Who may answer", "once"))
    (item,) = queries.items(program_id, "decision")
    with pytest.raises(Invalid, match="already a decision named"):
        owning.carry_out(owner, program_id, matrix.NewItem("decision", "Who may answer", "twice"))
    owning.carry_out(owner, program_id, matrix.Change(item.id, forum["Ann"], "", "A", kind="decision"))
    owning.carry_out(owner, program_id, matrix.SchemeChange(item.id, "decision", "daci", item.version))
    (item,) = queries.items(program_id, "decision")
    assert item.scheme == "daci"
    owning.carry_out(owner, program_id, matrix.NewName(item.id, "Who answers", item.version))
    (item,) = queries.items(program_id, "decision")
    assert item.name == "Who answers"
    assert queries.matrix(program_id, "decision").letters == {(item.id, forum["Ann"]): "A"}
    owning.carry_out(owner, program_id, matrix.Removal(item.id, item.version))
    assert not queries.items(program_id, "decision")


FIX = {"item": "i", "person": "p", "before": "", "letters": "A"}


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ({"what": "scheme", "kind": "decision", "item": "i", "scheme": "daci", "version": 2}, matrix.SchemeChange),
        ({"what": "fix", "sentence": "Make Ann accountable", "changes": [FIX]}, matrix.Mend),
        ({"what": "add", "kind": "capability", "name": "Listen"}, matrix.NewItem),
        ({"what": "rename", "item": "i", "name": "Hear", "version": 1}, matrix.NewName),
        ({"what": "remove", "item": "i", "version": 1}, matrix.Removal),
    ],
)
def test_what_the_matrix_sends_is_read_or_refused(
    monkeypatch: pytest.MonkeyPatch, sent: dict[str, Any], meant: type
) -> None:
    state: dict[str, Any] = {"m": {"set": sent | {"number": "s-1"}}}
    monkeypatch.setattr(st, "session_state", state)
    assert isinstance(matrix.changed(key="m"), meant)
    assert state["m.answered"] == "s-1"
    for name in [each for each in sent if each not in ("what", "kind")]:
        state["m"] = {"set": {key: value for key, value in sent.items() if key != name} | {"number": "s-2"}}
        with pytest.raises(Invalid):
            matrix.changed(key="m")


@pytest.mark.parametrize("wrong", [{"what": "drop"}, {"what": "add", "kind": "person", "name": "x"}, {"what": "fix"}])
def test_another_change_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]) -> None:
    monkeypatch.setattr(st, "session_state", {"m": {"set": wrong | {"number": "s-1"}}})
    with pytest.raises(Invalid):
        matrix.changed(key="m")


def test_what_the_ladder_sends_is_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = {"component": "c", "stage": "", "wanted": "team", "version": 3, "number": "s-1"}
    state: dict[str, Any] = {"l": {"set": sent}}
    monkeypatch.setattr(st, "session_state", state)
    assert ladder.changed(key="l") == ladder.Step("c", None, "team", version=3)
    ladder.refuse(key="l")
    assert state["l.refused"] == "s-1"
    state["l"] = {"set": sent | {"version": "new"}}
    with pytest.raises(Invalid):
        ladder.changed(key="l")
