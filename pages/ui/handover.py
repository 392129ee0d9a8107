"""Handovers: which component goes from whom to whom on which day, what is late, and the form for the next one."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from pages.ui import forms, shell, tables, text
from pages.ui.fields import Choice, Day, Text
from pages.ui.owning import Owners
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program.actions import ownership as actions
from program.queries.ownership import Handover

WHAT = "A handover says on which day a component goes from one accountable person to another. It takes components."


def headline(handovers: Sequence[Handover], names: Mapping[str, str], today: date) -> str:
    """Return the one sentence that the handovers answer with, the late ones first."""
    ahead = [each for each in handovers if each.done_at is None]
    if not ahead:
        return "No handover is planned."
    first, late = ahead[0], [each for each in ahead if each.on < today]
    what, to = names[first.component_id], names[first.to_id]
    if len(late) == 1:
        return f"1 handover is overdue: {what} should have gone to {to} on {text.day(first.on)}."
    if late:
        return f"{len(late)} handovers are overdue, the oldest since {text.day(first.on)}: {what} to {to}."
    giver = f" from {names[first.from_id]}" if first.from_id else ""
    more = f"The next of {len(ahead)} handovers: " if len(ahead) > 1 else ""
    return f"{more}{what} goes{giver} to {to} on {text.day(first.on)}."


def ahead(visit: Visit, handovers: Sequence[Handover], names: Mapping[str, str]) -> None:
    """Draw the handovers ahead, each with the buttons that carry it out or cancel it."""
    found = [each for each in handovers if each.done_at is None]
    if not found:
        shell.note("A handover keeps it clear who is the one accountable person when people move on.")
        return
    shell.title("Ahead", f"{len(found)} handovers, the next one first" if len(found) > 1 else "")
    for each in found:
        one = {"program_id": visit.program_id, "handover_id": each.id, "version": each.version}
        st.html('<div style="border-top:1px solid var(--gw-rule)"></div>')
        words, done, cancel = st.columns([7, 1.6, 1.4], vertical_alignment="center")
        words.html(_row(each, names, visit.today))
        if not visit.may("people.edit"):
            continue
        if done.button("Hand over now", key=f"handover.done.{each.id}", width="stretch"):
            forms.attempt(actions.complete_hand_over, visit.actor, noun="handover.done", **one)
        if cancel.button("Cancel it", key=f"handover.cancel.{each.id}", type="tertiary"):
            forms.attempt(actions.cancel_hand_over, visit.actor, noun="handover.cancel", **one)


def plan(visit: Visit, owners: Owners) -> None:
    """Ask for the next handover and plan it."""
    shell.title("Plan a handover")
    answers = {duty.item: duty.person for duty in owners.duties if duty.letter == "A"}
    names = owners.names
    held = {
        item.id: f"{item.name} · {names[answers[item.id]] if item.id in answers else 'nobody'} answers for it"
        for item in owners.components
    }
    fields = (
        Choice("component_id", "Component", held),
        Choice("to_id", "Goes to", {person.id: person.name for person in owners.people}),
        Day("on", "On", required=True),
        Text("note", "Note: what has to be told or learned before", long=True, most=2000),
    )
    if sent := forms.ask("handover.add", fields, submit="Plan the handover", columns=3):
        forms.add(sent, actions.hand_over, visit.actor, program_id=visit.program_id)


def done(handovers: Sequence[Handover], names: Mapping[str, str], zone: str) -> None:
    """Draw the handovers that were carried out, with the files of all."""
    past = [each for each in handovers if each.done_at is not None]
    if past:
        shell.title("Done", text.plural(len(past), "handover", "handovers"))
        st.html(tables.html(as_table(past, names, zone)))
    if handovers:
        tables.downloads(as_table(handovers, names, zone), key="handover.file")
        st.html('<div style="border-top:1px solid var(--gw-rule)"></div>')


def as_table(handovers: Sequence[Handover], names: Mapping[str, str], zone: str) -> tables.Table:
    """One row per handover."""
    return tables.Table(
        columns=(
            tables.Column("Component"),
            tables.Column("From", tables.blank),
            tables.Column("To"),
            tables.Column("Planned for", text.day),
            tables.Column("Done", lambda at: text.moment(at, zone) if at else ""),
            tables.Column("Note", tables.blank),
        ),
        rows=tuple(
            (
                names[each.component_id],
                names.get(each.from_id or ""),
                names[each.to_id],
                each.on,
                each.done_at,
                each.note,
            )
            for each in handovers
        ),
        name="handovers",
    )


def _row(each: Handover, names: Mapping[str, str], today: date) -> str:
    late = (today - each.on).days
    days = f"{text.number(late)} {'day' if late == 1 else 'days'}"
    state = f'<span class="gw-act">■ {days} overdue</span>' if late > 0 else '<span class="gw-note">○ planned</span>'
    giver = markup(names[each.from_id]) if each.from_id else "nobody"
    note = f'<br><span class="gw-note">{markup(each.note)}</span>' if each.note else ""
    return (
        '<div style="display:grid;grid-template-columns:7.5rem 1fr;gap:4px 16px;overflow-wrap:anywhere;'
        'color:var(--gw-ink)">'
        f"<div>{text.day(each.on)}<br>{state}</div>"
        f"<div><b style='font-weight:600'>{markup(names[each.component_id])}</b>: {giver} → "
        f"{markup(names[each.to_id])}{note}</div></div>"
    )
