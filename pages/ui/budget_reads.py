"""What the budget page reads and was asked for, kept until something in the program changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui import shell, text
from pages.ui.shell import Visit
from program.baselines import BaselineHead
from program.benefits import Benefit, Uptake
from program.budget import LineTotals
from program.budget_versions import PhasedLine, Version
from program.cash_flow import CashFlow
from program.earned import Earned
from program.ledger_file import fingerprint
from program.planning import Settings
from program.queries import benefits as bringing
from program.queries import budget, components, gates, roadmap, sources
from program.queries import cash_flow as flows
from program.queries import earned as earning
from program.queries import ledger as reconciling
from program.queries import rates as exchange
from program.queries import versions as kept
from program.queries.revisions import revision
from program.rates import Converted, FxSplit, PlanRate
from program.reconciling import Reconciliation, SavedMapping
from program.worth import Worth, as_expected, as_planned

LINES, ENTRIES, MONTHS, IMPORT, EARNED, CASH, RULES = VIEWS = (
    "Lines", "Entries", "Months", "Import", "Earned value", "Cash and worth", "Rules",
)  # fmt: skip
KEPT = 128  # budgets in memory; the oldest goes first


@dataclass(frozen=True)
class Asked:
    """What the reader narrows the budget to; with the program's revision it is the key of what was computed."""

    program_id: str
    revision: str
    component_id: str | None = None
    until: date | None = None

    @property
    def subject(self) -> str:
        """The name of the one component asked for; empty for all."""
        return names(self)[self.component_id] if self.component_id else ""


def asked(visit: Visit) -> Asked:
    """Return the whole budget as it is now."""
    return Asked(visit.program_id, revision(visit.program_id))


def narrowed(visit: Visit, whole: Asked, view: str) -> Asked:
    """Draw the filters that a view has, which are in the address too, and return what they leave."""
    component_id = _component(whole) if view in (LINES, ENTRIES, MONTHS) else None
    day = _day() if view in (LINES, ENTRIES, EARNED) else None
    shell.data_to(visit, day)
    return Asked(whole.program_id, whole.revision, component_id, day)


def _component(whole: Asked) -> str | None:
    known = names(whole)
    chosen = st.selectbox(
        "Component",
        ["", *known],
        format_func=lambda each: known.get(each, "All components"),
        key="budget.component",
        width=250,
        bind="query-params",
    )
    return chosen or None


def _day() -> date | None:
    chosen = st.date_input(
        "As of",
        None,
        key="budget.until",
        format="YYYY-MM-DD",
        width=150,
        bind="query-params",
        help="As of a day: leaves out what is dated later. Empty: everything that is booked.",
    )
    return chosen if isinstance(chosen, date) else None


@lru_cache(maxsize=KEPT)
def lines(asked: Asked) -> tuple[LineTotals, ...]:
    """Return the lines with their totals."""
    narrow = {"component_id": asked.component_id, "until": asked.until}
    given: dict[str, Any] = {name: value for name, value in narrow.items() if value is not None}
    return tuple(budget.lines(asked.program_id, **given))


@lru_cache(maxsize=KEPT)
def _names(program_id: str, revision: str) -> Mapping[str, str]:  # noqa: ARG001  a change is a new revision
    return text.distinct({each.id: each.name for each in components.components(program_id)})


def names(asked: Asked) -> Mapping[str, str]:
    """Return the program's components to choose from: id -> name, equal names numbered."""
    return _names(asked.program_id, asked.revision)


def line_names(lines: Sequence[LineTotals]) -> dict[str, str]:
    """Return lines to choose from: id -> component and name, equal ones numbered."""
    return text.distinct({each.line_id: f"{each.component_name}: {each.name}" for each in lines})


@lru_cache(maxsize=KEPT)
def settings(asked: Asked) -> Settings:
    """Return how the program plans."""
    return roadmap.settings(asked.program_id)


def fiscal_start(asked: Asked) -> int:
    """Return the month, 1 to 12, in which a fiscal year begins: the program's own, else its client's."""
    return settings(asked).fiscal_year_start


@lru_cache(maxsize=KEPT)
def versions(asked: Asked) -> tuple[Version, ...]:
    """Return the versions of the budget, the newest first."""
    return tuple(kept.versions(asked.program_id))


@lru_cache(maxsize=KEPT)
def phases(asked: Asked, version_id: str) -> tuple[PhasedLine, ...]:
    """Return a version's lines by month, of one component when that is given."""
    found = kept.phased_lines(asked.program_id, version_id)
    return tuple(each for each in found if asked.component_id in (None, each.component_id))


@lru_cache(maxsize=KEPT)
def baselines(asked: Asked) -> tuple[BaselineHead, ...]:
    """Return the program's baselines, the newest first."""
    return tuple(roadmap.baselines(asked.program_id))


@lru_cache(maxsize=KEPT)
def earned(asked: Asked, today: date, baseline_id: str | None) -> Earned:
    """Return the earned value against a baseline, the newest without one: today, or on the earlier day asked for."""
    day = min(asked.until or today, today)
    return earning.earned(asked.program_id, today=day, baseline_id=baseline_id, known_on=today)


@lru_cache(maxsize=KEPT)
def reconciliation(asked: Asked, today: date) -> Reconciliation:
    """Return what does not go together in the ledger."""
    return reconciling.reconciliation(asked.program_id, today=today)


@lru_cache(maxsize=KEPT)
def kept_rows(asked: Asked, source: str) -> frozenset[str]:
    """Return what the rows of a source are known by that could not be booked, those that were settled included."""
    rows = reconciling.unmatched(asked.program_id, settled=True)
    return frozenset(fingerprint(each.cells) for each in rows if each.source == source)


@lru_cache(maxsize=KEPT)
def mappings(asked: Asked) -> tuple[SavedMapping, ...]:
    """Return how files are read, by name."""
    return tuple(reconciling.mappings(asked.program_id))


@lru_cache(maxsize=KEPT)
def plan_rates(asked: Asked) -> tuple[PlanRate, ...]:
    """Return the plan's exchange rates by currency."""
    return tuple(exchange.plan_rates(asked.program_id))


@lru_cache(maxsize=KEPT)
def fx(asked: Asked) -> tuple[FxSplit, ...]:
    """Return what booking at other rates than the plan's has moved, by line."""
    return tuple(exchange.fx(asked.program_id, until=asked.until, component_id=asked.component_id))


@lru_cache(maxsize=KEPT)
def converted(asked: Asked) -> Converted:
    """Return the total in the program's currency, by the plan's rates."""
    return exchange.converted(asked.program_id, list(lines(asked)))


@lru_cache(maxsize=KEPT)
def technology_money(asked: Asked, today: date) -> str | None:
    """Return why money for technology waits; None when it does not."""
    return gates.technology_money(asked.program_id, today=today)


@dataclass(frozen=True)
class Cash:
    """The flows of money, and what they are worth as planned and as expected."""

    flow: CashFlow
    planned: Worth
    expected: Worth


def cash(asked: Asked, visit: Visit) -> Cash:
    """Return the cash flow and the worth as of today."""
    return _cash(asked, visit.today, visit.home, sources.version(visit.home, visit.program.client_key))


@lru_cache(maxsize=KEPT)
def benefits(asked: Asked) -> tuple[Benefit, ...]:
    """Return the benefits that the program should bring."""
    return tuple(bringing.benefits(asked.program_id))


def uptakes(asked: Asked, visit: Visit) -> Mapping[str, Uptake]:
    """Return how much of each benefit has come."""
    client = visit.program.client_key
    return _uptakes(asked, visit.home, client, visit.program.time_zone, sources.version(visit.home, client))


@lru_cache(maxsize=KEPT)
def _cash(asked: Asked, today: date, home: Path, data_version: int) -> Cash:  # noqa: ARG001  new data is a new version
    flow = flows.cash_flow(asked.program_id, today=today, home=home)
    return Cash(flow, as_planned(flow, settings(asked)), as_expected(flow, settings(asked)))


@lru_cache(maxsize=KEPT)
def _uptakes(asked: Asked, home: Path, client: str, time_zone: str, data_version: int) -> Mapping[str, Uptake]:  # noqa: ARG001  new data is a new version
    return bringing.uptakes(asked.program_id, home=home, client=client, time_zone=time_zone)
