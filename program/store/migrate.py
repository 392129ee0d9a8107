"""Bring the record store to the version this program knows: one at a time, backed up first, all or nothing."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from program.store.engine import engine, home, writing_engine
from program.store.troubles import translated
from program.values import NewerStore

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_340_022  # PostgreSQL's advisory lock for migrations


def schema_version() -> str | None:
    """The version of the store; None when it was never migrated."""
    with translated(), engine().connect() as connection:
        return version_of(connection)


def version_of(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def newest(scripts: Path = MIGRATIONS) -> str:
    """The version this program knows."""
    return str(_directory(scripts).get_current_head())


def migrate(*, scripts: Path = MIGRATIONS) -> str:
    """
    Bring the store to the newest version and return it.

    Processes that start together wait for each other. A SQLite file is copied to home/backups first when it is behind.

    Raises NewerStore when the store is ahead of this program.
    """
    head = newest(scripts)
    if known(schema_version(), scripts) == head:
        return head
    with translated(), migrating(), writing_engine().begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        found = known(version_of(connection), scripts)
        if found is not None and found != head and connection.dialect.name == "sqlite":
            _copy(Path(str(connection.engine.url.database)), found)
        upgrade(connection, head, scripts)
    return head


def known(version: str | None, scripts: Path = MIGRATIONS) -> str | None:
    """Return the version if this program knows it. Raises NewerStore."""
    directory = _directory(scripts)
    if version is not None and version not in {script.revision for script in directory.walk_revisions()}:
        raise NewerStore(version, str(directory.get_current_head()))
    return version


def upgrade(connection: Connection, version: str, scripts: Path = MIGRATIONS) -> None:
    """Run the migrations up to a version inside the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


@contextmanager
def migrating() -> Iterator[None]:
    """Hold this home's migration lock."""
    with (home() / "migrate.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _directory(scripts: Path) -> ScriptDirectory:
    return ScriptDirectory(str(scripts))


def _copy(database: Path, version: str) -> None:
    folder = home() / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"groundwork-{version}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
