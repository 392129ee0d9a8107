"""The gate view: each criterion with its sign and figure, what is attached, and what was decided."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from pages.ui import follow_ups, shell, sitemap, tables, text
from pages.ui.component_reads import HERE, Plan, about
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program import catalog, gates
from program.gate_facts import Evidence
from program.gates import Gate, GateDecision, Judged, Waiver

SIGNS = {True: ("✓ met", "good"), False: ("■ not met", "act"), None: ("○ unknown", "muted")}
HOW = {"fact": "", "evidence": "shown by evidence", "either": "shown by a fact or by evidence"}
OUTCOME_SIGNS = {"pass": "✓", "waive": "▲", "hold": "○", "stop": "■"}


def answer(gate: Gate) -> None:
    """Say whether the gate can be passed, and what follows."""
    shell.answer(headline(gate))
    shell.lead(lead(gate))


def lead(gate: Gate) -> str:
    """Return what follows when the gate is passed, and how far it is."""
    ways = " or ".join(text.quoted(catalog.STAGE_NAMES[each]) for each in gate.next_stages)
    of = f"{gate.met} of {text.plural(len(gate.criteria), 'criterion', 'criteria')} met"
    return f"{of}. From {text.quoted(catalog.STAGE_NAMES[gate.stage])} it goes on to {ways}."


def show(visit: Visit, plan: Plan, gate: Gate) -> None:
    """Draw the criteria, and under them what earlier gates let pass."""
    stage = next(each for each in catalog.load().stages if each.id == gate.stage)
    shell.title(f"What it takes to leave {text.quoted(stage.name)}", stage.meaning)
    tables.show(as_table(visit, plan, gate), key="gate.criteria")
    if not gate.waivers:
        return
    if over := [each for each in gate.waivers if each.expired]:
        heading = text.capital(text.plural(len(over), "waiver ran out", "waivers ran out"))
        which = [f"{text.quoted(each.criterion.words)} {_still(each)}" for each in over]
        shell.alert(heading, *which, f"Meet {'it' if len(over) == 1 else 'them'} now, or decide again.", sign="watch")
    shell.title("Let pass at earlier gates", "By a waiver, and still to be met")
    tables.show(waivers_table(gate), key="gate.waivers", download=False)


def waivers_table(gate: Gate) -> tables.Table:
    """One row per criterion that an earlier gate let pass and that is not met yet."""
    heads = ("Criterion", "Let pass at", "State", "Because", "Until")
    return tables.Table(
        columns=(*(tables.Column(each) for each in heads[:4]), tables.Column(heads[4], _until)),
        rows=tuple(
            (
                each.criterion.words,
                catalog.STAGE_NAMES[each.stage],
                tables.Cell(*SIGNS[each.met]),
                each.sentence,
                tables.Cell(each.expires_on, "act" if each.expired else "", note="ran out" if each.expired else ""),
            )
            for each in gate.waivers
        ),
        name="gate_waivers",
    )


def as_table(visit: Visit, plan: Plan, gate: Gate) -> tables.Table:
    """One row per criterion: whether it is met, why, and where it is settled."""
    columns = ("Criterion", "State", "Because", "Settled on")
    return tables.Table(
        columns=(*(tables.Column(each) for each in columns[:3]), tables.Column(columns[3], tables.blank)),
        rows=tuple(_row(visit, plan, gate, each) for each in gate.criteria),
        name="gate",
    )


def show_evidence(shown: Sequence[Evidence]) -> None:
    """Draw what is attached, each with who attached it and when."""
    rows = "".join(f"<li>{_evidence(each)} <span class='gw-note'>{_signed(each)}</span></li>" for each in shown)
    if rows:
        st.html(f'<ul style="margin:0;padding-left:20px;overflow-wrap:anywhere">{rows}</ul>')


def after(visit: Visit, plan: Plan, gate: Gate) -> None:
    """Draw what was decided at the component's gates, and what is to follow."""
    people = {each.id: each.name for each in plan.people}
    history(gate, people)
    follow_ups.beside(visit, people, origin="gate", origin_id=gate.component_id)


def history(gate: Gate, people: Mapping[str, str]) -> None:
    """Draw every decision on the component's gates, the newest first; dissent and waivers are part of each."""
    if not gate.history:
        by_hand = "" if gate.stage == catalog.STAGES[0] else " It came to its stage by hand, without passing a gate."
        shell.note(f"Nothing was decided at a gate of it yet.{by_hand}")
        return
    shell.title("Decisions at its gates", "The newest first; none is ever changed or taken away")
    tables.show(history_table(gate, people), key="gate.history")


def history_table(gate: Gate, people: Mapping[str, str]) -> tables.Table:
    """One row per decision."""
    heads = ("Date", "Stage", "Decision", "Decided by", "Reason", "Dissent", "Waived", "Criteria met then")
    return tables.Table(
        columns=(tables.Column(heads[0], text.day), *(tables.Column(each, tables.blank) for each in heads[1:])),
        rows=tuple(_decision(each, people) for each in gate.history),
        name="gate_decisions",
    )


def headline(gate: Gate) -> str:
    """Return whether the component may leave its stage, with the first reason."""
    return gate.sentence


def overview(plan: Plan) -> str:
    """Return how many components may leave their stage, as a sentence; empty without components."""
    able = [each for each in plan.gates.values() if each.can_pass and not each.held]
    if not plan.gates:
        return ""
    if not able:
        return "No component meets everything its gate asks for."
    if len(able) > 1:
        return f"{len(able)} components can leave their stage."
    return f"{text.quoted(able[0].component_name)} can leave {text.quoted(catalog.STAGE_NAMES[able[0].stage])}."


def _still(each: Waiver) -> str:
    return f"It is still {'unknown' if each.met is None else 'not met'}."


def _until(value: date | None) -> str:
    return "no day was said" if value is None else text.day(value)


def _row(visit: Visit, plan: Plan, gate: Gate, each: Judged) -> tuple[object, ...]:
    word, tone = SIGNS[each.met]
    file = gates.settled_on(each.criterion, gate.facts)
    page = next((entry for entry in sitemap.PAGES if entry.file == file), None)
    if page is None or each.criterion.judged == "evidence":
        place = tables.Cell("below" if page else None)
    else:
        title = "Edit" if page.file == HERE else page.title
        place = tables.Cell(title, link=about(visit, plan, plan.by_id[gate.component_id], page.file))
    return (
        tables.Cell(each.criterion.words, note=HOW[each.criterion.judged]),
        tables.Cell(word, tone),
        each.sentence,
        place,
    )


def _evidence(each: Evidence) -> str:
    words = markup(each.note) if each.note else ""
    if not each.link:
        return words
    shown = f'<a href="{markup(each.link)}" rel="noopener noreferrer" target="_blank">{markup(each.link)}</a>'
    return f"{words} {shown}".strip()


def _signed(each: Evidence) -> str:
    return f"{markup(each.added_by)}, {text.day(each.added_at.date())}"


def _decision(each: GateDecision, people: Mapping[str, str]) -> tuple[object, ...]:
    to = f" → {catalog.STAGE_NAMES[each.to]}" if each.to else ""
    words = {one.id: one.words for one in gates.load().get(each.stage, ())}
    until = f" Until {text.day(each.expires_on)}." if each.expires_on else ""
    waived = " ".join(text.quoted(words.get(one, one)) for one in each.waived) + until
    met = sum(bool(one.get("met")) for one in each.criteria)
    tone = {"pass": "good", "waive": "watch", "stop": "act"}.get(each.outcome, "")
    return (
        each.decided_on,
        f"{catalog.STAGE_NAMES[each.stage]}{to}",
        tables.Cell(f"{OUTCOME_SIGNS[each.outcome]} {gates.OUTCOMES[each.outcome]}", tone),
        people.get(each.decider_id or "", "n/a"),
        each.reason,
        each.dissent,
        waived or None,
        f"{met} of {len(each.criteria)}",
    )
