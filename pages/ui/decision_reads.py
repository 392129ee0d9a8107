"""What the decisions page reads once, and its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.metrics import catalog
from pages.ui import text
from pages.ui.shell import Visit
from program.changes import ChangeRecord
from program.decisions import Assumption, Decision
from program.follow_ups import FollowUp
from program.queries import changes, components, decisions, follow_ups, stakeholders

DECISIONS, ASSUMPTIONS, CHANGES, FOLLOW_UPS = VIEWS = ("Decisions", "Assumptions", "Changes", "Follow-ups")
WHAT = {
    DECISIONS: (
        "A decision holds the question, the options, who decided on which day, who disagreed and what it rests on, so "
        "that nobody has to remember it or decide it twice."
    ),
    ASSUMPTIONS: (
        "An assumption is something the plan takes for true until a day. When it breaks or outlives its day, it is "
        "proposed as a risk, and the decisions that rest on it are marked."
    ),
    CHANGES: (
        "The change log says what was changed on which day, why, and how the metric stood before and after, so that "
        "the program learns which changes were followed by a better figure."
    ),
    FOLLOW_UPS: (
        "A follow-up says who does what by when. It comes from a decision, a risk, a gate, a finding or a workshop, "
        "and stands on the overview once it is overdue."
    ),
}
WHOLE = "Whole program"


@dataclass(frozen=True)
class Known:
    """Everything the page shows, and the names of components and people by id (equal ones numbered)."""

    decisions: tuple[Decision, ...]
    assumptions: tuple[Assumption, ...]
    changes: tuple[ChangeRecord, ...]
    follow_ups: tuple[FollowUp, ...]
    components: Mapping[str, str]
    people: Mapping[str, str]
    today: date
    currency: str

    @property
    def questions(self) -> dict[str, str]:
        return text.distinct({each.id: each.question for each in self.decisions})

    def component(self, row: Decision | Assumption | ChangeRecord) -> str:
        return self.components.get(row.component_id or "", WHOLE)


def read(visit: Visit) -> Known:
    """Return what the page shows."""
    mine = visit.program_id
    return Known(
        tuple(decisions.decisions(mine)),
        tuple(decisions.assumptions(mine)),
        tuple(changes.change_records(mine)),
        tuple(follow_ups.follow_ups(mine)),
        text.distinct({each.id: each.name for each in components.components(mine)}),
        text.distinct({each.id: each.name for each in stakeholders.stakeholders(mine)}),
        visit.today,
        visit.program.currency,
    )


def metrics() -> dict[str, str]:
    """The names of the metrics by id."""
    return {each.id: each.name for each in catalog().values()}


def kept(known: Known) -> str | None:
    """Draw the choice of a component, which stands in the address too; return its id, None for all."""
    held = {each.component_id for some in (known.decisions, known.assumptions, known.changes) for each in some}
    names = {each: name for each, name in known.components.items() if each in held}
    return (
        st.selectbox(
            "Component",
            ["", *names],
            format_func=lambda each: names.get(each, "All components"),
            key="decision.component",
            width=260,
            bind="query-params",
        )
        or None
    )
