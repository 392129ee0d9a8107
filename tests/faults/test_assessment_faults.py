"""Rows 52, 55 and 59 for assessment runs: what was kept for one reader, forms sent twice by guests, small groups."""

from collections.abc import Callable
from itertools import chain, combinations
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from program.actions import invited
from program.actions.programs import create_program
from program.queries import assessments
from program.queries.invited import me, my_answers
from program.queries.revisions import revision
from program.reports.exchange import export_program
from program.runs import Guest
from program.store.engine import reading
from program.store.tables import Answer, Base, PerspectiveAnswer, Respondent
from program.values import Actor, Missing, Stale
from tests.conftest import NOW
from tests.program.inviting import NINE, anonymous_run, close, everybody, guest, named_run, said

MINIMUM = 4
FUNCTIONS = ("sales", "service", "it", "product", "marketing", "executive")
READS: dict[str, Callable[[str, str], Any]] = {
    "run": assessments.run,
    "library": assessments.library,
    "assessment": assessments.assessment,
    "alignment": assessments.alignment,
    "bands": assessments.bands,
    "path": assessments.path,
    "progress": assessments.progress,
    "perspective": assessments.perspective,
    "evidence": assessments.evidence,
    "comparable_runs": assessments.comparable_runs,
    "evidenced": lambda program_id, run_id: assessments.evidenced(program_id, run_id, today=NOW.date(), facts={}),
}


def elsewhere(owner: Actor) -> str:
    values: dict[str, Any] = {"currency": "EUR", "time_zone": "UTC", "starts_on": NOW.date()}
    return create_program(owner, name="Other", client_name="Other", **values)


def count(table: type[Base]) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("make", [named_run, anonymous_run])
def test_fault_52_nothing_of_a_run_is_read_by_way_of_another_program(
    owner: Actor, program_id: str, make: Callable[[Actor, str], tuple[str, str]]
) -> None:
    """A kept result stands under program, run and revision, and each of these alone opens nothing."""
    run_id, _ = make(owner, program_id)
    other = elsewhere(owner)
    for name, read in READS.items():
        read(program_id, run_id)
        with pytest.raises(Missing):
            raise AssertionError(f"{name}: {read(other, run_id)}")
    assert assessments.answers(other, run_id) == []
    with pytest.raises(Missing):
        assessments.views(other, run_id)


def test_fault_52_every_change_of_an_anonymous_run_makes_what_was_kept_old(owner: Actor, program_id: str) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    who = guest(invite, owner)
    seen = [revision(program_id)]
    for change in (
        lambda: invited.take_part(who, function="it"),
        lambda: said(who, {"MI-VOC-1": 2}),
        lambda: invited.answer(who, statement_id="MI-VOC-1", kind="level", level=3, version=1),
        lambda: close(owner, program_id, run_id),
    ):
        change()
        seen.append(revision(program_id))
    assert len(set(seen)) == len(seen)


@pytest.mark.usefixtures("any_store")
def test_fault_55_two_devices_of_one_person_at_the_same_moment_make_one_row(owner: Actor, program_id: str) -> None:
    """Twice the same is kept once; of two different answers one is refused, and the other stands."""
    _, invite = named_run(owner, program_id)
    who = guest(invite, owner)
    outcomes: list[str] = []
    start = Barrier(4)

    def send(level: int) -> None:
        start.wait()
        try:
            invited.take_part(who, function="sales", name="Ann")
            invited.answer(who, statement_id="MI-VOC-1", kind="level", level=level, version=None)
            outcomes.append("kept")
        except Stale:
            outcomes.append("refused")

    threads = [Thread(target=send, args=(level,)) for level in (2, 2, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) in (["kept", "kept", "kept", "refused"], ["kept", "refused", "refused", "refused"])
    assert (count(Respondent), count(Answer)) == (1, 1)


@pytest.mark.usefixtures("any_store")
def test_fault_55_a_guests_form_sent_twice_is_one_row(owner: Actor, program_id: str) -> None:
    for _, invite in (named_run(owner, program_id), anonymous_run(owner, program_id)):
        who, rows = guest(invite, owner), [count(table) for table in (Respondent, Answer, PerspectiveAnswer)]
        name = None if rows[0] else "Ann"
        for _ in range(2):
            invited.take_part(who, function="sales", name=name)
            invited.answer(who, statement_id="ST-ADV-1", kind="na", reason="No rewards", version=None)
            invited.view(who, question_id="P7", about="", value={"aspect": "mindset"}, version=None)
        assert [count(table) for table in (Respondent, Answer, PerspectiveAnswer)] == [n + 1 for n in rows]


def derivable(sizes: list[int]) -> set[int]:
    """Every number of people that a total less some shown groups leaves, or that some shown groups have together."""
    subsets = chain.from_iterable(combinations(sizes[1:], n) for n in range(len(sizes)))
    return {found for subset in subsets for found in (sum(subset), sizes[0] - sum(subset))}


@pytest.mark.parametrize(
    "sizes",
    [(4, 5), (4, 5, 2), (3,), (1, 1, 1, 1), (4, 1), (4, 3, 3), (5, 4, 3), (4, 4, 4, 1), (7, 2, 1), (2, 2, 2, 2), (9,)],
)
def test_fault_59_no_group_under_the_minimum_is_shown_or_left_by_subtraction(
    owner: Actor, program_id: str, sizes: tuple[int, ...]
) -> None:
    run_id, invite = anonymous_run(owner, program_id)
    functions = [function for function, size in zip(FUNCTIONS, sizes, strict=False) for _ in range(size)]
    everybody(invite, owner, functions, ("MI-VOC-1",))
    close(owner, program_id, run_id)
    (found,) = (e for e in assessments.alignment(program_id, run_id).statements if e.id == "MI-VOC-1")
    if sum(sizes) < MINIMUM:
        assert (found.item, found.counts, found.roles) == (None, (), ())
        return
    left = derivable([sum(sizes), *(cell.n for cell in found.roles)])
    assert not [people for people in left if 0 < people < MINIMUM]
    assert found.item is not None


def test_fault_59_nobody_reads_the_rows_of_an_anonymous_run(owner: Actor, program_id: str) -> None:
    """Neither the owner, nor a file, nor the device that gave them, once it is closed."""
    run_id, invite = anonymous_run(owner, program_id)
    people, _ = everybody(invite, owner, NINE, ("MI-VOC-1", "ME-REC-1"))
    for closed in (False, True):
        if closed:
            close(owner, program_id, run_id)
            assert [(me(who), my_answers(who)) for who in people] == [(None, {})] * 9
        for read in (assessments.answers, assessments.views):
            with pytest.raises(Missing):
                read(program_id, run_id)
        assert assessments.progress(program_id, run_id).people == ()
        assert run_id.encode() not in export_program(program_id)


def test_fault_59_a_closed_link_is_the_link_of_nobody(owner: Actor, program_id: str) -> None:
    """A run without a link is not reached by an empty one."""
    run_id, _ = anonymous_run(owner, program_id)
    close(owner, program_id, run_id)
    for invite in ("", "None", "null"):
        with pytest.raises(Missing):
            invited.take_part(Guest(invite, guest(invite, owner).device, NOW), function="it")
