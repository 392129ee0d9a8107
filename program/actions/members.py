"""Who comes in and what they may do: signing in, inviting, changing a role, removing, switching off."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from program import fields
from program.access import ROLES, Refused
from program.queries.members import LOCAL, owned_by_somebody
from program.store.engine import reading
from program.store.tables import Membership, User, new_id
from program.store.unit_of_work import Unit, arrive, intend
from program.values import Actor, AlreadyDone, Invalid


def local_owner(now: datetime) -> Actor:
    """The one user of an installation without sign-in, its owner; made at the first call."""
    with reading() as session:
        known = _by_subject(session, LOCAL, LOCAL)
    if known:
        return Actor(known.id, known.name, now)
    actor = Actor(new_id(), "You", now)
    with arrive(actor, action="member.local_owner") as unit:
        known = _by_subject(unit.session, LOCAL, LOCAL)
        user = known or _new_user(unit, "you@localhost", actor.name, LOCAL, LOCAL, user_id=actor.user_id)
        if not known:
            unit.add(Membership(user_id=user.id, role="owner"))
        unit.subject(user.id)
        return Actor(user.id, user.name, now)


def sign_in(*, issuer: str, subject: str, email: str, email_verified: bool, name: str, now: datetime) -> Actor | None:
    """
    Return who has just signed in; None when they are not invited or switched off.

    Somebody invited is recognized once by their verified email; from then on only by issuer and subject.
    """
    with reading() as session:
        known = _by_subject(session, issuer, subject)
        invited = None if known or not email_verified else _by_email(session, email)
    if known:
        return Actor(known.id, known.name, now) if known.active else None
    if invited is None or invited.issuer is not None or not invited.active:
        return None
    actor = Actor(invited.id, name.strip() or invited.name, now)
    with arrive(actor, action="member.sign_in_first") as unit:
        user = unit.get(User, invited.id, invited.version)
        user.issuer, user.subject, user.name = issuer, subject, actor.name
        unit.subject(user.id)
    return actor


def claim_ownership(*, issuer: str, subject: str, email: str, name: str, now: datetime) -> Actor:
    """
    Make the person who holds the one-time code the owner of the installation.

    Raises Refused as soon as an active owner exists who can sign in.
    """
    with reading() as session:
        known = _by_subject(session, issuer, subject) or _by_email(session, email)
    actor = Actor(known.id if known else new_id(), name.strip() or email, now)
    with arrive(actor, action="member.claim_ownership") as unit:
        if owned_by_somebody(unit.session):
            raise Refused("members.manage")
        user = unit.session.get(User, actor.user_id)
        if user is None:
            user = _new_user(unit, email, actor.name, issuer, subject, user_id=actor.user_id)
        elif (user.issuer, user.subject) not in {(None, None), (issuer, subject)}:
            raise Invalid("email", "Somebody else signs in with this email address.")
        user.issuer, user.subject, user.active = issuer, subject, True
        membership = _membership(unit.session, user.id, None)
        if membership is None:
            unit.add(Membership(user_id=user.id, role="owner"))
        else:
            membership.role = "owner"
        unit.subject(user.id)
    return actor


def invite_member(
    actor: Actor, *, program_id: str | None, email: str, name: str, role: str, intention: str | None = None
) -> str:
    """Give somebody a membership in a program, or without one everywhere; return its id. They come in by signing in."""
    _valid_role(role)
    address = _address(email)
    called = fields.optional_name(name, "name") or address
    try:
        with intend(
            actor, action="member.invite", needs="members.manage", program_id=program_id, intention=intention
        ) as unit:
            user = _by_email(unit.session, address) or _new_user(unit, address, called, None, None)
            if _membership(unit.session, user.id, program_id):
                raise Invalid("email", f"{address} is a member already.")
            membership = unit.add(Membership(user_id=user.id, program_id=program_id, role=role))
            unit.subject(membership.id, role=role)
            return membership.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_role(actor: Actor, *, program_id: str | None, membership_id: str, role: str, version: int) -> int:
    """Give a member another role; return the new version. The last owner keeps theirs."""
    _valid_role(role)
    with intend(actor, action="member.change_role", needs="members.manage", program_id=program_id) as unit:
        _own(unit, membership_id)
        changed = unit.change(Membership, membership_id, version, role=role)
        unit.subject(membership_id, role=role)
        _still_owned(unit)
        return changed


def remove_member(actor: Actor, *, program_id: str | None, membership_id: str, version: int) -> None:
    """Take a membership away. The last owner keeps theirs."""
    with intend(actor, action="member.remove", needs="members.manage", program_id=program_id) as unit:
        _own(unit, membership_id)
        unit.remove(Membership, membership_id, version)
        _still_owned(unit)


def set_active(actor: Actor, *, program_id: str | None, user_id: str, active: bool, version: int) -> int:
    """
    Switch a person off or on in all programs; return the user's new version (Member.user_version).

    It reaches every program, so only an owner of the installation may, whatever program it is asked from.
    """
    with intend(actor, action="member.set_active", needs="members.manage", program_id=None) as unit:
        changed = unit.change(User, user_id, version, active=active)
        unit.subject(user_id, active=active, asked_in=program_id)
        _still_owned(unit)
        return changed


def _own(unit: Unit, membership_id: str) -> Membership:
    """The membership of exactly this place: one of the installation cannot be changed from inside a program."""
    membership = unit.get(Membership, membership_id)
    if membership.program_id != unit.program_id:
        raise Refused("members.manage")
    return membership


def _still_owned(unit: Unit) -> None:
    """The local user counts only where there is no sign-in, that is, when it acts itself."""
    unit.session.flush()
    owners = select(Membership.program_id, User.id, User.issuer).join(User, User.id == Membership.user_id)
    owners = owners.where(Membership.role == "owner", User.active)
    places = {
        place
        for place, user_id, issuer in unit.session.execute(owners)
        if issuer != LOCAL or user_id == unit.actor.user_id
    }
    if None not in places and (unit.program_id is None or unit.program_id not in places):
        raise Invalid("role", "This is the last owner. Make somebody else an owner first.")


def _valid_role(role: str) -> None:
    if role not in ROLES:
        raise Invalid("role", f"There is no role {role!r}. Roles are: {', '.join(ROLES)}.")


def _address(email: str) -> str:
    address = email.strip().casefold()
    local, at, domain = address.partition("@")
    if not (local and at and domain) or any(character.isspace() for character in address) or "@" in domain:
        raise Invalid("email", "This is not an email address.")
    return address


def _new_user(
    unit: Unit, email: str, name: str, issuer: str | None, subject: str | None, *, user_id: str | None = None
) -> User:
    made = User(
        id=user_id or new_id(),
        email=_address(email),
        name=name,
        issuer=issuer,
        subject=subject,
        created_at=unit.actor.now,
    )
    return unit.add(made)


def _by_subject(session: Session, issuer: str, subject: str) -> User | None:
    return session.scalars(select(User).where(User.issuer == issuer, User.subject == subject)).first()


def _by_email(session: Session, email: str) -> User | None:
    return session.scalars(select(User).where(User.email == email.strip().casefold())).first()


def _membership(session: Session, user_id: str, program_id: str | None) -> Membership | None:
    here = Membership.program_id.is_(None) if program_id is None else Membership.program_id == program_id
    return session.scalars(select(Membership).where(Membership.user_id == user_id, here)).first()
