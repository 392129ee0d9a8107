"""Who leads Social CRM, today and in 12 months: where people differ about facts, and where about aims."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.perspective_check import View
from assessments.perspective_groups import Shares, shares, split
from assessments.perspective_model import DONT_KNOW, STAGES, load


@dataclass(frozen=True)
class Dispute:
    """Whether people name different stages; None, with the reason in the sentence, where that cannot be said."""

    disputed: bool | None
    sentence: str


@dataclass(frozen=True)
class Ownership:
    """
    The ownership stage as people see it today and want it in 12 months: how many chose each of STAGES or DONT_KNOW.

    fact_dispute: about today. goal_dispute: about the future. names: who leads today, most named first.
    """

    current: Shares
    future: Shares
    fact_dispute: Dispute
    goal_dispute: Dispute
    names: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Authority:
    """
    Whether a coordinator is said to lead although the program has no budget line; None where that is not known.

    claimed: how many say that a coordinator leads today.
    """

    flag: bool | None
    claimed: int | None
    sentence: str


def ownership(views: Sequence[View], *, minimum: int | None = None) -> Ownership:
    """Return what people say about ownership. minimum: as in perspective_groups.split."""
    options = (*STAGES, DONT_KNOW)
    current = shares(views, "OWN", "current", options, minimum=minimum)
    future = shares(views, "OWN", "future", options, minimum=minimum)
    people = split(views, "OWN", minimum=minimum).everyone or ()
    return Ownership(
        current,
        future,
        _dispute(current, "People differ about who leads today", "Look it up: who holds a dated mandate?"),
        _dispute(future, "People differ about who should lead in 12 months", "Discuss the aim; no fact settles it."),
        _names(people),
    )


def responsibility_without_authority(found: Ownership, *, has_budget_line: bool | None) -> Authority:
    """
    Return whether responsibility is claimed without the authority that goes with it.

    has_budget_line: whether the program has a budget line; None where nobody looked.
    """
    if found.current.everyone is None:
        return Authority(None, None, found.current.reason)
    claimed = found.current.everyone["coordinator"]
    if not claimed:
        return Authority(False, 0, "Nobody says that a coordinator leads today.")
    says = f"{_people(claimed)} that a coordinator leads today"
    if has_budget_line is None:
        return Authority(None, claimed, f"{says}; it is not known whether the program has a budget line.")
    if has_budget_line:
        return Authority(False, claimed, f"{says}, and the program has a budget line.")
    return Authority(True, claimed, f"Responsibility without authority: {says}, but the program has no budget line.")


def _people(count: int) -> str:
    return "1 person says" if count == 1 else f"{count} people say"


def _dispute(found: Shares, differ: str, advice: str) -> Dispute:
    if found.everyone is None:
        return Dispute(None, found.reason)
    named = Counter({stage: found.everyone[stage] for stage in STAGES if found.everyone[stage]})
    unsure = found.everyone[DONT_KNOW]
    rest = f" {unsure} did not know." if unsure else ""
    if named.total() < 2:
        return Dispute(None, f"Fewer than two people named a form of leadership.{rest}")
    if len(named) == 1:
        return Dispute(False, f"All {named.total()} people who named a form chose {_form(next(iter(named)))}.{rest}")
    return Dispute(True, f"{differ}: {_counts(named)}.{rest} {advice}")


def _counts(named: Mapping[str, int]) -> str:
    ordered = sorted(named, key=lambda stage: (-named[stage], STAGES.index(stage)))
    return ", ".join(f"{named[stage]} for {_form(stage)}" for stage in ordered)


def _form(stage: str) -> str:
    return load().name(stage).lower()


def _names(views: Sequence[View]) -> tuple[tuple[str, int], ...]:
    spellings: dict[str, str] = {}
    for name in sorted(" ".join(view.value["name"].split()) for view in views):
        spellings.setdefault(name.casefold(), name)
    found = Counter(" ".join(view.value["name"].split()).casefold() for view in views if view.value["name"])
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple((spellings[name], count) for name, count in ordered)
