"""Who may be shown with whom: the answers to a perspective question, for everybody and by role."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.disclosure import OTHERS, groups
from assessments.functions import FUNCTIONS
from assessments.perspective_check import View


@dataclass(frozen=True)
class Split:
    """
    Answers of people who count. everyone: None where withheld. roles: in the order of FUNCTIONS, OTHERS last.

    reason: a sentence for what is missing, "" where nothing is.
    """

    everyone: tuple[View, ...] | None
    roles: dict[str, tuple[View, ...]]
    reason: str


@dataclass(frozen=True)
class Shares:
    """How many chose what. everyone: None where withheld or nobody answered, with a reason. roles: as in Split."""

    everyone: dict[str, int] | None
    roles: dict[str, dict[str, int]]
    reason: str


def split(views: Sequence[View], question: str, *, minimum: int | None, about: str = "") -> Split:
    """
    Return the counted answers to a question.

    minimum: of people in any group shown, for an anonymous run; None for a named one, where nothing is withheld.
    """
    asked = [view for view in views if view.counted and view.question == question and view.about == about]
    return split_counted(asked, minimum=minimum)


def split_counted(views: Sequence[View], *, minimum: int | None) -> Split:
    """Return answers of people who count, one each, by who may be shown with whom."""
    if not views:
        return Split(None, {}, "Nobody has answered this question.")
    roles = {name: tuple(view for view in views if view.function == name) for name in FUNCTIONS}
    roles = {name: group for name, group in roles.items() if group}
    if minimum is None:
        return Split(tuple(views), roles, "")
    found = groups({name: len(group) for name, group in roles.items()}, minimum=minimum)
    shown = {name: group for name, group in roles.items() if name in found.shown}
    pooled = tuple(view for view in views if view.function in found.others)
    if pooled:
        shown[OTHERS] = pooled
    hidden = OTHERS in shown or sum(map(len, shown.values())) < len(views)
    reason = f"In an anonymous run no group of fewer than {minimum} people is shown." if hidden else ""
    return Split(tuple(views) if found.total else None, shown, reason)


def shares(
    views: Sequence[View], question: str, field: str, options: Sequence[str], *, minimum: int | None = None
) -> Shares:
    """Return how many chose each option in a field of a question; every option is there, also with 0."""
    parts = split(views, question, minimum=minimum)

    def count(group: Sequence[View]) -> dict[str, int]:
        found = Counter(_chosen(view.value, field) for view in group)
        return {option: found[option] for option in options}

    everyone = None if parts.everyone is None else count(parts.everyone)
    return Shares(everyone, {role: count(group) for role, group in parts.roles.items()}, parts.reason)


def _chosen(value: Mapping[str, Any], field: str) -> str | None:
    choice: str | None = value.get(field)
    return choice
