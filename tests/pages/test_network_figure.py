"""The drawing of the influence network: who is drawn where and as what, its sentence, and the table behind it."""

import json
import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pages.ui import layout, network_figure, network_sketch, tables
from program.network import Network, network
from program.typed_ties import TypedTie, listening

MARKUP = "<img src=x onerror=alert(1)>"
STAR = [TypedTie("hub", f"p{n}", weight=n % 5 + 1) for n in range(1, 5)] + [TypedTie("p1", "hub", "blocks", 2)]
PAIRS = some.lists(some.tuples(some.integers(0, 12), some.integers(0, 12)), max_size=30)


def measured(ties: Sequence[TypedTie], people: Sequence[str] = ()) -> Network:
    return network(listening(ties, people))


def chain(length: int) -> list[TypedTie]:
    return [TypedTie(f"p{n:04}", f"p{n + 1:04}") for n in range(length)]


def series(ties: Sequence[TypedTie], functions: dict[str, str | None], names: dict[str, str]) -> dict[str, Any]:
    drawn = network_sketch.sketch(measured(ties), functions, ties)
    places = layout.positions([person.id for person in drawn.people], [(tie.source, tie.target) for tie in drawn.ties])
    made = network_sketch.option(drawn, names, places)
    json.dumps(made)  # a component takes only what JSON can hold
    (found,) = made["series"]
    return dict(found)


def test_size_is_betweenness_and_a_ring_marks_who_holds_it_together() -> None:
    nodes = {node["id"]: node for node in series(chain(4), {}, {})["data"]}
    assert nodes["p0002"]["symbolSize"] == max(node["symbolSize"] for node in nodes.values())
    assert nodes["p0000"]["symbolSize"] == 12
    assert nodes["p0002"]["itemStyle"]["borderWidth"] > nodes["p0000"]["itemStyle"]["borderWidth"]


def test_a_blocking_tie_is_dashed_with_a_bar_and_weight_is_width() -> None:
    links = series(STAR, {}, {})["links"]
    (bar,) = (link for link in links if link["lineStyle"].get("type") == "dashed")
    assert bar["symbol"] == ["none", "rect"]
    assert sorted(link["lineStyle"]["width"] for link in links if link is not bar) == [1.7, 2.25, 2.8, 3.35]
    there, back = bar["lineStyle"]["curveness"], [link["lineStyle"].get("curveness") for link in links]
    assert back.count(there) == 2  # the way there and the way back do not lie on each other


def test_two_people_of_one_name_are_two_and_a_name_stays_text() -> None:
    nodes = series(STAR, {}, {"p1": MARKUP, "p2": MARKUP})["data"]
    assert [node["name"] for node in nodes].count(MARKUP) == 2
    assert len({node["id"] for node in nodes}) == 5


def test_five_functions_have_colors_and_with_more_the_rare_ones_share_a_gray() -> None:
    functions: dict[str, str | None] = dict(
        zip(("hub", "p1", "p2", "p3", "p4"), ("it", "pr", "sales", "service", "finance"), strict=True)
    )
    drawn = network_sketch.sketch(measured(STAR), functions, STAR)
    assert len(drawn.groups) == 5
    more = [*STAR, TypedTie("hub", "p5"), TypedTie("hub", "p6")]
    functions |= {"p5": "it", "p6": None}
    drawn = network_sketch.sketch(measured(more), functions, more)
    assert drawn.groups[0] == "IT"
    assert len(drawn.groups) == 4
    assert drawn.of["p6"] == "Other"


def test_communities_give_colors_and_somebody_alone_has_none() -> None:
    found = measured([TypedTie("a", "b"), TypedTie("c", "d")], ["lonely"])
    drawn = network_sketch.sketch(found, {}, [], by="community")
    assert drawn.groups == ("Community 1", "Community 2")
    assert drawn.of["lonely"] == "Other"


def test_of_a_thousand_the_sixty_with_the_most_influence_come_first_and_it_is_said() -> None:
    ties = chain(999)
    found = measured(ties)
    drawn = network_sketch.sketch(found, {}, ties)
    assert len(drawn.people) == network_figure.FIRST
    least = min(person.betweenness for person in drawn.people)
    shown = {person.id for person in drawn.people}
    assert all(person.betweenness <= least for person in found.people if person.id not in shown)
    assert network_figure.told(drawn, found) == (
        "The 60 with the most influence of 1,000 people are drawn, with the 59 ties between them. "
        "The table has everybody."
    )
    everybody = network_sketch.sketch(found, {}, ties, most=None)
    nodes = network_sketch.option(everybody, {}, dict.fromkeys(shown | {p.id for p in found.people}, (0.0, 0.0)))
    labeled = [node for node in nodes["series"][0]["data"] if "label" in node]
    assert len(labeled) == network_sketch.NAMED


def test_the_table_has_the_same_people_in_the_same_order() -> None:
    found = measured(STAR)
    drawn = network_sketch.sketch(found, {"hub": "it"}, STAR)
    table = network_figure.table(found, {"hub": "it"}, {"hub": MARKUP})
    assert [row[0].value for row in table.rows] == [MARKUP, *(person.id for person in drawn.people[1:])]
    assert table.rows[0][1:5] == ("IT", "Community 1", 4, 0)
    assert "&lt;img" in tables.html(table)
    assert "<img" not in tables.html(table)


def test_the_key_escapes_and_names_only_what_is_drawn() -> None:
    drawn = network_sketch.sketch(measured(STAR), {}, STAR)
    assert "blocks" in network_figure.key_line(drawn)
    assert "blocks" not in network_figure.key_line(network_sketch.sketch(measured(STAR[:4]), {}, STAR[:4]))


@pytest.mark.parametrize("ties", [[], [("a", "b")], [("a", "b"), ("b", "c")]])
def test_few_people_are_placed(ties: list[tuple[str, str]]) -> None:
    places = layout.positions(["a", "b", "c"], ties)
    assert len(set(places.values())) == 3


def test_nobody_is_placed_nowhere() -> None:
    assert layout.positions([], []) == {}


def test_neighbors_in_a_chain_are_about_one_apart() -> None:
    places = layout.positions([f"p{n}" for n in range(8)], [(f"p{n}", f"p{n + 1}") for n in range(7)])
    assert all(math.dist(places[f"p{n}"], places[f"p{n + 1}"]) == pytest.approx(1, abs=0.05) for n in range(7))


@settings(max_examples=40, deadline=None)
@given(PAIRS)
def test_the_same_network_lies_the_same_every_time(pairs: list[tuple[int, int]]) -> None:
    people = [str(n) for n in range(13)]
    ties = [(str(a), str(b)) for a, b in pairs]
    places = layout.positions(people, ties)
    assert places == layout.positions(people, ties)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
