"""Earned value as it is read from a program: its baseline, its work, its ledger."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from program import earned_words
from program.actions import baselines, budget, roadmap, versions
from program.actions.components import change_component, remove_component
from program.actions.programs import create_program
from program.actions.rates import set_rate
from program.budget_versions import Phase
from program.earned import EarnedMonth
from program.phasing import months
from program.queries import roadmap as plans
from program.queries.earned import earned
from program.values import Actor, Missing
from tests.program.making import component, later

JAN, TODAY = date(2026, 1, 1), date(2026, 2, 28)


def book(owner: Actor, program_id: str, line_id: str, amount: int, on: date, kind: str = "actual") -> None:
    document: dict[str, Any] = {"document": f"I-{on}", "currency": "EUR", "kind": kind}
    budget.book(owner, program_id=program_id, line_id=line_id, on=on, amount=Decimal(amount), **document)


def planned(owner: Actor, program_id: str, name: str = "Listening", amount: int = 1000) -> tuple[str, str, str]:
    """A component with a line of an amount a month from January to April, and an activity of ten days."""
    part = component(owner, program_id, name)
    line_id = budget.add_line(owner, program_id=program_id, component_id=part, name="Tools")
    work = roadmap.add_activity(owner, program_id=program_id, name="Build", component_id=part, duration=Decimal(10))
    version_id = versions.make_version(owner, program_id=program_id, name=f"For {name}")
    changes = [Phase(line_id, month, Decimal(amount)) for month in months(JAN, date(2026, 4, 1))]
    given: dict[str, Any] = {"program_id": program_id, "version_id": version_id}
    versions.set_phases(owner, version=1, changes=changes, **given)
    versions.approve_version(owner, version=2, on=JAN, **given)
    return part, line_id, work


def progress(owner: Actor, program_id: str, activity_id: str, **done: Any) -> None:
    seen = next(each.version for each in plans.activities(program_id) if each.id == activity_id)
    roadmap.record_progress(owner, program_id=program_id, activity_id=activity_id, version=seen, **done)


@pytest.mark.usefixtures("any_store")
def test_from_baseline_progress_and_ledger_to_the_figures(owner: Actor, program_id: str) -> None:
    _, line_id, work = planned(owner, program_id)
    baseline_id = baselines.make_baseline(owner, program_id=program_id, name="First")
    progress(owner, program_id, work, percent=Decimal(25), started_on=date(2026, 1, 12))
    book(owner, program_id, line_id, 1500, date(2026, 1, 20))
    book(owner, program_id, line_id, 250, date(2026, 2, 3), kind="credit")
    book(owner, program_id, line_id, 99, date(2026, 3, 1))
    found: Any = earned(program_id, today=TODAY)
    assert (found.whole.pv, found.whole.ev, found.whole.ac, found.whole.bac) == (2000, 1000, 1250, 4000)
    assert (found.whole.cpi, found.whole.spi, found.whole.spi_t, found.whole.sv_t) == (0.8, 0.5, 0.5, -1)
    assert (found.baseline, found.whole.reasons) == ("First", {})
    assert [row.ac for row in found.months] == [1500, 1250, None, None]
    ages = {each.what: (each.days, each.old) for each in found.ages}
    assert ages["actuals"] == (25, False)
    assert ages["progress"] == (0, False)
    assert earned(program_id, today=TODAY, baseline_id=baseline_id) == found


def test_an_earlier_day_has_the_work_of_that_day(owner: Actor, program_id: str) -> None:
    """Twenty of forty days had passed; what was finished later earns nothing before."""
    _, line_id, work = planned(owner, program_id)
    baselines.make_baseline(owner, program_id=program_id, name="First")
    progress(owner, program_id, work, started_on=date(2026, 1, 12), finished_on=date(2026, 2, 20))
    book(owner, program_id, line_id, 1000, date(2026, 1, 20))
    then: Any = earned(program_id, today=date(2026, 1, 31), known_on=TODAY)
    assert (then.whole.pv, then.whole.ev, then.whole.ac, then.whole.cpi) == (1000, 2000, 1000, 2)
    assert then.months[0] == EarnedMonth(JAN, Decimal(1000), Decimal(2000), Decimal(1000), estimated=True)
    assert earned_words.PAST_IS_ESTIMATED in then.cautions
    assert earned(program_id, today=TODAY, known_on=TODAY) == earned(program_id, today=TODAY)


def test_the_baseline_keeps_its_money_whatever_is_planned_later(owner: Actor, program_id: str) -> None:
    part, line_id, _ = planned(owner, program_id)
    first = baselines.make_baseline(owner, program_id=program_id, name="First")
    before: Any = earned(program_id, today=TODAY)
    versions.make_version(owner, program_id=program_id, name="Next")
    (line,) = (each for each in plans.scope(program_id)[1] if each.line_id == line_id)
    budget.change_line(owner, program_id=program_id, line_id=line_id, version=2, planned=Decimal(9999), on=JAN)
    budget.add_line(owner, program_id=program_id, component_id=part, name="More", planned=Decimal(500), on=JAN)
    assert line.planned == 4000
    after: Any = earned(program_id, today=TODAY, baseline_id=first)
    assert (after.whole.bac, after.months) == (before.whole.bac, before.months)
    baselines.make_baseline(later(owner, hours=1), program_id=program_id, name="Second")
    second: Any = earned(program_id, today=TODAY)
    assert (second.baseline, second.whole.bac) == ("Second", 4500)  # what was approved by month, and the plan of More
    assert "no months of “More”" in second.whole.reasons["spi_t"]


def test_without_a_baseline_only_cost_is_known(owner: Actor, program_id: str) -> None:
    _, line_id, work = planned(owner, program_id)
    progress(owner, program_id, work, percent=Decimal(50), started_on=JAN)
    book(owner, program_id, line_id, 1000, JAN)
    found: Any = earned(program_id, today=TODAY)
    assert (found.whole.bac, found.whole.ev, found.whole.cpi) == (4000, 2000, 2)
    assert (found.whole.pv, found.whole.spi, found.whole.spi_t) == (None, None, None)
    assert {each.what: each.sentence for each in found.ages}["baseline"] == "There is no baseline."


def test_a_rule_that_reads_spending_refuses_the_indices_of_cost(owner: Actor, program_id: str) -> None:
    part, line_id, _ = planned(owner, program_id)
    baselines.make_baseline(owner, program_id=program_id, name="First")
    change_component(owner, program_id=program_id, component_id=part, version=1, progress_rule="spending")
    book(owner, program_id, line_id, 1000, JAN)
    found: Any = earned(program_id, today=TODAY)
    assert (found.whole.ev, found.whole.ac, found.whole.cpi, found.whole.spi) == (1000, 1000, None, 0.5)
    assert "compared with itself" in found.whole.reasons["cpi"]
    assert any("rule of progress changed" in caution for caution in found.cautions)


def test_components_that_came_or_went_since_the_baseline(owner: Actor, program_id: str) -> None:
    _, _, work = planned(owner, program_id)
    gone = component(owner, program_id, "Gone")
    budget.add_line(owner, program_id=program_id, component_id=gone, name="Tools", planned=Decimal(10), on=JAN)
    baselines.make_baseline(owner, program_id=program_id, name="First")
    progress(owner, program_id, work, percent=Decimal(50), started_on=JAN)
    remove_component(owner, program_id=program_id, component_id=gone, version=1)
    added = component(owner, program_id, "Added")
    line_id = budget.add_line(owner, program_id=program_id, component_id=added, name="Tools")
    book(owner, program_id, line_id, 70, JAN)
    found: Any = earned(program_id, today=TODAY)
    assert (found.whole.bac, found.whole.ev, found.outside) == (4010, None, 70)
    assert "no longer in the program" in found.whole.reasons["ev"]
    assert (found.known.bac, found.known.ev) == (4000, 2000)


def test_open_orders_are_told_and_a_rate_set_later_does_not_reach_into_a_baseline(
    owner: Actor, program_id: str
) -> None:
    part, line_id, _ = planned(owner, program_id)
    budget.add_line(
        owner, program_id=program_id, component_id=part, name="Cloud", currency="USD", planned=Decimal(10), on=JAN
    )
    book(owner, program_id, line_id, 70, JAN, kind="commitment")
    baselines.make_baseline(owner, program_id=program_id, name="First")
    set_rate(owner, program_id=program_id, currency="USD", rate=Decimal("0.9"))
    found: Any = earned(program_id, today=TODAY)
    assert any(caution.startswith("Orders that are not invoiced") for caution in found.cautions)
    assert (found.whole.bac, found.whole.reasons["bac"]) == (None, "The baseline has no plan rate for USD.")
    baselines.make_baseline(later(owner, hours=1), program_id=program_id, name="Second")
    again: Any = earned(program_id, today=TODAY)
    assert again.whole.bac == 4009


def test_old_actuals_are_told(owner: Actor, program_id: str) -> None:
    _, line_id, _ = planned(owner, program_id)
    book(owner, program_id, line_id, 70, TODAY - timedelta(days=41))
    ages = {each.what: each for each in earned(program_id, today=TODAY).ages}
    assert (ages["actuals"].days, ages["actuals"].old) == (41, True)
    assert ages["actuals"].sentence.endswith("41 days ago. The policy allows 35 days.")
    assert (ages["progress"].on, ages["progress"].old) == (None, True)


def test_an_empty_program_and_a_baseline_of_another(owner: Actor, program_id: str) -> None:
    found = earned(program_id, today=TODAY)
    assert (found.whole.bac, found.components, found.months) == (None, (), ())
    place: dict[str, Any] = {"client_name": "Other", "currency": "EUR", "time_zone": "UTC", "starts_on": JAN}
    elsewhere = create_program(owner, name="Elsewhere", **place)
    planned(owner, elsewhere)
    foreign = baselines.make_baseline(owner, program_id=elsewhere, name="First")
    with pytest.raises(Missing):
        earned(program_id, today=TODAY, baseline_id=foreign)
