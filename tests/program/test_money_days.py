"""Days of money: a wrong century is refused where it comes in, and no total grows too large to be added up."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from program import fields
from program.actions import baselines, benefits, budget, versions
from program.actions.programs import import_program
from program.budget_versions import Phase
from program.ledger import LARGEST
from program.ledger_mapping import FileMapping
from program.parcel import unwrap, wrap
from program.phasing import months
from program.queries import cash_flow, earned
from program.queries import versions as reads
from program.reports.exchange import export_program
from program.values import Actor, Invalid
from tests.program.making import component

TODAY = date(2026, 3, 2)
SLIPS = [date(1, 1, 1), date(1026, 5, 1), date(1989, 12, 31), date(2090, 1, 1), date(9999, 12, 1)]


def enter(owner: Actor, program_id: str, line_id: str, on: date) -> dict[str, Callable[[], object]]:
    """Each way in which a day of money comes into a program."""
    given: dict[str, Any] = {"program_id": program_id}
    money: dict[str, Any] = {**given, "line_id": line_id, "amount": Decimal(5), "on": on}
    draft = versions.make_version(owner, name=f"Budget {on}", **given)
    phased: dict[str, Any] = {**given, "version_id": draft, "version": 1}
    return {
        "book": lambda: budget.book(owner, kind="actual", currency="EUR", document=f"{on}", **money),
        "forecast": lambda: budget.set_forecast(owner, **money),
        "plan": lambda: budget.change_line(owner, line_id=line_id, version=1, planned=Decimal(on.year), on=on, **given),
        "month": lambda: versions.set_phases(owner, changes=[Phase(line_id, on.replace(day=1), Decimal(5))], **phased),
        "spread": lambda: versions.spread_line(owner, line_id=line_id, total=Decimal(5), start=on, end=on, **phased),
        "benefit": lambda: benefits.add_benefit(owner, name="More", monthly=Decimal(5), starts_on=on, **given),
        "file": lambda: FileMapping().day(on.isoformat()),
    }


@pytest.mark.parametrize("on", SLIPS)
def test_a_wrong_century_is_refused_wherever_it_comes_in(owner: Actor, program_id: str, on: date) -> None:
    line_id = budget.add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")
    for act in enter(owner, program_id, line_id, on).values():
        with pytest.raises(Invalid, match=f"{on.replace(day=1).year:04}-.* is not between 1990 and 2089"):
            act()


@pytest.mark.parametrize("on", [fields.FIRST_DAY, fields.LAST_DAY])
def test_figures_by_month_hold_the_first_and_the_last_day(owner: Actor, program_id: str, on: date) -> None:
    line_id = budget.add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")
    ways = enter(owner, program_id, line_id, on)
    for name in ("book", "month", "benefit"):
        ways[name]()
    versions.approve_version(owner, program_id=program_id, version_id=reads.versions(program_id)[0].id, version=2)
    baselines.make_baseline(owner, program_id=program_id, name="First")
    for today in (TODAY, fields.FIRST_DAY, fields.LAST_DAY):
        assert earned.earned(program_id, today=today).whole.bac == 5
        assert cash_flow.cash_flow(program_id, today=today, home=None).months
        assert cash_flow.worth(program_id, today=today, home=None).planned.cost == 5


@pytest.mark.parametrize(
    ("table", "column"), [("ledger_entry", "on"), ("budget_phase", "period"), ("benefit", "starts_on")]
)
def test_a_wrong_century_in_a_file_is_refused(owner: Actor, program_id: str, table: str, column: str) -> None:
    line_id = budget.add_line(owner, program_id=program_id, component_id=component(owner, program_id), name="Tools")
    for name, act in enter(owner, program_id, line_id, TODAY).items():
        if name in ("book", "month", "benefit"):
            act()
    whole = export_program(program_id)
    assert import_program(owner, content=whole)
    content = unwrap(whole)
    content[table][0][column] = "1026-05-01"
    with pytest.raises(Invalid, match="1026-05-01 is not between"):
        import_program(owner, content=wrap(content))


def test_versions_of_the_largest_amounts_add_up(owner: Actor, program_id: str) -> None:
    """Thirty lines of three years: more than a whole number of the database holds."""
    part, version, all_ = component(owner, program_id), 1, months(date(2026, 1, 1), date(2028, 12, 31))
    draft = versions.make_version(owner, program_id=program_id, name="Budget")
    for number in range(30):
        line_id = budget.add_line(owner, program_id=program_id, component_id=part, name=f"Line {number}")
        changes = [Phase(line_id, month, LARGEST) for month in all_]
        version = versions.set_phases(owner, program_id=program_id, version_id=draft, version=version, changes=changes)
    (found,) = reads.versions(program_id)
    assert (found.totals, found.lines) == ({"EUR": LARGEST * 36 * 30}, 30)
