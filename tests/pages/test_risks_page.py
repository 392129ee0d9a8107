"""The risks page: matrix, register, proposals taken or dismissed, and who may see what."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import risk_matrix
from program.actions.decisions import add_assumption
from program.actions.influence import import_ties
from program.actions.risks import add_risk, change_risk, close_risk, dismiss_proposal
from program.actions.stakeholders import add_stakeholder
from program.queries.follow_ups import follow_ups
from program.queries.risks import risks
from program.risks import Risk
from program.typed_ties import TypedTie
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, run, view, views, words
from tests.program.making import component, person

PAGE = "plan/risks.py"


def grave(owner: Actor, program_id: str, **more: Any) -> str:
    given = {"title": "No <b>staff</b>", "probability": 4, "impact": 5, "cost": Decimal(1000), **more}
    return add_risk(owner, program_id=program_id, **given)


def drawn(page: AppTest) -> str:
    return "\n".join(each.proto.json for each in page.get("bidi_component"))


def press(page: AppTest, label: str) -> AppTest:
    (button,) = (each for each in page.button if each.label == label)
    button.click()
    return run(page)


def test_an_empty_program_says_what_a_risk_is_and_asks_for_the_first(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "No risk has been written down yet."
    assert "its trigger says when it has come" in words(page)
    assert views(page) == ["Add", "Proposed"]
    field(page, "text_input", "What may happen").set_value("The desk is empty in July")
    field(page, "selectbox", "Probability").set_value(4)
    field(page, "text_input", "Cost, EUR").set_value("12,000.50")
    press(page, "Add the risk")
    (found,) = risks(program_id)
    assert (found.title, found.probability, found.impact, found.cost) == (
        "The desk is empty in July", 4, None, Decimal("12000.50")
    )  # fmt: skip


def test_the_matrix_the_lead_and_the_sums_agree(owner: Actor, program_id: str) -> None:
    grave(owner, program_id, residual_probability=1, residual_impact=5)
    add_risk(owner, program_id=program_id, title="Prices rise", probability=2, impact=2)
    page = open_local(PAGE)
    assert headline(page) == "1 of 2 open risks asks for action; nobody owns “No &lt;b&gt;staff&lt;/b&gt;”."
    assert "Expected cost €600, delay not known yet, over 2 open risks. 1 without a known cost and 2 without" in words(
        page
    )
    assert "2 open risks are in the matrix: 1 to act on, 0 to watch, 1 low." in words(page)
    assert "<dt>After response</dt><dd>€50; days not known yet</dd>" in words(page)
    shown = drawn(page)
    assert "<b>staff" not in shown
    assert "once the response works: probability 1 of 5, impact 5 of 5" in shown


def test_risks_without_a_price_are_said_to_have_none(owner: Actor, program_id: str) -> None:
    made = add_risk(owner, program_id=program_id, title="Prices rise")
    page = open_local(PAGE)
    assert "Nobody has priced the risks yet, in money or in days." in words(page)
    assert "n/a" not in words(page)
    change_risk(owner, program_id=program_id, risk_id=made, version=1, days=Decimal(3))
    assert "Nobody has said yet how likely the priced risks are." in words(page.run())
    change_risk(owner, program_id=program_id, risk_id=made, version=2, probability=4)
    shown = words(page.run())
    assert "Expected delay 2 d, cost not known yet, over 1 open risk." in shown
    assert "<dd>cost not known yet; 1.8 d</dd>" in shown


def test_marks_can_be_reached_and_the_zones_begin_where_the_policy_says() -> None:
    found = [Risk("x", 1, "No staff", probability=3, impact=4, residual_probability=1, residual_impact=1)]
    html = risk_matrix.html(found, {"x": 7})
    assert html.count('tabindex="0"') == html.count('role="button"') == html.count('data-pick="x"') == 2
    assert '<td class="act-left act-below"><small>12</small><div class="marks"><span class="mark now"' in html
    many = risk_matrix.html(found * 12, {"x": 7})
    assert '<span class="more">+4</span>' in many


def test_one_risk_is_explained_with_its_formula(owner: Actor, program_id: str) -> None:
    row = grave(owner, program_id)
    page = open_local(PAGE)
    field(page, "selectbox", "Look at one risk").set_value(row)
    run(page)
    assert "<dd>60% x €1,000 = €600</dd>" in words(page)
    assert "<dd>4 Likely x 5 Ends the program = 20 of 25</dd>" in words(page)
    assert "<dd>n/a: the delay is not known</dd>" in words(page)


def test_filters_keep_rows_and_the_sums_follow(owner: Actor, program_id: str) -> None:
    desk = component(owner, program_id, "Desk")
    grave(owner, program_id, component_id=desk)
    gone = add_risk(owner, program_id=program_id, title="Prices rise", probability=2, impact=2, cost=Decimal(100))
    page = view(open_local(PAGE), "Register")
    assert '<td class="gw-num">620</td>' in words(page)
    field(page, "multiselect", "Component").set_value(["Desk"])
    run(page)
    assert "Prices rise" not in words(page)
    assert '<td class="gw-num">600</td>' in words(page)
    close_risk(owner, program_id=program_id, risk_id=gone, version=1)
    field(page, "multiselect", "Component").set_value([])
    run(page)
    field(page, "selectbox", "Status").set_value("Closed")
    run(page)
    assert "Prices rise" in words(page)
    assert "Open risks, known values only" not in words(page)


def test_a_proposal_is_taken_or_dismissed_with_a_reason(owner: Actor, program_id: str) -> None:
    add_assumption(owner, program_id=program_id, text="They write", expires_on=date(2026, 1, 1))
    add_assumption(owner, program_id=program_id, text="They read", expires_on=date(2026, 1, 1))
    page = open_local(PAGE)
    assert "Nobody has checked in time whether “They read” still holds." in words(page)
    press(page, "Take it")
    assert [each.title for each in risks(program_id)] == ["Nobody has checked in time whether “They read” still holds."]
    page = view(page, "Proposed")
    press(page, "Dismiss it")
    assert "Why not is empty" in words(page)
    field(page, "text_input", "Why not").set_value("It was checked in May.")
    press(page, "Dismiss it")
    assert sorted(each.status for each in risks(program_id)) == ["dismissed", "open"]
    assert "Nothing is proposed" in words(page)


def test_a_risk_is_closed_and_followed_up(owner: Actor, program_id: str) -> None:
    row = grave(owner, program_id)
    page = view(open_local(PAGE), "Edit")
    field(page, "text_input", "What to do").set_value("Plan the rota")
    press(page, "Add it")
    (made,) = follow_ups(program_id)
    assert (made.origin, made.origin_id, made.from_what) == ("risk", row, "No <b>staff</b>")
    page = view(open_local(PAGE), "Edit")
    assert "<b>Plan the rota</b>" in words(page)
    press(page, "It is over")
    assert risks(program_id)[0].status == "closed"


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_members_read_no_ties_and_viewers_change_nothing(
    owner: Actor, program_id: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bo, cy = (add_stakeholder(owner, program_id=program_id, name=name) for name in ("Ann", "Bo", "Cy"))
    import_ties(owner, program_id=program_id, ties=[TypedTie(ann, bo), TypedTie(bo, cy)])
    grave(owner, program_id)
    person(owner, program_id, role)
    page = open_as(PAGE, f"bo.{role}@example.com", monkeypatch)
    assert views(page) == ["Matrix", "Register", "Proposed", *(["Add", "Edit"] if role == "editor" else [])]
    assert "Nothing is proposed" in words(view(page, "Proposed"))
    key = f"cut_without_stand_in:{bo}"
    dismiss_proposal(owner, program_id=program_id, proposal=key, title="Bo is the hub", reason="No")
    page = open_as(PAGE, f"bo.{role}@example.com", monkeypatch)
    assert "Not a risk" not in field(page, "selectbox", "Status").options


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    grave(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "staff" not in words(page)
    assert not drawn(page)
