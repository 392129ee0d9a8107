"""A small roadmap far in the future, so that its dates do not depend on the day a test runs."""

from datetime import date
from decimal import Decimal
from typing import Any

from streamlit.testing.v1 import AppTest

from program.actions.links import link
from program.actions.roadmap import add_activity
from program.placing import PlannedActivity
from program.queries.roadmap import activities
from program.values import Actor
from tests.pages.opening import run

MONDAY = date(2040, 1, 2)


def activity(owner: Actor, program_id: str, name: str, days: str, *after: str, **more: Any) -> str:
    """An activity that waits for others; the first ones begin on MONDAY."""
    if not after:
        more.setdefault("not_before", MONDAY)
    made = add_activity(owner, program_id=program_id, name=name, duration=Decimal(days), **more)
    for before in after:
        link(owner, program_id=program_id, predecessor_id=before, successor_id=made)
    return made


def small(owner: Actor, program_id: str) -> dict[str, str]:
    """Record (10 d) > Match (5 d) > Live (milestone), and Study (3 d) beside them, which has 12 days of slack."""
    record = activity(owner, program_id, "Record", "10")
    match = activity(owner, program_id, "Match", "5", record)
    live = activity(owner, program_id, "Live", "0", match)
    return {"Record": record, "Match": match, "Live": live, "Study": activity(owner, program_id, "Study", "3")}


def stored(program_id: str, name: str) -> PlannedActivity:
    (found,) = (each for each in activities(program_id) if each.name == name)
    return found


def turn(page: AppTest, option: str) -> AppTest:
    """Press one option of the switch that has it."""
    switches: Any = page.get("button_group")
    (switch,) = (each for each in switches if option in each.options)
    switch.set_value(option)
    return run(page)


def choose(page: AppTest, label: str, value: str) -> AppTest:
    """Choose an entry of a list by its id."""
    (box,) = (each for each in page.selectbox if each.label == label)
    box.set_value(value)
    return run(page)
