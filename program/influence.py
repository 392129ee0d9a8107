"""Influence: who influences whom, who holds the network together, and how the sponsor reaches the resistant."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx

from assessments.functions import FUNCTIONS
from program import influence_words as words
from program.coverage import Coverage, coverage
from program.departure import Departure, without
from program.duties import Duty
from program.network import Network, network
from program.policy import Policy, load
from program.stakeholders import Stakeholder
from program.ties import Ties
from program.typed_ties import KINDS, TypedTie, listening, neighbors, sponsor_path, sponsor_paths, within

__all__ = ["KINDS", "Coverage", "Departure", "Group", "Groups", "Influence", "TypedTie", "coverage", "influence"]
__all__ += ["proposed_sponsor", "sponsor_path", "sponsor_paths", "without"]

FELL_APART = 3  # people whose leaving is told in a sentence


@dataclass(frozen=True)
class Group:
    """
    People who belong together by their ties.

    function: the id of the one that most of them have, None when none is known; of_function: how many have it;
    known: of how many the function is known.
    """

    people: tuple[str, ...]
    function: str | None
    of_function: int
    known: int


@dataclass(frozen=True)
class Groups:
    """
    The groups of two or more that the ties make, the largest first, against the functions.

    inside: the share of ties that stay in a group. inside_functions: the share that stay in a function, of the ties
    between two people whose functions are known. None without such ties.
    """

    groups: tuple[Group, ...]
    inside: float | None
    inside_functions: float | None


@dataclass(frozen=True)
class Influence:
    """
    What the ties say. People are ids; `names` has what to call them.

    network: measured on who listens to whom (typed_ties.listening), with everybody on the map.
    shares: the share of the shortest ways between two others that lead through somebody, None where there are none.
    brokers: whose share reaches the policy's, the largest first. cut_without_stand_in: without whom the network falls
    apart and for whom nobody could stand in; brokers_without_stand_in likewise.
    sponsor_paths: to each resistant person, None without a way; empty without a sponsor.
    said: the sentences by topic (caution, connected, through, nearest, bridges, leaving, brokers, groups, sponsor,
    blocks, coverage).
    """

    network: Network
    names: dict[str, str]
    sponsor: str | None
    shares: dict[str, float | None]
    brokers: tuple[str, ...]
    brokers_without_stand_in: tuple[str, ...]
    cut_without_stand_in: tuple[str, ...]
    sponsor_paths: dict[str, tuple[str, ...] | None]
    communities_vs_functions: Groups
    coverage: Coverage
    said: dict[str, tuple[str, ...]]

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentence for topic in self.said.values() for sentence in topic)


def influence(
    people: Sequence[Stakeholder],
    ties: Sequence[TypedTie],
    *,
    sponsor: str | None = None,
    stand_ins: Mapping[str, Collection[str]] | None = None,
    duties: Sequence[Duty] = (),
    components: Mapping[str, str] | None = None,
    policy: Policy | None = None,
) -> Influence:
    """
    Return what some ties say about the people on the map.

    sponsor: whose support the program has; without one, proposed_sponsor says who. stand_ins: who could take over from
    somebody, by id. duties: on the components, whose names are given by id.
    """
    rules = policy or load()
    listens = listening(ties, [person.id for person in people])
    measured = network(listens)
    names = {each: each for each in listens.people} | {person.id: person.name for person in people}
    sponsor = sponsor or proposed_sponsor(people)
    shares = _shares(measured, listens)
    brokers = tuple(
        each.id
        for each in sorted(measured.people, key=lambda each: (-each.betweenness, names[each.id]))
        if (shares[each.id] or 0) >= rules.broker_share
    )
    covered = {person for person, others in (stand_ins or {}).items() if others}
    cuts = tuple(each.id for each in measured.people if each.cut_vertex)
    paths = sponsor_paths(ties, sponsor) if sponsor else {}
    resistant = [each.id for each in people if each.stance == "resistant" and each.id != sponsor]
    found = Influence(
        network=measured,
        names=names,
        sponsor=sponsor,
        shares=shares,
        brokers=brokers,
        brokers_without_stand_in=tuple(each for each in brokers if each not in covered),
        cut_without_stand_in=tuple(each for each in cuts if each not in covered),
        sponsor_paths={each: tuple(paths[each]) if each in paths else None for each in resistant if sponsor},
        communities_vs_functions=_groups(measured, listens, {person.id: person.function for person in people}),
        coverage=coverage(list(components or {}), duties, ties, rules),
        said={},
    )
    found.said.update(_said(found, ties, resistant, components or {}, rules))
    return found


def proposed_sponsor(people: Sequence[Stakeholder]) -> str | None:
    """Return whom to take for the sponsor: of the executives, else of all who are not resistant, the most powerful."""
    willing = [person for person in people if person.stance != "resistant" and not person.is_group]
    first = [person for person in willing if person.function == "executive"] or willing
    ahead = ("leading", "supportive")
    chosen = min(first, key=lambda each: (-each.power, each.stance not in ahead, each.name, each.id), default=None)
    return chosen.id if chosen else None


def _shares(measured: Network, listens: Ties) -> dict[str, float | None]:
    """The share of the shortest ways between two others that lead through each person."""
    if not listens.people:
        return {}
    at = {person: number for number, person in enumerate(listens.people)}
    graph: rx.PyDiGraph = rx.PyDiGraph()
    graph.add_nodes_from(range(len(at)))
    graph.add_edges_from([(at[tie.source], at[tie.target], None) for tie in listens.ties])
    reach = np.isfinite(rx.distance_matrix(graph, null_value=np.inf))
    np.fill_diagonal(reach, False)
    ways = reach.sum() - reach.sum(axis=0) - reach.sum(axis=1)
    return {
        person.id: float(person.betweenness / ways[number]) if ways[number] else None
        for number, person in enumerate(measured.people)
    }


def _groups(measured: Network, listens: Ties, functions: Mapping[str, str | None]) -> Groups:
    place = {person: number for number, group in enumerate(measured.communities) for person in group}
    pairs = {frozenset((tie.source, tie.target)) for tie in listens.ties}
    ends = [(functions.get(a), functions.get(b)) for a, b in pairs]
    known = [a == b for a, b in ends if a and b]
    inside = [place[a] == place[b] for a, b in pairs]
    return Groups(
        groups=tuple(_group(group, functions) for group in measured.communities if len(group) > 1),
        inside=sum(inside) / len(inside) if inside else None,
        inside_functions=sum(known) / len(known) if known else None,
    )


def _group(people: tuple[str, ...], functions: Mapping[str, str | None]) -> Group:
    counted = Counter(function for person in people if (function := functions.get(person)))
    order = list(FUNCTIONS)
    first = min(counted, key=lambda each: (-counted[each], order.index(each) if each in order else 0), default=None)
    return Group(people, first, counted[first] if first else 0, counted.total())


def _said(
    found: Influence, ties: Sequence[TypedTie], resistant: Sequence[str], components: Mapping[str, str], rules: Policy
) -> dict[str, tuple[str, ...]]:
    call, people = found.names, found.network.people
    tied = [each for each in people if each.degree]
    alone = [call[each.id] for each in people if not each.degree]
    said: dict[str, Sequence[str]] = {}
    small = words.caution(len(tied), rules.small_network)
    said["caution"] = [small] if small else []
    said["connected"] = words.connected(len(people), alone, _parts(ties))
    if tied:
        said |= _middle(found, ties)
        groups = found.communities_vs_functions
        alike, known = (sum(getattr(each, key) for each in groups.groups) for key in ("of_function", "known"))
        said["groups"] = words.grouped(len(groups.groups), groups.inside, groups.inside_functions, alike, known)
        paths = [(call[each], found.sponsor_paths.get(each)) for each in resistant]
        named = [(person, [call[each] for each in path] if path else None) for person, path in paths]
        said["sponsor"] = words.sponsored(call[found.sponsor] if found.sponsor else None, named)
        far = [components[item] for item in found.coverage.far]
        near = found.coverage.components - len(far)
        said["coverage"] = words.covered(found.coverage.components, near, rules.coverage_ties, far)
    blocks = [(call[tie.source], call[tie.target]) for tie in ties if tie.kind == "blocks"]
    said["blocks"] = words.blocked(blocks)
    return {topic: tuple(sentences) for topic, sentences in said.items() if sentences}


def _middle(found: Influence, ties: Sequence[TypedTie]) -> dict[str, Sequence[str]]:
    """Who stands in the middle, and what holds the network together."""
    call, people = found.names, found.network.people
    first = max(people, key=lambda each: each.betweenness)
    closest = max(each.closeness for each in people)
    cuts = sorted((each for each in people if each.cut_vertex), key=lambda each: -each.betweenness)
    bridges = sorted(tuple(sorted((call[a], call[b]))) for a, b in found.network.bridges)
    leaving = [without(ties, each.id).sentences(call)[0] for each in cuts[:FELL_APART]]
    if len(cuts) > FELL_APART:
        leaving.append(f"It would also fall apart without any one of {len(cuts) - FELL_APART} others.")
    return {
        "through": words.through(call[first.id] if first.betweenness else None, found.shares[first.id]),
        "nearest": words.nearest([call[each.id] for each in people if each.closeness > closest * (1 - 1e-9)]),
        "bridges": words.bridging(bridges),
        "leaving": leaving,
        "brokers": words.brokers(
            [call[each] for each in found.brokers], [call[each] for each in found.brokers_without_stand_in]
        ),
    }


def _parts(ties: Sequence[TypedTie]) -> int:
    near = neighbors(ties)
    left, parts = set(near), 0
    while left:
        left -= within(near, min(left), len(near))
        parts += 1
    return parts
