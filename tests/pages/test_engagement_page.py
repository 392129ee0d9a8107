"""The engagement page as owner, editor, viewer, stranger and on an empty program; and what a rerun costs."""

import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.metrics import catalog
from pages.ui import charts
from program.actions.targets import set_target
from program.queries import engagement
from program.queries.programs import program
from program.values import Actor
from tests.pages.opening import ROOT, field, headline, open_as, open_local, run, view, words
from tests.program import measured
from tests.program.making import component, person

PAGE = "measure/engagement.py"
RERUN_CPU_MS = 120  # an empty page takes 2; this machine's other work and AppTest's own share leave room


@pytest.fixture
def client(owner: Actor, program_id: str) -> str:
    return program(owner.user_id, program_id).client_key


@pytest.fixture
def active(store: Path, client: str) -> None:
    measured.interactions(store, client)


def choose(page: AppTest, label: str, value: Any) -> AppTest:
    field(page, "selectbox", label).select(value)
    return run(page)


def figure(page: AppTest) -> Any:
    (drawn,) = page.get("plotly_chart")
    return drawn


@pytest.mark.usefixtures("program_id")
def test_without_data_the_page_leads_to_the_sources() -> None:
    page = open_local(PAGE)
    assert headline(page) == "No CRM data has been brought in yet."
    assert [button.label for button in page.button] == ["Bring in the first file"]


def test_the_last_complete_month_is_the_headline(store: Path, client: str) -> None:
    measured.deals(store, client)
    page = open_local(PAGE)
    assert headline(page) == "In Nov 2025 we won 2 of 3 decided deals."
    assert "Counted in: 36 won and lost opportunities over 12 months, to 15 Dec 2025." in words(page)
    assert "Opportunity of files, 36 rows" in words(page)
    assert figure(page)


@pytest.mark.usefixtures("active")
@pytest.mark.parametrize("metric_id", list(catalog()))
def test_every_metric_and_every_split_can_be_opened(metric_id: str) -> None:
    page = choose(open_local(PAGE), "Metric", metric_id)
    for split in field(page, "selectbox", "Split by").options:
        by_name = {group.name: group.column for group in catalog()[metric_id].groups} | {"All": ""}
        choose(page, "Split by", by_name[split])
        assert headline(page)
        assert "Definition" in words(page)


@pytest.mark.usefixtures("active")
def test_choices_come_back_from_the_address() -> None:
    page = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    for name, value in {"metric": "Interactions", "split": "Pillar", "only": "Channel: email", "months": "All"}.items():
        page.query_params[name] = value
    assert headline(run(page)) == "Channel email: we had 12 interactions with customers in Nov 2025."
    assert [each.value for each in page.selectbox] == ["interactions", "pillar", "channel=email", 0]


@pytest.mark.usefixtures("active")
def test_an_address_that_names_nothing_known_opens_the_page_as_it_is() -> None:
    page = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    for name in ("metric", "split", "only", "months"):
        page.query_params[name] = "'); DROP TABLE program; --"
    run(page)
    assert [each.value for each in page.selectbox] == ["interactions", "", "", 24]


@pytest.mark.usefixtures("active")
def test_the_table_has_the_same_rows_and_downloads() -> None:
    page = choose(open_local(PAGE), "Metric", "interactions")
    view(page, charts.TABLE)
    assert not page.get("plotly_chart")
    assert words(page).count('<th scope="row">') == 12
    assert "month not complete" in words(page)
    assert len(page.get("download_button")) == 2


@pytest.mark.usefixtures("active")
def test_a_promise_and_a_go_live_are_said(owner: Actor, program_id: str) -> None:
    desk = component(owner, program_id, "Answer desk", live_on=date(2025, 6, 2))
    set_target(
        owner,
        program_id=program_id,
        component_id=desk,
        metric_id="interactions",
        target=Decimal(20),
        due_on=date(2026, 1, 1),
    )
    page = open_local(PAGE)
    assert field(page, "selectbox", "Metric").value == "interactions"
    assert "The target of 20 by 1 Jan 2026, promised by Answer desk" in words(page)
    assert "of the 5 months before Answer desk went live is 21, of the 5 months since 21." in words(page)
    assert "Answer desk live, 2 Jun" in figure(page).proto.spec
    choose(page, "Only", "channel=email")
    assert "The target" not in words(page)


@pytest.mark.usefixtures("active")
@pytest.mark.parametrize(("role", "seen"), [("viewer", False), ("editor", False), ("facilitator", True)])
def test_small_groups_are_for_those_who_may_open_rows(
    owner: Actor, program_id: str, role: str, seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, role)
    page = choose(open_as(PAGE, f"bo.{role}@example.com", monkeypatch), "Metric", "active_customers")
    choose(page, "Split by", "contact.segment")
    assert ('"Small' in figure(page).proto.spec) is seen
    assert (len(field(page, "selectbox", "Only").options) > 1) is seen
    assert ("Fewer than 4 customers" not in words(page)) is seen
    assert (words(view(page, charts.TABLE)).count("Fewer than 4 customers") == 0) is seen


@pytest.mark.usefixtures("active")
def test_a_stranger_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert not page.get("plotly_chart")
    assert "interactions" not in words(page)


@pytest.mark.usefixtures("active")
def test_a_rerun_counts_and_draws_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    page = choose(open_local(PAGE), "Metric", "interactions")

    def closed(*_arguments: object) -> None:
        pytest.fail("the warehouse was opened again")

    monkeypatch.setattr(engagement, "open_warehouse", closed)
    drawn = charts._line.cache_info().misses
    run(page)
    began = time.process_time()
    for _ in range(5):
        run(page)
    spent = (time.process_time() - began) / 5 * 1000
    assert spent < RERUN_CPU_MS
    assert charts._line.cache_info().misses == drawn
