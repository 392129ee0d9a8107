"""Nothing of a page is served to somebody who may not see it, whichever way they knock."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import WebSocket

from pages.ui import sitemap
from program.actions import members, programs
from program.store.migrate import migrate
from tests.browser.conftest import ROOT, Serve, Visit, at_home, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECRET = "Project Nightjar"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "owned"
    folder.mkdir()
    with at_home(folder):
        migrate()
        ann = members.claim_ownership(
            issuer="https://login.example", subject="ann", email="ann@alder.example", name="Ann", now=datetime.now(UTC)
        )
        programs.create_program(
            ann,
            name=SECRET,
            client_name=SECRET,
            currency="USD",
            time_zone="UTC",
            starts_on=date(2026, 1, 5),
        )
    return folder


def secrets(port: int) -> str:
    return f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a secret of this test only, long enough"
client_id = "groundwork"
client_secret = "no secret"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


@pytest.mark.parametrize("address", ["budget", "stakeholders"])
def test_50_the_first_request_of_a_fresh_process_gets_nothing_of_the_page(
    serve: Serve, visit: Visit, home: Path, address: str
) -> None:
    port = free_port()
    server = serve(port=port, secrets=secrets(port), home=home)
    visitor = visit()
    received: list[bytes | str] = []
    visitor.page.on("websocket", lambda socket: listen(socket, received))
    visitor.open(f"{server.url}/{address}")
    assert visitor.heading() == "Sign in to open Groundwork."
    assert visitor.page.locator(".gw-eyebrow").count() == 0
    assert visitor.page.get_by_role("link", name="Stakeholders").count() == 0
    assert received
    frames = b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in received)
    assert SECRET.encode() not in frames
    assert b"Stakeholders" not in frames
    for entry in sitemap.PAGES:
        visitor.open(f"{server.url}/{entry.url_path}")
        assert visitor.heading() == "Sign in to open Groundwork."
    for code in ("", "?code=", "?code=wrong", "?code=../budget"):
        visitor.open(f"{server.url}/invited{code}")
        assert visitor.heading() == "This link is not open."
        assert visitor.page.locator(".gw-eyebrow").count() == 0
    assert "One-time code" not in server.output()
    assert not [each for each in visitor.context.cookies() if str(each["name"]).startswith("gw_device")]
    frames = b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in received)
    assert SECRET.encode() not in frames
    assert visitor.problems == []


def listen(socket: WebSocket, received: list[bytes | str]) -> None:
    socket.on("framereceived", lambda frame: received.append(frame))


@pytest.mark.parametrize(
    ("address", "secrets_file", "reason"),
    [
        ("0.0.0.0", "", "no sign-in is configured"),  # noqa: S104
        ("127.0.0.1", "[auth\n", "cannot be read"),
        ("127.0.0.1", '[auth]\nredirect_uri = "https://elsewhere.example/x"', "elsewhere.example"),
    ],
)
def test_a_start_that_leaves_the_door_open_ends_with_one_sentence(
    tmp_path: Path, address: str, secrets_file: str, reason: str
) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(secrets_file, encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    env = {**os.environ, "GROUNDWORK_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)}
    ended = subprocess.run(
        [*command, "--server.address", address], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=90
    )
    assert ended.returncode == 1
    sentence = next(line for line in ended.stderr.splitlines() if line.startswith("Groundwork did not start."))
    assert reason in sentence
    assert "Traceback" not in ended.stderr


def test_local_mode_lets_no_proxy_speak_for_this_machine(serve: Serve) -> None:
    server = serve()
    assert httpx.get(f"{server.url}/api/health").status_code == 200
    forwarded = httpx.get(server.url, headers={"x-forwarded-for": "127.0.0.1"})
    assert forwarded.status_code == 403
    assert httpx.get(server.url, headers={"host": "evil.example"}).status_code == 400
    assert httpx.get(f"{server.url}/plan/budget").headers["location"] == "/budget"
    assert httpx.get(f"{server.url}/favicon.png").text.startswith("<svg")


def test_fault_65_a_failing_page_shows_a_reference_and_no_detail(serve: Serve, visit: Visit, tmp_path: Path) -> None:
    server = serve(home=tmp_path / "broken")
    visitor = visit()
    visitor.open(server.url)
    with closing(sqlite3.connect(server.home / "groundwork.sqlite")) as records:
        records.execute("DROP TABLE membership")
    visitor.page.reload()
    alert = visitor.page.get_by_role("alert")
    alert.get_by_text("Something went wrong on the server").wait_for()
    assert visitor.page.locator("h1").all_inner_texts() == ["This page could not be shown."]
    said = alert.inner_text()
    reference = re.search(r"reference to whoever runs Groundwork: ([0-9a-f]{8})", said)
    assert reference, said
    assert reference[1] in server.output()
    shown = visitor.page.content()
    assert "Traceback" not in shown
    assert "membership" not in shown
    assert "no such table" not in shown
