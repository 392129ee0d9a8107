"""How one program plans: its year, its holidays, its reserve, its rates and its control over the budget."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

CONTROLS = {"warn": "Warn", "stop": "Stop"}
CONTROLLED = ("commitment", "actual")


@dataclass(frozen=True)
class Settings:
    """
    What the program set, and what it has from its client where it set nothing.

    version: None while nothing was set. starts_on: the program's first day. fiscal_year_start: a month, 1 to 12; own:
    whether the program set it. reserve: in the program's currency, outside every baseline. Rates are shares per year.
    control: what happens over budget, by kind of entry; a kind that is not there warns.
    """

    version: int | None
    starts_on: date
    currency: str
    fiscal_year_start: int
    own_fiscal_year: bool = False
    holiday_country: str | None = None
    holiday_region: str | None = None
    reserve: Decimal | None = None
    discount_rate: Decimal | None = None
    finance_rate: Decimal | None = None
    reinvest_rate: Decimal | None = None
    control: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DayOff:
    """A day on which nobody of the program works, besides weekends and public holidays."""

    id: str
    version: int
    on: date
    name: str
