"""Numbers that are choices, each with its unit, reason, source and date (policy.yaml)."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent / "policy.yaml"


class Number(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Decimal
    unit: str
    reason: str
    source: str
    since: date


class Policy(BaseModel):
    """The policy's numbers by name; `numbers` keeps the reason of each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scale_end: Decimal
    high_from: Decimal
    overload: int
    consulted_most: int
    technology_share: Decimal
    organization_share: Decimal
    tie_weight_least: int
    tie_weight_most: int
    broker_share: Decimal
    small_network: int
    coverage_ties: int
    network_owner_share: Decimal
    actuals_fresh_days: int
    worth_months: int
    order_days: int
    early_share: Decimal
    early_months: Decimal
    risk_chance_1: Decimal
    risk_chance_2: Decimal
    risk_chance_3: Decimal
    risk_chance_4: Decimal
    risk_chance_5: Decimal
    risk_watch: int
    risk_act: int
    due_soon_days: int
    visit_quiet_minutes: int
    waiver_days: int
    numbers: dict[str, Number]


@cache
def load() -> Policy:
    """Return the shipped policy."""
    numbers = {
        name: Number.model_validate(entry) for name, entry in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()
    }
    return Policy.model_validate({**{name: number.value for name, number in numbers.items()}, "numbers": numbers})
