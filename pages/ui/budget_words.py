"""What the budget answers with, in words."""

from collections.abc import Sequence
from decimal import Decimal

from pages.ui import text
from program.budget import LineTotals, MixedCurrencies, NoBudgetLines, Total, by_component, total
from program.ledger import exact_sum
from program.rates import FxSplit, effect


def added_up(lines: Sequence[LineTotals]) -> Total | None:
    """The total of some lines; None when they are in several currencies, or there are none."""
    try:
        return total(lines)
    except (MixedCurrencies, NoBudgetLines):
        return None


def headline(lines: Sequence[LineTotals], whole: Total | None, subject: str = "") -> str:
    """
    The budget's answer with its amounts.

    whole: the lines' total in one currency; None when they have none. subject: the one component that the lines are
    of, if they are.
    """
    if whole is None:
        currencies = sorted({line.currency for line in lines})
        return f"These lines are in {text.listed(currencies)}: there is no common total." if lines else ""
    over = sorted((line for line in lines if line.over_budget), key=lambda line: (-line.overrun, line.name))
    if whole.planned is None:
        moved = (whole.actual, "spent"), (whole.committed, "ordered")
        said = [f"{text.money_short(amount, whole.currency)} is {word}" for amount, word in moved if amount]
        for_whom = f" for {subject}" if subject else ""
        return (
            f"{text.listed(said)}, but nothing is planned{for_whom}." if said else f"Nothing is planned{for_whom} yet."
        )
    ends = whole.expected - whole.planned
    if ends > 0:
        first = "" if subject or len(over) < 2 or _mixed(lines) else _most(lines, whole)
        least = "at least " if whole.without_forecast else ""
        above = f"{least}{_amount(ends, whole)} over its {_amount(whole.planned, whole)}"
        return f"{subject or 'The plan'} ends {above}.{first}"
    if over:
        more = text.plural(len(over), "line ends", "lines end")
        stays = f"{subject or 'The whole'} stays within its {_amount(whole.planned, whole)}"
        which = "" if _mixed(lines) else f": {over[0].name} by the most"
        return f"{stays}, but {more} over{which}."
    free, planned = _amount(whole.available, whole), _amount(whole.planned, whole)
    return f"{'Every' if len(lines) > 1 else 'The one'} line stays within its plan: {free} of {planned} is free."


def summed(whole: Total) -> str:
    """The sums of a total in words, to the cent."""
    sums = {"planned": whole.planned, "committed": whole.committed, "actual": whole.actual, "forecast": whole.forecast}
    return ", ".join(f"{name} {text.money_exact(amount, whole.currency)}" for name, amount in sums.items())


def exchange(splits: Sequence[FxSplit]) -> list[str]:
    """What booking at other rates than the plan's has added or saved, in each currency of lines that it moved."""
    moved = [each for each in splits if each.effect]
    said = []
    for currency in sorted({each.currency for each in moved}):
        some = [each for each in moved if each.currency == currency]
        amount = effect(some)
        spent = exact_sum(each.at_plan for each in some if each.at_plan is not None)
        said.append(
            f"Exchange rates, apart from spending: of the actual {text.money_exact(spent + amount, currency)} on "
            f"{text.plural(len(some), 'line', 'lines')}, {text.money_exact(spent, currency)} is at the rates of the "
            f"plan, and the rates booked {'add' if amount > 0 else 'save'} {text.money_exact(abs(amount), currency)}."
        )
    unknown = dict.fromkeys(each.reason for each in splits if each.reason)
    return [*said, *(f"The effect of exchange rates is n/a on some lines. {reason}" for reason in unknown)]


def missing(whole: Total) -> str:
    """What the total leaves out, as a sentence; empty when nothing."""
    parts = []
    if whole.without_plan:
        parts.append(f"{text.plural(whole.without_plan, 'line has', 'lines have')} no plan")
    if whole.without_forecast:
        parts.append(f"{text.plural(whole.without_forecast, 'line has', 'lines have')} no forecast")
    if not parts:
        return "Over = forecast less plan. Available = plan less open commitments and what is spent."
    return (
        f"{text.capital(' and '.join(parts))}, shown as n/a. Over takes what is spent and committed where there is no "
        "forecast. Available = plan less open commitments and what is spent."
    )


def _mixed(lines: Sequence[LineTotals]) -> bool:
    return len({line.currency for line in lines}) > 1


def _most(lines: Sequence[LineTotals], whole: Total) -> str:
    """The component that ends furthest over its plan, with all of its lines."""
    over = [(each.expected - each.planned, each.name) for each in by_component(lines) if each.planned is not None]
    amount, name = max(over, key=lambda each: each[0])
    return f" {name} adds {_amount(amount, whole)}." if amount > 0 else ""


def _amount(amount: Decimal | None, whole: Total) -> str:
    return text.money_short(amount, whole.currency)
