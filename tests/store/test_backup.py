"""Backup and restore between databases; the check finds what is wrong."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from program.actions.programs import change_program
from program.queries.programs import program, programs_of
from program.store.backup import BackupProblem, backup, check, restore
from program.store.engine import reset
from program.store.migrate import migrate
from program.values import Actor, Unavailable
from tests.faults.holding import holder


def test_a_backup_of_one_database_is_put_back_into_the_other(
    owner: Actor, program_id: str, store: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = backup(store / "all.zip")
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", postgres_url)
    reset()
    assert restore(store / "all.zip") == kept
    assert program(owner.user_id, program_id).name == "Closer to customers"
    assert check() == []
    again = backup(store / "from_postgres.zip")
    assert again["tables"] == kept["tables"]
    change_program(owner, program_id=program_id, version=1, name="Changed on the server")
    assert restore(store / "from_postgres.zip")["tables"] == kept["tables"]
    assert program(owner.user_id, program_id).name == "Closer to customers"
    assert len(list(store.glob("before-restore-*/groundwork.zip"))) == 1


def test_what_was_there_is_set_aside(owner: Actor, program_id: str, store: Path) -> None:
    (store / "warehouse" / "lindqvist").mkdir(parents=True)
    (store / "warehouse" / "lindqvist" / "manifest.json").write_text('{"version": 0, "tables": {}}')
    backup(store / "all.zip")
    change_program(owner, program_id=program_id, version=1, name="Today")
    (store / "warehouse" / "lindqvist" / "more.txt").write_text("today")
    restore(store / "all.zip")
    assert program(owner.user_id, program_id).name == "Closer to customers"
    assert not (store / "warehouse" / "lindqvist" / "more.txt").exists()
    (aside,) = store.glob("before-restore-*")
    with closing(sqlite3.connect(aside / "groundwork.sqlite")) as old:
        assert old.execute("SELECT name FROM program").fetchall() == [("Today",)]
    assert (aside / "warehouse" / "lindqvist" / "more.txt").read_text() == "today"


def test_a_store_in_use_is_not_replaced(owner: Actor, program_id: str, store: Path) -> None:
    backup(store / "all.zip")
    with holder(store / "groundwork.sqlite", "BEGIN"), pytest.raises(Unavailable, match="Stop Groundwork first"):
        restore(store / "all.zip")
    assert program(owner.user_id, program_id).version == 1
    assert list(store.glob("restoring-*")) == []


def test_nothing_to_keep_is_said(home: Path) -> None:
    with pytest.raises(BackupProblem, match="no record store"):
        backup(home / "all.zip")
    assert not (home / "all.zip").exists()


def test_a_place_that_cannot_be_written_is_said(store: Path) -> None:
    with pytest.raises(BackupProblem, match="cannot be written"):
        backup(store / "nowhere" / "all.zip")


@pytest.mark.parametrize("edit", ["row", "count", "extra", "gone", "outside", "text", "newer"])
def test_a_damaged_backup_is_refused_before_anything_is_replaced(
    edit: str, owner: Actor, program_id: str, store: Path
) -> None:
    backup(store / "all.zip")
    damage(store / "all.zip", store / "bad.zip", edit)
    with pytest.raises(BackupProblem):
        restore(store / "bad.zip")
    assert program(owner.user_id, program_id).version == 1
    assert list(store.glob("before-restore-*")) == []
    assert list(store.glob("restoring-*")) == []


def damage(source: Path, target: Path, edit: str) -> None:
    if edit == "text":
        target.write_bytes(source.read_bytes()[:500])
        return
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "store/program.jsonl" and edit == "row":
                content = content.replace(b"Closer", b"Nearer")
            if name == "store/program.jsonl" and edit == "gone":
                continue
            if name == "manifest.json":
                content = json.dumps(edited(json.loads(content), edit)).encode()
            new.writestr(name, content)
        if edit in {"extra", "outside"}:
            new.writestr("../out.txt" if edit == "outside" else "warehouse/out.txt", b"x")


def edited(manifest: dict[str, object], edit: str) -> dict[str, object]:
    if edit == "newer":
        return manifest | {"schema_version": "9999"}
    if edit == "count":
        tables = dict(manifest["tables"])  # type: ignore[call-overload]
        return manifest | {"tables": tables | {"program": tables["program"] | {"rows": 2}}}
    if edit == "outside":
        checksum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        return manifest | {"files": {"../out.txt": {"bytes": 1, "sha256": checksum}}}
    return manifest


@pytest.mark.usefixtures("program_id")
def test_the_check_names_a_lost_row(store: Path) -> None:
    assert check() == []
    reset()
    with closing(sqlite3.connect(store / "groundwork.sqlite")) as outside, outside:
        outside.execute("DELETE FROM client")
    assert [problem for problem in check() if "refers to a row of client" in problem]


@pytest.mark.usefixtures("home")
def test_the_check_wants_a_migrated_store() -> None:
    assert "no record store" in check()[0]
    migrate()
    assert check() == []


@pytest.mark.usefixtures("program_id")
@pytest.mark.parametrize("start", [0, 4096 * 3])
def test_the_check_names_a_damaged_file_and_a_backup_replaces_it(start: int, owner: Actor, store: Path) -> None:
    backup(store / "all.zip")
    reset()
    with closing(sqlite3.connect(store / "groundwork.sqlite")) as outside:
        outside.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (store / "groundwork.sqlite").open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * 4096 * 4)
    assert any("damaged" in problem or "cannot be read" in problem for problem in check())
    restore(store / "all.zip")
    assert check() == []
    assert len(programs_of(owner.user_id)) == 1
