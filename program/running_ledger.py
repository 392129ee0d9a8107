"""The ledger while entries come in, one after the other: what is open and available, and what does not go with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from program import controls
from program.ledger import EXACTLY, ZERO, Entry, check_entry, left
from program.values import Invalid

SHOWN = 80


@dataclass(frozen=True)
class KnownLine:
    """A line of the program, with what is planned and spent on it in its currency."""

    id: str
    component_id: str
    component: str
    name: str
    currency: str
    planned: Decimal | None = None
    actual: Decimal = ZERO

    @property
    def label(self) -> str:
        return f"{self.component}: {self.name}"


@dataclass(frozen=True)
class Order:
    """What was committed under a document on a line, and what of it was released or invoiced, in its currency."""

    committed: Decimal = ZERO
    used: Decimal = ZERO

    @property
    def open(self) -> Decimal:
        return max(EXACTLY.subtract(self.committed, self.used), ZERO)


@dataclass(frozen=True)
class _Step:
    """A line as an entry leaves it."""

    planned: Decimal | None
    committed: Decimal
    actual: Decimal
    order: Order | None

    @property
    def taken(self) -> Decimal:
        return EXACTLY.add(self.committed, self.actual)

    @property
    def available(self) -> Decimal | None:
        return left(self.planned, self.committed, self.actual)


class Running:
    """The lines and orders of a program; each entry that is taken changes them."""

    def __init__(
        self,
        lines: Sequence[KnownLine],
        orders: Mapping[tuple[str, str], Order],
        control: Mapping[str, Any],
        waiting: Mapping[str, str] | None = None,
    ) -> None:
        """
        orders: by line and document. control: what happens over budget, by kind of entry.

        waiting: why money of a component waits, by its id.
        """
        self._control = control
        self._waiting = waiting or {}
        self._lines = {line.id: line for line in lines}
        self._orders = dict(orders)
        self._coming: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        committed: defaultdict[str, Decimal] = defaultdict(Decimal)
        for (line_id, _), order in orders.items():
            committed[line_id] = EXACTLY.add(committed[line_id], order.open)
        self._now = {line.id: _Step(line.planned, committed[line.id], line.actual, None) for line in lines}

    def expect(self, entries: Iterable[Entry]) -> None:
        """Say what is going to be taken: an invoice may come in before its order."""
        for entry in entries:
            if entry.kind == "commitment":
                self._expect(entry, entry.in_line_currency)

    def take(self, entry: Entry, *, loose: bool = False) -> str | None:
        """
        Add an entry and return the warning that its line passes its plan, or that its money waits, if so.

        loose: an actual may name an order that is not booked. Raises Invalid with the field, and adds nothing then: as
        check_entry, for an order that the line does not have, a release of more than is open, and where a control stops
        it.
        """
        line = self._lines[entry.line_id]
        check_entry(entry, line.currency)
        key = line.id, (entry.document if entry.kind == "commitment" else entry.against or "")
        if self._coming[key] and entry.kind == "commitment":
            self._expect(entry, -entry.in_line_currency)
        if not loose or entry.kind == "release":
            self._check_order(entry, line, key)
        before, after = self._now[line.id], self._after(entry, self._orders.get(key, Order()))
        warning = self._wait_for(entry.kind, line, before, after) or controls.check(
            self._control,
            entry.kind,
            f"“{line.label}”",
            line.currency,
            before=before.available,
            after=after.available,
        )
        self._now[line.id] = after
        if after.order is not None:
            self._orders[key] = after.order
        return warning

    def warnings(self, line_ids: Collection[str]) -> tuple[str, ...]:
        """Return a sentence for each of these lines that is over its plan as it stands, and why money waits."""
        found = ((self._lines[line_id], self._now[line_id].available) for line_id in self._now if line_id in line_ids)
        over = (
            controls.sentence(f"“{line.label}”", -available, line.currency)
            for line, available in found
            if available is not None and available < 0
        )
        waiting = (self._waiting.get(self._lines[line_id].component_id) for line_id in line_ids)
        return (*over, *sorted({reason for reason in waiting if reason}))

    def _wait_for(self, kind: str, line: KnownLine, before: _Step, after: _Step) -> str | None:
        reason = self._waiting.get(line.component_id)
        if reason is None or after.taken <= before.taken:
            return None
        return controls.check_waiting(self._control, kind, reason)

    def _expect(self, entry: Entry, amount: Decimal) -> None:
        key = entry.line_id, entry.document
        self._coming[key] = EXACTLY.add(self._coming[key], amount)

    def _check_order(self, entry: Entry, line: KnownLine, key: tuple[str, str]) -> None:
        if not entry.against or entry.kind not in ("release", "actual"):
            return
        order = self._orders.get(key, Order())
        whole = Order(EXACTLY.add(order.committed, self._coming[key]), order.used)
        if not whole.committed:
            raise Invalid("against", f"“{entry.against[:SHOWN]}” is no commitment of “{line.label}”.")
        if entry.kind == "release" and entry.in_line_currency > whole.open:
            reason = (
                f"The release of {entry.in_line_currency:,.2f} is more than the {whole.open:,.2f} {line.currency} "
                f"still open of “{entry.against[:SHOWN]}”."
            )
            raise Invalid("amount", reason)

    def _after(self, entry: Entry, order: Order) -> _Step:
        now, amount = self._now[entry.line_id], entry.in_line_currency
        planned, committed, actual, grown = now.planned, now.committed, now.actual, None
        if entry.kind == "plan":
            planned = EXACTLY.add(planned or ZERO, amount)
        elif entry.kind == "actual":
            actual = EXACTLY.add(actual, amount)
        elif entry.kind == "credit":
            actual = EXACTLY.subtract(actual, amount)
        if entry.kind == "commitment":
            grown = Order(EXACTLY.add(order.committed, amount), order.used)
        elif entry.kind in ("release", "actual") and entry.against:
            grown = Order(order.committed, EXACTLY.add(order.used, amount))
        if grown is not None:
            committed = EXACTLY.add(committed, EXACTLY.subtract(grown.open, order.open))
        return _Step(planned, committed, actual, grown)
