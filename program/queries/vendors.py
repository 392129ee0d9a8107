"""Reads of the vendor scorecard."""

from sqlalchemy import select

from program.scorecard import CAPABILITIES, Mark, Vendor, Weight
from program.store import tables
from program.store.engine import reading


def vendors(program_id: str) -> list[Vendor]:
    """Return a program's vendors by name, each with one mark for each of the seven capabilities."""
    table, score = tables.Vendor, tables.VendorScore
    mine = select(score).join(table, table.id == score.vendor_id).where(table.program_id == program_id)
    with reading() as session:
        marks = {(row.vendor_id, row.capability): row for row in session.scalars(mine)}
        rows = session.scalars(select(table).where(table.program_id == program_id).order_by(table.name))
        return [
            Vendor(row.id, row.version, row.name, row.note, tuple(_mark(marks, row.id, each) for each in CAPABILITIES))
            for row in rows
        ]


def weights(program_id: str) -> list[Weight]:
    """Return how much each of the seven capabilities matters, in their order."""
    table = tables.CapabilityWeight
    with reading() as session:
        kept = {row.capability: row for row in session.scalars(select(table).where(table.program_id == program_id))}
    return [
        Weight(each, kept[each].weight, kept[each].version) if each in kept else Weight(each) for each in CAPABILITIES
    ]


def _mark(marks: dict[tuple[str, str], tables.VendorScore], vendor_id: str, capability: str) -> Mark:
    row = marks.get((vendor_id, capability))
    return Mark(capability, row.score, row.evidence, row.version) if row else Mark(capability)
