"""Reads of the program's components, and what the assessment proposes."""

from sqlalchemy import select

from assessments import library
from assessments.scores import DimensionScore
from assessments.scoring import Assessment, low_dimensions
from program import catalog
from program.catalog import CatalogComponent
from program.components import Component, Proposal
from program.queries import assessments
from program.store import tables
from program.store.engine import reading


def components(program_id: str) -> list[Component]:
    """Return a program's components in the order of the catalog, one's own after them, by name."""
    table = tables.Component
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id))
        values = [_as_value(row) for row in rows]
    return sorted(values, key=lambda component: (component.catalog_id or "D", component.name, component.id))


def proposals(program_id: str) -> list[Proposal]:
    """
    Return what would lift the dimensions below the program's target, the lowest dimension first.

    From the latest run with answers; empty without one. Each catalog component is proposed once, by the lowest
    dimension that asks for it.
    """
    run = assessments.latest_answered_run(program_id)
    if run is None:
        return []
    return propose(assessments.assessment(program_id, run.id), target=_target(program_id), adopted=_adopted(program_id))


def propose(assessment: Assessment, *, target: int, adopted: set[str]) -> list[Proposal]:
    """Return the proposals of an assessment for a target level; adopted: the catalog ids that the program has."""
    proposed: dict[str, Proposal] = {}
    for dimension in low_dimensions(assessment.dimensions):
        wanted = catalog.PROPOSALS.get(dimension.id, ())
        if dimension.score is None or dimension.score >= target or not wanted or wanted[0] in proposed:
            continue
        proposed[wanted[0]] = _proposal(dimension, dimension.score, wanted, target, wanted[0] in adopted)
    return list(proposed.values())


def _proposal(dimension: DimensionScore, score: float, wanted: tuple[str, ...], target: int, adopted: bool) -> Proposal:
    first = catalog.load().component(wanted[0])
    other: CatalogComponent | None = catalog.load().component(wanted[1]) if len(wanted) > 1 else None
    return Proposal(
        catalog_id=first.id,
        name=first.name,
        origin=first.origin,
        dimension_id=dimension.id,
        dimension_name=dimension.name,
        score=score,
        reason=_reason(dimension, score, target),
        adopted=adopted,
        description=first.description,
        accountable=first.accountable,
        alternative_id=other.id if other else None,
        alternative_name=other.name if other else None,
    )


def _reason(dimension: DimensionScore, score: float, target: int) -> str:
    people = "one person" if dimension.n == 1 else f"{dimension.n} people"
    gate = f" It counts for the {dimension.aspect} gate." if dimension.gated else ""
    return f"“{dimension.name}” stands at {score:.1f} of 4 by {people}; the target is {target}.{gate}"


def _target(program_id: str) -> int:
    with reading() as session:
        profile = session.scalars(select(tables.Program.target_profile).where(tables.Program.id == program_id)).one()
    return library.load().gates.targets[profile].level


def _adopted(program_id: str) -> set[str]:
    return {component.catalog_id for component in components(program_id) if component.catalog_id}


def _as_value(row: tables.Component) -> Component:
    return Component(
        id=row.id,
        version=row.version,
        catalog_id=row.catalog_id,
        name=row.name,
        origin=row.origin,
        pillar=row.pillar,
        stage=row.stage,
        dimension_id=row.dimension_id,
        goal=row.goal,
        starts_on=row.starts_on,
        due_on=row.due_on,
        live_on=row.live_on,
        scheme=row.scheme,
        ownership_stage=row.ownership_stage,
        wanted_ownership_stage=row.wanted_ownership_stage,
        progress_rule=row.progress_rule,
    )
