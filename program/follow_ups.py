"""Follow-ups: who does what by when, from decisions, risks, gates and findings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from program.policy import Policy, load

ORIGINS = {
    "decision": "Decision",
    "risk": "Risk",
    "gate": "Gate",
    "finding": "Finding",
    "workshop": "Workshop",
}
STATES = {"overdue": "Overdue", "soon": "Due soon", "later": "Later", "undated": "No date", "done": "Done"}


@dataclass(frozen=True)
class FollowUp:
    """
    Who does what by when. origin: of ORIGINS; origin_id: of which row, if any; from_what: what that row says.

    done_at: None while it is open.
    """

    id: str
    version: int
    title: str
    origin: str
    origin_id: str | None = None
    owner_id: str | None = None
    due_on: date | None = None
    done_at: datetime | None = None
    from_what: str | None = None


def state(follow_up: FollowUp, today: date, policy: Policy | None = None) -> str:
    """Return where a follow-up stands, of STATES. What is due today is due soon, not overdue."""
    if follow_up.done_at is not None:
        return "done"
    if follow_up.due_on is None:
        return "undated"
    if follow_up.due_on < today:
        return "overdue"
    soon = timedelta(days=(policy or load()).due_soon_days)
    return "soon" if follow_up.due_on <= today + soon else "later"


def ranked(follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    """Return the follow-ups: open ones by their day, those without one after them, then done ones, the newest first."""

    def place(each: FollowUp) -> tuple[bool, float, str, str]:
        on = -each.done_at.timestamp() if each.done_at else (each.due_on or date.max).toordinal()
        return each.done_at is not None, on, each.title, each.id

    return sorted(follow_ups, key=place)


def overdue(follow_ups: Iterable[FollowUp], today: date) -> list[FollowUp]:
    """Return those that are open past their day, the longest first."""
    return [each for each in ranked(follow_ups) if state(each, today) == "overdue"]


def headline(follow_ups: Sequence[FollowUp], today: date) -> str:
    """Return the one sentence that the follow-ups answer with."""
    if not follow_ups:
        return "Nothing has been agreed to follow up yet."
    still = [each for each in follow_ups if each.done_at is None]
    late = overdue(still, today)
    if late:
        days = (today - (late[0].due_on or today)).days
        first = f"“{late[0].title}” is {days} day{'' if days == 1 else 's'} overdue"
        return f"{first}, and {len(late) - 1} more." if len(late) > 1 else f"{first}."
    if not still:
        return "Everything that was agreed is done."
    nobody = sum(each.owner_id is None for each in still)
    open_ones = "One follow-up is open" if len(still) == 1 else f"{len(still)} follow-ups are open"
    without = f" {nobody} {'has' if nobody == 1 else 'have'} no owner." if nobody else ""
    return f"{open_ones}, none overdue.{without}"
