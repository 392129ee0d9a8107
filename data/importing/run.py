"""The import of one file: read, land, judge, compare, write, and only then make it count."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data import landing
from data.importing.findings import import_findings, rounded
from data.importing.merge import Arrival, compare, show_stored, write
from data.importing.plan import Plan, make_plan
from data.importing.result import BrokenLines, ImportRefused, ImportResult
from data.importing.rows import column_results, drop_repeated, judge, rejected_rows
from data.importing.settling import refuse_rounded_ids, settle
from data.landing import WarehouseFull
from data.manifest import PART, Manifest, checked_name, commit, read_manifest, warehouse_folder
from data.mapping import Map
from data.reading import COMMAND_LINE_LIMIT, Problem, Reading, open_file
from data.reading.choosing import parquet
from data.reading.engine import engine
from data.reading.preview import write_text
from data.reading.problems import KEPT, Problems

Progress = Callable[[str, float], None]


def _silent(_step: str, _share: float) -> None:
    """Say nothing."""


def import_file(
    home: Path,
    client: str,
    path: Path,
    table: str,
    mapping: Map | None,
    *,
    source: str = "files",
    now: datetime,
    time_zone: str = "UTC",
    dry_run: bool = False,
    accept_broken_lines: bool = False,
    file_name: str | None = None,
    size_limit: int = COMMAND_LINE_LIMIT,
    progress: Progress | None = None,
) -> ImportResult:
    """
    Import one file into a client's warehouse and return what became of every row.

    home: the folder that holds the warehouses. mapping: None maps columns that are named like the table's.
    now: the moment of extraction, aware. time_zone: the client's; a day without a time begins at its midnight.
    accept_broken_lines: leave broken lines out instead of refusing the file.
    file_name: the name an upload came with; kept as text, never used as a path.
    progress: told each step in words and the share done, 0 to 1.

    Raises UnreadableFile, ImportRefused (BrokenLines among them), BadName, WarehouseBusy and WarehouseFull;
    after each of them the warehouse is what it was.
    """
    folder = warehouse_folder(home, client)
    checked_name(source, "source")
    say = progress or _silent
    layout = mapping.layout() if mapping else None
    reading = open_file(path, file_name=file_name, layout=layout, size_limit=size_limit)
    plan = make_plan(reading.file_name, reading.columns, table, mapping, time_zone=time_zone)
    job = _Job(client, Arrival(source, now.astimezone(UTC), reading.file_name), plan, reading, accept_broken_lines, say)
    if dry_run:
        return _dry_run(job, folder)
    with landing.locked(folder, waiting=lambda: say("Waiting for another import", 0.0)), _space_said(folder):
        return _real_run(job, folder)


@dataclass(frozen=True)
class _Job:
    client: str
    arrival: Arrival
    plan: Plan
    reading: Reading
    accept_broken_lines: bool
    say: Progress


@dataclass(frozen=True)
class _Judged:
    """An import up to the point where it is written or not."""

    result: ImportResult
    fresh: int


@contextmanager
def _space_said(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.Error) as problem:
        if not landing.is_full(problem):
            raise
        raise WarehouseFull(
            f"No space is left where {folder.name} is kept. Nothing was changed; free some and import again."
        ) from problem


def _dry_run(job: _Job, folder: Path) -> ImportResult:
    """Judge a file without leaving anything behind: the current table is copied beside it."""
    manifest = read_manifest(folder)
    with tempfile.TemporaryDirectory(prefix="groundwork-") as name:
        work = Path(name)
        _copy_tables(folder, work, manifest, job.plan)
        write_text(job.reading, work / "rows.parquet")
        with engine(work) as connection:
            return replace(_judge(job, connection, work, manifest, work / "rows.parquet").result, dry_run=True)


def _copy_tables(folder: Path, work: Path, manifest: Manifest, plan: Plan) -> None:
    wanted = {plan.table.name, *(target.column.references for target in plan.mapped)}
    for name in wanted & set(manifest.tables):
        file = manifest.tables[str(name)].file
        (work / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / file, work / file)


def _real_run(job: _Job, folder: Path) -> ImportResult:
    manifest = read_manifest(folder)
    landing.clean(folder, manifest)
    part = folder / "landing" / job.arrival.source / job.plan.table.name / f"{_import_id(job)}{PART}"
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        job.say("Reading the file", 0.05)
        write_text(job.reading, part)
        with engine(folder) as connection:
            judged = _judge(job, connection, folder, manifest, part)
            version = manifest.version
            if judged.fresh:
                version = _write(job, connection, folder, manifest, part)
            elif judged.result.unchanged:
                landing.keep_landing(part, _import_id(job))
        job.say("Done", 1.0)
        return replace(judged.result, version=version)
    finally:
        part.unlink(missing_ok=True)


def _write(job: _Job, connection: Any, folder: Path, manifest: Manifest, part: Path) -> int:
    job.say("Writing the table", 0.7)
    entry = write(connection, folder, manifest, job.plan.table, job.arrival)
    try:
        landing.keep_landing(part, _import_id(job))
        following = manifest.with_table(job.plan.table.name, entry)
        commit(folder, following)
    except OSError:
        (folder / entry.file).unlink(missing_ok=True)
        raise
    return following.version


def _import_id(job: _Job) -> str:
    return f"{job.arrival.now:%Y%m%dT%H%M%S%fZ}"


def _judge(job: _Job, connection: Any, folder: Path, manifest: Manifest, rows: Path) -> _Judged:
    """Type, count and compare the rows of a landed file; the tables they need stay in the connection."""
    broken = job.reading.problems
    if broken.count and not job.accept_broken_lines:
        raise BrokenLines(broken.file_name, tuple(broken), broken.count)
    relation = parquet(rows)
    plan = settle(connection, job.plan, relation, broken.file_name)
    refuse_rounded_ids(connection, plan, relation, broken.file_name)
    job.say("Checking the values", 0.35)
    counts = judge(connection, plan, relation)
    if not counts.rows and not broken.count:
        raise ImportRefused(f"{broken.file_name} has no rows: only a header.")
    refused = rejected_rows(connection, plan, relation, counts)
    equal, repeated, different = drop_repeated(connection, plan) if counts.names < counts.sound else (0, (), 0)
    job.say("Comparing with what is there", 0.6)
    show_stored(connection, folder, manifest, plan.table)
    fresh, same = compare(connection, plan.table, manifest, job.arrival.source)
    result = ImportResult(
        client=job.client,
        source=job.arrival.source,
        table=plan.table.name,
        file_name=broken.file_name,
        read=counts.rows + broken.count,
        accepted=fresh,
        unchanged=same + equal,
        rejected=counts.kept - counts.sound + different + broken.count,
        left_out=counts.rows - counts.kept,
        columns=column_results(plan, counts),
        findings=(
            *import_findings(connection, plan, counts, folder, manifest, job.arrival.source),
            *rounded(connection, plan, relation),
        ),
        rejected_rows=_first(broken, refused, repeated),
        unmapped=plan.unmapped,
        version=None,
        dry_run=False,
    )
    return _Judged(result, fresh)


def _first(broken: Problems, *others: tuple[Problem, ...]) -> tuple[Problem, ...]:
    every = [*broken, *(problem for some in others for problem in some)]
    return tuple(sorted(every, key=lambda problem: problem.line or 0)[:KEPT])
