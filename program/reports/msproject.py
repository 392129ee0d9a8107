"""MS Project XML in and out: activities, links, milestones, progress and the calendar (extra [msproject])."""

import json
import math
import os
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

import program
from program.activity_rows import ActivityRow, RowLink
from program.fields import NAME_LENGTH
from program.placing import ALL, PlacedActivity, Roadmap
from program.reports.msproject_worker import HOURS, MINUTES, NO_JAVA
from program.reports.project_xml import BadProject, cleaned

__all__ = ["BadProject", "ImportedProject", "NotAvailable", "available", "read", "write"]

WORKER = "program.reports.msproject_worker"
SECONDS = 120
NO_EARLIER = ("START_NO_EARLIER_THAN", "MUST_START_ON", "START_ON")
MOST_DAYS_OFF = 2_000


class NotAvailable(Exception):
    """MS Project files cannot be read or written on this machine; the text says what is missing."""


@dataclass(frozen=True)
class ImportedProject:
    """
    What an MS Project file holds. rows: for import_activities, keyed by the file's unique ids. days_off: of its
    calendar, with their names. notes: what was left out or read otherwise, in words.
    """

    rows: tuple[ActivityRow, ...]
    days_off: dict[date, str]
    notes: tuple[str, ...]


def available() -> bool:
    """Return whether the extra is installed; whether there is Java shows when a file is read or written."""
    return find_spec("jpype") is not None and find_spec("mpxj") is not None


def read(content: bytes, name: str = "project.xml") -> ImportedProject:
    """
    Return what an MS Project XML file holds; nothing is stored.

    Raises BadProject, also for a file with a DTD or entities, and NotAvailable.
    """
    found = json.loads(_run("read", cleaned(content, name), name))
    try:
        return _imported(found, name)
    except BadProject:
        raise
    except (ValueError, OverflowError) as problem:
        raise BadProject(f"{name}: a date in the file lies outside of the years 1 to 9999.") from problem


def write(roadmap: Roadmap, *, name: str, holidays: dict[date, str]) -> bytes:
    """
    Return a roadmap as MS Project XML: working days of 8 hours from Monday to Friday, without the holidays.

    Raises NotAvailable.
    """
    keys = {each.id: at for at, each in enumerate(roadmap.activities)}
    plan = {
        "name": _line(name),
        "start": _moment(roadmap.start, 0.0),
        "today": _moment(roadmap.today, 0.0),
        "holidays": [[f"{day:%Y-%m-%d}", _line(title)] for day, title in sorted(holidays.items())],
        "activities": [_task(each, keys) for each in roadmap.activities],
    }
    return _run("write", json.dumps(plan).encode(), name)


def _task(each: PlacedActivity, keys: dict[str, int]) -> dict[str, Any]:
    activity, times = each.activity, each.times
    ends = each.activity.milestone and math.modf(times.early_finish)[0] == 0
    start = _moment(each.start, 0.0 if activity.started_on else times.early_start % 1)
    finish = _moment(each.finish, 1.0 if activity.finished_on else _evening(times.early_finish))
    return {
        "key": keys[each.id],
        "guid": str(UUID(hex=each.id)) if len(each.id) == len(UUID(int=0).hex) else str(UUID(int=keys[each.id])),
        "name": activity.name,
        "duration": float(activity.duration),
        "percent": 100.0 if each.done else float(activity.percent),
        "start": finish if ends else start,
        "finish": finish,
        "actual_start": start if activity.started else None,
        "actual_finish": finish if each.done else None,
        "not_before": _moment(activity.not_before, 0.0) if activity.not_before else None,
        "links": [
            {"key": keys[link.predecessor_id], "kind": link.kind, "lag": float(link.lag)}
            for link in activity.links
            if link.predecessor_id in keys
        ],
    }


def _evening(finish: float) -> float:
    share = finish % 1
    return share or 1.0


def _moment(day: date, share: float) -> str:
    """The hour at which a share of a working day is over; the day's first hour for none of it."""
    minutes = round(share * MINUTES)
    (morning, noon), (afternoon, _) = HOURS
    half = (noon - morning) * 60
    begin, rest = (morning, minutes) if minutes <= half else (afternoon, minutes - half)
    return (datetime.combine(day, time(begin)) + timedelta(minutes=rest)).isoformat(timespec="seconds")


def _imported(found: dict[str, Any], name: str) -> ImportedProject:
    notes: list[str] = []
    rows: dict[str, ActivityRow] = {}
    kept = [task for task in found["tasks"] if _kept(task, notes)]
    keys = {task["uid"] for task in kept}
    for task in kept:
        links = {(each["uid"], each["kind"]): each["lag"] for each in task["links"] if each["uid"] in keys}
        if gone := len({each["uid"] for each in task["links"]} - keys):
            notes.append(
                f"“{_line(task['name'])}” loses {gone} link{'s' if gone > 1 else ''} to what does not come in."
            )
        rows[task["uid"]] = _row(task, links)
    if not rows:
        raise BadProject(f"{name}: the file holds no task that can come in.")
    return ImportedProject(tuple(rows.values()), _days_off(found["exceptions"], notes), tuple(notes))


def _kept(task: dict[str, Any], notes: list[str]) -> bool:
    title = _line(task["name"] or "")
    if not title:
        return False
    if task["summary"]:
        notes.append(f"“{title}” sums up other tasks and does not come in.")
    elif task["inactive"]:
        notes.append(f"“{title}” is switched off in the file and does not come in.")
    elif task["duration"] is None:
        notes.append(f"“{title}” has no duration and does not come in.")
    else:
        return True
    return False


def _row(task: dict[str, Any], links: dict[tuple[str, Any], float]) -> ActivityRow:
    duration = _exact(task["duration"])
    percent = Decimal(str(task["percent"] or 0))
    values: dict[str, Any] = {"percent": percent if duration or percent >= ALL else Decimal(0)}
    for field in ("started_on", "finished_on"):
        values[field] = date.fromisoformat(task[field]) if task[field] else None
    if values["finished_on"]:
        values["percent"] = ALL
    if task["constraint"] in NO_EARLIER and task["constraint_on"]:
        values["not_before"] = date.fromisoformat(task["constraint_on"])
    return ActivityRow(
        task["row"],
        task["uid"],
        _line(task["name"]),
        duration,
        tuple(RowLink(uid, kind, _exact(lag)) for (uid, kind), lag in links.items()),
        values,
    )


def _days_off(exceptions: list[dict[str, str]], notes: list[str]) -> dict[date, str]:
    found: dict[date, str] = {}
    for each in exceptions:
        day, last = date.fromisoformat(each["from"]), date.fromisoformat(each["to"])
        for at in range(min((last - day).days + 1, MOST_DAYS_OFF - len(found))):
            found.setdefault(day + timedelta(at), _line(each["name"]) or "Day off")
    if len(found) >= MOST_DAYS_OFF:
        notes.append(f"Only the first {MOST_DAYS_OFF:,} days off of its calendar are read.")
    return dict(sorted(found.items()))


def _run(what: str, given: bytes, name: str) -> bytes:
    if not available():
        raise NotAvailable("MS Project files need the extra: install Groundwork with pip install '.[msproject]'.")
    where = str(Path(program.__file__).parents[1])
    path = os.pathsep.join(filter(None, (where, os.environ.get("PYTHONPATH", ""))))
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with our own Python
            [sys.executable, "-m", WORKER, what],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired as problem:
        raise BadProject(
            f"{name}: it takes longer than {SECONDS} seconds. Save a smaller part of the plan."
        ) from problem
    if done.returncode == NO_JAVA:
        raise NotAvailable("MS Project files need Java on the machine that runs Groundwork. None was found there.")
    if done.returncode:
        raise BadProject(f"{name}: the file cannot be read as MS Project XML.")
    return done.stdout


def _line(text: str) -> str:
    """One line without control characters, no longer than a name."""
    plain = "".join(" " if unicodedata.category(mark) in ("Cc", "Cs") else mark for mark in text)
    return " ".join(plain.split())[:NAME_LENGTH].strip()


def _exact(days: float) -> Decimal:
    return Decimal(str(round(days, 4)))
