"""The plan as it was on a day, as canonical JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, get_type_hints

from program.placing import Roadmap
from program.schedule import LinkKind

FORMAT = 1


class BadBaseline(ValueError):
    """What a baseline holds cannot be read."""


@dataclass(frozen=True)
class FrozenLink:
    predecessor_id: str
    kind: LinkKind
    lag: Decimal


@dataclass(frozen=True)
class FrozenActivity:
    """An activity with the dates that it had. duration: working days."""

    id: str
    name: str
    component_id: str | None
    duration: Decimal
    start: date
    finish: date
    links: tuple[FrozenLink, ...] = ()


@dataclass(frozen=True)
class FrozenComponent:
    id: str
    name: str
    progress_rule: str


@dataclass(frozen=True)
class FrozenLine:
    """
    A budget line with its plan, None while nothing was planned.

    plan_rate: how much of the program's currency one unit was; None in the program's own and where none was set.
    """

    line_id: str
    component_id: str
    name: str
    currency: str
    plan_rate: Decimal | None
    planned: Decimal | None
    nature: str


@dataclass(frozen=True)
class FrozenPhase:
    """What a line was to cost in a month, in its currency. period: the month's first day."""

    line_id: str
    period: date
    amount: Decimal


@dataclass(frozen=True)
class Frozen:
    """
    The plan as it was.

    as_of: the day it was seen on. currency: the program's. version: the name of the budget version whose months these
    are, None where there was none: then lines have plans and no months.
    """

    name: str
    as_of: date
    currency: str
    version: str | None
    activities: tuple[FrozenActivity, ...]
    components: tuple[FrozenComponent, ...]
    lines: tuple[FrozenLine, ...]
    phases: tuple[FrozenPhase, ...]

    @property
    def finish(self) -> date | None:
        return max((each.finish for each in self.activities), default=None)

    @cached_property
    def by_id(self) -> dict[str, FrozenActivity]:
        return {each.id: each for each in self.activities}


def freeze(
    roadmap: Roadmap,
    components: Sequence[FrozenComponent],
    lines: Sequence[FrozenLine],
    phases: Sequence[FrozenPhase],
    *,
    name: str,
    currency: str,
    version: str | None,
) -> str:
    """Return the plan as canonical JSON: the same plan is the same text, amounts are text, nothing is rounded."""
    activities = tuple(
        FrozenActivity(
            each.id,
            each.activity.name,
            each.activity.component_id,
            each.activity.duration,
            each.start,
            each.finish,
            tuple(FrozenLink(link.predecessor_id, link.kind, link.lag) for link in each.activity.links),
        )
        for each in roadmap.activities
    )
    months = tuple(sorted(phases, key=lambda phase: (phase.line_id, phase.period)))
    return as_json(Frozen(name, roadmap.today, currency, version, activities, tuple(components), tuple(lines), months))


def as_json(plan: Frozen) -> str:
    """Return a plan as canonical JSON."""
    content = {"format": FORMAT, **_plain(plan)}
    return json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def read(content: str) -> Frozen:
    """Return what the content of a baseline says. Raises BadBaseline."""
    try:
        found = json.loads(content)
        if found.pop("format") != FORMAT:
            raise BadBaseline("This baseline was made by another version of Groundwork.")
        return Frozen(
            found["name"],
            date.fromisoformat(found["as_of"]),
            found["currency"],
            found["version"],
            tuple(
                _typed(FrozenActivity, each, links=tuple(_typed(FrozenLink, link) for link in each["links"]))
                for each in found["activities"]
            ),
            tuple(_typed(FrozenComponent, each) for each in found["components"]),
            tuple(_typed(FrozenLine, each) for each in found["lines"]),
            tuple(_typed(FrozenPhase, each) for each in found["phases"]),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
        if isinstance(problem, BadBaseline):
            raise
        raise BadBaseline("The content of this baseline cannot be read.") from problem


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return value


def _typed(kind: type[Any], row: dict[str, Any], **given: Any) -> Any:
    hints = get_type_hints(kind)
    values = {}
    for each in fields(kind):
        value = row[each.name]
        if value is not None and hints[each.name] in (Decimal, Decimal | None):
            value = Decimal(value)
        elif hints[each.name] is date:
            value = date.fromisoformat(value)
        values[each.name] = value
    return kind(**{**values, **given})
