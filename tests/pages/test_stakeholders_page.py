"""The stakeholders page as owner, viewer, stranger and on an empty program."""

from decimal import Decimal

import pytest

from program.access import Refused
from program.actions import stakeholders as actions
from program.queries.stakeholders import stakeholders
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, view, views, words
from tests.program.making import person

PAGE = "people/stakeholders.py"
MARKUP = "<img src=x onerror=alert(1)> :red[x] [y](javascript:alert(1))"


def add(owner: Actor, program_id: str, name: str = "Luc Perrin", **more: object) -> str:
    given = {"power": Decimal("8.1"), "interest": Decimal("2.3"), "stance": "resistant", **more}
    return actions.add_stakeholder(owner, program_id=program_id, name=name, **given)  # type: ignore[arg-type]


def test_an_empty_program_says_so_and_offers_the_first_form(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "Nobody is on the map yet."
    field(page, "text_input", "Name").set_value("Mara Lindqvist")
    field(page, "slider", "Power: how much say they have").set_value(8.6)
    press(page, "Put on the map")
    (mara,) = stakeholders(program_id)
    assert (mara.name, mara.power) == ("Mara Lindqvist", Decimal("8.6"))
    assert "Mara Lindqvist" in headline(page)


def test_the_answer_the_gaps_and_the_table_come_from_the_same_rows(owner: Actor, program_id: str) -> None:
    add(owner, program_id, wants="What does sales lose?")
    add(owner, program_id, "Sanna Aho", stance="leading", wanted_stance="leading")
    page = open_local(PAGE)
    assert "1 of 2" in headline(page)
    assert ">16.2<" in words(page)  # two steps from resistant to supportive, times power 8.1
    assert "What does sales lose?" in words(page)
    table = words(view(page, "Table"))
    assert "Sanna Aho" in table
    assert ">16.2<" in table


def test_a_viewer_sees_the_map_and_cannot_change_it(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    luc = add(owner, program_id)
    viewer = person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert "Luc Perrin" in words(page)
    assert views(page) == ["Map", "Table"]
    assert not page.button
    with pytest.raises(Refused):
        actions.move_stakeholder(
            viewer, program_id=program_id, stakeholder_id=luc, power=Decimal(1), interest=Decimal(1), version=1
        )


def test_an_editor_has_the_forms(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add(owner, program_id)
    person(owner, program_id, "editor")
    page = open_as(PAGE, "bo.editor@example.com", monkeypatch)
    assert views(page) == ["Map", "Table", "Add", "Edit"]


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "Luc Perrin" not in words(page)
    assert not views(page)


def test_fault_3_a_stale_edit_is_refused_and_both_versions_are_shown(owner: Actor, program_id: str) -> None:
    luc = add(owner, program_id)
    page = view(open_local(PAGE), "Edit")
    actions.change_stakeholder(owner, program_id=program_id, stakeholder_id=luc, version=1, title="Head of sales")
    field(page, "text_input", "Title").set_value("Director of sales")
    press(page, "Save")
    (kept,) = stakeholders(program_id)
    assert kept.title == "Head of sales"
    assert "Director of sales" in words(page)
    assert "Head of sales" in words(page)
    assert field(page, "text_input", "Title").value == "Head of sales"
    field(page, "text_input", "Title").set_value("Director of sales")
    press(page, "Save")
    assert stakeholders(program_id)[0].title == "Director of sales"


def test_fault_55_a_form_sent_twice_makes_one_row(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    page = view(open_local(PAGE), "Add")
    field(page, "text_input", "Name").set_value("Ida Holm")
    twice = page.session_state["form.stakeholder.add"]
    press(page, "Put on the map")
    actions.add_stakeholder(owner, program_id=program_id, name="Ida Holm", intention=twice.intention)
    assert [each.name for each in stakeholders(program_id)] == ["Ida Holm", "Luc Perrin"]
    assert field(page, "text_input", "Name").value == ""


def test_a_missing_name_is_said_and_the_rest_is_kept(program_id: str) -> None:
    page = open_local(PAGE)
    field(page, "text_input", "Title").set_value("Head of HR")
    press(page, "Put on the map")
    assert "Name is empty" in words(page)
    assert field(page, "text_input", "Title").value == "Head of HR"
    assert not stakeholders(program_id)


def test_fault_30_a_name_with_markup_is_shown_literally(owner: Actor, program_id: str) -> None:
    add(owner, program_id, MARKUP)
    page = open_local(PAGE)
    assert "<img" not in words(page)
    assert "&lt;img src=x" in words(view(page, "Table"))
    view(page, "Edit")
    assert field(page, "selectbox", "Who").options == [MARKUP]


def test_somebody_is_removed(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    page = view(open_local(PAGE), "Edit")
    press(page, "Remove")
    assert not stakeholders(program_id)
    assert headline(page) == "Nobody is on the map yet."
