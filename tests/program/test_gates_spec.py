"""Runs tests/spec/gates.yaml, and holds the gates to the rules that are stated for them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assessments.library import load as library
from pages.ui import sitemap
from program import gates
from program.catalog import STAGES
from program.gate_facts import Changed, Decided, Evidence, Facts, Trend
from program.gate_judges import JUDGES
from program.gates import GateDecision

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CASES = yaml.safe_load((Path(__file__).parents[1] / "spec" / "gates.yaml").read_text(encoding="utf-8"))
PARTS: dict[str, Any] = {"decisions": Decided, "changes": Changed, "trends": Trend}


def facts_of(case: dict[str, Any]) -> Facts:
    given_: dict[str, Any] = dict(case["facts"])
    for name, kind in PARTS.items():
        given_[name] = tuple(kind(**each) for each in given_.get(name, ()))
    for name in ("natures", "unrated"):
        given_[name] = tuple(given_.get(name, ()))
    shown = tuple(shown_for(case["stage"], each) for each in case.get("evidence", ()))
    return Facts(today=TODAY, evidence=shown, **given_)


def shown_for(stage: str, criterion: str, at: datetime = NOW) -> Evidence:
    return Evidence("e", 1, stage, criterion, "Notes of May", None, "Eva", at)


def decision(stage: str, outcome: str, *waived: str, until: date | None = None) -> GateDecision:
    return GateDecision("d", "c", stage, outcome, None, TODAY, NOW, "So it is.", None, (), waived, until)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    gate = gates.gate(component_id="c", name="Listening", version=1, stage=case["stage"], facts=facts_of(case))
    found = {each.id: each for each in gate.criteria}
    assert {id_: found[id_].met for id_ in case["met"]} == case["met"]
    assert {id_: found[id_].sentence for id_ in case.get("says", {})} == case.get("says", {})
    assert gate.can_pass is case["can_pass"]
    assert gate.sentence == case.get("sentence", gate.sentence)


def test_the_cases_cover_every_criterion_met_and_not_met() -> None:
    seen = {(case["stage"], id_, met is True) for case in CASES for id_, met in case["met"].items()}
    wanted = {(stage, each.id, met) for stage, some in gates.load().items() for each in some for met in (True, False)}
    assert wanted == seen


def test_every_stage_has_a_gate_and_every_criterion_a_judge_and_a_page() -> None:
    assert tuple(gates.load()) == STAGES
    assert set(gates.NEXT) == set(STAGES)
    assert {to for ways in gates.NEXT.values() for to in ways} == set(STAGES)
    known = {page.file for page in sitemap.PAGES}
    for stage, some in gates.load().items():
        assert len({each.id for each in some}) == len(some), stage
        for each in some:
            assert (each.fact in JUDGES) == (each.judged != "evidence"), each.id
            assert each.page in known, each.id
            assert each.words.endswith("."), each.id
    assert {each.fact for some in gates.load().values() for each in some if each.fact} == set(JUDGES)


@given(
    st.sampled_from(STAGES), st.integers(0, 3), st.integers(0, 3), st.booleans(), st.sampled_from([None, True, False])
)
def test_a_gate_can_be_passed_exactly_when_everything_is_met(
    stage: str, some: int, more: int, flag: bool, gate: bool | None
) -> None:
    facts = Facts(
        today=TODAY, goal=flag, assumptions=some, objectives=more, notes=some, functions=more, mindset=gate,
        holders={"A": some, "R": more}, lines=some, phased=min(some, more), risks=some, metrics=more,
    )  # fmt: skip
    found = gates.gate(component_id="c", name="X", version=1, stage=stage, facts=facts)
    assert found.can_pass == all(each.met is True for each in found.criteria)
    assert found.met + len(found.open) == len(found.criteria)
    assert bool(gates.missing(found.open, ())) == (not found.can_pass)
    assert gates.missing(found.open, [each.id for each in found.open]) == ""
    assert all(each.sentence.endswith(".") for each in found.criteria)


def test_evidence_from_before_the_gate_was_last_passed_does_not_count_again() -> None:
    old = Facts(today=TODAY, evidence=(shown_for("rebuilt", "lessons"),), passed={"rebuilt": NOW})
    fresh = Facts(today=TODAY, evidence=(shown_for("rebuilt", "lessons"),))
    assert [each.met for each in gates.judge("rebuilt", old) if each.id == "lessons"] == [False]
    assert [each.met for each in gates.judge("rebuilt", fresh) if each.id == "lessons"] == [True]


def test_a_hold_is_the_last_word_only_at_the_stage_it_was_said() -> None:
    assert gates.held("decided", [decision("decided", "hold"), decision("thought_through", "pass")]) == "hold"
    assert gates.held("decided", [decision("thought_through", "stop")]) is None
    assert gates.held("decided", []) is None


def test_a_waiver_stays_open_until_its_criterion_is_met_and_runs_out_after_its_day() -> None:
    given_ = (decision("thought_through", "waive", "purpose", until=TODAY),)
    (open_,) = gates.waivers(Facts(today=TODAY), given_, but="decided")
    assert (open_.criterion.id, open_.expired) == ("purpose", False)
    (late,) = gates.waivers(Facts(today=date(2026, 3, 3)), given_, but="decided")
    assert late.expired
    assert gates.waivers(Facts(today=TODAY, goal=True), given_, but="decided") == ()
    passed_since = (decision("thought_through", "pass"), *given_)
    assert gates.waivers(Facts(today=TODAY), passed_since, but="decided") == ()


def test_a_waived_criterion_stays_unknown_or_not_met_as_it_is() -> None:
    given_ = (decision("thought_through", "waive", "purpose", "perspectives", until=TODAY),)
    states = {each.criterion.id: each.met for each in gates.waivers(Facts(today=TODAY), given_, but="decided")}
    assert states == {"purpose": False, "perspectives": None}


def test_what_a_waiver_lets_pass_is_counted() -> None:
    assert gates.let_pass(4, 6).startswith("You let 4 of 6 criteria pass though not met.")
    assert gates.let_pass(0, 6) == "Nothing is let pass yet."


def test_a_component_that_names_no_part_of_the_assessment_chooses_one_in_its_own_form() -> None:
    (need,) = (each for each in gates.load()["thought_through"] if each.id == "need")
    assert gates.settled_on(need, Facts(today=TODAY)) == "plan/components.py"
    assert gates.settled_on(need, Facts(today=TODAY, dimension="Voice")) == "assess/results.py"
    (goal,) = (each for each in gates.load()["thought_through"] if each.id == "purpose")
    assert gates.settled_on(goal, Facts(today=TODAY)) == goal.page


def test_mindset_is_waived_by_the_last_passing_while_the_waiver_holds() -> None:
    waived = decision("decided", "waive", "mindset", until=TODAY)
    assert gates.waives_mindset([waived], TODAY)
    assert not gates.waives_mindset([waived], date(2026, 3, 3))
    assert not gates.waives_mindset([decision("decided", "pass"), waived], TODAY)
    assert gates.waives_mindset([decision("decided", "hold"), waived], TODAY)
    assert not gates.waives_mindset([decision("decided", "waive", "dissent")], TODAY)


def test_technology_money_waits_for_mindset_then_for_its_share() -> None:
    heavy = "Technology takes 70% of the plan, organization and change 5%."
    said = gates.technology(mindset=False, words="Mindset stands at 1.4 of 4.", waived=False, heavy=heavy)
    assert said == "Technology money waits: mindset stands at 1.4 of 4. Mindset comes before the tools."
    assert gates.technology(mindset=None, words="It is unknown.", waived=False, heavy=None)
    assert gates.technology(mindset=False, words="", waived=True, heavy=heavy) == f"Technology money waits. {heavy}"
    assert gates.technology(mindset=True, words="", waived=False, heavy=None) is None
    assert library().gates.threshold > 0
