"""
How fast the critical path method is: 10,000 activities, 20,000 links from finish to start.

Beside it networkx.dag_longest_path_length on the same graph, which gives one number of the schedule and none of the six
times of each activity: a floor for time, not an oracle. Prints one JSON object; ratio = ours / theirs in CPU seconds,
medians of alternating rounds.
"""

import json
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import networkx as nx

from program.schedule import Activity, Link, schedule

ACTIVITIES, LINKS, ROUNDS = 10_000, 20_000, 5
LIMIT = 1.0
SEED = 20_240_101


def activities() -> tuple[Activity, ...]:
    chance = random.Random(SEED)
    before: list[set[int]] = [set() for _ in range(ACTIVITIES)]
    while sum(map(len, before)) < LINKS:
        earlier, later = sorted(chance.sample(range(ACTIVITIES), 2))
        before[later].add(earlier)
    return tuple(
        Activity(str(at), "", float(chance.randint(0, 20)), tuple(Link(each) for each in sorted(found)))
        for at, found in enumerate(before)
    )


def graph_of(found: tuple[Activity, ...]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(found)))
    for at, activity in enumerate(found):
        for link in activity.links:
            graph.add_edge(link.predecessor, at, weight=found[link.predecessor].duration)
    return graph


def seconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    found = activities()
    graph = graph_of(found)
    rounds = [
        (seconds(lambda: schedule(found)), seconds(lambda: nx.dag_longest_path_length(graph))) for _ in range(ROUNDS)
    ]
    ratio = statistics.median(ours for ours, _ in rounds) / statistics.median(theirs for _, theirs in rounds)
    print(json.dumps({"schedule_ratio": round(ratio, 3), "limit": LIMIT, "ok": ratio <= LIMIT}))


if __name__ == "__main__":
    main()
