"""Who may do what in a program, and whether somebody owns the installation."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from program.access import ROLES
from program.store.engine import reading
from program.store.tables import Membership, User

LOCAL = "local"  # the issuer of the one user of an installation without sign-in


@dataclass(frozen=True)
class Member:
    """A membership: `id` and `version` are its own; `everywhere` when it holds in all programs."""

    id: str
    user_id: str
    email: str
    name: str
    role: str
    active: bool
    everywhere: bool
    version: int
    signed_in: bool
    user_version: int


def members(program_id: str | None) -> list[Member]:
    """The people of a program, or without one of the installation: one row each, the membership that decides."""
    here = or_(Membership.program_id.is_(None), Membership.program_id == program_id)
    wanted = select(Membership, User).join(User, User.id == Membership.user_id).where(here)
    with reading() as session:
        rows = [_member(membership, user) for membership, user in session.execute(wanted)]
    deciding: dict[str, Member] = {}
    for row in sorted(rows, key=lambda each: (ROLES.index(each.role), each.everywhere)):
        deciding[row.user_id] = row
    return sorted(deciding.values(), key=lambda each: (each.name.casefold(), each.email))


def has_owner() -> bool:
    """Whether an active person who can sign in owns the installation; the local user cannot sign in."""
    with reading() as session:
        return owned_by_somebody(session)


def owned_by_somebody(session: Session) -> bool:
    owners = (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.program_id.is_(None), Membership.role == "owner", User.active)
        .where(or_(User.issuer.is_(None), User.issuer != LOCAL))
    )
    return session.scalars(owners.limit(1)).first() is not None


def is_active(user_id: str) -> bool:
    """Whether the user may still come in; asked at every rerun, because a sign-in cookie cannot be taken back."""
    with reading() as session:
        user = session.get(User, user_id)
        return user is not None and user.active


def _member(membership: Membership, user: User) -> Member:
    return Member(
        id=membership.id,
        user_id=user.id,
        email=user.email,
        name=user.name,
        role=membership.role,
        active=user.active,
        everywhere=membership.program_id is None,
        version=membership.version,
        signed_in=user.issuer is not None,
        user_version=user.version,
    )
