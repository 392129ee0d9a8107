"""The network's measures against published values and networkx, and the reader of ties."""

import random
from collections.abc import Iterator
from itertools import count

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.network import Network, Person, network
from program.table_file import BadTable
from program.ties import Tie, Ties, merged, read_ties

KITE = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]


def kite() -> dict[str, Person]:
    ties = (Tie(KITE[a], KITE[b]) for a, b in nx.krackhardt_kite_graph().edges)
    return {person.id: person for person in network(merged(ties, directed=False, weighted=False)).people}


def test_p7_the_kite_of_krackhardt() -> None:
    found = kite()
    assert max(found.values(), key=lambda each: each.degree).id == "Diane"
    assert found["Diane"].degree / 9 == pytest.approx(0.6667, abs=5e-5)
    assert found["Heather"].betweenness == 14
    assert found["Heather"].betweenness_normalized == pytest.approx(14 / 36)
    shares = {name: found[name].betweenness_normalized for name in ("Fernando", "Garth", "Ike", "Diane")}
    assert shares == pytest.approx({"Fernando": 0.2315, "Garth": 0.2315, "Ike": 0.2222, "Diane": 0.1019}, abs=5e-5)
    assert max(each.closeness for each in found.values()) == pytest.approx(0.6429, abs=5e-5)
    assert found["Fernando"].closeness == pytest.approx(found["Garth"].closeness) == pytest.approx(9 / 14)
    assert {each.id for each in found.values() if each.cut_vertex} == {"Heather", "Ike"}
    assert found["Heather"].constraint == pytest.approx(0.4311, abs=5e-5)


def drawn(seed: int) -> Ties:
    """A small random network: with and without direction and strengths, by the seed."""
    chance = random.Random(seed)
    people = range(chance.randint(3, 22))
    pairs = (chance.sample(people, 2) for _ in range(chance.randint(2, 60)))
    weighted = seed % 3 != 0
    ties = tuple(Tie(str(a), str(b), float(chance.randint(1, 5)) if weighted else 1.0) for a, b in pairs)
    return merged(ties, directed=seed % 2 == 0, weighted=weighted)


@pytest.mark.parametrize("seed", range(60))
def test_equal_to_networkx(seed: int) -> None:
    """Lengths go to networkx as whole numbers of 1/60, so that equally short ways are equal there as well."""
    ties = drawn(seed)
    graph = nx.DiGraph() if ties.directed else nx.Graph()
    graph.add_nodes_from(ties.people)
    either = nx.Graph(graph)
    for tie in ties.ties:
        graph.add_edge(tie.source, tie.target, sixtieth=60 / tie.strength, length=1 / tie.strength)
        before = either.get_edge_data(tie.source, tie.target, {"weight": 0})["weight"]
        either.add_edge(tie.source, tie.target, weight=before + tie.strength)
    found = network(ties)
    raw = nx.betweenness_centrality(graph, normalized=False, weight="sixtieth" if ties.weighted else None)
    share = nx.betweenness_centrality(graph, weight="sixtieth" if ties.weighted else None)
    near = nx.closeness_centrality(graph, distance="length" if ties.weighted else None)
    held = nx.constraint(either, weight="weight")
    for person in found.people:
        assert person.betweenness == pytest.approx(raw[person.id], abs=1e-9)
        assert (person.betweenness_normalized or 0) == pytest.approx(share[person.id], abs=1e-9)
        assert person.closeness == pytest.approx(near[person.id], abs=1e-9)
        assert person.constraint == pytest.approx(held[person.id], abs=1e-9)
    assert {each.id for each in found.people if each.cut_vertex} == set(nx.articulation_points(either))
    assert set(found.bridges) == {tuple(sorted(pair)) for pair in nx.bridges(either)}
    assert found.density == pytest.approx(nx.density(graph))
    assert_perron(found, nx.to_numpy_array(graph, nodelist=ties.people, weight=None), ties)


def assert_perron(found: Network, table: np.ndarray, ties: Ties) -> None:
    vector = [person.eigenvector for person in found.people]
    if vector[0] is None:
        assert found.reasons["nodes.eigenvector"]
        return
    if ties.weighted:
        at = {name: number for number, name in enumerate(ties.people)}
        for tie in ties.ties:
            table[at[tie.source], at[tie.target]] = tie.strength
            if not ties.directed:
                table[at[tie.target], at[tie.source]] = tie.strength
    largest = max(abs(np.linalg.eigvals(table)))
    assert np.allclose(table.T @ vector, largest * np.asarray(vector), atol=1e-7)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_measure(seed: int, chance: random.Random) -> None:
    ties = drawn(seed)
    rows = list(ties.ties)
    chance.shuffle(rows)
    one, other = network(ties), network(merged(tuple(rows), directed=ties.directed, weighted=ties.weighted))
    by_name = {person.id: person for person in other.people}
    for person in one.people:
        again = by_name[person.id]
        assert person.betweenness == pytest.approx(again.betweenness, abs=1e-9)
        assert person.closeness == pytest.approx(again.closeness, abs=1e-9)
        assert (person.degree, person.cut_vertex) == (again.degree, again.cut_vertex)


def test_two_separate_pairs_leave_some_figures_undefined() -> None:
    found = network(merged((Tie("a", "b"), Tie("c", "d")), directed=False, weighted=False))
    assert found.diameter is None
    assert found.reasons["diameter"]
    assert [person.eigenvector for person in found.people] == [None] * 4
    assert "2 separate parts are equally strong" in found.reasons["nodes.eigenvector"]
    assert found.communities == (("a", "b"), ("c", "d"))


def test_a_network_of_nobody_and_of_two() -> None:
    nobody = network(Ties((), (), directed=False, weighted=False, duplicates=0))
    assert (nobody.people, nobody.density, nobody.diameter) == ((), None, None)
    two = network(merged((Tie("a", "b"),), directed=True, weighted=False))
    assert [person.betweenness_normalized for person in two.people] == [None, None]
    assert [person.eigenvector for person in two.people] == [None, None]


def test_strength_draws_ways_together() -> None:
    ties = (Tie("a", "b", 1), Tie("a", "c", 5), Tie("c", "b", 5))
    strong, plain = (network(merged(ties, directed=False, weighted=each)) for each in (True, False))
    assert {person.id: person.betweenness for person in strong.people} == {"a": 0, "b": 0, "c": 1}
    assert {person.id: person.betweenness for person in plain.people} == {"a": 0, "b": 0, "c": 0}


def lines(*rows: str) -> str:
    return "\n".join(rows)


def test_a_tie_and_its_reverse_are_one_where_ties_have_no_direction() -> None:
    text = lines("source,target,weight", "a,b,2", "b,a,4", "a,b,1")
    ties = read_ties(text, directed=False)
    assert (ties.ties, ties.duplicates) == ((Tie("a", "b", 4.0),), 2)
    assert read_ties(text, directed=True).duplicates == 1


def broken() -> Iterator[tuple[str, str]]:
    yield lines("source,target", "a,a"), "ties.csv, line 2, column target: a has a tie to themselves."
    yield lines("source,target", "a,"), "ties.csv, line 2, column target: The cell is empty."
    yield lines("source,target,weight", "a,b,-1"), "line 2, column weight: “-1” is not a number above 0."
    yield lines("source,target,weight", "a,b,strong"), "“strong” is not a number"
    yield lines("source,target,weight", "a,b,nan"), "“nan” is not a number"
    yield lines("source,to", "a,b"), "column target: This column is missing."
    yield lines("source,target,mood", "a,b,good"), "column mood: This column is not known."
    yield lines("source,target", "a,b,c"), "line 2: The line has 3 cells where the header has 2: a, b, c"
    yield "", "The file is empty."
    yield lines("source,target", "a,\0"), "A NUL byte is in the text."
    yield lines("source,target", f"a,{'x' * 301}"), "longer than 300 characters"


NUMBER = count(1)


@pytest.mark.parametrize(("text", "sentence"), list(broken()), ids=lambda _: str(next(NUMBER)))
def test_a_broken_file_is_refused_by_line(text: str, sentence: str) -> None:
    with pytest.raises(BadTable, match=r"ties\.csv, line") as refused:
        read_ties(text, directed=False)
    assert sentence in str(refused.value)


def test_names_with_markup_and_marks_stay_as_they_are() -> None:
    odd = ("<b>Ann</b>", "=HYPERLINK(1)", "\u202eevil", "🙂")
    ties = read_ties(lines("source,target", *(f"{name},Bob" for name in odd)), directed=True)
    assert ties.people == (odd[0], "Bob", *odd[1:])
