"""The whole journey as people walk it: the sample by its navigation, a program from nothing, and copies of it."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.ui import sitemap
from program.actions import members
from program.queries.assessments import latest_run, my_answers, my_respondent
from program.queries.programs import programs_of
from tests.browser.conftest import Server, Visit, Visitor, at_home, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOT_FOR_READERS = re.compile(r"\b(Traceback|NaN|None|null|undefined)\b")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MESSAGES = """id,occurred_at,contact,channel,direction,author_kind,thread_id,in_reply_to
m1,2026-08-03 09:12,c1,email,inbound,customer,t1,
m2,2026-08-03 11:42,c1,email,outbound,agent,t1,m1
m3,2026-09-14 08:01,c2,phone,inbound,customer,t2,
m4,,c2,phone,outbound,agent,t2,m3
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_home: Path) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("journey")
    shutil.copytree(sample_home, folder / "home")
    with serving(folder) as server:
        yield server


def sound(visitor: Visitor, at: str) -> None:
    """A page has one headline, nothing that only a programmer understands, and no complaint of the browser."""
    assert visitor.page.locator("h1").count() == 1, at
    shown = visitor.page.locator(".stMainBlockContainer").inner_text()
    assert NOT_FOR_READERS.search(shown) is None, (at, shown)
    assert visitor.page.get_by_test_id("stException").count() == 0, at
    assert visitor.problems == [], at


def walk_everywhere(visitor: Visitor) -> Iterator[str]:
    for entry in sitemap.PAGES:
        visitor.walk(entry.section or entry.title, entry.title if entry.section else "")
        sound(visitor, entry.title)
        yield entry.title


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_every_page_of_the_sample_is_reached_by_the_navigation(sample: Server, visit: Visit, color_scheme: str) -> None:
    visitor = visit(color_scheme=color_scheme)
    visitor.open(sample.url)
    banners = {}
    for title in walk_everywhere(visitor):
        banners[title] = visitor.page.get_by_text("Sample program.").count()
        if title == "Overview":
            expect(visitor.page.get_by_role("img", name=re.compile("Mindset, the foundation"))).to_be_visible()
            expect(visitor.page.get_by_role("heading", name="Next three actions")).to_be_visible()
            assert visitor.page.locator(".gw-actions li").count() == 3
    assert banners == {entry.title: int(entry.title != "Programs") for entry in sitemap.PAGES}


def test_answers_are_there_after_a_reload(sample: Server, visit: Visit) -> None:
    visitor = visit()
    visitor.open(sample.url)
    visitor.walk("Assess", "Take")
    visitor.pick("You answer as", "Service")
    visitor.press("Begin")
    visitor.says("23 statements")
    page, saved = visitor.page, visitor.page.get_by_role("status").filter(has_text="✓ Saved")
    answer_by_key(visitor, "3")
    for answer in ("click", "dont_know", "na"):
        visitor.press("Next")
        expect(saved).to_be_hidden()
        if answer == "click":
            page.locator("[role=radiogroup] label").nth(2).click()
        elif answer == "dont_know":
            visitor.press("I don\N{RIGHT SINGLE QUOTATION MARK}t know")
        else:
            page.get_by_role("button", name="Does not apply").click()
            page.get_by_label("Why it does not apply to you").fill("We sell through shops only")
            visitor.press("Save")
        expect(saved).to_be_visible()
    visitor.says("4 of 23 answered")
    page.reload()
    visitor.settle()
    visitor.says("4 of 23 answered")
    visitor.press("Back")
    expect(saved).to_contain_text("We sell through shops only")
    visitor.press("Back")
    expect(saved).to_contain_text("know")
    visitor.press("Back")
    expect(page.get_by_role("radio", checked=True).and_(page.locator("input"))).to_have_count(1)
    sound(visitor, "Take")
    with at_home(sample.home):
        me = members.local_owner(datetime.now(UTC))
        program_id = programs_of(me.user_id)[0].id
        run = latest_run(program_id)
        assert run is not None
        respondent = my_respondent(program_id, run.id, me.user_id)
        assert respondent is not None
        kept = my_answers(program_id, respondent.id).values()
    assert sorted((each.kind, each.level) for each in kept if each.kind == "level")[-1] == ("level", 3)
    assert sorted(each.kind for each in kept) == ["dont_know", "level", "level", "na"]


def answer_by_key(visitor: Visitor, level: str) -> None:
    visitor.page.locator("[data-listening=yes]").wait_for(state="attached")
    visitor.page.keyboard.press(level)
    expect(visitor.page.get_by_role("status").filter(has_text="✓ Saved")).to_be_visible()


def test_a_result_says_why(sample: Server, visit: Visit) -> None:
    visitor = visit()
    visitor.open(sample.url)
    visitor.walk("Assess", "Results")
    visitor.choose("Strategy")
    visitor.says("Strategy stands at")
    assert "aspect=Strategy" in visitor.page.url
    why = visitor.page.locator(".gw-why").first
    expect(why.locator("h2")).to_contain_text("Why")
    expect(why).to_contain_text("Formula")
    visitor.choose("Readiness")
    expect(why).to_be_visible()
    sound(visitor, "Results")


def test_people_own_what_is_planned_and_paid(sample: Server, visit: Visit) -> None:
    visitor = visit()
    visitor.open(sample.url)
    visitor.walk("People", "Stakeholders")
    people = visitor.page.locator(".person").count()
    visitor.choose("Table")
    expect(visitor.page.locator(".gw-table tbody tr")).to_have_count(people)
    visitor.walk("People", "Ownership")
    visitor.says("Metrics and value")
    visitor.page.get_by_role("combobox", name="Metrics and value, Zoe Park: no duty").select_option("A")
    visitor.says("Every component has one accountable owner")
    visitor.walk("Plan", "Components")
    visitor.says("Single customer record")
    visitor.choose("Proposed")
    expect(visitor.page.get_by_role("combobox", name="Adopt from the catalog")).to_be_visible()
    visitor.walk("Plan", "Budget")
    before = visitor.page.locator(".scroll tbody tr").count()
    visitor.choose("Add a line")
    visitor.page.get_by_label("Line", exact=True).fill("Travel")
    visitor.page.get_by_label("Category").fill("other")
    visitor.page.get_by_label("Planned").fill("1,000")
    visitor.press("Add the line")
    expect(visitor.page.get_by_role("status")).to_contain_text("✓ Saved")
    visitor.choose("The lines")
    expect(visitor.page.locator(".scroll tbody tr")).to_have_count(before + 1)
    sound(visitor, "Budget")


def test_a_metric_is_chosen_kept_in_the_address_and_read_as_a_table(sample: Server, visit: Visit) -> None:
    visitor = visit()
    visitor.open(sample.url)
    visitor.walk("Measure", "Sources")
    visitor.says("12 tables")
    visitor.walk("Measure", "Engagement")
    expect(visitor.page.locator(".js-plotly-plot")).to_contain_text("live, ")
    visitor.pick("Metric", "Interactions")
    visitor.pick("Split by", "Channel")
    visitor.pick("Months", "Last 12")
    expect(visitor.page).to_have_url(re.compile(r"metric=.*split=|split=.*metric="))
    chosen = visitor.heading()
    visitor.page.reload()
    visitor.settle()
    visitor.says(chosen)
    expect(visitor.page.get_by_role("combobox", name="Split by", exact=True)).to_have_value("Channel")
    visitor.choose("Table")
    assert visitor.page.locator(".gw-table tbody tr").count() >= 12
    sound(visitor, "Engagement")


def test_a_phone_scrolls_the_assessment_in_one_direction(sample: Server, visit: Visit) -> None:
    visitor = visit(width=360, height=740)
    visitor.open(f"{sample.url}/take")
    if visitor.page.get_by_role("button", name="Begin").count():
        assert visitor.page.evaluate(SIDEWAYS) <= 0
        visitor.press("Begin")
    visitor.page.locator("h2.gw-statement").wait_for()
    assert visitor.page.evaluate(SIDEWAYS) <= 0
    visitor.page.get_by_role("button", name="Does not apply").click()
    visitor.page.get_by_label("Why it does not apply to you").wait_for()
    assert visitor.page.evaluate(SIDEWAYS) <= 0
    visitor.page.keyboard.press("Escape")
    visitor.choose("List")
    expect(visitor.page.locator("h3.gw-title")).to_have_count(23)
    assert visitor.page.evaluate(SIDEWAYS) <= 0
    sound(visitor, "Take")


def start_program(visitor: Visitor, name: str, client: str) -> None:
    visitor.walk("Program", "Programs")
    visitor.choose("New")
    visitor.page.get_by_role("textbox", name="Program", exact=True).fill(name)
    visitor.page.get_by_label("Client", exact=True).fill(client)
    visitor.press("Start the program")
    visitor.says("Nobody has answered yet")
    expect(visitor.page.locator(".gw-eyebrow")).to_contain_text(name)


def test_every_page_of_an_empty_program_says_what_comes_next(sample: Server, visit: Visit) -> None:
    visitor = visit()
    visitor.open(sample.url)
    start_program(visitor, "Closer to riders", "Velo Nord")
    for title in walk_everywhere(visitor):
        assert visitor.page.get_by_text("Sample program.").count() == 0, title
        if title == "Statements":  # full from the start: the shipped ones
            continue
        step = visitor.page.locator("[data-testid^=stBaseButton-primary], [data-testid=stFileUploader]").first
        expect(step, f"{title} leads nowhere").to_be_visible()


def test_from_nothing_to_measured_engagement(sample: Server, visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open(sample.url)
    start_program(visitor, "Answer every rider", "Cykel Syd")
    visitor.press("Open the assessment")
    visitor.press("Start the assessment")
    visitor.press("Begin")
    for number in range(1, 24):
        expect(page.get_by_text(f"Statement {number} of 23")).to_be_visible()
        answer_by_key(visitor, "1")
        if number < 23:
            visitor.press("Next")
    visitor.press("See the results")
    visitor.says("stands at 1.0 of 4")
    visitor.walk("Plan", "Components")
    page.get_by_role("button", name="Adopt these").click()
    visitor.says("Every component that a low dimension asks for is adopted.")
    visitor.walk("People", "Stakeholders")
    page.get_by_label("Name", exact=True).fill("Ada Vik")
    visitor.press("Put on the map")
    visitor.says("Ada Vik")
    visitor.walk("People", "Ownership")
    duties = page.get_by_role("combobox", name=re.compile("Ada Vik: no duty"))
    for left in range(duties.count(), 0, -1):
        duties.first.select_option("A/R")
        expect(duties).to_have_count(left - 1)
    visitor.says("Every component has one accountable owner")
    visitor.walk("Plan", "Budget")
    page.get_by_label("Line", exact=True).fill("Licenses")
    page.get_by_label("Category").fill("software")
    page.get_by_label("Planned").fill("12,000")
    visitor.press("Add the line")
    visitor.says("$12k of $12k is free")
    visitor.choose("Book an entry")
    page.get_by_label("Amount", exact=True).fill("2,000")
    page.get_by_label("Document", exact=True).fill("INV-1")
    visitor.press("Book it")
    visitor.says("$10k of $12k is free")
    visitor.walk("Measure", "Sources")
    export = tmp_path / "interactions.csv"
    export.write_text(MESSAGES, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(export)
    page.get_by_role("button", name="Bring in as interaction").click()
    expect(page.get_by_text("3 accepted", exact=False)).to_be_visible()
    expect(page.locator(".gw-table").filter(has_text="Reason")).to_contain_text("5")
    visitor.walk("Measure", "Engagement")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    sound(visitor, "Engagement")
    visitor.walk("Overview")
    expect(page.get_by_text("Actual $2,000")).to_be_visible()
    sound(visitor, "Overview")


def test_a_program_is_copied_taken_out_brought_in_and_put_away(sample: Server, visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.page
    visitor.open(f"{sample.url}/programs")
    chosen = page.get_by_role("combobox", name="Program", exact=True)
    visitor.pick("Program", "Answer in the open")
    page.get_by_text("Duplicate as a template").click()
    page.get_by_label("Name of the copy").fill("Answer in the north")
    page.get_by_label("Client", exact=True).fill("Birch & Crow")
    visitor.press("Duplicate")
    expect(page.locator(".gw-eyebrow")).to_contain_text("Birch & Crow")
    visitor.walk("Program", "Programs")
    visitor.pick("Program", "Answer in the north")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    page.get_by_role("button", name="Archive").click()
    visitor.press("Archive it")
    expect(page.locator(".gw-table")).not_to_contain_text("Birch & Crow")
    expect(chosen).not_to_have_value("Answer in the north")
    visitor.choose("Bring in a file")
    page.locator("input[type=file]").set_input_files(file)
    visitor.press("Bring it in")
    expect(page.locator(".gw-eyebrow")).to_contain_text("Birch & Crow")
    visitor.walk("Plan", "Components")
    visitor.says("0 of 9 components are live")
    visitor.walk("People", "Stakeholders")
    visitor.says("Nobody is on the map yet.")
    visitor.walk("Program", "Programs")
    visitor.choose("Archived")
    expect(page.locator(".gw-table")).to_contain_text("Answer in the north")
    sound(visitor, "Programs")
