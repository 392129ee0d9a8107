"""Ties between people on the map by kind and weight: which way influence flows along them, and its shortest ways."""

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from program.ties import Tie, Ties, merged

KINDS = {
    "influences": "influences",
    "reports_to": "reports to",
    "advises": "advises",
    "blocks": "blocks",
}


@dataclass(frozen=True)
class TypedTie:
    """
    One tie: `source` influences, reports to, advises or blocks `target`. weight: its strength, a whole number from 1.

    known_from: how we know. on: the day it was true. Influence flows from source to target, from a boss to whoever
    reports to them, and never along a tie that blocks.
    """

    source: str
    target: str
    kind: str = "influences"
    weight: int = 1
    known_from: str | None = None
    on: date | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.source, self.target, self.kind

    @property
    def flow(self) -> tuple[str, str] | None:
        """From whom influence flows to whom; None when the tie carries none."""
        if self.kind == "blocks":
            return None
        return (self.target, self.source) if self.kind == "reports_to" else (self.source, self.target)


def listening(ties: Sequence[TypedTie], people: Sequence[str] = ()) -> Ties:
    """
    Return who listens to whom: ties from the influenced to those who influence them, of each pair the strongest.

    So whoever has much influence has many incoming ties, and is near to many, in the measures of program.network.
    people: everybody on the map; without ties they stand alone.
    """
    flows = [(tie.flow, tie.weight) for tie in ties]
    found = merged(
        tuple(Tie(flow[1], flow[0], float(weight)) for flow, weight in flows if flow and flow[0] != flow[1]),
        directed=True,
        weighted=any(weight != 1 for flow, weight in flows if flow),
    )
    everybody = tuple(dict.fromkeys([*people, *found.people]))
    return Ties(everybody, found.ties, found.directed, found.weighted, found.duplicates)


def neighbors(ties: Sequence[TypedTie], people: Collection[str] = ()) -> dict[str, set[str]]:
    """Return by person everybody whom a tie that carries influence leads to or from."""
    found: dict[str, set[str]] = {person: set() for person in people}
    for tie in ties:
        if tie.flow and tie.source != tie.target:
            found.setdefault(tie.source, set()).add(tie.target)
            found.setdefault(tie.target, set()).add(tie.source)
    return found


def sponsor_path(ties: Sequence[TypedTie], sponsor: str, person: str) -> list[str] | None:
    """
    Return whom influence passes on its shortest way from the sponsor to a person, both included; None without a way.

    A tie of weight w is 1/w long, so strong ties are short. Of equally short ways the one over fewest people is taken,
    then the first by id.
    """
    return sponsor_paths(ties, sponsor).get(person)


def sponsor_paths(ties: Sequence[TypedTie], sponsor: str) -> dict[str, list[str]]:
    """Return the path to everybody whom influence of the sponsor reaches, the sponsor included."""
    onward: defaultdict[str, dict[str, Fraction]] = defaultdict(dict)
    for tie in ties:
        if tie.flow:
            start, end = tie.flow
            length = Fraction(1, tie.weight)
            onward[start][end] = min(length, onward[start].get(end, length))
    found: dict[str, list[str]] = {}
    ahead: list[tuple[Fraction, int, tuple[str, ...]]] = [(Fraction(0), 1, (sponsor,))]
    while ahead:
        length, _, path = heapq.heappop(ahead)
        if path[-1] in found:
            continue
        found[path[-1]] = list(path)
        for person, step in onward[path[-1]].items():
            if person not in found:
                heapq.heappush(ahead, (length + step, len(path) + 1, (*path, person)))
    return found


def within(near: Mapping[str, Collection[str]], start: str, most: int) -> set[str]:
    """Return everybody at most so many ties away from one person, who is included."""
    found = {start}
    edge = {start}
    for _ in range(most):
        edge = {other for person in edge for other in near.get(person, ())} - found
        if not edge:
            break
        found |= edge
    return found
