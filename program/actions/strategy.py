"""What people do to the strategy: what serves which objective, notes on canvases, and use cases."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from data.metrics import catalog as metrics
from program import canvases, fields, use_cases
from program.access import Refused, may
from program.store import audit, use_case_parts
from program.store.belonging import role_in
from program.store.engine import reading
from program.store.tables import CanvasNote, Component, Contribution, Objective, UseCase
from program.store.unit_of_work import Unit, intend
from program.use_cases import Adoption, CatalogUseCase
from program.values import Actor, AlreadyDone, Invalid

TARGET_DECIMALS = 6
ALSO_NEEDED = ("people.edit", "money.edit")  # adopting gives duties and makes budget lines


def contribute(
    actor: Actor, *, program_id: str, component_id: str, objective_id: str, intention: str | None = None
) -> str:
    """Say that a component is there for an objective, and return the contribution's id; said before, the earlier."""
    try:
        with intend(
            actor, action="contribution.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            unit.get(Component, component_id)
            unit.get(Objective, objective_id)
            id_, _ = use_case_parts.contribute(unit, component_id, objective_id)
            unit.subject(id_, component=component_id, objective=objective_id)
            return id_
    except AlreadyDone as earlier:
        return earlier.subject_id


def stop_contributing(actor: Actor, *, program_id: str, contribution_id: str, version: int) -> None:
    """Take back that a component is there for an objective."""
    with intend(actor, action="contribution.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(Contribution, contribution_id, version)


def add_note(
    actor: Actor, *, program_id: str, canvas: str, cell: str, text: str, intention: str | None = None, **more: Any
) -> str:
    """Put a note into a cell of a canvas and return its id. more: objective_id, component_id: what it leads to."""
    values = _note(canvas, {"cell": cell, "text": text, **more})
    try:
        with intend(
            actor, action="canvas_note.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            _leads(unit, values)
            row = unit.add(CanvasNote(program_id=program_id, canvas=canvas, **values))
            unit.subject(row.id, canvas=canvas, cell=cell)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_note(actor: Actor, *, program_id: str, note_id: str, version: int, **changes: Any) -> int:
    """Change a note's text, cell (of the same canvas), objective_id or component_id; return the new version."""
    with intend(actor, action="canvas_note.change", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(CanvasNote, note_id, version, mine=changes)
        values = _note(row.canvas, changes)
        _leads(unit, values)
        return unit.change(CanvasNote, note_id, version, **values)


def remove_note(actor: Actor, *, program_id: str, note_id: str, version: int) -> None:
    """Take a note off its canvas."""
    with intend(actor, action="canvas_note.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(CanvasNote, note_id, version)


def add_use_case(
    actor: Actor,
    *,
    program_id: str,
    title: str,
    description: str | None = None,
    catalog_id: str | None = None,
    intention: str | None = None,
) -> str:
    """
    Add a use case in the program's own words and return its id.

    catalog_id: the shipped one that it words anew; None for one of its own. Raises Invalid when the title is taken, or
    the shipped one is worded already.
    """
    values = {**_use_case({"title": title, "description": description}), "catalog_id": _entry_id(catalog_id)}
    try:
        with intend(
            actor, action="use_case.add", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            _free_title(unit, values["title"])
            if catalog_id and _row_of(unit, catalog_id):
                raise Invalid("catalog_id", "The program words this use case already. Change that.")
            row = unit.add(UseCase(program_id=program_id, **values))
            unit.subject(row.id, catalog=catalog_id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_use_case(actor: Actor, *, program_id: str, use_case_id: str, version: int, **changes: Any) -> int:
    """Change a use case's title or description and return the new version."""
    values = _use_case(changes)
    with intend(actor, action="use_case.change", needs="plan.edit", program_id=program_id) as unit:
        row = unit.get(UseCase, use_case_id, version, mine=values)
        if values.get("title", row.title) != row.title:
            _free_title(unit, values["title"])
        return unit.change(UseCase, use_case_id, version, **values)


def remove_use_case(actor: Actor, *, program_id: str, use_case_id: str, version: int) -> None:
    """Take a use case out. What it brought stays; a shipped one is then again as it is in the catalog."""
    with intend(actor, action="use_case.remove", needs="plan.edit", program_id=program_id) as unit:
        unit.remove(UseCase, use_case_id, version)


def adopt_use_case(
    actor: Actor,
    *,
    program_id: str,
    catalog_id: str,
    objective_id: str | None = None,
    targets: Mapping[str, Decimal] | None = None,
    due_on: date | None = None,
    intention: str | None = None,
) -> Adoption:
    """
    Bring what a shipped use case takes into the program, all of it or nothing, and return what is new.

    What is there already stays as it is: components, targets, risks (each proposed once), lines, duties.
    objective_id: what its components are there for. targets: by metric id, where a target can be stated; the other
    metrics stay proposals. due_on: of those targets. Lines come without an amount, risks without a probability; nobody
    becomes accountable (program.use_cases.asked_now).

    Needs plan.edit, people.edit and money.edit.
    """
    entry = _entry(catalog_id)
    wanted = _targets(entry, targets or {})
    due = fields.optional_day(due_on, "due_on")
    try:
        with intend(
            actor, action="use_case.adopt", needs="plan.edit", program_id=program_id, intention=intention
        ) as unit:
            _may_also(unit)
            if objective_id:
                unit.get(Objective, objective_id)
            row = _adopted_row(unit, entry)
            brought = use_case_parts.bring(unit, entry, objective_id, wanted, due)
            unit.subject(row.id, catalog=entry.id, **brought)
            return _adoption(row.id, unit.detail)
    except AlreadyDone as earlier:
        return _earlier(earlier.subject_id, intention)


def _adopted_row(unit: Unit, entry: CatalogUseCase) -> UseCase:
    row = _row_of(unit, entry.id)
    if row is None:
        _free_title(unit, entry.title)
        row = unit.add(
            UseCase(program_id=unit.program_id, catalog_id=entry.id, title=entry.title, description=entry.description)
        )
    row.adopted_at = row.adopted_at or unit.actor.now
    return row


def _row_of(unit: Unit, catalog_id: str) -> UseCase | None:
    mine = UseCase.program_id == unit.program_id, UseCase.catalog_id == catalog_id
    return unit.session.scalar(select(UseCase).where(*mine))


def _adoption(use_case_id: str, detail: Mapping[str, Any]) -> Adoption:
    kinds = ("components", "contributions", "targets", "risks", "lines")
    duties = tuple((str(item), str(person)) for item, person in detail.get("duties", ()))
    return Adoption(use_case_id, duties=duties, **{kind: tuple(detail.get(kind, ())) for kind in kinds})


def _earlier(use_case_id: str, intention: str | None) -> Adoption:
    """What the same intention did before, as the audit has it."""
    with reading() as session:
        entry = audit.with_intention(session, intention or "")
        return _adoption(use_case_id, entry.detail if entry else {})


def _may_also(unit: Unit) -> None:
    role = role_in(unit.session, unit.actor.user_id, unit.program_id)
    for grant in ALSO_NEEDED:
        if not may(role, grant):
            raise Refused(grant)


def _entry(catalog_id: str) -> CatalogUseCase:
    try:
        return use_cases.load().use_case(catalog_id)
    except use_cases.UnknownUseCase as problem:
        raise Invalid("catalog_id", f"The catalog has no use case “{catalog_id}”.") from problem


def _entry_id(catalog_id: str | None) -> str | None:
    return _entry(catalog_id).id if catalog_id else None


def _targets(entry: CatalogUseCase, given: Mapping[str, Decimal]) -> dict[str, Decimal]:
    if foreign := set(given) - set(entry.metrics):
        raise Invalid("targets", f"This use case proposes no metric “{min(foreign)}”.")
    known = {metric: target for metric, target in given.items() if metric in metrics()}
    return {metric: fields.number(target, "target", decimals=TARGET_DECIMALS) for metric, target in known.items()}


def _free_title(unit: Unit, title: str) -> None:
    mine = UseCase.program_id == unit.program_id, UseCase.title == title
    if unit.session.scalar(select(UseCase.id).where(*mine)):
        raise Invalid("title", f"The program already has a use case “{title}”.")


def _leads(unit: Unit, values: Mapping[str, Any]) -> None:
    if values.get("objective_id"):
        unit.get(Objective, values["objective_id"])
    if values.get("component_id"):
        unit.get(Component, values["component_id"])


def _note(canvas: str, given: dict[str, Any]) -> dict[str, Any]:
    cells_of = canvases.CELLS[fields.one_of(canvas, tuple(canvases.CELLS), "canvas")]
    checks: dict[str, fields.Check] = {
        "cell": lambda value, field: fields.one_of(value, cells_of, field),
        "text": fields.written("The note is empty."),
        "objective_id": fields.optional_id,
        "component_id": fields.optional_id,
    }
    return fields.checked(given, checks, "a note")


def _use_case(given: dict[str, Any]) -> dict[str, Any]:
    return fields.checked(given, {"title": fields.name, "description": fields.text}, "a use case")
