"""What people do to the program's components."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from assessments import library
from program import catalog, fields, progress
from program.components import Proposal
from program.ledger import INTENDED
from program.store import adopting, phases
from program.store.engine import reading
from program.store.tables import BudgetLine, Component, GateDecision, LedgerEntry
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid

DUE_FIRST = "The due date is before the start. Choose a due date on or after the start, or an earlier start."
Wish = Proposal | tuple[str, str | None] | str


def adopt(
    actor: Actor, *, program_id: str, proposals: Sequence[Wish], goal: str | None = None, intention: str | None = None
) -> list[str]:
    """
    Take catalog components into the program in one step and return their ids in the order asked for.

    proposals: proposals, pairs of catalog id and the dimension it should lift, or catalog ids.
    A component without a dimension lifts the one for which the catalog names it earliest, if any (adopting.lifts).
    goal: what is different when they are there. A component that the program has already is returned as it is.
    """
    goal = fields.text(goal, "goal")
    wishes = [_wish(proposal) for proposal in proposals]
    if not wishes:
        raise Invalid("proposals", "Choose at least one component.")
    try:
        with intend(
            actor, action="component.adopt", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            ids = [
                adopting.component(unit, entry, dimension_id=_dimension(lifts, "dimension_id"), goal=goal).id
                for entry, lifts in wishes
            ]
            unit.subject(ids[0], catalog=[catalog_id for catalog_id, _ in wishes])
            return ids
    except AlreadyDone:
        return _adopted(program_id, [catalog_id for catalog_id, _ in wishes])


def add_component(actor: Actor, *, program_id: str, name: str, intention: str | None = None, **more: Any) -> str:
    """
    Add a component of one's own and return its id.

    more: pillar, stage, dimension_id, goal, starts_on, due_on, live_on, progress_rule. Raises Invalid, also when the
    name is taken.
    """
    values = _checked({"name": name, **more})
    fields.in_order(values.get("starts_on"), values.get("due_on"), "due_on", DUE_FIRST)
    try:
        with intend(
            actor, action="component.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            adopting.free(unit, values["name"])
            row = unit.add(Component(program_id=program_id, origin="own", **values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_component(actor: Actor, *, program_id: str, component_id: str, version: int, **changes: Any) -> int:
    """
    Change some fields and return the new version. Raises Stale when somebody else changed the row since.

    stage: one that it has left, or, until something was decided at one of its gates, any: where it stood when it came.
    Further on it comes by a decision at its gate. Raises Invalid.
    """
    values = _checked(changes)
    with intend(actor, action="component.change", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(Component, component_id, version, mine=values)
        _by_its_gate(unit, row, values.get("stage", row.stage))
        if values.get("name", row.name) != row.name:
            adopting.free(unit, values["name"])
        starts_on, due_on = values.get("starts_on", row.starts_on), values.get("due_on", row.due_on)
        fields.in_order(starts_on, due_on, "due_on", DUE_FIRST)
        return unit.change(Component, component_id, version, **values)


def remove_component(actor: Actor, *, program_id: str, component_id: str, version: int) -> None:
    """
    Take a component out, with its duties, targets and planned lines.

    Raises Invalid while money other than plans and forecasts is booked on it, or an approved budget has money for it:
    neither is ever erased.
    """
    with intend(actor, action="component.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.get(Component, component_id, version)
        lines = select(BudgetLine.id).where(BudgetLine.component_id == component_id)
        booked = select(func.count()).where(LedgerEntry.line_id.in_(lines), LedgerEntry.kind.not_in(INTENDED))
        if entries := unit.session.scalar(booked):
            noun = "entry of money is" if entries == 1 else "entries of money are"
            raise Invalid("component", f"{entries} {noun} booked on it. Keep it and set its stage instead.")
        if name := phases.approved_with(unit, BudgetLine.component_id == component_id):
            reason = f"The approved budget “{name}” has money for it. Keep it and set its stage instead."
            raise Invalid("component", reason)
        unit.remove(Component, component_id, version)


def _by_its_gate(unit: Unit, component: Component, stage: str) -> None:
    """Raise Invalid when a component would pass a gate without a decision."""
    on = catalog.STAGES.index(stage) > catalog.STAGES.index(component.stage)
    decided = select(func.count()).where(GateDecision.component_id == component.id)
    if on and unit.session.scalar(decided):
        name = catalog.STAGE_NAMES[stage]
        raise Invalid("stage", f"It comes to “{name}” by passing its gate. Decide that there, or waive it by name.")


def _wish(proposal: Wish) -> tuple[str, str | None]:
    if isinstance(proposal, Proposal):
        return proposal.catalog_id, proposal.dimension_id
    return (proposal, None) if isinstance(proposal, str) else proposal


def _adopted(program_id: str, catalog_ids: Sequence[str]) -> list[str]:
    mine = Component.program_id == program_id, Component.catalog_id.in_(catalog_ids)
    with reading() as session:
        ids = {
            row.catalog_id: row.id for row in session.execute(select(Component.catalog_id, Component.id).where(*mine))
        }
    return [ids[catalog_id] for catalog_id in catalog_ids if catalog_id in ids]


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "pillar": lambda value, field: fields.optional_one_of(value, tuple(catalog.PILLARS), field),
        "stage": lambda value, field: fields.one_of(value, catalog.STAGES, field),
        "dimension_id": _dimension,
        "goal": fields.text,
        "starts_on": fields.optional_day,
        "due_on": fields.optional_day,
        "live_on": fields.optional_day,
        "progress_rule": lambda value, field: fields.one_of(value, progress.RULES, field),
    }
    return fields.checked(given, checks, "a component")


def _dimension(value: str | None, field: str) -> str | None:
    return fields.optional_one_of(value, [dimension.id for dimension in library.load().dimensions], field)
