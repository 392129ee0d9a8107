"""Leading a run: named or anonymous, its link, who has answered, evidence, several runs at a time."""

from typing import Any

import pytest

from assessments.library import load
from program.actions.assessments import join_run, save_answer, start_run
from program.actions.invited import take_part
from program.queries import assessments as queries
from program.queries import invited
from program.values import Actor
from tests.pages.opening import headline, open_as, open_local, press, view, words
from tests.pages.opening import run as rerun
from tests.program.inviting import anonymous_run, guest, link_of, named_run, said
from tests.program.making import later, person

PAGE = "assess/take.py"


def labels(page: Any) -> list[str]:
    return [button.label for button in page.button]


def codes(page: Any) -> list[str]:
    return [str(each.value) for each in page.code]


def test_a_run_is_started_anonymous_with_its_difference_in_a_line_each(program_id: str) -> None:
    page = open_local(PAGE)
    mode = page.radio(key="run.mode")
    assert mode.options == ["Named", "Anonymous"]
    mode.set_value("Anonymous")
    press(page, "Start the assessment")
    run = queries.latest_run(program_id)
    assert run is not None
    assert run.anonymous
    assert headline(page).endswith("is anonymous. Everybody answers it by its link.")
    assert codes(page) == [f"/invited?code={run.invite}"]
    assert not [radio for radio in page.radio if str(radio.key).startswith("take.")]


def test_the_link_of_a_named_run_is_made_and_stopped(owner: Actor, program_id: str) -> None:
    run_id = start_run(owner, program_id=program_id, name="Spring")
    page = open_local(PAGE)
    assert codes(page) == []
    page.context = {"url": "https://groundwork.example/take"}
    press(page, "Make a link")
    code = link_of(program_id, run_id)
    assert codes(page) == [f"https://groundwork.example/invited?code={code}"]
    press(page, "Stop it")
    assert queries.run(program_id, run_id).invite is None
    assert codes(page) == []
    assert invited.invitation(code) is None


def test_who_has_answered_is_told_by_name_and_somebody_can_be_removed(owner: Actor, program_id: str) -> None:
    run_id, code = named_run(owner, program_id)
    dana = guest(code, owner)
    take_part(dana, function="service", name="Dana <b>")
    said(dana, {"MI-INT-1": 2})
    join_run(owner, program_id=program_id, run_id=run_id, function="it")
    page = open_local(PAGE)
    shown = words(page)
    assert '<th scope="row">Dana &lt;b&gt;</th><td>Service</td><td class="gw-num">1 of 23</td><td>yes</td>' in shown
    assert '<th scope="row">You</th><td>IT</td><td class="gw-num">0 of 23</td><td>no</td>' in shown
    (who,) = (each.respondent_id for each in queries.progress(program_id, run_id).people if each.by_link)
    page.selectbox(key="run.remove.who").set_value(who)
    rerun(page)
    press(page, "Remove for good")
    assert "Dana" not in words(page)
    assert invited.me(dana) is None


def test_of_an_anonymous_run_only_how_many_is_told(owner: Actor, program_id: str) -> None:
    _, code = anonymous_run(owner, program_id)
    assert "Nobody has answered yet." in words(open_local(PAGE))
    for function in ("service", "it"):
        who = guest(code, owner)
        take_part(who, function=function)
        said(who, {"MI-INT-1": 2})
    page = open_local(PAGE)
    assert "2 people have answered." in words(page)
    assert "gw-table" not in words(page)
    assert "Remove for good" not in labels(page)
    assert "Stop it" not in labels(page)
    press(page, "Close for good")
    assert headline(page) == "“What is so” is closed. It takes no more answers."


def test_evidence_is_attached_by_function_and_removed(owner: Actor, program_id: str) -> None:
    run_id, _ = named_run(owner, program_id)
    join_run(owner, program_id=program_id, run_id=run_id, function="service")
    page = open_local(PAGE)
    asked = load().statement("MI-INT-1").evidence[0]
    assert f"Needed from level {asked.needed_from_level}." in words(page)
    press(page, "Add this evidence")
    assert "This cannot be saved as it is" in words(page)
    page.text_input(key="evidence.MI-INT-1.link").set_value("javascript:alert(1)")
    press(page, "Add this evidence")
    assert queries.evidence(program_id, run_id) == []
    page.text_input(key="evidence.MI-INT-1.words").set_value("Minutes <of> March")
    page.text_input(key="evidence.MI-INT-1.link").set_value("https://wiki.example/minutes")
    press(page, "Add this evidence")
    (item,) = queries.evidence(program_id, run_id)
    assert (item.function, item.note, item.link) == ("service", "Minutes <of> March", "https://wiki.example/minutes")
    assert "Minutes &lt;of&gt; March" in words(page)
    press(page, "Remove")
    assert queries.evidence(program_id, run_id) == []


def test_evidence_of_an_anonymous_run_has_no_function(owner: Actor, program_id: str) -> None:
    run_id, _ = anonymous_run(owner, program_id)
    page = open_local(PAGE)
    page.selectbox(key="evidence.statement").set_value("MI-VOC-1")
    rerun(page)
    page.text_input(key="evidence.MI-VOC-1.words").set_value("Decision log, 3 May")
    press(page, "Add this evidence")
    (item,) = queries.evidence(program_id, run_id)
    assert (item.statement_id, item.function) == ("MI-VOC-1", None)


def test_several_open_runs_are_chosen_from(owner: Actor, program_id: str) -> None:
    first, _ = named_run(owner, program_id)
    start_run(later(owner, days=1), program_id=program_id, name="Second")
    page = open_local(PAGE)
    assert headline(page) == "Answer “Second”: what is so, not what should be."
    (chooser,) = (field for field in page.selectbox if field.label == "Assessment")
    assert chooser.options == ["Second, named", "Spring, named"]
    chooser.set_value(first)
    rerun(page)
    assert headline(page) == "Answer “Spring”: what is so, not what should be."
    assert page.query_params["run"] == first
    page.query_params["run"] = "nonsense"
    assert headline(rerun(page)).startswith("Answer “")


def test_who_does_not_lead_sees_neither_link_nor_names(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = named_run(owner, program_id)
    take_part(guest(code, owner), function="service", name="Dana Reyes")
    person(owner, program_id, "editor")
    page = open_as(PAGE, "bo.editor@example.com", monkeypatch)
    press(page, "Begin")
    assert code not in words(page) + "".join(codes(page))
    assert "Dana Reyes" not in words(page)
    assert not {"Make a link", "Stop it", "Close for good", "Start the assessment"} & set(labels(page))


def test_a_viewer_gets_no_link_to_an_anonymous_run(
    owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anonymous_run(owner, program_id)
    person(owner, program_id, "viewer")
    page = open_as(PAGE, "bo.viewer@example.com", monkeypatch)
    assert headline(page) == "You read this program; you do not answer for it."
    assert not page.get("link_button")


def test_a_note_stays_with_its_answer_when_the_level_changes(owner: Actor, program_id: str) -> None:
    run_id, _ = named_run(owner, program_id)
    me = join_run(owner, program_id=program_id, run_id=run_id, function="service")
    page = open_local(PAGE)
    assert "take.MI-INT-1.note" not in [field.key for field in page.text_area]
    save_answer(
        owner, program_id=program_id, respondent_id=me, statement_id="MI-INT-1", kind="level", level=1, version=None
    )
    page = open_local(PAGE)
    press(page, "Back")
    page.text_area(key="take.MI-INT-1.note").set_value("Seen in the March minutes")
    rerun(page)
    assert "Note: Seen in the March minutes" in words(page)
    page.radio(key="take.MI-INT-1").set_value(3)
    rerun(page)
    kept = queries.my_answers(program_id, me)["MI-INT-1"]
    assert (kept.level, kept.note) == (3, "Seen in the March minutes")


def test_the_statements_are_read_in_german_and_answered_the_same(owner: Actor, program_id: str) -> None:
    run_id, _ = named_run(owner, program_id)
    me = join_run(owner, program_id=program_id, run_id=run_id, function="service")
    page = open_local(PAGE)
    english, german = (load().in_language(each).statement("MI-INT-1").text for each in ("en", "de"))
    assert english != german
    assert english in words(page)
    page.selectbox(key="take.speak").set_value("de")
    rerun(page)
    assert f'lang="de">{german}</h2>' in words(page)
    assert page.query_params["language"] == "de"
    assert headline(page) == "23 statements. Say what is so, not what should be."
    page.radio(key="take.MI-INT-1").set_value(2)
    rerun(page)
    assert queries.my_answers(program_id, me)["MI-INT-1"].level == 2
    view(page, "What do you see?")
    assert "Was sehen Sie" in words(page)
