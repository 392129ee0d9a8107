"""What the components page reads: the plan with its gates, owners and money, anew only when something changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from assessments.library import load
from data.manifest import WarehouseError
from pages.ui import sitemap, text
from pages.ui.shell import Visit
from program.budget import ComponentTotals
from program.components import Component
from program.gates import Gate
from program.queries import budget, gates, sources, stakeholders
from program.queries import components as queries
from program.queries.ownership import duties
from program.queries.revisions import revision
from program.stakeholders import Stakeholder

KEPT = 32  # programs in memory
HERE = "plan/components.py"
OWNERSHIP = "people/ownership.py"
FILTERS = {  # by which parameter of its address each page shows one component
    "plan/budget.py": "budget__component",
    "plan/decisions.py": "decision__component",
    "plan/risks.py": "risk__component",
    "plan/roadmap.py": "roadmap__component",
}


@dataclass(frozen=True)
class Plan:
    """
    The components of a program in the order of the catalog, and what belongs to each, by its id.

    names: to choose by, equal ones numbered. owners: the names of those who answer for it. money: its totals by
    currency.
    """

    components: tuple[Component, ...]
    gates: Mapping[str, Gate]
    names: Mapping[str, str]
    owners: Mapping[str, tuple[str, ...]]
    money: Mapping[str, tuple[ComponentTotals, ...]]
    people: tuple[Stakeholder, ...]

    @property
    def by_id(self) -> dict[str, Component]:
        return {each.id: each for each in self.components}


def read(visit: Visit) -> Plan:
    """Return the plan of the chosen program."""
    return _read(visit.program_id, revision(visit.program_id), visit.today, visit.home, _version(visit))


def address(visit: Visit, page: str, **asked: str) -> str:
    """Return the address of a page of the program with what it should show; empty when there is no such page."""
    entry = next((each for each in sitemap.PAGES if each.file == page), None)
    given = {name.replace("__", "."): value for name, value in asked.items() if value}
    return f"{entry.url_path}?{urlencode({'program': visit.program_id, **given})}" if entry else ""


def about(visit: Visit, plan: Plan, component: Component, page: str) -> str:
    """Return the address of a page with what it shows of one component; empty when there is no such page."""
    if page == HERE:
        return address(visit, page, component=component.id, component__view="Edit")
    aspect = next((each.aspect for each in load().dimensions if each.id == component.dimension_id), "")
    asked = {
        "assess/results.py": {"aspect": aspect.capitalize()},
        "plan/strategy.py": {"strategy__view": "Trace"},
    }
    names = {"component": component.id} if page not in FILTERS else {FILTERS[page]: plan.names[component.id]}
    return address(visit, page, **asked.get(page, names))


def _version(visit: Visit) -> int:
    try:
        return sources.version(visit.home, visit.program.client_key)
    except WarehouseError:
        return -1


@lru_cache(maxsize=KEPT)
def _read(program_id: str, revision: str, today: date, home: Path, version: int) -> Plan:  # noqa: ARG001
    built = queries.components(program_id)
    people = stakeholders.stakeholders(program_id)
    named = {each.id: each.name for each in people}
    owners: dict[str, tuple[str, ...]] = {}
    for duty in duties(program_id):
        if duty.letter == "A":
            owners[duty.item] = (*owners.get(duty.item, ()), named[duty.person])
    money: dict[str, tuple[ComponentTotals, ...]] = {}
    for each in budget.by_component(program_id):
        money[each.component_id] = (*money.get(each.component_id, ()), each)
    return Plan(
        components=tuple(built),
        gates={each.component_id: each for each in gates.gates(program_id, today=today, home=home)},
        names=text.distinct({each.id: each.name for each in built}),
        owners=owners,
        money=money,
        people=tuple(people),
    )
