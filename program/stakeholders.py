"""Stakeholders: how much say they have, how much it concerns them, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from program.policy import Policy, load

STANCES = ("unaware", "resistant", "neutral", "supportive", "leading")

QUADRANTS = {
    "manage_closely": "Manage closely",
    "keep_satisfied": "Keep satisfied",
    "keep_informed": "Keep informed",
    "monitor": "Monitor",
}


@dataclass(frozen=True)
class Stakeholder:
    """
    A person or a group on the map.

    power, interest, legitimacy, urgency: 0 to 10; the last two None while unknown. function: one of the assessments'
    functions, or None when not known. wanted_power, wanted_interest: None where they may stay as they are.
    sees: what they see in Social CRM. gain_customers, gain_team, gain_own: what is in it for their customers, for their
    team, for them, asked in this order. next_step: what the open engagement step that is due first says.
    """

    id: str
    version: int
    name: str
    power: Decimal
    interest: Decimal
    is_group: bool = False
    function: str | None = None
    title: str | None = None
    contact: str | None = None
    stance: str = "unaware"
    wanted_stance: str = "supportive"
    wants: str | None = None
    next_step: str | None = None
    legitimacy: Decimal | None = None
    urgency: Decimal | None = None
    wanted_power: Decimal | None = None
    wanted_interest: Decimal | None = None
    sees: str | None = None
    gain_customers: str | None = None
    gain_team: str | None = None
    gain_own: str | None = None


@dataclass(frozen=True)
class State:
    """Where a stakeholder stood from a moment on. by: the name of the user who said so; "" where nobody is known."""

    stakeholder_id: str
    at: datetime
    by: str
    power: Decimal
    interest: Decimal
    legitimacy: Decimal | None
    urgency: Decimal | None
    stance: str
    wanted_stance: str


@dataclass(frozen=True)
class Step:
    """Something to do with a stakeholder. owner_id: the stakeholder who does it. done_at: None while it is open."""

    id: str
    version: int
    stakeholder_id: str
    what: str
    owner_id: str | None = None
    due_on: date | None = None
    done_at: datetime | None = None


class Move(Protocol):
    """Where somebody should stand, and the version of the stakeholder that was seen."""

    @property
    def stakeholder_id(self) -> str: ...
    @property
    def power(self) -> Decimal: ...
    @property
    def interest(self) -> Decimal: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True)
class Placing:
    """A move as a value."""

    stakeholder_id: str
    power: Decimal
    interest: Decimal
    version: int


def quadrant(stakeholder: Stakeholder, policy: Policy | None = None) -> str:
    """Return the id of the quadrant of the power-interest grid (QUADRANTS)."""
    high = (policy or load()).high_from
    if stakeholder.power >= high:
        return "manage_closely" if stakeholder.interest >= high else "keep_satisfied"
    return "keep_informed" if stakeholder.interest >= high else "monitor"


def steps(stakeholder: Stakeholder) -> int:
    """Return how many steps of STANCES the stakeholder is short of the wanted one; 0 when there or beyond."""
    return max(STANCES.index(stakeholder.wanted_stance) - STANCES.index(stakeholder.stance), 0)


def gap(stakeholder: Stakeholder) -> Decimal:
    """Return the steps short of the wanted stance, weighted by power."""
    return steps(stakeholder) * stakeholder.power


def largest_gaps(stakeholders: Sequence[Stakeholder]) -> list[Stakeholder]:
    """Return those with a gap, the largest first, equal ones by name."""
    return sorted((s for s in stakeholders if gap(s) > 0), key=lambda s: (-gap(s), s.name, s.id))


def headline(stakeholders: Sequence[Stakeholder], policy: Policy | None = None) -> str:
    """Return the one sentence that the register answers with."""
    if not stakeholders:
        return "Nobody is on the map yet."
    high = (policy or load()).high_from
    powerful = [s for s in stakeholders if s.power >= high]
    short = [s for s in powerful if steps(s) > 0]
    if short:
        first = largest_gaps(short)[0]
        if len(short) > 1:
            who = f"{len(short)} of {len(powerful)} powerful stakeholders"
            return f"{who} are not where you need them, most of all {first.name}."
        who = "The one powerful stakeholder" if len(powerful) == 1 else f"1 of {len(powerful)} powerful stakeholders"
        return f"{who} is not where you need them: {first.name}, {first.stance} now."
    gaps = largest_gaps(stakeholders)
    if gaps and not powerful:
        return f"Nobody on the map has much power yet. The largest gap is {gaps[0].name}, {gaps[0].stance} now."
    if gaps:
        return f"The powerful are where you need them. The largest gap left is {gaps[0].name}, {gaps[0].stance} now."
    if len(stakeholders) == 1:
        return "The one stakeholder on the map stands where you need them."
    return f"All {len(stakeholders)} on the map stand where you need them."
