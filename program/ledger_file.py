"""Ledger files: rows of money by line, document and row; each wrong row is named by line, column and value."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from program import fields
from program.ledger import Entry
from program.ledger_mapping import AS_IT_IS, COLUMNS, NEEDED, FileMapping
from program.pasted import Lines, cell_text, same_name
from program.table_file import BadTable, CellProblem, read_lines
from program.values import Invalid

DOCUMENT_LENGTH, ROW_LENGTH, LINE_LENGTH, SHOWN = 200, 64, 403, 80


@dataclass(frozen=True)
class RejectedRow:
    """
    A row that is not booked. line: of the file. cells: by the file's own headings, kept until it is settled.

    name, heading: the budget line that it names and where, while nobody has looked whether there is one.
    """

    line: int
    column: str | None
    value: str | None
    reason: str
    cells: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    heading: str = "line"


@dataclass(frozen=True)
class LedgerRow:
    """
    A row that reads as an entry. name: of the budget line, as the file has it; the entry has no line_id yet.

    headings: our column -> the file's heading. loose: an actual may name an order that is not booked.
    """

    line: int
    name: str
    entry: Entry
    cells: Mapping[str, str]
    headings: Mapping[str, str] = field(default_factory=dict)
    loose: bool = False

    def rejected(self, column: str, value: str | None, reason: str) -> RejectedRow:
        """Return this row as one that is not booked because of a column."""
        return RejectedRow(self.line, self.headings.get(column, column), value, reason, self.cells)


@dataclass(frozen=True)
class LedgerFile:
    """The rows of a file that read as entries, and those that do not."""

    rows: tuple[LedgerRow, ...]
    rejected: tuple[RejectedRow, ...]


def read_ledger(text: str, name: str = "ledger.csv", mapping: FileMapping | None = None) -> LedgerFile:
    """
    Return the rows of a CSV text with the columns COLUMNS in any order; against and rate are optional.

    mapping: what the columns are called and how cells are written; columns that it does not name are left out.
    Raises BadTable for what is no CSV and for a missing, unknown or repeated column. Wrong rows are results.
    """
    return read_ledger_lines(read_lines(text, name=name), name=name, mapping=mapping)


def read_ledger_lines(lines: Lines, *, name: str, mapping: FileMapping | None = None) -> LedgerFile:
    """
    Return the rows of a sheet, given as the number and the cells of each line, the header first.

    A cell that is a Decimal is a number, whatever the mapping says of decimal marks.
    """
    numbered = iter(lines)
    line, header = next(numbered, (1, ()))
    titles = [cell_text(cell) for cell in header]
    if not any(titles):
        raise BadTable(name, [CellProblem(1, None, f"The file is empty. It needs the columns {', '.join(NEEDED)}.")])
    headings = _as_they_are(titles, line, name) if mapping is None else _mapped(titles, line, mapping, name)
    rows: list[LedgerRow] = []
    rejected: list[RejectedRow] = []
    for number, cells in numbered:
        texts = [cell_text(cell) for cell in cells]
        if not any(texts):
            continue
        counted = {title for title, cell in zip(titles, cells, strict=False) if isinstance(cell, Decimal)}
        exact = frozenset(column for column, title in headings.items() if title in counted)
        found = _row(number, texts, titles, headings, mapping or AS_IT_IS, exact)
        (rows if isinstance(found, LedgerRow) else rejected).append(found)  # type: ignore[arg-type]
    return LedgerFile(tuple(rows), tuple(rejected))


def fingerprint(cells: Mapping[str, str]) -> str:
    """Return what a row is known by when its file comes again."""
    return hashlib.sha256(json.dumps(dict(cells), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _as_they_are(titles: Sequence[str], line: int, name: str) -> dict[str, str]:
    lowered = [title.lower() for title in titles]
    problems = [CellProblem(line, column, "This column is missing.") for column in NEEDED if column not in lowered]
    for column, title in dict(zip(lowered, titles, strict=True)).items():
        if column not in COLUMNS:
            reason = f"This column is not known. Use {', '.join(COLUMNS)}."
            problems.append(CellProblem(line, title or "(no name)", reason))
        elif lowered.count(column) > 1:
            problems.append(CellProblem(line, title, "This column is there twice."))
    if problems:
        raise BadTable(name, problems)
    return dict(zip(lowered, titles, strict=True))


def _mapped(titles: Sequence[str], line: int, mapping: FileMapping, name: str) -> dict[str, str]:
    """Our column -> the file's heading. A column that the mapping does not name may be called as ours."""
    spelled = [same_name(title) for title in titles]
    wanted = {column: column for column in COLUMNS if column not in mapping.constants} | dict(mapping.columns)
    found = {column: titles[spelled.index(each)] for column in wanted if (each := same_name(wanted[column])) in spelled}
    missing = [column for column in wanted if column not in found and (column in NEEDED or column in mapping.columns)]
    problems = [
        CellProblem(line, wanted[column], f"This column is missing. The mapping takes the {column} from it.")
        for column in missing
    ]
    problems += [
        CellProblem(line, title, "This column is there twice.")
        for title in found.values()
        if spelled.count(same_name(title)) > 1
    ]
    if problems:
        raise BadTable(name, problems)
    return found


def _row(
    line: int,
    texts: Sequence[str],
    titles: Sequence[str],
    headings: Mapping[str, str],
    mapping: FileMapping,
    exact: frozenset[str],
) -> LedgerRow | RejectedRow:
    cells = dict(zip(titles, texts, strict=False))
    if extra := [text for text in texts[len(titles) :] if text]:
        cells |= {f"cell {place}": text for place, text in enumerate(texts[len(titles) :], start=len(titles) + 1)}
    if extra or len(texts) < len(titles):
        reason = f"The line has {len(texts)} cells where the header has {len(titles)}."
        return RejectedRow(line, None, ", ".join(texts)[:SHOWN], reason, cells)
    given = {column: cells.get(headings.get(column, ""), mapping.constants.get(column, "")) for column in COLUMNS}
    values: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for column, check in _checks(mapping, exact).items():
        try:
            values[column] = check(given[column])
        except Invalid as problem:
            problems.append((column, problem.sentence))
    problems += _sign(values, mapping)
    if problems:
        column, reason = problems[0]
        others = [f"Column {headings.get(other, other)}: {sentence}" for other, sentence in problems[1:]]
        named = None if values.get("kind") == "plan" else values.get("line")  # a plan may make its line
        where, told = headings.get(column, column), " ".join([reason, *others])
        return RejectedRow(line, where, given[column], told, cells, named, headings.get("line", "line"))
    name, on = values.pop("line"), values.pop("date")
    entry = Entry(line_id="", on=on, **values)
    return LedgerRow(line, name, entry, cells, headings, loose=mapping.unknown_order == "keep")


def _checks(mapping: FileMapping, exact: frozenset[str]) -> dict[str, Callable[[str], Any]]:
    amount, rate = (AS_IT_IS if column in exact else mapping for column in ("amount", "rate"))
    return {
        "kind": lambda text: mapping.kind(_filled(text, "kind")),
        "line": lambda text: fields.name(mapping.line(_filled(text, "line")), "line", longest=LINE_LENGTH),
        "date": lambda text: mapping.day(_filled(text, "date")),
        "amount": lambda text: amount.amount(_filled(text, "amount")),
        "currency": lambda text: fields.currency(_filled(text, "currency")),
        "document": lambda text: fields.name(_filled(text, "document"), "document", longest=DOCUMENT_LENGTH),
        "row": lambda text: fields.name(_filled(text, "row"), "row", longest=ROW_LENGTH),
        "against": lambda text: fields.optional_name(text, "against", longest=DOCUMENT_LENGTH),
        "rate": rate.rate,
    }


def _filled(text: str, column: str) -> str:
    if not text:
        raise Invalid(column, f"The {column} is empty.")
    return text


def _sign(values: dict[str, Any], mapping: FileMapping) -> Iterator[tuple[str, str]]:
    """Turn a negative actual into a credit where the mapping says so; yield what is wrong with another sign."""
    amount: Decimal | None = values.get("amount")
    if amount is None:
        return
    if amount < 0 and mapping.negative == "credit" and values.get("kind") == "actual":
        values |= {"kind": "credit", "amount": -amount}
    elif amount <= 0:
        yield "amount", f"The amount {amount} is not above zero. A refund is a row of the kind credit."
