"""Earned value in words: the sentence it answers with, how each figure is made, and how old its inputs are."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from program.earned import Age, Earned, Standing
from program.earned_pieces import NO_BASELINE, NO_PLAN, part
from program.phasing import month_of, months_between
from program.policy import Policy

PAST_IS_ESTIMATED = (
    "How far the work was on an earlier day was not recorded. It is read from when activities started and ended, and "
    "taken to have gone on evenly in between."
)
FORMULAS = {
    "sv": "earned value - planned value = {ev} - {pv}",
    "cv": "earned value - actual cost = {ev} - {ac}",
    "spi": "earned value / planned value = {ev} / {pv}",
    "cpi": "earned value / actual cost = {ev} / {ac}",
    "eac_cpi": "budget / CPI = {bac} / ({ev} / {ac})",
    "eac_budget": "actual cost + budget - earned value = {ac} + {bac} - {ev}",
    "eac_cpi_spi": "actual cost + (budget - earned value) / (CPI x SPI) = {ac} + ({bac} - {ev}) / (CPI x SPI)",
    "etc": "estimate at completion by CPI - actual cost",
    "vac": "budget - estimate at completion by CPI",
    "tcpi_bac": "(budget - earned value) / (budget - actual cost) = ({bac} - {ev}) / ({bac} - {ac})",
    "earned_schedule": "the month by which the baseline wanted what is earned",
    "sv_t": "earned schedule - months passed",
    "spi_t": "earned schedule / months passed",
    "ieac_t": "months of the baseline / SPI(t)",
}


def formula(name: str, standing: Standing) -> str:
    """Return how a figure is made, with its numbers; n/a stands for what is unknown."""
    numbers = {each: _number(getattr(standing, each)) for each in ("pv", "ev", "ac", "bac")}
    return FORMULAS[name].format(**numbers)


def headline(found: Earned) -> str:
    """Return the one sentence that earned value answers with: time first, then cost."""
    whole = found.whole
    if whole.bac is None or whole.ev is None:
        return _unknown(found)
    parts = [part for part in (_time(whole), _cost(whole)) if part]
    if not parts:
        return (
            f"What is done is worth part of the budget, and no more is known. {whole.reasons.get('spi_t', '')}".strip()
        )
    sentence = ", and ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." + ("" if found.baseline else f" {NO_BASELINE}")


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


def _unknown(found: Earned) -> str:
    missing = [row for row in found.components if not row.standing.known and row.standing.reasons.get("bac") != NO_PLAN]
    if not missing:
        return "Nothing is planned in money yet, so nothing can be earned."
    first = missing[0]
    reasons = first.standing.reasons
    why = next((reasons[name] for name in ("bac", "ev", "ac") if name in reasons), "")
    if len(missing) == 1:
        return f"How much is earned is unknown because of “{first.name}”: {why[:1].lower()}{why[1:]}"
    return f"How much is earned is unknown for {len(missing)} components, the first of them “{first.name}”: {why}"


def _time(standing: Standing) -> str:
    if standing.sv_t is None:
        return ""
    by = f"{abs(standing.sv_t):.1f}"
    if by == "0.0":
        return "the program is on time"
    noun = "month" if by == "1.0" else "months"
    return f"the program is {by} {noun} {'behind' if standing.sv_t < 0 else 'ahead of'} its baseline"


def _cost(standing: Standing) -> str:
    if standing.cv is None or not standing.ev or not standing.ac:  # nothing booked is not known to have cost nothing
        return ""
    share = abs(standing.cv) / standing.ev
    if round(share, 2) == 0:
        return "what is done cost what was planned"
    return f"what is done cost {share:.0%} {'more' if standing.cv < 0 else 'less'} than planned"


def _number(value: Decimal | None) -> str:
    return "n/a" if value is None else f"{value:,.2f}"
