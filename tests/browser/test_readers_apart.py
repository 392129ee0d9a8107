"""Row 52 for real: two people on one server process, one of whom may see more, in both orders."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from program.actions import assessments, evidence, members
from program.queries import assessments as queries
from program.queries.programs import program
from tests.browser.assessing import answers, file_of
from tests.browser.company import Company, company_with_sign_in, signed_in
from tests.browser.conftest import Visit, Visitor, at_home
from tests.program import measured

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINUTES = "Minutes of the board of 3 May"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with company_with_sign_in(tmp_path_factory.mktemp("company")) as started:
        yield started


def filled(company: Company, name: str) -> str:
    """A program that Bo reads: customers in a small segment, and a closed anonymous run with evidence."""
    program_id = company.program(name, client=f"Client of {name}")
    run_id, link = company.run(program_id, anonymous=True)
    for number in range(4):
        company.give(link, answers(f"P{number}", "sales", number))
    with at_home(company.server.home):
        members.invite_member(company.ann, program_id=program_id, email="bo@alder.example", name="Bo", role="viewer")
        evidence.add_evidence(
            company.ann, program_id=program_id, run_id=run_id, statement_id="MI-VOC-1", function=None,
            kind="decision_log", note=f"{MINUTES}, {name}",
        )  # fmt: skip
        version = queries.run(program_id, run_id).version
        assessments.close_run(company.ann, program_id=program_id, run_id=run_id, version=version)
        client = program(company.ann.user_id, program_id).client_key
    measured.interactions(company.server.home, client)
    return program_id


def looks(visitor: Visitor, company: Company, program_id: str, drawn: str) -> tuple[str, str, list[str]]:
    """What somebody sees of a program: segments of customers in a figure with some word and a table, and evidence."""
    visitor.open(f"{company.server.url}/engagement?program={program_id}")
    visitor.pick("Metric", "Active customers")
    visitor.pick("Split by", "Segment")
    expect(visitor.page.locator(".stMainBlockContainer")).to_contain_text("Counted in: 21 active customers")
    expect(visitor.page.locator(".js-plotly-plot")).to_contain_text(drawn)
    figure = visitor.page.locator(".js-plotly-plot").inner_text()
    visitor.choose("Table")
    tabled = visitor.page.locator("table.gw-table").inner_text()
    visitor.open(f"{company.server.url}/results?program={program_id}")
    told = json.loads(file_of(visitor, "JSON", menu="Export"))
    visitor.choose("Mindset")
    visitor.pick("Why this number", "Voice of the customer")
    expect(visitor.page.get_by_text("Behind voice of the customer", exact=False)).to_be_visible()
    shown = visitor.page.locator(".stMainBlockContainer").inner_text()
    noted = [each["note"] for each in told["evidence"] or ()]
    assert (MINUTES in shown) == bool(noted)
    return figure, tabled, noted


def test_52_what_was_drawn_for_one_reader_is_not_shown_to_another(company: Company, visit: Visit) -> None:
    programs = {name: filled(company, name) for name in ("First", "Second")}
    ann = signed_in(company, visit, "results", programs["First"])
    bo = signed_in(company, visit, "results", programs["First"], who="bo")
    for name, order in (("First", (ann, bo)), ("Second", (bo, ann))):
        for visitor in order:
            figure, tabled, noted = looks(
                visitor, company, programs[name], "Small" if visitor is ann else "month not complete"
            )
            assert ("Small" in figure) is (visitor is ann), (name, figure)
            assert ("Fewer than 4 customers" in tabled) is (visitor is bo), (name, tabled)
            assert noted == ([f"{MINUTES}, {name}"] if visitor is ann else [])
    for visitor in (ann, bo):
        assert visitor.problems_at(company.server.url) == []
