"""What the risks page reads once, and what its filters keep of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import text
from pages.ui.shell import Visit
from program.proposed_risks import ProposedRisk
from program.queries import components, stakeholders
from program.queries import risks as queries
from program.risks import STATUSES, Exposure, Risk, exposure, headline, level

WHAT = (
    "A risk is something that may happen and would cost money or days. Its probability and impact say which to answer "
    "first, its owner answers it, and its trigger says when it has come."
)
ALL = "All"
LEVEL_NAMES = {"act": "Act", "watch": "Watch", "low": "Low", "": "Not rated"}
LEVEL_WORDS = LEVEL_NAMES | {"act": "■ Act", "watch": "▲ Watch"}
NOBODY, WHOLE = "Nobody", "Whole program"


@dataclass(frozen=True)
class Known:
    """The register, the names of components and people by id (equal ones numbered), and the program's currency."""

    risks: tuple[Risk, ...]
    components: Mapping[str, str]
    people: Mapping[str, str]
    currency: str

    @property
    def by_id(self) -> dict[str, Risk]:
        return {risk.id: risk for risk in self.risks}

    def component(self, risk: Risk) -> str:
        return self.components.get(risk.component_id or "", WHOLE)

    def owner(self, risk: Risk) -> str:
        return self.people.get(risk.owner_id or "", NOBODY)


def read(visit: Visit) -> Known:
    """Return what the page shows."""
    built = components.components(visit.program_id)
    people = stakeholders.stakeholders(visit.program_id)
    return Known(
        tuple(queries.risks(visit.program_id, may_see_ties=visit.may("influence.read"))),
        text.distinct({each.id: each.name for each in built}),
        text.distinct({each.id: each.name for each in people}),
        visit.program.currency,
    )


def proposals(visit: Visit) -> list[ProposedRisk]:
    """Return what the program proposes to this reader."""
    return queries.proposals(visit.program_id, today=visit.today, may_see_ties=visit.may("influence.read"))


def registered(known: Known) -> list[Risk]:
    """The risks that somebody took for one: all but the dismissed proposals."""
    return [risk for risk in known.risks if risk.status != "dismissed"]


def answer(known: Known) -> str:
    """The page's one sentence."""
    return headline(registered(known))


def lead(known: Known) -> str:
    """What the open risks cost on average, and what is not in it."""
    found = exposure(known.risks)
    if not found.risks:
        return ""
    if found.cost is None and found.days is None:
        return unpriced(known.risks)
    begins = {
        (True, True): f"Expected cost {money(found, known)} and delay {text.days(found.days)}",
        (True, False): f"Expected cost {money(found, known)}, delay not known yet,",
        (False, True): f"Expected delay {text.days(found.days)}, cost not known yet,",
    }
    said = f"{begins[found.cost is not None, found.days is not None]} over {_risks(found.risks)}."
    without = [
        f"{found.unknown_cost} without a known cost" if found.unknown_cost else "",
        f"{found.unknown_days} without known days" if found.unknown_days else "",
    ]
    return f"{said} {missing}." if (missing := text.capital(text.listed([each for each in without if each]))) else said


def unpriced(some: Sequence[Risk], *, residual: bool = False) -> str:
    """Why nothing can be expected of the open risks: without a price, or without a probability."""
    priced = [risk for risk in some if risk.open and (risk.cost is not None or risk.days is not None)]
    if not priced:
        return "Nobody has priced the risks yet, in money or in days."
    return f"Nobody has said yet how likely the priced risks are{' after the response' if residual else ''}."


def both(some: Sequence[Risk], known: Known, *, residual: bool = False) -> str:
    """The expected cost and days of the open risks in words; what is not known is said, not shown as a figure."""
    found = exposure(some, residual=residual)
    if found.cost is None and found.days is None:
        return unpriced(some, residual=residual) if found.risks else "No risk is open."
    cost = "cost not known yet" if found.cost is None else text.money(found.cost, known.currency)
    days = "days not known yet" if found.days is None else f"{text.number(found.days, decimals=1)} d"
    return f"{cost}; {days}"


def money(found: Exposure, known: Known) -> str:
    """The expected cost in words."""
    return text.money_short(found.cost, known.currency)


def filters(known: Known) -> list[Risk]:
    """Draw the filters, which stand in the address too, and return the risks that they keep."""
    some = known.risks
    parts = sorted({known.component(risk) for risk in some})
    owners = sorted({known.owner(risk) for risk in some})
    states = [word for state, word in STATUSES.items() if state == "open" or any(each.status == state for each in some)]
    with st.container(horizontal=True, gap="small"):
        wanted = {
            "component": _ask("Component", parts, "risk.component"),
            "owner": _ask("Owner", owners, "risk.owner"),
            "level": _ask("Level", list(LEVEL_NAMES.values()), "risk.level"),
        }
        status = st.selectbox("Status", [*states, ALL], key="risk.status", width=156, bind="query-params")
    return [
        risk
        for risk in some
        if status in (ALL, STATUSES[risk.status])
        and (not wanted["component"] or known.component(risk) in wanted["component"])
        and (not wanted["owner"] or known.owner(risk) in wanted["owner"])
        and (not wanted["level"] or LEVEL_NAMES[level(risk.score) or ""] in wanted["level"])
    ]


def level_words(risk: Risk) -> str:
    """What the score asks for, with its sign."""
    return LEVEL_WORDS[level(risk.score) or ""]


def numbered(some: Sequence[Risk]) -> dict[str, int]:
    """The number that a risk has in the matrix and in the register, by id."""
    return {risk.id: number for number, risk in enumerate(some, start=1)}


def _ask(label: str, words: Sequence[str], key: str) -> list[str]:
    return st.multiselect(label, words, key=key, placeholder=ALL, width=200, bind="query-params")


def _risks(count: int) -> str:
    return text.plural(count, "open risk", "open risks")
