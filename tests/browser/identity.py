"""Signing in as the browser tests do: an OpenID provider on this machine that knows three people."""

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.conftest import ROOT, Visitor, free_port, running

PEOPLE = ("ann", "bo", "cy")


@contextmanager
def identity_provider(printed: Path) -> Iterator[str]:
    """A running provider; the value is its address. It does not vouch for cy's email."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--host", "127.0.0.1"]
    for who in PEOPLE:
        claims = {"sub": who, "email": f"{who}@alder.example", "email_verified": who != "cy", "name": who.title()}
        command += ["--user-claims", json.dumps(claims)]
    url = f"http://127.0.0.1:{port}"
    ready = f"{url}/.well-known/openid-configuration"
    with running(command, printed=printed, ready=ready, env=dict(os.environ), cwd=ROOT):
        yield url


def secrets(provider: str, port: int) -> str:
    return f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a secret of this test only, long enough"
client_id = "groundwork"
client_secret = "no secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


def sign_in(visitor: Visitor, who: str) -> None:
    visitor.page.get_by_role("button", name="Sign in").click()
    visitor.page.get_by_role("button", name=who, exact=True).click()
    visitor.page.wait_for_url(re.compile("127.0.0.1"))
    visitor.page.get_by_role("button", name="Sign in").wait_for(state="detached")
    visitor.settle()
