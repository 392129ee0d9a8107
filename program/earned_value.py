"""
Earned value: what was planned, done and paid by a day, and what that says about the end.

Source: the earned value method as in the PMI Practice Standard; earned schedule by Lipke 2003. Every figure that its
inputs leave undefined is None, with a sentence.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Performance:
    """
    Where work and money stand.

    sv, cv: schedule and cost variance, money. spi, cpi: the same as indices, 1 is as planned. eac_cpi, eac_budget,
    eac_cpi_spi: estimates of the whole cost if the rest costs as the work so far, as planned, or as both indices say.
    etc, vac: what is still to pay and what is left over by the first of them. tcpi_bac: the cost performance that the
    rest needs to end on budget. earned_schedule: the period by which the plan wanted what is done; sv_t, spi_t,
    ieac_t: variance, index and estimated duration by it, in periods. reasons: a sentence for each that is None, and
    for each that needs a caution.
    """

    pv: Decimal
    ev: Decimal
    ac: Decimal
    bac: Decimal
    sv: Decimal
    cv: Decimal
    spi: float | None
    cpi: float | None
    eac_cpi: float | None
    eac_budget: Decimal
    eac_cpi_spi: float | None
    etc: float | None
    vac: float | None
    tcpi_bac: float | None
    earned_schedule: float | None = None
    sv_t: float | None = None
    spi_t: float | None = None
    ieac_t: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Period:
    """The cumulative values at the end of a period, 1 first; None where nothing is known yet."""

    planned_value: Decimal
    earned_value: Decimal | None
    actual_cost: Decimal | None


class UnknownPeriod(ValueError):
    """The plan has no such period, or nothing is known of it yet."""


def performance(*, pv: Decimal, ev: Decimal, ac: Decimal, bac: Decimal) -> Performance:
    """Return the figures of planned value, earned value, actual cost and budget at completion, all in one currency."""
    reasons: dict[str, str] = {}
    planned, earned, paid, budget = (Fraction(each) for each in (pv, ev, ac, bac))
    spi = _ratio(earned, planned, "spi", "Nothing was planned by now.", reasons)
    cpi = _ratio(earned, paid, "cpi", "Nothing was paid by now.", reasons)
    eac_cpi = _over(budget, cpi, "eac_cpi", reasons)
    both = None if cpi is None or spi is None else cpi * spi
    rest = _over(budget - earned, both, "eac_cpi_spi", reasons)
    tcpi = _ratio(budget - earned, budget - paid, "tcpi_bac", "The whole budget is spent.", reasons)
    if paid > budget:
        reasons["tcpi_bac"] = "More than the budget is spent, so ending on budget is not achievable."
    for name in ("etc", "vac"):
        if eac_cpi is None:
            reasons[name] = reasons["eac_cpi"]
    reasons |= dict.fromkeys(("earned_schedule", "sv_t", "spi_t", "ieac_t"), "It needs the plan by period.")
    return Performance(
        pv=pv,
        ev=ev,
        ac=ac,
        bac=bac,
        sv=ev - pv,
        cv=ev - ac,
        spi=_float(spi),
        cpi=_float(cpi),
        eac_cpi=_float(eac_cpi),
        eac_budget=ac + bac - ev,
        eac_cpi_spi=None if rest is None else float(paid + rest),
        etc=None if eac_cpi is None else float(eac_cpi - paid),
        vac=None if eac_cpi is None else float(budget - eac_cpi),
        tcpi_bac=_float(tcpi),
        reasons=reasons,
    )


def at_period(periods: Sequence[Period], at: int) -> Performance:
    """
    Return the figures at the end of a period, with the earned schedule.

    The budget at completion is the last planned value. Raises UnknownPeriod.
    """
    if not 1 <= at <= len(periods):
        raise UnknownPeriod(f"There is no period {at}; there are 1 to {len(periods)}.")
    now = periods[at - 1]
    if now.earned_value is None or now.actual_cost is None:
        raise UnknownPeriod(f"Period {at} has no earned value or no actual cost yet.")
    figures = performance(pv=now.planned_value, ev=now.earned_value, ac=now.actual_cost, bac=periods[-1].planned_value)
    earned = earned_schedule([period.planned_value for period in periods], now.earned_value)
    reasons = {name: reason for name, reason in figures.reasons.items() if "period" not in reason}
    index = earned / at
    if index == 0:
        reasons["ieac_t"] = "Nothing is earned yet."
    return Performance(
        **{
            **asdict(figures),
            "earned_schedule": float(earned),
            "sv_t": float(earned - at),
            "spi_t": float(index),
            "ieac_t": float(_duration(periods) / index) if index else None,
            "reasons": reasons,
        }
    )


def earned_schedule(planned: Sequence[Decimal], earned: Decimal) -> Fraction:
    """
    Return the period by which the plan wanted what is earned, with a fraction of the period after it.

    planned: cumulative, at the end of each period, never falling.
    """
    values = [Fraction(0), *(Fraction(value) for value in planned)]
    last = values.index(values[-1])
    done = max(period for period in range(last + 1) if values[period] <= max(Fraction(earned), Fraction(0)))
    if done == last:
        return Fraction(last)
    return done + (max(Fraction(earned), Fraction(0)) - values[done]) / (values[done + 1] - values[done])


def as_json(figures: Performance) -> dict[str, Any]:
    """Return the figures as the command prints them."""
    return asdict(figures)


def _duration(periods: Sequence[Period]) -> int:
    budget = periods[-1].planned_value
    return next(number for number, period in enumerate(periods, start=1) if period.planned_value == budget)


def _ratio(above: Fraction, below: Fraction, name: str, reason: str, reasons: dict[str, str]) -> Fraction | None:
    if below == 0:
        reasons[name] = reason
        return None
    return above / below


def _over(amount: Fraction, index: Fraction | None, name: str, reasons: dict[str, str]) -> Fraction | None:
    if index is None:
        reasons[name] = "An index that it needs is undefined."
        return None
    return _ratio(amount, index, name, "Nothing is earned yet.", reasons)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
