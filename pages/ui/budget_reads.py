"""What the budget page reads, kept until something in the program changes."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from pages.ui import text
from pages.ui.shell import Visit
from program.budget import LineTotals
from program.queries import budget, components
from program.queries.revisions import revision

KEPT = 128  # budgets in memory; the oldest goes first


def lines(visit: Visit, *, component_id: str | None = None, until: date | None = None) -> tuple[LineTotals, ...]:
    """Return the program's lines with their totals, of one component and up to a day when these are given."""
    return _lines(visit.program_id, component_id, until, revision(visit.program_id))


def component_names(visit: Visit) -> Mapping[str, str]:
    """Return the program's components to choose from: id -> name, equal names numbered."""
    return _names(visit.program_id, revision(visit.program_id))


def line_names(lines: tuple[LineTotals, ...]) -> dict[str, str]:
    """Return lines to choose from: id -> component and name, equal ones numbered."""
    return text.distinct({each.line_id: f"{each.component_name}: {each.name}" for each in lines})


@lru_cache(maxsize=KEPT)
def _lines(program_id: str, component_id: str | None, until: date | None, revision: str) -> tuple[LineTotals, ...]:  # noqa: ARG001  a change is a new revision
    return tuple(budget.lines(program_id, component_id=component_id, until=until))


@lru_cache(maxsize=KEPT)
def _names(program_id: str, revision: str) -> Mapping[str, str]:  # noqa: ARG001  a change is a new revision
    return text.distinct({each.id: each.name for each in components.components(program_id)})
