"""Strategy: what serves which objective, notes that lead somewhere, and what a use case brings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program import canvases, scorecard, use_cases
from program.access import Refused
from program.actions.components import add_component, adopt
from program.actions.objectives import add_objective, remove_objective
from program.actions.ownership import set_duty
from program.actions.programs import import_program
from program.actions.stakeholders import add_stakeholder
from program.actions.strategy import (
    add_note,
    add_use_case,
    adopt_use_case,
    change_note,
    change_use_case,
    contribute,
    remove_note,
    remove_use_case,
    stop_contributing,
)
from program.catalog import load as catalog
from program.components import Component
from program.objectives import Objective
from program.parcel import unwrap, wrap
from program.queries import strategy as queries
from program.queries.budget import lines
from program.queries.components import components
from program.queries.ownership import duties
from program.queries.risks import risks
from program.queries.targets import targets
from program.reports.exchange import export_program
from program.strategy import Contribution, headline, trace
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component, person

WHOLE = Objective("o", 1, "Answer sooner", "ann", "first_response", Decimal(4))
LISTENING = Component(id="c", version=1, catalog_id="C12", name="Listening", origin="essay")
SERVES = Contribution("x", 1, "c", "o")


def test_every_tactic_traces_to_a_goal_or_is_listed_with_the_next_step() -> None:
    desk = replace(LISTENING, id="d", name="Answer desk")
    vague = Objective("v", 1, "Be nicer")
    found = trace([WHOLE, vague], [LISTENING, desk], [SERVES])
    assert [(each.kind, each.id, each.missing) for each in found.orphans] == [
        ("objective", "v", ("metric", "owner", "components")),
        ("component", "d", ("component",)),
    ]
    assert found.orphans[0].sentence == (
        "“Be nicer” names no metric, has nobody who answers for it and has no component that works for it."
    )
    assert [each.next_step for each in found.orphans] == [
        "Choose the figure that would show it.",
        "Say which objective it is there for, or take it out.",
    ]
    assert found.components_of("o") == [LISTENING]
    assert found.objectives_of("c") == [WHOLE]
    assert found.objectives_of("d") == []


def test_a_target_of_zero_is_stated_and_one_that_is_missing_is_not() -> None:
    assert not trace([replace(WHOLE, target=Decimal(0))], [LISTENING], [SERVES]).orphans
    assert trace([replace(WHOLE, target=None)], [LISTENING], [SERVES]).orphans[0].missing == ("target",)


def test_headlines() -> None:
    assert headline(trace([], [LISTENING], [])) == "The program has no objective yet."
    assert headline(trace([WHOLE], [LISTENING], [SERVES])) == "The one objective has all it needs."
    assert headline(trace([replace(WHOLE, owner_id=None)], [LISTENING], [SERVES])) == (
        "The one objective has nobody who answers for it."
    )
    assert headline(trace([WHOLE], [LISTENING, replace(LISTENING, id="d")], [SERVES])) == (
        "The one objective has all it needs, and 1 component serves none."
    )
    other = replace(WHOLE, id="p", title="Win more")
    both = [SERVES, Contribution("y", 1, "c", "p")]
    assert headline(trace([WHOLE, other], [LISTENING], both)) == (
        "All 2 objectives have an owner, a metric, a target and components, and every component serves one of them."
    )
    assert headline(trace([WHOLE, other], [LISTENING], [SERVES])).startswith("1 of 2 objectives has an owner")


def test_a_contribution_is_made_once_and_taken_back(owner: Actor, program_id: str) -> None:
    pair = {
        "program_id": program_id,
        "component_id": component(owner, program_id),
        "objective_id": add_objective(owner, program_id=program_id, title="Answer sooner"),
    }
    made = contribute(owner, **pair)
    assert contribute(owner, **pair) == made
    found = queries.trace(program_id)
    assert found.of(pair["component_id"], pair["objective_id"]) == queries.contributions(program_id)[0]
    assert not found.adrift
    stop_contributing(owner, program_id=program_id, contribution_id=made, version=1)
    assert [each.name for each in queries.trace(program_id).adrift] == ["Listening"]
    with pytest.raises(Missing):
        stop_contributing(owner, program_id=program_id, contribution_id=made, version=1)


def test_a_note_leads_somewhere_moves_within_its_canvas_and_outlives_its_objective(
    owner: Actor, program_id: str
) -> None:
    goal = add_objective(owner, program_id=program_id, title="Answer sooner")
    at: dict[str, Any] = {"canvas": "swot", "cell": "threats", "text": " They write at night "}
    note = add_note(owner, program_id=program_id, **at, objective_id=goal)
    (found,) = queries.notes(program_id)
    assert (found.text, found.objective_id, found.leads_nowhere) == ("They write at night", goal, False)
    assert change_note(owner, program_id=program_id, note_id=note, version=1, cell="weaknesses") == 2
    with pytest.raises(Stale):
        change_note(owner, program_id=program_id, note_id=note, version=1, text="Mine")
    with pytest.raises(Invalid, match="no cell"):
        change_note(owner, program_id=program_id, note_id=note, version=2, cell="rivalry")
    remove_objective(owner, program_id=program_id, objective_id=goal, version=1)
    assert queries.notes(program_id)[0].leads_nowhere
    remove_note(owner, program_id=program_id, note_id=note, version=2)
    assert queries.notes(program_id) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": " "}, "The note is empty"),
        ({"canvas": "moods"}, "no canvas"),
        ({"cell": "rivalry"}, "no cell"),
        ({"color": "red"}, "no field"),
    ],
)
def test_wrong_notes_are_refused(owner: Actor, program_id: str, wrong: dict[str, str], said: str) -> None:
    good = {"canvas": "swot", "cell": "threats", "text": "They leave"}
    with pytest.raises(Invalid, match=said):
        add_note(owner, program_id=program_id, **{**good, **wrong})
    assert queries.notes(program_id) == []


def test_notes_stand_in_the_order_of_the_canvases(owner: Actor, program_id: str) -> None:
    for canvas, cell, text in (
        ("listening", "places", "Forums"),
        ("swot", "threats", "b"),
        ("swot", "threats", "a"),
        ("swot", "strengths", "z"),
    ):
        add_note(owner, program_id=program_id, canvas=canvas, cell=cell, text=text)
    assert [each.text for each in queries.notes(program_id)] == ["z", "a", "b", "Forums"]
    assert canvases.headline(queries.notes(program_id)) == (
        "4 notes on 2 canvases, and none leads to an objective or a component yet."
    )


def test_the_shipped_files_hold_what_they_should() -> None:
    assert list(canvases.load()) == ["swot", "pestel", "five_forces", "listening"]
    assert [len(each.cells) for each in canvases.load().values()] == [4, 6, 5, 4]
    asked = [cell.question for canvas in canvases.load().values() for cell in canvas.cells]
    assert len(set(asked)) == 19
    assert all(each.endswith("?") for each in asked)
    shipped = use_cases.load()
    families = [sum(each.family == family.id for each in shipped.use_cases) for family in shipped.families]
    assert families == [1, 4, 3, 3, 2, 3, 2]
    assert shipped.attribution.startswith("Altimeter Group, Owyang and Wang, 2010; headings only")
    assert "# unconfirmed:" in use_cases.FILE.read_text(encoding="utf-8")
    assert len({each.title for each in shipped.use_cases}) == 18
    assert len(scorecard.CAPABILITIES) == 7


def test_every_use_case_brings_a_component_a_metric_a_risk_a_function_and_a_line() -> None:
    for each in use_cases.load().use_cases:
        assert each.components, each.id
        assert each.metrics, each.id
        assert each.risks, each.id
        assert each.budget, each.id
        assert set(each.asked) == {component for component in each.components if component in each.asked}
        assert {line.category for line in each.budget} <= {
            category for line in each.budget for category in catalog().component(line.component).budget
        }


def test_adopting_brings_all_parts_in_one_step_and_nothing_twice(owner: Actor, program_id: str) -> None:
    goal = add_objective(owner, program_id=program_id, title="Answer sooner")
    mara = add_stakeholder(owner, program_id=program_id, name="Mara", function="service")
    for name in ("Tom", "Edda"):
        add_stakeholder(owner, program_id=program_id, name=name, function="executive")
    given: dict[str, Any] = {
        "program_id": program_id,
        "catalog_id": "service_response",
        "objective_id": goal,
        "targets": {"unanswered": Decimal("0.1")},
        "due_on": date(2026, 12, 31),
    }
    done = adopt_use_case(owner, **given, intention="click")
    assert adopt_use_case(owner, **given, intention="click") == done
    ids = {each.catalog_id: each.id for each in components(program_id)}
    assert set(ids) == {"C05", "C09", "C12"}
    assert set(done.components) == set(ids.values())
    assert len(done.contributions) == 3
    assert not queries.trace(program_id).adrift
    (target,) = targets(program_id)
    assert (target.id, target.metric_id, target.target) == (done.targets[0], "unanswered", Decimal("0.1"))
    assert {(each.item, each.person, each.letter) for each in duties(program_id)} == {
        (ids["C12"], mara, "C"),
        (ids["C05"], mara, "C"),
    }
    assert {each.planned for each in lines(program_id)} == {None}
    assert {each.currency for each in lines(program_id)} == {"EUR"}
    assert (len(done.risks), len(done.lines)) == (3, 3)
    assert done.sentence() == (
        "Adopted. New: 3 components, 1 target, 3 risks, 2 duties and 3 budget lines. "
        "The lines have no amounts yet: unknown is not zero."
    )
    again = adopt_use_case(owner, **given)
    assert again.sentence() == "Adopted. Everything it brings was there already."
    assert (len(lines(program_id)), len(targets(program_id))) == (3, 1)


def test_the_preview_says_what_adopting_then_does(owner: Actor, program_id: str) -> None:
    add_stakeholder(owner, program_id=program_id, name="Mara", function="service")
    before = queries.preview(program_id, "service_peers")
    done = adopt_use_case(owner, program_id=program_id, catalog_id="service_peers")
    new = {kind: sum(each.kind == kind and not each.there for each in before) for kind in ("component", "risk", "line")}
    assert (len(done.components), len(done.risks), len(done.lines)) == (new["component"], new["risk"], new["line"])
    assert len(done.duties) == sum(each.brings == "consulted (C)" for each in before)
    after = queries.preview(program_id, "service_peers")
    assert all(each.there for each in after if each.kind in ("component", "risk", "line"))
    assert [each.brings for each in after if each.kind == "metric"] == ["proposed; a target when you state one"] * 2


def test_adopting_leaves_what_is_settled_as_it_is(owner: Actor, program_id: str) -> None:
    (listening,) = adopt(owner, program_id=program_id, proposals=["C12"])
    mara = add_stakeholder(owner, program_id=program_id, name="Mara", function="service")
    set_duty(owner, program_id=program_id, component_id=listening, stakeholder_id=mara, letters="A", before="")
    own = add_component(owner, program_id=program_id, name="Processes and operations")
    done = adopt_use_case(owner, program_id=program_id, catalog_id="service_response")
    assert {(each.item, each.letter) for each in duties(program_id)} == {(listening, "A"), (own, "C")}
    assert len(done.components) == 1
    assert done.contributions == ()


def test_a_risk_is_shared_by_no_two_use_cases(owner: Actor, program_id: str) -> None:
    first = adopt_use_case(owner, program_id=program_id, catalog_id="service_response")
    second = adopt_use_case(owner, program_id=program_id, catalog_id="marketing_response")
    assert not set(first.risks) & set(second.risks)
    assert len(second.components) == 0


def test_a_refused_adoption_leaves_nothing(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid, match="no use case"):
        adopt_use_case(owner, program_id=program_id, catalog_id="dancing")
    with pytest.raises(Invalid, match="proposes no metric"):
        adopt_use_case(owner, program_id=program_id, catalog_id="service_peers", targets={"win_rate": Decimal(1)})
    with pytest.raises(Missing):
        adopt_use_case(owner, program_id=program_id, catalog_id="service_peers", objective_id="0" * 32)
    with pytest.raises(Refused):
        adopt_use_case(person(owner, program_id, "viewer"), program_id=program_id, catalog_id="service_peers")
    assert components(program_id) == []
    assert queries.use_cases(program_id) == []


def test_a_program_words_use_cases_its_own_way(owner: Actor, program_id: str) -> None:
    mine = add_use_case(owner, program_id=program_id, title="Garden help", catalog_id="service_peers")
    with pytest.raises(Invalid, match="already"):
        add_use_case(owner, program_id=program_id, title="Other", catalog_id="service_peers")
    with pytest.raises(Invalid, match="already has a use case"):
        add_use_case(owner, program_id=program_id, title="Garden help")
    assert adopt_use_case(owner, program_id=program_id, catalog_id="service_peers").use_case_id == mine
    (found,) = queries.use_cases(program_id)
    assert (found.title, found.adopted_at) == ("Garden help", owner.now)
    change_use_case(owner, program_id=program_id, use_case_id=mine, version=found.version, title="Help in the garden")
    remove_use_case(owner, program_id=program_id, use_case_id=mine, version=found.version + 1)
    assert queries.use_cases(program_id) == []
    assert len(components(program_id)) == 3


def test_a_program_that_adopted_a_use_case_comes_back_from_its_file(owner: Actor, program_id: str) -> None:
    adopt_use_case(owner, program_id=program_id, catalog_id="service_peers")
    made = import_program(owner, content=export_program(program_id))
    keys = [{risk.proposal for risk in risks(each)} for each in (program_id, made)]
    assert keys[0] == keys[1] != {None}


def test_a_file_with_a_note_in_no_cell_of_its_canvas_is_refused(owner: Actor, program_id: str) -> None:
    add_note(owner, program_id=program_id, canvas="swot", cell="threats", text="They leave")
    add_use_case(owner, program_id=program_id, title="Garden help", catalog_id="service_peers")
    whole = export_program(program_id)
    made = import_program(owner, content=whole)
    assert [(each.canvas, each.cell) for each in queries.notes(made)] == [("swot", "threats")]
    assert [each.catalog_id for each in queries.use_cases(made)] == ["service_peers"]
    for table, column, value in (
        ("canvas_note", "cell", "rivalry"),
        ("canvas_note", "canvas", "moods"),
        ("use_case", "catalog_id", "dancing"),
    ):
        content = unwrap(whole)
        content[table][0][column] = value
        with pytest.raises(Invalid, match=value):
            import_program(owner, content=wrap(content))
