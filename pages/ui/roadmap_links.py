"""What an activity waits for: by choice, or typed as in a spreadsheet: 3;5 FS+2."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from pages.ui import forms, shell, text
from pages.ui.fields import Choice, Text
from pages.ui.roadmap import Plan
from pages.ui.roadmap_fields import Number
from pages.ui.safe import markup
from pages.ui.shell import Visit
from program.actions import links as actions
from program.placing import PlacedActivity, PlannedLink, Waiting
from program.schedule import BadLink, parse_links
from program.values import Invalid

KINDS = {
    "FS": "FS: starts after its end",
    "SS": "SS: starts after its start",
    "FF": "FF: ends after its end",
    "SF": "SF: ends after its start",
}
HINT = "3;5 FS+2"
HOW = (
    "By number: 3 waits for the end of activity 3; 5 FS+2 waits two working days longer, 5 SS starts with it, 5 FF-1 "
    "may end a day before it. Semicolons part several."
)
_TYPED = Text("links", "Waits for", wide=True, most=2000, hint=HINT)


def as_text(links: Sequence[PlannedLink], numbers: Mapping[str, int]) -> str:
    """The links as they are typed, in the order of the numbers."""
    known = [each for each in links if each.predecessor_id in numbers]
    known.sort(key=lambda each: (numbers[each.predecessor_id], each.kind))
    return ";".join(written(str(numbers[each.predecessor_id]), each.kind, each.lag) for each in known)


def read(typed: str, plan: Plan, own: str) -> list[Waiting]:
    """Return the links in a text. Raises Invalid, naming what is wrong with which of them."""
    by_number = {number: id_ for id_, number in plan.numbers.items()}
    try:
        given = list(parse_links(typed))
    except BadLink as problem:
        raise Invalid("links", str(problem)) from problem
    found: list[Waiting] = []
    for number, kind, lag in given:
        id_ = by_number.get(int(number)) if number.isascii() and number.isdigit() else None
        if id_ is None:
            raise Invalid("links", f"There is no activity {number}: the numbers go from 1 to {len(by_number)}.")
        if id_ == own:
            raise Invalid("links", f"Activity {number} cannot wait for itself.")
        if any((each.predecessor_id, each.kind) == (id_, kind) for each in found):
            raise Invalid("links", f"{number} {kind} stands here twice.")
        found.append(Waiting(id_, kind, Decimal(str(lag))))
    return found


def show(visit: Visit, plan: Plan, placed: PlacedActivity) -> None:
    """Draw what an activity waits for, to type or to choose from."""
    begun = as_text(placed.activity.links, plan.numbers)
    noun = f"activity.{placed.id}.links"
    if sent := forms.ask(noun, (_TYPED,), begin={"links": begun}, submit="Save the links", columns=1):
        with shell.saving() as reading:
            wanted = read(sent.values["links"] or "", plan, placed.id)
        if reading.done:
            seen = {each.id: each.version for each in placed.activity.links}
            given = {"activity_id": placed.id, "seen": seen, "wanted": wanted}
            forms.attempt(actions.set_links, visit.actor, noun=noun, program_id=visit.program_id, **given)
    shell.note(HOW)
    others = {
        each.id: f"{at} {each.activity.name}"
        for at, each in enumerate(plan.roadmap.activities, start=1)
        if each.id != placed.id
    }
    if others:
        _add(visit, placed, others)
    for link in placed.activity.links:
        _row(visit, plan, link)


def words(link: PlannedLink, plan: Plan) -> str:
    """A link in words: waits for the end of "Match", 2 working days later."""
    before = plan.roadmap.by_id.get(link.predecessor_id)
    name = text.quoted(before.activity.name) if before else "an activity that is gone"
    own = "starts" if link.kind[1] == "S" else "ends"
    end = "end" if link.kind[0] == "F" else "start"
    return f"It {own} after the {end} of {name}{_lag_words(link.lag)}."


def _lag_words(lag: Decimal) -> str:
    if not lag:
        return ""
    days = "1 working day" if abs(lag) == 1 else f"{abs(lag).normalize():f} working days"
    return f", {days} {'later' if lag > 0 else 'earlier'}"


def _add(visit: Visit, placed: PlacedActivity, others: Mapping[str, str]) -> None:
    fields = (
        Choice("predecessor_id", "Add one", others),
        Choice("kind", "How", KINDS),
        Number("lag", "Lag, working days", hint="0"),
    )
    noun = f"activity.{placed.id}.link"
    if sent := forms.ask(noun, fields, submit="Add the link", columns=3, main=False):
        sent.values["lag"] = sent.values["lag"] or Decimal(0)
        forms.add(sent, actions.link, visit.actor, program_id=visit.program_id, successor_id=placed.id)


def _row(visit: Visit, plan: Plan, link: PlannedLink) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p style="margin:0">{markup(words(link, plan))}</p>', width="content")
        if st.button(f"Remove {as_text([link], plan.numbers)}", key=f"roadmap.unlink.{link.id}"):
            given = {"program_id": visit.program_id, "link_id": link.id, "version": link.version}
            forms.attempt(actions.unlink, visit.actor, noun=f"link.{link.id}", **given)


def written(number: str, kind: str, lag: Decimal) -> str:
    """A link as it is typed: 3, or 5 FS+2."""
    if kind == "FS" and not lag:
        return number
    return f"{number} {kind}{f'{lag.normalize():+f}' if lag else ''}"
