"""What the theme cannot say and two style rules must: read from a real browser, in both modes."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.ui import sitemap
from program.actions import members, programs
from program.store.migrate import migrate
from tests.browser.conftest import ROOT, Server, Visit, at_home, free_port, running, serving

pytestmark = pytest.mark.browser

NAME = "<script>alert(1)</script> :red[x] $x$ [y](javascript:alert(1)) **b** :smile: {{7*7}}"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("looks")
    (folder / "home").mkdir()
    with at_home(folder / "home"):
        migrate()
        owner = members.local_owner(datetime.now(UTC))
        for name in (NAME, "Second program"):
            programs.create_program(
                owner,
                name=name,
                client_name="Alder & Finch",
                currency="USD",
                time_zone="UTC",
                starts_on=date(2026, 1, 5),
            )
    with serving(folder) as server:
        yield server


def color(visitor: object, selector: str, what: str = "color") -> str:
    found = visitor.page.locator(selector).first  # type: ignore[attr-defined]
    return str(found.evaluate(f"element => getComputedStyle(element)['{what}']"))


@pytest.mark.parametrize(
    ("mode", "ground", "ink", "button", "on_button"),
    [
        ("light", "rgb(251, 250, 247)", "rgb(29, 39, 48)", "rgb(35, 64, 79)", "rgb(255, 255, 255)"),
        ("dark", "rgb(20, 25, 30)", "rgb(233, 230, 223)", "rgb(169, 206, 222)", "rgb(20, 25, 30)"),
    ],
)
def test_primary_button_and_page_have_the_palettes_colors(
    local: Server, visit: Visit, mode: str, ground: str, ink: str, button: str, on_button: str
) -> None:
    visitor = visit(color_scheme=mode)
    visitor.open(f"{local.url}/stakeholders?program={'0' * 32}")
    visitor.open(f"{local.url}/stakeholders")
    assert color(visitor, "[data-testid='stApp']", "backgroundColor") == ground
    assert color(visitor, "h1") == ink
    primary = "[data-testid^='stBaseButton-primary']"
    assert color(visitor, primary, "backgroundColor") == button
    assert color(visitor, f"{primary} p") == on_button
    assert color(visitor, ".stMainBlockContainer", "maxWidth") == "1240px"
    assert visitor.problems == []


LEVEL = "[class*=st-key-take_answer] [data-testid=stRadioOption]"
MARK = f"{LEVEL}[data-selected] div:has(+ [data-testid=stMarkdownContainer])"


@pytest.mark.parametrize(
    ("mode", "ring", "dot"),
    [("light", "rgb(35, 64, 79)", "rgb(255, 255, 255)"), ("dark", "rgb(169, 206, 222)", "rgb(20, 25, 30)")],
)
def test_the_chosen_answer_can_be_told_from_its_ground(
    local: Server, visit: Visit, mode: str, ring: str, dot: str
) -> None:
    visitor = visit(color_scheme=mode)
    visitor.open(f"{local.url}/take")
    if visitor.page.get_by_role("button", name="Start the assessment").count():
        visitor.press("Start the assessment")
        visitor.press("Begin")
    visitor.page.locator(LEVEL).nth(2).click()
    visitor.page.locator(MARK).wait_for()
    expect(visitor.page.locator(MARK)).to_have_css("background-color", ring)  # after its transition
    expect(visitor.page.locator(f"{MARK} div")).to_have_css("background-color", dot)
    assert visitor.problems == []


def test_30_what_people_typed_is_shown_as_they_typed_it(local: Server, visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{local.url}/stakeholders")
    visitor.page.get_by_role("combobox").first.click()
    options = visitor.page.get_by_role("option")
    options.first.wait_for()
    assert f"{NAME} · Alder & Finch" in options.all_inner_texts()
    options.filter(has_text="alert(1)").click()
    visitor.page.locator(".gw-eyebrow", has_text="alert(1)").wait_for()
    assert NAME in visitor.page.locator(".gw-eyebrow").inner_text()
    assert visitor.problems == []


LABELS = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from pages.ui import safe
texts = {texts!r}
for number, text in enumerate(texts):
    st.markdown(safe.plain(text))
    st.button(safe.plain(text), key=number)
st.html("<h1>Ready</h1>")
"""
TYPED = (
    NAME,
    "1. first",
    "- item",
    "# Title",
    "> quote",
    "a -> b <- c -- d >= e != f",
    "www.example.com https://example.com ann@example.com",
    ":material/home: :streamlit: :blue-background[x]",
    "| a | b |",
    "&lt;b&gt; &#58;smile&#58;",
    "``` code",
    "line~~struck~~ ~sub~",
    "[^1] \\[x\\]",
)


def test_30_markdown_shows_what_people_typed(tmp_path: Path, visit: Visit) -> None:
    script, port = tmp_path / "labels.py", free_port()
    script.write_text(LABELS.format(root=str(ROOT), texts=TYPED), encoding="utf-8")
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"]
    url = f"http://127.0.0.1:{port}"
    printed = tmp_path / "labels.log"
    with running(command, printed=printed, ready=f"{url}/_stcore/health", env=dict(os.environ), cwd=tmp_path):
        visitor = visit()
        visitor.open(url)
        for kind in ("stMarkdown", "stButton"):
            found = visitor.page.get_by_test_id(kind).all_inner_texts()
            assert tuple(text.replace("\u2060", "") for text in found) == TYPED, kind
        assert visitor.page.locator(".stMainBlockContainer a").count() == 0


def test_there_is_one_h1_and_the_chosen_program_is_in_the_address(local: Server, visit: Visit) -> None:
    visitor = visit()
    for entry in sitemap.PAGES:
        visitor.open(f"{local.url}/{entry.url_path}")
        assert visitor.page.locator("h1").count() == 1, entry.title
        if entry.title != "Programs":
            assert "program=" in visitor.page.url, entry.title
    assert visitor.problems == []


def test_51_a_program_that_is_not_yours_is_not_found(local: Server, visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{local.url}/stakeholders?program={'0' * 32}")
    assert visitor.heading() == "There is no such program."
    assert "asked for program" in local.output()


def test_every_page_fits_a_narrow_window(local: Server, visit: Visit) -> None:
    visitor = visit(width=360, height=740)
    for entry in sitemap.PAGES:
        visitor.open(f"{local.url}/{entry.url_path}")
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert visitor.page.evaluate(overflow) <= 0, entry.title
