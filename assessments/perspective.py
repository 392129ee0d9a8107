"""What people see in Social CRM, what social means to them, and whether they know how others see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

import numpy as np

from assessments.agreement.overall import kendall_w
from assessments.disclosure import OTHERS
from assessments.functions import ASPECTS
from assessments.ownership_stage import Authority, Dispute, Ownership, ownership, responsibility_without_authority
from assessments.perspective_check import COUNTED, SUPPORT, BadView, Value, View, check
from assessments.perspective_groups import Shares, shares, split, split_counted
from assessments.perspective_model import CARDS, DONT_KNOW, STAGES, Choice, Perspective, Question, load
from assessments.perspective_said import OrderKept, Said, order_kept, said

__all__ = [
    "CARDS",
    "DONT_KNOW",
    "OTHERS",
    "STAGES",
    "SUPPORT",
    "Authority",
    "BadView",
    "Choice",
    "Dispute",
    "OrderKept",
    "Ownership",
    "Perspective",
    "PerspectiveError",
    "Position",
    "Positions",
    "Question",
    "Ranking",
    "RoleRanking",
    "Said",
    "Shares",
    "Value",
    "View",
    "aspects_named",
    "check",
    "load",
    "order_kept",
    "ownership",
    "p1_by_role",
    "perspective_errors",
    "ranking",
    "responsibility_without_authority",
    "said",
    "wanted_owner",
]


@dataclass(frozen=True)
class Position:
    """Where a role stands between the poles of P1. role: "" for everybody. positions: lowest first."""

    role: str
    n: int
    median: float
    positions: tuple[int, ...]


@dataclass(frozen=True)
class Positions:
    """P1 for everybody, None where withheld or unanswered, and by role. reason: a sentence for what is missing."""

    everyone: Position | None
    roles: tuple[Position, ...]
    reason: str

    @property
    def gap(self) -> float | None:
        """The highest less the lowest median of the roles shown; None for fewer than two."""
        medians = [role.median for role in self.roles]
        return max(medians) - min(medians) if len(medians) > 1 else None


@dataclass(frozen=True)
class RoleRanking:
    """P4 of a role, "" for everybody. kendall_w: None with a reason. median_rank: by card, 1 for the best fit."""

    role: str
    n: int
    kendall_w: float | None
    median_rank: dict[str, float]
    reason: str


@dataclass(frozen=True)
class Ranking:
    """P4 for everybody, None where withheld or unanswered, and by role. reason: a sentence for what is missing."""

    everyone: RoleRanking | None
    roles: tuple[RoleRanking, ...]
    reason: str


@dataclass(frozen=True)
class PerspectiveError:
    """
    How far a role's guesses lie from what another role answered, on average over those who guessed.

    p1_error: points of the scale of P1 from the other role's median. p4_error: places of a card from the other role's
    median rank, averaged over the cards. n, p4_n: who guessed. reasons: a sentence for each error that is None.
    """

    role: str
    about_role: str
    p1_error: float | None
    p4_error: float | None
    n: int
    p4_n: int
    reasons: dict[str, str] = field(default_factory=dict)


def p1_by_role(views: Sequence[View], *, minimum: int | None = None) -> Positions:
    """Return where people stand on P1. minimum: as in perspective_groups.split."""
    parts = split(views, "P1", minimum=minimum)
    return Positions(
        None if parts.everyone is None else _position("", parts.everyone),
        tuple(_position(role, group) for role, group in parts.roles.items()),
        parts.reason,
    )


def _position(role: str, group: Sequence[View]) -> Position:
    positions = sorted(view.value["position"] for view in group)
    return Position(role, len(group), float(median(positions)), tuple(positions))


def ranking(views: Sequence[View], *, minimum: int | None = None) -> Ranking:
    """Return what "social" means to people (P4), and whether they put the cards in the same order (Kendall's W)."""
    parts = split(views, "P4", minimum=minimum)
    return Ranking(
        None if parts.everyone is None else _ranking("", parts.everyone),
        tuple(_ranking(role, group) for role, group in parts.roles.items()),
        parts.reason,
    )


def _ranking(role: str, group: Sequence[View]) -> RoleRanking:
    ranks = np.array([_ranks(view.value["order"]) for view in group], dtype=np.int64)
    middle = dict(zip(CARDS, np.median(ranks, axis=0).tolist(), strict=True))
    if len(group) < 2:
        return RoleRanking(role, 1, None, middle, "One person put the cards in order; two are needed.")
    return RoleRanking(role, len(group), kendall_w(ranks)[0], middle, "")


def _ranks(order: Sequence[str]) -> list[int]:
    return [order.index(card) + 1 for card in CARDS]


def perspective_errors(views: Sequence[View], *, minimum: int | None = None) -> tuple[PerspectiveError, ...]:
    """
    Return the errors of each role about each other role (P5), in the order of FUNCTIONS.

    A guess about one's own role is left out. With a minimum there is no row about a role that is not shown itself: its
    people are missing among those who guess, so the sizes would tell how many they are.
    """
    positions = {position.role: position for position in p1_by_role(views, minimum=minimum).roles}
    rankings = {found.role: found for found in ranking(views, minimum=minimum).roles}
    rows: list[PerspectiveError] = []
    for about in COUNTED:
        if minimum is not None and about not in positions:
            continue
        guesses = [v for v in views if v.counted and (v.question, v.about) == ("P5", about) and v.function != about]
        ordered = [view for view in guesses if view.value["order"] is not None]
        by_role = split_counted(guesses, minimum=minimum).roles
        order_by_role = split_counted(ordered, minimum=minimum).roles
        for role, group in by_role.items():
            rows.append(
                _error(role, about, group, order_by_role.get(role, ()), positions.get(about), rankings.get(about))
            )
    return tuple(rows)


def _error(
    role: str,
    about: str,
    group: Sequence[View],
    ordered: Sequence[View],
    position: Position | None,
    ranks: RoleRanking | None,
) -> PerspectiveError:
    reasons: dict[str, str] = {}
    p1_error = p4_error = None
    if position:
        p1_error = fmean(abs(view.value["position"] - position.median) for view in group)
    else:
        reasons["p1_error"] = f"There is no answer of {about} to P1 that may be shown."
    if ranks and ordered:
        p4_error = fmean(_rank_error(view.value["order"], ranks.median_rank) for view in ordered)
    else:
        missing = f"answer of {about} to P4" if ordered else f"guess of {role} at the order of cards of {about}"
        reasons["p4_error"] = f"There is no {missing} that may be shown."
    return PerspectiveError(role, about, p1_error, p4_error, len(group), len(ordered), reasons)


def _rank_error(order: Sequence[str], actual: dict[str, float]) -> float:
    return fmean(abs(rank - actual[card]) for rank, card in enumerate(order, start=1))


def wanted_owner(views: Sequence[View], *, minimum: int | None = None) -> Shares:
    """Return how many want which function to own it in 12 months (P6); who named no function is in `said` only."""
    named = [view for view in views if view.question != "P6" or view.value["function"]]
    return shares(named, "P6", "function", COUNTED, minimum=minimum)


def aspects_named(views: Sequence[View], *, minimum: int | None = None) -> Shares:
    """Return how many thought that which aspect was just being discussed (P7)."""
    return shares(views, "P7", "aspect", ASPECTS, minimum=minimum)
