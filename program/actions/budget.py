"""What people do to the budget: lines, plans, and movements of money."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from program import budget, fields, ledger
from program.budget import Entry
from program.queries.ledger import running_in
from program.store import booking, phases
from program.store.plan_rows import today
from program.store.tables import BudgetLine, Component, LedgerEntry, Program, Stakeholder
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid, Stale

CATEGORY_LENGTH = 64
SOURCE_LENGTH = 64
RATE_DECIMALS = 8


def add_line(
    actor: Actor,
    *,
    program_id: str,
    component_id: str,
    name: str,
    planned: Decimal | None = None,
    on: date | None = None,
    currency: str | None = None,
    intention: str | None = None,
    **more: Any,
) -> str:
    """
    Add a budget line to a component and return its id.

    planned: booked as the line's plan on the given day (today without one); None leaves it unplanned, which is not
    zero. currency: the program's without one. more: category, nature, spending, owner_id, recurrence, days, day_rate.
    """
    values = _checked({"name": name, "category": "other", **more})
    try:
        with intend(
            actor, action="budget_line.add", needs="money.edit", program_id=program_id, intention=intention
        ) as unit:
            unit.get(Component, component_id)
            _references(unit, component_id, values)
            code = fields.currency(currency) if currency else unit.get(Program, program_id).currency
            row = unit.add(BudgetLine(component_id=component_id, currency=code, **values))
            if planned is not None:
                booking.plan(unit, program_id, row, planned, on)
            unit.subject(row.id, component=component_id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_line(
    actor: Actor, *, program_id: str, line_id: str, version: int, on: date | None = None, **changes: Any
) -> int:
    """
    Change a line's planned amount or any field that add_line takes, and return the new version.

    planned: the plan as it should be; the difference is booked on the given day as a correction, nothing is erased.

    Raises Stale when somebody else changed the line or its plan since.
    """
    planned = changes.pop("planned", None)
    values = _checked(changes)
    with intend(actor, action="budget_line.change", needs="money.edit", program_id=program_id) as unit:
        line = _seen(unit, line_id, version, values if planned is None else {**values, "planned": planned})
        _references(unit, line.component_id, values, but=line_id)
        booked = planned is not None and booking.plan(unit, program_id, line, planned, on)
        changed = unit.change(BudgetLine, line_id, version, **values)
        return booking.as_changed(unit, line) if booked and changed == version else changed


def remove_line(actor: Actor, *, program_id: str, line_id: str, version: int) -> None:
    """Take a line out. Raises Invalid when more than a plan or a forecast is booked on it, or a budget has it."""
    with intend(actor, action="budget_line.remove", needs="money.edit", program_id=program_id) as unit:
        unit.get(BudgetLine, line_id, version)
        booked = select(func.count()).where(LedgerEntry.line_id == line_id, LedgerEntry.kind.not_in(ledger.INTENDED))
        if entries := unit.session.scalar(booked):
            noun = "entry is" if entries == 1 else "entries are"
            raise Invalid("line", f"{entries} {noun} booked on this line, so it stays.")
        if version_name := phases.approved_with(unit, BudgetLine.id == line_id):
            raise Invalid("line", f"The approved budget “{version_name}” has money for this line, so it stays.")
        unit.remove(BudgetLine, line_id, version)


def book(
    actor: Actor,
    *,
    program_id: str,
    line_id: str,
    kind: str,
    on: date,
    amount: Decimal,
    currency: str,
    document: str,
    row: str = "1",
    against: str | None = None,
    rate: Decimal | None = None,
    source: str = "entered",
    intention: str | None = None,
) -> str:
    """
    Book one movement of money and return its id; booked before (source, document, row, kind), the earlier one's.

    Raises Invalid as program.budget.check_entry does, when the earlier entry says something else, for a release of more
    than is open of its order, and for an order or a cost over the plan where the program stops them.
    """
    entry = Entry(
        line_id=line_id,
        kind=kind,
        on=fields.money_day(on, "on"),
        amount=fields.number(amount, "amount"),
        currency=fields.currency(currency),
        document=fields.name(document, "document"),
        row=fields.name(row, "row", longest=64),
        against=fields.optional_name(against, "against"),
        rate=None if rate is None else fields.number(rate, "rate", decimals=RATE_DECIMALS),
        source=fields.name(source, "source", longest=SOURCE_LENGTH),
    )
    try:
        with intend(
            actor, action="ledger.book", needs="money.edit", program_id=program_id, intention=intention
        ) as unit:
            line = unit.get(BudgetLine, line_id)
            budget.check_entry(entry, line.currency)
            running = running_in(unit.session, program_id, line_id, today=today(unit))
            id_ = booking.book(unit, program_id, entry)
            if "already" not in unit.detail and running.take(entry, loose=True):
                unit.detail["over_budget"] = True
            if kind == "plan" and "already" not in unit.detail:
                booking.as_changed(unit, line)
            return id_
    except AlreadyDone as earlier:
        return earlier.subject_id


def set_forecast(
    actor: Actor, *, program_id: str, line_id: str, on: date, amount: Decimal, intention: str | None = None
) -> str:
    """Book what the line is expected to cost as seen on a day, in the line's currency, and return the entry's id."""
    exact, day = fields.number(amount, "amount"), fields.money_day(on, "on")
    try:
        with intend(
            actor, action="ledger.forecast", needs="money.edit", program_id=program_id, intention=intention
        ) as unit:
            line = unit.get(BudgetLine, line_id)
            document = f"forecast {line_id}"
            entry = Entry(
                line_id, "forecast", day, exact, line.currency, document, booking.next_row(unit, program_id, document)
            )
            return booking.book(unit, program_id, budget.check_entry(entry, line.currency))
    except AlreadyDone as earlier:
        return earlier.subject_id


def _seen(unit: Unit, line_id: str, version: int, mine: dict[str, Any]) -> BudgetLine:
    """The line as the person saw it. Raises Stale with the plan among the fields, though the ledger holds it."""
    try:
        return unit.get(BudgetLine, line_id, version, mine=mine)
    except Stale as problem:
        problem.theirs["planned"] = booking.planned(unit, line_id)
        raise


def _references(unit: Unit, component_id: str, values: dict[str, Any], *, but: str | None = None) -> None:
    if values.get("owner_id"):
        unit.get(Stakeholder, values["owner_id"])
    if "name" in values:
        taken = BudgetLine.component_id == component_id, BudgetLine.name == values["name"], BudgetLine.id != (but or "")
        if unit.session.scalar(select(BudgetLine.id).where(*taken)):
            raise Invalid("name", f"The component already has a line named “{values['name']}”.")


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "category": lambda value, field: fields.name(value, field, longest=CATEGORY_LENGTH),
        "nature": lambda value, field: fields.one_of(value, budget.NATURES, field),
        "spending": lambda value, field: fields.one_of(value, budget.SPENDING, field),
        "owner_id": fields.optional_id,
        "recurrence": lambda value, field: fields.one_of(value, budget.RECURRENCES, field),
        "days": _optional_amount,
        "day_rate": _optional_amount,
    }
    return fields.checked(given, checks, "a budget line")


def _optional_amount(value: Decimal | None, field: str) -> Decimal | None:
    if value is None:
        return None
    exact = fields.number(value, field)
    if not 0 <= exact <= budget.LARGEST:
        raise Invalid(field, f"The {field.replace('_', ' ')} {exact} is not between 0 and {budget.LARGEST:,}.")
    return exact
