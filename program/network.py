"""
The network of ties: who stands in the middle, who holds it together, who belongs together.

Strength is closeness: a tie of strength w is 1/w long. Without strengths every tie is 1 long.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import networkx as nx
import numpy as np
import rustworkx as rx
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.sparse.linalg import ArpackNoConvergence, eigs

from program.ties import Ties

SEED = 0
SAME_LENGTH = 1e-9  # two ways whose lengths differ by less are equally short
MANY = 200  # people from which on one eigenvector is looked for instead of all: 0.1 s for 1,000 people, not 10 s
AT_ONCE = 100  # starting points whose ways are counted together, which bounds the memory

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Person:
    """
    One person's place in the network.

    degree: ties; in and out ones where ties have a direction, else both are the degree. betweenness: shortest ways of
    others that lead through; normalized: as a share of all that could. closeness: Wasserman and Faust's, by incoming
    ties. constraint: Burt's. None where the network leaves it undefined.
    """

    id: str
    degree: int
    in_degree: int
    out_degree: int
    betweenness: float
    betweenness_normalized: float | None
    closeness: float
    eigenvector: float | None
    constraint: float | None
    cut_vertex: bool


@dataclass(frozen=True)
class Network:
    """
    The people in the order of the ties, and what holds for all.

    diameter: in ties, None when somebody cannot be reached. communities: by Louvain with a fixed seed, the largest
    first. bridges: ties without which the network falls apart. reasons: a sentence for each figure that is None.
    """

    directed: bool
    density: float | None
    diameter: int | None
    people: tuple[Person, ...]
    communities: tuple[tuple[str, ...], ...]
    modularity: float | None
    bridges: tuple[tuple[str, str], ...]
    reasons: dict[str, str] = field(default_factory=dict)


def network(ties: Ties) -> Network:
    """Return every measure of the network of some ties. Without people: a network of nobody."""
    names, directed = ties.people, ties.directed
    if not names:
        nobody = "There are no ties."
        return Network(directed, None, None, (), (), None, (), dict.fromkeys(("density", "diameter"), nobody))
    strengths = _strengths(ties)
    either = strengths + strengths.T if directed else strengths
    undirected = _graph(either)
    reasons: dict[str, str] = {}
    eigenvector = _eigenvector(strengths, reasons)
    constraint = _constraint(either)
    between = _betweenness(strengths, directed=directed, weighted=ties.weighted)
    closeness = _closeness(strengths, directed=directed, weighted=ties.weighted)
    cuts = set(rx.articulation_points(undirected))
    into, out = (strengths > 0).sum(axis=0), (strengths > 0).sum(axis=1)
    most = (len(names) - 1) * (len(names) - 2) / (1 if directed else 2)
    communities, modularity = _communities(either, names)
    return Network(
        directed=directed,
        density=_density(len(names), len(ties.ties), directed=directed, reasons=reasons),
        diameter=_diameter(strengths, directed=directed, reasons=reasons),
        people=tuple(
            Person(
                id=name,
                degree=int(into[at] + out[at]) if directed else int(out[at]),
                in_degree=int(into[at]),
                out_degree=int(out[at]),
                betweenness=float(between[at]),
                betweenness_normalized=float(between[at] / most) if most else None,
                closeness=float(closeness[at]),
                eigenvector=None if eigenvector is None else float(eigenvector[at]),
                constraint=float(constraint[at]) if np.isfinite(constraint[at]) else None,
                cut_vertex=at in cuts,
            )
            for at, name in enumerate(names)
        ),
        communities=communities,
        modularity=modularity,
        bridges=_bridges(undirected, names),
        reasons=reasons,
    )


def centralities(ties: Ties) -> tuple[dict[str, float], dict[str, float]]:
    """Return the betweenness, not normalized, and the closeness of each person."""
    strengths = _strengths(ties)
    between = _betweenness(strengths, directed=ties.directed, weighted=ties.weighted)
    near = _closeness(strengths, directed=ties.directed, weighted=ties.weighted)
    return (
        {name: float(between[at]) for at, name in enumerate(ties.people)},
        {name: float(near[at]) for at, name in enumerate(ties.people)},
    )


def as_json(result: Network) -> dict[str, Any]:
    """Return the network as the command prints it, numbers unrounded."""
    undefined = {
        f"nodes.{person.id}.constraint": "Nobody is tied to them."
        for person in result.people
        if person.constraint is None
    }
    if any(person.betweenness_normalized is None for person in result.people):
        undefined["nodes.betweenness_normalized"] = "Nobody can stand between two people."
    return {
        "directed": result.directed,
        "density": result.density,
        "diameter": result.diameter,
        "nodes": [vars(person) for person in result.people],
        "communities": result.communities,
        "modularity": result.modularity,
        "bridges": result.bridges,
        "reasons": result.reasons | undefined,
    }


def _strengths(ties: Ties) -> Matrix:
    """People by people: the strength of the tie from the row to the column, 0 without one."""
    at = {name: number for number, name in enumerate(ties.people)}
    found = np.zeros((len(at), len(at)))
    for tie in ties.ties:
        found[at[tie.source], at[tie.target]] = tie.strength
        if not ties.directed:
            found[at[tie.target], at[tie.source]] = tie.strength
    return found


def _graph(strengths: Matrix) -> rx.PyGraph:
    graph: rx.PyGraph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(strengths)))
    graph.add_edges_from([(int(a), int(b), None) for a, b in np.argwhere(np.triu(strengths) > 0)])
    return graph


def _digraph(strengths: Matrix) -> rx.PyDiGraph:
    graph: rx.PyDiGraph = rx.PyDiGraph()
    graph.add_nodes_from(range(len(strengths)))
    graph.add_edges_from([(int(a), int(b), None) for a, b in np.argwhere(strengths > 0)])
    return graph


def _lengths(strengths: Matrix, *, weighted: bool) -> Matrix:
    """The length of each tie; infinite without one."""
    with np.errstate(divide="ignore"):
        return np.asarray(1 / strengths if weighted else np.where(strengths > 0, 1.0, np.inf))


def _betweenness(strengths: Matrix, *, directed: bool, weighted: bool) -> Matrix:
    if not weighted:
        graph = _digraph(strengths) if directed else _graph(strengths)
        found = rx.betweenness_centrality(graph, normalized=False)
        return np.asarray([found[at] for at in range(len(strengths))])
    sources, targets = np.nonzero(strengths)
    lengths = 1 / strengths[sources, targets]
    order = np.lexsort((sources, targets))
    sources, targets, lengths = sources[order], targets[order], lengths[order]
    total = np.zeros(len(strengths))
    table = csr_array((lengths, (sources, targets)), shape=strengths.shape)
    for first in range(0, len(strengths), AT_ONCE):
        starts = np.arange(first, min(first + AT_ONCE, len(strengths)))
        total += _passing(starts, dijkstra(table, indices=starts), sources, targets, lengths)
    return total if directed else total / 2


def _passing(
    starts: NDArray[np.int64], away: Matrix, sources: NDArray[np.int64], targets: NDArray[np.int64], lengths: Matrix
) -> Matrix:
    """
    Return how many shortest ways from some starts lead through each person, split ways by their share (Brandes 2001).

    away: starts by people, the distance. sources, targets, lengths: of the ties, by target.
    """
    with np.errstate(invalid="ignore"):
        gap = np.abs(away[:, sources] + lengths - away[:, targets])
        used = (gap <= SAME_LENGTH * np.maximum(1, away[:, targets])) & np.isfinite(away[:, sources])
    ways = np.zeros_like(away)
    ways[np.arange(len(starts)), starts] = 1
    newest = ways.copy()
    while newest.any():
        newest = _summed(used * newest[:, sources], targets, away.shape)
        ways += newest
    share = np.divide(ways[:, sources], ways[:, targets], out=np.zeros(used.shape), where=used)
    through = np.zeros_like(away)
    while True:
        ahead = _summed(share * (1 + through[:, targets]), sources, away.shape)
        if np.array_equal(ahead, through):
            break
        through = ahead
    through[np.arange(len(starts)), starts] = 0
    return np.asarray(through.sum(axis=0))


def _summed(values: Matrix, people: NDArray[np.int64], shape: tuple[int, ...]) -> Matrix:
    """Sum the columns of the ties by person."""
    gather = csr_array((np.ones(len(people)), (np.arange(len(people)), people)), shape=(len(people), shape[1]))
    return np.asarray(values @ gather)


def _closeness(strengths: Matrix, *, directed: bool, weighted: bool) -> Matrix:
    if not weighted:
        graph = _digraph(strengths) if directed else _graph(strengths)
        found = rx.closeness_centrality(graph, wf_improved=True)
        return np.asarray([found[at] for at in range(len(strengths))])
    lengths = csr_array(np.where(strengths > 0, _lengths(strengths, weighted=True), 0))
    away = dijkstra(lengths.T if directed else lengths)
    reached = np.isfinite(away)
    others = reached.sum(axis=1) - 1
    far = np.where(reached, away, 0).sum(axis=1)
    known = np.divide(others, far, out=np.zeros(len(far)), where=far > 0)
    return np.asarray(known * others / max(len(strengths) - 1, 1))


def _eigenvector(strengths: Matrix, reasons: dict[str, str]) -> Matrix | None:
    """
    The importance that incoming ties give, of length 1; None where it is not unique.

    It is when one strongly connected part alone has the largest eigenvalue, and that is above 0.
    """
    _, part = connected_components(csr_array(strengths), directed=True, connection="strong")
    radii = {int(each): _radius(strengths[np.ix_(part == each, part == each)]) for each in np.unique(part)}
    largest = max(radii.values())
    first = [each for each, radius in radii.items() if radius > largest * (1 - SAME_LENGTH)]
    if largest == 0 or len(first) > 1:
        reasons["nodes.eigenvector"] = (
            "No ties lead in a circle, so importance does not come back."
            if largest == 0
            else f"{len(first)} separate parts are equally strong, so it is not unique."
        )
        return None
    _, leading = _leading(strengths.T)
    vector = np.abs(leading)
    return np.asarray(vector / np.linalg.norm(vector))


def _radius(block: Matrix) -> float:
    """The largest eigenvalue of a strongly connected part: as no strength is negative, it is real."""
    return _leading(block)[0] if len(block) > 1 else 0.0


def _leading(matrix: Matrix) -> tuple[float, Matrix]:
    """Return the eigenvalue with the largest real part, and its vector; of many people without all the others."""
    if len(matrix) >= MANY:
        with suppress(ArpackNoConvergence):
            values, vectors = eigs(csr_array(matrix), k=1, which="LR", v0=np.ones(len(matrix)))
            return float(np.real(values[0])), np.asarray(np.real(vectors[:, 0]))
    values, vectors = np.linalg.eigh(matrix) if np.array_equal(matrix, matrix.T) else np.linalg.eig(matrix)
    first = int(np.argmax(np.real(values)))
    return float(np.real(values[first])), np.asarray(np.real(vectors[:, first]))


def _constraint(either: Matrix) -> Matrix:
    """How much each person's ties lead back to each other (Burt 1992); nan for somebody without ties."""
    totals = either.sum(axis=1)
    share = np.divide(either, totals[:, None], out=np.zeros_like(either), where=totals[:, None] > 0)
    both = np.where(either > 0, (share + share @ share) ** 2, 0).sum(axis=1)
    return np.where(totals > 0, both, np.nan)


def _communities(either: Matrix, names: Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], float | None]:
    graph = nx.from_numpy_array(either)
    groups = nx.community.louvain_communities(graph, seed=SEED)
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group[0]))
    modularity = float(nx.community.modularity(graph, groups)) if either.any() else None
    return tuple(tuple(names[at] for at in group) for group in ordered), modularity


def _bridges(graph: rx.PyGraph, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = (sorted(names[at] for at in pair) for pair in rx.bridges(graph))
    return tuple(sorted((first, second) for first, second in pairs))


def _density(people: int, ties: int, *, directed: bool, reasons: dict[str, str]) -> float | None:
    if people < 2:
        reasons["density"] = "One person has nobody to be tied to."
        return None
    return ties * (1 if directed else 2) / (people * (people - 1))


def _diameter(strengths: Matrix, *, directed: bool, reasons: dict[str, str]) -> int | None:
    hops = rx.distance_matrix(_digraph(strengths) if directed else _graph(strengths), null_value=np.inf)
    longest = float(np.asarray(hops).max())
    if np.isfinite(longest):
        return int(longest)
    reasons["diameter"] = "Not everybody can be reached from everybody."
    return None
