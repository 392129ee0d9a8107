"""What the money goes by: the year, the reserve, rates of interest and of exchange, and the control over the budget."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import budget_reads, forms, shell, tables, text
from pages.ui.budget_reads import Asked
from pages.ui.fields import Amount, Choice, Part, Text
from pages.ui.shell import Visit
from pages.ui.tables import Column
from program.actions import planning
from program.actions import rates as actions
from program.controls import CONTROLS
from program.planning import Settings
from program.rates import PlanRate

MONTHS = {str(number): f"{date(2000, number, 1):%B}" for number in range(1, 13)}
RATES = ("discount_rate", "finance_rate", "reinvest_rate")
PERCENT_DECIMALS = 4


@dataclass(frozen=True)
class Rules:
    """The settings as the form asks for them: rates in percent a year."""

    version: int | None
    fiscal_year_start: str | None
    reserve: Decimal | None
    discount_rate: Decimal | None
    finance_rate: Decimal | None
    reinvest_rate: Decimal | None
    commitment: str
    actual: str

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            settings.version,
            str(settings.fiscal_year_start) if settings.own_fiscal_year else None,
            settings.reserve,
            _percent(settings.discount_rate),
            _percent(settings.finance_rate),
            _percent(settings.reinvest_rate),
            settings.control.get("commitment", "warn"),
            settings.control.get("actual", "warn"),
        )


def show(visit: Visit, asked: Asked, above: DeltaGenerator) -> None:
    """Draw the settings, as a form for those who may change them, and the plan's exchange rates."""
    settings, rates = budget_reads.settings(asked), budget_reads.plan_rates(asked)
    with above:
        shell.answer(headline(settings))
    if visit.may("money.edit"):
        _form(visit, settings)
    else:
        tables.show(_as_table(settings), key="budget.rules", download=False)
    shell.title("Exchange rates of the plan", f"How much {settings.currency} one unit of another currency is worth")
    if rates:
        tables.show(_rates(rates), key="rate.list", download=False)
    shell.note(
        "Lines in other currencies are added up at these rates. What a booking at another rate adds or saves is shown "
        "apart, as the effect of exchange."
    )
    if visit.may("money.edit"):
        _rate_forms(visit, rates)


def headline(settings: Settings) -> str:
    """Return what happens over budget, and what is kept outside of it."""
    stops = [
        word for kind, word in (("commitment", "Orders"), ("actual", "Costs")) if settings.control.get(kind) == "stop"
    ]
    said = f"{text.listed(stops)} over the plan are stopped" if stops else "Money over the plan of a line is warned of"
    if settings.reserve is None:
        return f"{said}. There is no reserve."
    return f"{said}. A reserve of {text.money_short(settings.reserve, settings.currency)} is outside the lines."


def _form(visit: Visit, settings: Settings) -> None:
    client = MONTHS[str(settings.fiscal_year_start)] if not settings.own_fiscal_year else "that of the client"
    fields = (
        Choice("fiscal_year_start", "The fiscal year starts in", MONTHS, none=f"as the client: {client}"),
        Amount("reserve", f"Reserve outside the lines, {settings.currency}", hint="60,000"),
        Part("Over the plan of a line", 2, "A warning is shown and the entry is booked; a stop refuses it."),
        Choice("commitment", "Orders", CONTROLS),
        Choice("actual", "Costs", CONTROLS),
        Part("Percent a year", 3, "For what the program is worth: later money counts less."),
        Amount("discount_rate", "Discount rate", hint="8", decimals=PERCENT_DECIMALS),
        Amount("finance_rate", "Cost of money borrowed", hint="6", decimals=PERCENT_DECIMALS),
        Amount("reinvest_rate", "Return on money reinvested", hint="4", decimals=PERCENT_DECIMALS),
    )
    if sent := forms.ask("budget.rules", fields, of=Rules.of(settings), submit="Save the rules"):
        values: dict[str, Any] = dict(sent.values)
        month = values.pop("fiscal_year_start")
        control = {kind: values.pop(kind) for kind in ("commitment", "actual")}
        shares = {name: _share(values.pop(name)) for name in RATES}
        forms.attempt(
            planning.set_settings,
            visit.actor,
            noun=sent.noun,
            program_id=visit.program_id,
            version=settings.version if settings.version is None else sent.version,
            fiscal_year_start=int(month) if month else None,
            control=control,
            **values,
            **shares,
        )


def _rate_forms(visit: Visit, rates: tuple[PlanRate, ...]) -> None:
    fields = (
        Text("currency", "Currency", required=True, most=3, hint="EUR"),
        Amount("rate", "Worth", required=True, hint="1.08", decimals=8),
    )
    own = {"program_id": visit.program_id}
    if sent := forms.ask("rate.set", fields, submit="Set the rate", columns=4, main=False):
        held = {each.currency: each.version for each in rates}
        code = str(sent.values["currency"]).upper()
        version = held.get(code)
        forms.attempt(actions.set_rate, visit.actor, noun=sent.noun, **own, version=version, **sent.values)
    if not rates:
        return
    with st.popover("Remove a rate"):
        codes = {each.id: each.currency for each in rates}
        chosen = st.selectbox("Currency to remove", list(codes), format_func=codes.__getitem__, key="rate.which")
        if st.button("Remove", key="rate.remove"):
            found = next(each for each in rates if each.id == chosen)
            forms.attempt(actions.remove_rate, visit.actor, **own, rate_id=found.id, version=found.version)


def _as_table(settings: Settings) -> tables.Table:
    rules = Rules.of(settings)
    rows = (
        ("Fiscal year starts in", MONTHS[str(settings.fiscal_year_start)]),
        ("Reserve outside the lines", text.money(settings.reserve, settings.currency)),
        ("Orders over the plan", CONTROLS[rules.commitment]),
        ("Costs over the plan", CONTROLS[rules.actual]),
        *((word, _shown(getattr(rules, name))) for name, word in zip(RATES, _RATE_WORDS, strict=True)),
    )
    return tables.Table((Column("Rule"), Column("Now")), rows, name="rules")


_RATE_WORDS = ("Discount rate", "Cost of money borrowed", "Return on money reinvested")


def _rates(rates: tuple[PlanRate, ...]) -> tables.Table:
    columns = Column("Currency"), Column("Worth", lambda rate: f"{rate.normalize():f}", number=True)
    return tables.Table(columns, tuple((each.currency, each.rate) for each in rates), name="rates")


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else (share * 100).normalize()


def _share(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


def _shown(percent: Decimal | None) -> str:
    return text.UNKNOWN if percent is None else f"{percent:f} % a year"
