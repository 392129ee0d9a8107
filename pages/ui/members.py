"""What the members page asks and shows: who is in, as what, and what each role may do."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui import forms, tables, text
from pages.ui.fields import Choice, Text
from pages.ui.shell import Visit
from program.access import GRANTS, ROLES
from program.actions import members as actions
from program.queries.members import Member

ROLE_WORDS = {
    "viewer": "Viewer: reads everything",
    "contributor": "Contributor: also answers assessments",
    "editor": "Editor: also edits people, plan, money and data",
    "facilitator": "Facilitator: also runs assessments and opens customer records",
    "owner": "Owner: also manages the program and its members",
}
FIELDS = (
    Text("email", "Email", required=True, most=320, hint="mara@example.com"),
    Text("name", "Name", required=True),
    Choice("role", "Role", ROLE_WORDS),
)


def headline(members: Sequence[Member]) -> str:
    """Return who is in, in a sentence."""
    if len(members) == 1:
        return "Nobody else is a member yet."
    waiting = sum(not member.signed_in for member in members)
    owners = text.plural(sum(member.role == "owner" for member in members), "owner", "owners")
    came = f" {waiting} of them {'has' if waiting == 1 else 'have'} not signed in yet." if waiting else ""
    return f"{len(members)} members, {owners}.{came}"


def register(members: Sequence[Member]) -> tables.Table:
    """Return one row per member."""
    columns = tuple(tables.Column(head) for head in ("Name", "Email", "Role", "Where", "State"))
    rows = tuple(
        (
            tables.Cell(member.name, "strong"),
            member.email,
            member.role,
            "all programs" if member.everywhere else "this program",
            _state(member),
        )
        for member in members
    )
    return tables.Table(columns, rows, name="members")


def roles() -> tables.Table:
    """Return what each role may do: one row per grant."""
    columns = (tables.Column("Grant"), *(tables.Column(role.capitalize()) for role in ROLES))
    rows = tuple((grant, *("✓" if role in holders else "" for role in ROLES)) for grant, holders in GRANTS.items())
    return tables.Table(columns, rows, name="roles")


def invite(visit: Visit) -> None:
    """Ask whom to invite, and as what."""
    if sent := forms.ask("member.new", FIELDS, begin={"role": "viewer"}, submit="Invite", columns=3):
        forms.add(sent, actions.invite_member, visit.actor, program_id=visit.program_id)


def manage(visit: Visit, members: Sequence[Member]) -> None:
    """Draw what can be done with a membership of this program: another role, switching off, removing."""
    by_id = {member.id: member for member in members}
    chosen = st.selectbox("Member", list(by_id), format_func=lambda each: by_id[each].name, key="member.chosen")
    member = by_id[chosen]
    place = None if member.everywhere else visit.program_id
    given: dict[str, Any] = {"program_id": place, "membership_id": member.id, "version": member.version}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        role = st.selectbox(
            "Role",
            ROLES,
            index=ROLES.index(member.role),
            format_func=ROLE_WORDS.__getitem__,
            key=f"member.role.{member.id}.{member.version}",
        )
        if st.button("Save the role", key="member.save", disabled=role == member.role):
            forms.attempt(actions.change_role, visit.actor, **given, role=role)
        _switch(visit, member)
        with st.popover("Remove"):
            st.caption("What they answered and own stays.")
            if st.button("Remove", key="member.remove"):
                forms.attempt(actions.remove_member, visit.actor, **given)


def _switch(visit: Visit, member: Member) -> None:
    given: dict[str, Any] = {"program_id": visit.program_id, "user_id": member.user_id, "version": member.user_version}
    words = "Switch off" if member.active else "Switch on"
    if st.button(words, key="member.active", help="In all programs, at their next click"):
        forms.attempt(actions.set_active, visit.actor, **given, active=not member.active)


def _state(member: Member) -> object:
    if not member.active:
        return tables.Cell("■ switched off", "act")
    return "signed in" if member.signed_in else tables.Cell("○ invited", "watch")
