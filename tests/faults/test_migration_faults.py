"""What the store must survive while it is brought to another version; the number is the row of the table of faults."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from program.queries.programs import program
from program.store.backup import check
from program.store.engine import reset
from program.store.migrate import MIGRATIONS, migrate, newest, schema_version
from program.values import Actor, NewerStore

ROOT = Path(__file__).resolve().parents[2]

KILLER = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from program.store.engine import engine_at, url
from program.store.migrate import migrate
left = int(sys.argv[1])
def count(connection, cursor, statement, *rest):
    global left
    left -= statement.lstrip().upper().startswith(("CREATE", "INSERT", "UPDATE", "ALTER"))
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(engine_at(url()), "after_cursor_execute", count)
migrate(scripts=Path(sys.argv[2]))
"""
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{next}", "{newest}"
def upgrade():
    op.add_column("program", sa.Column("nickname", sa.String(20)))
    op.execute("UPDATE program SET nickname = 'changed'")
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
"""


NEWEST = newest()
AHEAD = f"{int(NEWEST) + 1:04}"


def killed_while_migrating(statement: int, scripts: Path) -> None:
    command = [sys.executable, "-c", KILLER, str(statement), str(scripts)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -signal.SIGKILL


def columns(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as outside:
        assert outside.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {row[1] for row in outside.execute("PRAGMA table_info(program)")}


@pytest.fixture
def next_scripts(tmp_path: Path) -> Path:
    """The migrations of a Groundwork one version ahead of this one."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{AHEAD}_next.py").write_text(NEXT.format(next=AHEAD, newest=NEWEST))
    return folder


@pytest.mark.parametrize("statement", [1, 9, 30])
def test_fault_09_killed_while_making_the_tables(statement: int, home: Path) -> None:
    killed_while_migrating(statement, MIGRATIONS)
    assert schema_version() is None
    assert columns(home / "groundwork.sqlite") == set()
    assert migrate() == newest()
    assert check() == []


@pytest.mark.parametrize("statement", [1, 2, 3, 4])
def test_fault_09_killed_while_upgrading(
    statement: int, owner: Actor, program_id: str, store: Path, next_scripts: Path
) -> None:
    reset()
    killed_while_migrating(statement, next_scripts)
    assert schema_version() == NEWEST
    assert "nickname" not in columns(store / "groundwork.sqlite")
    assert program(owner.user_id, program_id).name == "Closer to customers"
    (copied,) = (store / "backups").glob(f"groundwork-{NEWEST}-*.sqlite")
    assert "nickname" not in columns(copied)
    assert migrate(scripts=next_scripts) == AHEAD
    assert "nickname" in columns(store / "groundwork.sqlite")


@pytest.mark.postgres
def test_fault_10_a_newer_postgres_is_refused_and_both_versions_are_named(
    home: Path, postgres_url: str, next_scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", postgres_url)
    reset()
    refuses_the_next_version(next_scripts)
    assert not (home / "groundwork.sqlite").exists()


@pytest.mark.usefixtures("program_id")
def test_fault_10_a_newer_file_is_refused_and_both_versions_are_named(next_scripts: Path) -> None:
    refuses_the_next_version(next_scripts)


def refuses_the_next_version(next_scripts: Path) -> None:
    assert migrate(scripts=next_scripts) == AHEAD
    with pytest.raises(NewerStore, match=f"at version {AHEAD}; this Groundwork knows versions up to {NEWEST}"):
        migrate()
    assert AHEAD in check()[0]
