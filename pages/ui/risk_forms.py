"""What the risks page asks: the fields of a risk, what to do with a proposal, and how a risk ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import forms, shell, tables, text
from pages.ui.fields import Amount, Choice, Field, Part, Text
from pages.ui.risk_reads import NOBODY, WHOLE, Known
from pages.ui.shell import Visit
from program.actions import risks as actions
from program.proposed_risks import ProposedRisk
from program.risks import IMPACTS, PROBABILITIES, RESPONSES, Risk, chance

ROOMS = {
    "people/influence.py": "Influence",
    "people/ownership.py": "Ownership",
    "plan/budget.py": "Budget",
    "plan/components.py": "Components",
    "plan/decisions.py": "Decisions",
}


@dataclass(frozen=True)
class Level:
    """A level from 1 to 5, each with its words; it may stay unknown."""

    name: str
    label: str
    words: Mapping[int, str] = field(hash=False)

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        levels = [None, *self.words]
        return place.selectbox(
            self.label,
            levels,
            index=levels.index(value),
            format_func=lambda each: "Not known" if each is None else f"{each} {self.words[each]}",
            key=key,
        )

    def read(self, raw: Any) -> int | None:
        return raw if isinstance(raw, int) else None


def fields(known: Known) -> tuple[Field | Part, ...]:
    """The fields of a risk."""
    likely = {at: f"{name}, {text.percent(chance(at))}" for at, name in PROBABILITIES.items()}
    return (
        Text("title", "What may happen", required=True, wide=True, most=300),
        Choice("component_id", "Component", known.components, none=WHOLE),
        Choice("owner_id", "Owner", known.people, none=NOBODY),
        Choice("response", "Response", RESPONSES, none="Not decided"),
        Part("If it happens", columns=4),
        Level("probability", "Probability", likely),
        Level("impact", "Impact", IMPACTS),
        Amount("cost", f"Cost, {known.currency}"),
        Amount("days", "Delay, working days", hint="10"),
        Part("Once the response works", columns=4),
        Level("residual_probability", "Probability then", likely),
        Level("residual_impact", "Impact then", IMPACTS),
        Text("action", "What we do", long=True, most=2000),
        Text("trigger", "How we notice that it has come", long=True, most=2000),
    )


def add(visit: Visit, known: Known) -> None:
    """Ask for a new risk."""
    if sent := forms.ask("risk.add", fields(known), submit="Add the risk", columns=3):
        forms.add(sent, actions.add_risk, visit.actor, program_id=visit.program_id)


def choose(known: Known) -> Risk | None:
    """Draw the choice of one risk, which stands in the address too."""
    by_id = known.by_id
    names = text.distinct({each: risk.title for each, risk in by_id.items()})
    which = st.selectbox(
        "Risk", list(names), format_func=names.__getitem__, key="risk.which", width=640, bind="query-params"
    )
    return by_id.get(which or "")


def edit(visit: Visit, known: Known, risk: Risk) -> None:
    """Ask for other values of a risk, and how it ended."""
    one = {"program_id": visit.program_id, "risk_id": risk.id}
    if sent := forms.ask(f"risk.{risk.id}", fields(known), of=risk, submit="Save", columns=3):
        forms.change(sent, actions.change_risk, visit.actor, **one)
    with st.container(horizontal=True, gap="small"):
        if risk.open:
            for status, words in (("closed", "It is over"), ("happened", "It happened")):
                if st.button(words, key=f"risk.{status}.{risk.id}"):
                    forms.attempt(actions.close_risk, visit.actor, **one, version=risk.version, status=status)
        elif st.button("Open it again", key=f"risk.reopen.{risk.id}"):
            forms.attempt(actions.reopen_risk, visit.actor, **one, version=risk.version)


def proposed(visit: Visit, known: Known, found: list[ProposedRisk]) -> None:
    """Draw what the program proposes, and for one of them, chosen, how to take or dismiss it."""
    if not found:
        shell.note("Nothing is proposed: every proposal was taken or dismissed, or there is none.")
        return
    rows = tuple((each.sentence, ROOMS[each.page]) for each in found)
    tables.show(
        tables.Table((tables.Column("Proposed"), tables.Column("Comes from")), rows, name="proposed risks"),
        key="risk.proposed",
        download=False,
    )
    if visit.may("plan.edit"):
        by_key = {each.key: each for each in found}
        names = text.distinct({each.key: each.sentence for each in found})
        which = st.selectbox("Decide on", list(names), format_func=names.__getitem__, key="risk.proposal", width=640)
        _decide(visit, known, by_key[which])


def _decide(visit: Visit, known: Known, one: ProposedRisk) -> None:
    if one.on_ties:
        shell.note("It rests on ties, which only some may see. Every member can read what you enter here.")
    begin = {"title": "" if one.on_ties else one.sentence, "component_id": one.component_id, "owner_id": one.owner_id}
    given = {"program_id": visit.program_id, "proposal": one.key}
    take, dismiss = st.tabs(["Take it as a risk", "It is not a risk"])
    with take:
        sent = forms.ask(f"risk.take.{one.key}", fields(known), begin=begin, submit="Take it", columns=3)
    if sent:
        forms.add(sent, actions.accept_proposal, visit.actor, **given)
    with dismiss:
        asked = (Text("reason", "Why not", required=True, wide=True, most=1000),)
        refused = forms.ask(f"risk.dismiss.{one.key}", asked, submit="Dismiss it", main=False)
        shell.note("It is not proposed again. It stays under the status “Not a risk”.")
    if refused:
        forms.add(refused, actions.dismiss_proposal, visit.actor, title=one.sentence, **given)
