"""Who is signed in: by OpenID Connect when it is configured, else whoever sits at this machine."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from program.actions import members
from program.queries import members as membership
from program.values import Actor

KNOWN = "signing.known"


@cache
def settings() -> dict[str, Any] | None:
    """The [auth] section of the secrets; None without one. Read once a process: local mode cannot come back later."""
    if not secrets_singleton.load_if_toml_exists() or "auth" not in secrets_singleton:
        return None
    return dict(secrets_singleton["auth"])


def configured() -> bool:
    return settings() is not None


def principal() -> Actor | None:
    """The active user behind this run, looked up in the store each time; None when nobody may come in."""
    now = datetime.now(UTC)
    if not configured():
        return members.local_owner(now)
    if not st.user.is_logged_in:
        return None
    identity = issuer_and_subject()
    known: tuple[tuple[str, str], str, str] | None = st.session_state.get(KNOWN)
    if known is None or known[0] != identity:
        return _recognize(identity, now)
    return Actor(user_id=known[1], name=known[2], now=now) if membership.is_active(known[1]) else None


def _recognize(identity: tuple[str, str], now: datetime) -> Actor | None:
    actor = members.sign_in(
        issuer=identity[0],
        subject=identity[1],
        email=email(),
        email_verified=st.user.get("email_verified") is True,
        name=name(),
        now=now,
    )
    if actor is not None:
        st.session_state[KNOWN] = (identity, actor.user_id, actor.name)
    return actor


def issuer_and_subject() -> tuple[str, str]:
    """What the provider says this person is called for ever; an email may change hands, this does not."""
    return str(st.user.get("iss") or ""), str(st.user.get("sub") or "")


def email() -> str:
    return str(st.user.get("email") or "")


def name() -> str:
    return str(st.user.get("name") or email())
