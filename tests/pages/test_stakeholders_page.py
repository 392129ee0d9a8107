"""The stakeholders page as owner, viewer, stranger and on an empty program."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pages.ui import text
from pages.ui.register_form import Degree
from program.access import Refused
from program.actions import components, ownership
from program.actions import stakeholders as actions
from program.queries import programs
from program.queries.stakeholders import stakeholders, stand_ins, steps
from program.values import Actor, Invalid
from tests.pages.opening import field, headline, open_as, open_local, press, run, view, views, words
from tests.program.making import later, person

PAGE = "people/stakeholders.py"
MARKUP = "<img src=x onerror=alert(1)> :red[x] [y](javascript:alert(1))"
EDITOR_VIEWS = ["Map", "Table", "Paste", "Add", "Edit", "History"]


def add(owner: Actor, program_id: str, name: str = "Luc Perrin", **more: object) -> str:
    given = {"power": Decimal("8.1"), "interest": Decimal("2.3"), "stance": "resistant", **more}
    return actions.add_stakeholder(owner, program_id=program_id, name=name, **given)  # type: ignore[arg-type]


def test_an_empty_program_says_so_and_offers_the_first_form(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "Nobody is on the map yet."
    assert views(page) == ["Add one by one", "Paste rows"]
    field(page, "text_input", "Name").set_value("Mara Lindqvist")
    field(page, "number_input", "Power").set_value(8.6)
    press(page, "Put on the map")
    (mara,) = stakeholders(program_id)
    assert (mara.name, mara.power) == ("Mara Lindqvist", Decimal("8.6"))
    assert (mara.legitimacy, mara.urgency, mara.is_group) == (None, None, False)
    assert "Mara Lindqvist" in headline(page)
    assert field(page, "text_input", "Name").value == ""  # the next empty form, on the same view


def test_the_answer_and_the_gaps_come_from_the_same_rows(owner: Actor, program_id: str) -> None:
    add(owner, program_id, wants="What does sales lose?")
    add(owner, program_id, "Sanna Aho", stance="leading", wanted_stance="leading")
    page = open_local(PAGE)
    assert "1 of 2" in headline(page)
    assert ">16.2<" in words(page)  # two steps from resistant to supportive, times power 8.1
    assert "What does sales lose?" in words(page)
    press(page, "Record the next step")
    assert field(page, "selectbox", "Who").value == stakeholders(program_id)[0].id
    assert field(page, "text_input", "What to do").value == ""


def test_the_map_says_whom_to_answer_first(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    assert "Not known yet: it takes legitimacy" in words(open_local(PAGE))
    add(owner, program_id, "Sanna Aho", legitimacy=Decimal(7), urgency=Decimal(9))
    add(owner, program_id, "Ivo Brandt", legitimacy=Decimal(7), urgency=Decimal(0))
    said = words(open_local(PAGE))
    assert "Sanna Aho\u2069</b> is definitive." in said
    assert "Legitimacy or urgency of 1 person is not known." in said


def test_the_map_says_what_could_go_wrong_and_where_to_mend_it(owner: Actor, program_id: str) -> None:
    luc = add(owner, program_id)
    desk = components.add_component(owner, program_id=program_id, name="Answer desk")
    ownership.set_duty(owner, program_id=program_id, component_id=desk, stakeholder_id=luc, letters="A", before="")
    page = open_local(PAGE)
    assert "Luc Perrin is accountable for “Answer desk” and resistant." in words(page)
    assert "Open Ownership" in [each.label for each in page.button]


def test_a_viewer_sees_the_map_and_cannot_change_it(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    luc = add(owner, program_id)
    viewer = person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert "Luc Perrin" in words(page)
    assert views(page) == ["Map", "Table", "History"]
    assert not page.button
    with pytest.raises(Refused):
        actions.move_stakeholder(
            viewer, program_id=program_id, stakeholder_id=luc, power=Decimal(1), interest=Decimal(1), version=1
        )


def test_a_viewer_of_an_empty_program_has_no_form(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert headline(page) == "Nobody is on the map yet."
    assert not views(page)
    assert not page.button


def test_an_editor_has_the_forms(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add(owner, program_id)
    person(owner, program_id, "editor")
    page = open_as(PAGE, "bo.editor@example.com", monkeypatch)
    assert views(page) == EDITOR_VIEWS


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


def test_what_is_not_known_is_never_zero(owner: Actor, program_id: str) -> None:
    add(owner, program_id, legitimacy=Decimal("7.25"), gain_customers="Answers\nwithin the day")
    page = view(open_local(PAGE), "Edit")
    assert field(page, "number_input", "Urgency").value is None
    field(page, "number_input", "Urgency").set_value(0)
    press(page, "Save")
    (luc,) = stakeholders(program_id)
    assert (luc.legitimacy, luc.urgency, luc.gain_customers) == (Decimal("7.25"), Decimal(0), "Answers\nwithin the day")
    assert "Salience: dominant" in words(page)


def test_an_emptied_number_is_not_known_where_that_is_an_answer() -> None:
    assert Degree("legitimacy", "Legitimacy", none="not known").read(None) is None
    assert Degree("power", "Power").read(8.1) == Decimal("8.1")
    with pytest.raises(Invalid, match=r"Power is empty\. Enter a number from 0 to 10\."):
        Degree("power", "Power").read(None)


def test_the_questions_come_in_their_order(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    asked = ["For their customers", "For their team", "For them", "What they see in Social CRM"]
    page = open_local(PAGE)
    kinds = {"Add": "text_input", "Edit": "text_area"}
    for name, kind in kinds.items():
        fields: Any = view(page, name).get(kind)
        labels = [each.label for each in fields]
        assert [label for label in labels if label in asked] == asked
        numbers = [each.label for each in page.number_input]
        assert numbers[:4] == ["Power", "Interest", "Legitimacy", "Urgency"]


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
    assert "&lt;img src=x" in words(view(page, "History"))
    assert "<img" not in words(page)
    view(page, "Edit")
    assert field(page, "selectbox", "Who").options == [MARKUP]


def test_somebody_is_removed(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    page = view(open_local(PAGE), "Edit")
    press(page, "Remove")
    assert not stakeholders(program_id)
    assert headline(page) == "Nobody is on the map yet."


def test_a_step_is_planned_done_and_taken_back(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    ann = add(owner, program_id, "Ann Olofsson")
    page = view(open_local(PAGE), "Edit")
    field(page, "selectbox", "Who").set_value(stakeholders(program_id)[1].id)
    run(page)
    field(page, "text_input", "What to do").set_value("Show sales what service answers")
    field(page, "selectbox", "Who does it").set_value(ann)
    field(page, "date_input", "Due").set_value(date(2026, 3, 1))
    press(page, "Plan it")
    (step,) = steps(program_id)
    assert (step.what, step.owner_id, step.due_on) == ("Show sales what service answers", ann, date(2026, 3, 1))
    assert "1 overdue" in words(page)
    assert "Ann Olofsson" in words(page)
    press(page, "Done")
    assert steps(program_id)[0].done_at is not None
    assert "1 overdue" not in words(page)
    press(page, "Not done")
    assert steps(program_id)[0].done_at is None


def test_a_stale_step_is_not_closed_and_says_so(owner: Actor, program_id: str) -> None:
    luc = add(owner, program_id)
    step = actions.add_step(owner, program_id=program_id, stakeholder_id=luc, what="Ask")
    page = view(open_local(PAGE), "Edit")
    actions.change_step(owner, program_id=program_id, step_id=step, version=1, what="Ask again")
    press(page, "Done")
    assert steps(program_id)[0].done_at is None
    assert "while you were editing it" in words(page)
    assert "Ask again" in words(page)


def test_a_stand_in_is_chosen(owner: Actor, program_id: str) -> None:
    luc = add(owner, program_id)
    ann = add(owner, program_id, "Ann Olofsson")
    page = view(open_local(PAGE), "Edit")
    field(page, "selectbox", "Who").set_value(luc)
    run(page)
    field(page, "multiselect", "Who could stand in").set_value([ann])
    run(page)
    assert stand_ins(program_id) == {luc: [ann]}
    actions.set_stand_in(owner, program_id=program_id, stakeholder_id=luc, stand_in_id=ann, can=False, before=True)
    run(page)
    assert field(page, "multiselect", "Who could stand in").value == []


def test_the_history_says_what_changed_when_and_by_whom(owner: Actor, program_id: str) -> None:
    luc = add(owner, program_id)
    add(owner, program_id, "Ann Olofsson")
    actions.change_stakeholder(
        later(owner, hours=2),
        program_id=program_id,
        stakeholder_id=luc,
        version=1,
        power=Decimal(6),
        stance="neutral",
        urgency=Decimal(3),
        title="Head of sales",
    )
    page = view(open_local(PAGE), "History")
    said = words(page)
    assert "Power 8.1 → 6.0, urgency not known → 3.0, stance now resistant → neutral" in said
    assert "Title changed" in said
    assert text.moment(later(owner, hours=2).now, programs.programs_of(owner.user_id)[0].time_zone) in said
    assert owner.name in said
    field(page, "selectbox", "Whose history").set_value(stakeholders(program_id)[0].id)
    run(page)
    assert "Power 8.1" not in words(page)
    assert "On the map: power 8.1, interest 2.3, resistant, wanted supportive" in words(page)


def test_namesakes_are_told_apart_where_one_is_chosen(owner: Actor, program_id: str) -> None:
    for title in ("Head of sales", "Head of care", "Head of care"):
        add(owner, program_id, "Ann Lee", title=title)
    page = view(open_local(PAGE), "Edit")
    who = field(page, "selectbox", "Who")
    assert sorted(who.options) == ["Ann Lee, Head of care", "Ann Lee, Head of care (2)", "Ann Lee, Head of sales"]
    chosen = next(each.id for each in stakeholders(program_id) if each.title == "Head of sales")
    who.set_value(chosen)
    run(page)
    field(page, "text_input", "Contact").set_value("ann@example.com")
    press(page, "Save")
    assert [each.id for each in stakeholders(program_id) if each.contact] == [chosen]
