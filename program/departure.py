"""What happens to the network when one person leaves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx

from program.influence_words import few
from program.typed_ties import TypedTie, neighbors, sponsor_paths


@dataclass(frozen=True)
class Departure:
    """
    The network without one person.

    had_ties: whether anybody was tied to them. whole: everybody who has ties was in one network with them.
    parts: what is left of that network, the largest first. cut_off: everybody outside of the largest part.
    longest_before, longest_after: the longest of the shortest ways between two people, in ties, direction aside, in
    that network and in what is left of it. unreached: whom the sponsor no longer reaches.
    """

    person: str
    had_ties: bool
    whole: bool
    parts: tuple[tuple[str, ...], ...]
    cut_off: tuple[str, ...]
    longest_before: int
    longest_after: int
    unreached: tuple[str, ...] = ()

    def sentences(self, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Return what changes, in words. names: what to call people who are given by id."""
        call = dict(names or {})
        who = call.get(self.person, self.person)
        if not self.had_ties:
            return (f"{who} has no ties, so the network stays as it is if they leave.",)
        said = [self._falls(who, call)]
        if self.longest_after > self.longest_before:
            grows = f"from {self.longest_before} to {self.longest_after} ties"
            said.append(f"The longest of the shortest ways between two people grows {grows}.")
        if self.unreached:
            lost = few([call.get(each, each) for each in self.unreached])
            said.append(f"The sponsor no longer reaches {lost}.")
        return tuple(said)

    def _falls(self, who: str, call: Mapping[str, str]) -> str:
        network = "the network" if self.whole else "this part of the network"
        if len(self.parts) == 1 and len(self.parts[0]) == 1:
            return f"If {who} leaves, {call.get(self.parts[0][0], self.parts[0][0])} has no tie left."
        if len(self.parts) == 1:
            return f"If {who} leaves, {network} holds together."
        parts = "; ".join(few([call.get(each, each) for each in part]) for part in self.parts[:4])
        more = f"; and {len(self.parts) - 4} more" if len(self.parts) > 4 else ""
        return f"If {who} leaves, {network} falls into {len(self.parts)} parts: {parts}{more}."


def without(
    ties: Sequence[TypedTie], person: str, *, sponsor: str | None = None, resistant: Collection[str] = ()
) -> Departure:
    """
    Return what changes when a person leaves. Ties that block hold nothing together and do not count.

    sponsor, resistant: to say whom of the resistant the sponsor reaches now and then no longer.
    """
    near = neighbors(ties)
    held = _part(near, person, leaving=None)
    rest = [other for other in near if other in held and other != person]
    parts: list[tuple[str, ...]] = []
    placed: set[str] = set()
    for other in rest:
        if other not in placed:
            reached = _part(near, other, leaving=person)
            placed |= reached
            parts.append(tuple(each for each in rest if each in reached))
    parts.sort(key=len, reverse=True)
    return Departure(
        person=person,
        had_ties=bool(rest),
        whole=len(held) == len(near),
        parts=tuple(parts),
        cut_off=tuple(each for part in parts[1:] for each in part),
        longest_before=_longest(near, [person, *rest]),
        longest_after=_longest(near, rest),
        unreached=_unreached(ties, person, sponsor, resistant) if sponsor else (),
    )


def _part(near: Mapping[str, Collection[str]], start: str, *, leaving: str | None) -> set[str]:
    found = {start}
    edge = [start]
    while edge:
        for other in near.get(edge.pop(), ()):
            if other not in found and other != leaving:
                found.add(other)
                edge.append(other)
    return found


def _longest(near: Mapping[str, Collection[str]], people: Sequence[str]) -> int:
    at = {person: number for number, person in enumerate(people)}
    if len(at) < 2:
        return 0
    graph: rx.PyGraph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(at)))
    graph.add_edges_from([(at[a], at[b], None) for a in at for b in near.get(a, ()) if b in at and at[a] < at[b]])
    away = np.asarray(rx.distance_matrix(graph, null_value=-1.0))
    return int(away.max())


def _unreached(ties: Sequence[TypedTie], person: str, sponsor: str, resistant: Collection[str]) -> tuple[str, ...]:
    before = sponsor_paths(ties, sponsor)
    rest = [tie for tie in ties if person not in (tie.source, tie.target)]
    after = {} if person == sponsor else sponsor_paths(rest, sponsor)
    lost = [each for each in resistant if each in before and each not in after]
    return tuple(each for each in lost if each not in (person, sponsor))
