"""What a metric says for a page: before and after a go-live, promises, order of groups, and what stays hidden."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.metrics import catalog
from program.access import Refused
from program.actions.targets import set_target
from program.engagement import GoLive, Line, Month, before_after, reached
from program.queries import engagement, sources
from program.values import Actor
from tests.program import measured
from tests.program.making import component

LIVE = GoLive("Answer desk", date(2026, 6, 2))


def line(values: dict[str, float | None], *, incomplete: str = "") -> Line:
    return Line(
        "", tuple(Month(period, value, 9, None, None, period != incomplete) for period, value in values.items())
    )


def months(before: list[float], after: list[float], at: float = 99.0) -> dict[str, float | None]:
    first = 6 - len(before)
    known = {f"2026-{first + place:02d}": value for place, value in enumerate(before)}
    since = {f"2026-{7 + place:02d}": value for place, value in enumerate(after)}
    return {**known, "2026-06": at, **since}


def test_before_and_after_leave_out_the_month_of_the_go_live() -> None:
    found = before_after(line(months([9, 10, 8], [6, 5, 4], at=1000)), LIVE)
    assert found is not None
    assert (found.before, found.after, found.months_before, found.months_after) == (9, 5, 3, 3)


@pytest.mark.parametrize(("before", "after"), [([9, 10], [6, 5, 4]), ([9, 10, 8], [6, 5]), ([], [])])
def test_fewer_than_three_months_on_a_side_say_nothing(before: list[float], after: list[float]) -> None:
    assert before_after(line(months(before, after)), LIVE) is None


def test_a_month_that_is_not_over_or_unknown_does_not_count() -> None:
    values = months([9, 10, 8], [6, 5, 4])
    assert before_after(line(values, incomplete="2026-09"), LIVE) is None
    assert before_after(line(values | {"2026-08": None}), LIVE) is None


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=5), st.lists(st.floats(0, 1e6), min_size=3, max_size=6))
def test_a_median_lies_between_the_months_it_is_of(before: list[float], after: list[float]) -> None:
    found = before_after(line(months(before, after)), LIVE)
    assert found is not None
    assert min(before) <= found.before <= max(before)
    assert min(after) <= found.after <= max(after)


@pytest.mark.parametrize(
    ("value", "better", "kept"),
    [
        (0.65, "higher", True),
        (Decimal("0.64"), "higher", False),
        (0.65, "lower", True),
        (0.66, "lower", False),
        (None, "lower", None),
        (0.7, None, None),
    ],
)
def test_a_promise_is_kept_in_the_metrics_direction(
    value: float | Decimal | None, better: str | None, kept: bool | None
) -> None:
    assert reached(value, Decimal("0.65"), better) is kept


def test_every_metric_says_what_it_counts() -> None:
    assert set(engagement.COUNTED) == set(catalog())


def active(home: Path, *, may_open_rows: bool) -> dict[str, set[int | None]]:
    found = engagement.measured(
        home, "tiny", "active_customers", time_zone="UTC", split="contact.segment", may_open_rows=may_open_rows
    )
    return {each.group: {month.n for month in each.months} for each in found.lines}


def test_small_groups_are_hidden_from_those_who_may_not_open_rows(home: Path) -> None:
    measured.interactions(home, "tiny")
    assert active(home, may_open_rows=True) == {"Large": {9}, "Other": {9}, "Small": {3}}
    everybody = {"Large": {None}, "Other": {None}, "Small": {None}}  # one more against subtraction, and its equal
    assert active(home, may_open_rows=False) == everybody


def test_a_filter_cannot_be_subtracted_from_the_whole(home: Path) -> None:
    measured.interactions(home, "tiny")
    where = {"contact.segment": "Large"}
    with pytest.raises(Refused):
        engagement.measured(home, "tiny", "active_customers", time_zone="UTC", where=where)
    found = engagement.measured(home, "tiny", "active_customers", time_zone="UTC", where=where, may_open_rows=True)
    assert {month.n for month in found.lines[0].months} == {9}


def test_pillars_keep_their_order_and_other_groups_begin_with_the_largest(home: Path) -> None:
    measured.interactions(home, "tiny")

    def groups(split: str) -> list[str]:
        found = engagement.measured(home, "tiny", "interactions", time_zone="UTC", split=split)
        return [each.group for each in found.lines]

    assert groups("pillar") == ["service", "sales"]
    assert groups("channel") == ["email", "social public"]
    assert groups("network") == ["not assigned"]
    assert engagement.values_of(home, "tiny", "interactions", "channel") == ("email", "social_public")


def test_the_page_opens_with_what_a_live_component_promises(owner: Actor, program_id: str) -> None:
    assert engagement.leading_metric(program_id) == "win_rate"
    assert engagement.leading_metric(program_id, tables={"interaction"}) == "interactions"
    planned = component(owner, program_id, "Community")
    due = date(2026, 12, 31)
    set_target(
        owner, program_id=program_id, component_id=planned, metric_id="interactions", target=Decimal(900), due_on=due
    )
    assert engagement.leading_metric(program_id) == "interactions"
    live = component(owner, program_id, "Desk", live_on=date(2026, 2, 1))
    set_target(
        owner, program_id=program_id, component_id=live, metric_id="unanswered", target=Decimal("0.1"), due_on=due
    )
    assert engagement.leading_metric(program_id) == "unanswered"
    assert [each.value for each in engagement.promises(program_id, "unanswered")] == [Decimal("0.1")]
    assert engagement.go_lives(program_id, date(2026, 1, 31)) == ()
    assert [each.component for each in engagement.go_lives(program_id, date(2026, 2, 1))] == ["Desk"]


def test_an_import_is_a_new_version_and_none_is_version_zero(home: Path) -> None:
    assert sources.version(home, "tiny") == 0
    assert sources.imported(home, "tiny") == ()
    measured.deals(home, "tiny")
    assert sources.version(home, "tiny") > 0
    (found,) = sources.imported(home, "tiny")
    assert (found.table, found.source, found.rows) == ("opportunity", "files", 36)
