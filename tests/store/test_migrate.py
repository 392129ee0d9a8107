"""The schema: models and migrations agree, processes that start together wait for each other."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from program.store.engine import engine
from program.store.migrate import migrate, newest, schema_version
from program.store.tables import Base

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.usefixtures("any_store")
def test_the_models_and_the_newest_migration_agree() -> None:
    with engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.usefixtures("any_store")
def test_migrating_again_changes_nothing() -> None:
    assert schema_version() == newest()
    assert migrate() == newest()


def test_a_first_start_makes_no_backup_of_nothing(home: Path) -> None:
    assert schema_version() is None
    migrate()
    assert not (home / "backups").exists()


def test_processes_that_start_together_wait_for_each_other(home: Path) -> None:
    command = [sys.executable, "-c", "from program.store.migrate import migrate; print(migrate())"]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(each.communicate(timeout=60)[0].strip(), each.returncode) for each in started] == [(newest(), 0)] * 3
    assert (home / "groundwork.sqlite").exists()
