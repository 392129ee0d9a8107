"""What measuring must survive; the number in a test's name is the row of the table of faults."""

import logging
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.importing import import_file
from data.mapping import MapProblem, parse_map
from pages.ui import signing
from program.access import Refused
from program.actions.members import change_role
from program.actions.programs import create_program
from program.actions.sources import import_upload
from program.queries import sources
from program.queries.members import members
from program.queries.programs import program
from program.values import Actor
from tests.conftest import NOW
from tests.pages.opening import ROOT, field, headline, open_as, run, words
from tests.program import measured
from tests.program.making import person

PAGE = "measure/engagement.py"
ACCOUNTS = "table: account\nid: [account_id]\nfields:\n  account_id: {from: account_id}\n  name: {from: name}\n"


def segments(page: AppTest) -> str:
    field(page, "selectbox", "Metric").select("active_customers")
    field(run(page), "selectbox", "Split by").select("contact.segment")
    run(page)
    (drawn,) = page.get("plotly_chart")
    return str(drawn.proto.spec)


@pytest.mark.parametrize("order", [("facilitator", "viewer"), ("viewer", "facilitator")])
def test_fault_52_a_figure_kept_for_one_reader_is_not_shown_to_another_with_fewer_rights(
    owner: Actor, program_id: str, store: Path, order: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    measured.interactions(store, program(owner.user_id, program_id).client_key)
    for role in order:
        person(owner, program_id, role)
    shown = {role: segments(open_as(PAGE, f"bo.{role}@example.com", monkeypatch)) for role in order}
    assert '"Small"' in shown["facilitator"]
    assert '"Small"' not in shown["viewer"]


def test_fault_52_a_reader_whose_role_is_lowered_loses_what_was_kept(
    owner: Actor, program_id: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured.interactions(store, program(owner.user_id, program_id).client_key)
    person(owner, program_id, "facilitator")
    page = open_as(PAGE, "bo.facilitator@example.com", monkeypatch)
    assert '"Small"' in segments(page)
    (member,) = (each for each in members(program_id) if each.email == "bo.facilitator@example.com")
    change_role(owner, program_id=program_id, membership_id=member.id, role="viewer", version=member.version)
    run(page)
    assert '"Small"' not in segments(page)
    assert field(page, "selectbox", "Only").options == ["Everything"]


def other_program(owner: Actor) -> str:
    return create_program(
        owner, name="Other", client_name="Nordlys", currency="NOK", time_zone="UTC", starts_on=date(2026, 1, 5)
    )


@pytest.mark.parametrize("page", ["measure/engagement.py", "measure/sources.py"])
def test_fault_51_the_data_of_another_programs_client_is_not_found(
    owner: Actor,
    program_id: str,
    store: Path,
    page: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    theirs = other_program(owner)
    measured.deals(store, program(owner.user_id, theirs).client_key)
    person(owner, program_id, "editor")
    identity = {"iss": "https://login.example.com", "sub": "bo", "email": "bo.editor@example.com"}
    monkeypatch.setattr(signing, "settings", lambda: {"redirect_uri": "http://localhost/oauth2callback"})
    test = AppTest.from_file(ROOT / "pages" / page, default_timeout=20)
    test.user = {"is_logged_in": True, "name": "Bo", "email_verified": True, **identity}
    test.query_params["program"] = theirs
    with caplog.at_level(logging.WARNING, logger="groundwork.access"):
        run(test)
    assert headline(test) == "There is no such program."
    assert "opportunity" not in words(test)
    assert theirs in caplog.text


def test_fault_51_nobody_imports_into_another_programs_client(owner: Actor, program_id: str, store: Path) -> None:
    theirs = other_program(owner)
    editor = person(owner, program_id, "editor")
    file = store / "accounts.csv"
    file.write_text("account_id,name\n007,Ann & Co\n", encoding="utf-8")
    given = {"home": store, "path": file, "file_name": "accounts.csv", "source": "files", "accept_broken_lines": True}
    with pytest.raises(Refused):
        import_upload(editor, program_id=theirs, mapping=parse_map(ACCOUNTS), **given)  # type: ignore[arg-type]
    assert sources.version(store, program(owner.user_id, theirs).client_key) == 0
    done = import_upload(editor, program_id=program_id, mapping=parse_map(ACCOUNTS), **given)  # type: ignore[arg-type]
    assert done.accepted == 1


@pytest.mark.parametrize("header", ["account_id,full_name", "account_id", "id,name"])
def test_fault_44_a_file_without_a_column_of_its_map_is_refused_and_changes_nothing(
    home: Path, tmp_path: Path, header: str
) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("account_id,name\n007,Ann & Co\n", encoding="utf-8")
    import_file(home, "tiny", file, "account", parse_map(ACCOUNTS), now=NOW)
    version = sources.version(home, "tiny")
    drifted = tmp_path / "drifted.csv"
    drifted.write_text(f"{header}\n{','.join('x' for _ in header.split(','))}\n", encoding="utf-8")
    missing = "account_id" if header.startswith("id") else "name"
    with pytest.raises((MapProblem, ValueError), match=missing):
        import_file(home, "tiny", drifted, "account", parse_map(ACCOUNTS), now=NOW)
    assert sources.version(home, "tiny") == version
