"""The vendor scorecard: seven capabilities, how much each matters, and what is known of each vendor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent / "capabilities.yaml"
TOP, MOST_WEIGHT = 4, 5
LEVELS = {
    0: "0, does not do it",
    1: "1, says so",
    2: "2, shown in part",
    3: "3, shown with our data",
    4: "4, others rely on it daily",
}


class Capability(BaseModel):
    """What a platform should do. ask: what to have shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    meaning: str
    ask: str


@cache
def load() -> dict[str, Capability]:
    """Return the seven capabilities by id, in the order of the essay."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))["capabilities"]
    return {each["id"]: Capability.model_validate(each) for each in found}


SOURCE: str = yaml.safe_load(FILE.read_text(encoding="utf-8"))["source"]
CAPABILITIES = tuple(load())


@dataclass(frozen=True)
class Mark:
    """What is known of a vendor's capability. score: 0 to 4, None while unknown. version: None before it is kept."""

    capability: str
    score: int | None = None
    evidence: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class Weight:
    """How much a capability matters, 0 to 5; None while nobody has said. version: None before it is kept."""

    capability: str
    weight: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class Vendor:
    """A vendor with one mark for each capability, in their order."""

    id: str
    version: int
    name: str
    note: str | None
    marks: tuple[Mark, ...]

    @property
    def scores(self) -> dict[str, int]:
        """The scores that are known, by capability."""
        return {mark.capability: mark.score for mark in self.marks if mark.score is not None}


@dataclass(frozen=True)
class Score:
    """
    What a vendor's marks come to, 0 to 4.

    value: over the weights whose score is known; None when there is none. known: their share of all weights.
    low, high: were every unknown score 0, or 4. unknown: the capabilities with a weight and no score.
    """

    vendor_id: str
    name: str
    value: Fraction | None
    low: Fraction
    high: Fraction
    known: Fraction
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """Another weight of one capability that puts the vendors into another order. leads: who leads then, by name."""

    capability: str
    weight: int
    instead_of: int
    leads: tuple[str, ...]
    other_leader: bool


def effective(weights: Iterable[Weight]) -> dict[str, int]:
    """
    Return the weights that count, by capability.

    Without any every capability counts alike. As soon as one is stated, those without one do not count.
    """
    stated = {each.capability: each.weight for each in weights if each.weight is not None}
    return stated or dict.fromkeys(CAPABILITIES, 1)


def score(vendor: Vendor, weights: Mapping[str, int]) -> Score:
    """Return the weighted score of a vendor. weights: as `effective` returns them."""
    counted = {capability: weight for capability, weight in weights.items() if weight}
    scores = vendor.scores
    known = {capability: weight for capability, weight in counted.items() if capability in scores}
    everything, stated = sum(counted.values()), sum(known.values())
    points = sum(weight * scores[capability] for capability, weight in known.items())
    return Score(
        vendor_id=vendor.id,
        name=vendor.name,
        value=Fraction(points, stated) if stated else None,
        low=Fraction(points, everything or 1),
        high=Fraction(points + TOP * (everything - stated), everything) if everything else Fraction(TOP),
        known=Fraction(stated, everything or 1),
        unknown=tuple(each for each in CAPABILITIES if each in counted and each not in scores),
    )


def ranked(vendors: Sequence[Vendor], weights: Mapping[str, int]) -> list[Score]:
    """Return the scores, the best first, equal ones by name, those without a score last."""
    found = [score(vendor, weights) for vendor in vendors]
    return sorted(
        found, key=lambda each: (each.value is None, -(each.value or 0), each.name.casefold(), each.vendor_id)
    )


def turns(vendors: Sequence[Vendor], weights: Mapping[str, int]) -> list[Turn]:
    """
    Return for each capability the nearest other weight, 0 to 5, that changes the order; those that are near first.

    The order is who lies before, after or level with whom. Capabilities that no weight turns are left out.
    """
    now = _order(vendors, weights)
    leaders = now[0] if now else frozenset()
    names = {vendor.id: vendor.name for vendor in vendors}
    found = []
    for capability in CAPABILITIES:
        held = weights.get(capability, 0)
        for other in sorted(set(range(MOST_WEIGHT + 1)) - {held}, key=lambda each: (abs(each - held), each)):
            then = _order(vendors, {**weights, capability: other})
            if then != now:
                leads = then[0] if then else frozenset()
                told = tuple(sorted(names[each] for each in leads))
                found.append(Turn(capability, other, held, told, other_leader=leads != leaders))
                break
    return sorted(found, key=lambda each: (not each.other_leader, abs(each.weight - each.instead_of)))


def settled(scores: Sequence[Score]) -> bool:
    """Whether the first stays first whatever the unknown scores turn out to be."""
    known = [each for each in scores if each.value is not None]
    return bool(known) and all(known[0].low > other.high for other in scores if other is not known[0])


def headline(scores: Sequence[Score], found: Sequence[Turn]) -> str:
    """Return the one sentence that the scorecard answers with. found: of `turns`."""
    if not scores:
        return "No vendor is on the scorecard yet."
    known = [each for each in scores if each.value is not None]
    if not known:
        return f"Nothing is known yet of {'the one vendor' if len(scores) == 1 else f'the {len(scores)} vendors'}."
    first = known[0]
    if len(scores) == 1:
        return f"{first.name} reaches {_figure(first)} of {TOP}; there is nobody to compare with."
    level = [each.name for each in known if each.value == first.value]
    if len(level) > 1:
        return f"{' and '.join([', '.join(level[:-1]), level[-1]])} are level at {_figure(first)} of {TOP}."
    lead = f"{first.name} leads with {_figure(first)} of {TOP}"
    if not settled(scores):
        return f"{lead}, but what is not known yet could change that."
    if any(turn.other_leader for turn in found):
        return f"{lead}, but another weight could change that."
    return f"{lead}, and no single weight changes that."


def _order(vendors: Sequence[Vendor], weights: Mapping[str, int]) -> list[frozenset[str]]:
    """The vendors that have a score in groups of equal ones, the best group first."""
    groups: dict[Fraction, set[str]] = {}
    for each in (score(vendor, weights) for vendor in vendors):
        if each.value is not None:
            groups.setdefault(each.value, set()).add(each.vendor_id)
    return [frozenset(groups[value]) for value in sorted(groups, reverse=True)]


def _figure(each: Score) -> str:
    return f"{float(each.value or 0):.1f}"
