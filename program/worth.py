"""What the program is worth: its flows by month, discounted by the rates that the program set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from program.cash_flow import CashFlow, FlowMonth
from program.finance import Finance, dated, periodic
from program.ledger import exact_sum
from program.phasing import months_between
from program.planning import Settings

NO_RATE = "The program has no discount rate yet."
NOTHING = "There is no money in it yet."


@dataclass(frozen=True)
class Worth:
    """
    What some flows are worth, in the program's currency.

    npv: at the first month's first day, each month's money on its first day, 365 days a year. irr: a year; irr_roots:
    all such rates. mirr: a year, of the flows by years from the first month on. payback: years. roi: what comes in
    less what is paid, over what is paid. A figure that is None has its reason; one that needs a caution has one too.
    """

    cost: Decimal | None
    benefit: Decimal | None
    npv: float | None
    irr: float | None
    irr_roots: tuple[float, ...]
    mirr: float | None
    payback: float | None
    roi: float | None
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def balance(self) -> Decimal | None:
        return None if self.cost is None or self.benefit is None else self.benefit - self.cost


FIGURES = ("npv", "irr", "mirr", "payback", "roi")


def as_planned(flow: CashFlow, settings: Settings) -> Worth:
    """Return what the approved plan and the benefits as hoped are worth."""
    return _worth(flow.months, lambda row: row.planned_cost, lambda row: row.hoped, flow.unplanned, settings)


def as_expected(flow: CashFlow, settings: Settings) -> Worth:
    """Return what the program is worth by what was spent, is expected, and has come by the measured metrics."""
    return _worth(flow.months, lambda row: row.expected_cost, lambda row: row.expected_benefit, flow.unknown, settings)


def _worth(
    rows: Sequence[FlowMonth],
    cost: Callable[[FlowMonth], Decimal],
    benefit: Callable[[FlowMonth], Decimal | None],
    missing: Sequence[str],
    settings: Settings,
) -> Worth:
    came = [benefit(row) for row in rows]
    known = [amount for amount in came if amount is not None]
    if missing or len(known) < len(came):
        return _unknown(" ".join(missing))
    paid = [cost(row) for row in rows]
    nets = [income - spent for income, spent in zip(known, paid, strict=True)]
    begins = next((at for at, (income, spent) in enumerate(zip(known, paid, strict=True)) if income or spent), None)
    if begins is None:
        return _unknown(NOTHING)
    rows, flows = rows[begins:], [float(net) for net in nets[begins:]]
    costs, benefits = exact_sum(paid), exact_sum(known)
    reasons: dict[str, str] = {}
    rate = settings.discount_rate
    by_day = dated([row.month for row in rows], flows, rate=float(rate or 0))
    by_year = _by_year(rows, nets[begins:], settings)
    reasons |= {name: by_day.reasons[name] for name in ("irr", "payback") if name in by_day.reasons}
    reasons |= {name: by_year.reasons[name] for name in ("mirr",) if name in by_year.reasons}
    if rate is None:
        reasons["npv"] = NO_RATE
    if not costs:
        reasons["roi"] = "Nothing is paid for it."
    return Worth(
        cost=costs,
        benefit=benefits,
        npv=None if rate is None else by_day.npv,
        irr=by_day.irr,
        irr_roots=by_day.irr_roots,
        mirr=by_year.mirr,
        payback=by_day.payback,
        roi=float(Fraction(benefits - costs) / Fraction(costs)) if costs else None,
        reasons=reasons,
    )


def _by_year(rows: Sequence[FlowMonth], nets: Sequence[Decimal], settings: Settings) -> Finance:
    years: dict[int, list[Decimal]] = {}
    for row, net in zip(rows, nets, strict=True):
        years.setdefault(months_between(rows[0].month, row.month) // 12, []).append(net)
    rates = settings.finance_rate, settings.reinvest_rate
    borrowed, invested = (None if rate is None else float(rate) for rate in rates)
    flows = [float(exact_sum(amounts)) for _, amounts in sorted(years.items())]
    return periodic(flows, rate=0.0, finance_rate=borrowed, reinvest_rate=invested)


def _unknown(reason: str) -> Worth:
    return Worth(None, None, None, None, (), None, None, None, dict.fromkeys(("cost", "benefit", *FIGURES), reason))
