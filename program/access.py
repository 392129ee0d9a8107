"""Who may do what: the grants of each membership role. What is not listed is refused."""

ROLES = ("viewer", "contributor", "editor", "facilitator", "owner")

_EVERYONE = frozenset(ROLES)
_ANSWERING = frozenset(ROLES[1:])
_EDITING = frozenset(ROLES[2:])
_LEADING = frozenset(ROLES[3:])
_OWNING = frozenset(ROLES[4:])

GRANTS: dict[str, frozenset[str]] = {
    "program.read": _EVERYONE,
    "program.create": _OWNING,
    "program.manage": _OWNING,
    "members.manage": _OWNING,
    "assess.read": _EVERYONE,
    "assess.answer": _ANSWERING,
    "assess.manage": _LEADING,
    "people.read": _EVERYONE,
    "people.edit": _EDITING,
    "influence.read": _LEADING,  # ties are about named employees
    "influence.edit": _LEADING,
    "plan.read": _EVERYONE,
    "plan.edit": _EDITING,
    "money.edit": _EDITING,
    "measure.read": _EVERYONE,
    "measure.import": _EDITING,
    "measure.rows": _LEADING,
}


class Refused(PermissionError):
    """The user's membership does not include the grant. Says what was asked for, never what exists."""

    def __init__(self, grant: str) -> None:
        super().__init__(f"Your membership does not allow this ({grant}).")
        self.grant = grant


def may(role: str | None, grant: str) -> bool:
    """Whether a role holds a grant; no role holds none, and an unknown grant is held by nobody."""
    return role in GRANTS.get(grant, frozenset())


def highest(roles: list[str]) -> str | None:
    """The role that may do the most among a user's memberships; None without any."""
    return max(roles, key=ROLES.index, default=None)
