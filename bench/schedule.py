"""
How fast the critical path method and the forecast are. Prints one JSON object; ratios of CPU seconds, medians of
alternating rounds.

schedule_ratio: 10,000 activities with 20,000 links from finish to start, beside networkx.dag_longest_path_length on the
same graph, which gives one number of the schedule and none of the six times of each activity: a floor for time, not an
oracle. forecast_ratio: 10,000 runs of 200 activities, beside numpy drawing the same number of beta samples.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np

from program.forecast import Estimate, forecast
from program.schedule import Activity, Link, schedule

ACTIVITIES, LINKS, ROUNDS = 10_000, 20_000, 5
FORECAST_ACTIVITIES, FORECAST_LINKS, RUNS = 200, 400, 10_000
LIMITS = {"schedule_ratio": 1.0, "forecast_ratio": 2.0}
SEED = 20_240_101


def activities(count: int = ACTIVITIES, links: int = LINKS) -> tuple[Activity, ...]:
    chance = random.Random(SEED)
    before: list[set[int]] = [set() for _ in range(count)]
    while sum(map(len, before)) < links:
        earlier, later = sorted(chance.sample(range(count), 2))
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


def schedule_ratio() -> float:
    found = activities()
    graph = graph_of(found)
    return ratio(lambda: schedule(found), lambda: nx.dag_longest_path_length(graph))


def forecast_ratio() -> float:
    found = activities(FORECAST_ACTIVITIES, FORECAST_LINKS)
    chance = random.Random(SEED)
    lows = [chance.uniform(1, 5) for _ in found]
    estimates = [Estimate(low, low + chance.uniform(0, 3), low + chance.uniform(3, 9)) for low in lows]
    shapes = [
        (1 + 4 * (each.likely - each.optimistic) / span, 1 + 4 * (each.pessimistic - each.likely) / span)
        for each in estimates
        for span in (each.pessimistic - each.optimistic,)
    ]

    def drawn() -> None:
        samples = np.random.default_rng(SEED)
        for left, right in shapes:
            samples.beta(left, right, RUNS)

    first, again = (forecast(found, estimates, runs=RUNS, seed=SEED) for _ in range(2))
    assert first == again
    return ratio(lambda: forecast(found, estimates, runs=RUNS, seed=SEED), drawn)


def ratio(ours: Callable[[], Any], theirs: Callable[[], Any]) -> float:
    rounds = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    return statistics.median(mine for mine, _ in rounds) / statistics.median(other for _, other in rounds)


def main() -> int:
    found = {"schedule_ratio": schedule_ratio(), "forecast_ratio": forecast_ratio()}
    ok = all(found[name] <= limit for name, limit in LIMITS.items())
    print(json.dumps({name: round(value, 3) for name, value in found.items()} | {"limits": LIMITS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
