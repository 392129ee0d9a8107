"""The parts of a use case in the store: what a program has of them, and bringing the rest."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from program import catalog
from program.store import adopting, cells
from program.store.plan_rows import today
from program.store.tables import BudgetLine, Component, Contribution, Duty, MetricTarget, Program, Risk, Stakeholder
from program.store.unit_of_work import Unit
from program.use_cases import CatalogUseCase, Held, asked_now, proposal_of


def held(session: Session, program_id: str, entry: CatalogUseCase) -> Held:
    """
    Return what the program has of a use case's parts.

    A component of one's own that has the name of a catalog entry counts as that entry.
    """
    rows = _components(session, program_id, entry)
    ids = [row.id for row in rows.values()]
    lines = select(BudgetLine.component_id, BudgetLine.name).where(BudgetLine.component_id.in_(ids))
    targets = select(MetricTarget.component_id, MetricTarget.metric_id).where(MetricTarget.component_id.in_(ids))
    proposed = select(Risk.proposal).where(Risk.program_id == program_id, Risk.proposal.is_not(None))
    return Held(
        components={catalog_id: row.id for catalog_id, row in rows.items()},
        targets=frozenset((component, metric) for component, metric in session.execute(targets)),
        lines=frozenset((component, name) for component, name in session.execute(lines)),
        risks=frozenset(each for each in session.scalars(proposed) if each),
        people=_people(session, program_id),
        busy=frozenset(session.scalars(select(Duty.component_id).where(Duty.component_id.in_(ids)))),
        daci=frozenset(row.id for row in rows.values() if row.scheme == "daci"),
    )


def bring(
    unit: Unit, entry: CatalogUseCase, objective_id: str | None, targets: dict[str, Decimal], due_on: date | None
) -> dict[str, Any]:
    """Make what is not there, and return the ids of what is new by kind."""
    before = held(unit.session, unit.program_id or "", entry)
    new = {each: adopting.component(unit, each).id for each in entry.components if each not in before.components}
    ids = {**before.components, **new}
    pairs = [contribute(unit, ids[each], objective_id) for each in entry.components] if objective_id else []
    return {
        "components": [new[each] for each in entry.components if each in new],
        "contributions": [id_ for id_, made in pairs if made],
        "targets": _add_targets(unit, entry, before, ids, targets, due_on),
        "risks": _add_risks(unit, entry, before, ids),
        "duties": _consult(unit, entry, before, ids),
        "lines": _add_lines(unit, entry, before, ids),
    }


def _add_targets(
    unit: Unit,
    entry: CatalogUseCase,
    before: Held,
    ids: Mapping[str, str],
    targets: Mapping[str, Decimal],
    due_on: date | None,
) -> list[str]:
    rows = {metric: (ids[entry.component_of(metric)], target) for metric, target in targets.items()}
    return [
        unit.add(MetricTarget(component_id=component_id, metric_id=metric, target=target, due_on=due_on)).id
        for metric, (component_id, target) in rows.items()
        if (component_id, metric) not in before.targets
    ]


def _add_risks(unit: Unit, entry: CatalogUseCase, before: Held, ids: Mapping[str, str]) -> list[str]:
    mine = {"program_id": unit.program_id, "raised_on": today(unit)}
    keys = {proposal_of(entry.id, each.id): each for each in entry.risks}
    return [
        unit.add(
            Risk(
                component_id=ids[each.component],
                title=each.title,
                response=each.response,
                action=each.action,
                trigger=each.trigger,
                proposal=key,
                **mine,
            )
        ).id
        for key, each in keys.items()
        if key not in before.risks
    ]


def _consult(unit: Unit, entry: CatalogUseCase, before: Held, ids: Mapping[str, str]) -> list[list[str]]:
    given = []
    for catalog_id, _, person in asked_now(entry, before):
        cells.put(unit, unit.get(Component, ids[catalog_id]), person, letters="C", before="")
        given.append([ids[catalog_id], person])
    return given


def _add_lines(unit: Unit, entry: CatalogUseCase, before: Held, ids: Mapping[str, str]) -> list[str]:
    currency = unit.get(Program, unit.program_id or "").currency
    return [
        unit.add(
            BudgetLine(
                component_id=ids[each.component],
                currency=currency,
                **each.model_dump(exclude={"component"}),
            )
        ).id
        for each in entry.budget
        if (ids[each.component], each.name) not in before.lines
    ]


def contribute(unit: Unit, component_id: str, objective_id: str) -> tuple[str, bool]:
    """Say that a component is there for an objective; return the contribution's id and whether it is new."""
    pair = Contribution.component_id == component_id, Contribution.objective_id == objective_id
    if earlier := unit.session.scalar(select(Contribution.id).where(*pair)):
        return earlier, False
    return unit.add(Contribution(component_id=component_id, objective_id=objective_id)).id, True


def _components(session: Session, program_id: str, entry: CatalogUseCase) -> dict[str, Component]:
    rows = session.scalars(select(Component).where(Component.program_id == program_id)).all()
    by_entry = {row.catalog_id: row for row in rows if row.catalog_id}
    by_name = {row.name: row for row in rows}
    found = {each: by_entry.get(each) or by_name.get(catalog.load().component(each).name) for each in entry.components}
    return {each: row for each, row in found.items() if row is not None}


def _people(session: Session, program_id: str) -> dict[str, list[str]]:
    table = Stakeholder
    query = select(table.function, table.id).where(table.program_id == program_id, table.function.is_not(None))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for function, id_ in session.execute(query.order_by(table.name, table.id)):
        found[function or ""].append(id_)
    return dict(found)
