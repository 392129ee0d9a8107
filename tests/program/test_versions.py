"""Versions of the budget: drafted by month, approved once, and kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from program import budget_versions
from program.actions import budget, versions
from program.actions.components import remove_component
from program.actions.programs import create_program
from program.budget_versions import Phase
from program.queries import budget as money
from program.queries import versions as reads
from program.store import admissible_plan
from program.values import Actor, Invalid, Missing, Stale
from tests.program.making import component, later

JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))
DAY = date(2026, 3, 15)


def line(owner: Actor, program_id: str, name: str = "Tools", **more: Any) -> str:
    if "component_id" not in more:
        more["component_id"] = component(owner, program_id, f"For {name}")
    return budget.add_line(owner, program_id=program_id, name=name, **more)


def draft(owner: Actor, program_id: str, *phases: tuple[str, date, int | str], name: str = "2026") -> str:
    version_id = versions.make_version(owner, program_id=program_id, name=name)
    set_phases(owner, program_id, version_id, 1, *phases)
    return version_id


def set_phases(
    owner: Actor, program_id: str, version_id: str, version: int, *phases: tuple[str, date, int | str | None]
) -> int:
    changes = [Phase(line, month, None if amount is None else Decimal(amount)) for line, month, amount in phases]
    return versions.set_phases(owner, program_id=program_id, version_id=version_id, version=version, changes=changes)


def approve(owner: Actor, program_id: str, version_id: str, **more: Any) -> int:
    (seen,) = (each.version for each in reads.versions(program_id) if each.id == version_id)
    return versions.approve_version(
        owner, program_id=program_id, version_id=version_id, **{"version": seen, "on": DAY, **more}
    )


def amounts(program_id: str, version_id: str) -> list[Any]:
    return [(each.line_id, each.period, each.amount) for each in reads.phases(program_id, version_id)]


def planned(program_id: str) -> dict[str, Any]:
    return {each.name: each.planned for each in money.lines(program_id)}


def test_approving_books_the_difference_of_each_line_and_says_who_and_when(owner: Actor, program_id: str) -> None:
    tools = line(owner, program_id, planned=Decimal(1000), on=JAN)
    staff, other = line(owner, program_id, "Staff"), line(owner, program_id, "Other", planned=Decimal(70), on=JAN)
    version_id = draft(owner, program_id, (tools, JAN, "400.10"), (tools, FEB, "400"), (staff, MAR, "300"))
    boss = later(replace(owner, name="Eva"), hours=1)
    approve(boss, program_id, version_id)
    assert planned(program_id) == {"Tools": Decimal("800.10"), "Staff": 300, "Other": 70}
    newest = money.entries(program_id, tools)[0]
    assert (newest.kind, newest.amount, newest.on) == ("plan", Decimal("-199.90"), DAY)
    assert (newest.document, newest.source) == ("2026", "budget version")
    assert len(money.entries(program_id, other)) == 1
    found = reads.approved(program_id)
    assert found is not None
    assert (found.status, found.approved_by, found.approved_at) == ("approved", "Eva", boss.now)
    assert (found.totals, found.lines, found.locked) == ({"EUR": Decimal("1100.10")}, 2, True)


def test_an_approved_version_is_never_changed(owner: Actor, program_id: str) -> None:
    tools = line(owner, program_id)
    version_id = draft(owner, program_id, (tools, JAN, 5))
    seen = approve(owner, program_id, version_id)
    given: dict[str, Any] = {"program_id": program_id, "version_id": version_id, "version": seen}
    before = amounts(program_id, version_id)
    tries = (
        lambda: versions.set_phases(owner, changes=[Phase(tools, JAN, Decimal(6))], **given),
        lambda: versions.spread_line(owner, line_id=tools, total=Decimal(6), start=JAN, end=FEB, **given),
        lambda: versions.spread_plans(owner, **given),
        lambda: versions.change_version(owner, name="Other", **given),
        lambda: versions.approve_version(owner, **given),
        lambda: versions.remove_draft(owner, **given),
    )
    for each in tries:
        with pytest.raises(Invalid, match="stays as it is"):
            each()
    assert amounts(program_id, version_id) == before


@pytest.mark.usefixtures("any_store")
def test_a_revision_begins_with_the_months_and_leaves_the_earlier_one_alone(owner: Actor, program_id: str) -> None:
    tools, staff = line(owner, program_id), line(owner, program_id, "Staff")
    first = draft(owner, program_id, (tools, JAN, 100), (tools, FEB, 200), (staff, FEB, 50))
    approve(owner, program_id, first)
    before = amounts(program_id, first)
    second = versions.make_version(owner, program_id=program_id, name="Revised", revision_of=first)
    assert amounts(program_id, second) == before
    set_phases(owner, program_id, second, 1, (tools, FEB, 250), (staff, FEB, None), (tools, MAR, 0))
    approve(later(owner, days=1), program_id, second)
    assert amounts(program_id, first) == before
    assert planned(program_id) == {"Tools": 350, "Staff": 50}  # the revision has no month of Staff: its plan stays
    newest = reads.approved(program_id)
    assert newest is not None
    assert (newest.name, newest.revision_of_id) == ("Revised", first)
    differences: dict[str, Any] = {each.name: each for each in reads.compare(program_id, first, second)}
    assert (differences["Tools"].change, differences["Tools"].months) == (50, (FEB, MAR))
    assert (differences["Staff"].before, differences["Staff"].after, differences["Staff"].change) == (50, None, -50)
    assert reads.compare(program_id, first, first) == []


def test_who_saw_older_months_is_refused_and_saving_the_same_changes_nothing(owner: Actor, program_id: str) -> None:
    tools = line(owner, program_id)
    version_id = draft(owner, program_id, (tools, JAN, 5))
    assert set_phases(owner, program_id, version_id, 2, (tools, JAN, 5)) == 2
    assert set_phases(owner, program_id, version_id, 2, (tools, JAN, 6)) == 3
    with pytest.raises(Stale):
        set_phases(owner, program_id, version_id, 2, (tools, JAN, 7))
    with pytest.raises(Stale):
        versions.approve_version(owner, program_id=program_id, version_id=version_id, version=2)
    assert amounts(program_id, version_id) == [(tools, JAN, Decimal(6))]


def test_approving_gives_the_lines_a_new_version(owner: Actor, program_id: str) -> None:
    tools = line(owner, program_id, planned=Decimal(1), on=JAN)
    approve(owner, program_id, draft(owner, program_id, (tools, JAN, 5)))
    with pytest.raises(Stale):
        budget.change_line(owner, program_id=program_id, line_id=tools, version=1, planned=Decimal(1))


@pytest.mark.parametrize(
    ("month", "amount", "code", "words"),
    [
        (date(2026, 1, 2), "5", "EUR", "no first day"),
        (JAN, "-1", "EUR", "not between 0 and"),
        (JAN, "1.005", "EUR", "smallest coin of EUR"),
        (JAN, "1.5", "JPY", "smallest coin of JPY"),
        (JAN, "1000000000000.01", "EUR", "not between 0 and"),
        (JAN, "NaN", "EUR", "no number"),
    ],
)
def test_a_month_that_cannot_be_is_named_with_its_line(
    owner: Actor, program_id: str, month: date, amount: str, code: str, words: str
) -> None:
    tools = line(owner, program_id, currency=code)
    with pytest.raises(Invalid, match=words):
        draft(owner, program_id, (tools, month, amount))


def test_what_cannot_be_approved(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid, match="nothing to approve"):
        approve(owner, program_id, draft(owner, program_id))
    with pytest.raises(Invalid, match="already has a budget version"):
        draft(owner, program_id)
    with pytest.raises(Invalid, match="named twice"):
        draft(owner, program_id, *[(line(owner, program_id), JAN, 5)] * 2, name="Twice")


def test_a_line_or_a_version_of_another_program_is_missing(owner: Actor, program_id: str) -> None:
    place: dict[str, Any] = {"client_name": "Other", "currency": "EUR", "time_zone": "UTC", "starts_on": JAN}
    elsewhere = create_program(owner, name="Elsewhere", **place)
    foreign = line(owner, elsewhere)
    version_id = draft(owner, elsewhere, (foreign, JAN, 5))
    with pytest.raises(Missing):
        draft(owner, program_id, (foreign, JAN, 5))
    for read in (reads.phases, reads.phased_lines):
        with pytest.raises(Missing):
            read(program_id, version_id)
    with pytest.raises(Missing):
        reads.compare(program_id, version_id, version_id)


def test_a_line_is_spread_to_the_cent_over_the_months_in_which_it_falls_due(owner: Actor, program_id: str) -> None:
    tools = line(owner, program_id, recurrence="quarterly")
    version_id = draft(owner, program_id)
    given: dict[str, Any] = {"program_id": program_id, "version_id": version_id, "line_id": tools}
    over: dict[str, Any] = {"start": date(2026, 2, 10), "end": date(2026, 12, 31)}
    versions.spread_line(owner, version=1, total=Decimal(1000), **over, **given)
    assert [(month.month, amount) for _, month, amount in amounts(program_id, version_id)] == [
        (2, 250), (5, 250), (8, 250), (11, 250)
    ]  # fmt: skip
    versions.spread_line(owner, version=2, recurrence="monthly", start=JAN, end=MAR, **given)
    assert [amount for *_, amount in amounts(program_id, version_id)] == [
        Decimal(each) for each in ("333.34", "333.33", "333.33")
    ]
    weights = [Decimal(1), Decimal(0), Decimal(3)]
    versions.spread_line(owner, version=3, recurrence="monthly", start=JAN, end=MAR, weights=weights, **given)
    assert [amount for *_, amount in amounts(program_id, version_id)] == [250, 0, 750]


def test_a_draft_is_filled_from_days_at_their_rate_and_from_the_plans(owner: Actor, program_id: str) -> None:
    """Labor that is paid once is worked throughout; what is unknown stays without months."""
    work = component(owner, program_id, starts_on=date(2026, 1, 20), due_on=date(2026, 3, 5))
    on = {"component_id": work}
    hours = {"days": Decimal(10), "day_rate": Decimal(400)}
    line(owner, program_id, "Interviews", nature="labor", planned=Decimal(9), on=JAN, **hours, **on)
    line(owner, program_id, "License", planned=Decimal(120), on=JAN, **on)
    line(owner, program_id, "Unplanned", **on)
    line(owner, program_id, "Undated", planned=Decimal(7), on=JAN)
    version_id = draft(owner, program_id)
    versions.spread_plans(owner, program_id=program_id, version_id=version_id, version=1)
    found = {each.name: each for each in reads.phased_lines(program_id, version_id)}
    assert {name: each.total for name, each in found.items()} == {
        "Interviews": 4000, "License": 120, "Unplanned": None, "Undated": None
    }  # fmt: skip
    assert list(found["Interviews"].phases) == [JAN, FEB, MAR]
    assert list(found["License"].phases) == [JAN]
    assert budget_versions.by_month(found.values(), "EUR")[FEB] == Decimal("1333.33")
    with pytest.raises(Invalid, match="no start"):
        versions.spread_line(
            owner, program_id=program_id, version_id=version_id, version=2, line_id=found["Undated"].id
        )
    with pytest.raises(Invalid, match="no plan yet"):
        versions.spread_line(
            owner, program_id=program_id, version_id=version_id, version=2, line_id=found["Unplanned"].id
        )


def test_what_an_approved_budget_has_money_for_stays(owner: Actor, program_id: str) -> None:
    part = component(owner, program_id)
    tools, spare = (line(owner, program_id, name, component_id=part) for name in ("Tools", "Spare"))
    first = draft(owner, program_id, (tools, JAN, 5))
    draft(owner, program_id, (spare, JAN, 5), name="Only a draft")
    approve(owner, program_id, first)
    with pytest.raises(Invalid, match="approved budget “2026” has money for this line"):
        budget.remove_line(owner, program_id=program_id, line_id=tools, version=2)
    with pytest.raises(Invalid, match="approved budget “2026” has money for it"):
        remove_component(owner, program_id=program_id, component_id=part, version=1)
    budget.remove_line(owner, program_id=program_id, line_id=spare, version=1)
    assert amounts(program_id, first) == [(tools, JAN, 5)]


FILED: dict[str, dict[str, Any]] = {
    "budget_phase": {"period": JAN, "amount": Decimal(5)},
    "budget_version": {"status": "approved", "approved_at": datetime(2026, 1, 1, tzinfo=UTC)},
    "benefit": {
        "monthly": Decimal(5), "starts_on": JAN, "ends_on": None, "metric_id": None, "metric_from": None,
        "metric_to": None, "ramp_months": 0,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("budget_phase", {"period": DAY}),
        ("budget_phase", {"amount": Decimal(-1)}),
        ("budget_version", {"status": "draft"}),
        ("budget_version", {"approved_at": None}),
        ("benefit", {"monthly": Decimal(0)}),
        ("benefit", {"ends_on": date(2025, 1, 1)}),
        ("benefit", {"metric_from": Decimal(1)}),
    ],
)
def test_a_row_of_a_file_that_nobody_could_have_entered_is_refused(table: str, wrong: dict[str, Any]) -> None:
    admissible_plan.refuse_row(table, FILED[table])
    with pytest.raises(ValueError, match=r"\.$"):
        admissible_plan.refuse_row(table, FILED[table] | wrong)


def test_a_draft_goes_with_its_months_and_its_revisions_stay(owner: Actor, program_id: str) -> None:
    tools = line(owner, program_id)
    first = draft(owner, program_id, (tools, JAN, 5))
    versions.make_version(owner, program_id=program_id, name="Revised", revision_of=first)
    versions.remove_draft(owner, program_id=program_id, version_id=first, version=2)
    left: Any
    (left,) = reads.versions(program_id)
    assert (left.name, left.revision_of_id, left.totals) == ("Revised", None, {"EUR": 5})


def test_versions_add_up_by_currency_and_come_newest_first(owner: Actor, program_id: str) -> None:
    euro, dollar = line(owner, program_id), line(owner, program_id, "Cloud", currency="USD")
    draft(owner, program_id, (euro, JAN, 5), (dollar, JAN, 7), (euro, FEB, "0.1"))
    draft(replace(owner, now=datetime(2026, 4, 1, tzinfo=UTC)), program_id, name="Later")
    assert [(each.name, each.totals, each.lines) for each in reads.versions(program_id)] == [
        ("Later", {}, 0),
        ("2026", {"EUR": Decimal("5.1"), "USD": 7}, 2),
    ]
    assert reads.approved(program_id) is None
