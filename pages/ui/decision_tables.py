"""Decisions and assumptions as tables, the question that waits first."""

from collections.abc import Sequence
from typing import Any

from pages.ui import shell, tables, text
from pages.ui.decision_reads import Known
from pages.ui.tables import Cell, Column
from program.decisions import STATES, Assumption, Decision, by_urgency, expired, past, ranked, shaken

NOBODY, OPEN = "Nobody yet", "Open"


def show_decisions(known: Known, component_id: str | None) -> None:
    """Draw the decisions of a component, or all."""
    some = [each for each in ranked(known.decisions) if component_id in (None, each.component_id)]
    if not some:
        shell.note("No decision is about this component.")
        return
    tables.show(decisions(some, known), key="decision.table")


def show_assumptions(known: Known, component_id: str | None) -> None:
    """Draw the assumptions of a component, or all."""
    some = [each for each in known.assumptions if component_id in (None, each.component_id)]
    if not some:
        shell.note("No assumption is about this component.")
        return
    tables.show(assumptions(some, known), key="assumption.table")
    shell.note("A broken assumption, and one that outlived its day, is proposed as a risk.")


def decisions(some: Sequence[Decision], known: Known) -> tables.Table:
    """One row per decision, open ones first."""
    columns = (
        Column("Question"),
        Column("Decided", tables.plain),
        Column("Options"),
        Column("Dissent", tables.blank),
        Column("Rests on", tables.blank),
        Column("Decide by", _day),
        Column("Look again on", _day),
    )
    return tables.Table(columns, tuple(_decision(each, known) for each in some), name="decisions")


def assumptions(some: Sequence[Assumption], known: Known) -> tables.Table:
    """One row per assumption, those that ask for a look first."""
    columns = (
        Column("Taken for true"),
        Column("State"),
        Column("Until", _day),
        Column("For the decision", tables.blank),
    )
    ranks = by_urgency(some, known.today)
    return tables.Table(columns, tuple(_assumption(each, known) for each in ranks), name="assumptions")


def _decision(each: Decision, known: Known) -> tuple[Any, ...]:
    shaky = shaken(each, known.assumptions, known.today)
    mine = [one.text for one in known.assumptions if one.decision_id == each.id]
    rests = "; ".join([*([each.rests_on] if each.rests_on else []), *mine]) or None
    note = f"▲ {text.plural(len(shaky), 'assumption', 'assumptions')} broken or out of date" if shaky else ""
    by, again = (_next(each, known), None) if each.open else (None, _next(each, known))
    return (
        Cell(each.question, "strong", note=known.component(each)),
        Cell(each.chosen or (OPEN if each.open else None), "watch" if each.open else "", note=_by(each, known)),
        Cell(", ".join(option.name for option in each.options) or text.UNKNOWN, note=_notes(each)),
        each.dissent,
        Cell(rests, note=note),
        by,
        again,
    )


def _next(each: Decision, known: Known) -> Cell:
    late = past(each, known.today)
    return Cell(each.review_on, ("act" if each.open else "watch") if late else "muted", note="past" if late else "")


def _assumption(each: Assumption, known: Known) -> tuple[Any, ...]:
    late = expired(each, known.today)
    tone = "act" if each.state == "broken" else "watch" if late else ""
    state = "▲ Not checked in time" if late else f"{'■ ' if each.state == 'broken' else ''}{STATES[each.state]}"
    return (
        Cell(each.text, "strong", note=known.component(each)),
        Cell(state, tone, note=_checked(each, known)),
        Cell(each.expires_on, "muted"),
        known.questions.get(each.decision_id or ""),
    )


def _by(each: Decision, known: Known) -> str:
    who = known.people.get(each.decider_id or "", NOBODY)
    return f"{who}, {text.day(each.decided_on)}" if each.decided_on else f"{who} decides"


def _checked(each: Assumption, known: Known) -> str:
    who = known.people.get(each.owner_id or "", NOBODY)
    last = f", last on {text.day(each.checked_on)}" if each.checked_on else ""
    return f"{who} checks it{last}"


def _notes(each: Decision) -> str:
    return "; ".join(f"{option.name}: {option.note}" for option in each.options if option.note)


def _day(value: Any) -> str:
    return "" if value is None else text.day(value)
