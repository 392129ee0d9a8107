"""Members: invited, given roles, switched off and removed by owners only."""

import pytest

from program.queries.members import Member, members
from program.queries.programs import role_of
from program.values import Actor
from tests.pages.opening import field, headline, open_as, open_local, press, view, words
from tests.program.making import person

PAGE = "home/members.py"


def member(program_id: str, email: str) -> Member:
    (found,) = (each for each in members(program_id) if each.email == email)
    return found


def invited(owner: Actor, program_id: str) -> tuple[Actor, str]:
    return person(owner, program_id, "viewer"), "bo.viewer@example.com"


def test_alone_it_offers_to_invite(program_id: str) -> None:
    page = open_local(PAGE)
    assert headline(page) == "Nobody else is a member yet."
    field(page, "text_input", "Email").set_value("Mara@Example.com")
    field(page, "text_input", "Name").set_value("Mara <b>L</b>")
    field(page, "selectbox", "Role").set_value("editor")
    press(page, "Invite")
    made = member(program_id, "mara@example.com")
    assert (made.role, made.signed_in) == ("editor", False)
    assert headline(page) == "2 members, 1 owner. 1 of them has not signed in yet."
    assert "Mara &lt;b&gt;L&lt;/b&gt;" in words(page)


def test_a_wrong_address_is_said(program_id: str) -> None:
    page = open_local(PAGE)
    field(page, "text_input", "Email").set_value("mara")
    field(page, "text_input", "Name").set_value("Mara")
    press(page, "Invite")
    assert "This is not an email address." in words(page)
    assert len(members(program_id)) == 1


def test_a_role_is_changed_and_a_member_removed(owner: Actor, program_id: str) -> None:
    bo, email = invited(owner, program_id)
    page = view(open_local(PAGE), "Change")
    page.selectbox(key="member.chosen").set_value(member(program_id, email).id).run()
    field(page, "selectbox", "Role").set_value("editor").run()
    press(page, "Save the role")
    assert role_of(bo.user_id, program_id) == "editor"
    press(page, "Remove")
    assert role_of(bo.user_id, program_id) is None


def test_switching_off_reaches_all_programs(owner: Actor, program_id: str) -> None:
    _, email = invited(owner, program_id)
    page = view(open_local(PAGE), "Change")
    page.selectbox(key="member.chosen").set_value(member(program_id, email).id).run()
    press(page, "Switch off")
    assert not member(program_id, email).active
    assert "■ switched off" in words(page)


def test_the_last_owner_stays(owner: Actor, program_id: str) -> None:
    page = view(open_local(PAGE), "Change")
    press(page, "Remove")
    assert role_of(owner.user_id, program_id) == "owner"
    assert 'role="alert"' in words(page)


@pytest.mark.parametrize("role", ["viewer", "editor", "facilitator"])
def test_only_owners_see_members(owner: Actor, program_id: str, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    person(owner, program_id, role)
    page = open_as(PAGE, f"bo.{role}@example.com", monkeypatch)
    assert headline(page) == "You may not see this page."
    assert "@" not in words(page)


def test_a_stranger_sees_nobody(owner: Actor, program_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _, email = invited(owner, program_id)
    page = open_as(PAGE, "stranger@example.com", monkeypatch)
    assert email not in words(page)
