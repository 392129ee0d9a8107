"""The ownership page as owner, viewer, stranger and on an empty program: what each view says."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import loads, owning, tables
from program.access import Refused
from program.actions.budget import add_line
from program.actions.components import add_component
from program.actions.ownership import add_item, complete_hand_over, hand_over, set_duty, set_ladder
from program.actions.stakeholders import add_stakeholder
from program.queries.ownership import handovers, ladder, matrix
from program.queries.stakeholders import stakeholders
from program.values import Actor
from tests.pages.opening import ROOT, field, headline, open_as, open_local, press, run, words
from tests.pages.owned import PAGE, Drawn, fill
from tests.program.making import person


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    return Drawn(monkeypatch)


@pytest.fixture
def cell(owner: Actor, program_id: str) -> dict[str, str]:
    """One component and one person without a duty."""
    return {
        "program_id": program_id,
        "component_id": add_component(owner, program_id=program_id, name="Answer desk"),
        "stakeholder_id": add_stakeholder(owner, program_id=program_id, name="Ida <b>Holm</b>"),
    }


def at_view(name: str, about: str = "Components") -> AppTest:
    page = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    page.session_state["duty.view"] = name
    page.session_state["duty.about"] = about
    return run(page)


@pytest.mark.usefixtures("program_id")
def test_without_components_the_next_step_is_to_choose_them() -> None:
    page = open_local(PAGE)
    assert headline(page) == "No components to own yet."
    assert [each.label for each in page.button] == ["Choose the components"]


def test_without_people_the_next_step_is_the_map(owner: Actor, program_id: str) -> None:
    add_component(owner, program_id=program_id, name="Answer desk")
    assert [each.label for each in open_local(PAGE).button] == ["Put people on the map"]


@pytest.mark.parametrize("name", ["Matrix", "Ladder", "Handovers"])
def test_with_people_and_without_components_each_view_says_so(owner: Actor, program_id: str, name: str) -> None:
    add_stakeholder(owner, program_id=program_id, name="Ida Holm")
    page = at_view(name)
    assert headline(page) == "No components to own yet."
    assert [each.label for each in page.button] == ["Choose the components"]


def test_decisions_can_be_owned_before_there_is_a_component(owner: Actor, program_id: str, drawn: Drawn) -> None:
    add_stakeholder(owner, program_id=program_id, name="Ida Holm")
    page = at_view("Matrix", "Decisions")
    assert headline(page) == "No decisions to own yet."
    assert "A decision is a question that comes up again" in words(page)
    assert drawn.matrix["own"]
    assert drawn.matrix["kind"] == ("decision", "decisions")


def test_a_component_in_the_address_is_marked(cell: dict[str, str], drawn: Drawn) -> None:
    page = AppTest.from_file(ROOT / "pages" / PAGE, default_timeout=20)
    page.query_params["component"] = cell["component_id"]
    run(page)
    assert drawn.matrix["here"] == cell["component_id"]


def test_findings_are_said_as_they_are(owner: Actor, cell: dict[str, str], drawn: Drawn) -> None:
    page = open_local(PAGE)
    assert headline(page) == "1 of 1 component has no accountable owner: Answer desk."
    first = drawn.matrix["findings"][0]
    assert first["sentence"] == "Nobody has a duty on “Answer desk”."
    assert first["fix"]["sentence"] == "Make Ida <b>Holm</b> accountable and responsible"
    assert drawn.matrix["told"] == "1 rule broken, 1 to watch"
    set_duty(owner, **cell, letters="A/R", before="")
    page = open_local(PAGE)
    assert headline(page) == "Every component has one accountable owner and somebody who does the work."
    assert not [each for each in drawn.matrix["findings"] if each["severity"] == "error"]


def test_a_viewer_reads_the_matrix_and_cannot_change_it(
    owner: Actor, cell: dict[str, str], monkeypatch: pytest.MonkeyPatch, drawn: Drawn
) -> None:
    viewer = person(owner, cell["program_id"], "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert "Answer desk" in headline(page)
    assert (drawn.matrix["editable"], drawn.matrix["own"]) == (False, False)
    with pytest.raises(Refused):
        set_duty(viewer, **cell, letters="A", before="")
    assert not matrix(cell["program_id"]).letters


@pytest.mark.usefixtures("cell")
def test_a_stranger_sees_nothing(monkeypatch: pytest.MonkeyPatch, drawn: Drawn) -> None:
    assert "Answer desk" not in words(open_as(PAGE, "stranger@example.com", monkeypatch))
    assert not drawn.matrices


def test_the_file_of_the_matrix_has_its_rows(owner: Actor, program_id: str) -> None:
    fill(owner, program_id, ["Help forum,Ann,A/R", "Help forum,Bo,C", "Answer desk,Bo,A"])
    file = tables.as_csv(owning.as_table(matrix(program_id))).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file))) == [
        ["Component", "Rules", "Ann", "Bo"],
        ["Answer desk", "RACI", "", "A"],
        ["Help forum", "RACI", "A/R", "C"],
    ]


def test_loads_name_whoever_carries_too_much_then_whoever_carries_nothing(owner: Actor, program_id: str) -> None:
    ids = fill(owner, program_id, [*(f"Campaign {number},Ann,A/R" for number in range(1, 6)), ",Bo,"])
    page = at_view("People")
    assert headline(page) == "1 of 2 people has no duty: Bo."
    assert "○ no duty" in words(page)
    ids |= fill(owner, program_id, ["Campaign 6,Cy,R"])
    item = {"component_id": ids["Campaign 6"], "stakeholder_id": ids["Ann"]}
    set_duty(owner, program_id=program_id, **item, letters="A", before="")
    page = at_view("People")
    assert headline(page) == "Ann answers for 6 items. More than 5 is too many to follow."
    assert "▲ too many" in words(page)


def test_loads_are_of_one_function_or_of_one_person(owner: Actor, program_id: str) -> None:
    fill(owner, program_id, ["Help forum,Ann,A/R", "Help forum,Bo,C"])
    add_stakeholder(owner, program_id=program_id, name="Cy", function="service")
    page = at_view("People")
    page.selectbox(key="duty.function").select("service")
    assert headline(run(page)) == "1 of 1 person has no duty: Cy."
    assert "Ann" not in words(page)
    ann = next(each.id for each in stakeholders(program_id) if each.name == "Ann")
    page.selectbox(key="duty.function").select("")
    run(page)
    page.selectbox(key="duty.person").select(ann)
    assert "Accountable and responsible" in words(run(page))


def test_a_resistant_owner_is_a_proposed_risk_with_where_to_mend_it(owner: Actor, cell: dict[str, str]) -> None:
    ivo = add_stakeholder(owner, program_id=cell["program_id"], name="Ivo", stance="resistant")
    set_duty(owner, **cell | {"stakeholder_id": ivo}, letters="A/R", before="")
    page = at_view("People")
    assert "Ivo is accountable for “Answer desk” and resistant." in words(page)
    assert loads.MEND["resistant_accountable"] in words(page)
    page = press(page, "Open the matrix")
    assert page.session_state["duty.view"] == "Matrix"


def test_the_ladder_says_what_is_not_known_what_is_apart_and_what_is_too_much(
    owner: Actor, program_id: str, drawn: Drawn
) -> None:
    ids = fill(owner, program_id, ["Help forum,Ann,A/R", "Answer desk,Bo,A/R"])
    assert headline(at_view("Ladder")) == "Nobody has said yet how 2 components are owned."

    def stages(name: str, stage: str, wanted: str | None, version: int) -> None:
        one = {"program_id": program_id, "component_id": ids[name]}
        set_ladder(owner, **one, stage=stage, wanted=wanted, version=version)

    stages("Help forum", "network", "team", 1)
    assert headline(at_view("Ladder")) == "1 of 2 components is not yet owned as it should be: Help forum."
    stages("Help forum", "network", None, 2)
    assert headline(at_view("Ladder")) == "1 of 2 components has no stage yet."
    for name, planned in (("Help forum", 30), ("Answer desk", 70)):
        add_line(owner, program_id=program_id, component_id=ids[name], name=name, planned=Decimal(planned))
    page = at_view("Ladder")
    assert headline(page) == "Ann answers for more money than a self-organizing network should."
    assert "Ann answers for 30% of the planned budget" in words(page)
    assert "it is optional, not the goal" in words(page)
    shown = {row["name"]: (row["owner"], row["share"], row["stage"]) for row in drawn.ladder["rows"]}
    assert shown == {"Answer desk": ("Bo", "70", None), "Help forum": ("Ann", "30", "network")}
    open_local(PAGE)
    assert [each["else"] for each in drawn.matrix["findings"] if each["code"] == "network_owner"] != [""]
    stages("Help forum", "team", "team", 3)
    stages("Answer desk", "coordinator", "coordinator", 1)
    assert headline(at_view("Ladder")) == "Every component is owned as it should be."
    assert {rung.stage for rung in ladder(program_id)} == {"team", "coordinator"}


def test_a_handover_is_planned_shown_late_carried_out_and_cancelled(owner: Actor, program_id: str) -> None:
    ids = fill(owner, program_id, ["Help forum,Ann,A/R", "Answer desk,Bo,A/R"])
    page = at_view("Handovers")
    assert headline(page) == "No handover is planned."
    ahead = date.today() + timedelta(days=9)  # noqa: DTZ011  the page's today
    field(page, "selectbox", "Component").select(ids["Help forum"])
    field(page, "selectbox", "Goes to").select(ids["Bo"])
    field(page, "date_input", "On").set_value(ahead)
    page = press(page, "Plan the handover")
    assert headline(page).startswith("Help forum goes from Ann to Bo on ")
    hand_over(owner, program_id=program_id, component_id=ids["Answer desk"], to_id=ids["Ann"], on=date(2026, 1, 9))
    page = at_view("Handovers")
    assert headline(page) == "1 handover is overdue: Answer desk should have gone to Ann on 9 Jan 2026."
    assert "days overdue" in words(page)
    page.button(key=f"handover.done.{handovers(program_id)[0].id}").click()
    run(page)
    assert matrix(program_id).letters[ids["Answer desk"], ids["Ann"]] == "A"
    assert headline(page).startswith("Help forum goes from Ann to Bo on ")
    page.button(key=f"handover.cancel.{handovers(program_id)[0].id}").click()
    run(page)
    assert headline(page) == "No handover is planned."
    assert [each.done_at is not None for each in handovers(program_id)] == [True]


def test_a_handover_whose_owner_changed_is_refused_with_both_shown(owner: Actor, program_id: str) -> None:
    ids = fill(owner, program_id, ["Help forum,Ann,A/R", ",Bo,", ",Cy,"])
    hand_over(owner, program_id=program_id, component_id=ids["Help forum"], to_id=ids["Bo"], on=date(2030, 1, 9))
    page = at_view("Handovers")
    for name, letters, before in (("Ann", "R", "A/R"), ("Cy", "A", "")):
        cell = {"component_id": ids["Help forum"], "stakeholder_id": ids[name]}
        set_duty(owner, program_id=program_id, **cell, letters=letters, before=before)
    page.button(key=f"handover.done.{handovers(program_id)[0].id}").click()
    run(page)
    assert "while you were editing it" in words(page)
    assert "<td>Ann</td><td>Cy</td>" in words(page)
    assert handovers(program_id)[0].done_at is None


def test_a_viewer_has_no_buttons_on_a_handover(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = fill(owner, program_id, ["Help forum,Ann,A/R", ",Bo,"])
    planned = hand_over(
        owner, program_id=program_id, component_id=ids["Help forum"], to_id=ids["Bo"], on=date(2026, 1, 9)
    )
    viewer = person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    page.session_state["duty.view"] = "Handovers"
    assert "overdue" in headline(run(page))
    assert not [each.label for each in page.button]
    with pytest.raises(Refused):
        complete_hand_over(viewer, program_id=program_id, handover_id=planned, version=1)


def test_an_item_of_each_kind_stands_in_its_own_matrix(owner: Actor, program_id: str, drawn: Drawn) -> None:
    fill(owner, program_id, ["Help forum,Ann,A/R"])
    add_item(owner, program_id=program_id, kind="decision", name="Who may answer", scheme="daci")
    at_view("Matrix", "Decisions")
    assert [(each["name"], each["scheme"]) for each in drawn.matrix["components"]] == [("Who may answer", "daci")]
    assert drawn.matrix["carries"] == ["Answers for, in all", "Does the work, in all"]
    assert drawn.matrix["loads"][drawn.matrix["people"][0]["id"]]["answers"] == 1
