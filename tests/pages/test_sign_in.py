"""The one-time code of the first owner: it works once, cannot be guessed, and is made only when it is needed."""

import re
from datetime import UTC, datetime

import pytest

from pages.ui import running, signing
from pages.ui.first_owner import ALPHABET, LENGTH, TRIES, WINDOW_SECONDS, FirstOwner, TooManyTries, first_owner
from program.actions import members

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_code_works_once_however_it_is_typed() -> None:
    desk = FirstOwner()
    code = desk.issue()
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", code)
    assert desk.waiting()
    assert desk.consume(f"  {code.lower().replace('-', ' ')} ", at=0)
    assert not desk.waiting()
    assert not desk.consume(code, at=1)


@pytest.mark.parametrize("typed", ["", "-", "é", "0" * 12, "A" * 100_000])
def test_a_wrong_code_does_not_work_and_does_not_spend_the_code(typed: str) -> None:
    desk = FirstOwner()
    code = desk.issue()
    assert not desk.consume(typed, at=0)
    assert desk.consume(code, at=1)


def test_before_a_code_is_issued_none_works() -> None:
    assert not FirstOwner().consume("", at=0)


def test_48_after_a_few_wrong_codes_none_is_read_for_a_while() -> None:
    desk = FirstOwner()
    code = desk.issue()
    for second in range(TRIES):
        assert not desk.consume("WRONG", at=second)
    with pytest.raises(TooManyTries):
        desk.consume(code, at=WINDOW_SECONDS - 1)
    assert desk.consume(code, at=WINDOW_SECONDS + 1)


def test_a_code_cannot_be_guessed_and_a_new_one_replaces_it() -> None:
    assert len(ALPHABET) ** LENGTH > 2**58
    desk = FirstOwner()
    first, second = desk.issue(), desk.issue()
    assert first != second
    assert not desk.consume(first, at=0)
    assert desk.consume(second, at=1)


@pytest.fixture
def with_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "settings", lambda: {"redirect_uri": "http://localhost/oauth2callback"})


@pytest.mark.usefixtures("with_sign_in", "store")
def test_the_start_prints_a_code_only_while_nobody_owns_the_installation(capsys: pytest.CaptureFixture[str]) -> None:
    members.local_owner(NOW)
    assert running.prepare()
    assert "One-time code" in capsys.readouterr().out
    assert first_owner.waiting()
    members.claim_ownership(
        issuer="https://login.example", subject="ann", email="ann@alder.example", name="Ann", now=NOW
    )
    assert running.prepare()
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("store")
def test_local_mode_prints_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert running.prepare()
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("home")
def test_06_a_start_without_the_database_goes_on_and_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://gw@127.0.0.1:9/none")
    assert not running.prepare()
    monkeypatch.delenv("GROUNDWORK_DATABASE_URL")
    assert running.prepare()
