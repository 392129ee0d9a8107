"""The columns of an activities file that say more than its links: how their cells are written and read."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from program.catalog import STAGE_NAMES
from program.pasted import plain, same_name
from program.placing import ALL, LONGEST, ZERO, PlannedActivity
from program.table_file import CellProblem, Row

DECIMALS = 4
FIELDS = {
    "component": "component_id", "owner": "owner_id", "not_before": "not_before", "optimistic": "optimistic",
    "pessimistic": "pessimistic", "percent": "percent", "started_on": "started_on", "finished_on": "finished_on",
    "stage": "stage",
}  # fmt: skip
MORE = tuple(FIELDS)


class _Unread(ValueError):
    """A cell that cannot be read: why, and what to do."""


@dataclass(frozen=True)
class Names:
    """What a file may name, by id. kind: what they are, for sentences, one and several."""

    kind: tuple[str, str]
    by_id: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def told(self) -> dict[str, str]:
        """The names by id as a file has them: those that are shared are numbered, as in Ann (1) and Ann (2)."""
        counts: defaultdict[str, int] = defaultdict(int)
        return {
            id_: f"{name} ({self._count(counts, name)})" if len(self._shared[same_name(name)]) > 1 else name
            for id_, name in self.by_id.items()
        }

    def id_of(self, name: str) -> str:
        """Return the only id of a name. Raises ValueError with a sentence."""
        found = self._ids.get(same_name(name), [])
        if len(found) == 1:
            return found[0]
        if shared := self._shared.get(same_name(name), []):
            choices = " or ".join(f"“{self.told[id_]}”" for id_ in shared[:3])
            raise _Unread(f"{len(shared)} {self.kind[1]} are called “{name[:40]}”. Write {choices}.")
        raise _Unread(f"There is no {self.kind[0]} “{name[:40]}”. Correct the name, or add it to the program first.")

    @staticmethod
    def _count(counts: defaultdict[str, int], name: str) -> int:
        counts[same_name(name)] += 1
        return counts[same_name(name)]

    @cached_property
    def _shared(self) -> dict[str, list[str]]:
        return _by_name(self.by_id)

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        return _by_name(self.told)


@dataclass(frozen=True)
class Known:
    """The components and the people of a program that a file may name."""

    components: Names = Names(("component", "components"))
    people: Names = Names(("person", "people"))


NOBODY = Known()


def known_of(components: Mapping[str, str], people: Mapping[str, str]) -> Known:
    """Return what a file may name, of names by id."""
    return Known(Names(("component", "components"), components), Names(("person", "people"), people))


def values_of(row: Row, known: Known) -> tuple[dict[str, Any], list[CellProblem]]:
    """Return what the columns of MORE that are there say of an activity, by its fields, and what cannot be read."""
    readers: dict[str, Callable[[str], Any]] = {
        "component": known.components.id_of,
        "owner": known.people.id_of,
        "not_before": _day,
        "optimistic": lambda cell: _number(cell, LONGEST, "a number of working days"),
        "pessimistic": lambda cell: _number(cell, LONGEST, "a number of working days"),
        "percent": lambda cell: _number(cell, ALL, "a number"),
        "started_on": _day,
        "finished_on": _day,
        "stage": _stage,
    }
    values: dict[str, Any] = {}
    problems: list[CellProblem] = []
    for column, name in FIELDS.items():
        if column not in row.cells:
            continue
        cell = row[column]
        try:
            values[name] = readers[column](cell) if cell else _EMPTY.get(column)
        except _Unread as wrong:
            problems.append(CellProblem(row.line, column, str(wrong)))
    return values, problems


def cells_of(activity: PlannedActivity, known: Known) -> tuple[str | None, ...]:
    """Return what the columns of MORE hold for an activity, in their order; None for an empty cell."""
    return (
        known.components.told.get(activity.component_id or ""),
        known.people.told.get(activity.owner_id or ""),
        _written(activity.not_before),
        _written(activity.optimistic),
        _written(activity.pessimistic),
        _written(activity.percent),
        _written(activity.started_on),
        _written(activity.finished_on),
        STAGE_NAMES.get(activity.stage or ""),
    )


_EMPTY = {"percent": ZERO}


def _by_name(names: Mapping[str, str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id_, name in names.items():
        found[same_name(name)].append(id_)
    return dict(found)


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as problem:
        raise _Unread(f"“{cell[:40]}” is no date. Write it as 2026-12-25.") from problem


def _number(cell: str, most: Decimal, what: str) -> Decimal:
    try:
        number = Decimal(cell)
    except InvalidOperation as problem:
        raise _Unread(f"“{cell[:40]}” is not {what}. Write digits such as 12.5.") from problem
    if not number.is_finite() or not 0 <= number <= most:
        raise _Unread(f"“{cell[:40]}” is not {what} from 0 to {most:,f}.")
    return round(number, DECIMALS)


def _stage(cell: str) -> str:
    found = {plain(each): id_ for id_, name in STAGE_NAMES.items() for each in (id_, name)}.get(plain(cell))
    if found is None:
        raise _Unread(f"“{cell[:40]}” is no stage. Use {', '.join(STAGE_NAMES.values())}.")
    return found


def _written(value: date | Decimal | None) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else f"{value.normalize():f}"
