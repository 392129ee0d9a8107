"""What the tests of the program make: people of any role, components and lines."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from program.actions.components import add_component
from program.actions.members import invite_member
from program.queries.members import members
from program.values import Actor


def person(owner: Actor, program_id: str, role: str, *, name: str = "Bo Ek") -> Actor:
    """Somebody with one membership in one program."""
    email = f"{name.split()[0].lower()}.{role}@example.com"
    invite_member(owner, program_id=program_id, email=email, name=name, role=role)
    (user_id,) = (member.user_id for member in members(program_id) if member.email == email)
    return Actor(user_id=user_id, name=name, now=owner.now)


def later(actor: Actor, **delta: float) -> Actor:
    moment: datetime = actor.now + timedelta(**delta)
    return replace(actor, now=moment)


def component(actor: Actor, program_id: str, name: str = "Listening", **more: Any) -> str:
    return add_component(actor, program_id=program_id, name=name, **more)
