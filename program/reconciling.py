"""What does not reconcile: rows that are not booked, orders and costs that do not go together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from program.ledger import EXACTLY, Entry
from program.ledger_mapping import FileMapping


@dataclass(frozen=True)
class SavedMapping:
    """How the columns of somebody's file become entries, under a name."""

    id: str
    version: int
    name: str
    mapping: FileMapping


@dataclass(frozen=True)
class Unmatched:
    """A row of a file that could not be booked; settled_at: None while somebody has to look at it."""

    id: str
    version: int
    source: str
    file_name: str
    line: int
    cells: Mapping[str, str]
    column: str | None
    reason: str
    came_at: datetime
    settled_at: datetime | None = None
    settled_how: str | None = None

    @property
    def value(self) -> str | None:
        """What stands in the column that is wrong."""
        return self.cells.get(self.column) if self.column else None


@dataclass(frozen=True)
class Overspent:
    """An order that more was invoiced or released of than it holds, in the line's currency."""

    line_id: str
    line: str
    document: str
    committed: Decimal
    used: Decimal

    @property
    def over(self) -> Decimal:
        return EXACTLY.subtract(self.used, self.committed)


@dataclass(frozen=True)
class OldOrder:
    """An order that is still open. since: the last day on which something was booked on it."""

    line_id: str
    line: str
    document: str
    open: Decimal
    since: date


@dataclass(frozen=True)
class Unordered:
    """A cost that names no order of its line."""

    line: str
    entry: Entry


@dataclass(frozen=True)
class Reconciliation:
    """
    What does not reconcile, the most pressing first.

    unmatched, unordered: the newest of them, and how many there are. older_than: days after which an order is old.
    """

    unmatched: tuple[Unmatched, ...]
    unmatched_count: int
    overspent: tuple[Overspent, ...]
    old: tuple[OldOrder, ...]
    unordered: tuple[Unordered, ...]
    unordered_count: int
    older_than: int

    @property
    def clean(self) -> bool:
        """Whether everything goes together; a cost without an order is none of these."""
        return not (self.unmatched_count or self.overspent or self.old)
