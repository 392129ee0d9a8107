"""What is behind a number: levels by people, caps with the essay's words, evidence, the program's facts, roles."""

from typing import Any

import pytest

from assessments.library import load
from pages.ui import radar
from pages.ui.result_evidence import link
from program.actions.evidence import add_evidence
from program.values import Actor
from tests.pages.opening import headline, open_as, words
from tests.pages.reviewed import PAGE, choose, downloads, drawn, named_run, opened
from tests.program.making import component, person

EVEN = {"mindset": (3, 3, 3, 3), "mechanism": (3, 3, 3, 3), "strategy": (3, 3, 3, 3)}
LOG = "Log <b>of</b> March"


def test_levels_anchors_and_the_essay_stand_beside_each_statement(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", {**EVEN, "mindset": (0, 1, 1, 3)})
    page = opened("mindset")
    page.selectbox(key="results.mindset").set_value("MI-VOC")
    shown = words(page.run())
    statement = load().statement("MI-VOC-1")
    assert statement.text in shown
    assert all(anchor in shown for anchor in statement.levels)
    assert "let it drive both why and how we do what we do" in shown
    assert "<dt>Claimed</dt><dd>1, the middle answer</dd>" in shown


def test_a_cap_names_the_answer_and_the_essay_that_cause_it(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", EVEN, other={"ME-REC-1": 0})
    page = opened("mechanism")
    page.selectbox(key="results.mechanism").set_value("ME-IDN")
    shown = words(page.run())
    assert "Counts at most 1, because ME-REC-1 is 0 (own answer). (4 of 4)" in shown
    assert load().statement("ME-REC-1").source.phrase in shown


def test_a_claim_without_evidence_is_shown_lower(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id, "Spring", EVEN, closed=False)
    page = opened("mindset")
    page.selectbox(key="results.mindset").set_value("MI-VOC")
    bare = words(page.run())
    assert "<dt>Claimed</dt><dd>3, the middle answer</dd><dt>Evidenced</dt><dd>▲ 2, Team</dd>" in bare
    assert "<dt>Missing</dt>" in bare
    kind = load().statement("MI-VOC-1").evidence[0].kind
    more: dict[str, Any] = {"note": LOG, "link": "https://example.com/?a=1&b=2"}
    more |= {"file_name": "log.txt", "content": b"Decided."}
    add_evidence(
        owner, program_id=program_id, run_id=run_id, statement_id="MI-VOC-1", function="service", kind=kind, **more
    )
    page = opened("mindset")
    page.selectbox(key="results.mindset").set_value("MI-VOC")
    page = page.run()
    assert "<dt>Evidenced</dt><dd>3, Company</dd>" in words(page)
    assert "Log &lt;b&gt;of&lt;/b&gt; March" in words(page)
    assert 'href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer"' in words(page)
    assert any(label.startswith("log") for label in downloads(page))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.com"])
def test_only_web_addresses_are_links(address: str) -> None:
    assert "<a" not in link(address)


def test_the_programs_own_figures_stand_beside_the_claim(owner: Actor, program_id: str) -> None:
    component(owner, program_id)
    named_run(owner, program_id, "Spring", EVEN)
    page = opened("strategy")
    page.selectbox(key="results.strategy").set_value("ST-G2T")
    assert "<dt>The program says</dt>" in words(page.run())
    findings = words(opened("readiness"))
    assert "What does not fit together" in findings
    assert "the program says less" in findings


def test_who_does_not_know_is_said_by_role(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", EVEN, other={"MI-MEAN-1": None})
    page = opened("mindset")
    page.selectbox(key="results.mindset").set_value("MI-MEAN")
    assert "1 of 1 of Sales" in words(page.run())


def test_roles_are_compared_and_the_widest_gap_said(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", EVEN | {"mindset": (4, 1, 2, 2)})
    shown = words(choose(opened("mindset"), "results.figure.as", "Roles"))
    assert "Furthest apart, by 3.0: intent." in shown
    assert ">Executive</th>" in shown


def test_the_radar_says_its_medians_and_the_target(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", EVEN)
    shown = drawn(choose(opened("mindset"), "results.figure.as", "Radar"))
    assert "Medians of mindset by dimension, target 2." in shown
    assert "Intent 3.0" in shown
    assert "target 2, pilot" in shown


def test_an_unknown_spoke_opens_the_radar() -> None:
    spokes = [radar.Spoke("a", 1.0), radar.Spoke("b", None), radar.Spoke("c", 2.0), radar.Spoke("d", 4.0)]
    whole = [radar.Spoke(each.name, each.value or 1.0) for each in spokes]
    more: dict[str, Any] = {"aspect": "mindset", "target": 2.0, "target_name": "target 2", "label": "All."}
    assert "fill-opacity" not in radar.drawing(spokes, **more).split("<svg width")[0]
    assert "fill-opacity" in radar.drawing(whole, **more).split("<svg width")[0]
    assert "b n/a" in radar.drawing(spokes, **more)


def test_the_band_is_said_in_words(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, "Spring", EVEN | {"mindset": (0, 1, 2, 4)})
    shown = words(opened("readiness"))
    assert "Readiness 1.0, 90% between" in shown
    assert "<dt>How sure</dt><dd>mindset between" in shown
    assert "▲ " in shown


def test_a_viewer_reads_what_is_behind(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named_run(owner, program_id, "Spring", EVEN)
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert headline(page)
    assert "Behind " in words(choose(page, "aspect", "mindset"))
