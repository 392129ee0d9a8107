"""What the strategy page reads, and the sentences that its views answer with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from data.metrics import catalog
from pages.ui import figures, metrics, text
from pages.ui.shell import Visit
from program import canvases, scorecard, strategy
from program import use_cases as shipped
from program.canvases import Note
from program.engagement import Measured, Month, reached
from program.objectives import Objective
from program.queries import sources, stakeholders
from program.queries import strategy as queries
from program.queries import vendors as vendor_queries
from program.scorecard import Score, Turn, Vendor, Weight
from program.strategy import Trace
from program.use_cases import UseCase

VIEWS = ("Objectives", "Trace", "Canvases", "Use cases", "Vendors")
WHAT = (
    "An objective says what should be different for customers, who answers for it, and which figure shows it. Every "
    "component is there for one, so that nothing is bought or built without a goal. Write down the first, or begin "
    "with what you see on a canvas."
)


@dataclass(frozen=True)
class Now:
    """What a metric says in its last complete month. value None is unknown, with the reason."""

    measured: Measured | None
    month: Month | None
    reason: str

    @property
    def shown(self) -> str:
        if self.measured is None or self.month is None:
            return text.UNKNOWN
        return metrics.value(self.measured, self.month)

    @property
    def when(self) -> str:
        return text.month(self.month.period) if self.month else self.reason


@dataclass(frozen=True)
class Plan:
    """Everything the page shows of one program."""

    visit: Visit
    trace: Trace
    notes: tuple[Note, ...]
    use_cases: tuple[UseCase, ...]
    vendors: tuple[Vendor, ...]
    weights: tuple[Weight, ...]
    people: Mapping[str, str]

    @property
    def begun(self) -> bool:
        return bool(self.trace.objectives or self.notes or self.use_cases or self.vendors)

    @property
    def editable(self) -> bool:
        return self.visit.may("plan.edit")

    @property
    def goals(self) -> dict[str, str]:
        """Objectives by id, to choose from."""
        return text.distinct({each.id: each.title for each in self.trace.objectives})

    @property
    def parts(self) -> dict[str, str]:
        """Components by id, to choose from."""
        return text.distinct({each.id: each.name for each in self.trace.components})

    @cached_property
    def now(self) -> dict[str, Now]:
        """What each metric that an objective names says now, by metric id."""
        return {each: now(self.visit, each) for each in _named(self.trace)}

    @cached_property
    def counted(self) -> dict[str, int]:
        return scorecard.effective(self.weights)

    @cached_property
    def scores(self) -> list[Score]:
        return scorecard.ranked(self.vendors, self.counted)

    @cached_property
    def turns(self) -> list[Turn]:
        return scorecard.turns(self.vendors, self.counted)


def read(visit: Visit) -> Plan:
    """Return what the page shows."""
    id_ = visit.program_id
    people = text.distinct({each.id: each.name for each in stakeholders.stakeholders(id_)})
    return Plan(
        visit,
        queries.trace(id_),
        tuple(queries.notes(id_)),
        tuple(queries.use_cases(id_)),
        tuple(vendor_queries.vendors(id_)),
        tuple(vendor_queries.weights(id_)),
        people,
    )


def answer(plan: Plan, view: str) -> str:
    """Return the headline of a view."""
    if view == "Canvases":
        return canvases.headline(plan.notes)
    if view == "Use cases":
        return _adopted(plan)
    if view == "Vendors":
        return scorecard.headline(plan.scores, plan.turns)
    return strategy.headline(plan.trace)


def lead(plan: Plan, view: str) -> str:
    """Return the line under the headline of a view: what is known of it, and what is missing."""
    if view == "Objectives":
        return _kept(plan)
    if view == "Vendors" and plan.vendors and all(each.weight is None for each in plan.weights):
        return "No capability has a weight yet, so all seven count alike."
    return ""


def now(visit: Visit, metric_id: str) -> Now:
    """Return what a metric says in its last complete month."""
    if sources.version(visit.home, visit.program.client_key) == 0:
        return Now(None, None, "no data was brought in")
    found = figures.measured(visit, metric_id)
    month = found.lines[0].last_complete() if found.lines else None
    return Now(found, month, "no complete month says it")


def kept(plan: Plan, goal: Objective) -> bool | None:
    """Whether an objective's metric is at its target now; None while that cannot be said."""
    current = plan.now.get(goal.metric_id or "")
    if current is None or current.month is None or goal.target is None:
        return None
    return reached(current.month.value, goal.target, catalog()[goal.metric_id or ""].better)


def chosen(label: str, options: Mapping[str, str], *, key: str, in_address: bool = False) -> str:
    """Draw a select box over ids by their words and return the chosen id; one that is gone is forgotten."""
    ids = list(options)
    if st.session_state.get(key, ids[0]) not in ids:
        del st.session_state[key]
    found = st.selectbox(
        label,
        ids,
        format_func=lambda each: options.get(each, each),
        key=key,
        width=480,
        bind="query-params" if in_address else None,
    )
    return found or ids[0]


def _named(found: Trace) -> list[str]:
    return sorted({each.metric_id for each in found.objectives if each.metric_id})


def _kept(plan: Plan) -> str:
    judged = [kept(plan, goal) for goal in plan.trace.objectives]
    known = [each for each in judged if each is not None]
    if not known:
        return ""
    met, total = sum(known), len(known)
    if total == 1:
        return f"The one target that can be measured was {'' if met else 'not '}reached in the last complete month."
    how = "None" if not met else str(met)
    were = "was" if met < 2 else "were"
    return f"{how} of the {total} targets that can be measured {were} reached in the last complete month."


def _adopted(plan: Plan) -> str:
    adopted = sum(each.adopted_at is not None for each in plan.use_cases)
    own = sum(each.catalog_id is None for each in plan.use_cases)
    begin = f"{adopted} of {len(shipped.IDS)} use cases {'is' if adopted == 1 else 'are'} adopted"
    if not adopted:
        begin = "No use case is adopted yet"
    return f"{begin}, and {text.plural(own, 'is', 'are')} your own." if own else f"{begin}."
