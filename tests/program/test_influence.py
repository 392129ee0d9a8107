"""What the ties say in sentences, the sponsor's paths, somebody's leaving, and coverage."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.coverage import coverage
from program.duties import Duty
from program.influence import Influence, TypedTie, influence, proposed_sponsor, sponsor_path, without
from program.proposed_risks import proposed_risks
from program.stakeholders import Stakeholder
from program.typed_ties import KINDS, listening

KITE = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]
TIES = [TypedTie(KITE[a], KITE[b]) for a, b in nx.krackhardt_kite_graph().edges]


def who(name: str, **more: Any) -> Stakeholder:
    values: dict[str, Any] = {"version": 1, "name": name, "power": Decimal(5), "interest": Decimal(5)} | more
    return Stakeholder(id=name, **values)


PEOPLE = [who(name) for name in KITE]
PEOPLE[0] = replace(PEOPLE[0], function="executive", power=Decimal(9))
PEOPLE[9] = replace(PEOPLE[9], stance="resistant")


def said(found: Influence, topic: str) -> str:
    return " ".join(found.said.get(topic, ()))


def test_the_kite_in_sentences() -> None:
    found = influence(PEOPLE, TIES, stand_ins={"Ike": ["Jane"], "Heather": []})
    assert said(found, "through").startswith("Most influence runs through Heather:")
    assert said(found, "bridges").endswith("without which the network falls apart: Heather and Ike; Ike and Jane.")
    assert said(found, "leaving").startswith(
        "If Heather leaves, the network falls into 2 parts: Andre, Beverly, Carol and 4 more; Ike and Jane."
    )
    assert said(found, "sponsor") == ("Andre reaches Jane, who is resistant, through Fernando, then Heather, then Ike.")
    assert found.cut_without_stand_in == ("Heather",)
    assert found.brokers[0] == "Heather"
    assert "Ike" in found.brokers
    assert "Ike" not in found.brokers_without_stand_in
    assert "caution" not in found.said
    assert found.sentences == tuple(each for topic in found.said.values() for each in topic)


def test_names_stand_in_the_sentences_and_never_ids() -> None:
    people = [replace(each, id=f"id-{each.name}") for each in PEOPLE]
    ties = [replace(tie, source=f"id-{tie.source}", target=f"id-{tie.target}") for tie in TIES]
    found = influence(people, [*ties, TypedTie("id-Ed", "id-Jane", "blocks")], components={"id-c": "Listening"})
    assert not [sentence for sentence in found.sentences if "id-" in sentence]
    assert said(found, "blocks") == "Ed blocks Jane."


@pytest.mark.parametrize(
    ("people", "ties", "sentence"),
    [
        ([], [], "Nobody is on the map yet."),
        (["Ann"], [], "Ann is the only one on the map, and one person has nobody to be tied to."),
        (["Ann", "Bo"], [], "Nobody is tied to anybody yet."),
        (["Ann", "Bo"], [TypedTie("Ann", "Bo", "blocks")], "Nobody is tied to anybody yet."),
        (["Ann", "Bo", "Cy"], [TypedTie("Ann", "Bo")], "Cy has no tie that carries influence."),
        (
            ["Ann", "Bo", "Cy", "Di"],
            [TypedTie("Ann", "Bo"), TypedTie("Cy", "Di")],
            "The network has 2 separate parts. Nothing passes from one to the other.",
        ),
    ],
)
def test_few_people_and_few_ties_are_said_in_a_sentence(people: list[str], ties: list[TypedTie], sentence: str) -> None:
    found = influence([who(name) for name in people], ties)
    assert sentence in found.sentences
    assert ("caution" in found.said) == any(tie.kind != "blocks" for tie in ties)


def test_nine_people_are_few_and_ten_are_not() -> None:
    assert said(influence(PEOPLE[:9], TIES[:-1]), "caution").startswith("Only 9 people have ties. Below 10")
    assert said(influence(PEOPLE, TIES), "caution") == ""


def test_influence_flows_by_kind() -> None:
    flows = {kind: TypedTie("Ann", "Bo", kind).flow for kind in KINDS}
    assert flows == {
        "influences": ("Ann", "Bo"),
        "advises": ("Ann", "Bo"),
        "reports_to": ("Bo", "Ann"),
        "blocks": None,
    }


def test_whoever_influences_many_has_many_incoming_ties() -> None:
    found = influence([who(name) for name in "abc"], [TypedTie("a", "b"), TypedTie("c", "a", "reports_to")])
    degrees = {each.id: (each.in_degree, each.out_degree) for each in found.network.people}
    assert degrees == {"a": (2, 0), "b": (0, 1), "c": (0, 1)}
    assert said(found, "nearest").startswith("a stands nearest to all")


def test_strong_ties_are_short_and_blocks_carry_nothing() -> None:
    ties = [
        TypedTie("s", "r", weight=1),
        TypedTie("s", "m", weight=5),
        TypedTie("r", "m", "reports_to", 5),
        TypedTie("s", "x", "blocks", 5),
        TypedTie("x", "s"),
    ]
    assert sponsor_path(ties, "s", "r") == ["s", "m", "r"]
    assert sponsor_path(ties, "s", "x") is None
    assert sponsor_path(ties, "s", "s") == ["s"]
    assert sponsor_path([], "s", "r") is None


def drawn(seed: int) -> list[TypedTie]:
    chance = random.Random(seed)
    people = [str(at) for at in range(chance.randint(2, 14))]
    found = []
    for _ in range(chance.randint(1, 30)):
        source, target = chance.sample(people, 2)
        found.append(TypedTie(source, target, chance.choice([*KINDS]), chance.randint(1, 5)))
    return list({tie.key: tie for tie in found}.values())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000))
def test_paths_are_as_short_as_those_of_networkx(seed: int) -> None:
    ties = drawn(seed)
    graph = nx.DiGraph()
    for tie in ties:
        graph.add_nodes_from([tie.source, tie.target])
        if tie.flow:
            before = graph.get_edge_data(*tie.flow, {"length": Fraction(2)})["length"]
            graph.add_edge(*tie.flow, length=min(before, Fraction(1, tie.weight)))
    sponsor = ties[0].source
    lengths = nx.single_source_dijkstra_path_length(graph, sponsor, weight="length")
    for person in graph:
        path = sponsor_path(ties, sponsor, person)
        assert (path is None) == (person not in lengths)
        if path:
            assert nx.path_weight(graph, path, "length") == lengths[person]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000))
def test_leaving_leaves_the_parts_that_networkx_finds(seed: int) -> None:
    ties = drawn(seed)
    graph = nx.Graph([tie.flow for tie in ties if tie.flow])
    person = ties[0].source
    left = without(ties, person)
    if person not in graph:
        assert (left.had_ties, left.parts) == (False, ())
        return
    held = graph.subgraph(nx.node_connected_component(graph, person)).copy()
    assert left.longest_before == nx.diameter(held)
    held.remove_node(person)
    wanted = sorted(sorted(part) for part in nx.connected_components(held))
    assert sorted(sorted(part) for part in left.parts) == wanted
    assert left.longest_after == max(nx.diameter(held.subgraph(part)) for part in wanted)
    assert len(left.cut_off) == sum(map(len, wanted)) - max(map(len, wanted))
    assert left.whole == nx.is_connected(graph)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000))
def test_any_network_has_its_sentences(seed: int) -> None:
    ties = drawn(seed)
    people = [
        who(str(at), stance="resistant" if at % 3 else "neutral", function="it" if at % 2 else None) for at in range(14)
    ]
    found = influence(people, ties, duties=[Duty("c", "1", "A"), Duty("c", "2", "R")], components={"c": "Listening"})
    assert all(sentence.endswith(".") for sentence in found.sentences)
    assert all(share is None or -1e-9 <= share <= 1 + 1e-9 for share in found.shares.values())
    carrying = nx.Graph([tie.flow for tie in ties if tie.flow])
    assert set(found.cut_without_stand_in) == set(nx.articulation_points(carrying))


def test_what_is_said_when_somebody_leaves() -> None:
    ties = [
        TypedTie("Ann", "Bo"),
        TypedTie("Bo", "Cy"),
        TypedTie("Ann", "Di"),
        TypedTie("Di", "Ed"),
        TypedTie("Ed", "Cy"),
    ]
    (bo, longer) = without(ties, "Bo").sentences()
    assert bo == "If Bo leaves, the network holds together."
    assert longer == "The longest of the shortest ways between two people grows from 2 to 3 ties."
    assert without([TypedTie("Ann", "Bo")], "Ann").sentences() == ("If Ann leaves, Bo has no tie left.",)
    assert without([], "Ann").sentences() == ("Ann has no ties, so the network stays as it is if they leave.",)
    left = without([TypedTie("Ann", "Bo"), TypedTie("Bo", "Cy")], "Bo", sponsor="Ann", resistant=["Cy", "Bo"])
    assert left.unreached == ("Cy",)
    assert left.sentences({"Bo": "Bo Ek"}) == (
        "If Bo Ek leaves, the network falls into 2 parts: Ann; Cy.",
        "The sponsor no longer reaches Cy.",
    )


def test_no_path_and_no_sponsor_are_said() -> None:
    people = [who("Ann", power=Decimal(8)), who("Bo", stance="resistant"), who("Cy")]
    assert said(influence(people, [TypedTie("Ann", "Cy")]), "sponsor") == (
        "No path leads from Ann to Bo, who is resistant."
    )
    everybody = [replace(each, stance="resistant") for each in people]
    found = influence(everybody, [TypedTie("Ann", "Cy")])
    assert (found.sponsor, found.sponsor_paths) == (None, {})
    assert said(found, "sponsor").startswith("Nobody on the map could be the sponsor")


def test_the_sponsor_is_the_most_powerful_willing_executive() -> None:
    ann, bo = who("Ann", power=Decimal(9)), who("Bo", power=Decimal(7), function="executive")
    assert proposed_sponsor([ann, bo]) == "Bo"
    assert proposed_sponsor([ann, replace(bo, stance="resistant")]) == "Ann"
    assert proposed_sponsor([]) is None
    assert influence([ann, bo], [], sponsor="Ann").sponsor == "Ann"


def test_communities_against_functions() -> None:
    three = [("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z"), ("c", "x")]
    ties = [TypedTie(first, second) for first, second in three]
    people = [who(name, function="sales" if name in "abx" else "it") for name in "abcxyz"]
    groups = influence(people, ties).communities_vs_functions
    assert [(set(group.people), group.of_function, group.known) for group in groups.groups] == [
        ({"a", "b", "c"}, 2, 3),
        ({"x", "y", "z"}, 2, 3),
    ]
    assert groups.inside == pytest.approx(6 / 7)
    assert groups.inside_functions == pytest.approx(2 / 7)
    assert said(influence(people, ties), "groups") == (
        "The ties make 2 groups; 86% of the ties stay inside one. 29% of the ties stay inside one function, and "
        "4 of 6 people are in a group where most are of their function."
    )


def test_coverage_is_two_ties_at_most_from_the_accountable_to_the_work() -> None:
    ties = [TypedTie("a", "b"), TypedTie("c", "b", "reports_to"), TypedTie("c", "d"), TypedTie("a", "d", "blocks")]
    duties = [
        Duty("near", "a", "A"), Duty("near", "c", "R"),
        Duty("far", "a", "A"), Duty("far", "d", "R"), Duty("far", "a", "R"),
        Duty("self", "e", "A"), Duty("self", "e", "R"),
        Duty("idle", "a", "A"),
        Duty("open", "a", "R"),
    ]  # fmt: skip
    found = coverage(["near", "far", "self", "idle", "open"], duties, ties)
    assert (found.components, found.share, found.far) == (5, 0.4, ("far", "idle", "open"))
    assert coverage([], duties, ties).share is None


def test_the_strongest_of_several_ties_counts_and_everybody_is_in() -> None:
    ties = [TypedTie("a", "b", weight=2), TypedTie("b", "a", "reports_to", 5)]
    found = listening(ties, ["z", "a", "b"])
    assert found.people == ("z", "a", "b")
    assert [(tie.source, tie.target, tie.strength) for tie in found.ties] == [("b", "a", 5.0)]


def test_proposed_risks_the_gravest_first() -> None:
    people = [replace(each, power=Decimal(8)) if each.name == "Carol" else each for each in PEOPLE]
    duties = [Duty("x", "Jane", "A"), Duty("y", "Jane", "A"), Duty("x", "Andre", "R")]
    names = {"x": "Listening", "y": "Community"}
    found = influence(people, TIES, stand_ins={"Ike": ["Jane"]})
    risks = proposed_risks(people, duties, names=names, influence=found)
    assert [(each.code, each.who) for each in risks] == [
        ("cut_without_stand_in", "Heather"),
        ("resistant_accountable", "Jane"),
        *(("broker_without_stand_in", each) for each in found.brokers if each not in ("Heather", "Ike")),
        ("powerful_without_duty", "Carol"),
    ]
    assert risks[1].sentence == "Jane is accountable for “Listening” and “Community” and resistant."
    assert {each.page for each in risks} == {"people/influence.py", "people/ownership.py"}


def test_nothing_is_said_from_the_ties_to_those_who_may_not_see_them() -> None:
    risks = proposed_risks(PEOPLE, [Duty("x", "Andre", "A")], names={})
    assert [each.code for each in risks] == []
    assert proposed_risks([who("Ann", power=Decimal(9))], [], names={}) == []
