"""Names that people typed stay literal on every page where they appear, in pages, drawings and charts."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from program.actions import assessments, budget, components, members, ownership, programs, stakeholders, targets
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "<script>alert(1)</script> [x](javascript:alert(1)) :red[x] $x$ {{7*7}}"
JOINER = "\N{WORD JOINER}"  # what safe.plain puts between the marks of Markdown
CLIENT = "Alder & Finch"  # the sample's, so that the program has data to measure
NOTHING_RAN = ("script:has-text('alert(1)')", "a[href^='javascript']", ".katex", "mark", "[data-testid=stMathInline]")


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Iterator[tuple[Server, str]]:
    """A server with a program in which everything has the same name."""
    folder: Path = tmp_path_factory.mktemp("typed")
    shutil.copytree(sample_home, folder / "home")
    with at_home(folder / "home"):
        program_id = fill(date.today())  # noqa: DTZ011  the page's today is the server's
    with serving(folder) as server:
        yield server, program_id


def fill(today: date) -> str:
    me, start = members.local_owner(datetime.now(UTC)), today - timedelta(days=300)
    program_id = programs.create_program(
        me, name=NAME, client_name=CLIENT, currency="USD", time_zone="UTC", starts_on=start
    )
    here: dict[str, Any] = {"actor": me, "program_id": program_id}
    one = components.add_component(**here, name=NAME, live_on=today - timedelta(days=120))
    components.add_component(**here, name=f"{NAME} 2", due_on=today - timedelta(days=9))
    place: dict[str, Any] = {"power": Decimal(9), "interest": Decimal(4)}
    person = stakeholders.add_stakeholder(**here, name=NAME, title=NAME, wants=NAME, stance="resistant", **place)
    ownership.set_duty(**here, component_id=one, stakeholder_id=person, letters="A", before="")
    targets.set_target(**here, component_id=one, metric_id="first_response", target=Decimal(4), due_on=today)
    line = budget.add_line(**here, component_id=one, name=NAME, planned=Decimal(10))
    paid: dict[str, Any] = {"kind": "actual", "on": today, "amount": Decimal(20), "currency": "USD", "document": NAME}
    budget.book(**here, line_id=line, **paid)
    assessments.start_run(**here, name=NAME, form="short")
    return program_id


def literal(visitor: Visitor, at: str, *, within: str) -> None:
    found = visitor.page.locator(within).filter(has_text="{{7*7}}").first
    expect(found).to_be_visible()
    assert NAME in (found.text_content() or "").replace(JOINER, ""), at
    for unwanted in NOTHING_RAN:
        assert visitor.page.locator(unwanted).count() == 0, (at, unwanted)
    assert visitor.problems == [], at


def opened(typed: tuple[Server, str], visit: Visit, page: str) -> Visitor:
    server, program_id = typed
    visitor = visit()
    visitor.page.on("dialog", lambda dialog: visitor.problems.append(f"dialog {dialog.message}"))
    visitor.open(f"{server.url}/{page}?program={program_id}")
    return visitor


@pytest.mark.parametrize(
    ("page", "places"),
    [
        ("overview", (".gw-eyebrow", ".gw-actions")),
        ("take", ("h1",)),
        ("stakeholders", ("h1", ".person text")),
        ("ownership", ("h1", "table thead", "table tbody", ".mend")),
        ("components", ("h1", ".gw-table")),
        ("budget", (".scroll tbody",)),
        ("programs", (".gw-table",)),
        ("members", (".gw-eyebrow",)),
        ("engagement", (".gw-lead", ".js-plotly-plot")),
    ],
)
def test_fault_30_a_name_is_literal(
    typed: tuple[Server, str], visit: Visit, page: str, places: tuple[str, ...]
) -> None:
    visitor = opened(typed, visit, page)
    for place in places:
        literal(visitor, f"{page} {place}", within=place)


@pytest.mark.parametrize(
    ("page", "view", "where"),
    [
        ("stakeholders", "Table", ".gw-table"),
        ("budget", "Entries", ".gw-table"),
        ("engagement", "Table", ".gw-table"),
    ],
)
def test_fault_30_a_name_is_literal_in_other_views(
    typed: tuple[Server, str], visit: Visit, page: str, view: str, where: str
) -> None:
    visitor = opened(typed, visit, page)
    visitor.choose(view)
    literal(visitor, f"{page} {view}", within=where)


@pytest.mark.parametrize(
    ("page", "view", "choice"),
    [("stakeholders", "Edit", "Who"), ("components", "Edit", "Which"), ("budget", "Edit a line", "Line")],
)
def test_fault_30_a_name_is_literal_in_a_choice(
    typed: tuple[Server, str], visit: Visit, page: str, view: str, choice: str
) -> None:
    visitor = opened(typed, visit, page)
    visitor.choose(view)
    chosen = visitor.page.get_by_role("combobox", name=choice, exact=True)
    expect(chosen).to_be_visible()
    assert NAME in chosen.input_value()
    assert visitor.problems == []
