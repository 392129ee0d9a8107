"""The store and the warehouse in one file; back again on any machine, or on the other database; and a check of both."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import URL, Connection, MetaData, text
from sqlalchemy.exc import DatabaseError

from data import warehouse
from program.store import audit, dump
from program.store.archive import BackupProblem, Manifest, extract_files, read_manifest, table_lines, write
from program.store.engine import engine, engine_at, home, is_postgres, reading, reset, url, writing_engine
from program.store.migrate import known, migrating, newest, schema_version, upgrade, version_of
from program.store.troubles import translated
from program.store.unit_of_work import hold_write_lock
from program.values import NewerStore, Unavailable

FOLDERS = ("warehouse",)  # of the home folder; everything else in it is the store's or can be made again
__all__ = ["BackupProblem", "backup", "check", "restore"]


def backup(path: Path) -> dict[str, Any]:
    """
    Write one file with everything; return its counts and checksums.

    The records are of one moment, also while people work. The file appears at its place only when it is complete.
    """
    partial = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        with translated(), engine().connect() as connection, ZipFile(partial, "w", ZIP_DEFLATED) as file:
            version = version_of(connection)
            if version is None:
                raise BackupProblem("There is no record store yet, so there is nothing to keep.")
            manifest = write(file, connection, version, home(), FOLDERS)
        partial.replace(path)
    except OSError as problem:
        raise BackupProblem(f"The backup cannot be written to {path}: {problem.strerror or problem}.") from problem
    finally:
        partial.unlink(missing_ok=True)
    return manifest.summary()


def restore(path: Path) -> dict[str, Any]:
    """
    Put a backup in place of what is here; return its counts and checksums.

    The whole file is verified before anything is touched. What was here is kept in home()/before-restore-..., and the
    restored rows are counted and summed again before they take its place.

    Raises BackupProblem when the file is damaged or newer than this program, Unavailable when the store is in use.
    """
    try:
        with ZipFile(path) as file:
            manifest = read_manifest(file)
            known(manifest.schema_version)
            with migrating():
                _put_back(file, manifest)
    except (BadZipFile, OSError) as problem:
        raise BackupProblem(f"{path} cannot be read as a backup: {problem}.") from problem
    except NewerStore as problem:
        raise BackupProblem(f"This backup is of a newer Groundwork. {problem}") from problem
    return manifest.summary()


def check() -> list[str]:
    """Return one sentence for each thing that is wrong with the store, its audit chain or the warehouse."""
    try:
        problems = _check_store()
    except DatabaseError as problem:
        problems = [f"The record store cannot be read: {problem.orig}. Restore a backup."]
    for client in warehouse.clients(home()):
        problems += [f"Warehouse of {client}: {problem}" for problem in warehouse.check(home(), client)]
    return problems


def _check_store() -> list[str]:
    found = schema_version()
    if found is None:
        return ["There is no record store here. Start Groundwork once to make one, or restore a backup."]
    if found != newest():
        return [f"The record store is at version {found}; this Groundwork works with {newest()}."]
    problems = [] if is_postgres() else _check_file()
    with reading() as session:
        return problems + audit.verify(session)


def _check_file() -> list[str]:
    with translated(), engine().connect() as connection:
        said = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    broken = [f"The record store's file is damaged: {line}" for line in said if line != "ok"]
    return broken + [f"Row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there." for row in orphans]


def _put_back(file: ZipFile, manifest: Manifest) -> None:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"
    fresh, aside = home() / f"restoring-{stamp}", home() / f"before-restore-{stamp}"
    fresh.mkdir()
    try:
        extract_files(file, manifest, fresh)
        if is_postgres():
            _replace_tables(file, manifest, aside)
        else:
            _fill(file, manifest, URL.create("sqlite", database=str(fresh / "groundwork.sqlite")))
            _replace_file(fresh / "groundwork.sqlite", aside)
        for folder in FOLDERS:
            _move(home() / folder, aside / folder)
            _move(fresh / folder, home() / folder)
    finally:
        shutil.rmtree(fresh)


def _fill(file: ZipFile, manifest: Manifest, address: URL) -> None:
    made = engine_at(address).execution_options(writing=True)
    with translated(), made.begin() as connection:
        _load(file, manifest, connection)
    reset()


def _load(file: ZipFile, manifest: Manifest, connection: Connection) -> None:
    """Build the backup's version, fill it, compare it with the manifest, and bring it to ours."""
    upgrade(connection, manifest.schema_version)
    for table in dump.tables(connection):
        try:
            dump.load(connection, table, table_lines(file, table.name))
        except (ValueError, KeyError) as problem:
            raise BackupProblem(f"The table {table.name} of the backup does not fit: {problem}.") from problem
    if dump.counts(connection) != manifest.tables:
        raise BackupProblem("The restored rows are not those of the backup. Nothing was replaced.")
    upgrade(connection, newest())


def _replace_file(fresh: Path, aside: Path) -> None:
    database = Path(str(url().database))
    reset()
    if database.exists():
        _close_log(database)
        for path in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
            _move(path, aside / path.name)
    _move(fresh, database)


def _close_log(database: Path) -> None:
    """Fold the log into the file. Only one who has the file alone may do that, so it tells whether it is in use."""
    with closing(sqlite3.connect(database, timeout=1)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "wal"
        except sqlite3.DatabaseError:
            return  # it is no database any more, which may be why a backup is put back
    if mode != "delete":
        raise Unavailable("The record store is in use. Stop Groundwork first; nothing was replaced.")


def _replace_tables(file: ZipFile, manifest: Manifest, aside: Path) -> None:
    if schema_version() is not None:
        aside.mkdir()
        backup(aside / "groundwork.zip")
    with translated(), writing_engine().begin() as connection:
        hold_write_lock(connection)
        present = MetaData()
        present.reflect(connection)
        present.drop_all(connection)
        _load(file, manifest, connection)


def _move(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
