"""The ownership page as owner, viewer, stranger and on an empty program."""

import pytest

from program.access import Refused
from program.actions.components import add_component
from program.actions.ownership import set_duty
from program.actions.stakeholders import add_stakeholder
from program.queries.ownership import matrix
from program.values import Actor
from tests.pages.opening import headline, open_as, open_local, words
from tests.program.making import person

PAGE = "people/ownership.py"


@pytest.fixture
def cell(owner: Actor, program_id: str) -> dict[str, str]:
    """One component and one person without a duty."""
    return {
        "program_id": program_id,
        "component_id": add_component(owner, program_id=program_id, name="Answer desk"),
        "stakeholder_id": add_stakeholder(owner, program_id=program_id, name="Ida <b>Holm</b>"),
    }


@pytest.mark.usefixtures("program_id")
def test_without_components_the_next_step_is_to_choose_them() -> None:
    page = open_local(PAGE)
    assert headline(page) == "No components to own yet."
    assert [each.label for each in page.button] == ["Choose the components"]


def test_without_people_the_next_step_is_the_map(owner: Actor, program_id: str) -> None:
    add_component(owner, program_id=program_id, name="Answer desk")
    assert [each.label for each in open_local(PAGE).button] == ["Put people on the map"]


def test_findings_are_said_as_they_are(owner: Actor, cell: dict[str, str]) -> None:
    page = open_local(PAGE)
    assert headline(page) == "1 of 1 component has no accountable owner: Answer desk."
    assert "Nobody has a duty on “Answer desk”." in words(page)
    assert "1 rule broken" in words(page)
    set_duty(owner, **cell, letters="A/R", before="")
    page = open_local(PAGE)
    assert headline(page) == "Every component has one accountable owner and somebody who does the work."
    assert "■ act" not in words(page)


def test_a_viewer_reads_the_matrix_and_cannot_change_it(
    owner: Actor, cell: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = person(owner, cell["program_id"], "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert "Answer desk" in headline(page)
    with pytest.raises(Refused):
        set_duty(viewer, **cell, letters="A", before="")
    assert not matrix(cell["program_id"]).letters


@pytest.mark.usefixtures("cell")
def test_a_stranger_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Answer desk" not in words(open_as(PAGE, "stranger@example.com", monkeypatch))


@pytest.mark.usefixtures("cell")
def test_fault_30_names_are_literal() -> None:
    drawn = words(open_local(PAGE))
    assert "<b>Holm" not in drawn
    assert "Ida &lt;b&gt;Holm&lt;/b&gt; has no duty yet." in drawn
