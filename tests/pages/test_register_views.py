"""The register's rows: pasted, shown as what they would change, put on the map together; and out as a table."""

import json
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from program.actions import stakeholders as actions
from program.queries.stakeholders import stakeholders
from program.register_file import COLUMNS, read_register
from program.register_file import register_table as as_rows
from program.reports import exports
from program.values import Actor
from tests.pages.opening import field, headline, open_local, press, run, view, words

PAGE = "people/stakeholders.py"
AREA = "Rows from a spreadsheet"
HOSTILE = ["<b>Ann</b>", "=1+1", "\u202eevil\u202c", "N" * 200, "Zoë 🐙", "[x](javascript:alert(1))"]


def add(owner: Actor, program_id: str, name: str = "Luc Perrin", **more: object) -> str:
    given = {"power": Decimal("8.1"), "interest": Decimal("2.3"), "stance": "resistant", **more}
    return actions.add_stakeholder(owner, program_id=program_id, name=name, **given)  # type: ignore[arg-type]


def paste(page: AppTest, text: str) -> AppTest:
    field(page, "text_area", AREA).set_value(text)
    return run(page)


def buttons(page: AppTest) -> list[str]:
    return [each.label for each in page.button]


def table(page: AppTest) -> str:
    found = [json.loads(each.proto.json) for each in page.get("bidi_component") if '"ranks"' in each.proto.json]
    return str(found[0]["html"])


def test_fifteen_names_are_pasted_into_an_empty_program(program_id: str) -> None:
    page = view(open_local(PAGE), "Paste rows")
    paste(page, "\n".join(f"Person {number}" for number in range(1, 16)))
    assert not stakeholders(program_id)
    press(page, "Put 15 people on the map")
    assert len(stakeholders(program_id)) == 15
    assert "15 people are on the map." in words(page)
    assert "Nobody on the map has much power yet" in headline(page)


def test_the_preview_says_who_is_new_and_what_changes(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    page = view(open_local(PAGE), "Paste")
    paste(page, "Stance\tName\tPower\nneutral\tluc perrin\t6,5\nleading\tSanna Aho\t7\n")
    said = words(page)
    assert "Resistant" in said
    assert "Neutral" in said
    assert ">8.1<" in said
    assert ">6.5<" in said
    assert "Sanna Aho" in table(page)
    assert "Leading" in table(page)
    assert stakeholders(program_id)[0].power == Decimal("8.1")
    press(page, "Put 1 person on the map and change 1")
    luc, sanna = stakeholders(program_id)
    assert (luc.name, luc.power, luc.stance) == ("Luc Perrin", Decimal("6.5"), "neutral")
    assert (sanna.power, sanna.stance) == (Decimal(7), "leading")


def test_rows_that_say_what_is_there_change_nothing(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    page = paste(view(open_local(PAGE), "Paste"), "name\tpower\nLuc Perrin\t8.1")
    assert "Nothing would change." in words(page)
    assert not buttons(page)


def test_every_problem_is_named_by_line_and_column_and_nothing_is_saved(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    page = paste(
        view(open_local(PAGE), "Paste"), "name\tpower\tstance\nAda\t11\tneutral\nBo\t3\tangry\n\t3\t\nAda\t1\t"
    )
    said = words(page)
    for place in ("2", "3", "4", "5"):
        assert f">{place}</th>" in said
    assert ">Power<" in said
    assert ">Stance<" in said
    assert "These rows cannot be taken over yet" in said
    assert not [each for each in buttons(page) if "map" in each]
    assert len(stakeholders(program_id)) == 1


def test_rows_that_would_do_something_else_by_now_are_shown_again(owner: Actor, program_id: str) -> None:
    add(owner, program_id)
    page = paste(view(open_local(PAGE), "Paste"), "name\tpower\nAda\t3\nBo\t4")
    add(owner, program_id, "Bo")
    press(page, "Put 2 people on the map")
    assert [(each.name, each.power) for each in stakeholders(program_id)] == [
        ("Bo", Decimal("8.1")),
        ("Luc Perrin", Decimal("8.1")),
    ]
    assert "Look again before anything is saved" in words(page)
    press(page, "Put 1 person on the map and change 1")
    assert [each.power for each in stakeholders(program_id)][:2] == [3, 4]


@pytest.mark.parametrize("name", HOSTILE)
def test_fault_30_pasted_names_stay_literal(program_id: str, name: str) -> None:
    page = paste(view(open_local(PAGE), "Paste rows"), name)
    assert "<b>Ann" not in table(page)
    press(page, "Put 1 person on the map")
    assert [each.name for each in stakeholders(program_id)] == [name]
    assert "<b>Ann" not in table(view(page, "Table"))


def test_a_name_of_three_hundred_letters_is_refused_by_its_line(program_id: str) -> None:
    page = paste(view(open_local(PAGE), "Paste rows"), "Ada\n" + "N" * 300)
    assert "300 characters; 200 is the most" in words(page)
    assert ">2</th>" in words(page)
    assert not stakeholders(program_id)


def test_the_table_shows_what_the_filters_keep(owner: Actor, program_id: str) -> None:
    add(owner, program_id, function="sales", contact="luc@example.com", gain_own="Less chasing")
    add(owner, program_id, "Sanna Aho", stance="leading", legitimacy=Decimal(7), urgency=Decimal(9))
    page = view(open_local(PAGE), "Table")
    assert ">16.2<" in table(page)
    assert "Definitive" in table(page)
    for label, value, kept, gone in (
        ("Stance now", ["Leading"], "Sanna Aho", "Luc Perrin"),
        ("Salience", ["Not known"], "Luc Perrin", "Sanna Aho"),
        ("Function", ["Sales"], "Luc Perrin", "Sanna Aho"),
    ):
        field(page, "multiselect", label).set_value(value)
        run(page)
        assert kept in table(page)
        assert gone not in table(page)
        assert "1 person of 2." in words(page)
        field(page, "multiselect", label).set_value([])
    field(page, "selectbox", "Columns").set_value("All fields")
    run(page)
    for said in ("Less chasing", "luc@example.com", "Keep satisfied"):
        assert said in table(page)


def test_the_files_come_in_again(owner: Actor, program_id: str) -> None:
    add(owner, program_id, "=HYPERLINK(1)", function="sales", wants="A\nB", urgency=Decimal("2.25"))
    add(owner, program_id, "Sales team", is_group=True)
    people = stakeholders(program_id)
    header, rows = as_rows(people)
    assert header == COLUMNS
    text = exports.csv_bytes(header, rows).decode("utf-8-sig")
    found = read_register(text, known=[each.name for each in people])
    assert [each.known_as for each in found] == [each.name for each in people]
    for row, each in zip(found, people, strict=True):
        for name, value in row.values.items():
            assert getattr(each, name) == value
    page = paste(view(open_local(PAGE), "Paste"), text)
    assert "Nothing would change." in words(page)
