"""The ledger in the store: booked once, corrected never, added up by the database as program.budget defines it."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from program import budget
from program.access import Refused
from program.actions.budget import add_line, book, change_line, remove_line, set_forecast
from program.actions.programs import create_program
from program.actions.stakeholders import add_stakeholder
from program.budget import KINDS
from program.queries.budget import by_component, entries, lines
from program.store.engine import writing_engine
from program.store.tables import LedgerEntry, new_id
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component, person

DAY = date(2026, 3, 1)


@pytest.fixture
def line_id(owner: Actor, program_id: str) -> str:
    item = component(owner, program_id)
    return add_line(owner, program_id=program_id, component_id=item, name="Tools", planned=Decimal(10_000))


def pay(actor: Actor, program_id: str, line_id: str, kind: str, amount: Any, document: str, **more: Any) -> str:
    values: dict[str, Any] = {"on": DAY, "currency": "EUR", "amount": Decimal(amount), **more}
    return book(actor, program_id=program_id, line_id=line_id, kind=kind, document=document, **values)


def figures(program_id: str) -> Any:
    (line,) = lines(program_id)
    return line.planned, line.committed, line.actual, line.forecast, line.available


def test_the_worked_case_of_the_design_step_by_step(owner: Actor, program_id: str, line_id: str) -> None:
    assert figures(program_id) == (10_000, 0, 0, None, 10_000)
    pay(owner, program_id, line_id, "commitment", 6_000, "O-1")
    assert figures(program_id) == (10_000, 6_000, 0, None, 4_000)
    pay(owner, program_id, line_id, "actual", 2_500, "I-1", against="O-1")
    assert figures(program_id) == (10_000, 3_500, 2_500, None, 4_000)
    pay(owner, program_id, line_id, "credit", 500, "C-1")
    assert figures(program_id) == (10_000, 3_500, 2_000, None, 4_500)
    pay(owner, program_id, line_id, "release", 3_500, "R-1", against="O-1")
    assert figures(program_id) == (10_000, 0, 2_000, None, 8_000)


def random_rows(random: Random, program_id: str, line_ids: list[str]) -> list[dict[str, Any]]:
    rows = []
    for row in range(150):
        foreign = random.random() < 0.1
        kind = random.choice(KINDS)
        rows.append(
            {
                "id": new_id(),
                "program_id": program_id,
                "line_id": random.choice(line_ids),
                "kind": kind,
                "on": date(2026, 1, random.randint(1, 3)),
                "amount": Decimal(random.randint(1, 10**13)).scaleb(-4),
                "currency": "USD" if foreign else "EUR",
                "rate": Decimal("0.92345678") if foreign else None,
                "source": "files",
                "document": random.choice(["O-1", "O-2", "O-3"]),
                "row": str(row),
                "against": random.choice([None, "O-1", "O-2", "O-9"]),
            }
        )
    return rows


@pytest.mark.usefixtures("any_store")
@pytest.mark.parametrize("seed", range(3))
def test_the_database_adds_up_as_the_definition_does(owner: Actor, program_id: str, seed: int) -> None:
    item = component(owner, program_id)
    line_ids = [add_line(owner, program_id=program_id, component_id=item, name=f"L{number}") for number in range(6)]
    with writing_engine().begin() as connection:
        connection.execute(insert(LedgerEntry), random_rows(Random(seed), program_id, line_ids[:5]))
    for line in lines(program_id):
        expected = budget.totals(entries(program_id, line.id), currency="EUR")
        assert {field: getattr(line, field) for field in vars(expected)} == vars(expected)
    assert sum(line.entries for line in lines(program_id)) == 150


@pytest.mark.usefixtures("any_store")
def test_both_ways_of_adding_up_meet_lines_without_foreign_money(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    line_ids = [add_line(owner, program_id=program_id, component_id=item, name=f"L{number}") for number in range(3)]
    rows = [row | {"rate": None, "currency": "EUR"} for row in random_rows(Random(9), program_id, line_ids)]
    with writing_engine().begin() as connection:
        connection.execute(insert(LedgerEntry), rows)
    for line in lines(program_id):
        expected = budget.totals(entries(program_id, line.id), currency="EUR")
        assert {field: getattr(line, field) for field in vars(expected)} == vars(expected)


def test_booking_again_is_the_earlier_entry_and_other_content_is_refused(
    owner: Actor, program_id: str, line_id: str
) -> None:
    first = pay(owner, program_id, line_id, "actual", "2.50", "I-1")
    assert pay(owner, program_id, line_id, "actual", "2.5", "I-1") == first
    with pytest.raises(Invalid, match="already booked with other content"):
        pay(owner, program_id, line_id, "actual", 3, "I-1")
    assert pay(owner, program_id, line_id, "actual", 3, "I-1", row="2") != first
    assert figures(program_id)[2] == Decimal("5.5")


def test_fault_3_a_plan_changed_meanwhile_is_not_undone_by_an_edit_of_the_line(
    owner: Actor, program_id: str, line_id: str
) -> None:
    """The form of a line sends its plan along, so an edit of the name must not bring back the plan it began with."""
    line: dict[str, Any] = {"program_id": program_id, "line_id": line_id}
    change_line(owner, **line, version=1, planned=Decimal(8_000))
    with pytest.raises(Stale) as refused:
        change_line(owner, **line, version=1, name="Licenses", planned=Decimal(10_000))
    assert refused.value.differences == {"name": ("Licenses", "Tools"), "planned": (10_000, 8_000)}
    pay(owner, program_id, line_id, "plan", 500, "P-1")
    with pytest.raises(Stale):
        change_line(owner, **line, version=2, planned=Decimal(9_000))
    pay(owner, program_id, line_id, "plan", 500, "P-1")
    pay(owner, program_id, line_id, "actual", 5, "I-1")
    assert change_line(owner, **line, version=3, name="Licenses", planned=Decimal(9_000)) == 4
    assert figures(program_id)[0] == 9_000


def test_a_changed_plan_is_a_correction_and_the_first_plan_stays(owner: Actor, program_id: str, line_id: str) -> None:
    assert change_line(owner, program_id=program_id, line_id=line_id, version=1, planned=Decimal(8_000)) == 2
    assert change_line(owner, program_id=program_id, line_id=line_id, version=2, planned=Decimal("8000.00")) == 2
    assert figures(program_id)[0] == 8_000
    assert sorted(entry.amount for entry in entries(program_id, line_id)) == [-2_000, 10_000]


def test_a_line_planned_at_zero_is_not_an_unplanned_line(owner: Actor, program_id: str) -> None:
    item = component(owner, program_id)
    zero = add_line(owner, program_id=program_id, component_id=item, name="Own time", planned=Decimal(0))
    none = add_line(owner, program_id=program_id, component_id=item, name="Travel")
    found = {line.id: line.planned for line in lines(program_id)}
    assert found == {zero: 0, none: None}


def test_the_later_forecast_of_a_day_counts(owner: Actor, program_id: str, line_id: str) -> None:
    for amount in range(9_000, 9_012):
        set_forecast(owner, program_id=program_id, line_id=line_id, on=DAY, amount=Decimal(amount))
    assert figures(program_id)[3] == 9_011
    assert lines(program_id)[0].over_budget is False


def test_a_line_is_changed_by_field_and_a_stale_change_refused(owner: Actor, program_id: str, line_id: str) -> None:
    ann = add_stakeholder(owner, program_id=program_id, name="Ann")
    change: dict[str, Any] = {"program_id": program_id, "line_id": line_id}
    assert change_line(owner, **change, version=1, nature="labor", owner_id=ann, category="staff") == 2
    (line,) = lines(program_id)
    assert (line.nature, line.owner_id, line.category, line.currency) == ("labor", ann, "staff", "EUR")
    with pytest.raises(Stale):
        change_line(owner, **change, version=1, name="Other")
    with pytest.raises(Missing):
        change_line(owner, **change, version=2, owner_id="0" * 32)


def test_a_line_with_money_spent_on_it_stays(owner: Actor, program_id: str, line_id: str) -> None:
    pay(owner, program_id, line_id, "actual", 1, "I-1")
    with pytest.raises(Invalid, match="1 entry is booked"):
        remove_line(owner, program_id=program_id, line_id=line_id, version=1)
    item = lines(program_id)[0].component_id
    planned = add_line(owner, program_id=program_id, component_id=item, name="Staff", planned=Decimal(3))
    remove_line(owner, program_id=program_id, line_id=planned, version=1)
    assert [line.name for line in lines(program_id)] == ["Tools"]


@pytest.mark.usefixtures("line_id")
def test_lines_of_one_component_have_different_names(owner: Actor, program_id: str) -> None:
    item = lines(program_id)[0].component_id
    with pytest.raises(Invalid, match="already has a line named “Tools”"):
        add_line(owner, program_id=program_id, component_id=item, name="Tools")
    assert add_line(owner, program_id=program_id, component_id=component(owner, program_id, "B"), name="Tools")


def test_fault_55_a_form_sent_twice_books_once(owner: Actor, program_id: str, line_id: str) -> None:
    item = lines(program_id)[0].component_id
    add: dict[str, Any] = {"program_id": program_id, "component_id": item, "name": "Staff", "intention": "form-7"}
    assert add_line(owner, **add) == add_line(owner, **add)
    ids = {
        set_forecast(owner, program_id=program_id, line_id=line_id, on=DAY, amount=Decimal(5), intention="form-8")
        for _ in range(2)
    }
    assert len(ids) == 1
    assert len(entries(program_id, line_id)) == 2


def test_a_contributor_moves_no_money(owner: Actor, program_id: str, line_id: str) -> None:
    with pytest.raises(Refused):
        pay(person(owner, program_id, "contributor"), program_id, line_id, "actual", 1, "I-1")
    assert figures(program_id)[2] == 0


def test_fault_51_money_of_another_program_is_neither_moved_nor_shown(owner: Actor, line_id: str) -> None:
    elsewhere = create_program(owner, name="Other", client_name="Other", currency="EUR", time_zone="UTC", starts_on=DAY)
    with pytest.raises(Missing):
        pay(owner, elsewhere, line_id, "actual", 1, "I-1")
    assert lines(elsewhere) == []
    assert entries(elsewhere, line_id) == []
    assert by_component(elsewhere) == []


@pytest.mark.usefixtures("line_id")
def test_components_without_lines_have_no_row(owner: Actor, program_id: str) -> None:
    component(owner, program_id, "Community")
    (row,) = by_component(program_id)
    assert [row.name, row.planned, row.lines] == ["Listening", 10_000, 1]
