"""Reads of the facts that statements are held against: from the record store and from the client's data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from data.manifest import WarehouseError
from program.catalog import STAGES
from program.components import is_live
from program.facts import FactValue, figure, share, unknown
from program.queries import budget, sources
from program.queries.components import components
from program.queries.objectives import objectives
from program.queries.ownership import duties
from program.queries.runs import latest_answered_run
from program.queries.targets import targets
from program.queries.views import perspective
from program.store.engine import reading
from program.store.tables import Client, Program
from program.values import Missing

SCORED_STAGES = STAGES[:6]
LAST_DAYS = timedelta(days=365)
NO_COMPONENTS = "The program has no components yet."
NO_INTERACTIONS = "No interactions were imported."
MEASURED = frozenset(
    ("data_age_days", "response_time_hours", "channels_recorded", "interactions_matched", "links_with_method")
)


def facts(program_id: str, *, today: date, home: Path | None) -> dict[str, FactValue]:
    """
    Return every fact of program/facts.yaml by its id, on a day; what is unknown has a reason.

    home: the folder that holds the warehouse, None to leave out MEASURED, which takes a while the first time. What the
    warehouse says is kept until the client's data changes. Raises Missing.
    """
    found = [*_planned(program_id, today), *_said(program_id, today)]
    if home is not None:
        found += _measured(program_id, today, home)
    return {fact.id: fact for fact in found}


def _planned(program_id: str, today: date) -> Iterator[FactValue]:
    items = components(program_id)
    held = duties(program_id)
    owned, done = ({duty.item for duty in held if duty.letter == letter} for letter in "AR")
    paid = {line.component_id for line in budget.lines(program_id) if line.planned and line.planned > 0}
    promising = {target.component_id for target in targets(program_id)}
    aimed = {item.id for item in items if (item.goal or "").strip()}
    at_least = {
        stage: {item.id for item in items if STAGES.index(item.stage) >= STAGES.index(stage)} for stage in SCORED_STAGES
    }
    shown = {"thought_through": aimed, "budgeted": paid, "organized": owned & done}
    reached = {
        "owners_named": owned,
        "budgets_present": paid,
        "effects_promised": promising,
        "tactics_traced": owned & promising & aimed,
        **{f"stage_{stage}": those & shown.get(stage, those) for stage, those in at_least.items()},
    }
    for id_, those in reached.items():
        count = sum(item.id in those for item in items)
        yield share(id_, count, len(items), as_of=today, reason=NO_COMPONENTS)
    live = [item for item in items if is_live(item, today)]
    if live:
        yield figure("live_without_goal", sum(item.id not in aimed for item in live), as_of=today)
    else:
        yield unknown("live_without_goal", "No component is live yet.", as_of=today)
    goals = objectives(program_id)
    complete = [goal for goal in goals if goal.metric_id and goal.target is not None and goal.owner_id]
    none = "The program has no objectives yet."
    yield share("goals_with_metric_and_owner", len(complete), len(goals), as_of=today, reason=none)


def _said(program_id: str, today: date) -> Iterator[FactValue]:
    """What people said in the newest run that may be read; of an anonymous one as far as it may be shown."""
    run = latest_answered_run(program_id)
    if run is None:
        for id_ in ("stage_agreed", "meaning_agreed"):
            yield unknown(id_, "No run has answers that may be read.", as_of=today)
        return
    found = perspective(program_id, run.id)
    current = found.ownership.current
    named = [count for stage, count in (current.everyone or {}).items() if stage != "dont_know"]
    total = sum((current.everyone or {}).values())
    reason = current.reason or "Nobody answered who leads today."
    yield share("stage_agreed", max(named, default=0), total, as_of=today, reason=reason)
    everyone = found.ranking.everyone
    if everyone is not None and everyone.kendall_w is not None:
        yield figure("meaning_agreed", everyone.kendall_w, as_of=today)
    else:
        reason = (everyone.reason if everyone else found.ranking.reason) or "Nobody ranked the meanings."
        yield unknown("meaning_agreed", reason, as_of=today)


@dataclass(frozen=True)
class _Reading:
    """What the client's data says. last: the last day it reaches. reply_hours: None with a reason."""

    last: date | None
    interactions: int
    matched: int
    channels: int
    links: int
    links_with_method: int
    reply_hours: float | None
    reply_reason: str


def _measured(program_id: str, today: date, home: Path) -> Iterator[FactValue]:
    query = select(Client.key, Program.time_zone).join(Client, Client.id == Program.client_id)
    with reading() as session:
        row = session.execute(query.where(Program.id == program_id)).first()
    if row is None:
        raise Missing("program")
    client, time_zone = row
    try:
        found = _read(home, client, time_zone, sources.version(home, client))
    except WarehouseError as problem:
        yield from (unknown(id_, f"The client's data cannot be read. {problem}", as_of=today) for id_ in MEASURED)
        return
    at = found.last or today
    if found.last is None:
        yield unknown("data_age_days", "Nothing with a date was imported.", as_of=today)
    else:
        yield figure("data_age_days", max(0, (today - found.last).days), as_of=today)
    if found.reply_hours is None:
        yield unknown("response_time_hours", found.reply_reason, as_of=at)
    else:
        yield figure("response_time_hours", found.reply_hours, as_of=at)
    if found.interactions:
        yield figure("channels_recorded", found.channels, as_of=at)
    else:
        yield unknown("channels_recorded", NO_INTERACTIONS, as_of=at)
    yield share("interactions_matched", found.matched, found.interactions, as_of=at, reason=NO_INTERACTIONS)
    none = "No social profile is tied to a customer in the data."
    yield share("links_with_method", found.links_with_method, found.links, as_of=at, reason=none)


@lru_cache(maxsize=32)
def _read(home: Path, client: str, time_zone: str, version: int) -> _Reading:
    if version == 0:
        return _Reading(None, 0, 0, 0, 0, 0, None, NO_INTERACTIONS)
    from data import metrics as measuring  # the engine takes a second to load, and most pages do without
    from data.metrics import measure
    from data.warehouse import open_warehouse

    with open_warehouse(home, client) as warehouse:
        last = measuring.data_to(warehouse, time_zone)
        channels = measure(warehouse, "interactions", by=["channel"]).rows
        unmatched = measure(warehouse, "interactions", where={"contact_id": None}).rows
        first = last - LAST_DAYS if last else None
        reply = measure(warehouse, "first_response", time_zone=time_zone, date_from=first).rows[0]
        links = warehouse.table("identity_link")
        tied = links.filter(links.status.isnull() | (links.status == "confirmed"))
        documented = tied.filter(tied.method.notnull(), tied.decided_at.notnull())
        interactions = sum(row["n"] or 0 for row in channels)
        return _Reading(
            last=last,
            interactions=interactions,
            matched=interactions - sum(row["n"] or 0 for row in unmatched),
            channels=sum(row["group"]["channel"] is not None and bool(row["n"]) for row in channels),
            links=int(tied.count().to_pyarrow().as_py()),
            links_with_method=int(documented.count().to_pyarrow().as_py()),
            reply_hours=None if reply["value"] is None else float(reply["value"]),
            reply_reason=reply.get("reason") or "",
        )
