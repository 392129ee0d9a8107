"""What the actions of the plan ask of the store: which day it is for the program, and whether rows are its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from program.store.tables import Base, Baseline, Component, Decision, Program, Stakeholder
from program.store.unit_of_work import Unit

REFERENCES: Mapping[str, type[Base]] = {
    "component_id": Component,
    "owner_id": Stakeholder,
    "decider_id": Stakeholder,
    "decision_id": Decision,
    "baseline_id": Baseline,
}


def today(unit: Unit) -> date:
    """Return the day on which the unit's actor acts, in the program's time zone."""
    zone = unit.session.get_one(Program, unit.program_id).time_zone
    return unit.actor.now.astimezone(ZoneInfo(zone)).date()


def know(unit: Unit, values: Mapping[str, Any]) -> None:
    """Raise Missing when a reference among the values names no row of the unit's program."""
    for name, table in REFERENCES.items():
        if values.get(name):
            unit.get(table, values[name])
