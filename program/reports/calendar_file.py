"""What is due as a calendar file (.ics): milestones, the ends of activities, follow-ups; each a whole day."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vText

from program.follow_ups import FollowUp
from program.placing import PlacedActivity, Roadmap

PARTS = {"milestones": "Milestones", "ends": "Ends of activities", "follow_ups": "Follow-ups"}
PRODUCT = "-//Groundwork//Groundwork//EN"
HOST = "groundwork"
CALLED = ("NAME", "X-WR-CALNAME")


def ics(
    roadmap: Roadmap,
    follow_ups: Iterable[FollowUp] = (),
    *,
    name: str,
    now: datetime,
    people: Mapping[str, str] | None = None,
    components: Mapping[str, str] | None = None,
    parts: Collection[str] = tuple(PARTS),
) -> bytes:
    """
    Return a calendar of a program. An entry keeps its UID, so that the next file moves it and adds no second one.

    name: of the calendar. now: when the file is made (UTC). people, components: names by id. parts: which of PARTS.
    What is done is left out.
    """
    calendar = Calendar.new(prodid=PRODUCT)
    for key in CALLED:
        calendar.add(key, vText(_line(name)), encode=False)  # by `name` the library escapes nothing
    people, components = people or {}, components or {}
    for each in roadmap.activities:
        part = "milestones" if each.activity.milestone else "ends"
        if part in parts and not each.done:
            calendar.add_component(_entry(each, now, people, components))
    if "follow_ups" in parts:
        for follow_up, day in _open(follow_ups):
            calendar.add_component(_follow_up(follow_up, day, now, people))
    return bytes(calendar.to_ical())


def _entry(each: PlacedActivity, now: datetime, people: Mapping[str, str], components: Mapping[str, str]) -> Event:
    activity = each.activity
    said = [
        f"From {each.start:%Y-%m-%d} to {each.finish:%Y-%m-%d}." if not activity.milestone else "",
        f"Component: {desk}." if (desk := components.get(activity.component_id or "")) else "",
        f"Owner: {owner}." if (owner := people.get(activity.owner_id or "")) else "",
        "It holds up the end of the roadmap." if each.critical else "",
    ]
    title = f"Milestone: {activity.name}" if activity.milestone else f"Ends: {activity.name}"
    return _event(f"activity-{activity.id}", title, each.finish, now, " ".join(filter(None, said)))


def _follow_up(each: FollowUp, day: date, now: datetime, people: Mapping[str, str]) -> Event:
    who = people.get(each.owner_id or "")
    title = f"Follow-up: {each.title} ({who})" if who else f"Follow-up: {each.title}"
    return _event(f"follow-up-{each.id}", title, day, now, f"From a {each.origin}.")


def _open(follow_ups: Iterable[FollowUp]) -> Iterator[tuple[FollowUp, date]]:
    return ((each, each.due_on) for each in follow_ups if each.done_at is None and each.due_on is not None)


def _event(uid: str, title: str, day: date, now: datetime, said: str) -> Event:
    end = day + timedelta(1) if day < date.max else day
    event = Event.new(uid=f"{uid}@{HOST}", summary=_line(title), start=day, end=end, stamp=now)
    event.description = _line(said) or None
    event.add("TRANSP", "TRANSPARENT")
    return event


def _line(text: str) -> str:
    """One line without control characters; commas, semicolons and backslashes are escaped by the library."""
    return " ".join("".join(" " if unicodedata.category(mark)[0] == "C" else mark for mark in text).split())
