"""Strategy: objectives, and whether every component serves one; what is missing, and what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from program.components import Component
from program.objectives import Objective

STRATEGY, COMPONENTS = "plan/strategy.py", "plan/components.py"
MISSING = {
    "component": ("serves no objective", "Say which objective it is there for, or take it out."),
    "metric": ("names no metric", "Choose the figure that would show it."),
    "target": ("states no target", "Say which value the metric should reach."),
    "owner": ("has nobody who answers for it", "Name one person."),
    "components": ("has no component that works for it", "Say which components are there for it, or adopt one."),
}


@dataclass(frozen=True)
class Contribution:
    """A component that is there for an objective."""

    id: str
    version: int
    component_id: str
    objective_id: str


@dataclass(frozen=True)
class Orphan:
    """
    Something the golden thread does not reach.

    kind: component or objective. missing: keys of MISSING, at least one. sentence: what is missing. next_step: what to
    do about the first of it.
    """

    kind: str
    id: str
    name: str
    missing: tuple[str, ...]
    sentence: str
    next_step: str

    @property
    def missing_words(self) -> list[str]:
        """What is missing, in words."""
        return [MISSING[each][0] for each in self.missing]


@dataclass(frozen=True)
class Trace:
    """Objectives and components, and which is there for which."""

    objectives: tuple[Objective, ...]
    components: tuple[Component, ...]
    contributions: tuple[Contribution, ...]
    orphans: tuple[Orphan, ...]

    def of(self, component_id: str, objective_id: str) -> Contribution | None:
        """Return the contribution of a component to an objective, if there is one."""
        pair = (component_id, objective_id)
        return next((each for each in self.contributions if (each.component_id, each.objective_id) == pair), None)

    def components_of(self, objective_id: str) -> list[Component]:
        """Return the components that are there for an objective, in their order."""
        ids = {each.component_id for each in self.contributions if each.objective_id == objective_id}
        return [each for each in self.components if each.id in ids]

    def objectives_of(self, component_id: str) -> list[Objective]:
        """Return the objectives that a component is there for, in their order."""
        ids = {each.objective_id for each in self.contributions if each.component_id == component_id}
        return [each for each in self.objectives if each.id in ids]

    @property
    def adrift(self) -> list[Orphan]:
        """The components that serve no objective."""
        return [each for each in self.orphans if each.kind == "component"]


def trace(
    objectives: Sequence[Objective], components: Sequence[Component], contributions: Sequence[Contribution]
) -> Trace:
    """Return how objectives and components hang together, with what the thread does not reach."""
    aimed = {each.component_id for each in contributions}
    served = {each.objective_id for each in contributions}
    orphans = [_orphan("objective", goal.id, goal.title, _lacks(goal, served)) for goal in objectives]
    orphans += [
        _orphan("component", each.id, each.name, () if each.id in aimed else ("component",)) for each in components
    ]
    found = tuple(each for each in orphans if each.missing)
    return Trace(tuple(objectives), tuple(components), tuple(contributions), found)


def headline(found: Trace) -> str:
    """Return the one sentence that the strategy answers with."""
    goals = len(found.objectives)
    if not goals:
        return "The program has no objective yet."
    gaps = {each.id: each.missing for each in found.orphans if each.kind == "objective"}
    whole = goals - len(gaps)
    adrift = len(found.adrift)
    none = f"{adrift} component{'' if adrift == 1 else 's'} {'serves' if adrift == 1 else 'serve'} none"
    if goals == 1:
        (goal,) = found.objectives
        lacks = gaps.get(goal.id, ())
        about = f"The one objective {MISSING[lacks[0]][0]}" if lacks else "The one objective has all it needs"
        return f"{about}, and {none}." if adrift else f"{about}."
    if whole == goals:
        about = f"All {goals} objectives have an owner, a metric, a target and components"
        return f"{about}, but {none}." if adrift else f"{about}, and every component serves one of them."
    has = "No objective has" if not whole else f"{whole} of {goals} objectives {'has' if whole == 1 else 'have'}"
    about = f"{has} an owner, a metric, a target and components"
    return f"{about}, and {none}." if adrift else f"{about}."


def _lacks(goal: Objective, served: Iterable[str]) -> tuple[str, ...]:
    missing = {
        "metric": goal.metric_id is None,
        "target": goal.metric_id is not None and goal.target is None,
        "owner": goal.owner_id is None,
        "components": goal.id not in served,
    }
    return tuple(each for each, lacks in missing.items() if lacks)


def _orphan(kind: str, id_: str, name: str, missing: tuple[str, ...]) -> Orphan:
    if not missing:
        return Orphan(kind, id_, name, (), "", "")
    words = [MISSING[each][0] for each in missing]
    listed = " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
    return Orphan(kind, id_, name, missing, f"“{name}” {listed}.", MISSING[missing[0]][1])
