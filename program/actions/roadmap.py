"""What people do to the roadmap: activities and milestones, what waits for what, and what is done."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from program import catalog, fields
from program.activity_rows import ActivityRow
from program.placing import ALL, LONGEST, ZERO, problem
from program.store import activities as stored
from program.store.tables import Activity, ActivityLink, Component, Program, Stakeholder
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid

MOST_PLACES = Decimal(10**9)
SHARED = {"component_id", "owner_id"}
TOGETHER = ("duration", "optimistic", "pessimistic", "percent", "started_on", "finished_on")


def add_activity(
    actor: Actor,
    *,
    program_id: str,
    name: str,
    duration: Decimal,
    after: str | None = None,
    intention: str | None = None,
    **more: Any,
) -> str:
    """
    Put an activity on the roadmap, at the end of the list, and return its id. A duration of 0 makes a milestone.

    after: an activity that must be finished first. more: component_id, stage, optimistic, pessimistic, not_before,
    owner_id, place.
    """
    values = _checked({"name": name, "duration": duration, **more})
    try:
        with intend(
            actor, action="activity.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            _references(unit, values)
            _together(values)
            values.setdefault("place", stored.next_place(unit, 1))
            row = unit.add(Activity(program_id=program_id, **values))
            if after:
                unit.add(ActivityLink(predecessor_id=unit.get(Activity, after).id, successor_id=row.id))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_activity(actor: Actor, *, program_id: str, activity_id: str, version: int, **changes: Any) -> int:
    """Change some fields of an activity and return its new version. What is done is told by record_progress."""
    values = _checked(changes)
    with intend(actor, action="activity.change", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(Activity, activity_id, version, mine=values)
        _references(unit, values)
        _together({name: getattr(row, name) for name in TOGETHER} | values)
        return unit.change(Activity, activity_id, version, **values)


def change_activities(actor: Actor, *, program_id: str, activities: Mapping[str, int], **changes: Any) -> int:
    """
    Change the component, the owner or both of several activities, all of them or none; return how many are now so.

    activities: the version of each by its id. changes: component_id, owner_id; None takes it away.
    """
    if not activities:
        raise Invalid("activities", "No activity is chosen. Choose the activities to change.")
    if not changes:
        raise Invalid("component_id", "Nothing is to change. Choose a component or an owner.")
    if others := changes.keys() - SHARED:
        raise Invalid(min(others), f"“{min(others)}” cannot be set for several activities. Change them one by one.")
    values = _checked(changes)
    with intend(actor, action="activity.change_several", needs="plan.edit", program_id=program_id) as unit:
        _references(unit, values)
        for id_, version in activities.items():
            unit.change(Activity, id_, version, **values)
        unit.subject(program_id, fields=sorted(values), activities=len(activities))
    return len(activities)


def remove_activity(actor: Actor, *, program_id: str, activity_id: str, version: int, bridge: bool = False) -> int:
    """
    Take an activity out, and return how many links went with it.

    bridge: whether what waited for it waits from now on for what it waited for, with the lags added up.
    """
    with intend(actor, action="activity.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.get(Activity, activity_id, version)
        ends = ActivityLink.predecessor_id == activity_id, ActivityLink.successor_id == activity_id
        links = unit.session.scalar(select(func.count(ActivityLink.id)).where(or_(*ends))) or 0
        bridges = stored.bridges(unit, activity_id) if bridge else []
        unit.remove(Activity, activity_id, version)
        unit.session.expire_all()
        unit.session.add_all(bridges)
        unit.subject(activity_id, links=links, bridges=len(bridges))
        return links


def record_progress(
    actor: Actor,
    *,
    program_id: str,
    activity_id: str,
    version: int,
    percent: Decimal | None = None,
    started_on: date | None = None,
    finished_on: date | None = None,
) -> int:
    """
    Say how far an activity is, all three at once, and return its new version; with none of them it has not started.

    A day that is not given is today, in the program's time zone, where the percentage calls for one. A finish means
    100 percent.

    Raises Invalid for a day in the future, a finish before the start, and a milestone that is partly reached.
    """
    given = {
        "percent": fields.number(ZERO if percent is None else percent, "percent"),
        "started_on": fields.optional_day(started_on, "started_on"),
        "finished_on": fields.optional_day(finished_on, "finished_on"),
    }
    with intend(actor, action="activity.progress", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(Activity, activity_id, version, mine=given)
        zone = ZoneInfo(unit.get(Program, program_id).time_zone)
        values = _progress(given, percent is None, row.duration, actor.now.astimezone(zone).date())
        return unit.change(Activity, activity_id, version, **values)


def import_activities(
    actor: Actor, *, program_id: str, rows: Sequence[ActivityRow], intention: str | None = None
) -> int:
    """
    Bring in activities with their links, all of them or none; return how many came in.

    A row with the name of an activity that is there changes it, and its links to others of the rows become what the
    rows say; of several activities of one name, the first is meant by the first row. The same rows again change
    nothing.

    Raises Invalid for a circle, named by its members.
    """
    if not rows:
        raise Invalid("rows", "There are no activities to bring in.")
    checked = [_row(row) for row in rows]
    try:
        with intend(
            actor, action="activity.import", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            for values in checked:
                _references(unit, values)
            unit.subject(program_id, **stored.bring_in(unit, rows, checked))
    except AlreadyDone:
        pass
    return len(rows)


def _progress(given: dict[str, Any], unsaid: bool, duration: Decimal, today: date) -> dict[str, Any]:
    percent, began, ended = given["percent"], given["started_on"], given["finished_on"]
    if not 0 <= percent <= ALL:
        raise Invalid("percent", f"{percent.normalize():f} percent cannot be done. Enter a number from 0 to 100.")
    for field in ("started_on", "finished_on"):
        if given[field] and given[field] > today:
            raise Invalid(
                field,
                f"{given[field]:%Y-%m-%d} is in the future. Progress has happened: enter today or an earlier day.",
            )
    if ended and unsaid:
        percent = ALL
    if percent == ALL:
        ended = ended or today
    elif percent:
        began = began or today
    values = {"percent": percent, "started_on": began, "finished_on": ended}
    _together({"duration": duration, **values})
    return values


def _references(unit: Unit, values: dict[str, Any]) -> None:
    if values.get("component_id"):
        unit.get(Component, values["component_id"])
    if values.get("owner_id"):
        unit.get(Stakeholder, values["owner_id"])


def _together(values: dict[str, Any]) -> None:
    """Raise Invalid unless the values that are known go together."""
    if wrong := problem(values):
        raise Invalid(*wrong)


def _row(row: ActivityRow) -> dict[str, Any]:
    try:
        values = _checked({"name": row.name, "duration": row.duration, **row.values}, PROGRESS)
        _together(values)
        for each in row.links:
            stored.checked_link({"kind": each.kind, "lag": each.lag})
    except Invalid as problem:
        raise Invalid(problem.field, f"Line {row.line}: {problem.sentence}") from problem
    return values


def _days(value: Any, field: str) -> Decimal:
    exact = fields.number(value, field)
    if not 0 <= exact <= LONGEST:
        raise Invalid(field, f"{exact:f} is not a number of working days from 0 to {LONGEST:,}.")
    return exact


def _optional_days(value: Any, field: str) -> Decimal | None:
    return None if value is None else _days(value, field)


def _checked(given: dict[str, Any], more: dict[str, fields.Check] | None = None) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "duration": _days,
        "optimistic": _optional_days,
        "pessimistic": _optional_days,
        "component_id": fields.optional_id,
        "stage": lambda value, field: fields.optional_one_of(value, catalog.STAGES, field),
        "not_before": fields.optional_day,
        "owner_id": fields.optional_id,
        "place": lambda value, field: int(fields.position(value, field, end=MOST_PLACES)),
        **(more or {}),
    }
    return fields.checked(given, checks, "an activity")


PROGRESS: dict[str, fields.Check] = {
    "percent": lambda value, field: fields.position(value, field, end=ALL),
    "started_on": fields.optional_day,
    "finished_on": fields.optional_day,
}
