"""The components page as owner, viewer, stranger and on an empty program."""

from datetime import date

import pytest

from program.access import Refused
from program.actions.components import add_component, adopt, change_component
from program.actions.ownership import set_duty
from program.actions.stakeholders import add_stakeholder
from program.queries.components import components
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, view, views, words
from tests.program.making import person

PAGE = "plan/components.py"


def test_an_empty_program_offers_the_catalog_and_adopts_in_one_step(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "The program has no components yet."
    assert views(page) == ["Proposed", "Add"]
    catalog = field(page, "multiselect", "Adopt from the catalog")
    assert len(catalog.options) == 15
    catalog.set_value(["C12", "C01"])
    page.run()
    press(page, "Adopt these 2")
    assert [(each.catalog_id, each.dimension_id) for each in components(program_id)] == [
        ("C01", "MI-INT"), ("C12", "ST-LIS")
    ]  # fmt: skip
    assert "“Listening and response” should lift" in words(page)
    assert "Register" in views(page)
    assert len(field(page, "multiselect", "Adopt from the catalog").options) == 13


def test_the_register_says_origin_stage_owner_and_what_is_late(owner: Actor, program_id: str) -> None:
    (listening,) = adopt(owner, program_id=program_id, proposals=["C12"])
    change_component(
        owner, program_id=program_id, component_id=listening, version=1, stage="budgeted", due_on=date(2026, 1, 10)
    )
    ida = add_stakeholder(owner, program_id=program_id, name="Ida Holm")
    add_component(owner, program_id=program_id, name="Our own")
    set_duty(owner, program_id=program_id, component_id=listening, stakeholder_id=ida, letters="A", before="")
    page = open_local(PAGE)
    shown = words(page)
    for said in ("step 3 of 7", "Ida Holm", "■ nobody", "10 Jan 2026", " late"):
        assert said in shown
    assert "late" in headline(page)
    assert "From the essay" not in shown
    assert "Added by you" not in shown
    assert "Origin: from the essay." in words(view(page, "Component"))


def test_adding_and_editing_lead_to_where_the_owner_is_settled(owner: Actor, program_id: str) -> None:
    made = add_component(owner, program_id=program_id, name="Desk")
    assert "Who answers for it is said once it is there" in words(view(open_local(PAGE), "Add"))
    page = view(open_local(PAGE), "Edit")
    assert "Nobody answers for it yet." in words(page)
    assert f"ownership?program={program_id}&amp;component={made}" in words(page)
    ida = add_stakeholder(owner, program_id=program_id, name="Ida Holm")
    set_duty(owner, program_id=program_id, component_id=made, stakeholder_id=ida, letters="A", before="")
    assert "Ida Holm answers for it." in words(page.run())


def test_fault_3_a_stale_edit_is_refused_and_both_versions_are_shown(owner: Actor, program_id: str) -> None:
    made = add_component(owner, program_id=program_id, name="Answer desk")
    page = view(open_local(PAGE), "Edit")
    change_component(owner, program_id=program_id, component_id=made, version=1, name="Answer room")
    field(page, "text_input", "Name").set_value("Reply desk")
    press(page, "Save")
    assert [each.name for each in components(program_id)] == ["Answer room"]
    assert "Reply desk" in words(page)
    assert field(page, "text_input", "Name").value == "Answer room"


def test_a_component_of_ones_own_is_added_once_changed_and_removed(program_id: str) -> None:
    page = view(open_local(PAGE), "Add")
    field(page, "text_input", "Name").set_value("Thank-you letters")
    field(page, "date_input", "Due").set_value(date(2030, 5, 1))
    press(page, "Add the component")
    (made,) = components(program_id)
    assert (made.name, made.due_on, made.origin) == ("Thank-you letters", date(2030, 5, 1), "own")
    view(page, "Edit")
    field(page, "selectbox", "Stage today").set_value("decided")
    press(page, "Save")
    assert components(program_id)[0].stage == "decided"
    press(page, "Remove")
    assert not components(program_id)
    assert headline(page) == "The program has no components yet."


def test_a_due_date_before_the_start_is_said(program_id: str) -> None:
    page = view(open_local(PAGE), "Add")
    field(page, "text_input", "Name").set_value("Letters")
    field(page, "date_input", "Starts").set_value(date(2030, 5, 1))
    field(page, "date_input", "Due").set_value(date(2030, 4, 1))
    press(page, "Add the component")
    assert "The due date is before the start. Choose a due date on or after" in words(page)
    assert field(page, "text_input", "Name").value == "Letters"
    assert not components(program_id)


def test_a_viewer_cannot_change_anything(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_component(owner, program_id=program_id, name="Answer desk")
    viewer = person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert views(page) == ["Register", "Component", "Gate", "Proposed"]
    view(page, "Proposed")
    assert not page.multiselect
    with pytest.raises(Refused):
        adopt(viewer, program_id=program_id, proposals=["C01"])


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add_component(owner, program_id=program_id, name="Answer desk")
    assert "Answer desk" not in words(open_as(PAGE, "stranger@example.com", monkeypatch))
