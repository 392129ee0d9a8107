"""Cash flow: what leaves and comes in by month as planned, as it was, and as it is expected now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from program import benefits
from program.benefits import Benefit, Uptake
from program.ledger import EXACTLY, ZERO, exact_sum
from program.phasing import MOST_MONTHS, month_of, months, next_month, spread

DECIMALS = 4
RECENT = 3  # complete months that the burn is the mean of


@dataclass(frozen=True)
class CostLine:
    """
    A budget line. planned, committed, actual, forecast: in its currency, None where nothing is.

    rate: how much of the program's currency one unit is in the plan; None while no rate is set. phases: what the
    approved version has by month. spent: by month, in the program's currency at plan rates; None when it has no rate.
    """

    name: str
    currency: str
    rate: Decimal | None
    phases: Mapping[date, Decimal]
    planned: Decimal | None
    committed: Decimal
    actual: Decimal
    forecast: Decimal | None
    spent: Mapping[date, Decimal] | None

    @property
    def whole(self) -> Decimal:
        """What it is expected to cost: the forecast; without one the plan, or what is spent and committed beyond it."""
        bound = EXACTLY.add(self.actual, self.committed)
        return self.forecast if self.forecast is not None else max(self.planned or ZERO, bound)


@dataclass(frozen=True)
class Income:
    """A benefit with how much of it has come. rate: as of CostLine."""

    benefit: Benefit
    uptake: Uptake
    rate: Decimal | None


@dataclass(frozen=True)
class FlowMonth:
    """
    One month, in the program's currency at plan rates.

    planned_cost: of the approved version. actual_cost: spent less credits; None in months to come. expected_cost: what
    was spent, and from this month on what is still expected. hoped: benefits by their ramps. expected_benefit: by their
    metrics as measured, hoped where they have none; None while an uptake is unknown.
    """

    month: date
    planned_cost: Decimal
    actual_cost: Decimal | None
    expected_cost: Decimal
    hoped: Decimal
    expected_benefit: Decimal | None

    @property
    def planned(self) -> Decimal:
        return EXACTLY.subtract(self.hoped, self.planned_cost)

    @property
    def expected(self) -> Decimal | None:
        known = self.expected_benefit
        return None if known is None else EXACTLY.subtract(known, self.expected_cost)


@dataclass(frozen=True)
class Burn:
    """
    How fast money is spent. a_month: the mean of the last complete months, of which there are `over`; None before any.

    lasts: how many months what is left of the plan lasts at that pace; None with the reason.
    """

    a_month: Decimal | None
    over: int
    left: Decimal | None
    lasts: float | None
    reason: str = ""


@dataclass(frozen=True)
class CashFlow:
    """
    months: from the first money to the last. unplanned: why planned months do not hold all that is planned; unknown:
    why the expected ones do not hold all that is expected; cautions: what else to know.
    """

    currency: str
    today: date
    months: tuple[FlowMonth, ...]
    burn: Burn
    unplanned: tuple[str, ...]
    unknown: tuple[str, ...]
    cautions: tuple[str, ...]

    def cumulative(self, name: str) -> list[Decimal | None]:
        """Return the running sum of one column of months, None from the first month on in which it is unknown."""
        found: list[Decimal | None] = []
        for each in self.months:
            value, before = getattr(each, name), found[-1] if found else ZERO
            found.append(None if value is None or before is None else EXACTLY.add(before, value))
        return found


@dataclass(frozen=True)
class _Known:
    """Lines and benefits with a rate, and why the others are left out."""

    costs: list[CostLine] = field(default_factory=list)
    incomes: list[Income] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def cash_flow(
    costs: Iterable[CostLine], incomes: Iterable[Income], *, currency: str, today: date, horizon: int, approved: bool
) -> CashFlow:
    """
    Return the flows of a program by month.

    What is still expected of a line comes in its months from this one on, in their proportions, in this month when it
    has none left. horizon: how many months from the first money on a benefit without an end counts for.
    approved: whether there is an approved version whose months these are.
    """
    costs, incomes = list(costs), list(incomes)
    known = _known(costs, incomes)
    when = _months(known, today, horizon)
    rest: dict[date, list[Decimal]] = {}
    for line in known.costs:
        for month, amount in _still_expected(line, today).items():
            rest.setdefault(month, []).append(amount)
    rows = tuple(_month(known, month, month_of(today), rest.get(month, [])) for month in when)
    loose = [line.name for line in known.costs if line.planned and not line.phases]
    unplanned = [f"“{name}” is planned in no month." for name in loose]
    uncertain = [
        f"How much of “{each.benefit.name}” has come is unknown: {each.uptake.reason}"
        for each in known.incomes
        if each.benefit.measurable and each.uptake.share is None
    ]
    return CashFlow(
        currency=currency,
        today=today,
        months=rows,
        burn=_burn(rows, known.costs, today),
        unplanned=(*([] if approved else ["No version of the budget is approved yet."]), *unplanned, *known.without),
        unknown=(*known.without, *uncertain),
        cautions=tuple(_cautions(known)),
    )


def _known(costs: Sequence[CostLine], incomes: Sequence[Income]) -> _Known:
    found = _Known()
    for line in costs:
        if line.rate is not None and line.spent is not None:
            found.costs.append(line)
        elif line.whole or line.phases:
            found.without.append(f"“{line.name}” is left out: there is no plan rate for it.")
    for income in incomes:
        if income.rate is not None:
            found.incomes.append(income)
        else:
            found.without.append(f"“{income.benefit.name}” is left out: there is no plan rate for it.")
    return found


def _months(known: _Known, today: date, horizon: int) -> tuple[date, ...]:
    costs = [month for line in known.costs for month in (*line.phases, *(line.spent or {}))]
    costs += [month_of(today)] if any(_still_expected(line, today) for line in known.costs) else []
    starts = [month_of(each.benefit.starts_on) for each in known.incomes]
    if not costs and not starts:
        return ()
    first = min([*costs, *starts])
    ends = [each.benefit.ends_on or _after(first, horizon - 1) for each in known.incomes]
    last = max([*costs, *starts, *(month_of(end) for end in ends)])
    return months(first, min(last, _after(first, MOST_MONTHS - 1)))


def _after(month: date, count: int) -> date:
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def _still_expected(line: CostLine, today: date) -> dict[date, Decimal]:
    """What is still to come of a line by month, in the program's currency."""
    rest = (Fraction(line.whole) - Fraction(line.actual)) * Fraction(line.rate or ZERO)
    if rest <= 0:
        return {}
    total = Decimal(round(rest * 10**DECIMALS)).scaleb(-DECIMALS)
    ahead = {month: amount for month, amount in sorted(line.phases.items()) if month >= month_of(today) and amount > 0}
    if not ahead:
        return {month_of(today): total}
    return spread(total, list(ahead), list(ahead.values()), decimals=DECIMALS)


def _month(known: _Known, month: date, now: date, rest: Sequence[Decimal]) -> FlowMonth:
    planned = exact_sum(EXACTLY.multiply(line.phases.get(month, ZERO), line.rate or ZERO) for line in known.costs)
    spent = exact_sum((line.spent or {}).get(month, ZERO) for line in known.costs)
    hoped = [EXACTLY.multiply(benefits.hoped(each.benefit, month), each.rate or ZERO) for each in known.incomes]
    coming = [_coming(each, month) for each in known.incomes]
    certain = [amount for amount in coming if amount is not None]
    return FlowMonth(
        month=month,
        planned_cost=planned,
        actual_cost=spent if month <= now else None,
        expected_cost=EXACTLY.add(spent, exact_sum(rest)),
        hoped=exact_sum(hoped),
        expected_benefit=exact_sum(certain) if len(certain) == len(coming) else None,
    )


def _coming(income: Income, month: date) -> Decimal | None:
    benefit = income.benefit
    found = benefits.measured(benefit, month, income.uptake) if benefit.measurable else benefits.hoped(benefit, month)
    return None if found is None else EXACTLY.multiply(found, income.rate or ZERO)


def _burn(rows: Sequence[FlowMonth], costs: Sequence[CostLine], today: date) -> Burn:
    past = [row for row in rows if next_month(row.month) <= today and row.actual_cost is not None]
    begun = next((at for at, row in enumerate(past) if row.actual_cost), None)
    planned = [EXACTLY.multiply(line.planned, line.rate or ZERO) for line in costs if line.planned is not None]
    spent = exact_sum(row.actual_cost for row in rows if row.actual_cost is not None)
    left = EXACTLY.subtract(exact_sum(planned), spent) if planned else None
    if begun is None:
        return Burn(None, 0, left, None, "No month in which anything was spent is over yet.")
    recent = [row.actual_cost or ZERO for row in past[begun:][-RECENT:]]
    mean = Fraction(exact_sum(recent)) / len(recent)
    a_month = Decimal(round(mean * 10**DECIMALS)).scaleb(-DECIMALS)
    if left is None:
        return Burn(a_month, len(recent), None, None, "Nothing is planned.")
    if mean <= 0:
        return Burn(a_month, len(recent), left, None, "Nothing was spent lately.")
    return Burn(a_month, len(recent), left, max(float(Fraction(left) / mean), 0.0))


def _cautions(known: _Known) -> Iterable[str]:
    for line in known.costs:
        if line.planned is None and line.forecast is None:
            yield f"“{line.name}” has no plan and no forecast; nothing more is expected of it than what is committed."
    for each in known.incomes:
        if not each.benefit.measurable:
            yield f"“{each.benefit.name}” has no metric and counts as hoped."
