"""Components: the building blocks of the program, where each stands and whether it is late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from program.catalog import STAGES

TRANSACTION_HISTORY = "C06"
SOCIAL_DATA = ("C10", "C12")


@dataclass(frozen=True)
class Component:
    """
    One building block as this program plans it.

    origin: where the idea comes from (catalog.ORIGINS). stage: one of catalog.STAGES. dimension_id: the assessment
    dimension that it should lift. live_on: the day it went or goes live. scheme: raci or daci. ownership_stage,
    wanted_ownership_stage: of ownership.STAGES, None while unknown. progress_rule: of progress.RULES.
    """

    id: str
    version: int
    catalog_id: str | None
    name: str
    origin: str
    pillar: str | None = None
    stage: str = STAGES[0]
    dimension_id: str | None = None
    goal: str | None = None
    starts_on: date | None = None
    due_on: date | None = None
    live_on: date | None = None
    scheme: str = "raci"
    ownership_stage: str | None = None
    wanted_ownership_stage: str | None = None
    progress_rule: str = "activities"


@dataclass(frozen=True)
class Proposal:
    """
    A catalog component that would lift a low dimension.

    score: of the dimension, 0 to 4. alternative_id: the next component that helps the same dimension, if any.
    """

    catalog_id: str
    name: str
    origin: str
    dimension_id: str
    dimension_name: str
    score: float
    reason: str
    adopted: bool
    description: str
    accountable: str
    alternative_id: str | None = None
    alternative_name: str | None = None


@dataclass(frozen=True)
class ComponentCounts:
    total: int
    live: int
    late: int
    by_stage: dict[str, int]


def is_live(component: Component, today: date) -> bool:
    """Whether the component has gone live by this day."""
    return component.live_on is not None and component.live_on <= today


def is_late(component: Component, today: date) -> bool:
    """Whether the component was due before this day and has not gone live by it."""
    return component.due_on is not None and component.due_on < today and not is_live(component, today)


def counts(components: Sequence[Component], today: date) -> ComponentCounts:
    """Return how many components there are, are live, are late, and stand in each stage (all stages, in order)."""
    stages = Counter(component.stage for component in components)
    return ComponentCounts(
        total=len(components),
        live=sum(is_live(component, today) for component in components),
        late=sum(is_late(component, today) for component in components),
        by_stage={stage: stages[stage] for stage in STAGES},
    )


def social_without_transactions(components: Sequence[Component]) -> list[Component]:
    """Return the components that gather social data while nothing keeps the transaction history (essay S1)."""
    if any(component.catalog_id == TRANSACTION_HISTORY for component in components):
        return []
    return [component for component in components if component.catalog_id in SOCIAL_DATA]


def headline(components: Sequence[Component], today: date) -> str:
    """Return the one sentence that the plan answers with."""
    if not components:
        return "The program has no components yet."
    live = sum(is_live(component, today) for component in components)
    overdue = sorted((c for c in components if is_late(c, today)), key=lambda c: (c.due_on or today, c.name))
    so_far = f"{live} of {len(components)} components {'is' if live == 1 else 'are'} live"
    if len(components) == 1:
        so_far = f"The one component is {'live' if live else 'not live yet'}"
    if not overdue:
        return f"{so_far}, and none is late." if len(components) > 1 else f"{so_far} and not late."
    first = overdue[0]
    days = (today - (first.due_on or today)).days
    since = f"{days} day" if days == 1 else f"{days} days"
    if len(overdue) == 1:
        return f"{first.name} is {since} late. {so_far}."
    return f"{len(overdue)} components are late, {first.name} by {since}. {so_far}."
