"""Signing in, inviting, and the last owner."""

from datetime import timedelta

import pytest

from program.access import Refused
from program.actions import members
from program.queries.members import Member, has_owner, is_active
from program.queries.members import members as members_of
from program.queries.programs import role_of
from program.values import Actor, Invalid, Missing, Stale
from tests.conftest import NOW

ISSUER = "https://id.example"
pytestmark = pytest.mark.usefixtures("store")


def comes(email: str, *, subject: str = "s-1", verified: bool = True, name: str = "Ada") -> Actor | None:
    return members.sign_in(issuer=ISSUER, subject=subject, email=email, email_verified=verified, name=name, now=NOW)


def invited(owner: Actor, program_id: str | None, email: str = "ada@example.com", role: str = "editor") -> str:
    return members.invite_member(owner, program_id=program_id, email=email, name="Ada", role=role)


def only(program_id: str | None, email: str) -> Member:
    (found,) = [member for member in members_of(program_id) if member.email == email]
    return found


def test_the_local_owner_is_made_once() -> None:
    first = members.local_owner(NOW)
    again = members.local_owner(NOW + timedelta(hours=1))
    assert (first.user_id, first.name) == (again.user_id, again.name)
    assert again.now == NOW + timedelta(hours=1)
    assert role_of(first.user_id, None) == "owner"
    assert not has_owner()


def test_an_invited_person_comes_in_by_a_verified_email_then_by_subject(owner: Actor, program_id: str) -> None:
    invited(owner, program_id, " Ada@Example.com ")
    assert not only(program_id, "ada@example.com").signed_in
    assert comes("ada@example.com", verified=False) is None
    first = comes("ADA@example.com")
    assert first is not None
    assert only(program_id, "ada@example.com").signed_in
    assert role_of(first.user_id, program_id) == "editor"
    assert comes("changed@example.com") == first
    assert comes("ada@example.com", subject="somebody-else") is None


def test_a_stranger_does_not_come_in(owner: Actor) -> None:
    assert comes("stranger@example.com") is None
    assert role_of("f" * 32, None) is None
    assert is_active(owner.user_id)
    assert not is_active("f" * 32)


def test_somebody_switched_off_does_not_come_in(owner: Actor, program_id: str) -> None:
    invited(owner, program_id)
    came = comes("ada@example.com")
    assert came is not None
    version = only(program_id, "ada@example.com").user_version
    members.set_active(owner, program_id=program_id, user_id=came.user_id, active=False, version=version)
    assert comes("ada@example.com") is None
    assert role_of(came.user_id, program_id) is None
    members.set_active(owner, program_id=program_id, user_id=came.user_id, active=True, version=version + 1)
    assert comes("ada@example.com") == came


def test_the_first_owner_claims_the_installation_once() -> None:
    claimed = members.claim_ownership(issuer=ISSUER, subject="s-1", email="ada@example.com", name="Ada", now=NOW)
    assert role_of(claimed.user_id, None) == "owner"
    assert has_owner()
    assert comes("ada@example.com") == claimed
    with pytest.raises(Refused):
        members.claim_ownership(issuer=ISSUER, subject="s-2", email="eve@example.com", name="Eve", now=NOW)
    assert comes("eve@example.com", subject="s-2") is None


def test_the_local_owner_does_not_stand_in_the_way_of_a_claim(owner: Actor) -> None:
    claimed = members.claim_ownership(issuer=ISSUER, subject="s-1", email="ada@example.com", name="Ada", now=NOW)
    assert {member.user_id for member in members_of(None)} == {owner.user_id, claimed.user_id}


def test_a_claim_does_not_take_over_somebody_elses_sign_in(owner: Actor, program_id: str) -> None:
    invited(owner, program_id)
    assert comes("ada@example.com") is not None
    with pytest.raises(Invalid, match="Somebody else"):
        members.claim_ownership(issuer=ISSUER, subject="s-9", email="ada@example.com", name="Eve", now=NOW)


def test_a_second_invitation_is_refused(owner: Actor, program_id: str) -> None:
    invited(owner, program_id)
    with pytest.raises(Invalid, match="member already"):
        invited(owner, program_id)
    invited(owner, None, role="viewer")
    with pytest.raises(Invalid, match="member already"):
        invited(owner, None, role="viewer")


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.com", "a b@example.com", "a@b@c"])
def test_what_is_no_email_address_is_refused(email: str, owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid) as refused:
        invited(owner, program_id, email)
    assert refused.value.field == "email"


def test_a_name_that_would_break_a_log_line_is_refused(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid) as refused:
        members.invite_member(owner, program_id=program_id, email="a@example.com", name="Ada\nroot", role="viewer")
    assert refused.value.field == "name"


def test_an_unknown_role_is_refused(owner: Actor, program_id: str) -> None:
    with pytest.raises(Invalid, match="no role 'boss'"):
        invited(owner, program_id, role="boss")


def test_a_role_is_changed_and_a_stale_change_refused(owner: Actor, program_id: str) -> None:
    membership = invited(owner, program_id)
    assert members.change_role(owner, program_id=program_id, membership_id=membership, role="viewer", version=1) == 2
    assert only(program_id, "ada@example.com").role == "viewer"
    with pytest.raises(Stale):
        members.change_role(owner, program_id=program_id, membership_id=membership, role="owner", version=1)


def test_a_program_owner_cannot_change_a_membership_of_everywhere(owner: Actor, program_id: str) -> None:
    invited(owner, program_id, role="owner")
    ada = comes("ada@example.com")
    assert ada is not None
    everywhere = only(None, owner_email(owner))
    with pytest.raises((Refused, Missing)):
        members.remove_member(ada, program_id=program_id, membership_id=everywhere.id, version=everywhere.version)
    with pytest.raises(Refused):
        members.set_active(ada, program_id=program_id, user_id=owner.user_id, active=False, version=1)


def owner_email(owner: Actor) -> str:
    return next(member.email for member in members_of(None) if member.user_id == owner.user_id)


def test_the_last_owner_of_the_installation_stays(owner: Actor) -> None:
    mine = only(None, owner_email(owner))
    with pytest.raises(Invalid, match="last owner"):
        members.remove_member(owner, program_id=None, membership_id=mine.id, version=1)
    with pytest.raises(Invalid, match="last owner"):
        members.change_role(owner, program_id=None, membership_id=mine.id, role="viewer", version=1)
    with pytest.raises(Invalid, match="last owner"):
        members.set_active(owner, program_id=None, user_id=owner.user_id, active=False, version=1)
    assert role_of(owner.user_id, None) == "owner"


def test_the_local_owner_does_not_count_once_people_sign_in(owner: Actor) -> None:
    ada = members.claim_ownership(issuer=ISSUER, subject="s-1", email="ada@example.com", name="Ada", now=NOW)
    hers = only(None, "ada@example.com")
    with pytest.raises(Invalid, match="last owner"):
        members.remove_member(ada, program_id=None, membership_id=hers.id, version=hers.version)
    members.remove_member(ada, program_id=None, membership_id=only(None, owner_email(owner)).id, version=1)
    assert role_of(owner.user_id, None) is None


def test_a_removed_member_is_a_stranger(owner: Actor, program_id: str) -> None:
    membership = invited(owner, program_id)
    ada = comes("ada@example.com")
    assert ada is not None
    members.remove_member(owner, program_id=program_id, membership_id=membership, version=1)
    assert role_of(ada.user_id, program_id) is None


def test_one_row_for_each_person_the_membership_that_decides(owner: Actor, program_id: str) -> None:
    invited(owner, program_id, role="viewer")
    invited(owner, None, role="editor")
    ada = only(program_id, "ada@example.com")
    assert (ada.role, ada.everywhere) == ("editor", True)
    assert len(members_of(program_id)) == 2
