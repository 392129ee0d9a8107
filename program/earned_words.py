"""Earned value in words: whether it is too early to tell where the cost ends, and how old its inputs are."""

from datetime import date
from fractions import Fraction

from program.earned import Age, Earned
from program.earned_pieces import part
from program.phasing import month_of, months_between
from program.policy import Policy

PAST_IS_ESTIMATED = (
    "How far the work was on an earlier day was not recorded. It is read from when activities started and ended, and "
    "taken to have gone on evenly in between."
)


def too_early(found: Earned, policy: Policy) -> str:
    """Return why nobody can tell yet where the cost ends, as a sentence; empty when the rate so far says something."""
    now = found.known or found.whole
    if not now.bac or now.ev is None:
        return ""
    months = [each.month for each in found.months if each.pv]
    if months:
        first, last = months[0], next(each.month for each in found.months if each.pv == found.months[-1].pv)
        length, passed = months_between(first, last) + 1, months_between(first, month_of(found.today))
        if passed < 0:
            return f"The plan begins in {first:%B %Y}."
        gone = passed + part(found.today)
        if gone < length * Fraction(policy.early_months):
            return f"{float(gone):.1f} of the plan's {length} months have passed."
    share = now.ev / now.bac
    if share < policy.early_share:
        return f"{share:.1%} of the plan is earned; a rate is told from {policy.early_share:.0%} on."
    return ""


def age(what: str, on: date | None, *, today: date, most: int | None, since: str, none: str) -> Age:
    """
    Return how old an input is.

    most: the days from which on it is too old, None for never; what is not there is too old too. since, none: the
    sentences with and without one; {ago} in the first says how long ago it was.
    """
    if on is None:
        return Age(what, None, None, most is not None, none)
    days = max((today - on).days, 0)
    old = most is not None and days > most
    ago = ("today", "1 day ago")[days] if days < 2 else f"{days} days ago"
    return Age(what, on, days, old, since.format(ago=ago) + (f" The policy allows {most} days." if old else ""))
