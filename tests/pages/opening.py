"""Opens one page as somebody, as AppTest runs it: the real script, the real store, no browser."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import signing

ROOT = Path(__file__).resolve().parents[2]


def open_local(page: str) -> AppTest:
    """Open a page as the local owner."""
    return run(AppTest.from_file(ROOT / "pages" / page, default_timeout=20))


def open_routed(page: str) -> AppTest:
    """Open a page as the local owner by way of the router, so that it can go on to another page."""
    return run(run(AppTest.from_file(ROOT / "pages" / "router.py", default_timeout=20)).switch_page(page))


def open_as(page: str, email: str, patch: pytest.MonkeyPatch) -> AppTest:
    """Open a page as somebody who signed in with this email."""
    patch.setattr(signing, "settings", lambda: {"redirect_uri": "http://localhost/oauth2callback"})
    test = AppTest.from_file(ROOT / "pages" / page, default_timeout=20)
    identity = {"iss": "https://login.example.com", "sub": email, "email": email, "email_verified": True}
    test.user = {"is_logged_in": True, "name": email.split("@")[0].title(), **identity}
    return run(test)


def run(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception, test.exception
    return test


def words(test: AppTest) -> str:
    """Everything that st.html drew."""
    return "\n".join(each.proto.body for each in test.get("html"))


def headline(test: AppTest) -> str:
    (found,) = (each.proto.body for each in test.get("html") if "<h1" in each.proto.body)
    return str(found).split(">", 1)[1].removesuffix("</h1>")


def view(test: AppTest, name: str) -> AppTest:
    """Press one of the page's views."""
    switch: Any
    (switch,) = test.get("button_group")
    switch.set_value(name)
    return run(test)


def views(test: AppTest) -> list[str]:
    switches: Any = test.get("button_group")
    return [option for switch in switches for option in switch.options]


def field(test: AppTest, kind: str, label: str) -> Any:
    drawn: Any = test.get(kind)
    (found,) = (each for each in drawn if each.label == label)
    return found


def press(test: AppTest, label: str) -> AppTest:
    (button,) = (each for each in test.button if each.label == label)
    button.click()
    return run(test)
