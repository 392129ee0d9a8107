"""Playback, ties entered in the matrix and on the map, and the network, in a real browser on a page of their own."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Visit, Visitor, free_port, running

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=alert(1)>"
SCRIPT = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from datetime import UTC, datetime, timedelta
from decimal import Decimal
import streamlit as st
from pages.ui import grid, network_figure, theme, tie_matrix
from program.network import network
from program.stakeholders import Stakeholder, State
from program.typed_ties import TypedTie, listening

theme.dress()
st.html("<h1>Try</h1>")
names = ["Ada", "Bo", {MARKUP!r}, "Dov"]
people = [Stakeholder(f"p{{n}}", 1, name, Decimal(2 * n + 1), Decimal(2 * n + 1)) for n, name in enumerate(names)]
if st.query_params["what"] == "grid":
    begin = datetime(2026, 10, 1, tzinfo=UTC)
    history = [
        State("p0", begin + timedelta(days=n), "", Decimal(9 - 2 * n), Decimal(1), None, None, "resistant", "neutral")
        for n in range(5)
    ] + [State("p1", begin + timedelta(days=2), "", Decimal(3), Decimal(3), None, None, "unaware", "supportive")]
    grid.show(people, key="grid", editable=True, alt="Four people", history=history)
elif st.query_params["what"] == "network":
    ties = [TypedTie("p0", "p1", weight=2), TypedTie("p1", "p2", weight=5), TypedTie("p2", "p3", "blocks", 1)]
    by_id = {{person.id: person.name for person in people}}
    found = network(listening(ties, list(by_id)))
    picked = network_figure.draw(found, {{}}, by_id, ties, key="n", alt="Bo stands between")
    st.text(f"picked {{by_id.get(picked)}}")
else:
    ties = st.session_state.setdefault("ties", {{("p0", "p1"): 2}})
    change = tie_matrix.changed(key="tie")
    if change and change.weight == 5 and change.target_id == "p3":
        tie_matrix.refuse(key="tie")
    elif change:
        ties[change.source_id, change.target_id] = change.weight
    st.session_state["ties"] = ties = {{pair: weight for pair, weight in ties.items() if weight}}
    make = tie_matrix.show if st.query_params["what"] == "matrix" else tie_matrix.draw
    make(people, ties, key="tie", editable=True)
    st.text(" ".join(f"{{a}}-{{b}}-{{weight}}" for (a, b), weight in sorted(ties.items())))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("figures")
    (folder / "try.py").write_text(SCRIPT, encoding="utf-8")
    url = f"http://127.0.0.1:{free_port()}"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "GROUNDWORK_"))}
    env |= {"HOME": str(folder), "GROUNDWORK_HOME": str(folder / "home")}
    flags: tuple[str, ...] = (
        "--server.address",
        "127.0.0.1",
        "--server.headless",
        "true",
        "--server.fileWatcherType",
        "none",
    )
    flags += ("--browser.gatherUsageStats", "false")
    command = [sys.executable, "-m", "streamlit", "run", "try.py", "--server.port", url.rpartition(":")[2], *flags]
    with running(command, printed=folder / "log", ready=f"{url}/_stcore/health", env=env, cwd=folder):
        yield url


def look(address: str, visit: Visit, what: str) -> Visitor:
    visitor = visit()
    visitor.open(f"{address}/?what={what}")
    return visitor


def center(page: Page, at: int) -> tuple[float, float]:
    found = page.locator(".person .hit").nth(at)
    found.hover()
    box = found.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_playback_goes_day_by_day_and_nothing_moves_until_it_is_now(address: str, visit: Visit) -> None:
    visitor = look(address, visit, "grid")
    page = visitor.page
    day = page.locator("output")
    expect(day).to_have_text("Now, last changed 5 Oct 2026")
    expect(page.locator(".person")).to_have_count(4)
    page.get_by_role("slider", name="Date shown").fill("0")
    expect(day).to_have_text("1 Oct 2026")
    expect(page.locator(".person")).to_have_count(1)
    ada = page.locator('.person[data-id="p0"]')
    expect(ada).to_have_attribute("aria-label", "Ada, resistant, wanted neutral: power 9.0, interest 1.0")
    ada.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="Undo the last move")).to_be_hidden()
    page.get_by_role("button", name="One step on").click()
    page.get_by_role("button", name="One step on").click()
    expect(day).to_have_text("3 Oct 2026")
    expect(page.locator(".person")).to_have_count(2)
    expect(ada).to_have_attribute("aria-label", "Ada, resistant, wanted neutral: power 5.0, interest 1.0")
    page.get_by_role("button", name="Play").click()
    expect(day).to_have_text("Now, last changed 5 Oct 2026")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(ada).to_have_attribute("aria-label", "Ada, unaware, wanted supportive: power 1.0, interest 1.0")
    expect(page.get_by_role("button", name="Undo the last move")).to_be_visible()
    assert not visitor.problems


def test_ties_are_entered_by_arrows_and_digits(address: str, visit: Visit) -> None:
    visitor = look(address, visit, "matrix")
    page = visitor.page
    page.get_by_role("gridcell", name="→ \u2068Bo\u2069: 2").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("4")
    expect(page.get_by_text("p0-p1-2 p1-p2-4")).to_be_visible()
    expect(page.locator(".status")).to_contain_text("✓ Saved.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    expect(page.get_by_text("p1-p2-4", exact=True)).to_be_visible()
    page.keyboard.press("3")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("3")  # nobody is tied to themselves
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("p0-p1-3 p1-p2-4", exact=True)).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.press("5")
    expect(page.locator(".status")).to_have_text("Not saved.")
    expect(page.locator("td:focus")).to_have_text("")
    assert not visitor.problems


def test_a_drag_from_mark_to_mark_makes_a_tie(address: str, visit: Visit) -> None:
    visitor = look(address, visit, "map")
    page = visitor.page
    to, start = center(page, 2), center(page, 1)
    page.mouse.down()
    page.mouse.move((start[0] + to[0]) / 2, (start[1] + to[1]) / 2)
    page.mouse.move(*to)
    page.mouse.up()
    expect(page.get_by_text("p0-p1-2 p1-p2-3")).to_be_visible()
    expect(page.locator(".lines .tip")).to_have_count(2)
    page.get_by_role("button", name="None").click()
    page.locator(".person").nth(0).focus()
    page.keyboard.press("Enter")
    page.locator(".person").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("p1-p2-3", exact=True)).to_be_visible()
    expect(page.locator(".person text").nth(2)).to_contain_text(MARKUP)
    assert page.locator('img[src="x"]').count() == 0
    assert not visitor.problems


def test_the_network_is_drawn_and_a_click_picks_somebody(address: str, visit: Visit) -> None:
    visitor = look(address, visit, "network")
    page = visitor.page
    expect(page.get_by_text("picked None")).to_be_visible()
    canvas = page.locator("canvas").first
    box = canvas.bounding_box()
    assert box
    third_of_four = box["x"] + 50 + (box["width"] - 180) * 2 / 3  # they lie in one line
    page.mouse.click(third_of_four, box["y"] + box["height"] / 2)
    expect(page.get_by_text("picked None")).to_have_count(0)
    assert page.locator('img[src="x"]').count() == 0
    assert not visitor.problems
