"""The calendar file: read back by the library, stable, escaped, and without what is done."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from program.calendars import WorkingCalendar
from program.follow_ups import FollowUp
from program.placing import PlannedActivity, PlannedLink, Roadmap, place
from program.reports.calendar_file import ics

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
NASTY = "Ask, build; tell\\ \nEND:VEVENT\r\nBEGIN:VALARM"


def roadmap(name: str = "Build", days: str = "5") -> Roadmap:
    link = (PlannedLink("l", 1, "a", "FS"),)
    activities = [
        PlannedActivity("a", 1, "c", name, None, Decimal(days), owner_id="p"),
        PlannedActivity("m", 1, None, "Open", None, Decimal(0), links=link),
        PlannedActivity("d", 1, None, "Done", None, Decimal(2), finished_on=TODAY),
    ]
    return place(activities, start=TODAY, today=TODAY, calendar=WorkingCalendar(TODAY))


FOLLOW_UPS = (
    FollowUp("f", 1, "Call Ann", "risk", due_on=date(2026, 4, 1), owner_id="p"),
    FollowUp("g", 1, "No day", "risk"),
    FollowUp("h", 1, "Done", "gate", due_on=date(2026, 4, 2), done_at=NOW),
)


def events(content: bytes) -> dict[str, Event]:
    return {str(each["UID"]): each for each in Calendar.from_ical(content).walk("VEVENT")}  # type: ignore[misc]


def test_milestones_ends_and_follow_ups() -> None:
    content = ics(
        roadmap(), FOLLOW_UPS, name="Closer", now=NOW, people={"p": "Ann"}, components={"c": "Desk"}
    )  # fmt: skip
    found = events(content)
    assert list(found) == ["activity-a@groundwork", "activity-m@groundwork", "follow-up-f@groundwork"]
    assert [str(each["SUMMARY"]) for each in found.values()] == [
        "Ends: Build", "Milestone: Open", "Follow-up: Call Ann (Ann)"
    ]  # fmt: skip
    assert [each.start for each in found.values()] == [date(2026, 3, 6), date(2026, 3, 6), date(2026, 4, 1)]
    assert str(found["activity-a@groundwork"]["DESCRIPTION"]) == (
        "From 2026-03-02 to 2026-03-06. Component: Desk. Owner: Ann. It holds up the end of the roadmap."
    )
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert list(events(ics(roadmap(), FOLLOW_UPS, name="x", now=NOW, parts=["milestones"]))) == [
        "activity-m@groundwork"
    ]


def test_an_entry_that_moves_keeps_its_uid() -> None:
    one, two = events(ics(roadmap(), name="x", now=NOW)), events(ics(roadmap(days="9"), name="x", now=NOW))
    assert list(one) == list(two)
    assert one["activity-m@groundwork"].start < two["activity-m@groundwork"].start


def test_a_name_never_becomes_a_line_of_the_file() -> None:
    found = events(ics(roadmap(NASTY), name=NASTY, now=NOW))
    assert str(found["activity-a@groundwork"]["SUMMARY"]) == "Ends: Ask, build; tell\\ END:VEVENT BEGIN:VALARM"
    content = ics(roadmap(), name="North; south, \\n", now=NOW)
    assert [line for line in content.split(b"\r\n") if b"NAME" in line] == [
        b"NAME:North\\; south\\, \\\\n",
        b"X-WR-CALNAME:North\\; south\\, \\\\n",
    ]
    assert len(found) == 2


@given(st.text(max_size=300))
def test_any_name_comes_back_as_one_line(name: str) -> None:
    content = ics(roadmap(name), name=name, now=NOW)
    assert set(events(content)) == {"activity-a@groundwork", "activity-m@groundwork"}
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
