"""Members: who may open this program, and what each may do."""

import streamlit as st

from pages.ui import members, shell, signing, tables
from program.queries import members as queries

visit = shell.open_page("Members", needs="members.manage")
found = queries.members(visit.program_id)

shell.answer(members.headline(found))
shell.lead(
    "Somebody invited comes in by signing in with the same, verified email address."
    if signing.configured()
    else "Sign-in is not configured, so only you at this machine come in. Invitations count as soon as it is."
)
tables.show(members.register(found), key="member.register", download=False)
view = st.segmented_control(
    "View",
    ["Invite", "Change", "What roles may do"],
    default="Invite",
    required=True,
    key="member.view",
    label_visibility="collapsed",
)
if view == "Invite":
    members.invite(visit)
elif view == "Change":
    members.manage(visit, found)
else:
    tables.show(members.roles(), key="member.roles")
