"""How roles see one aspect: a median per role and part, and where two roles are furthest apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import streamlit as st

from assessments.library import Library
from assessments.scores import AspectScore, DimensionScore
from pages.ui import alignment, heat, shell, tables, text
from pages.ui.heat import Cell, Line
from pages.ui.shell import Visit
from pages.ui.verdicts import role_name
from program.runs import Run


@dataclass(frozen=True)
class RoleMedian:
    """What a role says: the median of its people, how many they are, and the share of "don't know" (None unknown)."""

    role: str
    median: float | None
    n: int
    dont_know: float | None = None


@dataclass(frozen=True)
class Part:
    """A dimension, or one of its statements, with the median of all and of each role that may be shown."""

    name: str
    about: str
    total: float | None
    n: int
    roles: tuple[RoleMedian, ...]

    @property
    def gap(self) -> float | None:
        """How far the highest and the lowest role are apart."""
        known = [each.median for each in self.roles if each.median is not None]
        return max(known) - min(known) if len(known) > 1 else None


def show(visit: Visit, run: Run, score: AspectScore, library: Library) -> None:
    """Draw the medians of the roles as a heat map with the same rows to take along."""
    parts = _of_statements(visit, run, score, library) if run.anonymous else [_of(each) for each in score.dimensions]
    roles = _roles(parts)
    if not roles:
        shell.note(_nothing(run, library))
        return
    shell.note(sentence(parts))
    lines = [Line(each.name, each.about, _cells(each, roles), (text.score(each.gap),)) for each in parts]
    heads = ["All", *(role_name(role) for role in roles)]
    what = "Statement" if run.anonymous else "Dimension"
    caption = "Median level from 0 to 4, and of how many people; the gap is between the highest and the lowest role."
    drawn = heat.html(lines, columns=heads, ends=("Gap",), first=what, caption=caption, foot=None)
    st.html(drawn + heat.key(library.scale))
    tables.downloads(table(parts, roles, what=what, aspect=score.aspect), key="results.roles")


def sentence(parts: Sequence[Part]) -> str:
    """Return where two roles are furthest apart, and who they are."""
    apart = [(each.gap, each) for each in parts if each.gap]
    if not apart:
        return "No two roles are apart: their medians are the same wherever more than one role answered."
    gap, widest = max(apart, key=lambda pair: pair[0])
    known = sorted((each.median, role_name(each.role)) for each in widest.roles if each.median is not None)
    low, high = known[0], known[-1]
    return (
        f"Furthest apart, by {text.score(gap)}: {widest.name.lower()}. {text.capital(high[1])} says "
        f"{text.score(high[0])}, {low[1].lower() if low[1] != 'IT' else low[1]} {text.score(low[0])}."
    )


def table(parts: Sequence[Part], roles: Sequence[str], *, what: str, aspect: str) -> tables.Table:
    """Return the medians as a table: a column for all and one per role."""
    columns = (
        tables.Column(what),
        *(tables.Column(name, text.score, number=True) for name in ("All", *map(role_name, roles), "Gap")),
    )
    rows = tuple(
        (each.name, each.total, *(_by_role(each).get(role, _NOBODY).median for role in roles), each.gap)
        for each in parts
    )
    return tables.Table(columns, rows, name=f"roles_{aspect}")


_NOBODY = RoleMedian("", None, 0)


def _of(dimension: DimensionScore) -> Part:
    by_role: dict[str, list[float]] = {}
    for person in dimension.people:
        by_role.setdefault(person.function, []).append(person.score)
    roles = tuple(RoleMedian(role, median(found), len(found)) for role, found in by_role.items())
    return Part(dimension.short_name, "", dimension.score, dimension.n, roles)


def _of_statements(visit: Visit, run: Run, score: AspectScore, library: Library) -> list[Part]:
    """An anonymous run shows roles by statement only, and of each those that no subtraction reveals."""
    found = []
    for each in alignment.computed(visit, run).statements:
        if each.aspect != score.aspect or each.item is None:
            continue
        roles = tuple(RoleMedian(cell.role, cell.median, cell.n, cell.dont_know) for cell in each.roles)
        name = library.dimension(each.dimension).short_name
        found.append(Part(name, each.id, each.item.median, each.item.n, roles))
    return found


def _roles(parts: Sequence[Part]) -> list[str]:
    """The roles that say anything, the one with the most people first."""
    people: dict[str, int] = {}
    for each in (role for part in parts for role in part.roles):
        people[each.role] = max(people.get(each.role, 0), each.n)
    return sorted(people, key=lambda role: (-people[role], role_name(role)))


def _by_role(part: Part) -> dict[str, RoleMedian]:
    return {each.role: each for each in part.roles}


def _cells(part: Part, roles: Sequence[str]) -> tuple[Cell, ...]:
    found = _by_role(part)
    own = [found.get(role, _NOBODY) for role in roles]
    total = Cell(part.total, text.plural(part.n, "person", "people"), said=text.UNKNOWN)
    return (total, *(Cell(each.median, str(each.n) if each.n else "", said=text.UNKNOWN) for each in own))


def _nothing(run: Run, library: Library) -> str:
    if not run.anonymous:
        return "No role has given a level to this aspect yet."
    least = library.gates.disclosure_minimum
    return f"No role can be shown: in an anonymous run a role needs at least {least} people who answered."
