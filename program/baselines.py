"""Baselines: the plan as it was on a day, kept for ever, and how far the plan has drifted from it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from program.frozen import (
    BadBaseline,
    Frozen,
    FrozenActivity,
    FrozenComponent,
    FrozenLine,
    FrozenLink,
    FrozenPhase,
    freeze,
    read,
)
from program.placing import Roadmap

__all__ = [
    "ActivityDrift",
    "BadBaseline",
    "BaselineHead",
    "CostDrift",
    "Drift",
    "Frozen",
    "FrozenActivity",
    "FrozenComponent",
    "FrozenLine",
    "FrozenLink",
    "FrozenPhase",
    "Scope",
    "drift",
    "freeze",
    "read",
]


@dataclass(frozen=True)
class BaselineHead:
    """A baseline without what it holds. sha256: of its content."""

    id: str
    name: str
    made_at: datetime
    made_by: str
    sha256: str


@dataclass(frozen=True)
class ActivityDrift:
    """How many working days later an activity starts and finishes than in the baseline; sooner is negative."""

    id: str
    name: str
    start_days: int
    finish_days: int
    longer: Decimal


@dataclass(frozen=True)
class CostDrift:
    """
    What the lines of one component in one currency are planned to cost, then and now. component_id: None for all.

    before, after: None where nothing is planned; difference: None unless both are known.
    """

    component_id: str | None
    name: str
    currency: str
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Scope:
    """Names that came and names that went since the baseline."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Drift:
    """
    How far the plan is from a baseline.

    finish_days: of the end, in working days, None when there is no end then or now. dates: of the activities that are
    in both and moved. costs: by component and currency, where they differ; total: by currency, always.
    """

    name: str
    finish_days: int | None
    dates: tuple[ActivityDrift, ...]
    costs: tuple[CostDrift, ...]
    total: tuple[CostDrift, ...]
    activities: Scope
    components: Scope
    lines: Scope


def drift(
    frozen: Frozen, roadmap: Roadmap, components: Sequence[FrozenComponent], lines: Sequence[FrozenLine]
) -> Drift:
    """Return how far the plan is from a baseline. Days are counted in today's calendar."""
    then, now = frozen.finish, roadmap.finish
    moved = [
        _moved(frozen.by_id[each.id], roadmap, each.start, each.finish, each.activity.duration, each.activity.name)
        for each in roadmap.activities
        if each.id in frozen.by_id
    ]
    names = {each.id: each.name for each in (*frozen.components, *components)}
    costs = [cost for cost in _costs(frozen.lines, lines, names) if cost.before != cost.after]
    return Drift(
        frozen.name,
        None if then is None or now is None else _between(roadmap, then, now),
        tuple(each for each in moved if each.start_days or each.finish_days or each.longer),
        tuple(costs),
        tuple(_total(frozen.lines, lines)),
        _scope(
            {each.id: each.name for each in frozen.activities},
            {each.id: each.activity.name for each in roadmap.activities},
        ),
        _scope({each.id: each.name for each in frozen.components}, {each.id: each.name for each in components}),
        _scope({each.line_id: each.name for each in frozen.lines}, {each.line_id: each.name for each in lines}),
    )


def _moved(
    then: FrozenActivity, roadmap: Roadmap, start: date, finish: date, duration: Decimal, name: str
) -> ActivityDrift:
    days = _between(roadmap, then.start, start), _between(roadmap, then.finish, finish)
    return ActivityDrift(then.id, name, *days, duration - then.duration)


def _between(roadmap: Roadmap, then: date, now: date) -> int:
    return roadmap.calendar.number(now) - roadmap.calendar.number(then)


def _costs(before: Sequence[FrozenLine], after: Sequence[FrozenLine], names: dict[str, str]) -> Iterable[CostDrift]:
    then, now = _sums(before), _sums(after)
    for key in sorted({*then, *now}, key=lambda key: (names.get(key[0], ""), *key)):
        yield CostDrift(key[0], names.get(key[0], ""), key[1], then.get(key), now.get(key))


def _sums(lines: Sequence[FrozenLine]) -> dict[tuple[str, str], Decimal]:
    """By component and currency, of the lines that have a plan."""
    found: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.planned is not None:
            found[line.component_id, line.currency] += line.planned
    return dict(found)


def _total(before: Sequence[FrozenLine], after: Sequence[FrozenLine]) -> Iterable[CostDrift]:
    sums = []
    for lines in (before, after):
        found: defaultdict[str, Decimal] = defaultdict(Decimal)
        for (_, currency), amount in _sums(lines).items():
            found[currency] += amount
        sums.append(dict(found))
    for currency in sorted({*sums[0], *sums[1]}):
        yield CostDrift(None, "", currency, sums[0].get(currency), sums[1].get(currency))


def _scope(then: dict[str, str], now: dict[str, str]) -> Scope:
    return Scope(
        tuple(name for id_, name in now.items() if id_ not in then),
        tuple(name for id_, name in then.items() if id_ not in now),
    )
