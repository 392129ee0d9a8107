"""The Activities view of the roadmap: the list, and one activity to add, change, report on, link or remove."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.ui import forms, roadmap_bars, roadmap_exchange, roadmap_links, roadmap_several, shell, tables, text
from pages.ui import roadmap as page
from pages.ui.fields import Choice, Day, Field, Text
from pages.ui.roadmap import Plan
from pages.ui.roadmap_fields import Number
from pages.ui.shell import Visit
from program import catalog
from program.actions import roadmap as actions
from program.placing import PlacedActivity

NEW = ""
WHICH = "roadmap.which"
PARTS = ("Details", "Progress", "Waits for", "Remove")
LISTED = 300  # rows of the table on the page
_REPORT = "A day left empty is today where the share calls for one. A finish means 100 percent."


PROGRESS: tuple[Field, ...] = (
    Number("percent", "Done, %", hint="40", what="percentage"),
    Day("started_on", "Started on"),
    Day("finished_on", "Finished on"),
)


def fields(plan: Plan) -> tuple[Field, ...]:
    """The fields of an activity."""
    return (
        Text("name", "Activity", required=True, hint="Match social profiles"),
        Choice("component_id", "Component", {each.id: each.name for each in plan.components.values()}, none="None"),
        Choice("stage", "Stage", catalog.STAGE_NAMES, none="None"),
        Number("duration", "Duration, working days", required=True, hint="10"),
        Number("optimistic", "At best", hint="8"),
        Number("pessimistic", "At worst", hint="20"),
        Day("not_before", "Not before"),
        Choice("owner_id", "Owner", plan.people, none="Nobody yet"),
    )


def new_fields(plan: Plan) -> tuple[Field, ...]:
    """The fields of a new activity, with the one that it waits for."""
    if not plan.roadmap.activities:
        return fields(plan)
    return (*fields(plan), Choice("after", "Waits for the end of", numbered(plan), none="Nothing"))


def show(visit: Visit, plan: Plan) -> None:
    """Draw the choice of an activity, what can be done with it, and the list."""
    if visit.may("plan.edit"):
        which = _choice(plan)
        if which == NEW:
            add(visit, plan)
            roadmap_several.show(visit, plan)
        else:
            _edit(visit, plan, plan.roadmap.by_id[which])
        st.html('<hr style="border:0;border-top:1px solid var(--gw-rule);margin:8px 0 0">')
    listed = as_table(plan)
    shell.title("Activities", "Durations and slack in working days; a duration of 0 makes a milestone")
    page.listed(listed, key="roadmap.activities", most=LISTED, download=False)
    tables.downloads(roadmap_exchange.as_file(plan), key="roadmap.activities")
    shell.note("The files hold every activity in the columns that Exchange brings in again.")


def add(visit: Visit, plan: Plan) -> None:
    """Ask for a new activity and put it on the roadmap."""
    if sent := forms.ask("activity.add", new_fields(plan), submit="Add the activity", columns=4):
        forms.add(sent, actions.add_activity, visit.actor, program_id=visit.program_id)


def numbered(plan: Plan) -> dict[str, str]:
    """The names of the activities by id, each after its number."""
    return {each.id: f"{at} {each.activity.name}" for at, each in enumerate(plan.roadmap.activities, start=1)}


def as_table(plan: Plan) -> tables.Table:
    """One row per activity as it was entered."""
    numbers = plan.numbers
    return tables.Table(
        columns=(
            tables.Column("No.", text.number, number=True),
            tables.Column("Activity"),
            tables.Column("Component", tables.blank),
            tables.Column("Duration", _days, number=True),
            tables.Column("At best", _maybe, number=True),
            tables.Column("At worst", _maybe, number=True),
            tables.Column("Waits for", tables.blank),
            tables.Column("Not before", lambda day: text.day(day) if day else ""),
            tables.Column("Owner", tables.blank),
            tables.Column("Starts", text.day),
            tables.Column("Ends", text.day),
            tables.Column("Done, %", text.number, number=True),
        ),
        rows=tuple(
            (
                numbers[each.id],
                tables.Cell(each.activity.name, "strong" if each.critical else ""),
                plan.component(each) or None,
                each.activity.duration,
                each.activity.optimistic,
                each.activity.pessimistic,
                roadmap_links.as_text(each.activity.links, numbers) or None,
                each.activity.not_before,
                plan.owner(each) or None,
                each.start,
                each.finish,
                100 if each.done else each.activity.percent,
            )
            for each in plan.roadmap.activities
        ),
        name="activities",
    )


def _choice(plan: Plan) -> str:
    names = text.distinct({NEW: "Add a new activity", **numbered(plan)})
    if st.session_state.get(WHICH, NEW) not in names:
        del st.session_state[WHICH]
    return (
        st.selectbox("Activity", list(names), format_func=names.__getitem__, key=WHICH, width=480, bind="query-params")
        or NEW
    )


def _edit(visit: Visit, plan: Plan, placed: PlacedActivity) -> None:
    part = forms.view(PARTS, key="roadmap.part")
    one: Mapping[str, Any] = {"program_id": visit.program_id, "activity_id": placed.id}
    shell.note(f"{plan.numbers[placed.id]} {roadmap_bars.words(plan, placed)}")
    if part == "Details":
        if sent := forms.ask(f"activity.{placed.id}", fields(plan), of=placed.activity, submit="Save", columns=4):
            forms.change(sent, actions.change_activity, visit.actor, **one)
    elif part == "Progress":
        noun = f"activity.{placed.id}.progress"
        if sent := forms.ask(noun, PROGRESS, of=placed.activity, submit="Record the progress", columns=3):
            forms.change(sent, actions.record_progress, visit.actor, **one)
        shell.note(_REPORT)
    elif part == "Waits for":
        roadmap_links.show(visit, plan, placed)
    else:
        _remove(visit, placed, one)


def _remove(visit: Visit, placed: PlacedActivity, one: Mapping[str, Any]) -> None:
    bridge = st.checkbox(
        "What waited for it then waits for what it waited for", value=True, key=f"roadmap.bridge.{placed.id}"
    )
    if st.button(f"Remove {text.quoted(placed.activity.name)}", key="roadmap.remove"):
        given = {**one, "version": placed.activity.version, "bridge": bridge}
        forms.attempt(actions.remove_activity, visit.actor, noun="activity.remove", **given)
    shell.note("Its links go with it. Baselines keep it.")


def _days(value: Decimal | None) -> str:
    return text.UNKNOWN if value is None else f"{value.normalize():f}"


def _maybe(value: Decimal | None) -> str:
    return "" if value is None else _days(value)
