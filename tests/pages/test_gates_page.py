"""The components page from a low score to a gate: the thread, the criteria, evidence, decisions and addresses."""

from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from program.actions.components import add_component, adopt, change_component
from program.actions.gates import add_gate_evidence, decide_gate
from program.actions.ownership import set_duty
from program.actions.stakeholders import add_stakeholder
from program.queries.components import components
from program.queries.gates import gate
from program.values import Actor
from tests.pages.answered import answered_run
from tests.pages.opening import ROOT, field, headline, open_as, open_local, press, run, view, views, words
from tests.program.gated import meet
from tests.program.making import person

PAGE = "plan/components.py"


def at(**asked: str) -> AppTest:
    """Open the page by an address."""
    test = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    for name, value in asked.items():
        test.query_params[name.replace("__", ".")] = value
    return run(test)


def listening(owner: Actor, program_id: str) -> str:
    (made,) = adopt(owner, program_id=program_id, proposals=[("C12", "MI-VOC")])
    return made


def ida(owner: Actor, program_id: str, component_id: str, name: str = "Ida Holm") -> str:
    who = add_stakeholder(owner, program_id=program_id, name=name)
    set_duty(owner, program_id=program_id, component_id=component_id, stakeholder_id=who, letters="A", before="")
    return who


def test_a_dimension_in_the_address_opens_the_component_that_lifts_it(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    add_component(owner, program_id=program_id, name="Another")
    made = listening(owner, program_id)
    ida(owner, program_id, made)
    page = at(dimension="MI-VOC")
    assert headline(page) == (
        "“Listening and response” should lift voice of the customer, now 1.0 of 4; Ida Holm answers for it, and "
        "5 criteria keep it at “Thought through”."
    )
    shown = words(page)
    for place in ("results?", "ownership?", "budget?", "roadmap?", "engagement?", "risks?", "decisions?", "strategy?"):
        assert f'href="{place}program={program_id}' in shown, place
    assert "budget.component=Listening+and+response" in shown
    assert "aspect=Mindset" in shown
    assert page.query_params["component"] == made


def test_a_dimension_that_nothing_lifts_opens_what_is_proposed_for_it(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    page = at(dimension="MI-CUL")
    assert "Organization and collaboration" in words(page)
    assert "Vision and purpose" not in words(page)
    assert field(page, "multiselect", "Adopt from the catalog").value == ["C04"]


def test_adopting_says_what_to_do_next(owner: Actor, program_id: str) -> None:
    answered_run(owner, program_id)
    page = at(dimension="MI-CUL")
    press(page, "Adopt this one")
    assert "✓ Adopted “Organization and collaboration”." in words(page)
    for next_ in ("Write its goal", "Name who answers for it", "See its gate"):
        assert next_ in words(page)
    assert "✓ Adopted" not in words(page.run())


def test_a_component_in_the_address_is_shown_and_another_one_may_be_chosen(owner: Actor, program_id: str) -> None:
    names = ("Desk", "Desk room")
    first, second = (add_component(owner, program_id=program_id, name=name) for name in names)
    page = at(component=second)
    assert headline(page).startswith("“Desk room” names no part of the assessment")
    which = field(page, "selectbox", "Which")
    assert which.options == list(names)
    which.set_value(first)
    run(page)
    assert headline(page).startswith("“Desk” names no part")
    assert page.query_params["component"] == first
    assert "2 of" not in words(view(page, "Register"))
    assert "component" not in page.query_params


@pytest.mark.parametrize("asked", [{"component": "f" * 32}, {"dimension": "XX"}, {"component": "<b>"}])
def test_an_address_that_names_nothing_shows_the_register(owner: Actor, program_id: str, asked: dict[str, str]) -> None:
    add_component(owner, program_id=program_id, name="Desk")
    assert "1 component. The gate counts" in words(at(**asked))


def test_the_register_is_filtered_by_stage_pillar_aspect_and_owner(owner: Actor, program_id: str) -> None:
    made = listening(owner, program_id)
    ida(owner, program_id, made)
    other = add_component(owner, program_id=program_id, name="Desk", pillar="service")
    change_component(owner, program_id=program_id, component_id=other, version=1, stage="budgeted")
    for label, choice, kept, left in (
        ("Stage", "Budgeted", "Desk", "Listening and response"),
        ("Pillar", "Service", "Desk", "Listening and response"),
        ("Aspect", "Mindset", "Listening and response", "Desk"),
        ("Owner", "Ida Holm", "Listening and response", "Desk"),
        ("Owner", "Nobody", "Desk", "Listening and response"),
    ):
        page = open_local(PAGE)
        field(page, "multiselect", label).set_value([choice])
        shown = words(run(page))
        assert f">{kept}</span></a>" in shown, (label, choice)
        assert f">{left}</span></a>" not in shown, (label, choice)
        assert "1 of 2 components." in shown


def test_social_data_without_a_record_of_transactions_is_a_finding(owner: Actor, program_id: str) -> None:
    listening(owner, program_id)
    page = open_local(PAGE)
    assert "Social data without a record of transactions" in words(page)
    adopt(owner, program_id=program_id, proposals=["C06"])
    assert "without a record" not in words(page.run())


def test_the_gate_lists_its_criteria_takes_evidence_and_gives_it_back(owner: Actor, program_id: str) -> None:
    made = listening(owner, program_id)
    page = view(open_local(PAGE), "Gate")
    assert headline(page).startswith(
        "“Listening and response” cannot leave “Thought through” because it has no goal yet"
    )
    for said in ("■ not met", "○ unknown", "Nothing is attached yet.", "0 of 6 criteria met."):
        assert said in words(page)
    field(page, "text_area", "What shows it").set_value("Forty calls <i>in May</i>")
    press(page, "Attach it")
    assert "One piece of evidence is attached." in words(page)
    assert "Forty calls &lt;i&gt;in May&lt;/i&gt;" in words(page)
    (back,) = (each for each in page.button if each.label.startswith("Take back"))
    back.click()
    run(page)
    assert not gate(program_id, made, today=date(2026, 3, 2)).criteria[-1].evidence


def test_a_gate_is_passed_with_a_waiver_that_names_what_it_lets_pass(owner: Actor, program_id: str) -> None:
    made = listening(owner, program_id)
    who = ida(owner, program_id, made)
    meet(owner, program_id, made, "thought_through", who)
    page = view(open_local(PAGE), "Gate")
    assert field(page, "selectbox", "Decision").options == ["Hold", "Pass with a waiver", "Stop"]
    field(page, "selectbox", "Decision").set_value("waive")
    run(page)
    assert field(page, "selectbox", "Who decides").value == who
    field(page, "text_area", "Why").set_value("The board wants it now.")
    field(page, "text_area", "Who disagreed, and why").set_value("Bo: nobody was asked.")
    press(page, "Pass with the waiver")
    assert "It cannot pass because nobody has answered the assessment yet" in words(page)
    assert field(page, "text_area", "Why").value == "The board wants it now."
    open_ = field(page, "multiselect", "Let pass though not met")
    open_.set_value(["need", "perspectives"])
    assert "You let 2 of 6 criteria pass though not met." in words(run(page))
    today = field(page, "date_input", "On").value
    until = field(page, "date_input", "The waiver holds until")
    assert until.value == today + timedelta(days=90)
    until.set_value(None)
    press(page, "Pass with the waiver")
    assert "The waiver holds until is empty." in words(page)
    assert components(program_id)[0].stage == "thought_through"
    field(page, "date_input", "The waiver holds until").set_value(today + timedelta(days=30))
    press(page, "Pass with the waiver")
    assert components(program_id)[0].stage == "decided"
    shown = words(page)
    for said in (
        "▲ Pass with a waiver",
        "Thought through → Decided",
        "Bo: nobody was asked.",
        "Let pass at earlier gates",
    ):
        assert said in shown
    let_pass = shown.partition("Let pass at earlier gates")[2].partition("</table>")[0]
    assert (let_pass.count("○ unknown"), let_pass.count("not met")) == (2, 0)


def test_a_gate_with_everything_met_is_passed_and_can_be_set_back(owner: Actor, program_id: str) -> None:
    made = listening(owner, program_id)
    who = ida(owner, program_id, made)
    change_component(owner, program_id=program_id, component_id=made, version=1, stage="tweaked")
    meet(owner, program_id, made, "tweaked", who)
    page = view(open_local(PAGE), "Gate")
    assert "It came to its stage by hand" in words(page)
    assert field(page, "selectbox", "Decision").options == ["Pass", "Hold", "Stop"]
    assert field(page, "selectbox", "It goes on to").options == ["Followed through", "Rebuilt"]
    field(page, "selectbox", "It goes on to").set_value("rebuilt")
    field(page, "text_area", "Why").set_value("It is done.")
    press(page, "Pass the gate")
    assert components(program_id)[0].stage == "rebuilt"
    field(page, "selectbox", "Stage").set_value("organized")
    press(page, "Set it back")
    assert components(program_id)[0].stage == "organized"
    assert "Stage today" not in {each.label for each in view(page, "Edit").selectbox}


def test_without_people_nobody_decides(owner: Actor, program_id: str) -> None:
    listening(owner, program_id)
    assert "A gate is decided by somebody on the map" in words(view(open_local(PAGE), "Gate"))


def test_the_register_says_what_is_held_and_what_ran_out(owner: Actor, program_id: str) -> None:
    made = listening(owner, program_id)
    who = ida(owner, program_id, made)
    meet(owner, program_id, made, "thought_through", who)
    both = ["need", "perspectives"]
    given: dict[str, Any] = {"program_id": program_id, "component_id": made, "decider_id": who, "reason": "So."}
    version = components(program_id)[0].version
    until = date(2026, 3, 20)
    decide_gate(owner, **given, version=version, outcome="waive", waived=both, expires_on=until)
    decide_gate(owner, **given, version=version + 1, outcome="hold")
    shown = words(open_local(PAGE))
    assert "▲ on hold" in shown
    shown = words(view(open_local(PAGE), "Gate"))
    assert "▲ 2 waivers ran out" in shown
    assert shown.count("It is still unknown.") == 2


def test_a_component_without_a_part_of_the_assessment_is_led_to_its_own_form(owner: Actor, program_id: str) -> None:
    made = add_component(owner, program_id=program_id, name="Desk")
    assert "component.view=Edit" in _row_of(view(open_local(PAGE), "Gate"), "should lift has a score")
    assert "component.view=Edit" in _row_of(at(component=made, component__view="Component"), "names no part of")


def _row_of(page: AppTest, said: str) -> str:
    return next(each for each in words(page).split("<tr>")[1:] if said in each)


def test_a_viewer_reads_the_gate_and_enters_nothing(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = listening(owner, program_id)
    add_gate_evidence(owner, program_id=program_id, component_id=made, criterion="listening", note="Calls")
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert views(page) == ["Register", "Component", "Gate", "Proposed"]
    view(page, "Gate")
    assert "One piece of evidence is attached." in words(page)
    assert not page.text_area
    assert {each.label for each in page.button} <= {"Overview"}
