"""Which rows of a ledger file are booked: by what is booked already, by the lines that are there, and by the order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from program.budget import LineTotals
from program.ledger import Entry, check_entry
from program.ledger_file import LedgerRow, RejectedRow
from program.pasted import same_name
from program.running_ledger import KnownLine, Order, Running
from program.values import Invalid

Key = tuple[str, str, str]  # document, row, kind: one entry of a source
RANK = {kind: rank for rank, kind in enumerate(("plan", "commitment", "actual", "release", "credit", "forecast"))}
COLUMN = {"on": "date", "line_id": "line"}
CALLED = {"against": "order"}
COMPARED = ("line_id", "on", "amount", "currency", "rate", "against")
SHOWN = 80


@dataclass(frozen=True)
class Held:
    """
    What the program holds before a file comes in.

    booked: the entries of the file's source. waiting: why money of a component waits, by its id.
    """

    lines: Sequence[KnownLine]
    orders: Mapping[tuple[str, str], Order]
    booked: Mapping[Key, Entry]
    control: Mapping[str, Any]
    waiting: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decided:
    """
    booked: rows whose entries are complete and may be booked. skipped: rows that are there already.

    touched: the lines of both, by id, as the file calls them. warnings: which of them are over their plan.
    """

    booked: tuple[LedgerRow, ...]
    skipped: tuple[LedgerRow, ...]
    rejected: tuple[RejectedRow, ...]
    touched: Mapping[str, str]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class NewLine:
    """A line that a plan row asks for. component_id: None when the row names no component."""

    component_id: str | None
    name: str
    currency: str


@dataclass(frozen=True)
class LedgerImport:
    """
    What came of a file: rows booked, rows there already, and rows that are not booked, by line of the file.

    made: the ids of lines that plan rows made. names: the lines that the file speaks of, by id, as it calls them.
    warnings: which of them are over their plan. lines: the whole budget after it, for a dry run as it would be.
    """

    accepted: int
    skipped: int
    rejected: tuple[RejectedRow, ...]
    warnings: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[LineTotals, ...] = ()
    dry_run: bool = False


class Lines:
    """The lines of a program by what a file may call them; within: the component that is meant where none is named."""

    def __init__(self, lines: Iterable[KnownLine], *, within: str | None = None) -> None:
        self._names: defaultdict[str, list[KnownLine]] = defaultdict(list)
        self._labels: defaultdict[str, list[KnownLine]] = defaultdict(list)
        for line in lines:
            self._labels[same_name(line.label)].append(line)
            if within in (None, line.component_id):
                self._names[same_name(line.name)].append(line)

    def known(self, name: str) -> Sequence[KnownLine]:
        """Return the lines that may be meant: by component and name, else by name."""
        spelled = same_name(name)
        meant = _closest(self._labels.get(spelled, ()), name, lambda line: line.label)
        return meant or _closest(self._names.get(spelled, ()), name, lambda line: line.name)

    def named(self, name: str) -> KnownLine:
        """Return the line that is meant. Raises Invalid when there is none, or several."""
        meant = self.known(name)
        if not meant:
            raise Invalid("line", f"There is no line “{name[:SHOWN]}” in this program.")
        if len(meant) > 1:
            reason = f"{len(meant)} lines are called “{name[:SHOWN]}”. Name the component too: “{meant[0].label}”."
            raise Invalid("line", reason)
        return meant[0]


def wanted(
    rows: Iterable[LedgerRow], lines: Lines, components: Mapping[str, str], *, within: str | None = None
) -> list[NewLine]:
    """
    Return the lines that plan rows name and that are not there; components: names by id.

    A row that names a component which is not there asks for nothing: it is refused for its line.
    """
    ids = {same_name(name): id_ for id_, name in components.items()}
    found: dict[tuple[str | None, str], NewLine] = {}
    for row in sorted(rows, key=_turn):
        if row.entry.kind != "plan" or lines.known(row.name):
            continue
        component, mark, name = row.name.partition(": ")
        component_id = ids.get(same_name(component)) if mark else within
        if mark and component_id is None:
            continue
        new = NewLine(component_id, (name if mark else row.name).strip(), row.entry.currency)
        found.setdefault((component_id, same_name(new.name)), new)
    return list(found.values())


def decide(rows: Iterable[LedgerRow], held: Held, *, source: str, within: str | None = None) -> Decided:
    """
    Return which rows are booked, which are there already and which are refused. The order of the rows does not matter.

    Rows come in by their days, plans before all. Two rows of one document, row and kind that say different things
    are both refused, since nobody knows which of them is meant; the same row twice counts once.
    """
    rejected: list[RejectedRow] = []
    complete = list(_completed(rows, Lines(held.lines, within=within), source, rejected))
    skipped: list[LedgerRow] = []
    new: dict[Key, list[LedgerRow]] = {}
    for key, group in _once(complete, rejected).items():
        for row in group:
            if key not in held.booked:
                new.setdefault(key, []).append(row)
            elif differing := _differing(row.entry, held.booked[key]):
                rejected.append(_other_content(row, held.booked[key], differing))
            else:
                skipped.append(row)
    running = Running(held.lines, held.orders, held.control, held.waiting)
    booked = list(_taken(running, _agreed(new.values(), rejected), rejected))
    both = sorted([*booked, *skipped], key=lambda row: row.line)
    return Decided(
        tuple(booked),
        tuple(skipped),
        tuple(sorted(rejected, key=lambda row: row.line)),
        {row.entry.line_id: row.name for row in reversed(both)},
        running.warnings({row.entry.line_id for row in both if row.entry.kind in ("commitment", "actual")}),
    )


def _completed(
    rows: Iterable[LedgerRow], lines: Lines, source: str, rejected: list[RejectedRow]
) -> Iterator[LedgerRow]:
    for row in rows:
        try:
            line = lines.named(row.name)
            entry = check_entry(replace(row.entry, line_id=line.id, source=source), line.currency)
        except Invalid as problem:
            rejected.append(refused(row, problem))
        else:
            yield replace(row, entry=entry)


def with_every_reason(rejected: Sequence[RejectedRow], lines: Lines) -> list[RejectedRow]:
    """Return rows that do not read with every reason: also that there is no line, or several, as they name it."""
    found = []
    for row in rejected:
        try:
            lines.named(row.name or "")
        except Invalid as problem:
            more = f" Column {row.heading}: {problem.sentence}" if row.name else ""
            found.append(replace(row, reason=row.reason + more, name=None))
        else:
            found.append(replace(row, name=None))
    return found


def refused(row: LedgerRow, problem: Invalid) -> RejectedRow:
    """Return the row with the column and the value that the refusal names."""
    column = COLUMN.get(problem.field, problem.field)
    return row.rejected(column, _value(row, column), problem.sentence)


def _once(rows: Sequence[LedgerRow], rejected: list[RejectedRow]) -> dict[Key, list[LedgerRow]]:
    """The rows of each key with different content, in the order of the file; the others are the same row again."""
    found: dict[Key, list[LedgerRow]] = {}
    for row in sorted(rows, key=lambda each: each.line):
        group = found.setdefault(_key(row.entry), [])
        same = next((earlier for earlier in group if not _differing(row.entry, earlier.entry)), None)
        if same is None:
            group.append(row)
        else:
            rejected.append(row.rejected("row", row.entry.row, f"It is the same entry as line {same.line}."))
    return found


def _agreed(groups: Iterable[list[LedgerRow]], rejected: list[RejectedRow]) -> Iterator[LedgerRow]:
    for group in groups:
        if len(group) == 1:
            yield group[0]
            continue
        for row in group:
            others = ", ".join(str(other.line) for other in group if other is not row)
            reason = f"Line {others} says something else about the same {_place(row.entry)}. None of them is booked."
            rejected.append(row.rejected("row", row.entry.row, reason))


def _taken(running: Running, rows: Iterable[LedgerRow], rejected: list[RejectedRow]) -> Iterator[LedgerRow]:
    in_order = sorted(rows, key=_turn)
    running.expect(row.entry for row in in_order)
    for row in in_order:
        try:
            running.take(row.entry, loose=row.loose)
        except Invalid as problem:
            rejected.append(refused(row, problem))
        else:
            yield row


def _turn(row: LedgerRow) -> tuple[Any, ...]:
    entry = row.entry
    return entry.kind != "plan", entry.on, RANK[entry.kind], entry.document, entry.row


def _key(entry: Entry) -> Key:
    return entry.document, entry.row, entry.kind


def _place(entry: Entry) -> str:
    return f"{entry.kind} {entry.document}, row {entry.row}"


def _differing(entry: Entry, other: Entry) -> str | None:
    """The first field in which two entries of one key differ."""
    return next((name for name in COMPARED if getattr(entry, name) != getattr(other, name)), None)


def _other_content(row: LedgerRow, earlier: Entry, field: str) -> RejectedRow:
    column, booked = COLUMN.get(field, field), getattr(earlier, field)
    written = f"{booked.normalize():,f}" if isinstance(booked, Decimal) else booked or "none"
    other = "on another line" if field == "line_id" else f"with another {CALLED.get(column, column)} ({written})"
    reason = f"The {_place(row.entry)} is already booked {other}. Entries are never changed."
    return row.rejected(column, _value(row, column), reason)


def _value(row: LedgerRow, column: str) -> str | None:
    return row.cells.get(row.headings.get(column, column))


def _closest(lines: Sequence[KnownLine], name: str, spelled: Callable[[KnownLine], str]) -> Sequence[KnownLine]:
    """Those that are written exactly so, else all that are written alike."""
    return [line for line in lines if spelled(line) == name] or lines
