"""Writes of the sources page: bringing a file into the client's warehouse."""

from collections.abc import Callable
from pathlib import Path

from data.importing import ImportResult, import_file
from data.mapping import Map
from data.reading import UPLOAD_LIMIT
from program.access import Refused, may
from program.queries.programs import ProgramCard, program, role_of
from program.store.unit_of_work import intend
from program.values import Actor, Invalid

GRANT = "measure.import"
KEPT = ("read", "accepted", "unchanged", "rejected", "version")  # of an import, in the audit


def import_upload(
    actor: Actor,
    *,
    home: Path,
    program_id: str,
    path: Path,
    file_name: str,
    mapping: Map,
    source: str,
    accept_broken_lines: bool,
    progress: Callable[[str, float], None] | None = None,
) -> ImportResult:
    """
    Read an uploaded file into the warehouse of the program's client, and keep the counts in the audit.

    The import replaces the warehouse's manifest in one step of its own; the audit entry follows, so that the store is
    never locked while a large file is read. A second import of the same file changes nothing.

    Raises Missing, Refused and Invalid (archived) before the file is touched, and data.importing's errors, which name
    file and line.
    """
    card = _open_program(actor, program_id)
    result = import_file(
        home,
        card.client_key,
        path,
        mapping.table,
        mapping,
        source=source,
        now=actor.now,
        time_zone=card.time_zone,
        accept_broken_lines=accept_broken_lines,
        file_name=file_name,
        size_limit=UPLOAD_LIMIT,
        progress=progress,
    )
    with intend(actor, action="source.import", needs=GRANT, program_id=program_id) as unit:
        unit.subject(program_id, table=mapping.table, **{name: getattr(result, name) for name in KEPT})
    return result


def _open_program(actor: Actor, program_id: str) -> ProgramCard:
    if not may(role_of(actor.user_id, program_id), GRANT):
        raise Refused(GRANT)
    card = program(actor.user_id, program_id)
    if card.archived:
        raise Invalid("program", "This program is archived. Bring it back before you bring in data.")
    return card
