"""Reads of the strategy: what serves which objective, notes on canvases, and use cases with what they bring."""

from sqlalchemy import select

from assessments.functions import FUNCTIONS
from data.metrics import catalog as metrics
from program import strategy
from program import use_cases as shipped
from program.canvases import CELLS, Note
from program.queries.components import components
from program.queries.objectives import objectives
from program.store import tables, use_case_parts
from program.store.engine import reading
from program.strategy import Contribution, Trace
from program.use_cases import Part, UseCase


def contributions(program_id: str) -> list[Contribution]:
    """Return which components are there for which objectives."""
    table, component = tables.Contribution, tables.Component
    query = (
        select(table.id, table.version, table.component_id, table.objective_id)
        .join(component, component.id == table.component_id)
        .where(component.program_id == program_id)
        .order_by(component.name, table.id)
    )
    with reading() as session:
        return [Contribution(*row) for row in session.execute(query)]


def trace(program_id: str) -> Trace:
    """Return how a program's objectives and components hang together, and what the thread does not reach."""
    return strategy.trace(objectives(program_id), components(program_id), contributions(program_id))


def notes(program_id: str) -> list[Note]:
    """Return the notes on all canvases, by canvas and cell in their order, then by text."""
    table = tables.CanvasNote
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.text, table.id))
        found = [
            Note(row.id, row.version, row.canvas, row.cell, row.text, row.objective_id, row.component_id)
            for row in rows
        ]
    places = [(canvas, cell) for canvas, cells in CELLS.items() for cell in cells]
    return sorted(found, key=lambda note: places.index((note.canvas, note.cell)))


def use_cases(program_id: str) -> list[UseCase]:
    """Return the use cases that the program adopted, worded anew or added, by title."""
    table = tables.UseCase
    with reading() as session:
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.title))
        return [
            UseCase(row.id, row.version, row.catalog_id, row.title, row.description, row.adopted_at) for row in rows
        ]


def preview(program_id: str, catalog_id: str) -> list[Part]:
    """Return what a shipped use case brings, and what of it is there. Raises UnknownUseCase."""
    entry = shipped.load().use_case(catalog_id)
    with reading() as session:
        held = use_case_parts.held(session, program_id, entry)
    names = {function.id: function.name for function in FUNCTIONS.values()}
    return shipped.preview(entry, held, metrics={each.id: each.name for each in metrics().values()}, names=names)
