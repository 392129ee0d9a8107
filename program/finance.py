"""
What a plan is worth: net present value, internal rates of return, payback.

Rates are per period, or per year of 365 days for dated flows. What the flows leave undefined is None, with a sentence.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyxirr
from scipy.optimize import brentq, minimize_scalar

LOWEST, HIGHEST, STEPS = 1e-4, 1e4, 4_000  # of 1 + rate: from -99.99 % to 999,900 % a period
NEAR = 1e-9  # a value that is this share of all the flows is nothing

Worth = Callable[[float], float]


@dataclass(frozen=True)
class Finance:
    """
    What some flows are worth.

    npv: the first flow at time 0; npv_end_of_period: the first discounted once. irr: the rate nearest 0 at which npv
    is nothing; irr_roots: all such rates, the lowest first. payback: periods, or years of dated flows, until the flows
    add up to nothing, linear within a period.
    """

    npv: float
    npv_end_of_period: float | None
    irr: float | None
    irr_roots: tuple[float, ...]
    mirr: float | None
    payback: float | None
    reasons: dict[str, str] = field(default_factory=dict)


def periodic(
    amounts: Sequence[float], *, rate: float, finance_rate: float | None = None, reinvest_rate: float | None = None
) -> Finance:
    """Return what flows at equal distances are worth, the first one now."""
    reasons: dict[str, str] = {}

    def worth(at: float) -> float:
        return float(pyxirr.npv(at, amounts) or 0.0)

    return Finance(
        npv=worth(rate),
        npv_end_of_period=worth(rate) / (1 + rate),
        **_rates(worth, amounts, reasons),
        mirr=_mirr(amounts, finance_rate, reinvest_rate, reasons),
        payback=_payback(amounts, [float(period) for period in range(len(amounts))], reasons),
        reasons=reasons,
    )


def dated(days: Sequence[date], amounts: Sequence[float], *, rate: float) -> Finance:
    """Return what flows on days are worth, at the first of the days, counting actual days over 365."""
    reasons = {
        "npv_end_of_period": "Dated flows have no periods.",
        "mirr": "It is for flows at equal distances.",
    }
    first = min(days)
    years = [(day - first).days / 365 for day in days]

    def worth(at: float) -> float:
        return float(sum(amount / (1 + at) ** year for amount, year in zip(amounts, years, strict=True)))

    in_order = sorted(zip(years, amounts, strict=True))
    return Finance(
        npv=worth(rate),
        npv_end_of_period=None,
        **_rates(worth, amounts, reasons),
        mirr=None,
        payback=_payback([amount for _, amount in in_order], [year for year, _ in in_order], reasons),
        reasons=reasons,
    )


def roots(worth: Worth, *, scale: float) -> tuple[float, ...]:
    """
    Return the rates above -99.99 % at which a worth is nothing, the lowest first; also where it only touches nothing.

    scale: the size of the flows, against which nothing is measured.
    """
    grid = np.geomspace(LOWEST, HIGHEST, STEPS) - 1
    values = [worth(float(rate)) for rate in grid]
    found = [float(rate) for rate, value in zip(grid, values, strict=True) if value == 0]
    for at in range(STEPS - 1):
        if values[at] * values[at + 1] < 0:
            found.append(float(brentq(worth, grid[at], grid[at + 1], xtol=1e-15, rtol=1e-14)))
    for at in range(1, STEPS - 1):
        before, here, after = (abs(value) for value in values[at - 1 : at + 2])
        if here <= before and here <= after and values[at - 1] * values[at] > 0 and values[at] * values[at + 1] > 0:
            low = minimize_scalar(
                lambda rate: abs(worth(rate)), bounds=(grid[at - 1], grid[at + 1]), method="bounded",
                options={"xatol": 1e-12},
            )  # fmt: skip
            found += [float(low.x)] if low.fun <= NEAR * scale else []
    return tuple(sorted(found))


def as_json(result: Finance) -> dict[str, Any]:
    """Return the figures as the command prints them, unrounded."""
    return asdict(result)


def _rates(worth: Worth, amounts: Sequence[float], reasons: dict[str, str]) -> dict[str, Any]:
    if min(amounts) >= 0 or max(amounts) <= 0:
        reasons["irr"] = "All flows go one way, so no rate makes them worth nothing."
        return {"irr": None, "irr_roots": ()}
    found = roots(worth, scale=sum(abs(amount) for amount in amounts))
    if not found:
        reasons["irr"] = "No rate makes these flows worth nothing."
    if len(found) > 1:
        rates = ", ".join(f"{rate:.2%}" for rate in found)
        reasons["irr"] = f"{len(found)} rates make these flows worth nothing ({rates}); the one nearest 0 is given."
    return {"irr": min(found, key=abs, default=None), "irr_roots": found}


def _mirr(
    amounts: Sequence[float], finance_rate: float | None, reinvest_rate: float | None, reasons: dict[str, str]
) -> float | None:
    if finance_rate is None or reinvest_rate is None:
        reasons["mirr"] = "It needs a finance rate and a reinvestment rate."
        return None
    if min(amounts) >= 0 or max(amounts) <= 0:
        reasons["mirr"] = "It needs flows both ways."
        return None
    found = pyxirr.mirr(amounts, finance_rate, reinvest_rate)
    return None if found is None else float(found)


def _payback(amounts: Sequence[float], times: Sequence[float], reasons: dict[str, str]) -> float | None:
    totals = np.cumsum(amounts)
    if totals[0] >= 0:
        reasons["payback"] = "The flows begin with nothing to pay back."
        return None
    if totals[-1] < 0 and totals.max() < 0:
        reasons["payback"] = "The flows never add up to what was paid."
        return None
    at = int(np.argmax(totals >= 0))
    if (totals[at:] < 0).any():
        reasons["payback"] = "Later flows make the sum negative again; this is the first time it is paid back."
    share = -totals[at - 1] / amounts[at]
    return float(times[at - 1] + share * (times[at] - times[at - 1]))
