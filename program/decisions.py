"""Decisions with their options and dissent, and the assumptions that they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

STATES = {"open": "Not checked", "holds": "Holds", "broken": "Does not hold"}
OPTION_LENGTH = 200
MOST_OPTIONS = 20


@dataclass(frozen=True)
class Option:
    """One way to go. name: what is chosen by; note: what speaks for or against it."""

    name: str
    note: str | None = None


@dataclass(frozen=True)
class Decision:
    """
    A question, its options, and what was decided by whom.

    review_on: the day to come back to it: to decide it while it is open, to look at it again once it is decided.
    rests_on: what was taken as known; assumptions with its id are what was taken for true.
    """

    id: str
    version: int
    question: str
    options: tuple[Option, ...] = ()
    component_id: str | None = None
    chosen: str | None = None
    decider_id: str | None = None
    decided_on: date | None = None
    dissent: str | None = None
    rests_on: str | None = None
    review_on: date | None = None

    @property
    def open(self) -> bool:
        return self.decided_on is None


@dataclass(frozen=True)
class Assumption:
    """Something taken for true until a day. state: of STATES, as of the last check."""

    id: str
    version: int
    text: str
    component_id: str | None = None
    decision_id: str | None = None
    owner_id: str | None = None
    expires_on: date | None = None
    state: str = "open"
    checked_on: date | None = None


def problem(row: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the options of a decision's row as it comes in from a file; None when nothing is."""
    options = row["options"]
    if not isinstance(options, list) or not all(isinstance(each, dict) and _named(each) for each in options):
        return "Its options are no list of names with notes."
    names = [each["name"] for each in options]
    if len(set(names)) < len(names) or len(names) > MOST_OPTIONS:
        return f"Its options are not {MOST_OPTIONS} or fewer different names."
    if row["chosen"] is not None and (row["chosen"] not in names or row["decided_on"] is None):
        return f"It chose {row['chosen']!r}, which is no option, or on no day."
    return None


def _named(option: Mapping[str, Any]) -> bool:
    return (
        set(option) <= {"name", "note"}
        and isinstance(option.get("name"), str)
        and bool(option["name"].strip())
        and isinstance(option.get("note"), str | None)
    )


def past(decision: Decision, today: date) -> bool:
    """Whether the day to come back to a decision has passed."""
    return decision.review_on is not None and decision.review_on < today


def expired(assumption: Assumption, today: date) -> bool:
    """Whether an assumption that is not known to be broken has outlived its day."""
    return assumption.state != "broken" and assumption.expires_on is not None and assumption.expires_on < today


def ranked(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions: open ones first, by the day to come back to them, then the others, the newest first."""

    def place(decision: Decision) -> tuple[bool, int, str, str]:
        on = (decision.review_on or date.max).toordinal() if decision.open else 0
        newest = -decision.decided_on.toordinal() if decision.decided_on else on
        return not decision.open, newest, decision.question, decision.id

    return sorted(decisions, key=place)


def by_urgency(assumptions: Iterable[Assumption], today: date) -> list[Assumption]:
    """Return the assumptions: broken ones first, then those that outlived their day, then by that day."""

    def place(each: Assumption) -> tuple[int, date, str, str]:
        first = 0 if each.state == "broken" else 1 if expired(each, today) else 2
        return first, each.expires_on or date.max, each.text, each.id

    return sorted(assumptions, key=place)


def shaken(decision: Decision, assumptions: Iterable[Assumption], today: date) -> list[Assumption]:
    """Return the assumptions of a decision that do not hold any more or have outlived their day."""
    mine = [each for each in assumptions if each.decision_id == decision.id]
    return [each for each in by_urgency(mine, today) if each.state == "broken" or expired(each, today)]


def headline(decisions: Sequence[Decision], assumptions: Sequence[Assumption], today: date) -> str:
    """Return the one sentence that the decisions answer with."""
    if not decisions:
        return "No decision has been written down yet."
    late = [each for each in ranked(decisions) if each.open and past(each, today)]
    if late:
        more = f" {len(late) - 1} more {'waits' if len(late) == 2 else 'wait'} too." if len(late) > 1 else ""
        return f"“{late[0].question}” should have been decided {_ago(late[0], today)}.{more}"
    made = [each for each in decisions if not each.open]
    unsure = [each for each in ranked(made) if shaken(each, assumptions, today)]
    waiting = len(decisions) - len(made)
    if unsure:
        rest = "rests on an assumption that is broken or was not checked in time."
        return f"“{unsure[0].question}” {rest}{_and_more(len(unsure) - 1)}"
    if waiting:
        so_far = f"{waiting} of {len(decisions)} decisions {'is' if waiting == 1 else 'are'} open"
        return f"{'The one decision is open' if len(decisions) == 1 else so_far}, and none is past its day."
    if len(made) == 1:
        return "The one decision is made."
    return f"All {len(made)} decisions are made; none needs another look."


def assumptions_headline(assumptions: Sequence[Assumption], today: date) -> str:
    """Return the one sentence that the assumptions answer with."""
    if not assumptions:
        return "No assumption has been written down yet."
    broken = sum(each.state == "broken" for each in assumptions)
    late = sum(expired(each, today) for each in assumptions)
    of = f"of {len(assumptions)} assumptions" if len(assumptions) > 1 else "assumption"
    parts = []
    if broken:
        parts.append(f"{broken} {of} {'does' if broken == 1 else 'do'} not hold")
    if late:
        parts.append(f"{late} {'' if parts else f'{of} '}{'was' if late == 1 else 'were'} not checked in time")
    if parts:
        return f"{' and '.join(parts)}."
    return f"{'The one assumption is' if len(assumptions) == 1 else f'All {len(assumptions)} assumptions are'} in date."


def _ago(decision: Decision, today: date) -> str:
    days = (today - (decision.review_on or today)).days
    return f"{days} day{'' if days == 1 else 's'} ago"


def _and_more(count: int) -> str:
    return f" {count} more {'does' if count == 1 else 'do'} too." if count else ""
