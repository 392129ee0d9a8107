"""How much of a component is done, by a rule that is stated for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from program.placing import PlannedActivity

RULES = {
    "activities": "Days of its activities that are done",
    "fifty_fifty": "Half when an activity starts, all when it ends",
    "zero_hundred": "Nothing until an activity ends",
    "milestones": "Share of its milestones that are reached",
    "spending": "Share of its plan that is spent",
}
DECIMALS = 4  # of durations and percentages
PERCENT = 100 * 10**DECIMALS
NONE, ALL = Fraction(0), Fraction(1)

Share = tuple[int, int]  # a numerator over a denominator: many are added up, and whole numbers are fast
NOTHING, HALF, EVERYTHING = (0, 1), (1, 2), (1, 1)


@dataclass(frozen=True)
class Progress:
    """
    How much is done, 0 to 1; None is unknown, and the reason says why.

    estimated: it rests on work that is taken to have gone on evenly, because nobody recorded how it did.
    """

    share: Fraction | None
    reason: str = ""
    estimated: bool = False

    @property
    def percent(self) -> float | None:
        return None if self.share is None else float(self.share * 100)


def progress(rule: str, activities: Sequence[PlannedActivity], *, today: date, on: date | None = None) -> Progress:
    """
    Return how much of a component's activities was done at the end of a day, today without one.

    Of days before today only what the activities' dates tell is known: a rule that counts starts, ends or milestones is
    exact by them; of one that counts days, an activity under way is taken to have gone on evenly from its start to its
    end, or to what is done of it today, and the progress is marked as estimated.
    """
    counted = [each for each in activities if each.milestone == (rule == "milestones")]
    if not counted:
        return Progress(None, "It has no milestone." if rule == "milestones" else "It has no activity that takes days.")
    parts: dict[int, int] = {}
    whole, estimated = 0, False
    for each in counted:
        share, guessed = _past(rule, each, on, today) if on is not None and on < today else (_now(rule, each), False)
        if share is None:
            return Progress(None, f"When “{each.name}” started or ended was not recorded.")
        weight = 1 if each.milestone else int(each.duration.scaleb(DECIMALS))
        above, below = share
        parts[below] = parts.get(below, 0) + weight * above
        whole, estimated = whole + weight, estimated or guessed
    return Progress(sum((Fraction(above, below) for below, above in parts.items()), NONE) / whole, estimated=estimated)


def by_spending(spent: Decimal, planned: Decimal | None) -> Progress:
    """Return how much of a plan is spent, at most all of it."""
    if not planned:
        return Progress(None, "Nothing is planned for it.")
    return Progress(min(max(Fraction(spent) / Fraction(planned), NONE), ALL))


def last_finish(activities: Sequence[PlannedActivity]) -> date | None:
    """Return the day on which the last of some activities ended; None unless all have, each on a known day."""
    days = [each.finished_on for each in activities]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _now(rule: str, activity: PlannedActivity) -> Share:
    if activity.done:
        return EVERYTHING
    if rule == "activities":
        return int(activity.percent.scaleb(DECIMALS)), PERCENT
    return HALF if rule == "fifty_fifty" and activity.started else NOTHING


def _past(rule: str, activity: PlannedActivity, on: date, today: date) -> tuple[Share | None, bool]:
    """The share that was done on an earlier day, and whether it is an estimate; None when no date tells."""
    began, ended = activity.started_on, activity.finished_on
    if not activity.started or (began is not None and began > on):
        return NOTHING, False
    if ended is not None and ended <= on:
        return EVERYTHING, False
    if activity.done and ended is None:
        return None, False
    if rule in ("zero_hundred", "milestones"):
        return NOTHING, False
    if began is None:
        return None, False
    return (HALF, False) if rule == "fifty_fifty" else (_evenly(activity, began, on, today), True)


def _evenly(activity: PlannedActivity, began: date, on: date, today: date) -> Share:
    above, below = _now("activities", activity)
    end = activity.finished_on or today
    return above * ((on - began).days + 1), below * ((end - began).days + 1)
