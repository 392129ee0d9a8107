"""Cash, worth and rules on the budget page."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pages.ui import cash_figure
from program.actions.benefits import add_benefit
from program.actions.planning import set_settings
from program.queries.benefits import benefits
from program.queries.rates import plan_rates
from program.queries.roadmap import settings
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, words
from tests.pages.phased import PAGE, planned, view
from tests.program.making import person

CASH = "Cash and worth"


def test_a_benefit_is_added_and_the_worth_told(owner: Actor, program_id: str) -> None:
    planned(owner, program_id)
    page = view(open_local(PAGE), CASH)
    assert headline(page).startswith("No benefit is written down, so the money only leaves.")
    view(page, "Benefits")
    field(page, "text_input", "Benefit").set_value("Fewer calls")
    field(page, "text_input", "Money a month").set_value("500")
    field(page, "text_input", "Months until all of it comes").set_value("2")
    press(page, "Add it")
    (made,) = benefits(program_id)
    assert (made.name, made.monthly, made.ramp_months, made.currency) == ("Fewer calls", Decimal(500), 2, "EUR")
    assert "more than it costs" in headline(page)
    assert "The program has no discount rate yet." in words(view(page, "Balance and worth"))


def test_figures_have_their_formula_or_their_reason(owner: Actor, program_id: str) -> None:
    planned(owner, program_id)
    given: dict[str, Any] = {"monthly": Decimal(500), "starts_on": date(2026, 5, 1)}
    add_benefit(owner, program_id=program_id, name="Fewer calls", **given)
    set_settings(owner, program_id=program_id, version=None, discount_rate=Decimal("0.08"))
    said = words(view(open_local(PAGE), CASH))
    assert "Each month at 8.0% a year" in said
    assert "It needs a finance rate and a reinvestment rate." in said
    assert "Without a metric, and so counted as hoped: Fewer calls." in said
    assert "None" not in said


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.0), (-1260000.0, 463000.0), (-0.3, 0.2), (-9.0, 1e9)])
def test_the_scale_holds_every_balance_and_zero(low: float, high: float) -> None:
    bottom, top, step = cash_figure._scale(low, high)
    assert bottom <= low <= 0 <= high <= top
    assert step > 0
    assert (top - bottom) / step <= 8


def test_the_rules_are_saved_as_shares_and_read_as_percent(owner: Actor, program_id: str) -> None:
    planned(owner, program_id)
    page = view(open_local(PAGE), "Rules")
    field(page, "text_input", "Reserve outside the lines, EUR").set_value("60,000")
    field(page, "text_input", "Discount rate").set_value("8.5")
    field(page, "selectbox", "Orders").set_value("stop")
    field(page, "selectbox", "The fiscal year starts in").set_value("4")
    press(page, "Save the rules")
    now = settings(program_id)
    assert (now.reserve, now.discount_rate, now.fiscal_year_start) == (Decimal(60000), Decimal("0.085"), 4)
    assert now.control == {"commitment": "stop", "actual": "warn"}
    assert headline(page) == "Orders over the plan are stopped. A reserve of €60k is outside the lines."
    assert field(page, "text_input", "Discount rate").value == "8.5"
    assert "A reserve of €60,000 is outside these lines." in words(view(page, "Lines"))


def test_a_plan_rate_is_set_changed_and_removed(owner: Actor, program_id: str) -> None:
    planned(owner, program_id)
    page = view(open_local(PAGE), "Rules")
    for typed in ("0.9", "0.95"):
        field(page, "text_input", "Currency").set_value("usd")
        field(page, "text_input", "Worth").set_value(typed)
        press(page, "Set the rate")
    assert [(each.currency, each.rate) for each in plan_rates(program_id)] == [("USD", Decimal("0.95"))]
    press(page, "Remove")
    assert not plan_rates(program_id)


def test_a_viewer_reads_the_rules(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(owner, program_id)
    person(owner, program_id, "viewer")
    page = view(open_as(PAGE, "bo.viewer@example.com", monkeypatch), "Rules")
    assert "Fiscal year starts in" in words(page)
    assert not [each for each in page.button if each.label == "Save the rules"]
