"""What comes next with somebody: the steps with owner and date, done or not, and who could stand in for them."""

from collections.abc import Collection

import streamlit as st

from pages.ui import forms, people, register, safe, shell, text
from pages.ui.fields import Choice, Day, Field, Text
from pages.ui.register import Register
from pages.ui.shell import Visit
from program.actions import stakeholders as actions
from program.stakeholders import Stakeholder, Step

DONE_SHOWN = 3


def draw(visit: Visit, of: Register, person: Stakeholder) -> None:
    """Draw the open steps, the last ones done, the form for another, and the stand-ins."""
    mine = [step for step in of.steps if step.stakeholder_id == person.id]
    ahead, done = [each for each in mine if each.done_at is None], [each for each in mine if each.done_at]
    late = sum(each.due_on is not None and each.due_on < visit.today for each in ahead)
    shell.title("What comes next", f"{late} overdue" if late else "" if ahead else "No step is planned.")
    for step in ahead:
        _open(visit, of, step)
    for step in done[:DONE_SHOWN]:
        _done(visit, step)
    if len(done) > DONE_SHOWN:
        shell.note(f"And {len(done) - DONE_SHOWN} more done.")
    with st.expander("Plan a step", expanded=not ahead, key=f"step.more.{person.id}"):
        sent = forms.ask(f"step.add.{person.id}", _fields(of), submit="Plan it", main=False)
    if sent:
        forms.add(sent, actions.add_step, visit.actor, program_id=visit.program_id, stakeholder_id=person.id)
    _stand_ins(visit, of, person)


def _fields(of: Register) -> tuple[Field, ...]:
    return (
        Text("what", "What to do", required=True, wide=True, most=2000),
        Choice("owner_id", "Who does it", of.labels, none="Not known"),
        Day("due_on", "Due"),
    )


def _open(visit: Visit, of: Register, step: Step) -> None:
    owner = of.by_id.get(step.owner_id or "")
    late = step.due_on is not None and step.due_on < visit.today
    facts = [people.alone(owner.name) if owner else "nobody does it yet"]
    facts.append(f"due {text.day(step.due_on)}" if step.due_on else "no date")
    sign = '<span class="gw-act">■ overdue</span> ' if late else ""
    st.html(
        f'<p style="margin:0;line-height:1.45;overflow-wrap:anywhere">{safe.markup(step.what)}</p>'
        f'<p class="gw-note">{sign}{safe.markup(text.capital(", ".join(facts)))}</p>'
    )
    with st.container(horizontal=True, gap="small"):
        st.button("Done", key=f"step.done.{step.id}", on_click=_close, args=(visit, step, True))
        with st.popover("Change", type="tertiary", key=f"step.change.{step.id}"):
            if sent := forms.ask(f"step.{step.id}", _fields(of), of=step, submit="Save", main=False):
                forms.change(sent, actions.change_step, visit.actor, program_id=visit.program_id, step_id=step.id)


def _done(visit: Visit, step: Step) -> None:
    when = text.moment(step.done_at, visit.program.time_zone).partition(",")[0]
    words, back = st.columns([3, 1], vertical_alignment="center")
    words.html(f'<p class="gw-note"><span class="gw-good">✓ {when}</span> {safe.markup(step.what)}</p>')
    back.button("Not done", key=f"step.back.{step.id}", type="tertiary", on_click=_close, args=(visit, step, False))


def _close(visit: Visit, step: Step, done: bool) -> None:
    with shell.saving(later=True):
        one = {"program_id": visit.program_id, "step_id": step.id, "version": step.version}
        actions.close_step(register.now(visit), **one, done=done)  # type: ignore[arg-type]


def _stand_ins(visit: Visit, of: Register, person: Stakeholder) -> None:
    held = of.stand_ins.get(person.id, [])
    key = f"stand_in.{person.id}"
    if key in st.session_state and set(st.session_state[key]) != set(held):
        st.session_state[key] = held
    st.multiselect(
        "Who could stand in",
        [each for each in of.by_id if each != person.id],
        None if key in st.session_state else held,
        format_func=of.labels.__getitem__,
        key=key,
        placeholder="Nobody",
        on_change=_set_stand_ins,
        args=(visit, person.id, frozenset(held), key),
    )


def _set_stand_ins(visit: Visit, person_id: str, before: Collection[str], key: str) -> None:
    chosen = set(st.session_state[key])
    with shell.saving(later=True):
        for each in sorted(chosen.symmetric_difference(before)):
            actions.set_stand_in(
                register.now(visit),
                program_id=visit.program_id,
                stakeholder_id=person_id,
                stand_in_id=each,
                can=each in chosen,
                before=each in before,
            )
