"""People who come by a run's link: they answer from their device, find their own again, and reach nothing else."""

from base64 import b32encode
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import func, select

from assessments.library import load
from program.actions import invited
from program.actions.assessments import (
    add_answers,
    join_run,
    make_link,
    remove_respondent,
    save_answer,
    save_view,
    start_run,
    stop_link,
)
from program.actions.programs import archive_program
from program.queries import assessments
from program.queries import invited as queries
from program.runs import DEVICE, GivenAnswer, Guest, SavedAnswer, SavedView, new_device, parse_code, resume_code
from program.store import audit
from program.store.engine import reading
from program.store.tables import AuditEntry, Respondent
from program.values import Actor, Invalid, Missing, Stale
from tests.program.inviting import anonymous_run, close, guest, link_of, named_run, said
from tests.program.making import later, person

SEES: dict[str, Any] = {"question_id": "P7", "about": "", "value": {"aspect": "mindset"}, "version": None}


@pytest.fixture
def run_id(owner: Actor, program_id: str) -> str:
    return named_run(owner, program_id)[0]


@pytest.fixture
def ann(owner: Actor, program_id: str, run_id: str) -> Guest:
    """A guest who takes part in the named run."""
    who = guest(link_of(program_id, run_id), owner)
    invited.take_part(who, function="sales", name="Ann Lee")
    return who


def last_entry() -> AuditEntry:
    with reading() as session:
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
        assert audit.verify(session) == []
        return found


def respondents() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Respondent)) or 0


@pytest.mark.usefixtures("any_store")
def test_a_guest_answers_a_named_run_under_the_name_they_gave(
    owner: Actor, program_id: str, run_id: str, ann: Guest
) -> None:
    mine = queries.me(ann)
    assert mine is not None
    assert (mine.function, mine.name) == ("sales", "Ann Lee")
    assert invited.answer(ann, statement_id="MI-VOC-1", kind="level", level=2, note="Since May", version=None) == 1
    entry = last_entry()
    assert (entry.user_id, entry.user_name, entry.action) == (mine.id, "Ann Lee", "answer.save")
    assert (entry.detail, entry.at) == ({"statement": "MI-VOC-1"}, owner.now)
    assert queries.my_answers(ann) == {"MI-VOC-1": SavedAnswer("level", 2, None, "Since May", 1)}
    assert [(a.respondent, a.level, a.note) for a in assessments.answers(program_id, run_id)] == [
        ("Ann Lee", 2, "Since May")
    ]
    people = assessments.progress(program_id, run_id).people
    assert [(each.name, each.answered, each.by_link) for each in people] == [("Ann Lee", 1, True)]


@pytest.mark.usefixtures("any_store")
def test_fault_55_a_double_click_takes_part_once_and_corrects(ann: Guest) -> None:
    first = queries.me(ann)
    assert first is not None
    assert invited.take_part(ann, function="sales", name="Ann Lee") == first.id
    assert invited.take_part(ann, function="service", name="Ann Li") == first.id
    mine = queries.me(ann)
    assert mine is not None
    assert (mine.id, mine.function, mine.name) == (first.id, "service", "Ann Li")
    assert respondents() == 1
    for _ in range(2):
        assert invited.answer(ann, statement_id="MI-VOC-1", kind="level", level=2, version=None) == 1
        assert invited.view(ann, **SEES) == 1
    assert list(queries.my_answers(ann)) == ["MI-VOC-1"]
    assert queries.my_views(ann) == {("P7", ""): SavedView("P7", "", {"aspect": "mindset"}, 1)}


def test_the_same_person_resumes_on_another_device_by_the_code(owner: Actor, ann: Guest) -> None:
    said(ann, {"MI-VOC-1": 2})
    code = resume_code(ann.device)
    assert [len(group) for group in code.split()] == [4, 4, 4, 4]
    phone = guest(ann.invite, later(owner, hours=1), parse_code(f" {code.lower().replace(' ', '-')} "))
    assert queries.me(phone) == queries.me(ann)
    assert invited.answer(phone, statement_id="MI-VOC-1", kind="level", level=3, version=1) == 2
    with pytest.raises(Stale) as refused:
        invited.answer(ann, statement_id="MI-VOC-1", kind="level", level=4, version=1)
    assert refused.value.differences == {"level": (4, 3)}
    assert refused.value.changed_by == "Ann Lee"
    assert queries.my_answers(ann)["MI-VOC-1"].level == 3


def test_a_refused_save_shows_a_guest_only_their_own_row(owner: Actor, program_id: str) -> None:
    _, link = anonymous_run(owner, program_id)
    who = guest(link, owner)
    invited.take_part(who, function="it")
    said(who, {"MI-VOC-1": 2})
    with pytest.raises(Stale) as refused:
        said(who, {"MI-VOC-1": 4})
    assert (refused.value.theirs["level"], refused.value.changed_by, refused.value.changed_at) == (2, None, None)


def wrong_link(who: Guest) -> Guest:
    return Guest("A" * 32, who.device, who.now)


def no_link(who: Guest) -> Guest:
    return Guest("", who.device, who.now)


def other_device(who: Guest) -> Guest:
    return Guest(who.invite, new_device(), who.now)


@pytest.mark.usefixtures("any_store")
@pytest.mark.parametrize("changed", [wrong_link, no_link, other_device])
def test_a_wrong_link_or_device_reaches_nothing(
    owner: Actor, program_id: str, ann: Guest, changed: Callable[[Guest], Guest]
) -> None:
    start_run(owner, program_id=program_id, name="Without a link")
    said(ann, {"MI-VOC-1": 2})
    other = changed(ann)
    with pytest.raises(Missing):
        said(other, {"MI-VOC-1": 4})
    with pytest.raises(Missing):
        invited.view(other, **SEES)
    assert (queries.me(other), queries.my_answers(other), queries.my_views(other)) == (None, {}, {})
    assert queries.my_answers(ann)["MI-VOC-1"].level == 2


@pytest.mark.usefixtures("any_store")
def test_a_stopped_link_lets_nobody_in_and_the_next_one_finds_everybody_again(
    owner: Actor, program_id: str, run_id: str, ann: Guest
) -> None:
    said(ann, {"MI-VOC-1": 2})
    version = stop_link(
        owner, program_id=program_id, run_id=run_id, version=assessments.run(program_id, run_id).version
    )
    assert queries.invitation(ann.invite) is None
    for attempt in (lambda: said(ann, {"MI-VOC-1": 3}), lambda: queries.library(ann)):
        with pytest.raises(Missing):
            attempt()
    again = make_link(owner, program_id=program_id, run_id=run_id, version=version)
    assert again != ann.invite
    assert queries.my_answers(Guest(again, ann.device, ann.now))["MI-VOC-1"].level == 2
    with pytest.raises(Stale) as refused:
        make_link(owner, program_id=program_id, run_id=run_id, version=version)
    assert not {"invite", "secret"} & set(refused.value.theirs)


def test_an_archived_program_takes_nothing(owner: Actor, program_id: str, ann: Guest) -> None:
    said(ann, {"MI-VOC-1": 2})
    archive_program(owner, program_id=program_id, version=1)
    assert queries.invitation(ann.invite) is None
    with pytest.raises(Invalid, match="archived"):
        said(ann, {"MI-VOC-1": 3})


def test_closing_ends_the_link_and_keeps_the_answers(owner: Actor, program_id: str, run_id: str, ann: Guest) -> None:
    said(ann, {"MI-VOC-1": 2})
    close(owner, program_id, run_id)
    assert queries.invitation(ann.invite) is None
    with pytest.raises(Missing):
        said(ann, {"MI-VOC-1": 3})
    with pytest.raises(Missing):
        invited.take_part(ann, function="it", name="Ann Lee")
    assert [answer.respondent for answer in assessments.answers(program_id, run_id)] == ["Ann Lee"]
    assert assessments.run(program_id, run_id).invite is None
    with pytest.raises(Invalid, match="closed"):
        make_link(owner, program_id=program_id, run_id=run_id, version=assessments.run(program_id, run_id).version)


def test_an_invitation_names_the_run_the_program_and_the_client(program_id: str, run_id: str, ann: Guest) -> None:
    found = queries.invitation(ann.invite)
    assert found is not None
    assert (found.run.id, found.program_id) == (run_id, program_id)
    assert (found.program_name, found.client_name) == ("Closer to customers", "Lindqvist Outdoor")
    assert queries.library(ann).sha256 == load().sha256


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"function": "wizard", "name": "Ann"}, "function"),
        ({"function": "sales"}, "name"),
        ({"function": "sales", "name": "  "}, "name"),
        ({"function": "sales", "name": "x" * 201}, "name"),
    ],
)
def test_who_takes_part_says_function_and_name(
    owner: Actor, program_id: str, run_id: str, given_: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        invited.take_part(guest(link_of(program_id, run_id), owner), **given_)
    assert refused.value.field == field
    assert respondents() == 0


@pytest.mark.parametrize("device", ["", "A" * 15, "a" * 16, "1" * 16, "A" * 65, "A" * 15 + "=", "A" * 16 + "\n"])
def test_what_is_no_device_token_is_refused(owner: Actor, program_id: str, run_id: str, device: str) -> None:
    who = Guest(link_of(program_id, run_id), device, owner.now)
    with pytest.raises(Invalid) as refused:
        invited.take_part(who, function="sales", name="Ann")
    assert (refused.value.field, respondents(), queries.me(who)) == ("code", 0, None)


def test_a_link_that_got_out_cannot_fill_the_store(owner: Actor, ann: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invited, "BY_LINK_AT_MOST", 2)
    invited.take_part(guest(ann.invite, owner), function="it", name="Bo")
    with pytest.raises(Invalid, match="2 people came by this link already"):
        invited.take_part(guest(ann.invite, owner), function="it", name="Cy")
    invited.take_part(ann, function="it", name="Ann Lee")
    assert respondents() == 2


@given(some.binary(min_size=10, max_size=40))
def test_a_code_read_aloud_is_the_device_again(chance: bytes) -> None:
    device = b32encode(chance).decode().rstrip("=")
    typed = resume_code(device).lower().replace(" ", " - ").replace("o", "0").replace("i", "1")
    assert parse_code(typed) == device


def test_every_new_device_is_another_one() -> None:
    made = {new_device() for _ in range(1000)}
    assert len(made) == 1000
    assert all(DEVICE.fullmatch(device) for device in made)


@pytest.mark.parametrize(
    "answer",
    [
        {"statement_id": "MI-VOC-1", "kind": "level", "level": 5},
        {"statement_id": "MI-VOC-1", "kind": "na"},
        {"statement_id": "MI-VOC-2", "kind": "level", "level": 1},
        {"statement_id": "nothing", "kind": "dont_know"},
    ],
)
def test_a_guests_answer_is_checked_as_a_members(ann: Guest, answer: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        invited.answer(ann, version=None, **answer)
    assert queries.my_answers(ann) == {}


def test_members_do_not_answer_for_a_guest(owner: Actor, program_id: str, ann: Guest) -> None:
    mine = queries.me(ann)
    assert mine is not None
    one: dict[str, Any] = {"program_id": program_id, "respondent_id": mine.id}
    with pytest.raises(Missing):
        save_answer(owner, **one, statement_id="MI-VOC-1", kind="level", level=1, version=None)
    with pytest.raises(Missing):
        save_view(owner, **one, **SEES)
    with pytest.raises(Missing):
        add_answers(owner, **one, answers=[GivenAnswer("MI-VOC-1", "level", 1)])
    assert queries.my_answers(ann) == {}


def test_a_removed_guest_is_gone_with_what_they_said(owner: Actor, program_id: str, run_id: str, ann: Guest) -> None:
    said(ann, {"MI-VOC-1": 2})
    (found,) = assessments.progress(program_id, run_id).people
    remove_respondent(owner, program_id=program_id, respondent_id=found.respondent_id, version=found.version)
    assert assessments.answers(program_id, run_id) == []
    assert (queries.me(ann), queries.my_answers(ann)) == (None, {})
    with pytest.raises(Missing):
        said(ann, {"MI-VOC-1": 2})


def test_people_agree_with_what_others_wrote_in_the_same_run(
    owner: Actor, program_id: str, run_id: str, ann: Guest
) -> None:
    """Not with their own, not twice, and not with what stands in another run."""
    gain = {"gain": "Fewer repeat calls", "loss": "", "fear": ""}
    invited.view(ann, question_id="P3", about="", value=gain, version=None)
    bo = person(owner, program_id, "contributor")
    mine = join_run(bo, program_id=program_id, run_id=run_id, function="service")
    (shared,) = assessments.others_gains(program_id, run_id, mine)
    assert (shared.function, shared.value, shared.support) == ("sales", gain, 0)
    agrees: dict[str, Any] = {"question_id": "P3.support", "about": shared.id, "value": {"agrees": True}}
    for _ in range(2):
        assert save_view(bo, program_id=program_id, respondent_id=mine, **agrees, version=None) == 1
    assert [each.support for each in assessments.others_gains(program_id, run_id, mine)] == [1]
    assert [text.supporters for text in assessments.perspective(program_id, run_id).said["P3"]] == [1]
    with pytest.raises(Missing):
        invited.view(ann, **agrees, version=None)
    _, elsewhere = named_run(owner, program_id)
    eve = guest(elsewhere, owner)
    invited.take_part(eve, function="it", name="Eve")
    with pytest.raises(Missing):
        invited.view(eve, **agrees, version=None)


def test_what_was_said_first_keeps_its_time(owner: Actor, program_id: str, run_id: str, ann: Guest) -> None:
    """Whether customers came first is told by when each question was first answered."""
    for_us = {"gain": "Fewer repeat calls", "loss": "", "fear": ""}
    invited.view(ann, question_id="P2", about="", value={"text": "Sooner help"}, version=None)
    after = guest(ann.invite, later(owner, minutes=1), ann.device)
    invited.view(after, question_id="P3", about="", value=for_us, version=None)
    much_later = guest(ann.invite, later(owner, hours=2), ann.device)
    invited.view(much_later, question_id="P2", about="", value={"text": "Help at once"}, version=1)
    assert assessments.perspective(program_id, run_id).order_kept.kept == 1


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"question_id": "P1", "about": "", "value": {"position": 11}}, "position"),
        ({"question_id": "P5", "about": "sales_team", "value": {"position": 1}}, "about"),
        ({"question_id": "P9", "about": "", "value": {}}, "question"),
    ],
)
def test_what_is_no_view_is_refused(ann: Guest, value: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        invited.view(ann, **value, version=None)
    assert refused.value.field == field
    assert queries.my_views(ann) == {}
