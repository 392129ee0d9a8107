"""
Everything a program owns, read as plain rows and written again under new ids.

Anonymous runs are not part of it, nor the links and secrets of any run: a copy ties nobody to an answer.
"""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Select, func, inspect, select
from sqlalchemy.orm import Session

from assessments.perspective import SUPPORT
from program.parcel import Content
from program.store import admissible, admissible_plan
from program.store.belonging import PARENTS
from program.store.older import as_today
from program.store.rows import plain, typed
from program.store.tables import (
    Activity,
    ActivityLink,
    Answer,
    AssessmentRun,
    Assumption,
    Base,
    Baseline,
    Benefit,
    BudgetLine,
    BudgetPhase,
    BudgetVersion,
    CanvasNote,
    CapabilityWeight,
    ChangeRecord,
    Client,
    Component,
    Contribution,
    DayOff,
    Decision,
    Duty,
    EngagementStep,
    Evidence,
    FollowUp,
    GateDecision,
    GateEvidence,
    Handover,
    ItemDuty,
    LedgerEntry,
    LedgerMapping,
    MetricTarget,
    Objective,
    OwnedItem,
    PerspectiveAnswer,
    PlanRate,
    PlanSetting,
    Program,
    PublishedModel,
    Respondent,
    Risk,
    Scenario,
    Stakeholder,
    StakeholderState,
    StandIn,
    Tie,
    UnmatchedRow,
    UseCase,
    Vendor,
    VendorScore,
    new_id,
)
from program.store.troubles import acceptable
from program.values import Invalid, Missing

OWNED: tuple[type[Base], ...] = (  # what is referred to comes first
    Stakeholder,
    StakeholderState,
    EngagementStep,
    StandIn,
    Tie,
    Objective,
    PublishedModel,
    AssessmentRun,
    Respondent,
    Answer,
    PerspectiveAnswer,
    Evidence,
    Component,
    Duty,
    OwnedItem,
    ItemDuty,
    Handover,
    BudgetLine,
    LedgerEntry,
    MetricTarget,
    PlanSetting,
    DayOff,
    Contribution,
    CanvasNote,
    UseCase,
    Vendor,
    VendorScore,
    CapabilityWeight,
    GateEvidence,
    GateDecision,
    Activity,
    ActivityLink,
    BudgetVersion,
    BudgetPhase,
    Baseline,
    Scenario,
    PlanRate,
    LedgerMapping,
    UnmatchedRow,
    Benefit,
    Risk,
    Decision,
    Assumption,
    ChangeRecord,
    FollowUp,
)
TEMPLATE: tuple[type[Base], ...] = (
    Objective,
    PublishedModel,
    Component,
    OwnedItem,
    BudgetLine,
    MetricTarget,
    Contribution,
    UseCase,
    CapabilityWeight,
    LedgerMapping,
)
NAMING = {  # columns whose values name rows of the program by their ids
    ("baseline", "content"),
    ("scenario", "changes"),
    ("risk", "proposal"),
    ("follow_up", "origin_id"),
}
ID = re.compile(r"[0-9a-f]{32}")
FRESH = {"version"}  # starts again in a copy
KEPT_HERE = {("assessment_run", "invite"), ("assessment_run", "secret"), ("respondent", "key")}


def content_of(session: Session, program_id: str, tables: Collection[type[Base]] = OWNED) -> Content:
    """
    The rows of a program by table name, the program and its client first. Users are not part of it.

    Raises Missing.
    """
    program = session.get(Program, program_id)
    if program is None:
        raise Missing("program")
    content: Content = {"client": [_row(session.get_one(Client, program.client_id))], "program": [_row(program)]}
    for table in tables:
        rows = session.scalars(_owned_by(table, program_id))
        content[table.__tablename__] = [_row(row) for row in rows]
    return content


def anonymous_runs(session: Session, program_id: str) -> int:
    """Return how many runs of a program are not part of its content."""
    table = AssessmentRun
    query = select(func.count()).select_from(table).where(table.program_id == program_id, table.anonymous)
    return session.scalar(query) or 0


def put(session: Session, program_id: str, content: Content) -> dict[str, int]:
    """
    Write rows into a program under new ids; return how many by table.

    References to rows that are not part of the content are emptied where they may be, as are references to users.

    Raises Invalid, naming table, row and column, when something does not fit.
    """
    content = as_today(content)
    unknown = set(content) - {table.__tablename__ for table in OWNED} - {"client", "program"}
    if unknown:
        raise Invalid("file", f"There is no table {min(unknown)!r} in a program.")
    try:
        admissible.refuse_unasked(content)
        admissible.refuse_letters(content)
        admissible_plan.refuse_circle(content)
    except ValueError as problem:
        raise Invalid("file", str(problem)) from problem
    ids = {str(row.get("id")): program_id for row in content.get("program", [])}
    for table in OWNED:
        for number, row in _in_order(content.get(table.__tablename__, [])):
            values = dict(_values(table, number, row, ids))
            if table is Baseline:
                values["sha256"] = sha256(values["content"].encode()).hexdigest()
            session.add(table(**values))
            session.flush()
    return {table.__tablename__: len(content.get(table.__tablename__, [])) for table in OWNED}


def checked(table: type[Base], number: int, row: dict[str, Any]) -> dict[str, Any]:
    """One plain row as values of its table. Raises Invalid, naming table, row and column."""
    where = f"{table.__tablename__.replace('_', ' ')} {number}"
    columns = _columns(table)
    newer = {name for name, column in columns.items() if column.server_default is not None}  # not in older files
    for name in sorted((set(row) ^ set(columns)) - (newer - set(row))):
        raise Invalid("file", f"The {where} has {'no' if name in columns else 'an unknown'} column {name!r}.")
    values = {}
    for name in row:
        column = columns[name]
        try:
            values[name] = typed(column, row[name])
            acceptable(column, values[name])
            admissible.refuse(table.__tablename__, name, values[name])
        except ValueError as problem:
            raise Invalid("file", f"The {where}, column {name!r}: {problem}") from problem
    try:
        admissible.refuse_row(table.__tablename__, values)
    except ValueError as problem:
        raise Invalid("file", f"The {where}: {problem}") from problem
    return values


def _values(table: type[Base], number: int, row: dict[str, Any], ids: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for name, value in checked(table, number, row).items():
        column = table.__table__.columns[name]
        if name == "id":
            ids[value] = new_id()
            yield name, ids[value]
        elif column.foreign_keys and value is not None:
            if value not in ids and not column.nullable:
                thing = table.__tablename__.replace("_", " ")
                raise Invalid("file", f"The {thing} {number} refers by {name!r} to a row that is not in the file.")
            yield name, ids.get(value)
        elif (table.__tablename__, name) in NAMING:
            yield name, _renamed(value, ids)
        elif (name, row.get("question_id")) == ("about", SUPPORT):
            if value not in ids:
                raise Invalid("file", f"The perspective answer {number} agrees with one that is not in the file.")
            yield name, ids[value]
        elif name not in FRESH:
            yield name, value


def _in_order(rows: Sequence[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a table with their numbers, what agrees with another answer or revises another budget after it."""
    revised = {str(row.get("id")): str(row.get("revision_of_id")) for row in rows}
    depth: dict[str, int] = {}
    for at in revised:
        chain: dict[str, None] = {}
        while at in revised and at not in depth and at not in chain:
            chain[at] = None
            at = revised[at]
        for steps, id_ in enumerate(reversed(chain), start=depth.get(at, 0) + 1):
            depth[id_] = steps

    def place(numbered: tuple[int, dict[str, Any]]) -> tuple[bool, int]:
        return numbered[1].get("question_id") == SUPPORT, depth[str(numbered[1].get("id"))]

    return sorted(enumerate(rows, start=1), key=place)


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    """A value with the new ids instead of those of the file."""
    if isinstance(value, str):
        return ID.sub(lambda found: ids.get(found[0], found[0]), value)
    return None if value is None else json.loads(_renamed(json.dumps(value), ids))


def _owned_by(table: type[Base], program_id: str) -> Select[Any]:
    columns = table.__table__.columns
    if table is AssessmentRun:
        named = AssessmentRun.program_id == program_id, AssessmentRun.anonymous.is_(False)
        return select(AssessmentRun).where(*named).order_by(AssessmentRun.id)
    if "program_id" in columns:
        return select(table).where(columns["program_id"] == program_id).order_by(columns["id"])
    key, parent = PARENTS[table]
    above = _owned_by(parent, program_id).with_only_columns(parent.__table__.columns["id"]).order_by(None)
    return select(table).where(columns[key].in_(above)).order_by(columns["id"])


def _row(row: Base) -> dict[str, Any]:
    return plain({name: getattr(row, name) for name in _columns(type(row))})


def _columns(table: type[Base]) -> dict[str, Column[Any]]:
    columns = inspect(table).columns
    return {column.key: column for column in columns if (table.__tablename__, column.key) not in KEPT_HERE}
