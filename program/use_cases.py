"""Use cases: what companies do with Social CRM, and what each brings into a program when it is adopted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from program import catalog

FILE = Path(__file__).parent / "use_cases.yaml"
PROPOSING = "use_case"  # how the keys of proposed risks begin
ACCOUNTABLE_IS_CHOSEN = (
    "Nobody is made accountable by adopting. Where exactly one person of a function is on the map and nobody has a "
    "duty on the component yet, they are consulted (C); otherwise nobody is added."
)


class UnknownUseCase(KeyError):
    """The catalog has no use case with this id."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Family(_Strict):
    id: str
    name: str
    pillar: str | None


class CatalogRisk(_Strict):
    id: str
    component: str
    title: str
    response: Literal["avoid", "reduce", "transfer", "accept"]
    action: str
    trigger: str


class CatalogLine(_Strict):
    """A budget line without an amount: what it may cost is for the client to say."""

    component: str
    name: str
    category: str
    nature: Literal["labor", "non_labor"] = "non_labor"
    spending: Literal["opex", "capex"] = "opex"
    recurrence: Literal["once", "monthly", "quarterly", "yearly"] = "once"


class CatalogUseCase(_Strict):
    """A use case as shipped. metrics: ids of the metrics' catalog. asked: functions to consult, by component."""

    id: str
    family: str
    heading: str
    description: str
    components: tuple[str, ...]
    metrics: tuple[str, ...]
    risks: tuple[CatalogRisk, ...]
    asked: dict[str, tuple[str, ...]]
    budget: tuple[CatalogLine, ...]

    @model_validator(mode="after")
    def speaks_of_its_components(self) -> Self:
        of = {each.component for each in self.risks} | {each.component for each in self.budget} | set(self.asked)
        if foreign := of - set(self.components):
            raise ValueError(f"use case {self.id}: {', '.join(sorted(foreign))} is none of its components")
        return self

    @property
    def title(self) -> str:
        family = next(each for each in load().families if each.id == self.family)
        return self.heading if family.id == "base" else f"{family.name}: {self.heading}"

    def component_of(self, metric_id: str) -> str:
        """Return the component that promises a metric: the first that the catalog links it to, else the first."""
        of = catalog.load()
        return next((each for each in self.components if metric_id in of.component(each).metrics), self.components[0])


class UseCases(_Strict):
    attribution: str
    families: tuple[Family, ...]
    use_cases: tuple[CatalogUseCase, ...]

    def use_case(self, use_case_id: str) -> CatalogUseCase:
        """Return one use case. Raises UnknownUseCase."""
        for each in self.use_cases:
            if each.id == use_case_id:
                return each
        raise UnknownUseCase(use_case_id)


@cache
def load() -> UseCases:
    """Return the shipped use cases."""
    return UseCases.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


IDS = tuple(each.id for each in load().use_cases)


@dataclass(frozen=True)
class UseCase:
    """A use case as the program words it. catalog_id: None for one of its own. adopted_at: None while it is an idea."""

    id: str
    version: int
    catalog_id: str | None
    title: str
    description: str | None = None
    adopted_at: datetime | None = None


@dataclass(frozen=True)
class Adoption:
    """
    What adopting a use case did: ids of what is new.

    components: those that were not there yet. targets: of metrics for which a target was stated. duties: component and
    stakeholder of each C that was given.
    """

    use_case_id: str
    components: tuple[str, ...] = ()
    contributions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    duties: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Return what came, in one sentence."""
        counts = [
            _counted(len(self.components), "component"),
            _counted(len(self.targets), "target"),
            _counted(len(self.risks), "risk"),
            _counted(len(self.duties), "duty", "duties"),
            _counted(len(self.lines), "budget line"),
        ]
        came = [each for each in counts if each]
        if not came:
            return "Adopted. Everything it brings was there already."
        listed = " and ".join([", ".join(came[:-1]), came[-1]]) if len(came) > 1 else came[0]
        amounts = " The lines have no amounts yet: unknown is not zero." if self.lines else ""
        return f"Adopted. New: {listed}.{amounts}"


@dataclass(frozen=True)
class Part:
    """
    One thing that a use case brings. kind: component, metric, risk, duty or line.

    there: whether adopting leaves it as it is. brings: what adopting does about it, in words.
    """

    kind: str
    what: str
    detail: str
    there: bool
    brings: str


@dataclass(frozen=True)
class Held:
    """
    What the program has of a use case's parts. components: the component's id by catalog id, when it is there.

    targets, lines: (component id, metric id or name). risks: proposal keys. people: ids by function. busy: components
    on which somebody has a duty. daci: components whose duties follow DACI, where C means another thing.
    """

    components: Mapping[str, str] = field(default_factory=dict)
    targets: frozenset[tuple[str, str]] = frozenset()
    lines: frozenset[tuple[str, str]] = frozenset()
    risks: frozenset[str] = frozenset()
    people: Mapping[str, Sequence[str]] = field(default_factory=dict)
    busy: frozenset[str] = frozenset()
    daci: frozenset[str] = frozenset()


def proposal_of(use_case_id: str, risk_id: str) -> str:
    """Return the key by which a use case's risk is proposed once."""
    return f"{PROPOSING}:{use_case_id}:{risk_id}"


def asked_now(entry: CatalogUseCase, held: Held) -> list[tuple[str, str, str]]:
    """
    Return whom adopting would consult: catalog id of the component, function, stakeholder id.

    Only on components without any duty, and only where exactly one person of the function is on the map: a catalog
    does not choose between people, and does not touch an ownership that was settled.
    """
    return [
        (catalog_id, function, held.people[function][0])
        for catalog_id, functions in entry.asked.items()
        if held.components.get(catalog_id) not in held.busy | held.daci
        for function in functions
        if len(held.people.get(function, ())) == 1
    ]


def preview(entry: CatalogUseCase, held: Held, *, metrics: Mapping[str, str], names: Mapping[str, str]) -> list[Part]:
    """Return what a use case brings, in the order of the thread. metrics, names: words by metric and function id."""
    return [
        *_component_parts(entry, held),
        *_metric_parts(entry, held, metrics),
        *_risk_parts(entry, held),
        *_duty_parts(entry, held, names),
        *_line_parts(entry, held),
    ]


def _component_parts(entry: CatalogUseCase, held: Held) -> list[Part]:
    found = []
    for each in entry.components:
        there, component = each in held.components, catalog.load().component(each)
        brings = "is there already" if there else "added from the catalog"
        found.append(Part("component", component.name, component.description, there, brings))
    return found


def _metric_parts(entry: CatalogUseCase, held: Held, metrics: Mapping[str, str]) -> list[Part]:
    found = []
    for each in entry.metrics:
        of = entry.component_of(each)
        there = (held.components.get(of, ""), each) in held.targets
        brings = "has a target already" if there else "proposed; a target when you state one"
        found.append(Part("metric", metrics[each], f"promised by {catalog.load().component(of).name}", there, brings))
    return found


def _risk_parts(entry: CatalogUseCase, held: Held) -> list[Part]:
    found = []
    for each in entry.risks:
        there = proposal_of(entry.id, each.id) in held.risks
        brings = "is there already" if there else "added, without a probability or a price"
        found.append(Part("risk", each.title, each.action, there, brings))
    return found


def _duty_parts(entry: CatalogUseCase, held: Held, names: Mapping[str, str]) -> list[Part]:
    found = []
    for catalog_id, functions in entry.asked.items():
        of = held.components.get(catalog_id)
        settled = of in held.busy | held.daci
        where = f"on {catalog.load().component(catalog_id).name}"
        for function in functions:
            people = len(held.people.get(function, ()))
            brings = _asking(people, daci=of in held.daci, busy=of in held.busy)
            found.append(Part("duty", names[function], where, settled or people != 1, brings))
    return found


def _asking(people: int, *, daci: bool, busy: bool) -> str:
    """What adopting does about a function to consult, in words. people: of it on the map."""
    if busy:
        return "nobody is added: this component has its people already"
    if daci:
        return "nobody is added: this component follows DACI"
    if people == 1:
        return "consulted (C)"
    return f"nobody is added: {people or 'no'} people of this function are on the map"


def _line_parts(entry: CatalogUseCase, held: Held) -> list[Part]:
    found = []
    for each in entry.budget:
        there = (held.components.get(each.component, ""), each.name) in held.lines
        brings = "is there already" if there else "added, without an amount"
        found.append(Part("line", each.name, catalog.load().component(each.component).name, there, brings))
    return found


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}" if count else ""
