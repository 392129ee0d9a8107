"""The catalog: what is shipped, and that it fits the assessments, the metrics and the functions."""

from pathlib import Path

import pytest

from assessments import library
from assessments.functions import FUNCTIONS
from data.metrics import catalog as metrics
from program import policy
from program.catalog import ORIGINS, PROPOSALS, STAGES, UnknownComponent, load


def test_fifteen_components_in_order() -> None:
    assert [component.id for component in load().components] == [f"C{number:02}" for number in range(1, 16)]


def test_seven_stages_of_the_essay_in_order() -> None:
    assert STAGES == ("thought_through", "decided", "budgeted", "organized", "followed_through", "tweaked", "rebuilt")


def test_every_component_says_where_it_comes_from_and_whose_it_is() -> None:
    for component in load().components:
        assert component.origin in ORIGINS
        assert component.description.endswith(".")
        assert component.source.endswith(".")
        assert component.function in FUNCTIONS
        assert component.budget


def test_origins_of_the_components() -> None:
    origins = {component.id: component.origin for component in load().components}
    assert {id_ for id_, origin in origins.items() if origin == "framework"} == {f"C0{n}" for n in range(1, 9)}
    assert {id_ for id_, origin in origins.items() if origin == "essay"} == {"C10", "C11", "C12", "C13"}
    assert {id_ for id_, origin in origins.items() if origin == "reconstruction"} == {"C09", "C14", "C15"}


def test_every_dimension_proposes_components_that_exist() -> None:
    assert list(PROPOSALS) == [dimension.id for dimension in library.load().dimensions]
    for ids in PROPOSALS.values():
        assert [load().component(id_).id for id_ in ids] == list(ids)


def test_every_metric_is_in_the_metrics_catalog() -> None:
    for component in load().components:
        assert set(component.metrics) <= set(metrics())
        assert component.metrics


def test_an_unknown_component_is_refused() -> None:
    with pytest.raises(UnknownComponent):
        load().component("C99")


def test_phrases_quoted_from_the_essays_are_in_them(test_data: Path) -> None:
    essay = (test_data.parent / "sources" / "S1.txt").read_text(encoding="utf-8")
    assert "thought through, decided on, budgeted, organized into something and then followed through" in essay
    assert "technology is a part of the program" in essay


def test_every_number_of_the_policy_has_a_unit_a_reason_a_source_and_a_date() -> None:
    shipped = policy.load()
    assert set(shipped.numbers) == set(policy.Policy.model_fields) - {"numbers"}
    for number in shipped.numbers.values():
        assert number.unit
        assert number.reason.endswith(".")
        assert number.source
    assert [shipped.high_from, shipped.overload, shipped.consulted_most] == [6, 5, 4]
