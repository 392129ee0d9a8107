"""What the ownership page hands to its figures, and a program to own something in."""

from collections.abc import Sequence
from typing import Any

import pytest

from pages.ui import ladder, matrix
from program.actions.components import add_component
from program.actions.ownership import set_duty
from program.actions.stakeholders import add_stakeholder
from program.values import Actor

PAGE = "people/ownership.py"


class Drawn:
    """The figures' data, the last drawn last."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.matrices: list[dict[str, Any]] = []
        self.ladders: list[dict[str, Any]] = []
        patch.setattr(matrix, "_mount", lambda **given: self.matrices.append(given["data"]))
        patch.setattr(ladder, "_mount", lambda **given: self.ladders.append(given["data"]))

    @property
    def matrix(self) -> dict[str, Any]:
        return self.matrices[-1]

    @property
    def ladder(self) -> dict[str, Any]:
        return self.ladders[-1]


def fill(owner: Actor, program_id: str, rows: Sequence[str]) -> dict[str, str]:
    """Put the rows of a RACI file (item,person,duty) on the map and into the matrix; return the ids by name."""
    ids: dict[str, str] = {}
    for row in rows:
        item, person, letters = row.split(",")
        if item and item not in ids:
            ids[item] = add_component(owner, program_id=program_id, name=item)
        if person and person not in ids:
            ids[person] = add_stakeholder(owner, program_id=program_id, name=person)
        if letters:
            cell = {"component_id": ids[item], "stakeholder_id": ids[person]}
            set_duty(owner, program_id=program_id, **cell, letters=letters, before="")
    return ids
