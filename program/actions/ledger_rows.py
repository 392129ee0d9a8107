"""The rows of a ledger file on their way into the store, inside one intention."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from program import fields, ledger_import
from program.ledger import Entry
from program.ledger_file import LedgerRow, RejectedRow, fingerprint
from program.ledger_import import Decided, LedgerImport, Lines, NewLine
from program.queries import ledger as queries
from program.queries.budget import lines_in
from program.store import booking
from program.store.plan_rows import today
from program.store.tables import BudgetLine, Component, LedgerEntry, UnmatchedRow, new_id
from program.store.unit_of_work import Unit

UNASSIGNED = "Unassigned"  # the component of lines that a file makes without naming one
CATEGORY = "other"
FILE_NAME_LENGTH, COLUMN_LENGTH = 200, 64
BOOKED_LATER = "Booked when its file came again."


@dataclass
class Arrival:
    """A file of a source that comes in. component_id: whose lines are meant where none is named."""

    unit: Unit
    program_id: str
    source: str
    component_id: str | None = None
    _made: list[BudgetLine | Component] = field(default_factory=list)

    def bring_in(
        self,
        rows: Sequence[LedgerRow],
        rejected: Sequence[RejectedRow],
        *,
        create_lines: bool = False,
        until: date | None = None,
    ) -> LedgerImport:
        """Book the rows that go with what is booked, and say what came of all."""
        unit = self.unit
        if self.component_id:
            unit.get(Component, self.component_id)
        if create_lines:
            self._make_lines(rows)
        held = queries.held_in(unit.session, self.program_id, self.source, today=today(unit))
        decided = ledger_import.decide(rows, held, source=self.source, within=self.component_id)
        self._book(decided)
        rejected = ledger_import.with_every_reason(rejected, Lines(held.lines, within=self.component_id))
        return LedgerImport(
            accepted=len(decided.booked),
            skipped=len(decided.skipped),
            rejected=tuple(sorted([*rejected, *decided.rejected], key=lambda row: row.line)),
            warnings=decided.warnings,
            made=self._without_unused(decided),
            names=decided.touched,
            lines=tuple(lines_in(unit.session, self.program_id, until=until, component_id=self.component_id)),
        )

    def keep(self, file_name: str, rows: Sequence[LedgerRow], rejected: Sequence[RejectedRow]) -> None:
        """Keep each rejected row once; a row of an earlier file that is booked by now is settled."""
        table = UnmatchedRow
        mine = table.program_id == self.program_id, table.source == self.source
        known = {row.fingerprint: row for row in self.unit.session.scalars(select(table).where(*mine))}
        wrong = {fingerprint(row.cells): row for row in reversed(rejected)}
        if not known and not wrong:
            return
        lines = {row.line for row in rejected}
        booked = {fingerprint(row.cells) for row in rows if row.line not in lines}
        for print_ in known.keys() & booked:
            if known[print_].settled_at is None:
                known[print_].settled_at, known[print_].settled_how = self.unit.actor.now, BOOKED_LATER
        name = "".join(letter if letter.isprintable() else "?" for letter in file_name)[-FILE_NAME_LENGTH:] or "?"
        new = {print_: row for print_, row in wrong.items() if print_ not in known and print_ not in booked}
        if new:
            kept = [self._unmatched(name, print_, row) for print_, row in new.items()]
            self.unit.session.execute(insert(table), kept)

    def _unmatched(self, file_name: str, print_: str, row: RejectedRow) -> dict[str, Any]:
        return {
            "id": new_id(),
            "version": 1,
            "program_id": self.program_id,
            "source": self.source,
            "file_name": file_name,
            "line": row.line,
            "cells": dict(row.cells),
            "column": row.column[:COLUMN_LENGTH] if row.column else None,
            "reason": row.reason,
            "fingerprint": print_,
            "came_at": self.unit.actor.now,
        }

    def _book(self, decided: Decided) -> None:
        if not decided.booked:
            return
        entries = [row.entry for row in decided.booked]
        self.unit.session.execute(insert(LedgerEntry), [self._row(entry) for entry in entries])
        for line_id in {entry.line_id for entry in entries if entry.kind == "plan"}:
            booking.as_changed(self.unit, self.unit.get(BudgetLine, line_id))

    def _row(self, entry: Entry) -> dict[str, Any]:
        return vars(entry) | {"id": new_id(), "program_id": self.program_id}

    def _make_lines(self, rows: Sequence[LedgerRow]) -> None:
        session = self.unit.session
        query = select(Component.id, Component.name).where(Component.program_id == self.program_id)
        components = {row.id: row.name for row in session.execute(query)}
        lines = Lines(queries.known_lines(session, self.program_id), within=self.component_id)
        for wanted in ledger_import.wanted(rows, lines, components, within=self.component_id):
            self._make_line(wanted)

    def _make_line(self, line: NewLine) -> None:
        values = {"name": fields.name(line.name, "line"), "category": CATEGORY, "currency": line.currency}
        owner = line.component_id or self._unassigned()
        self._made.append(self.unit.add(BudgetLine(component_id=owner, **values)))

    def _unassigned(self) -> str:
        table = Component
        known = select(table.id).where(table.program_id == self.program_id, table.name == UNASSIGNED)
        if found := self.unit.session.scalar(known):
            return found
        new = self.unit.add(Component(program_id=self.program_id, name=UNASSIGNED, origin="own"))
        self._made.append(new)
        return new.id

    def _without_unused(self, decided: Decided) -> tuple[str, ...]:
        """Take out what was made for plans that were refused after all, and return the lines that stay."""
        used = {row.entry.line_id for row in decided.booked}
        lines = [row for row in self._made if isinstance(row, BudgetLine)]
        kept = [line for line in lines if line.id in used]
        owners = {line.component_id for line in kept}
        for row in reversed(self._made):
            if row not in kept and row.id not in owners:
                self.unit.session.delete(row)
                self.unit.session.flush()
        return tuple(line.id for line in kept)
