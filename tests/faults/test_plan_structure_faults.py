"""Row 64 at the plan: circles, links to oneself, two owners and orphans by their names, and ten thousand activities."""

import time
from decimal import Decimal

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from program.actions.influence import set_tie
from program.actions.links import link
from program.actions.objectives import add_objective
from program.actions.ownership import set_duty
from program.actions.planning import save_scenario
from program.actions.roadmap import import_activities, remove_activity
from program.actions.stakeholders import add_stakeholder
from program.actions.strategy import contribute
from program.activity_rows import ActivityRow, RowLink, read_rows
from program.queries.ownership import matrix
from program.queries.roadmap import activities
from program.store.engine import writing_engine
from program.store.tables import ActivityLink
from program.values import Actor, Invalid
from tests.pages.opening import ROOT, field, headline, open_local, press, run, words
from tests.pages.roadmapped import choose, small, stored, turn
from tests.program.making import component

ROADMAP = "plan/roadmap.py"
MANY = 10_000
LIMIT = 8.0  # seconds of CPU for one view of many activities; a small roadmap takes about half a second
CIRCLE = "id,name,duration,predecessors\n1,Ask,1,3\n2,Build,1,1\n3,Ship,1,2\n"
ITSELF = "id,name,duration,predecessors\n1,Ask,1,\n2,Build,1,2\n"


def opened(view: str) -> AppTest:
    page = AppTest.from_file(ROOT / "pages" / ROADMAP, default_timeout=120)
    page.session_state["roadmap.view"] = view
    return run(page)


def waits_for(activity_id: str) -> AppTest:
    """The form with what an activity waits for."""
    return turn(choose(turn(open_local(ROADMAP), "Activities"), "Activity", activity_id), "Waits for")


def test_fault_64_a_circle_is_refused_on_the_page_by_the_names_of_its_members(owner: Actor, program_id: str) -> None:
    page = waits_for(small(owner, program_id)["Record"])
    field(page, "text_input", "Waits for").set_value("3 FS+1")
    page = press(page, "Save the links")
    said = words(page)
    assert "wait for each other" in said
    assert all(f"“{name}”" in said for name in ("Record", "Match", "Live"))
    assert "“Study”" not in said.split("wait for each other")[0].rpartition("role=")[2]
    assert field(page, "text_input", "Waits for").value == "3 FS+1"  # what was typed is not lost
    assert not stored(program_id, "Record").links


def test_fault_64_a_circle_that_got_into_the_store_is_named_in_place_of_dates(owner: Actor, program_id: str) -> None:
    """Two people may each close one half of a circle at the same moment."""
    made = small(owner, program_id)
    with writing_engine().begin() as connection:
        values = {"predecessor_id": made["Live"], "successor_id": made["Record"], "kind": "FS", "lag": Decimal(0)}
        connection.execute(insert(ActivityLink).values(id="0" * 32, version=1, **values))
    page = open_local(ROADMAP)
    assert headline(page) == "The roadmap has no dates: some activities wait for each other."
    circle = words(page).partition("Remove one of these links: ")[2].partition("</")[0].rstrip(".")
    names = circle.replace("&gt;", ">").split(" > ")
    assert (sorted(set(names)), names[0]) == (["Live", "Match", "Record"], names[-1])
    for other in ("plan/components.py", "plan/budget.py", "home/overview.py"):
        open_local(other)  # the rest of the program goes on


def test_fault_64_an_activity_that_waits_for_itself_is_refused_by_name(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    page = waits_for(made["Match"])
    field(page, "text_input", "Waits for").set_value("2")
    assert "Activity 2 cannot wait for itself." in words(press(page, "Save the links"))
    assert made["Match"] not in field(page, "selectbox", "Add one").options
    with pytest.raises(Invalid, match="“Match” cannot wait for itself"):
        link(owner, program_id=program_id, predecessor_id=made["Match"], successor_id=made["Match"])


@pytest.mark.parametrize(
    ("text", "named"), [(CIRCLE, ("“Ask”", "“Build”", "“Ship”", "wait for each other")), (ITSELF, ("ine 3", "itself"))]
)
def test_fault_64_a_file_with_a_circle_brings_nothing_in(
    owner: Actor, program_id: str, text: str, named: tuple[str, ...]
) -> None:
    with pytest.raises((Invalid, ValueError)) as refused:
        import_activities(owner, program_id=program_id, rows=read_rows(text))
    assert [each for each in named if each not in str(refused.value)] == []
    assert activities(program_id) == []


def test_fault_64_a_scenario_about_an_activity_that_is_gone_says_so(owner: Actor, program_id: str) -> None:
    made = small(owner, program_id)
    late = [{"activity_id": made["Study"], "delay": "3"}]
    save_scenario(owner, program_id=program_id, name="Study late", changes=late)
    remove_activity(owner, program_id=program_id, activity_id=made["Study"], version=1)
    said = words(opened("What if"))
    assert "an activity that is gone 3 working days later" in said
    assert "Study late" in said


def test_fault_64_two_owners_and_nobody_are_named(owner: Actor, program_id: str) -> None:
    desk = component(owner, program_id, "Desk")
    component(owner, program_id, "Forum")
    ids = [add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo")]
    for person in ids:
        duty = {"component_id": desk, "stakeholder_id": person}
        set_duty(owner, program_id=program_id, letters="A/R", before="", **duty)
    assert headline(open_local("people/ownership.py")) == "1 of 2 components has no accountable owner: Forum."
    said = [each.sentence for each in matrix(program_id).errors]
    assert said == [
        "Ann and Bo are both accountable for “Desk”. Exactly one person can be.",
        "Nobody has a duty on “Forum”.",
    ]
    with pytest.raises(Invalid, match="themselves"):
        set_tie(owner, program_id=program_id, source_id=ids[0], target_id=ids[0], kind="influences", weight=3)


def test_fault_64_a_component_that_serves_nothing_is_named(owner: Actor, program_id: str) -> None:
    desk, _ = component(owner, program_id, "Desk"), component(owner, program_id, "Forum <b>")
    goal = add_objective(owner, program_id=program_id, title="Answer within a day")
    contribute(owner, program_id=program_id, component_id=desk, objective_id=goal)
    page = AppTest.from_file(ROOT / "pages" / "plan" / "strategy.py", default_timeout=20)
    page.session_state["strategy.view"] = "Trace"
    page = run(page)
    orphans = words(page).partition("What the thread does not reach")[2]
    assert "Forum &lt;b&gt;" in orphans
    assert ">Desk<" not in orphans
    assert "1 component serves none" in headline(page)


@pytest.fixture
def ten_thousand(owner: Actor, program_id: str) -> None:
    """A hundred chains of a hundred activities, each with a range of what it may take."""
    values = {"optimistic": Decimal(0), "pessimistic": Decimal(20)}
    rows = [
        ActivityRow(
            at + 2, str(at), f"Activity {at}", Decimal(at % 7), (RowLink(str(at - 1)),) if at % 100 else (), values
        )
        for at in range(MANY)
    ]
    import_activities(owner, program_id=program_id, rows=rows)


@pytest.mark.slow
@pytest.mark.usefixtures("ten_thousand")
def test_fault_64_ten_thousand_activities_are_answered_within_the_limit() -> None:
    took = {}
    for view in ("Plan", "Activities", "Why", "What if", "Forecast", "Exchange"):
        begin = time.process_time()
        page = opened(view)
        took[view] = time.process_time() - begin
        assert headline(page)
        assert sum(len(each.proto.body) for each in page.get("html")) < 3_000_000, view
    assert max(took.values()) < LIMIT, took
