"""Cash and worth in words: the headline, and every figure with its formula or the reason why it is n/a."""

from decimal import Decimal

from pages.ui import text
from pages.ui.budget_reads import Cash
from program.cash_flow import CashFlow
from program.planning import Settings
from program.worth import Worth

WHAT = (
    "A benefit is money that the program should bring each month. With its costs it says when the program pays for "
    "itself and what it is worth; a benefit with a metric counts as far as the metric has come."
)


def headline(cash: Cash, *, benefits: bool) -> str:
    """Return whether and when the program pays for itself, by what is expected, else by what was planned."""
    flow = cash.flow
    if not benefits:
        burn = flow.burn.a_month
        spent = "" if burn is None else f" It spends {text.money_short(burn, flow.currency)} a month."
        return f"No benefit is written down, so the money only leaves.{spent}"
    for worth, by in ((cash.expected, "As it is expected now"), (cash.planned, "As it was planned")):
        if worth.balance is not None:
            return f"{by}, the program {_brings(worth, flow.currency)}."
    return f"What the program is worth cannot be told. {cash.expected.reasons.get('cost', '')}".strip()


def _brings(worth: Worth, currency: str) -> str:
    balance = worth.balance or Decimal(0)
    more = text.money_short(abs(balance), currency)
    if balance < 0:
        return f"brings {more} less than it costs"
    when = f" and pays for itself after {years(worth.payback)}" if worth.payback is not None else ""
    return f"brings {more} more than it costs{when}"


def burn(flow: CashFlow) -> str:
    """Return how fast money is spent and how long the rest of the plan lasts."""
    now = flow.burn
    if now.a_month is None:
        return f"Burn is n/a. {now.reason}"
    over = text.plural(now.over, "complete month", "complete months")
    said = f"Burn: {text.money(now.a_month, flow.currency)} a month, the mean of the last {over}."
    if now.lasts is None:
        return f"{said} How long the plan lasts is n/a. {now.reason}"
    left = text.money(now.left, flow.currency)
    return f"{said} The {left} left of the plan {'last' if now.lasts else 'do not last'} {_months(now.lasts)}."


def figures(cash: Cash, settings: Settings) -> list[tuple[str, str, str, str]]:
    """Return every figure as planned and as expected, with its formula, or why it is n/a."""
    worths, currency = (cash.planned, cash.expected), cash.flow.currency
    rate = _percent(settings.discount_rate)
    borrowed, invested = _percent(settings.finance_rate), _percent(settings.reinvest_rate)

    def row(name: str, label: str, how: str) -> tuple[str, str, str, str]:
        planned, expected = (_shown(name, getattr(each, name), currency) for each in worths)
        said = [worth.reasons[name] for worth in worths if name in worth.reasons]
        return label, planned, expected, " ".join([f"{how}.", *dict.fromkeys(said)])

    return [
        row("benefit", "Money in", "All benefits up to the horizon"),
        row("cost", "Money out", "All costs, spent and still to come"),
        row("balance", "In less out", "Not discounted"),
        row("npv", "Net present value, NPV", f"Each month at {rate} a year, as of the first month"),
        row("irr", "Internal rate of return, IRR", "The rate a year at which the NPV is nothing"),
        row("mirr", "Modified rate of return, MIRR", f"By years; borrowed at {borrowed}, reinvested at {invested}"),
        row("payback", "Payback", "Until what came in makes up for what was paid"),
        row("roi", "Return on investment, ROI", "In less out, over what is paid"),
    ]


def years(value: float | None) -> str:
    """2.4 years"""
    return text.UNKNOWN if value is None else f"{text.number(value, decimals=1)} years"


def _shown(name: str, value: Decimal | float | None, currency: str) -> str:
    if name in ("irr", "mirr", "roi"):
        return text.percent(value, decimals=1)
    return years(None if value is None else float(value)) if name == "payback" else text.money(value, currency)


def _percent(rate: Decimal | None) -> str:
    return "a rate not set yet" if rate is None else text.percent(rate, decimals=1)


def _months(value: float) -> str:
    return f"{text.number(value, decimals=1)} months" if value else "any longer"
