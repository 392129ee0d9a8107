"""import and metrics: what the CRM's data says."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from data import importing, landing, mapping, reading
from data.canonical import TABLES
from data.manifest import WarehouseError
from data.metrics import BadQuestion, MetricResult, UnknownMetric, catalog, measure
from data.warehouse import open_warehouse
from program.commands.output import BadInput, Denied, client_option, emit, json_option, number
from program.queries import clients
from program.store.engine import home

UNUSABLE = (
    importing.ImportRefused,
    reading.UnreadableFile,
    mapping.MapProblem,
    WarehouseError,
    landing.WarehouseFull,
)
LISTS = ("columns", "findings", "rejected_rows")


@click.command("import")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--as", "table", type=click.Choice(sorted(TABLES)), required=True, help="The canonical table.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="Which column means what (YAML).")
@click.option("--source", default="files", show_default=True, help="The system that the file comes from.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@client_option
@json_option
def import_(
    files: tuple[Path, ...], table: str, map_file: Path | None, source: str, dry_run: bool, client: str, as_json: bool
) -> None:
    """Read files strictly and land them in the warehouse. The same file twice changes nothing."""
    zone = clients.time_zone(client)
    try:
        columns = None if map_file is None else mapping.load_map(map_file)
        results = [
            importing.import_file(
                home(),
                client,
                file,
                table,
                columns,
                source=source,
                now=datetime.now(UTC),
                time_zone=zone,
                dry_run=dry_run,
                accept_broken_lines=True,
                progress=_progress,
            )
            for file in files
        ]
    except UNUSABLE as problem:
        raise BadInput(str(problem)) from problem
    except landing.WarehouseBusy as problem:
        raise Denied(str(problem)) from problem
    for result in results:
        if result.read and result.rejected == result.read:
            first = result.rejected_rows[0]
            column = f", {first.column}" if first.column else ""
            raise BadInput(f"{result.file_name}, line {first.line}{column}: {first.reason}. No row could be read.")
    whole = _together([result.as_dict() for result in results])
    emit(whole, as_json=as_json, lines=lambda: [line for result in results for line in _import_lines(result)])


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--source", help="Only rows of this source.")
@click.option("--by", help="Columns to group by, comma between; table.column reaches one foreign key away.")
@click.option("--grain", type=click.Choice(["month"]))
@click.option("--from", "date_from", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--to", "date_to", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--variant", help="A named variant of the metric's rule.")
@click.option("--where", multiple=True, metavar="COLUMN=VALUE")
@client_option
@json_option
def metrics(
    ids: tuple[str, ...],
    source: str | None,
    by: str | None,
    grain: str | None,
    date_from: datetime | None,
    date_to: datetime | None,
    variant: str | None,
    where: tuple[str, ...],
    client: str,
    as_json: bool,
) -> None:
    """Compute metrics of the catalog, all of them when none is named."""
    zone = clients.time_zone(client)
    try:
        with open_warehouse(home(), client) as warehouse:
            results = [
                measure(
                    warehouse,
                    each,
                    by=tuple(by.split(",")) if by else (),
                    grain=grain,
                    time_zone=zone,
                    date_from=_day(date_from),
                    date_to=_day(date_to),
                    variant=variant,
                    source=source,
                    where=_conditions(where),
                )
                for each in ids or tuple(catalog())
            ]
    except (BadQuestion, UnknownMetric, WarehouseError) as problem:
        raise BadInput(str(problem)) from problem
    emit(
        {"client": client, "metrics": [result.as_json() for result in results]},
        as_json=as_json,
        lines=lambda: [line for result in results for line in _metric_lines(result)],
    )


COMMANDS = (import_, metrics)


def _progress(step: str, share: float) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{step}, {share:.0%}   ", nl=share >= 1, err=True)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _conditions(where: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in where]
    for column, equals, _ in pairs:
        if not equals:
            raise BadInput(f"--where {column!r} is not COLUMN=VALUE.")
    return {column: value for column, _, value in pairs}


def _together(imports: list[dict[str, Any]]) -> dict[str, Any]:
    """One object of one file as it is; of several, counts added up, lists put together, and each file under `files`."""
    if len(imports) == 1:
        return imports[0]
    added = {key: sum(each[key] for each in imports) for key in ("read", "accepted", "unchanged", "rejected")}
    lists = {key: [{"file": each["file"], **row} for each in imports for row in each[key]] for key in LISTS}
    return {**added, **lists, "files": imports}


def _import_lines(result: importing.ImportResult) -> list[str]:
    rejected = [
        f"  line {each.line}, {each.column}: {each.value!r}: {each.reason}" for each in result.rejected_rows[:20]
    ]
    return [
        f"{result.file_name}: {result.read:,} rows read, {result.accepted:,} accepted, {result.unchanged:,} unchanged, "
        f"{result.rejected:,} rejected.",
        *(f"  {finding.sentence}" for finding in result.findings),
        *rejected,
    ]


def _metric_lines(result: MetricResult) -> list[str]:
    lines = [f"{result.id} (definition {result.version}, {result.unit}, {result.time_zone})"]
    for row in result.rows:
        label = " ".join(str(each) for each in (row["period"], *row["group"].values()) if each is not None) or "all"
        lines.append(f"  {label:30} {number(row['value']):>12}  n {row['n']:,}")
    return lines
