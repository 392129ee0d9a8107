"""The roadmap as values: where activities lie, what is done, what drives what, and the sentences."""

import random
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.calendars import WorkingCalendar
from program.forecast import forecast
from program.roadmap import PlannedActivity, PlannedLink, Roadmap, headline, place, why, words, working_days
from program.schedule import KINDS, Cycle

MONDAY = date(2026, 3, 2)
CALENDAR = WorkingCalendar(MONDAY, frozenset({date(2026, 3, 6)}))  # the first Friday is a day off


def link(predecessor: str, kind: Any = "FS", lag: str = "0") -> PlannedLink:
    return PlannedLink(f"{predecessor}-{kind}", 1, predecessor, kind, Decimal(lag))


def activity(id_: str, days: str, *links: PlannedLink, **more: Any) -> PlannedActivity:
    return PlannedActivity(id_, 1, None, id_, None, Decimal(days), links=links, **more)


def placed(*activities: PlannedActivity, today: date = MONDAY, start: date = MONDAY) -> Roadmap:
    return place(activities, start=start, today=today, calendar=CALENDAR)


def dates(roadmap: Roadmap) -> dict[str, tuple[date, date]]:
    return {each.id: (each.start, each.finish) for each in roadmap.activities}


def test_days_off_fractions_and_milestones() -> None:
    found = placed(
        activity("A", "4.5"), activity("B", "1", link("A")), activity("M", "0", link("A")), activity("N", "0")
    )
    assert dates(found) == {
        "A": (MONDAY, date(2026, 3, 9)),
        "B": (date(2026, 3, 9), date(2026, 3, 10)),
        "M": (date(2026, 3, 9), date(2026, 3, 9)),
        "N": (MONDAY, MONDAY),
    }
    assert found.finish == date(2026, 3, 10)
    assert [each.critical for each in found.activities] == [True, True, False, False]


def test_a_milestone_with_a_day_of_its_own_is_on_that_day_not_on_the_evening_before() -> None:
    found = placed(activity("M", "0", not_before=date(2026, 3, 11)), activity("N", "0", link("M", "SS", "1")))
    assert dates(found)["M"] == (date(2026, 3, 11), date(2026, 3, 11))
    assert dates(found)["N"] == (date(2026, 3, 12), date(2026, 3, 12))


def test_what_has_not_started_starts_today_at_the_earliest() -> None:
    today = date(2026, 3, 11)
    found = placed(activity("A", "2"), activity("B", "1", not_before=date(2026, 3, 16)), today=today)
    assert dates(found) == {"A": (today, date(2026, 3, 12)), "B": (date(2026, 3, 16), date(2026, 3, 16))}


def test_what_is_finished_stays_where_it_was_and_holds_nothing_up() -> None:
    done = activity("A", "5", started_on=MONDAY, finished_on=date(2026, 3, 3), percent=Decimal(100))
    found = placed(done, activity("B", "1", link("A")), today=date(2026, 3, 4))
    assert dates(found) == {"A": (MONDAY, date(2026, 3, 3)), "B": (date(2026, 3, 4), date(2026, 3, 4))}
    assert [(each.done, each.critical) for each in found.activities] == [(True, False), (False, True)]
    assert why(found, "A").sentence == "“A” is done and holds nothing up any more."


def test_work_before_the_program_starts_counts_from_there() -> None:
    early = activity("A", "2", started_on=date(2026, 2, 26), finished_on=date(2026, 2, 27), percent=Decimal(100))
    found = placed(early, activity("B", "1", link("A")))
    assert found.start == date(2026, 2, 26)
    assert dates(found)["B"] == (MONDAY, MONDAY)
    assert found.by_id["B"].times.early_start == 2


@pytest.mark.parametrize(
    ("percent", "finish"), [("0", date(2026, 3, 16)), ("50", date(2026, 3, 12)), ("75", date(2026, 3, 11))]
)
def test_the_rest_of_what_has_started_continues_today(percent: str, finish: date) -> None:
    begun = activity("A", "4", started_on=date(2026, 3, 3), percent=Decimal(percent))
    found = placed(begun, today=date(2026, 3, 11))
    assert dates(found)["A"] == (date(2026, 3, 3), finish)


def test_the_start_of_what_has_started_waits_for_nothing_but_its_finish_still_does() -> None:
    today = date(2026, 3, 3)
    begun: dict[str, Any] = {"started_on": MONDAY, "percent": Decimal(50)}
    found = placed(
        activity("A", "10"), activity("B", "2", link("A"), **begun), activity("C", "2", link("A", "FF"), **begun),
        activity("D", "1", link("C", "SS", "1")), today=today,
    )  # fmt: skip
    assert dates(found)["B"] == (MONDAY, today)
    assert dates(found)["C"] == (MONDAY, dates(found)["A"][1])
    assert dates(found)["D"] == (today, today)  # C began yesterday, although its rest waits
    assert why(found, "C").chain == ("A", "C")


def test_a_hundred_percent_without_a_day_counts_as_done() -> None:
    found = placed(
        activity("A", "3", percent=Decimal(100)), activity("M", "0", link("A"), percent=Decimal(100)),
        activity("B", "1", link("A"), link("M")), today=date(2026, 3, 10),
    )  # fmt: skip
    assert [each.done for each in found.activities] == [True, True, False]
    assert dates(found)["B"] == (date(2026, 3, 10), date(2026, 3, 10))


def test_why_names_the_chain_and_what_follows_waits_for() -> None:
    found = placed(
        activity("Ask", "2"), activity("Build", "5", link("Ask")), activity("Write", "1", link("Ask")),
        activity("Open", "0", link("Build"), link("Write")),
    )  # fmt: skip
    held = why(found, "Open")
    assert held.chain == ("Ask", "Build", "Open")
    assert held.sentence.startswith("“Open” is critical: it waits for “Build”, in a chain of 2 activities")
    assert "begins with “Ask”" in held.sentence
    free = why(found, "Write")
    assert free.waits_for == "Build"
    assert free.sentence.startswith("“Write” is not critical: it may end 4 working days later before the end moves.")
    assert "What follows waits for “Build”." in free.sentence
    assert why(found, "Ask").sentence == (
        "“Ask” is critical: it starts as early as it can. One day later moves the end by a day."
    )


def test_why_tells_of_a_day_of_its_own_and_of_a_start() -> None:
    found = placed(activity("A", "2", not_before=date(2026, 3, 11)))
    assert "it may not start before 11 March 2026." in why(found, "A").sentence
    begun = placed(activity("A", "2", started_on=MONDAY))
    assert "it has started, and the rest of it holds the end." in why(begun, "A").sentence


def test_headlines() -> None:
    assert headline(placed()) == "Nothing is on the roadmap yet."
    one = placed(activity("A", "2"))
    assert headline(one) == "The roadmap ends on 3 March 2026. “A” is the next to hold it up."
    done = placed(activity("A", "1", finished_on=MONDAY))
    assert headline(done) == "Everything on the roadmap is done since 2 March 2026."
    assert (words(date(2026, 5, 5)), working_days(1), working_days(2.5), working_days(0)) == (
        "5 May 2026", "1 working day", "2.5 working days", "0 working days"
    )  # fmt: skip


def test_a_circle_is_refused_by_its_members() -> None:
    with pytest.raises(Cycle) as refused:
        placed(activity("A", "1", link("B")), activity("B", "1", link("A")))
    assert set(refused.value.members) == {"A", "B"}


def test_a_plan_longer_than_the_calendar_ends_on_its_last_day() -> None:
    chain = [activity("0", "5000"), *(activity(str(at), "5000", link(str(at - 1))) for at in range(1, 600))]
    assert placed(*chain).finish == date.max


def test_ten_thousand_activities_are_placed_within_two_seconds_of_the_processor() -> None:
    chance = random.Random(1)
    before = [[link(str(at - chance.randint(1, min(at, 9))))] if at else [] for at in range(10_000)]
    many = [activity(str(at), str(chance.randint(0, 5)), *links) for at, links in enumerate(before)]
    begin = time.process_time()
    found = placed(*many)
    assert time.process_time() - begin < 2
    assert len(found.activities) == 10_000


@st.composite
def roadmaps(draw: st.DrawFn) -> list[PlannedActivity]:
    found = []
    for at in range(draw(st.integers(1, 12))):
        before = draw(st.lists(st.integers(0, max(at - 1, 0)), max_size=2, unique=True)) if at else []
        links = [link(str(b), draw(st.sampled_from(KINDS)), draw(st.sampled_from(["0", "1.5", "-1"]))) for b in before]
        begun = draw(st.sampled_from([None, date(2026, 2, 25), MONDAY, date(2026, 3, 8)]))
        percent = Decimal(draw(st.sampled_from([0, 40, 100]))) if begun else Decimal(0)
        own = draw(st.sampled_from([None, date(2026, 3, 12)]))
        days = draw(st.sampled_from(["0", "1", "2.5", "6"]))
        found.append(activity(str(at), days, *links, started_on=begun, percent=percent, not_before=own))
    return found


@given(roadmaps(), st.sampled_from([MONDAY, date(2026, 3, 10), date(2026, 3, 14)]))
def test_what_holds_for_every_roadmap(activities: list[PlannedActivity], today: date) -> None:
    found = place(activities, start=MONDAY, today=today, calendar=CALENDAR)
    assert [each.id for each in found.activities] == [each.id for each in activities]
    assert found.finish == max(each.finish for each in found.activities)
    for each in found.activities:
        assert each.start <= each.finish
        assert each.times.total_slack >= 0
        assert each.times.free_slack >= 0
        if not each.activity.started:
            assert each.start >= today
            assert each.start >= (each.activity.not_before or MONDAY)
        chain = why(found, each.id).chain
        assert chain[-1] == each.id
        assert len(set(chain)) == len(chain)


@given(roadmaps())
def test_the_order_of_the_activities_changes_no_date(activities: list[PlannedActivity]) -> None:
    one = dates(place(activities, start=MONDAY, today=MONDAY, calendar=CALENDAR))
    assert dates(place(activities[::-1], start=MONDAY, today=MONDAY, calendar=CALENDAR)) == one


@given(roadmaps(), st.integers(0, 11), st.integers(0, 4))
def test_a_delay_moves_no_activity_forward(activities: list[PlannedActivity], at: int, days: int) -> None:
    before = place(activities, start=MONDAY, today=MONDAY, calendar=CALENDAR)
    late = [replace(each, delay=Decimal(days)) if at == n else each for n, each in enumerate(activities)]
    after = place(late, start=MONDAY, today=MONDAY, calendar=CALENDAR)
    for was, now in zip(before.activities, after.activities, strict=True):
        assert now.finish >= was.finish
        assert not was.done or now.finish == was.finish


def test_the_forecast_of_what_is_left_is_the_schedule_when_nothing_is_uncertain() -> None:
    begun = activity("A", "4", started_on=MONDAY, percent=Decimal(50), optimistic=Decimal(2), pessimistic=Decimal(12))
    sure = placed(activity("A", "4", started_on=MONDAY, percent=Decimal(50)), activity("B", "3", link("A", "FS", "1")))
    found = forecast(sure.schedule.activities, sure.estimates(), runs=10, seed=1)
    assert (found.p50, found.p95, found.sd) == (sure.schedule.duration, sure.schedule.duration, 0)
    late = placed(begun, activity("B", "3", link("A")), activity("C", "1", not_before=date(2026, 4, 1)))
    (left, *_) = late.estimates()
    assert (left.optimistic, left.likely, left.pessimistic) == (1, 2, 6)
    spread = forecast(late.schedule.activities, late.estimates(), runs=500, seed=1)
    assert spread.p50 == late.schedule.duration  # what may not start before April ends last in every run
    assert spread.criticality == (0, 0, 1)
