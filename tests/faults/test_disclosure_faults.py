"""Rows 52 and 59 where results are read: what was kept for one reader, and groups that are too small to be shown."""

import io
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessments.library import load
from pages.ui import signing
from program.actions import invited
from program.actions.components import remove_component
from program.actions.evidence import add_evidence
from program.actions.programs import create_program
from program.queries import components as component_queries
from program.queries import overview
from program.queries.programs import program
from program.reports.assessment import document, workbook
from program.values import Actor, Missing
from tests.conftest import NOW
from tests.pages.aligned import seen
from tests.pages.opening import ROOT, run
from tests.program import measured
from tests.program.inviting import ELEVEN, NINE, SHORT, anonymous_run, close, everybody, guest, named_run, said
from tests.program.making import component, person

RESULTS, ALIGNMENT = "assess/results.py", "assess/alignment.py"
VIEWS = {
    RESULTS: ("readiness", "mindset", "mechanism", "strategy", "over time", "next steps"),
    ALIGNMENT: ("Statements", "Roles", "Views", "Ownership", "Rounds"),
}
WAYS = {RESULTS: ("Figure", "Table", "Radar", "Roles"), ALIGNMENT: ("Figure", "Table")}
NOT_READ = {"download_button", "button", "popover"}
ORDERS = [("facilitator", "viewer"), ("viewer", "facilitator")]
MINUTES = "Minutes of the board of 3 May"


def at(page: str, *, email: str = "", patch: pytest.MonkeyPatch | None = None, **query: str) -> AppTest:
    """Open a page at an address; as the local owner, or as somebody who signed in."""
    test = AppTest.from_file(ROOT / "pages" / page, default_timeout=60)
    if email and patch:
        patch.setattr(signing, "settings", lambda: {"redirect_uri": "http://localhost/oauth2callback"})
        identity = {"iss": "https://login.example.com", "sub": email, "email": email, "email_verified": True}
        test.user = {"is_logged_in": True, "name": email, **identity}
    for name, value in query.items():
        test.query_params[name] = value
    return run(test)


def switch(test: AppTest, option: str) -> bool:
    """Press an option where there is one, and say whether there was."""
    switches: Any = test.get("button_group")
    found = [each for each in switches if {option, option.capitalize()} & set(each.options)]
    for each in found:
        each.set_value(option)
        run(test)
    return bool(found)


def sent(test: AppTest) -> str:
    """Everything that a page sends to the browser."""
    return "\n".join(str(each.proto) for each in test.main if each.type not in NOT_READ)


def everything(page: str, **given: Any) -> str:
    """What a page sends in each of its views, as a figure and in every other way."""
    test = at(page, **given)
    parts = []
    for view in VIEWS[page]:
        assert switch(test, view), view
        parts += [f"{view} {way}\n{sent(test)}" for way in WAYS[page] if switch(test, way) or way == "Figure"]
        switch(test, "Figure")
    return "\n".join(parts)


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


@pytest.mark.parametrize("order", ORDERS)
def test_fault_52_evidence_of_an_anonymous_run_is_not_shown_to_another_with_fewer_rights(
    owner: Actor, program_id: str, order: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    everybody(invite, owner, NINE)
    for statement in load().statements("short", aspect="mindset"):  # whichever of them the page opens on
        add_evidence(
            owner,
            program_id=program_id,
            run_id=run_id,
            statement_id=statement.id,
            function=None,
            kind=statement.evidence[0].kind,
            note=MINUTES,
        )
    close(owner, program_id, run_id)
    shown = {}
    for role in order:
        person(owner, program_id, role)
        shown[role] = everything(RESULTS, email=f"bo.{role}@example.com", patch=monkeypatch)
    assert MINUTES in shown["facilitator"]
    assert "Evidenced" in shown["facilitator"]
    for hidden in (MINUTES, "Evidenced", "shown at the claimed level"):
        assert hidden not in shown["viewer"], hidden


@pytest.mark.parametrize("first", [0, 1])
def test_fault_52_a_page_of_one_program_shows_nothing_of_another(owner: Actor, program_id: str, first: int) -> None:
    """One reader of two programs in one process, in both orders."""
    other = create_program(
        owner, name="Nightjar", client_name="Nordlys", currency="NOK", time_zone="UTC", starts_on=NOW.date()
    )
    figures = {}
    for number, each in enumerate((program_id, other)):
        _, invite = named_run(owner, each)
        everybody_by_name(invite, owner, number)
        component(owner, each, f"Own part {number}")
    order = (program_id, other) if first == 0 else (other, program_id)
    for each in order:
        texts = [everything(page, program=each) for page in (RESULTS, ALIGNMENT)]
        texts += [sent(at(page, program=each)) for page in ("home/overview.py", "plan/components.py")]
        figures[each] = "\n".join(texts)
    for number, each in enumerate((program_id, other)):
        assert f"Person {number}-0" in figures[each]
        assert f"Own part {number}" in figures[each]
        for hidden in (f"Person {1 - number}-0", f"Own part {1 - number}"):
            assert hidden not in figures[each], hidden


def everybody_by_name(invite: str, owner: Actor, number: int) -> None:
    """Three named people whose levels are those of the number."""
    for at_, function in enumerate(("sales", "service", "it")):
        who = guest(invite, owner)
        invited.take_part(who, function=function, name=f"Person {number}-{at_}")
        said(who, dict.fromkeys(SHORT, (at_ + 2 * number) % 5))


@pytest.mark.parametrize("first", [0, 1])
def test_fault_52_measures_of_one_client_are_not_shown_for_another(
    owner: Actor, program_id: str, store: Path, first: int
) -> None:
    other = create_program(
        owner, name="Nightjar", client_name="Nordlys", currency="NOK", time_zone="UTC", starts_on=NOW.date()
    )
    measured.deals(store, program(owner.user_id, program_id).client_key, won=2, lost=1)
    measured.deals(store, program(owner.user_id, other).client_key, won=1, lost=4)
    expected = {program_id: "2 of 3 decided deals", other: "1 of 5 decided deals"}
    for each in (program_id, other) if first == 0 else (other, program_id):
        shown = sent(at("measure/engagement.py", program=each))
        assert [words in shown for words in expected.values()] == [key == each for key in expected]


@pytest.fixture
def eleven(owner: Actor, program_id: str) -> str:
    """An anonymous run that four of sales, five of service and two of IT answered, with what they see."""
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, ELEVEN)
    for number, (who, function) in enumerate(zip(people, ELEVEN, strict=True)):
        for view in seen(number, function):
            about = "marketing" if view.about else ""  # where nobody sits, so that everybody guesses the same
            invited.view(who, question_id=view.question_id, about=about, value=view.value, version=None)
    return run_id


@pytest.fixture
def deal(store: Path, owner: Actor, program_id: str) -> Iterator[Callable[[str, Sequence[str]], None]]:
    """Deal the functions of a run's people anew, as they are kept; and let nothing that was kept of it be shown."""

    def dealt(run_id: str, functions: Sequence[str]) -> None:
        with closing(sqlite3.connect(store / "groundwork.sqlite")) as records, records:
            rows = records.execute("SELECT id FROM respondent WHERE run_id = ? ORDER BY function, id", (run_id,))
            ids = [row[0] for row in rows.fetchall()]
            assert len(ids) == len(functions)
            records.executemany("UPDATE respondent SET function = ? WHERE id = ?", zip(functions, ids, strict=True))
        made = component(owner, program_id, "Nothing")  # a change of the program makes what was kept old
        remove_component(owner, program_id=program_id, component_id=made, version=1)
        st.cache_resource.clear()

    yield dealt
    st.cache_resource.clear()


def told(program_id: str, run_id: str) -> dict[str, Any]:
    """Everything that anybody can read of a run: pages in all their views, and files."""
    return {
        "results": everything(RESULTS),
        "alignment": everything(ALIGNMENT),
        "overview": sent(at("home/overview.py")),
        "components": sent(at("plan/components.py")),
        "json": document(program_id, run_id, evidence=True),
        "xlsx": sheets(workbook(program_id, run_id, evidence=True)),
    }


def test_fault_59_nothing_shown_depends_on_who_of_the_pooled_roles_said_what(
    owner: Actor,
    program_id: str,
    eleven: str,
    deal: Callable[[str, Sequence[str]], None],
) -> None:
    """
    Four of sales and two of IT are pooled: whichever two of the six are IT, everything that is shown is the same.

    So no arithmetic over anything shown gives the two. Dealing service to another person does change what is shown.
    """
    run_id = eleven
    close(owner, program_id, run_id)
    by_function = ["it"] * 2 + ["sales"] * 4 + ["service"] * 5  # as the people stand in `deal`
    deal(run_id, by_function)
    before = told(program_id, run_id)
    assert b'"other roles"' in before["json"]
    assert "Other roles" in before["alignment"]
    deal(run_id, ["sales"] * 4 + ["it"] * 2 + ["service"] * 5)
    after = told(program_id, run_id)
    for name, value in before.items():
        assert after[name] == value, name
    deal(run_id, ["service", "it", "it", "sales", "sales", "sales"] + ["service"] * 4 + ["sales"])
    assert everything(ALIGNMENT) != before["alignment"]
    assert document(program_id, run_id, evidence=True) != before["json"]
    assert sheets(workbook(program_id, run_id, evidence=True)) != before["xlsx"]


def test_fault_59_an_open_anonymous_run_is_on_no_page_and_in_no_file(program_id: str, eleven: str) -> None:
    """Two looks while answers arrive could be subtracted, so pages say only how many answered."""
    for write in (document, workbook):
        with pytest.raises(Missing):
            write(program_id, eleven, evidence=True)
    assert component_queries.proposals(program_id) == []
    assert overview.overview(program_id, today=NOW.date(), has_data=False).assessment is None
    for page in (RESULTS, ALIGNMENT):
        shown = sent(at(page))
        assert "11 people have answered." in shown
        assert "of 4" not in shown
    for page in ("home/overview.py", "plan/components.py", "assess/take.py"):
        shown = sent(at(page))
        assert " of 4" not in shown
        assert "Median" not in shown


@pytest.mark.parametrize("functions", [("it",) * 3, ("it", "it", "sales")])
def test_fault_59_three_people_are_proposed_nothing_and_shown_nowhere(
    owner: Actor, program_id: str, functions: tuple[str, ...]
) -> None:
    """What is proposed, and what comes next, would tell what three people answered."""
    run_id, invite = anonymous_run(owner, program_id)
    everybody(invite, owner, functions)
    close(owner, program_id, run_id)
    assert component_queries.proposals(program_id) == []
    found = overview.overview(program_id, today=NOW.date(), has_data=False)
    assert found.assessment is not None
    assert found.assessment.readiness.readiness is None
    assert [dimension.score for dimension in found.assessment.dimensions if dimension.score is not None] == []
    content = sheets(workbook(program_id, run_id, evidence=True))
    assert content["Roles"][1:] == []
    assert {cell for row in content["Dimensions"][1:] for cell in row[3:7]} <= {None, 0}
    for page in (RESULTS, ALIGNMENT):
        assert "<circle" not in everything(page)
    assert " of 4" not in sent(at("home/overview.py"))


def test_fault_59_two_filters_leave_no_small_group(owner: Actor, program_id: str) -> None:
    """Statements that different people skipped: each is shown by its own people, and the parts never differ by few."""
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, NINE, ("MI-INT-1",))
    for who in people[:8]:
        said(who, {"MI-VOC-1": 2})
    for who in people[1:]:
        said(who, {"MI-CUL-1": 3})
    close(owner, program_id, run_id)
    rows = sheets(workbook(program_id, run_id))["Roles"][1:]
    by_statement: dict[str, dict[str, int]] = {}
    for statement, role, n, *_ in rows:
        by_statement.setdefault(statement, {})[role] = n
    assert by_statement["MI-INT-1"] == {"sales": 4, "service": 5}
    assert by_statement["MI-VOC-1"] == {"sales": 4, "service": 4}
    assert "MI-CUL-1" not in by_statement, "three of sales, and five who would be left without them"
