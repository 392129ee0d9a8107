"""What people do to baselines: make them. A baseline is never changed and never removed."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import select

from program import fields
from program.baselines import FrozenLine, FrozenPhase, freeze
from program.queries import roadmap as queries
from program.queries import versions
from program.schedule import Cycle
from program.store.tables import Baseline, Program
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


def make_baseline(actor: Actor, *, program_id: str, name: str, intention: str | None = None) -> str:
    """
    Keep the plan as it is now under a name, and return the baseline's id.

    The activities with today's dates, the components, and the money: the months of the budget version approved last,
    and of lines that it has no months of, and without such a version, the plans.

    Raises Invalid when the name is taken, when there is neither an activity nor a component, and when activities wait
    for each other.
    """
    kept = fields.name(name)
    try:
        with intend(
            actor, action="baseline.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            taken = Baseline.program_id == program_id, Baseline.name == kept
            if unit.session.scalar(select(Baseline.id).where(*taken)):
                raise Invalid("name", f"There is already a baseline named “{kept}”.")
            content = _content(unit, program_id, kept)
            made = {"made_at": actor.now, "made_by": actor.name}
            digest = sha256(content.encode()).hexdigest()
            row = unit.add(Baseline(program_id=program_id, name=kept, content=content, sha256=digest, **made))
            unit.subject(row.id, sha256=digest)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def _content(unit: Unit, program_id: str, name: str) -> str:
    program = unit.get(Program, program_id)
    try:
        roadmap = queries.roadmap(program_id, today=_today(unit.actor, program.time_zone))
    except Cycle as problem:
        raise Invalid("name", "Activities wait for each other. Part them on the roadmap first.") from problem
    components, lines = queries.scope(program_id)
    if not roadmap.activities and not components:
        raise Invalid("name", "There is nothing to keep: no activity and no component.")
    version = versions.approved(program_id)
    months = versions.phases(program_id, version.id) if version else []
    phases = [FrozenPhase(each.line_id, each.period, each.amount) for each in months if each.amount is not None]
    return freeze(
        roadmap,
        components,
        _as_phased(lines, phases),
        phases,
        name=name,
        currency=program.currency,
        version=version.name if version else None,
    )


def _as_phased(lines: tuple[FrozenLine, ...], phases: list[FrozenPhase]) -> list[FrozenLine]:
    """The lines, each with what its months add up to; one without months keeps its plan."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in phases:
        sums[each.line_id] += each.amount
    return [replace(line, planned=sums.get(line.line_id, line.planned)) for line in lines]


def _today(actor: Actor, time_zone: str) -> date:
    return actor.now.astimezone(ZoneInfo(time_zone)).date()
