"""Rows 4, 30, 31 and 63 at the program's own actions: hostile names are kept literally, money is exact or refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program.actions.assessments import start_run
from program.actions.budget import add_line, book, change_line, set_forecast
from program.actions.components import add_component
from program.actions.objectives import add_objective
from program.actions.stakeholders import add_stakeholder, change_stakeholder
from program.budget import MixedCurrencies, NoBudgetLines, total
from program.queries.assessments import runs
from program.queries.budget import entries, lines
from program.queries.components import components
from program.queries.objectives import objectives
from program.queries.ownership import matrix
from program.queries.stakeholders import stakeholders
from program.values import Actor, Invalid, Stale

DAY = date(2026, 3, 1)
HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    ":red[Ann] :material/delete:",
    "$x^2$",
    "{{7*7}} {% raw %} ${7*7} #{7*7}",
    "Robert'); DROP TABLE stakeholder;--",
    '" OR 1=1 --',
    "=HYPERLINK(1)",
    "%s %(name)s {name}",
    "Ann \u202egpj.exe",
    "Zoë 💬 王小明",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_fault_30_names_are_kept_literally_everywhere(owner: Actor, program_id: str, name: str) -> None:
    person = add_stakeholder(owner, program_id=program_id, name=name, title=name, wants=name, next_step=name)
    item = add_component(owner, program_id=program_id, name=name, goal=name)
    line = add_line(owner, program_id=program_id, component_id=item, name=name, category=name)
    book(
        owner,
        program_id=program_id,
        line_id=line,
        kind="actual",
        on=DAY,
        amount=Decimal(1),
        currency="EUR",
        document=name,
    )
    add_objective(owner, program_id=program_id, title=name, owner_id=person)
    start_run(owner, program_id=program_id, name=name)
    (who,) = stakeholders(program_id)
    assert (who.name, who.title, who.wants, who.next_step) == (name,) * 4
    assert [(each.name, each.goal) for each in components(program_id)] == [(name, name)]
    assert [(each.name, each.category) for each in lines(program_id)] == [(name, name)]
    assert [each.document for each in entries(program_id, line)] == [name]
    assert [each.title for each in objectives(program_id)] == [name]
    assert [each.name for each in runs(program_id)] == [name]
    assert f"“{name}”" in matrix(program_id).findings[0].sentence


@pytest.mark.parametrize("name", ["Ann\0", "Ann\nBo", "Ann\x1b[31m", "Ann\ud800", "\u0085Ann\tBo"])
def test_fault_30_names_that_cannot_be_kept_are_refused_not_changed(owner: Actor, program_id: str, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_stakeholder(owner, program_id=program_id, name=name)
    assert refused.value.field == "name"
    assert stakeholders(program_id) == []


def test_fault_31_a_field_name_from_outside_is_refused(owner: Actor, program_id: str) -> None:
    id_ = add_stakeholder(owner, program_id=program_id, name="Ann")
    for field in ("name; DROP TABLE stakeholder", "created_by", "id"):
        with pytest.raises(Invalid):
            change_stakeholder(owner, program_id=program_id, stakeholder_id=id_, version=1, **{field: "x"})
    assert [each.name for each in stakeholders(program_id)] == ["Ann"]


def test_fault_4_two_editors_of_different_fields_conflict_openly(owner: Actor, program_id: str) -> None:
    id_ = add_stakeholder(owner, program_id=program_id, name="Ann")
    who: dict[str, Any] = {"program_id": program_id, "stakeholder_id": id_}
    change_stakeholder(owner, **who, version=1, title="Head of sales")
    with pytest.raises(Stale) as refused:
        change_stakeholder(owner, **who, version=1, stance="neutral")
    assert refused.value.mine == {"stance": "neutral"}
    assert refused.value.theirs["title"] == "Head of sales"
    assert [(each.title, each.stance) for each in stakeholders(program_id)] == [("Head of sales", "unaware")]


@pytest.fixture
def line_id(owner: Actor, program_id: str) -> str:
    item = add_component(owner, program_id=program_id, name="Listening")
    return add_line(owner, program_id=program_id, component_id=item, name="Tools")


def pay(owner: Actor, program_id: str, line_id: str, amount: Any, document: str = "I", **more: Any) -> str:
    values: dict[str, Any] = {"kind": "actual", "on": DAY, "currency": "EUR", **more}
    return book(owner, program_id=program_id, line_id=line_id, amount=amount, document=document, **values)


def test_fault_63_a_tenth_and_two_tenths_are_three_tenths(owner: Actor, program_id: str, line_id: str) -> None:
    pay(owner, program_id, line_id, Decimal("0.1"), "I-1")
    pay(owner, program_id, line_id, Decimal("0.2"), "I-2")
    assert lines(program_id)[0].actual == Decimal("0.3")


@pytest.mark.usefixtures("any_store")
def test_fault_63_millions_of_millions_add_up_to_the_last_decimal(owner: Actor, program_id: str) -> None:
    item = add_component(owner, program_id=program_id, name="Listening")
    line = add_line(owner, program_id=program_id, component_id=item, name="Tools")
    for row in range(20):
        pay(owner, program_id, line, Decimal("999999999999.9999"), row=str(row))
    pay(owner, program_id, line, Decimal("0.002"), "I-2")
    assert lines(program_id)[0].actual == 20 * Decimal(10) ** 12


@pytest.mark.parametrize(
    ("amount", "more", "field"),
    [
        (Decimal(-1), {}, "amount"),
        (Decimal(0), {}, "amount"),
        (Decimal("NaN"), {}, "amount"),
        (Decimal("-Infinity"), {}, "amount"),
        (Decimal("0.00001"), {}, "amount"),
        (Decimal(10) ** 12 + 1, {}, "amount"),
        (0.1, {}, "amount"),
        (Decimal(1), {"currency": "USD"}, "currency"),
        (Decimal(1), {"currency": "EURO"}, "currency"),
        (Decimal(1), {"currency": "XQQ"}, "currency"),
        (Decimal(1), {"currency": "USD", "rate": Decimal("0.123456789")}, "rate"),
        (Decimal(1), {"kind": "gift"}, "kind"),
        (Decimal(1), {"kind": "release"}, "against"),
    ],
)
def test_fault_63_what_is_no_money_is_refused_by_field(
    owner: Actor, program_id: str, line_id: str, amount: Any, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        pay(owner, program_id, line_id, amount, **more)
    assert refused.value.field == field
    assert entries(program_id, line_id) == []


def test_fault_63_plans_and_forecasts_are_refused_alike(owner: Actor, program_id: str, line_id: str) -> None:
    for wrong in (Decimal(-1), Decimal("NaN"), Decimal("0.00001"), 1.5):
        with pytest.raises(Invalid):
            change_line(owner, program_id=program_id, line_id=line_id, version=1, planned=wrong)
        with pytest.raises(Invalid):
            set_forecast(owner, program_id=program_id, line_id=line_id, on=DAY, amount=wrong)  # type: ignore[arg-type]
    assert entries(program_id, line_id) == []


@pytest.mark.usefixtures("line_id")
def test_fault_63_mixed_currencies_and_nothing_have_no_total(owner: Actor, program_id: str) -> None:
    item = lines(program_id)[0].component_id
    add_line(owner, program_id=program_id, component_id=item, name="Cloud", currency="usd", planned=Decimal(5))
    with pytest.raises(MixedCurrencies, match="EUR, USD"):
        total(lines(program_id))
    with pytest.raises(NoBudgetLines):
        total([])


def test_fault_63_totals_reconcile_to_the_cent(owner: Actor, program_id: str, line_id: str) -> None:
    change_line(owner, program_id=program_id, line_id=line_id, version=1, planned=Decimal("100.10"))
    for row in range(7):
        pay(owner, program_id, line_id, Decimal("14.29"), row=str(row))
    item = lines(program_id)[0].component_id
    add_line(owner, program_id=program_id, component_id=item, name="Cloud", planned=Decimal("0.01"))
    found = total(lines(program_id))
    assert found.planned == Decimal("100.11")
    assert found.actual == Decimal("100.03")
    assert found.available == Decimal("0.08") == sum(line.available or 0 for line in lines(program_id))
