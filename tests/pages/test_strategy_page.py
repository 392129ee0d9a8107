"""The strategy page as owner, viewer, stranger and on an empty program: what each of its five views says and does."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import svg, tables
from program.actions.budget import remove_line
from program.actions.components import adopt
from program.actions.objectives import add_objective, change_objective
from program.actions.stakeholders import add_stakeholder
from program.actions.strategy import add_note, add_use_case, change_note
from program.actions.vendors import add_vendor, score_vendor, weigh_capabilities
from program.queries.budget import lines
from program.queries.components import components
from program.queries.objectives import objectives
from program.queries.programs import program
from program.queries.risks import risks
from program.queries.strategy import contributions, notes, use_cases
from program.queries.targets import targets
from program.queries.vendors import vendors, weights
from program.scorecard import CAPABILITIES, Mark, Weight
from program.values import Actor
from tests.pages.opening import ROOT, field, headline, open_as, open_local, press, run, view, words
from tests.program import measured
from tests.program.making import person

PAGE = "plan/strategy.py"
VIEWS = ["Objectives", "Trace", "Canvases", "Use cases", "Vendors"]


class Drawings:
    """The figures of a page by their key, and what a click on one of their marks does."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.html: dict[str, str] = {}
        self.picks: dict[str, Callable[[str], None]] = {}
        self.real = svg.draw
        patch.setattr(svg, "draw", self.draw)

    def draw(self, drawing: str, *, key: str, on_pick: Callable[[str], None] | None = None, **more: Any) -> None:
        self.html[key] = drawing
        if on_pick:
            self.picks[key] = on_pick
        self.real(drawing, key=key, **more)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawings:
    return Drawings(monkeypatch)


def at_view(name: str, **state: Any) -> AppTest:
    page = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    page.session_state["strategy.view"] = name
    for key, value in state.items():
        page.session_state[key.replace("__", ".")] = value
    return run(page)


def test_an_empty_program_asks_for_the_first_objective(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "The program has no objective yet."
    field(page, "text_input", "What should be different for customers").set_value("They wait less")
    field(page, "text_input", "Target, in the metric's unit").set_value("4")
    field(page, "selectbox", "Metric").set_value("first_response")
    press(page, "Add the objective")
    (made,) = objectives(program_id)
    assert (made.title, made.metric_id, made.target) == ("They wait less", "first_response", Decimal(4))
    assert headline(page) == "The one objective has nobody who answers for it."


@pytest.mark.usefixtures("program_id")
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_of_an_empty_program_says_what_it_is_for(name: str) -> None:
    page = at_view(name)
    assert headline(page) == "The program has no objective yet."
    assert "nothing is bought or built without a goal" in words(page)


@pytest.mark.parametrize(("typed", "kept"), [("65%", "0.65"), ("0.65", "0.65"), ("1,240.5", "1240.5"), ("0", "0")])
def test_a_target_is_read_as_it_is_typed(program_id: str, typed: str, kept: str) -> None:
    page = open_local(PAGE)
    field(page, "text_input", "What should be different for customers").set_value("They wait less")
    field(page, "text_input", "Target, in the metric's unit").set_value(typed)
    press(page, "Add the objective")
    assert objectives(program_id)[0].target == Decimal(kept)


def test_a_target_that_is_no_figure_is_refused_in_words(program_id: str) -> None:
    page = open_local(PAGE)
    field(page, "text_input", "What should be different for customers").set_value("They wait less")
    field(page, "text_input", "Target, in the metric's unit").set_value("soon")
    press(page, "Add the objective")
    assert "“soon” is no figure" in words(page)
    assert not objectives(program_id)


def test_objectives_say_what_is_missing_and_are_changed_and_removed(owner: Actor, program_id: str) -> None:
    mara = add_stakeholder(owner, program_id=program_id, name="Mara <b>L</b>")
    goal = add_objective(
        owner, program_id=program_id, title="They wait less", metric_id="win_rate", target=Decimal("0.65")
    )
    page = open_local(PAGE)
    for said in ("They wait less", "■ nobody", "65%", "n/a", "no data was brought in", "○ cannot tell"):
        assert said in words(page)
    field(page, "selectbox", "Which objective").set_value(goal)
    run(page)
    field(page, "selectbox", "Answers for it").set_value(mara)
    press(page, "Save")
    assert objectives(program_id)[0].owner_id == mara
    assert "Mara &lt;b&gt;L&lt;/b&gt;" in words(page)
    press(page, "Remove")
    assert not objectives(program_id)


@pytest.mark.parametrize(
    ("target", "due_on", "state"),
    [("0.65", None, "✓ reached"), ("0.7", date(2999, 1, 1), "○ not yet"), ("0.7", date(2026, 1, 1), "■ missed")],
)
def test_an_objective_is_held_against_the_last_complete_month(
    owner: Actor, program_id: str, store: Path, target: str, due_on: date | None, state: str
) -> None:
    """Two of three decided deals were won in November; December ends on the 15th."""
    measured.deals(store, program(owner.user_id, program_id).client_key)
    given: dict[str, Any] = {"metric_id": "win_rate", "target": Decimal(target), "due_on": due_on}
    add_objective(owner, program_id=program_id, title="Win more", **given)
    said = words(open_local(PAGE))
    for each in ("2 of 3", "Nov 2025", state):
        assert each in said
    met = "" if state == "✓ reached" else "not "
    assert f"The one target that can be measured was {met}reached in the last complete month." in said


def test_a_day_before_the_program_starts_is_accepted_and_marked(owner: Actor, program_id: str) -> None:
    starts = program(owner.user_id, program_id).starts_on
    for title, on in (("Early", starts - timedelta(days=1)), ("Gone", starts), ("Ahead", date(2999, 1, 1))):
        add_objective(owner, program_id=program_id, title=title, due_on=on)
    shown = words(open_local(PAGE))
    assert shown.count("past: before the program starts") == 1
    assert shown.count(">past<") == 1


def test_without_people_the_form_leads_to_the_map(owner: Actor, program_id: str) -> None:
    link = "Put people on the map first"
    page = open_local(PAGE)
    assert link in [each.label for each in page.button]
    assert "Nobody is on the map" in words(page)
    add_stakeholder(owner, program_id=program_id, name="Mara")
    assert link not in [each.label for each in run(page).button]


def test_the_files_hold_the_figures_of_the_screen(owner: Actor, program_id: str, store: Path) -> None:
    measured.deals(store, program(owner.user_id, program_id).client_key)
    add_objective(owner, program_id=program_id, title="Win more", metric_id="win_rate", target=Decimal("0.65"))
    page = open_local(PAGE)
    made: list[tables.Table] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "downloads", lambda table, **_: made.append(table))
        run(page)
    (row,) = csv.DictReader(io.StringIO(tables.as_csv(made[0]).decode("utf-8-sig")))
    assert (row["Objective"], row["Unit"], row["Target"], row["Month"]) == ("Win more", "share", "0.65", "2025-11")
    assert float(row["Now"]) == pytest.approx(2 / 3)
    assert row["Answers for it"] == ""


def test_fault_3_a_stale_objective_shows_both_versions(owner: Actor, program_id: str) -> None:
    goal = add_objective(owner, program_id=program_id, title="They wait less")
    page = at_view("Objectives", strategy__objective=goal)
    change_objective(owner, program_id=program_id, objective_id=goal, version=1, title="They never wait")
    field(page, "text_input", "What should be different for customers").set_value("They wait a little")
    press(page, "Save")
    assert objectives(program_id)[0].title == "They never wait"
    assert "They wait a little" in words(page)


def test_a_circle_links_and_parts_and_orphans_are_listed(owner: Actor, program_id: str, drawn: Drawings) -> None:
    (listening,) = adopt(owner, program_id=program_id, proposals=["C12"])
    goal = add_objective(owner, program_id=program_id, title="They <i>wait</i> less")
    page = at_view("Trace")
    assert "serves no objective" in words(page)
    assert "Say which objective it is there for, or take it out." in words(page)
    html = drawn.html["strategy.links"]
    assert 'aria-checked="false"' in html
    assert "<i>wait" not in html
    drawn.picks["strategy.links"](f"{listening}|{goal}")
    assert [(each.component_id, each.objective_id) for each in contributions(program_id)] == [(listening, goal)]
    run(page)
    assert 'aria-checked="true"' in drawn.html["strategy.links"]
    assert "serves no objective" not in words(page)
    drawn.picks["strategy.links"](f"{listening}|{goal}")
    assert not contributions(program_id)


def test_a_link_to_what_somebody_removed_is_said(owner: Actor, program_id: str, drawn: Drawings) -> None:
    adopt(owner, program_id=program_id, proposals=["C12"])
    goal = add_objective(owner, program_id=program_id, title="They wait less")
    page = at_view("Trace")
    drawn.picks["strategy.links"](f"{'0' * 32}|{goal}")
    assert not contributions(program_id)
    assert "They wait less" in words(run(page))


def test_without_components_the_trace_leads_to_them(owner: Actor, program_id: str) -> None:
    add_objective(owner, program_id=program_id, title="They wait less")
    assert "Choose the components" in [each.label for each in at_view("Trace").button]


def test_a_note_is_added_in_its_cell_linked_changed_and_removed(owner: Actor, program_id: str, drawn: Drawings) -> None:
    goal = add_objective(owner, program_id=program_id, title="They wait less")
    page = at_view("Canvases", canvas="listening", canvas__cell="habits")
    assert headline(page) == "Nothing is written down yet about where the company stands."
    assert "when, how often and with whom" in drawn.html["canvas.listening.grid"].lower()
    field(page, "text_area", "What we see").set_value("They write <b>at night</b>")
    press(page, "Add the note")
    (note,) = notes(program_id)
    assert (note.canvas, note.cell, note.leads_nowhere) == ("listening", "habits", True)
    assert "&lt;b&gt;at night" in drawn.html["canvas.listening.grid"]
    assert "leads nowhere yet" in drawn.html["canvas.listening.grid"]
    field(page, "selectbox", "Note").set_value(note.id)
    run(page)
    field(page, "selectbox", "Leads to the objective").set_value(goal)
    field(page, "selectbox", "Cell").set_value("experience")
    press(page, "Save")
    assert (notes(program_id)[0].objective_id, notes(program_id)[0].cell) == (goal, "experience")
    assert headline(page) == "One note on one canvas, and it leads to an objective or a component."
    press(page, "Remove the note")
    assert not notes(program_id)


def test_fault_3_a_stale_note_is_refused(owner: Actor, program_id: str) -> None:
    at = {"canvas": "swot", "cell": "threats"}
    note = add_note(owner, program_id=program_id, **at, text="They leave")
    page = at_view("Canvases", canvas__note=note)
    change_note(owner, program_id=program_id, note_id=note, version=1, text="They stay")
    field(page, "text_area", "What we see").set_value("They come back")
    press(page, "Save")
    assert notes(program_id)[0].text == "They stay"
    assert "They come back" in words(page)


@pytest.mark.parametrize("canvas", ["swot", "pestel", "five_forces", "listening"])
def test_every_canvas_says_where_it_comes_from(owner: Actor, program_id: str, canvas: str, drawn: Drawings) -> None:
    add_objective(owner, program_id=program_id, title="They wait less")
    page = at_view("Canvases", canvas=canvas)
    assert "Published framework: " in words(page) or "From the essay: " in words(page)
    grid = drawn.html[f"canvas.{canvas}.grid"]
    assert grid.count("data-pick") == grid.count("<section>") > 3


def test_a_use_case_says_what_it_brings_and_what_came(owner: Actor, program_id: str) -> None:
    goal = add_objective(owner, program_id=program_id, title="They wait less")
    page = at_view("Use cases", use_case="service_response")
    assert headline(page) == "No use case is adopted yet."
    for said in ("Altimeter Group, Owyang and Wang, 2010", "added from the catalog", "added, without an amount"):
        assert said in words(page)
    field(page, "selectbox", "Its components are there for").set_value(goal)
    field(page, "text_input", "Target: Unanswered messages (share, as 65%)").set_value("10%")
    press(page, "Adopt this use case")
    assert "Adopted. New: 3 components, 1 target, 3 risks and 3 budget lines." in words(page)
    assert headline(page) == "1 of 18 use cases is adopted."
    assert len(components(program_id)) == 3
    assert len(risks(program_id)) == 3
    assert [each.target for each in targets(program_id)] == [Decimal("0.1")]
    assert "State its targets" in words(page)
    assert "Its components are there for" not in {each.label for each in page.selectbox}
    field(page, "text_input", "Target: First reply (hours)").set_value("4")
    press(page, "Set the targets")
    assert "Adopted. New: 1 target." in words(page)
    assert not {"Adopt this use case", "Set the targets"} & {each.label for each in page.button}


def test_what_is_missing_keeps_the_objective_and_what_came_stands_under_the_button(
    owner: Actor, program_id: str
) -> None:
    add_objective(owner, program_id=program_id, title="They buy more")
    goal = add_objective(owner, program_id=program_id, title="They wait less")
    page = at_view("Use cases", use_case="service_response")
    field(page, "selectbox", "Its components are there for").set_value(goal)
    press(page, "Adopt this use case")
    shown = words(page)
    assert shown.index("State its targets") < shown.index("Adopted. New: 3 components")
    first = lines(program_id)[0]
    remove_line(owner, program_id=program_id, line_id=first.id, version=first.version)
    page = at_view("Use cases", use_case="service_response")
    assert "Bring the rest" in {each.label for each in page.button}
    assert field(page, "selectbox", "Its components are there for").value == goal


def test_a_component_with_people_says_so_in_what_a_use_case_brings(owner: Actor, program_id: str) -> None:
    add_objective(owner, program_id=program_id, title="They wait less")
    add_stakeholder(owner, program_id=program_id, name="Ida", function="service")
    page = at_view("Use cases", use_case="service_response")
    press(page, "Adopt this use case")
    shown = words(page)
    assert "only named" not in shown
    assert "nobody is added: " in shown


def test_use_cases_are_worded_ones_own_way_and_added(owner: Actor, program_id: str) -> None:
    add_objective(owner, program_id=program_id, title="They wait less")
    page = at_view("Use cases", use_case="service_peers")
    field(page, "text_input", "Title").set_value("Garden help")
    press(page, "Keep these words")
    assert [(each.title, each.catalog_id) for each in use_cases(program_id)] == [("Garden help", "service_peers")]
    assert "Garden help" in words(page)
    field(page, "selectbox", "Use case").set_value("new")
    run(page)
    field(page, "text_input", "Title").set_value("Letters of thanks")
    press(page, "Keep these words")
    assert headline(page) == "No use case is adopted yet, and 1 is your own."
    own = next(each for each in use_cases(program_id) if each.catalog_id is None)
    field(page, "selectbox", "Use case").set_value(own.id)
    run(page)
    press(page, "Take out")
    assert len(use_cases(program_id)) == 1


def test_vendors_are_weighed_scored_and_compared(owner: Actor, program_id: str, drawn: Drawings) -> None:
    for name in ("Acme <b>", "Birch"):
        add_vendor(owner, program_id=program_id, name=name)
    acme, birch = vendors(program_id)
    page = at_view("Vendors", vendor__which="weights")
    assert headline(page) == "Nothing is known yet of the 2 vendors."
    assert "No capability has a weight yet, so all seven count alike." in words(page)
    field(page, "selectbox", "Host communities").set_value("4")
    field(page, "selectbox", "Use what comes in by pillar").set_value("1")
    press(page, "Save the weights")
    assert {each.capability: each.weight for each in weights(program_id) if each.weight is not None} == {
        "communities": 4,
        "data_use": 1,
    }
    field(page, "selectbox", "What").set_value(acme.id)
    run(page)
    field(page, "selectbox", "Host communities").set_value("3")
    field(page, "text_input", "What shows it: host communities").set_value("Trial in May")
    press(page, "Save the scores")
    assert vendors(program_id)[0].scores == {"communities": 3}
    for said in (
        "Trial in May",
        "(3 \N{MULTIPLICATION SIGN} 4) / 4 = 3.0",
        "2.4 were all of that 0, 3.2 were all",
    ):
        assert said in words(page)
    assert headline(page) == "Acme &lt;b&gt; leads with 3.0 of 4, but what is not known yet could change that."
    assert "Acme &lt;b&gt;" in drawn.html["vendor.scores"]
    marks = [Mark(each, 4 if each == "data_use" else 0) for each in CAPABILITIES]
    score_vendor(owner, program_id=program_id, vendor_id=birch.id, marks=marks)
    assert headline(run(page)) == "Acme &lt;b&gt; leads with 3.0 of 4, but another weight could change that."
    assert "Birch leads" in words(page)


def test_fault_3_weights_that_somebody_changed_meanwhile_are_refused(owner: Actor, program_id: str) -> None:
    """The form keeps the versions that it began with, also when the page runs again in between."""
    add_vendor(owner, program_id=program_id, name="Acme")
    weigh_capabilities(owner, program_id=program_id, weights=[Weight("communities", 2)])
    page = at_view("Vendors", vendor__which="weights")
    weigh_capabilities(owner, program_id=program_id, weights=[Weight("communities", 5, 1)])
    run(page)
    field(page, "selectbox", "Host communities").set_value("1")
    press(page, "Save the weights")
    assert next(each.weight for each in weights(program_id) if each.capability == "communities") == 5
    assert "while you were editing it" in words(page)


def test_a_viewer_sees_every_view_and_changes_nothing(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch, drawn: Drawings
) -> None:
    adopt(owner, program_id=program_id, proposals=["C12"])
    add_objective(owner, program_id=program_id, title="They wait less")
    add_note(owner, program_id=program_id, canvas="swot", cell="threats", text="They leave")
    add_use_case(owner, program_id=program_id, title="Letters of thanks")
    add_vendor(owner, program_id=program_id, name="Acme")
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    for name in VIEWS:
        view(page, name)
        assert not page.text_input, name
        assert not page.text_area, name
        assert {each.label for each in page.button} <= {"CSV", "Excel"}, name
    assert not drawn.picks
    assert not any("data-pick" in html for html in drawn.html.values())


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_objective(owner, program_id=program_id, title="They wait less")
    assert "They wait less" not in words(open_as(PAGE, "stranger@example.com", monkeypatch))
