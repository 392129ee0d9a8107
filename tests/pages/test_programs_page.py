"""Programs: one form starts one; copying, exporting, bringing in, archiving; for those who may."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from program.actions.assessments import start_run
from program.actions.budget import add_line, set_forecast
from program.actions.programs import archive_program, create_program
from program.queries.budget import lines
from program.queries.programs import program, programs_of
from program.reports.exchange import export_program
from program.values import Actor
from tests.pages.opening import ROOT, field, headline, open_as, open_local, open_routed, press, run, view, views, words
from tests.program.making import component, person

PAGE = "home/programs.py"


def around(block: Any, label: str) -> Any:
    """The innermost block that holds the download with this label."""
    for child in block.children.values():
        if hasattr(child, "children"):
            if (found := around(child, label)) is not None:
                return found
        elif child.type == "download_button" and child.proto.label == label:
            return block
    return None


def opened(page: AppTest) -> str:
    """The program whose overview is open."""
    (line,) = re.findall(r'<p class="gw-eyebrow"><b>Overview</b> &nbsp;·&nbsp; (.*?) &nbsp;', words(page))
    return str(line)


def test_the_first_program_starts_in_one_form(owner: Actor) -> None:
    page = view(open_routed(PAGE), "New")
    assert headline(page) == "There is no program yet."
    assert field(page, "text_input", "Program") in list(page.columns[0].text_input)
    field(page, "text_input", "Program").set_value("Answer in the open")
    field(page, "text_input", "Client").set_value("Alder & Finch")
    field(page, "text_input", "Currency").set_value("EUR")
    press(page, "Start the program")
    (made,) = programs_of(owner.user_id)
    assert (made.name, made.client_name, made.currency, made.role) == (
        "Answer in the open",
        "Alder & Finch",
        "EUR",
        "owner",
    )
    assert opened(page) == "Answer in the open"
    assert page.query_params["program"] == made.id


def test_a_wrong_currency_is_said_and_nothing_is_made(owner: Actor) -> None:
    page = view(open_local(PAGE), "New")
    field(page, "text_input", "Program").set_value("Answer in the open")
    field(page, "text_input", "Client").set_value("Alder & Finch")
    field(page, "text_input", "Currency").set_value("EUX")
    press(page, "Start the program")
    assert "“EUX” is no currency." in words(page)
    assert programs_of(owner.user_id) == []


def test_a_copy_takes_the_components_along(owner: Actor, program_id: str) -> None:
    component(owner, program_id)
    page = open_routed(PAGE)
    assert headline(page) == "You have one program: Closer to customers."
    press(page, "Duplicate")
    assert opened(page) == "Closer to customers (copy)"
    assert [card.name for card in programs_of(owner.user_id)] == ["Closer to customers", "Closer to customers (copy)"]


def test_a_program_is_changed_archived_and_brought_back(owner: Actor, program_id: str) -> None:
    page = open_local(PAGE)
    field(page, "selectbox", "Target").set_value("company-wide")
    press(page, "Save")
    assert program(owner.user_id, program_id).target_profile == "company-wide"
    press(page, "Archive it")
    assert programs_of(owner.user_id) == []
    view(page, "Archived")
    press(page, "Bring it back")
    assert [card.id for card in programs_of(owner.user_id)] == [program_id]


def test_the_program_that_is_open_is_chosen_and_marked(owner: Actor, program_id: str) -> None:
    other = create_program(
        owner, name="A first", client_name="Aa", currency="USD", time_zone="UTC", starts_on=date(2026, 1, 1)
    )
    page = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    page.session_state["shell.program"] = program_id
    run(page)
    choice = page.selectbox(f"program.chosen.{program_id}")
    assert (choice.value, choice.options) == (program_id, ["A first", "Closer to customers"])
    assert words(page).count("open now") == 1
    press(page, "Archive it")
    assert [card.id for card in programs_of(owner.user_id)] == [other]


@pytest.mark.usefixtures("program_id")
def test_archive_stands_apart_from_export() -> None:
    page = open_local(PAGE)
    row = around(page.main, "Export")
    assert row is not None
    assert [each.label for each in row.get("button")] == ["Open"]
    assert "Archive it" in [each.label for each in page.button]


def test_a_new_currency_takes_lines_without_money_along_and_is_refused_with_it(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)
    line = add_line(owner, program_id=program_id, component_id=made, name="Tools")
    page = open_local(PAGE)
    field(page, "text_input", "Currency").set_value("USD")
    press(page, "Save")
    assert [each.currency for each in lines(program_id)] == ["USD"]
    set_forecast(owner, program_id=program_id, line_id=line, on=date(2026, 2, 2), amount=Decimal(5))
    field(page, "text_input", "Currency").set_value("CHF")
    press(page, "Save")
    assert "There is money in USD: 1 budget line." in words(page)
    assert program(owner.user_id, program_id).currency == "USD"


def test_an_exported_program_comes_in_under_a_new_id(owner: Actor, program_id: str) -> None:
    component(owner, program_id)
    content = export_program(program_id)
    page = view(open_routed(PAGE), "Bring in a file")
    page.file_uploader[0].set_value(("program.json", content, "application/json"))
    run(page)
    press(page, "Bring it in")
    assert opened(page) == "Closer to customers"
    assert page.query_params["program"] != program_id
    ids = {card.id for card in programs_of(owner.user_id)}
    assert len(ids) == 2
    assert program_id in ids


def test_fault_59_who_exports_is_told_that_anonymous_runs_stay(owner: Actor, program_id: str) -> None:
    assert not [caption.value for caption in open_local(PAGE).caption if "anonymous" in caption.value]
    start_run(owner, program_id=program_id, name="What is so", anonymous=True)
    (told,) = (caption.value for caption in open_local(PAGE).caption if "anonymous" in caption.value)
    assert told.startswith("Export: One anonymous run is left out")


def test_a_file_that_is_no_program_is_refused_in_words(owner: Actor, program_id: str) -> None:
    page = view(open_local(PAGE), "Bring in a file")
    page.file_uploader[0].set_value(("program.json", b"\x89PNG", "application/json"))
    run(page)
    press(page, "Bring it in")
    assert 'role="alert"' in words(page)
    assert [card.id for card in programs_of(owner.user_id)] == [program_id]


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_members_open_programs_and_do_not_manage_them(
    owner: Actor, program_id: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, role)
    page = open_as(PAGE, f"bo.{role}@example.com", monkeypatch)
    assert views(page) == ["Programs", "Archived"]
    assert [button.label for button in page.button] == ["Open"]


def test_somebody_without_a_program_is_told_whom_to_ask(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, "viewer")
    archive_program(owner, program_id=program_id, version=program(owner.user_id, program_id).version)
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert "Ask an owner" in words(page)
    assert views(page) == ["Archived"]


def test_a_stranger_sees_no_program(program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "Closer to customers" not in words(page)
    assert program_id not in words(page)
    assert not page.button
