"""
How fast the influence network is measured.

60 people: every measure beside networkx's bare betweenness, pagerank and Louvain on the same ties; limit 2.
1,000 people with 5,000 ties: betweenness and closeness beside networkx's; limit 1/10, differences under 1e-9.
Prints one JSON object. The small ratio is of CPU seconds, the median of alternating rounds; the large one of seconds,
because ours uses every core.
"""

import json
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from program.network import centralities, network
from program.ties import Tie, Ties, merged

ROUNDS = 5
SEED = 20_240_101
LARGEST_RATIO, SMALLEST_SPEED_UP, LARGEST_DIFFERENCE = 2.0, 10.0, 1e-9


def ties(people: int, number: int) -> Ties:
    chance = random.Random(SEED)
    pairs = (chance.sample(range(people), 2) for _ in range(number))
    return merged(tuple(Tie(str(a), str(b)) for a, b in pairs), directed=False, weighted=False)


def graph_of(found: Ties) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(found.people)
    graph.add_edges_from((tie.source, tie.target) for tie in found.ties)
    return graph


def bare(graph: nx.Graph) -> None:
    nx.betweenness_centrality(graph)
    nx.pagerank(graph)
    nx.community.louvain_communities(graph, seed=0)


def seconds(work: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def main() -> None:
    small = ties(60, 180)
    graph = graph_of(small)
    network(small)
    bare(graph)
    rounds = [(seconds(lambda: network(small)), seconds(lambda: bare(graph))) for _ in range(ROUNDS)]
    ratio = statistics.median(ours for ours, _ in rounds) / statistics.median(theirs for _, theirs in rounds)

    large = ties(1_000, 5_000)
    graph = graph_of(large)
    ours = statistics.median(seconds(lambda: centralities(large), time.perf_counter) for _ in range(ROUNDS))
    between, close = centralities(large)
    start = time.perf_counter()
    raw, near = nx.betweenness_centrality(graph, normalized=False), nx.closeness_centrality(graph)
    theirs = time.perf_counter() - start
    difference = max(max(abs(between[name] - raw[name]), abs(close[name] - near[name])) for name in large.people)
    speed_up = theirs / ours
    print(
        json.dumps(
            {
                "small_ratio": round(ratio, 3),
                "small_limit": LARGEST_RATIO,
                "large_speed_up": round(speed_up, 1),
                "large_limit": SMALLEST_SPEED_UP,
                "largest_difference": difference,
                "ok": ratio <= LARGEST_RATIO and speed_up >= SMALLEST_SPEED_UP and difference < LARGEST_DIFFERENCE,
            }
        )
    )


if __name__ == "__main__":
    main()
