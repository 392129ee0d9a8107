"""Activities and what waits for what, as an action reads and changes them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from program import fields
from program.activity_rows import ActivityRow, match
from program.placing import LONGEST, MOST_ACTIVITIES, problem
from program.schedule import KINDS, Cycle, Link, in_order
from program.schedule import Activity as Work
from program.store.tables import Activity, ActivityLink
from program.store.unit_of_work import Unit
from program.values import Invalid

Values = Mapping[str, Any]
ENDS = (ActivityLink.predecessor_id, ActivityLink.successor_id)


def next_place(unit: Unit, more: int) -> int:
    """Return the place after the last activity. Raises Invalid when so many more are too many."""
    mine = Activity.program_id == unit.program_id
    count, last = unit.session.execute(select(func.count(), func.max(Activity.place)).where(mine)).one()
    if count + more > MOST_ACTIVITIES:
        raise Invalid(
            "name", f"A roadmap holds {MOST_ACTIVITIES:,} activities at most; these would be {count + more:,}."
        )
    return 0 if last is None else last + 1


def only_one(unit: Unit, before: Activity, after: Activity, kind: str) -> None:
    """Raise Invalid when there is such a link already."""
    link = ActivityLink
    same = link.predecessor_id == before.id, link.successor_id == after.id, link.kind == kind
    if unit.session.scalar(select(link.id).where(*same)):
        raise Invalid("kind", f"“{after.name}” waits for “{before.name}” in this way already.")


def no_circle(unit: Unit, before: Activity, after: Activity) -> None:
    """Raise Invalid, with the names of all members, when activities would wait for each other by one more link."""
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for predecessor, successor in unit.session.execute(
        _links(unit, ActivityLink.predecessor_id, ActivityLink.successor_id)
    ):
        waiting[predecessor].append(successor)
    came, ahead = {after.id: ""}, [after.id]
    for at in ahead:  # grows while it is walked
        for next_ in waiting[at]:
            if next_ not in came:
                came[next_] = at
                ahead.append(next_)
    if before.id not in came:
        return
    ring = [before.id]
    while came[ring[-1]]:
        ring.append(came[ring[-1]])
    members = unit.session.execute(_columns(unit, Activity.id, Activity.name).where(Activity.id.in_(ring)))
    names = {row.id: row.name for row in members}
    raise circle("predecessor_id", [names[id_] for id_ in reversed(ring)])


def circle(field: str, names: Sequence[str]) -> Invalid:
    """Return the refusal of activities that would wait for each other, in the order of waiting."""
    ring = " → ".join(f"“{name}”" for name in [*names, names[0]])
    return Invalid(field, f"These activities would wait for each other: {ring}. Take one of these links away.")


def bridges(unit: Unit, activity_id: str) -> list[ActivityLink]:
    """Return links, not yet stored, from what an activity waits for to what waits for it. Raises Invalid."""
    link = ActivityLink
    before = unit.session.scalars(select(link).where(link.successor_id == activity_id)).all()
    after = unit.session.scalars(select(link).where(link.predecessor_id == activity_id)).all()
    has = select(link.predecessor_id, link.successor_id, link.kind)
    there = has.where(link.successor_id.in_([each.successor_id for each in after]))
    taken = {tuple(row) for row in unit.session.execute(there)}
    found = []
    for first in before:
        for second in after:
            key = (first.predecessor_id, second.successor_id, first.kind[0] + second.kind[1])
            if key not in taken:
                taken.add(key)
                ends = {"predecessor_id": key[0], "successor_id": key[1], "kind": key[2]}
                lag = first.lag + second.lag
                if abs(lag) > LONGEST:
                    raise Invalid(
                        "lag", f"The lags add up to {lag.normalize():f} working days; {LONGEST:,} is the most."
                    )
                found.append(ActivityLink(**ends, lag=lag))
    return found


def bring_in(unit: Unit, rows: Sequence[ActivityRow], checked: Sequence[Values]) -> dict[str, int]:
    """
    Add or change the activities of the rows and their links; return how many were added and changed.

    checked: the values of each row, its links aside.
    """
    held = unit.session.scalars(_mine(unit).order_by(Activity.place, Activity.name, Activity.id)).all()
    by_id = {row.id: row for row in held}
    known = match(rows, [(row.id, row.name) for row in held])
    place = next_place(unit, known.count(None))
    found: dict[str, Activity] = {}
    for each, id_, values in zip(rows, known, checked, strict=True):
        if id_ is None:
            found[each.key] = Activity(program_id=unit.program_id, place=place, **values)
            place += 1
        else:
            found[each.key] = by_id[id_]
            for name, value in values.items():
                setattr(by_id[id_], name, value)
            _check_together(each, by_id[id_])
    _check_links(rows)
    unit.session.add_all(found.values())
    unit.session.flush()
    _bring_in_links(unit, rows, {key: row.id for key, row in found.items()})
    _no_circle_anywhere(unit)
    return {"added": known.count(None), "changed": len(rows) - known.count(None)}


def _bring_in_links(unit: Unit, rows: Sequence[ActivityRow], ids: Mapping[str, str]) -> None:
    wanted = {(ids[link.key], ids[row.key], link.kind): link.lag for row in rows for link in row.links}
    among = set(ids.values())
    for held in unit.session.scalars(_links(unit, ActivityLink)):
        key = (held.predecessor_id, held.successor_id, held.kind)
        if key in wanted:
            held.lag = wanted.pop(key)
        elif {held.predecessor_id, held.successor_id} <= among:
            unit.session.delete(held)
    unit.session.add_all(
        ActivityLink(predecessor_id=before, successor_id=after, kind=kind, lag=lag)
        for (before, after, kind), lag in wanted.items()
    )
    unit.session.flush()


def _check_links(rows: Sequence[ActivityRow]) -> None:
    """Raise Invalid for a row that waits for none of the rows or twice in one way."""
    keys = {row.key for row in rows}
    if len(keys) < len(rows):
        raise Invalid("rows", "Two of the rows have the same id.")
    for row in rows:
        seen = set()
        for link in row.links:
            if link.key not in keys:
                raise Invalid("predecessors", f"Line {row.line}: there is no activity “{link.key[:40]}”.")
            if (link.key, link.kind) in seen:
                raise Invalid("predecessors", f"Line {row.line}: {link.key[:40]} {link.kind} stands here twice.")
            seen.add((link.key, link.kind))
            if link.key == row.key:
                raise Invalid("predecessors", f"Line {row.line}: “{row.name}” waits for itself.")


def _check_together(row: ActivityRow, held: Activity) -> None:
    if wrong := problem(vars(held)):
        raise Invalid(wrong[0], f"Line {row.line}: {wrong[1]}")


def _no_circle_anywhere(unit: Unit) -> None:
    names = {row.id: row.name for row in unit.session.execute(_columns(unit, Activity.id, Activity.name))}
    at = {id_: place for place, id_ in enumerate(names)}
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for predecessor, successor in unit.session.execute(
        _links(unit, ActivityLink.predecessor_id, ActivityLink.successor_id)
    ):
        links[successor].append(Link(at[predecessor]))
    try:
        in_order([Work(id_, name, 0.0, tuple(links[id_])) for id_, name in names.items()])
    except Cycle as problem:
        raise circle("predecessors", [names[id_] for id_ in problem.members]) from problem


def _mine(unit: Unit) -> Any:
    return select(Activity).where(Activity.program_id == unit.program_id)


def _columns(unit: Unit, *columns: Any) -> Any:
    return select(*columns).where(Activity.program_id == unit.program_id)


def _links(unit: Unit, *columns: Any) -> Any:
    joined = select(*columns).join(Activity, Activity.id == ActivityLink.successor_id)
    return joined.where(Activity.program_id == unit.program_id)


def _lag(value: Any, field: str) -> Decimal:
    exact = fields.number(value, field)
    if abs(exact) > LONGEST:
        raise Invalid(field, f"A lag of {exact:f} working days is longer than {LONGEST:,}.")
    return exact


def checked_link(given: dict[str, Any]) -> dict[str, Any]:
    """Return the kind and the lag of a link as they are kept. Raises Invalid with the field."""
    checks: dict[str, fields.Check] = {
        "kind": lambda value, field: fields.one_of(value, KINDS, field),
        "lag": _lag,
    }
    return fields.checked(given, checks, "a link")
