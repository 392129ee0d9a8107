"""Money by period or by day from CSV files: the plan with its earned value, and flows."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from program.earned_value import Period
from program.table_file import BadTable, CellProblem, Row, read_table

PERIODS = ("period", "planned_value", "earned_value", "actual_cost")
LARGEST = Decimal(10) ** 15
Value = TypeVar("Value")


def read_periods(text: str, name: str = "periods.csv") -> tuple[Period, ...]:
    """
    Return the cumulative values of a CSV text with the columns of PERIODS; the periods count from 1 without a gap.

    The last two columns may be empty where nothing is known yet. Raises BadTable; a planned value never falls.
    """
    rows = read_table(text, needed=PERIODS, name=name)[1]
    _refuse_empty(rows, name)
    problems: list[CellProblem] = []
    found = []
    before = Decimal(0)
    for number, row in enumerate(rows, start=1):
        if row["period"] != str(number):
            problems.append(CellProblem(row.line, "period", f"“{row['period'][:40]}” stands where {number} belongs."))
        planned = _cell(row, "planned_value", amount, "is no amount", problems)
        earned, paid = (
            _cell(row, column, amount, "is no amount", problems) if row[column] else None for column in PERIODS[2:]
        )
        if planned is not None and planned < before:
            problems.append(CellProblem(row.line, "planned_value", f"{planned} is less than {before} before it."))
        before = planned if planned is not None else before
        found.append(Period(planned or Decimal(0), earned, paid))
    if problems:
        raise BadTable(name, problems)
    return tuple(found)


def read_flows(text: str, name: str = "flows.csv") -> tuple[tuple[date, ...] | None, tuple[Decimal, ...]]:
    """
    Return flows from a CSV text with the columns period (0 first, without a gap) or date, and amount.

    The days are None for flows by period. Raises BadTable.
    """
    header, rows = read_table(text, needed=("amount",), optional=("period", "date"), name=name)
    if ("period" in header) == ("date" in header):
        raise BadTable(name, [CellProblem(1, None, "The file needs one of the columns period and date.")])
    _refuse_empty(rows, name)
    problems: list[CellProblem] = []
    amounts = [_cell(row, "amount", amount, "is no amount", problems) for row in rows]
    days: list[date | None] = []
    for number, row in enumerate(rows):
        if "date" in header:
            days.append(_cell(row, "date", day, "is no date; write 2026-12-25", problems))
        elif row["period"] != str(number):
            problems.append(CellProblem(row.line, "period", f"“{row['period'][:40]}” stands where {number} belongs."))
    if problems:
        raise BadTable(name, problems)
    known = tuple(each for each in amounts if each is not None)
    return tuple(each for each in days if each is not None) or None, known


def amount(text: str) -> Decimal | None:
    """Return a plain amount such as -1200.50; None for what is none."""
    try:
        number = Decimal(text) if text.isascii() and "_" not in text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number) <= LARGEST else None


def day(text: str) -> date | None:
    """Return a day written as 2026-12-25; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _cell(
    row: Row, column: str, read: Callable[[str], Value | None], wrong: str, problems: list[CellProblem]
) -> Value | None:
    found = read(row[column])
    if found is None:
        problems.append(CellProblem(row.line, column, f"“{row[column][:40]}” {wrong}."))
    return found


def _refuse_empty(rows: Sequence[Row], name: str) -> None:
    if not rows:
        raise BadTable(name, [CellProblem(1, None, "The file has a header and no lines.")])
