"""Alignment as owner, viewer, stranger and without answers: statements, roles, views, ownership and rounds."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from program.actions.assessments import add_answers, add_respondent, start_run
from program.actions.evidence import add_evidence
from program.queries import assessments as queries
from program.runs import GivenAnswer
from program.values import Actor
from tests.pages.aligned import CAMPS, EIGHT, ROLES, UNKNOWN, anonymous_run, level, named_run
from tests.pages.opening import headline, open_as, open_local, run, words
from tests.program.making import person

PAGE = "assess/alignment.py"


def drawn(test: Any) -> str:
    return "\n".join(json.loads(each.proto.json) for each in test.get("bidi_component"))


def choose(test: Any, key: str, option: str) -> Any:
    (switch,) = (each for each in test.get("button_group") if each.key == key)
    switch.set_value(option)
    return run(test)


def rows_of(test: Any) -> int:
    return drawn(test).count("aria-pressed=")


def view(test: Any, name: str) -> Any:
    return choose(test, "view", name)


def why(test: Any, statement: str) -> str:
    test.session_state["alignment.statement"] = statement
    return words(run(test))


def test_without_answers_it_says_what_will_be_here(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "Nobody has answered yet."
    assert [button.label for button in page.button] == ["Answer the assessment"]
    assert program_id


def test_it_opens_on_what_people_disagree_on_most(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id)
    page = open_local(PAGE)
    assert headline(page) == "People stand in two camps on ownership, and agree on 20 of 23 statements."
    shown = drawn(page)
    assert shown.index("Ownership: Two camps.") < shown.index("Identity: Open.") < shown.index("Intent: Agree.")
    assert "Shared meaning: Nobody owns the facts." in shown
    assert "Why “two camps” for ownership" in words(page)
    assert "Let them argue" in words(page)
    assert "unsettled, 8 people" in shown


def test_the_headline_counts_the_rows_it_stands_over(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id, roles=EIGHT * 3)
    found = queries.alignment(program_id, run_id)
    agreed = sum(each.item is not None and each.item.label == "agree" for each in found.statements)
    page = open_local(PAGE)
    assert f"agree on {agreed} of 23 statements" in headline(page)
    assert drawn(page).count("✓ Agree") == agreed
    assert "Identity: Roles differ." in drawn(page)


def test_the_why_names_every_figure_and_what_to_do(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id, roles=EIGHT * 3)
    item = {each.id: each.item for each in queries.alignment(program_id, run_id).statements}[ROLES]
    assert item is not None
    assert item.average_deviation is not None
    said = why(open_local(PAGE), ROLES)
    assert "Let Executive and IT show each other what they see." in said
    for name in ("Median", "Mean", "rwg", "AD", "A", "Role gap", "Share", "p", "p adjusted", "All roles", "IT"):
        assert f"<dt>{name}</dt>" in said
    assert f"{item.average_deviation:.2f} levels from the mean" in said
    assert "by 10,000 permutations of the roles, seed 0" in said
    assert "median 4, 9 people" in said


def test_nobody_owns_the_facts_names_who_was_asked(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id)
    said = why(open_local(PAGE), UNKNOWN)
    assert "Name who could know, and by when they say it." in said
    assert "4 of 8; from 30% on nobody owns the facts" in said


def test_a_row_can_be_picked_and_is_text(owner: Actor, program_id: str) -> None:
    run_id = named_run(owner, program_id)
    shown = drawn(open_local(PAGE))
    for each in queries.alignment(program_id, run_id).statements:
        assert f'data-pick="{each.id}" tabindex="0" role="button"' in shown
    assert shown.count("aria-pressed=") == 23


def test_filters_and_table(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id)
    page = open_local(PAGE)
    page.selectbox(key="alignment.label").set_value("two_camps")
    page = run(page)
    assert rows_of(page) == 1
    page = choose(page, "alignment.figure.as", "Table")
    assert '<th scope="row">It is known who owns the program' in words(page)
    assert "Two camps" in words(page)
    page.selectbox(key="alignment.aspect").set_value("mindset")
    assert "No statement of this aspect is called so." in words(run(page))


def test_a_long_run_shows_the_most_contested_first_and_the_rest_when_asked(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, form="long")
    page = open_local(PAGE)
    assert rows_of(page) == 23
    page.selectbox(key="alignment.every").set_value("all")
    assert rows_of(run(page)) == 87


def test_more_than_fifteen_people_stand_in_columns(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, roles=EIGHT * 2)
    shown = drawn(open_local(PAGE))
    assert "<circle" not in shown
    assert "Columns are shares of people" in words(open_local(PAGE))


@pytest.mark.parametrize("people", [1, 2])
def test_one_or_two_people_are_no_group(owner: Actor, program_id: str, people: int) -> None:
    named_run(owner, program_id, roles=("sales", "it")[:people])
    page = open_local(PAGE)
    alone = "One person answered, so nothing can be compared."
    assert headline(page) == (alone if people == 1 else "2 people have answered. Agreement takes 3 on a statement.")
    assert "Not enough answers" in drawn(page)
    assert "nan" not in words(page).lower().replace("finance", "")


def test_all_dont_know_is_a_sentence(owner: Actor, program_id: str) -> None:
    run_id = start_run(owner, program_id=program_id, name="Silent")
    for name in ("Ann", "Bo", "Cy"):
        who = add_respondent(owner, program_id=program_id, run_id=run_id, name=name, function="sales")
        add_answers(owner, program_id=program_id, respondent_id=who, answers=[GivenAnswer("MI-INT-1", "dont_know")])
    page = open_local(PAGE)
    said = "Nobody gave a level: every answer shown is &quot;don&#x27;t know&quot; or does not apply."
    assert headline(page) == said
    assert words(page).count("Nobody gave a level") == 1
    for name in ("Roles", "Views", "Ownership", "Rounds"):
        assert headline(view(page, name))


def test_roles_stand_side_by_side_with_their_people(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, roles=EIGHT * 3)
    page = view(open_local(PAGE), "Roles")
    assert "are furthest apart:" in headline(page)
    assert "Roles differ beyond chance on" in headline(page)
    shown = words(page)
    for role in ("Executive", "Marketing", "Sales", "IT"):
        assert f">{role}</th>" in shown
    assert "n 9" in shown
    assert "Don&#x27;t know" in shown
    assert '<td class="gw-num">' in words(choose(page, "alignment.figure.as", "Table"))


def test_views_show_positions_guesses_and_texts_with_names(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, views=True)
    page = view(open_local(PAGE), "Views")
    assert headline(page) == "IT misjudges Sales most: its guess is 5.8 of 10 points from what Sales answered."
    assert "Medians from 0 to 10: Everybody 5.0, Executive 5.5" in drawn(page)
    shown = words(page)
    assert "Person 5, IT" in shown
    assert "It is a &lt;b&gt;list&lt;/b&gt;" in shown
    assert "Fewer hand-overs" in shown
    assert "Kendall&#x27;s W" in shown
    assert "Service 4" in shown


def test_ownership_tells_facts_from_aims(owner: Actor, program_id: str) -> None:
    named_run(owner, program_id, views=True)
    page = view(open_local(PAGE), "Ownership")
    now, later = headline(page).split("; ")
    assert now == "Today people are split between a cross-functional team and a coordinator"
    assert later == "in 12 months most want a coordinator."
    shown = words(page)
    assert "<dt>■ Today</dt><dd>People differ about who leads today" in shown
    assert "<dt>12 months</dt><dd>All 8 people who named a form chose coordinator." in shown
    assert "Responsibility without authority" in shown
    assert "Mara (8)" in shown


def test_rounds_show_what_moved_and_warn_of_giving_in(owner: Actor, program_id: str) -> None:
    first = named_run(owner, program_id, roles=("sales",) * 5)
    page = view(open_local(PAGE), "Rounds")
    assert headline(page) == "There is no earlier run to compare with."
    later = start_run(at(owner, 9), program_id=program_id, name="After")
    for number in range(5):
        who = add_respondent(owner, program_id=program_id, run_id=later, name=f"Person {number}", function="sales")
        levels = [GivenAnswer(CAMPS, "level", 0), GivenAnswer("MI-INT-1", "level", level("MI-INT-1", number, "sales"))]
        add_answers(owner, program_id=program_id, respondent_id=who, answers=levels)
    page = view(open_local(PAGE), "Rounds")
    assert headline(page) == "People came closer on 1 of 2 statements since “Spring” and moved apart on 0."
    assert "closer by 1.92" in drawn(page)
    assert "most moved to the median" not in drawn(page)
    assert "5 people of “Spring” answered “After” too" in words(page)
    assert first != later


def test_conformity_is_no_warning_where_evidence_is_new(owner: Actor, program_id: str) -> None:
    def answer(name: str, hours: int, levels: tuple[int, ...]) -> str:
        run_id = start_run(at(owner, hours), program_id=program_id, name=name)
        for number, given in enumerate(levels):
            who = add_respondent(owner, program_id=program_id, run_id=run_id, name=f"P{number}", function="it")
            add_answers(
                owner, program_id=program_id, respondent_id=who, answers=[GivenAnswer("MI-VOC-1", "level", given)]
            )
        return run_id

    answer("First", 0, (0, 0, 2, 4, 4))
    second = answer("Second", 5, (2, 2, 2, 2, 2))
    page = view(open_local(PAGE), "Rounds")
    assert "most moved to the median" in drawn(page)
    add_evidence(
        owner, program_id=program_id, run_id=second, statement_id="MI-VOC-1", function="it", kind="decision_log",
        note="Plan of May",
    )  # fmt: skip
    assert "most moved to the median" not in drawn(run(page))


def test_an_open_anonymous_run_says_only_how_many(owner: Actor, program_id: str) -> None:
    anonymous_run(owner, program_id, {"it": 5, "sales": 4}, closed=False)
    page = open_local(PAGE)
    assert headline(page) == "9 people have answered. Alignment appears when the run is closed."
    assert not drawn(page)
    assert "Two camps" not in words(page)


def test_a_closed_anonymous_run_pools_small_roles(owner: Actor, program_id: str) -> None:
    anonymous_run(owner, program_id, {"it": 4, "sales": 5, "executive": 2})
    page = open_local(PAGE)
    assert headline(page) == "People stand in two camps on ownership, and agree on 20 of 23 statements."
    roles = view(page, "Roles")
    shown = words(roles)
    assert headline(roles) == "Fewer than two roles can be shown, so roles are not compared."
    assert ">Sales</th>" in shown
    assert ">Other roles</th>" in shown
    assert ">IT</th>" not in shown
    assert ">Executive</th>" not in shown
    assert "smaller ones stand together as other roles" in shown
    views = words(view(page, "Views"))
    assert "this run is anonymous, and words give people away" in views
    assert "Fewer hand-overs" not in views
    assert headline(view(page, "Rounds")) == "There is no earlier run to compare with."


def test_two_large_roles_of_an_anonymous_run_are_both_shown(owner: Actor, program_id: str) -> None:
    anonymous_run(owner, program_id, {"it": 4, "sales": 5})
    shown = words(view(open_local(PAGE), "Roles"))
    assert ">Sales</th>" in shown
    assert ">IT</th>" in shown
    assert "Other roles" not in shown


def test_three_people_without_names_are_too_few(owner: Actor, program_id: str) -> None:
    anonymous_run(owner, program_id, {"it": 2, "sales": 1})
    page = open_local(PAGE)
    assert "Fewer than 4 people answered" in headline(page)
    assert "<circle" not in drawn(page)


def test_the_run_is_chosen_by_its_address(owner: Actor, program_id: str) -> None:
    first = named_run(owner, program_id, roles=("sales",) * 3)
    named_run(at(owner, 4), program_id, name="Later")
    page = open_local(PAGE)
    assert "8 people answered by name." in words(page)
    page.query_params["run"] = first
    assert "3 people answered by name." in words(run(page))


def test_a_viewer_reads_alignment(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named_run(owner, program_id)
    person(owner, program_id, "viewer")
    assert "two camps" in headline(open_as(PAGE, "bo.viewer@example.com", monkeypatch))


def test_a_stranger_sees_nothing(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named_run(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert "two camps" not in words(page)
    assert not drawn(page)


def at(owner: Actor, hours: int) -> Actor:
    """The owner some hours later."""

    return replace(owner, now=owner.now + timedelta(hours=hours))
