"""ledger: money by line, document and row comes in, and what is planned, committed, spent and available is said."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from program.actions.ledger import import_entries
from program.actions.members import local_owner
from program.budget import LineTotals
from program.commands.output import BadInput, emit, json_option, number, read_file
from program.ledger_file import LedgerFile
from program.ledger_import import LedgerImport
from program.ledger_mapping import FileMapping
from program.ledger_path import read_ledger_path
from program.queries import budget, rates
from program.queries.ledger import component_names, mappings
from program.queries.programs import programs_of
from program.rates import Converted
from program.store.migrate import migrate
from program.table_file import BadTable
from program.values import Invalid

FIGURES = ("planned", "committed", "actual", "forecast", "available")
UNKNOWN = {
    "planned": "Nothing is planned on this line.",
    "forecast": "Nothing is forecast on this line.",
    "available": "Nothing is planned on this line, so nothing is known to be available.",
}
NO_PLAN = "No line has a plan."
SHOWN = 50


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--program", "program", required=True, help="The program, by its id or its name.")
@click.option("--source", default="files", show_default=True, help="The system that the file comes from.")
@click.option("--mapping", help="A saved mapping: what the file's columns are called.")
@click.option("--component", help="Whose lines are meant where none is named, by id or name; only its lines are told.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Tell the lines as of the end of this day.")
@click.option("--create-lines", is_flag=True, help="Plan rows make lines that are not there.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@json_option
def ledger(
    file: Path | None, program: str, source: str, mapping: str | None, component: str | None, until: datetime | None,
    create_lines: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Book the rows of a ledger file, and say where every line stands; without a file only that."""
    migrate()
    actor = local_owner(datetime.now(UTC))
    program_id = _program(actor.user_id, program)
    component_id, day = _component(program_id, component), until.date() if until else None
    if file is None:
        lines = budget.lines(program_id, component_id=component_id, until=day)
        found = LedgerImport(0, 0, (), lines=tuple(lines))
    else:
        content = _content(file, _mapping(program_id, mapping))
        with _refusals():
            found = import_entries(
                actor,
                program_id=program_id,
                rows=content.rows,
                rejected=content.rejected,
                source=source,
                file_name=file.name,
                component_id=component_id,
                until=day,
                dry_run=dry_run,
                create_lines=create_lines,
            )
    _emit(program_id, found, day, as_json=as_json)


COMMANDS = (ledger,)


def _program(user_id: str, wanted: str) -> str:
    programs = programs_of(user_id)
    found = [each.id for each in programs if wanted in (each.id, each.name)]
    if len(found) > 1:
        raise BadInput(f"--program: {len(found)} programs are called “{wanted}”. Use an id: {', '.join(found)}.")
    if not found:
        archived = any(wanted in (each.id, each.name) for each in programs_of(user_id, archived=True))
        raise BadInput(f"--program: {'the program is archived' if archived else 'there is no program'}: “{wanted}”.")
    return found[0]


def _content(file: Path, mapping: FileMapping | None) -> LedgerFile:
    read_file(file)
    with _refusals():
        return read_ledger_path(file, mapping=mapping)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except BadTable as problem:
        raise BadInput(str(problem)) from problem
    except Invalid as problem:
        raise BadInput(f"{problem.field}: {problem.sentence}") from problem


def _component(program_id: str, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    found = [id_ for id_, name in component_names(program_id).items() if wanted in (id_, name)]
    if not found:
        raise BadInput(f"--component: the program has no component “{wanted}”.")
    return found[0]


def _mapping(program_id: str, wanted: str | None) -> FileMapping | None:
    if wanted is None:
        return None
    known = {each.name: each.mapping for each in mappings(program_id)}
    if wanted not in known:
        raise BadInput(f"--mapping: there is no “{wanted}”; there are {', '.join(known) or 'none'}.")
    return known[wanted]


def _emit(program_id: str, found: LedgerImport, until: date | None, *, as_json: bool) -> None:
    called = _names(found)
    lines = [_line(line, called[line.line_id]) for line in found.lines]
    total = rates.converted(program_id, found.lines)
    value = {
        "program": program_id,
        "lines": lines,
        "accepted": found.accepted,
        "skipped": found.skipped,
        "rejected": [
            {key: getattr(row, key) for key in ("line", "column", "value", "reason")} for row in found.rejected
        ],
        "warnings": list(found.warnings),
        "made": [called[line_id] for line_id in found.made if line_id in called],
        "total": {name: getattr(total.total, name, None) for name in ("currency", *FIGURES)},
        "dry_run": found.dry_run,
        "until": until,
        "reasons": _reasons(total),
    }
    emit(value, as_json=as_json, lines=lambda: _told(value))


def _names(found: LedgerImport) -> dict[str, str]:
    """Each line as the file calls it, else by its name where that says which is meant."""
    often = Counter(line.name for line in found.lines)
    return {
        line.line_id: found.names.get(line.line_id)
        or (line.name if often[line.name] == 1 else f"{line.component_name}: {line.name}")
        for line in found.lines
    }


def _line(line: LineTotals, name: str) -> dict[str, Any]:
    figures = {key: getattr(line, key) for key in FIGURES}
    reasons = {key: UNKNOWN[key] for key, figure in figures.items() if figure is None}
    more = {"component": line.component_name, "id": line.line_id, "reasons": reasons}
    return {"line": name, "currency": line.currency, **figures, **more}


def _reasons(total: Converted) -> dict[str, str]:
    if total.total is None:
        return {"total": total.reason or ""}
    unknown = {"planned": NO_PLAN, "available": NO_PLAN, "forecast": "Not every line has a forecast."}
    return {f"total.{key}": reason for key, reason in unknown.items() if getattr(total.total, key) is None}


def _money(amount: Decimal | None) -> str:
    return number(None) if amount is None else f"{amount:,.2f}"


def _place(row: Mapping[str, Any]) -> str:
    return f"{row['line']}, column {row['column']}" if row["column"] else str(row["line"])


def _told(value: Mapping[str, Any]) -> list[str]:
    rejected: Sequence[Mapping[str, Any]] = value["rejected"]
    counts = f"{value['accepted']} accepted, {value['skipped']} there already, {len(rejected)} rejected."
    places = [f"  line {_place(row)}: {row['reason']}" for row in rejected[:SHOWN]]
    more = [f"  and {len(rejected) - SHOWN} more"] if len(rejected) > SHOWN else []
    head = f"{'line':32} {'':3} " + " ".join(f"{name:>14}" for name in FIGURES)
    rows = [
        f"{row['line'][:32]:32} {row['currency']:3} " + " ".join(f"{_money(row[name]):>14}" for name in FIGURES)
        for row in value["lines"]
    ]
    dry = ["Nothing was changed."] if value["dry_run"] else []
    return [counts, *dry, *places, *more, *value["warnings"], head, *rows, *value["reasons"].values()]
