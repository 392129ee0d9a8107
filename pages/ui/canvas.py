"""Canvases: a frame as a grid of cells with their notes, and the form for one note."""

from collections.abc import Mapping

import streamlit as st

from pages.ui import forms, shell, strategy, svg, tables, text
from pages.ui.fields import Choice, Field, Text
from pages.ui.safe import markup
from pages.ui.strategy import Plan
from pages.ui.tables import Column
from program import canvases, catalog
from program.actions import strategy as actions
from program.canvases import Canvas, CanvasCell, Note

CHOSEN, NOTE, CELL = "canvas", "canvas.note", "canvas.cell"
STYLE = """
.grid {display:grid;gap:1px;padding:1px;grid-template-columns:repeat(var(--columns),minmax(0,1fr))}
@media (max-width:800px) {.grid {grid-template-columns:minmax(0,1fr)}}
section {box-shadow:0 0 0 1px var(--gw-rule);padding:12px 16px;min-height:7rem;display:flex;flex-direction:column;
 gap:6px}
h3 {font-size:1.0625rem;font-weight:600;margin:0;line-height:1.35}
p {margin:0;font-size:.875rem;line-height:1.45;color:var(--gw-muted);max-width:60ch}
ul {list-style:none;margin:4px 0 0;padding:0;display:flex;flex-direction:column}
li {border-top:1px solid var(--gw-rule);padding:6px 4px;font-size:.9375rem;line-height:1.4;overflow-wrap:anywhere}
li.open {background:var(--gw-surface)}
li small {display:block;font-size:.8125rem;color:var(--gw-muted)}
li small.none {color:var(--gw-watch-text);font-weight:600}
[data-pick]:hover {background:var(--gw-surface)}
.new {align-self:flex-start;margin-top:auto;padding:6px 10px;font-size:.875rem;border:1px solid var(--gw-rule);
 border-radius:4px;min-height:32px;box-sizing:border-box}
@media (pointer:coarse) {.new, li[data-pick] {min-height:44px}}
"""


def draw(plan: Plan) -> None:
    """Draw the chosen canvas, what its notes lead to, and the form for a note beside it."""
    shipped = canvases.load()
    names = {each.id: each.name for each in shipped.values()}
    canvas = shipped[strategy.chosen("Canvas", names, key=CHOSEN, in_address=True)]
    notes = [each for each in plan.notes if each.canvas == canvas.id]
    shell.title(canvas.purpose)
    if not plan.editable:
        _grid(plan, canvas, notes)
    else:
        grid, side = st.columns([7, 3], gap="large")
        with side.container(key="gw_follow"):
            _form(plan, canvas, notes)
        with grid:
            _grid(plan, canvas, notes)


def drawing(plan: Plan, canvas: Canvas, notes: list[Note], *, opened: str = "") -> str:
    """The cells in a grid, each with its question and its notes; where it may be changed, notes can be picked."""
    cells = "".join(
        _cell(plan, cell, [note for note in notes if note.cell == cell.id], opened) for cell in canvas.cells
    )
    return f'<div class="grid" style="--columns:{canvas.columns}">{cells}</div>'


def pick(picked: str) -> None:
    """Open the form for the note or for a new one in the cell that was picked."""
    kind, _, id_ = picked.partition(":")
    st.session_state[NOTE] = id_ if kind == "note" else ""
    if kind == "cell":
        st.session_state[CELL] = id_


def as_table(plan: Plan, canvas: Canvas, notes: list[Note]) -> tables.Table:
    """The notes for the files."""
    names = {cell.id: cell for cell in canvas.cells}
    return tables.Table(
        columns=tuple(Column(each, tables.blank) for each in ("Cell", "Question", "Note", "Objective", "Component")),
        rows=tuple(
            (
                names[note.cell].name,
                names[note.cell].question,
                note.text,
                plan.goals.get(note.objective_id or ""),
                plan.parts.get(note.component_id or ""),
            )
            for note in notes
        ),
        name=canvas.id,
    )


def _grid(plan: Plan, canvas: Canvas, notes: list[Note]) -> None:
    opened = str(st.session_state.get(NOTE) or "")
    on_pick = pick if plan.editable else None
    drawn = drawing(plan, canvas, notes, opened=opened)
    svg.draw(drawn, key=f"canvas.{canvas.id}.grid", style=STYLE, on_pick=on_pick)
    if notes:
        tables.downloads(as_table(plan, canvas, notes), key=f"canvas.{canvas.id}")
    shell.note(f"{catalog.ORIGINS[canvas.origin]}: {canvas.source}")


def _cell(plan: Plan, cell: CanvasCell, notes: list[Note], opened: str) -> str:
    written = "".join(_note(plan, note, note.id == opened) for note in notes)
    listed = f"<ul>{written}</ul>" if notes else ""
    new = ""
    if plan.editable:
        words = f"Add to {cell.name}"
        given = svg.attributes(class_="new", data_pick=f"cell:{cell.id}", tabindex=0, role="button", aria_label=words)
        new = f"<span{given}>Add a note</span>"
    return f"<section><h3>{markup(cell.name)}</h3><p>{markup(cell.question)}</p>{listed}{new}</section>"


def _note(plan: Plan, note: Note, opened: bool) -> str:
    leads = [
        *([f"→ {plan.goals.get(note.objective_id, '')}"] if note.objective_id else []),
        *([f"→ {plan.parts.get(note.component_id, '')}"] if note.component_id else []),
    ]
    below = "".join(f"<small>{markup(each)}</small>" for each in leads)
    if note.leads_nowhere:
        below = '<small class="none">▲ leads nowhere yet</small>'
    state = {"class_": "open"} if opened else {}
    given = ""
    if plan.editable:
        given = svg.attributes(data_pick=f"note:{note.id}", tabindex=0, role="button", **state)
    return f"<li{given}>{markup(note.text)}{below}</li>"


def _form(plan: Plan, canvas: Canvas, notes: list[Note]) -> None:
    cells = {cell.id: cell.name for cell in canvas.cells}
    shell.title("Change a note" if st.session_state.get(NOTE) else "Add a note")
    listed = text.distinct({note.id: f"{cells[note.cell]}: {_short(note.text)}" for note in notes})
    which = strategy.chosen("Note", {"": "A new note", **listed}, key=NOTE) if notes else ""
    visit = plan.visit
    if not which:
        cell = strategy.chosen("Cell", cells, key=CELL)
        shell.note(next(each.question for each in canvas.cells if each.id == cell))
        noun = f"note.{canvas.id}.{cell}"
        if sent := forms.ask(noun, _fields(plan), submit="Add the note", columns=1):
            at = {"program_id": visit.program_id, "canvas": canvas.id, "cell": cell}
            forms.add(sent, actions.add_note, visit.actor, **at)
        return
    note = next(each for each in notes if each.id == which)
    one = {"program_id": visit.program_id, "note_id": which}
    fields = (Choice("cell", "Cell", cells), *_fields(plan))
    if sent := forms.ask(f"note.{which}", fields, of=note, submit="Save", columns=1):
        forms.change(sent, actions.change_note, visit.actor, **one)
    if st.button("Remove the note", key="canvas.remove"):
        forms.attempt(actions.remove_note, visit.actor, **one, version=note.version)


def _fields(plan: Plan) -> tuple[Field, ...]:
    return (
        Text("text", "What we see", required=True, long=True, most=2000),
        Choice("objective_id", "Leads to the objective", plan.goals, none=_none(plan.goals, "objective")),
        Choice("component_id", "Leads to the component", plan.parts, none=_none(plan.parts, "component")),
    )


def _none(choices: Mapping[str, str], noun: str) -> str:
    return "None yet" if choices else f"There is no {noun} yet"


def _short(written: str, most: int = 40) -> str:
    line = " ".join(written.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
