"""What people do with ledger files: bring them in, keep how they are read, settle what could not be booked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from program import fields
from program.actions.budget import SOURCE_LENGTH
from program.actions.ledger_rows import Arrival
from program.ledger_file import LedgerRow, RejectedRow
from program.ledger_import import LedgerImport
from program.ledger_mapping import as_content, from_content
from program.store import audit
from program.store.engine import reading
from program.store.tables import LedgerMapping, UnmatchedRow
from program.store.unit_of_work import Unit, intend
from program.values import Actor, AlreadyDone, Invalid


class _DryRun(Exception):
    """Takes everything back that an import has just done."""

    def __init__(self, result: LedgerImport) -> None:
        super().__init__()
        self.result = result


def import_entries(
    actor: Actor,
    *,
    program_id: str,
    rows: Sequence[LedgerRow],
    rejected: Sequence[RejectedRow] = (),
    source: str = "files",
    file_name: str = "ledger.csv",
    component_id: str | None = None,
    until: date | None = None,
    dry_run: bool = False,
    create_lines: bool = False,
    intention: str | None = None,
) -> LedgerImport:
    """
    Book the rows of a ledger file that go with what is booked, all at once; return what came of each row.

    rows, rejected: of program.ledger_file.read_ledger. A row is known by source, document, row and kind: the same file
    again books nothing. Rows that are not booked are kept until somebody settles them.
    component_id: whose lines are meant by rows that name no component. create_lines: plan rows make lines that are not
    there. dry_run: say what would happen and change nothing. until: the day that the lines returned are as of.
    """
    origin = fields.name(source, "source", longest=SOURCE_LENGTH)
    try:
        with intend(
            actor, action="ledger.import", needs="money.edit", program_id=program_id, intention=intention
        ) as unit:
            arrival = Arrival(unit, program_id, origin, component_id)
            result = arrival.bring_in(rows, rejected, create_lines=create_lines, until=until)
            if dry_run:
                raise _DryRun(replace(result, dry_run=True))
            arrival.keep(file_name, rows, result.rejected)
            counts = {"accepted": result.accepted, "skipped": result.skipped, "rejected": len(result.rejected)}
            unit.subject(program_id, **counts, made=list(result.made))
            return result
    except _DryRun as undone:
        return undone.result
    except AlreadyDone:
        given: dict[str, Any] = {"rows": rows, "rejected": rejected, "source": source, "create_lines": create_lines}
        seen = import_entries(
            actor, program_id=program_id, component_id=component_id, until=until, dry_run=True, **given
        )
        return replace(seen, dry_run=False, **_done_then(intention or ""))


def save_mapping(
    actor: Actor, *, program_id: str, name: str, content: Mapping[str, Any], intention: str | None = None
) -> str:
    """Keep how somebody's files are read, under a name, and return its id. Raises Invalid, also for a name taken."""
    kept, values = fields.name(name), as_content(from_content(content))
    try:
        with intend(
            actor, action="ledger_mapping.save", needs="money.edit", program_id=program_id, intention=intention
        ) as unit:
            _free(unit, program_id, kept)
            row = unit.add(LedgerMapping(program_id=program_id, name=kept, content=values))
            unit.subject(row.id)
            return row.id
    except AlreadyDone as earlier:
        return earlier.subject_id


def change_mapping(actor: Actor, *, program_id: str, mapping_id: str, version: int, **changes: Any) -> int:
    """Change a mapping's name or content and return the new version. Raises Stale when somebody else did since."""
    checks: dict[str, fields.Check] = {
        "name": fields.name,
        "content": lambda value, _: as_content(from_content(value)),
    }
    values = fields.checked(changes, checks, "a mapping")
    with intend(actor, action="ledger_mapping.change", needs="money.edit", program_id=program_id) as unit:
        unit.get(LedgerMapping, mapping_id, version, mine=values)
        if "name" in values:
            _free(unit, program_id, values["name"], but=mapping_id)
        return unit.change(LedgerMapping, mapping_id, version, **values)


def remove_mapping(actor: Actor, *, program_id: str, mapping_id: str, version: int) -> None:
    """Take a mapping out; what was read with it stays booked."""
    with intend(actor, action="ledger_mapping.remove", needs="money.edit", program_id=program_id) as unit:
        unit.remove(LedgerMapping, mapping_id, version)


def settle_row(actor: Actor, *, program_id: str, row_id: str, version: int, how: str) -> int:
    """Say how a row that could not be booked was settled, and return its new version."""
    said = fields.text(how, "how")
    if said is None:
        raise Invalid("how", "Say how the row was settled.")
    with intend(actor, action="ledger.settle", needs="money.edit", program_id=program_id) as unit:
        row = unit.get(UnmatchedRow, row_id, version, mine={"settled_how": said})
        if row.settled_at is not None:
            raise Invalid("row", "This row is settled already.")
        return unit.change(UnmatchedRow, row_id, version, settled_at=actor.now, settled_how=said)


def _free(unit: Unit, program_id: str, name: str, *, but: str = "") -> None:
    table = LedgerMapping
    taken = select(table.id).where(table.program_id == program_id, table.name == name, table.id != but)
    if unit.session.scalar(taken):
        raise Invalid("name", f"There is a mapping “{name}” already.")


def _done_then(intention: str) -> dict[str, Any]:
    """What the import with this intention did, as the audit tells."""
    with reading() as session:
        entry = audit.with_intention(session, intention)
        detail = entry.detail if entry else {}
    return {
        "accepted": detail.get("accepted", 0),
        "skipped": detail.get("skipped", 0),
        "made": tuple(detail.get("made", ())),
    }
