"""What moved between two runs: named ones only, each person beside themself, on what both runs ask."""

from dataclasses import replace
from datetime import timedelta

import pytest

from program.actions.assessments import add_answers, add_respondent, close_run
from program.queries import assessments, rounds
from program.runs import GivenAnswer
from program.values import Actor, Missing
from tests.pages.aligned import CAMPS, anonymous_run, named_run


def later(owner: Actor, hours: int) -> Actor:
    return replace(owner, now=owner.now + timedelta(hours=hours))


def test_earlier_runs_are_named_comparable_and_the_newest_first(owner: Actor, program_id: str) -> None:
    first = named_run(owner, program_id, name="First")
    anonymous_run(later(owner, 1), program_id, {"it": 5})
    second = named_run(later(owner, 2), program_id, name="Second")
    named_run(later(owner, 3), program_id, name="Nobody", roles=())
    third = named_run(later(owner, 4), program_id, name="Third")
    assert [run.id for run in rounds.earlier_runs(program_id, third)] == [second, first]
    assert rounds.earlier_runs(program_id, first) == []


def test_people_are_paired_by_name_on_what_both_runs_ask(owner: Actor, program_id: str) -> None:
    before = named_run(owner, program_id, form="long", roles=("it",) * 4)
    after = named_run(later(owner, 1), program_id, roles=("it",) * 6, shift={0: 1})
    found = {each.id: each for each in rounds.moved(program_id, after, before)}
    assert len(found) == 23
    assert found[CAMPS].n == 4
    assert found[CAMPS].moved_to_median == 0.25
    assert (found[CAMPS].median_before, found[CAMPS].median_after) == (2.0, 2.5)


def test_people_who_share_a_name_are_paired_with_nobody(owner: Actor, program_id: str) -> None:
    before = named_run(owner, program_id, roles=("it", "sales"))
    after = named_run(later(owner, 1), program_id, roles=("it", "sales"))
    twin = add_respondent(owner, program_id=program_id, run_id=after, name="Person 0", function="finance")
    given = [GivenAnswer(CAMPS, "level", 3)]
    add_answers(owner, program_id=program_id, respondent_id=twin, answers=given)
    found = {each.id: each for each in rounds.moved(program_id, after, before)}
    assert found[CAMPS].n == 1
    assert (found[CAMPS].median_before, found[CAMPS].median_after) == (2.0, 3.0)


def test_an_anonymous_run_has_no_rounds(owner: Actor, program_id: str) -> None:
    named = named_run(owner, program_id)
    anonymous = anonymous_run(later(owner, 1), program_id, {"it": 5})
    assert rounds.earlier_runs(program_id, anonymous) == []
    with pytest.raises(Missing):
        rounds.moved(program_id, anonymous, named)


def test_a_closed_run_is_still_an_earlier_one(owner: Actor, program_id: str) -> None:
    first = named_run(owner, program_id)
    version = assessments.run(program_id, first).version
    close_run(owner, program_id=program_id, run_id=first, version=version)
    second = named_run(later(owner, 1), program_id)
    assert [run.id for run in rounds.earlier_runs(program_id, second)] == [first]
