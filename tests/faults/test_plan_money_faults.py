"""Faults in the plan's money (FAULTS 63): tenths, 10^12, negative, several currencies, nothing to add up, NaN."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program import budget
from program.actions.budget import add_line, book, change_line
from program.actions.rates import set_rate
from program.budget import MixedCurrencies, NoBudgetLines
from program.ledger import LARGEST
from program.queries import rates
from program.queries.budget import by_component, lines
from program.values import Actor, Invalid
from tests.program.bringing import bring
from tests.program.making import component

DAY = date(2026, 3, 1)


@pytest.fixture
def item(owner: Actor, program_id: str) -> str:
    return component(owner, program_id)


def add(owner: Actor, program_id: str, item: str, name: str, planned: Any, **more: Any) -> str:
    return add_line(owner, program_id=program_id, component_id=item, name=name, planned=planned, **more)


@pytest.mark.usefixtures("any_store")
def test_fault_63_a_tenth_and_two_tenths_are_three_tenths(owner: Actor, program_id: str, item: str) -> None:
    """In the plan of a line, over lines, by component, and by a file, always to the last decimal."""
    tools = add(owner, program_id, item, "Tools", Decimal("0.1"))
    add(owner, program_id, item, "Care", Decimal("0.2"))
    bring(owner, program_id, *(f"actual,Tools,2026-03-01,0.1,EUR,I-1,{row},," for row in range(10)))
    whole, (part,) = budget.total(lines(program_id)), by_component(program_id)
    assert [str(whole.planned), str(part.planned)] == ["0.3000", "0.3000"]
    assert [whole.actual, part.actual, whole.available] == [1, 1, Decimal("-0.7")]
    change_line(owner, program_id=program_id, line_id=tools, version=1, planned=Decimal("0.3"))
    assert budget.total(lines(program_id)).planned == Decimal("0.5")


@pytest.mark.usefixtures("any_store")
def test_fault_63_a_million_millions_and_a_hundredth_of_a_cent(owner: Actor, program_id: str, item: str) -> None:
    add(owner, program_id, item, "Tools", LARGEST)
    result = bring(
        owner,
        program_id,
        "actual,Tools,2026-03-01,0.0001,EUR,I-1,1,,",
        "actual,Tools,2026-03-01,1000000000000.0001,EUR,I-1,2,,",
        "actual,Tools,2026-03-01,0.00001,EUR,I-1,3,,",
    )
    assert [(row.line, row.column) for row in result.rejected] == [(3, "amount"), (4, "amount")]
    assert lines(program_id)[0].available == LARGEST - Decimal("0.0001")
    with pytest.raises(Invalid, match="not between 0 and"):
        add(owner, program_id, item, "Care", LARGEST + Decimal("0.0001"))


@pytest.mark.parametrize("amount", ["-5", "0", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_fault_63_what_is_no_amount_is_refused_and_changes_nothing(
    owner: Actor, program_id: str, item: str, amount: str
) -> None:
    line_id = add(owner, program_id, item, "Tools", Decimal(10))
    before = lines(program_id)
    with pytest.raises(Invalid) as refused:
        book(
            owner, program_id=program_id, line_id=line_id, kind="actual", on=DAY, amount=Decimal(amount),
            currency="EUR", document="I-1",
        )  # fmt: skip
    assert refused.value.field == "amount"
    (row,) = bring(owner, program_id, f"actual,Tools,2026-03-01,{amount},EUR,I-1,1,,").rejected
    assert (row.line, row.column, row.value) == (2, "amount", amount)
    assert lines(program_id) == before


def test_fault_63_money_in_two_currencies_has_no_total_but_by_the_plans_rates(
    owner: Actor, program_id: str, item: str
) -> None:
    add(owner, program_id, item, "Tools", Decimal("10.10"))
    add(owner, program_id, item, "Fair", Decimal("3.33"), currency="USD")
    with pytest.raises(MixedCurrencies, match="EUR, USD"):
        budget.total(lines(program_id))
    unknown = rates.converted(program_id, lines(program_id))
    assert (unknown.total, unknown.reason) == (None, "The plan has no rate from USD into EUR.")
    set_rate(owner, program_id=program_id, currency="USD", rate=Decimal("0.91234567"))
    known = rates.converted(program_id, lines(program_id)).total
    assert known is not None
    assert known.planned == Decimal("10.10") + Decimal("3.33") * Decimal("0.91234567")


def test_fault_63_nothing_to_add_up_is_unknown_not_zero(owner: Actor, program_id: str, item: str) -> None:
    with pytest.raises(NoBudgetLines):
        budget.total(lines(program_id))
    assert rates.converted(program_id, []).reason == "There are no budget lines."
    add(owner, program_id, item, "Tools", None)
    (line,) = lines(program_id)
    assert (line.planned, line.forecast, line.available) == (None, None, None)
