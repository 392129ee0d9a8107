"""What people do to the links of the roadmap: what waits for what."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from program.placing import ZERO, Waiting
from program.store import activities
from program.store.tables import Activity, ActivityLink
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


def link(
    actor: Actor,
    *,
    program_id: str,
    predecessor_id: str,
    successor_id: str,
    kind: str = "FS",
    lag: Decimal = ZERO,
    intention: str | None = None,
) -> str:
    """
    Let an activity wait for another and return the link's id. kind: what of the one allows what of the other.

    Raises Invalid for a link to itself, one that is there already, and one that closes a circle, named by its members.
    """
    values = activities.checked_link({"kind": kind, "lag": lag})
    try:
        with intend(
            actor, action="activity_link.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            before, after = unit.get(Activity, predecessor_id), unit.get(Activity, successor_id)
            row = _add(unit, before, after, values)
            unit.subject(row.id, predecessor=before.id, successor=after.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_link(actor: Actor, *, program_id: str, link_id: str, version: int, **changes: Any) -> int:
    """Change a link's kind or lag and return its new version."""
    values = activities.checked_link(changes)
    with intend(actor, action="activity_link.change", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(ActivityLink, link_id, version, mine=values)
        if values.get("kind", row.kind) != row.kind:
            before, after = unit.get(Activity, row.predecessor_id), unit.get(Activity, row.successor_id)
            activities.only_one(unit, before, after, values["kind"])
        return unit.change(ActivityLink, link_id, version, **values)


def unlink(actor: Actor, *, program_id: str, link_id: str, version: int) -> None:
    """Let an activity wait for another no more."""
    with intend(actor, action="activity_link.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(ActivityLink, link_id, version)


def set_links(
    actor: Actor, *, program_id: str, activity_id: str, seen: Mapping[str, int], wanted: Sequence[Waiting]
) -> None:
    """
    Let an activity wait for just these others, all of them or none.

    seen: the versions of its links as the person saw them, by id. Raises Stale when they are others by now, and Invalid
    as link does.
    """
    checked: dict[tuple[str, str], Decimal] = {
        (each.predecessor_id, each.kind): activities.checked_link({"kind": each.kind, "lag": each.lag})["lag"]
        for each in wanted
    }
    with intend(actor, action="activity_link.set", needs="plan.edit", program_id=program_id) as unit:
        after = unit.get(Activity, activity_id)
        held = unit.session.scalars(select(ActivityLink).where(ActivityLink.successor_id == activity_id)).all()
        if {row.id: row.version for row in held} != dict(seen):
            raise unit.stale(after, {})
        for row in held:
            if (row.predecessor_id, row.kind) not in checked:
                unit.session.delete(row)
            else:
                row.lag = checked.pop((row.predecessor_id, row.kind))
        unit.session.flush()
        for (predecessor_id, kind), lag in checked.items():
            _add(unit, unit.get(Activity, predecessor_id), after, {"kind": kind, "lag": lag})
        unit.subject(activity_id, links=len(wanted))


def _add(unit: Unit, before: Activity, after: Activity, values: dict[str, Any]) -> ActivityLink:
    if before.id == after.id:
        raise Invalid("predecessor_id", f"“{after.name}” cannot wait for itself.")
    activities.only_one(unit, before, after, values["kind"])
    activities.no_circle(unit, before, after)
    return unit.add(ActivityLink(predecessor_id=before.id, successor_id=after.id, **values))
