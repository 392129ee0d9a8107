"""The sources page as editor, viewer, stranger and on an empty program, with real files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.source_list import headline as said
from program.access import Refused
from program.actions.sources import import_upload
from program.queries import sources
from program.queries.programs import program
from program.queries.sources import SourceTable
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, run, view, words
from tests.program import measured
from tests.program.making import person

PAGE = "measure/sources.py"
ACCOUNTS = "account_id,name,industry\n007,Ann & Co,retail\n008,Bo & Co,farming\n"
BROKEN = (
    'account_id,name,industry\nA-1,Ann & Co,retail\nA-2,Bo & Co,retail,too,many\nA-3,"Cy & Co\nA-4,Di & Co,farming\n'
)
DATES = "opportunity_id,created_at,amount\nT-1,03/04/2025,12.50\nT-2,05/06/2025,8.00\n"


def upload(page: AppTest, content: str | bytes, name: str = "accounts.csv") -> AppTest:
    data = content if isinstance(content, bytes) else content.encode()
    page.file_uploader[0].set_value((name, data, "text/csv"))
    return run(page)


def client_of(owner: Actor, program_id: str) -> str:
    return program(owner.user_id, program_id).client_key


def test_an_empty_program_says_what_a_source_is_and_takes_a_file(owner: Actor, program_id: str, store: Path) -> None:
    page = open_local(PAGE)
    assert headline(page) == "No source has been brought in yet."
    assert page.columns[0].get("file_uploader")
    assert "gw-frame" in page.columns[1].get("html")[0].proto.body
    upload(page, ACCOUNTS)
    assert "accounts.csv: 2 rows, 3 columns" in words(page)
    press(page, "Bring in as account")
    assert "2 accepted, 0 unchanged, 0 rejected" in words(page)
    assert headline(page) == "The one table is fresh: 2 rows."
    press(page, "Bring in as account")
    assert "0 accepted, 2 unchanged, 0 rejected, 0 left out. Nothing changed." in words(page)
    (found,) = sources.imported(store, client_of(owner, program_id))
    assert (found.table, found.rows, found.file_name) == ("account", 2, "accounts.csv")


@pytest.mark.usefixtures("program_id")
def test_every_column_is_shown_before_anything_is_taken() -> None:
    shown = words(upload(open_local(PAGE), "account_id;name;revenue\n007;Ann & Co;1.250,50\n008;Bo;8,00\n"))
    assert "csv, utf-8, semicolon between cells, decimal comma" in shown
    assert "Ann &amp; Co" in shown
    assert "007" in shown  # a leading zero is no number


@pytest.mark.usefixtures("program_id")
def test_dates_that_can_be_read_in_two_ways_are_asked_about(owner: Actor, program_id: str, store: Path) -> None:
    page = upload(open_local(PAGE), DATES, "deals.csv")
    assert "Answer what the dates mean before anything is imported." in words(page)
    assert not [button for button in page.button if button.label.startswith("Bring in")]
    (asked,) = page.radio
    assert asked.options == ["day/month/year", "month/day/year"]
    asked.set_value("%m/%d/%Y")
    press(run(page), "Bring in as opportunity")
    assert "2 accepted" in words(page)
    (found,) = sources.imported(store, client_of(owner, program_id))
    assert found.rows == 2


@pytest.mark.usefixtures("program_id")
def test_broken_lines_are_named_and_left_out_only_with_consent() -> None:
    page = upload(open_local(PAGE), BROKEN)
    assert "2 lines cannot be read" in words(page)
    assert "the line has 5 cells, the header has 3" in words(page)
    (button,) = (each for each in page.button if each.label == "Bring in as account")
    assert button.disabled
    field(page, "checkbox", "Leave out the 2 lines that cannot be read").check()
    press(run(page), "Bring in as account")
    assert "4 rows read" in words(page)
    assert "2 accepted, 0 unchanged, 2 rejected" in words(page)


@pytest.mark.usefixtures("program_id")
@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"a,a\n1,2\n"])
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(content: bytes, store: Path) -> None:
    shown = words(upload(open_local(PAGE), content, "../../app.csv"))
    assert "This file cannot be brought in" in shown
    assert "Nothing was changed." in shown
    assert not list(store.glob("**/app.csv"))


@pytest.mark.usefixtures("program_id")
def test_a_map_that_cannot_be_used_is_said_and_nothing_is_imported(store: Path) -> None:
    page = upload(open_local(PAGE), ACCOUNTS)
    view(page, "Write the map")
    field(page, "text_area", "Map").set_value("table: account\nfields: {name: {from: full_name}}\n")
    run(page)
    press(page, "Bring in as account")
    assert "full_name" in words(page)
    assert "Nothing was changed." in words(page)
    assert not (store / "warehouse").exists() or not list((store / "warehouse").glob("*/manifest.json"))


def test_a_viewer_looks_and_an_editor_brings_in(
    owner: Actor, program_id: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured.deals(store, client_of(owner, program_id))
    viewer, _ = person(owner, program_id, "viewer"), person(owner, program_id, "editor", name="Cy Ek")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert "opportunity" in words(page)
    assert "data to " in words(page)
    assert not page.get("file_uploader")
    file = store / "accounts.csv"
    file.write_text(ACCOUNTS, encoding="utf-8")
    page = upload(open_as(PAGE, "cy.editor@example.com", monkeypatch), ACCOUNTS)
    press(page, "Bring in as account")
    assert "2 accepted" in words(page)
    with pytest.raises(Refused):
        import_upload(
            viewer,
            home=store,
            program_id=program_id,
            path=file,
            file_name="accounts.csv",
            mapping=sources.known_maps()[0][1],
            source="files",
            accept_broken_lines=True,
        )


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured.deals(store, client_of(owner, program_id))
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert not page.get("file_uploader")
    assert "opportunity" not in words(page)


def test_old_sources_are_said_with_their_age() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    fresh = SourceTable("desk", "case", 1_200, "cases.csv", now - timedelta(days=2))
    old = SourceTable("crm", "account", 80, "accounts.csv", now - timedelta(days=40))
    assert said([fresh], now) == "The one table is fresh: 1,200 rows."
    assert said([fresh, old], now) == "1 table of 2 may be stale, the oldest 40 days old."
