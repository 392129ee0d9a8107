"""Earned value on the budget page: the answer, every figure or its reason, and the curves."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui import earned_answer, earned_figure
from program.actions import budget, roadmap
from program.actions.baselines import make_baseline
from program.queries.earned import earned
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, run, words
from tests.pages.phased import PAGE, pay, planned, under_way, view
from tests.program.making import component, person

VIEW = "Earned value"
DAY = date(2026, 2, 28)


def test_the_answer_is_worth_against_cost_and_where_it_ends(owner: Actor, program_id: str) -> None:
    """Ten of forty days of work are finished by the day asked for."""
    part, line_id, work = planned(owner, program_id)
    given_: dict[str, Any] = {"program_id": program_id}
    roadmap.add_activity(owner, name="Roll out", component_id=part, duration=Decimal(30), **given_)
    make_baseline(owner, name="First", **given_)
    done: dict[str, Any] = {"started_on": date(2026, 1, 12), "finished_on": date(2026, 2, 20)}
    roadmap.record_progress(owner, activity_id=work, version=1, **done, **given_)
    pay(owner, program_id, line_id, 1250)
    page = view(open_local(PAGE), VIEW)
    field(page, "date_input", "As of").set_value(DAY)
    run(page)
    assert headline(page) == "Work is worth €250 less than it cost. At this rate the plan ends €1,000 over."
    said = words(page)
    assert "In time the work is 1.0 months behind: 1.0 of 2.0 months that passed are earned." in said
    assert "€1,000 earned ÷ €1,250 spent" in said
    assert ">0.80<" in said
    assert "1.0 months earned ÷ 2.0 months passed" in said


def test_early_in_the_work_no_end_is_promised_and_the_range_is_said(owner: Actor, program_id: str) -> None:
    under_way(owner, program_id, percent=10, paid=100)
    page = view(open_local(PAGE), VIEW)
    assert headline(page) == "Work is worth €300 more than it cost. Too early to say where the plan ends."
    said = words(page)
    assert "The estimates of the whole cost reach from €1,000 to" in said
    assert "10.0% of the plan is earned; a rate is told from 15% on." in said
    assert "If cost stays 4.00" not in said


def test_the_figures_stand_with_their_numbers_and_earned_schedule_leads(owner: Actor, program_id: str) -> None:
    under_way(owner, program_id, percent=25, paid=1250)
    found = earned(program_id, today=DAY)
    shown = dict(zip(earned_answer.NAMES, earned_answer.figures(found.whole, "EUR"), strict=True))
    assert next(iter(shown)) == "earned_schedule"
    for name, each in shown.items():
        assert each.value == getattr(found.whole, name)
        assert each.how or each.caution
    assert shown["vac"].reads == "\N{MINUS SIGN}€1,000"
    assert shown["tcpi_bac"].how == "(€4,000 less €1,000) ÷ (€4,000 less €1,250)"


def test_without_a_baseline_time_is_not_told_and_the_reason_is(owner: Actor, program_id: str) -> None:
    _, line_id, _ = planned(owner, program_id)
    pay(owner, program_id, line_id, 500)
    page = view(open_local(PAGE), VIEW)
    said = words(page)
    assert "There is no baseline." in said
    assert "Ahead or behind in time is n/a." in said
    assert "nan" not in said.lower()


def test_without_a_cost_the_work_is_not_told_to_have_cost_nothing(owner: Actor, program_id: str) -> None:
    _, _, work = planned(owner, program_id)
    make_baseline(owner, program_id=program_id, name="First")
    roadmap.record_progress(owner, program_id=program_id, activity_id=work, version=1, percent=Decimal(25))
    page = view(open_local(PAGE), VIEW)
    assert headline(page) == "No cost of the work is booked, so nobody knows what it has cost."


def test_a_program_without_any_work_says_why_it_cannot_tell(owner: Actor, program_id: str) -> None:
    made = component(owner, program_id)
    budget.add_line(owner, program_id=program_id, component_id=made, name="Tools", planned=Decimal(5), on=DAY)
    page = view(open_local(PAGE), VIEW)
    assert headline(page).startswith("What the work is worth cannot be told.")
    assert "n/a" in words(page)


def test_a_viewer_sees_the_same_figures(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way(owner, program_id, percent=25, paid=1250)
    person(owner, program_id, "viewer")
    page = view(open_as(PAGE, "bo.viewer@example.com", monkeypatch), VIEW)
    assert headline(page) == "Work is worth €250 less than it cost. At this rate the plan ends €1,000 over."


AMOUNT = st.integers(min_value=0, max_value=10**11).map(lambda cents: cents / 100)


@given(AMOUNT, AMOUNT, AMOUNT, st.one_of(st.none(), AMOUNT))
def test_the_figure_holds_every_value_and_names_each_curve(
    plan: float, worth: float, paid: float, end: float | None
) -> None:
    today, last = date(2026, 2, 20), date(2027, 1, 1)
    curves = earned_figure.Curves(
        planned=((date(2026, 1, 1), 0.0), (last, plan)),
        earned=((date(2026, 1, 1), 0.0), (today, worth)),
        spent=((date(2026, 1, 1), 0.0), (today, paid)),
        today=today,
        currency="EUR",
        ending=None if end is None else (last, end, "If cost stays 0.91"),
    )
    figure = earned_figure.draw(curves).figure
    assert figure.layout.yaxis.range[1] >= max(plan, worth, paid, end or 0)
    said = " ".join(each.text for each in figure.layout.annotations)
    for word in ("Planned", "Earned", "Spent", "20 Feb", *(["If cost stays"] if end is not None else [])):
        assert word in said
