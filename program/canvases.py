"""Canvases: frames for what a team sees before it decides, and the notes in them that lead somewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).parent / "canvases.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CanvasCell(_Strict):
    id: str
    name: str
    question: str


class Canvas(_Strict):
    """One frame. origin: one of catalog.ORIGINS. columns: cells side by side where there is room."""

    id: str
    name: str
    purpose: str
    origin: Literal["essay", "framework"]
    source: str
    columns: int
    cells: tuple[CanvasCell, ...]


@dataclass(frozen=True)
class Note:
    """A note in a cell of a canvas, and the objective or component that it leads to."""

    id: str
    version: int
    canvas: str
    cell: str
    text: str
    objective_id: str | None = None
    component_id: str | None = None

    @property
    def leads_nowhere(self) -> bool:
        return self.objective_id is None and self.component_id is None


@cache
def load() -> dict[str, Canvas]:
    """Return the shipped canvases by id, in the order of the file."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))["canvases"]
    return {each["id"]: Canvas.model_validate(each) for each in found}


CELLS = {canvas.id: tuple(cell.id for cell in canvas.cells) for canvas in load().values()}


def headline(notes: Sequence[Note]) -> str:
    """Return the one sentence that the canvases answer with."""
    if not notes:
        return "Nothing is written down yet about where the company stands."
    used = len({note.canvas for note in notes})
    what = "One note" if len(notes) == 1 else f"{len(notes)} notes"
    said = f"{what} on {'one canvas' if used == 1 else f'{used} canvases'}"
    adrift = sum(note.leads_nowhere for note in notes)
    if not adrift:
        return f"{said}, and {'it leads' if len(notes) == 1 else 'each leads'} to an objective or a component."
    if adrift == len(notes):
        return f"{said}, and none leads to an objective or a component yet."
    return f"{said}; {adrift} {'leads' if adrift == 1 else 'lead'} to no objective or component yet."
