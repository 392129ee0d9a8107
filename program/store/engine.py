"""The connection to the record store: SQLite in the home folder, or PostgreSQL by GROUNDWORK_DATABASE_URL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from program.store.troubles import translated

ROOT = Path(__file__).resolve().parents[2]
BUSY_MS = 15_000  # how long a write waits for another one before it gives up
FORGETTING_MS = 500  # how long the log is waited for before it is left to be emptied later
PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",  # a run's secret is not to be found in the file once the run is closed
)
READ_ONLY: dict[str, Any] = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
CONNECT_SECONDS = 5  # how long a PostgreSQL server may take to answer
_MADE: list[Engine] = []


def home() -> Path:
    """The folder of this installation's own files: GROUNDWORK_HOME, else var/ beside the program. Made when missing."""
    folder = Path(os.environ.get("GROUNDWORK_HOME") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def url() -> URL:
    given = os.environ.get("GROUNDWORK_DATABASE_URL")
    if not given:
        return URL.create("sqlite", database=str(home() / "groundwork.sqlite"))
    parsed = make_url(given)
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername.startswith("postgres") else parsed


def is_postgres() -> bool:
    return url().get_backend_name() == "postgresql"


def engine() -> Engine:
    """The engine for reading: a write through it is refused by the database itself."""
    options = READ_ONLY if is_postgres() else {}
    return engine_at(url()).execution_options(**options)


def writing_engine() -> Engine:
    """The engine for writing, for the unit of work, migrations and restores only."""
    return engine_at(url()).execution_options(writing=True)


def reset() -> None:
    """Close every connection, so that files may be moved or another home opened."""
    for made in _MADE:
        made.dispose()
    _MADE.clear()
    engine_at.cache_clear()


@contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one moment of the store and cannot write."""
    with translated(), Session(engine(), autoflush=False) as session:
        yield session


def forget_deleted() -> None:
    """
    Empty SQLite's log, which still holds what rows were before they changed.

    Only when nobody reads just now; the log is emptied later otherwise. PostgreSQL keeps old rows until it vacuums,
    which is its operator's to do.
    """
    if is_postgres():
        return
    with closing(engine_at(url()).raw_connection()) as connection, suppress(sqlite3.OperationalError):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={FORGETTING_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")


@cache
def engine_at(address: URL) -> Engine:
    if address.get_backend_name() == "postgresql":
        connecting = {"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={BUSY_MS}"}
        made = create_engine(address, pool_pre_ping=True, connect_args=connecting)
    else:
        made = create_engine(address, pool_size=10, max_overflow=20, connect_args={"timeout": BUSY_MS / 1000})
        event.listen(made, "connect", _prepare)
        event.listen(made, "begin", _begin)
    _MADE.append(made)
    return made


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin in _begin, so that tables change inside them too
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A write takes the lock before it reads, so that what it read is still true when it writes."""
    writes = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql(f"PRAGMA query_only={0 if writes else 1}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
